import { assert, describe, it } from "@effect/vitest"
import { floorTitle } from "../../src/cli/floor/floorTitle.ts"

describe("what stands above the live table", () => {
  const floor = { name: "Renewals", zone: "Europe/Rome" }

  it("is the time on the floor's own clocks, summer and winter, whatever law its campaigns are under", () => {
    assert.strictEqual(floorTitle(floor, Date.UTC(2026, 6, 1, 22, 5)), "Renewals   00:05")
    assert.strictEqual(floorTitle(floor, Date.UTC(2026, 11, 1, 22, 5)), "Renewals   23:05")
  })

  it("goes on into the next year", () => {
    assert.strictEqual(floorTitle(floor, Date.UTC(2026, 11, 31, 23, 30)), "Renewals   00:30")
  })
})
