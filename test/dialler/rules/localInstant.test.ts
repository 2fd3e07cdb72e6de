import { assert, describe, it } from "@effect/vitest"
import { localInstant } from "../../../src/dialler/rules/localInstant.ts"
import { dayMillis } from "../../../src/domain/compliance/civil.ts"
import { offsetAt } from "../compliance/oracle.ts"
import { zone } from "../compliance/setting.ts"

const quarter = 900_000
/** Zones that change by an hour or half of one, at night, at midnight and before it. */
const zones = [
  "Europe/Prague",
  "America/Nuuk",
  "America/Santiago",
  "Africa/Cairo",
  "Australia/Lord_Howe",
  "Asia/Kolkata"
]

/** The first instant of a local time or later, by the runtime's own time zones, quarter of an hour by quarter of an hour. */
const slowly = (id: string, day: number, minute: number): number => {
  const wanted = day * dayMillis + minute * 60_000
  for (let start = Math.floor((wanted - 16 * 3_600_000) / quarter) * quarter; ; start += quarter) {
    const reached = wanted - offsetAt(id, start)
    if (reached < start + quarter) return Math.max(start, reached)
  }
}

describe("the first instant of a local time", () => {
  it("is what the runtime's zones say, every ten minutes of the days around every change", () => {
    for (const id of zones) {
      const changes = [...zone(id).starts.slice(1, 5), Date.UTC(2026, 5, 1)]
      for (const change of changes) {
        const middle = Math.floor(change / dayMillis)
        for (let day = middle - 1; day <= middle + 1; day += 1) {
          for (let minute = 0; minute < 24 * 60; minute += 10) {
            const instant = new Date(localInstant(zone(id), day, minute)).toISOString()
            assert.strictEqual(instant, new Date(slowly(id, day, minute)).toISOString(), `${id} ${day} ${minute}`)
          }
        }
      }
    }
  })
  it("moves forward to the end of a gap, and is the first of two", () => {
    const at = (id: string, date: string, minute: number) =>
      new Date(localInstant(zone(id), Date.parse(`${date}T00:00Z`) / dayMillis, minute)).toISOString()
    assert.strictEqual(at("Europe/London", "2026-03-29", 90), "2026-03-29T01:00:00.000Z")
    assert.strictEqual(at("Europe/London", "2026-10-25", 90), "2026-10-25T00:30:00.000Z")
    // Santiago, 6 September 2026: 00:00 does not exist.
    assert.strictEqual(at("America/Santiago", "2026-09-06", 0), "2026-09-06T04:00:00.000Z")
  })
  it("goes by the first and the last offset outside the table", () => {
    const table = zone("Europe/Prague")
    assert.strictEqual(localInstant(table, 0, 60), 0)
    const day = Date.UTC(2040, 0, 1) / dayMillis
    assert.strictEqual(localInstant(table, day, 60), Date.UTC(2040, 0, 1))
  })
})
