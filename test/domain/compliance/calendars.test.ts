import { assert, describe, it } from "@effect/vitest"
import { holidayCalendars } from "../../../src/domain/compliance/calendars.ts"
import {
  dateText,
  dayMillis,
  dayOf,
  monthOf,
  monthStart,
  weekdayOf,
  weekOf,
  weekStart
} from "../../../src/domain/compliance/civil.ts"
import { easterSunday } from "../../../src/domain/compliance/easter.ts"
import { unknownZone, zonesOf } from "../../../src/domain/compliance/zoneEvidence.ts"
import { zoneTable } from "../../../src/domain/compliance/zoneTable.ts"

describe("days", () => {
  it("are those of the Gregorian calendar, leap days and centuries included", () => {
    for (let day = -200_000; day < 200_000; day += 97) {
      const date = new Date(day * dayMillis)
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1]
      assert.strictEqual(dayOf(year, month, date.getUTCDate()), day)
      assert.strictEqual(monthOf(day), (year - 1970) * 12 + month - 1)
      assert.strictEqual(monthStart(monthOf(day)), Date.UTC(year, month - 1, 1) / dayMillis)
      assert.strictEqual(weekdayOf(day), date.getUTCDay())
      assert.strictEqual(weekdayOf(weekStart(weekOf(day))), 1)
      assert.isTrue(weekStart(weekOf(day)) <= day && day < weekStart(weekOf(day) + 1))
    }
    assert.strictEqual(dateText(dayOf(2028, 2, 29)), "2028-02-29")
    assert.strictEqual(dayOf(2028, 3, 1) - dayOf(2028, 2, 28), 2)
  })
})

describe("Easter", () => {
  it("falls on the days of the published tables, the earliest and latest among them", () => {
    const days = [1818, 1943, 1954, 1981, 2000, 2008, 2019, 2024, 2025, 2026, 2027, 2028, 2029, 2030, 2038, 2285]
    assert.deepStrictEqual(
      days.map((year) => dateText(easterSunday(year)).slice(5)),
      [
        ...["03-22", "04-25", "04-18", "04-19", "04-23", "03-23", "04-21", "03-31"],
        ...["04-20", "04-05", "03-28", "04-16", "04-01", "04-21", "04-25", "03-22"]
      ]
    )
  })
  it("is always a Sunday from 22 March to 25 April", () => {
    for (let year = 1900; year < 2200; year += 1) {
      assert.strictEqual(weekdayOf(easterSunday(year)), 0)
      assert.isTrue(easterSunday(year) >= dayOf(year, 3, 22) && easterSunday(year) <= dayOf(year, 4, 25))
    }
  })
})

const holidays = (id: string, year: number): string => {
  const calendar = holidayCalendars.find((candidate) => candidate.id === id)
  return [...(calendar?.days ?? [])]
    .map(dateText)
    .filter((date) => date.startsWith(`${year}-`))
    .map((date) => date.slice(5))
    .join(" ")
}

describe("holidays", () => {
  it("of the United States, with the days on which they are observed", () => {
    assert.strictEqual(
      holidays("us-federal", 2026),
      "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"
    )
    assert.strictEqual(
      holidays("us-federal", 2027),
      "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31"
    )
  })
  it("of the United Kingdom, with substitute days after both days of Christmas", () => {
    const england2027 = "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"
    for (const date of england2027.split(" ")) assert.include(holidays("uk", 2027), date)
    const england2026 = "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"
    for (const date of england2026.split(" ")) assert.include(holidays("uk", 2026), date)
  })
  it("of Germany, France, Italy and Spain in 2026 and 2027", () => {
    assert.strictEqual(holidays("de-national", 2026), "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26")
    assert.strictEqual(holidays("de-national", 2027), "01-01 03-26 03-29 05-01 05-06 05-17 10-03 12-25 12-26")
    assert.strictEqual(
      holidays("fr-national", 2026),
      "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"
    )
    assert.strictEqual(
      holidays("fr-national", 2027),
      "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25"
    )
    assert.strictEqual(
      holidays("it-national", 2027),
      "01-01 01-06 03-28 03-29 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26"
    )
    assert.strictEqual(holidays("es-national", 2026), "01-01 01-06 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25")
    assert.strictEqual(holidays("es-national", 2027), "01-01 01-06 03-26 05-01 08-15 10-12 11-01 12-06 12-08 12-25")
  })
})

describe("zone tables", () => {
  it("have the changes of London in 2026, to the second", () => {
    const london = zoneTable("Europe/London", { fromYear: 2026, untilYear: 2026, tzdata: "test" })
    assert.deepStrictEqual(
      [...(london?.starts ?? [])].map((start) => new Date(start).toISOString()),
      ["2026-01-01T00:00:00.000Z", "2026-03-29T01:00:00.000Z", "2026-10-25T01:00:00.000Z"]
    )
    assert.deepStrictEqual([...(london?.offsets ?? [])], [0, 3_600_000, 0])
  })
  it("say what the runtime says, half hours and winters in July included", () => {
    for (const id of [
      "Australia/Lord_Howe",
      "Africa/Casablanca",
      "America/St_Johns",
      "Asia/Kolkata",
      "Antarctica/Troll"
    ]) {
      const table = zoneTable(id, { fromYear: 2026, untilYear: 2027, tzdata: "test" })
      if (table === undefined) throw new Error(id)
      const format = new Intl.DateTimeFormat("sv-SE", { timeZone: id, dateStyle: "short", timeStyle: "medium" })
      const instants = [...table.starts].flatMap((start) => [start - 1_000, start, start + 1_000])
      for (let at = table.from; at < table.until; at += 5.3 * dayMillis) instants.push(Math.floor(at / 1_000) * 1_000)
      for (const at of instants.filter((instant) => instant >= table.from)) {
        const index = table.starts.findLastIndex((start) => start <= at)
        const shown = new Date(at + table.offsets[index]).toISOString().slice(0, 19).replace("T", " ")
        assert.strictEqual(shown, format.format(at), id)
      }
    }
  })
  it("are not made for zones nobody knows", () => {
    assert.isUndefined(zoneTable(unknownZone, { fromYear: 2026, untilYear: 2026, tzdata: "test" }))
  })
})

describe("evidence of a person's zone", () => {
  const campaign = "Europe/London"
  it("is the record's own, else the number's, else the campaign's", () => {
    const number = ["Europe/Jersey", "Europe/Guernsey"]
    assert.deepStrictEqual(zonesOf({ record: "Asia/Tokyo", number, campaign }, "best"), ["Asia/Tokyo"])
    assert.deepStrictEqual(zonesOf({ number, campaign }, "best"), number)
    assert.deepStrictEqual(zonesOf({ number: [], campaign }, "best"), [campaign])
  })
  it("is all of it together where a profile asks for that", () => {
    const evidence = { record: "America/Denver", number: ["America/New_York"], campaign }
    assert.deepStrictEqual(zonesOf(evidence, "all"), ["America/Denver", "America/New_York"])
    assert.deepStrictEqual(zonesOf({ ...evidence, number: [unknownZone] }, "all"), ["America/Denver"])
  })
  it("stays unknown where the number is", () => {
    assert.deepStrictEqual(zonesOf({ number: [unknownZone], campaign }, "best"), [unknownZone])
    assert.deepStrictEqual(zonesOf({ number: [unknownZone], campaign }, "all"), [unknownZone])
  })
})
