import { assert, describe, it } from "@effect/vitest"
import { dayStart, localDay, sameClock } from "../../../src/dialler/compliance/localTime.ts"
import { dayMillis } from "../../../src/domain/compliance/civil.ts"
import { offsetAt } from "./oracle.ts"
import { at, zone } from "./setting.ts"

const zones = [
  "Europe/London",
  "America/Nuuk",
  "America/Santiago",
  "Africa/Cairo",
  "Australia/Lord_Howe",
  "Atlantic/Azores"
]
const quarter = 900_000

describe("local days", () => {
  it("have the date the runtime shows, at every quarter of an hour around every change", () => {
    for (const id of zones) {
      for (const change of zone(id).starts.slice(1)) {
        for (let step = -60; step < 60; step += 1) {
          const instant = change + step * quarter
          const day = Math.floor((instant + offsetAt(id, instant)) / dayMillis)
          assert.strictEqual(localDay(zone(id), instant), day, `${id} ${new Date(instant).toISOString()}`)
        }
      }
    }
  })
  it("begin when the date has come for good", () => {
    for (const id of zones) {
      for (const change of zone(id).starts.slice(1)) {
        for (let day = localDay(zone(id), change) - 1; day < localDay(zone(id), change) + 3; day += 1) {
          let last = day * dayMillis - 16 * 3_600_000
          for (let instant = last; instant < day * dayMillis + 16 * 3_600_000; instant += quarter) {
            if (Math.floor((instant + offsetAt(id, instant)) / dayMillis) < day) last = instant
          }
          const start = new Date(dayStart(zone(id), day)).toISOString()
          assert.strictEqual(start, new Date(last + quarter).toISOString(), id)
        }
      }
    }
  })
  it("begin at the change where the clock jumps over midnight from the evening before", () => {
    // Nuuk, 28 March 2026: 22:59:59 is followed by 00:00 of the 29th.
    const day = localDay(zone("America/Nuuk"), at("2026-03-29T12:00Z"))
    assert.strictEqual(new Date(dayStart(zone("America/Nuuk"), day)).toISOString(), "2026-03-29T01:00:00.000Z")
  })
  it("are the same in zones that share a clock", () => {
    assert.isTrue(sameClock(zone("Europe/London"), zone("Europe/Jersey")))
    assert.isFalse(
      sameClock(zone("Europe/London"), zone("Europe/Lisbon")) && sameClock(zone("Europe/London"), zone("UTC"))
    )
  })
})
