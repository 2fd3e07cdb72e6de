import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { compileFilter, countMatches, matchesWildcards } from "../../src/contacts/compileFilter.ts"
import { decodeFilter } from "../../src/contacts/decodeFilter.ts"
import { filterWords } from "../../src/contacts/filterWords.ts"
import { E164 } from "../../src/domain/Contact.ts"
import { dayOfText, Filter, type FilterSubject } from "../../src/domain/Filter.ts"

const now = Date.UTC(2026, 10, 21, 12)
const time = { now, zone: "Europe/Prague" }

const jana: FilterSubject = {
  contact: {
    numbers: [{ number: E164.make("+420777123456"), column: "tel" }],
    fields: { city: "Praha", postcode: "01100", priority: "5", segment: "north" },
    parameters: { Dluh: "1200.50", Od: "2026-10-01", Note: "VIP client", Empty: "" }
  },
  attempts: 2,
  lastOutcome: "busy",
  state: "retry",
  loadedAt: Date.UTC(2026, 10, 1, 8),
  lastAttemptAt: Date.UTC(2026, 10, 20, 22, 30),
  dueAt: null
}

const holds = (input: unknown, subject: FilterSubject = jana): boolean =>
  Result.match(decodeFilter(input, null), {
    onFailure: (problems) => assert.fail(JSON.stringify(problems)),
    onSuccess: (filter) => compileFilter(filter, time)(subject)
  })
const parameter = (name: string): string => `parameter.${name}`

describe("conditions", () => {
  const cases: ReadonlyArray<readonly [input: unknown, expected: boolean]> = [
    [{ op: "=", field: "city", value: "praha" }, true],
    [{ op: "=", field: "postcode", value: "1100" }, false],
    [{ op: "=", field: "postcode", value: "01100" }, true],
    [{ op: "=", field: "priority", value: "5.0" }, true],
    [{ op: "=", field: "priority", value: 5 }, true],
    [{ op: "!=", field: "city", value: "Brno" }, true],
    [{ op: "!=", field: "email", value: "x" }, true],
    [{ op: "=", field: "email", value: "" }, false],
    [{ op: ">", field: parameter("Dluh"), value: 1000 }, true],
    [{ op: ">", field: parameter("Dluh"), value: "300" }, true],
    [{ op: "<=", field: parameter("Dluh"), value: 1200.5 }, true],
    [{ op: "<", field: "city", value: 5 }, false],
    [{ op: ">=", field: "city", value: 5 }, false],
    [{ op: "<", field: "city", value: "Zlín" }, true],
    [{ op: "contains", field: parameter("Note"), value: "vip" }, true],
    [{ op: "startsWith", field: "number", value: "+4207" }, true],
    [{ op: "matches", field: "number", value: "+420*456" }, true],
    [{ op: "matches", field: "city", value: "Pra?" }, false],
    [{ op: "in", field: "city", values: ["Brno", "PRAHA"] }, true],
    [{ op: "in", field: "priority", values: [4, 5] }, true],
    [{ op: "in", field: "priority", values: [] }, false],
    [{ op: "exists", field: "city" }, true],
    [{ op: "exists", field: parameter("Empty") }, false],
    [{ op: "exists", field: parameter("constructor") }, false],
    [{ op: "exists", field: "dueAt" }, false],
    [{ op: "between", field: "priority", from: 5, to: 9 }, true],
    [{ op: "between", field: parameter("Od"), from: "2026-10-01", to: "1. 11. 2026" }, true],
    [{ op: "before", field: parameter("Od"), day: "2026-10-02" }, true],
    [{ op: "after", field: parameter("Od"), day: "2026-10-01" }, false],
    [{ op: "before", field: parameter("Od"), day: { daysAgo: 30 } }, true],
    [{ op: "after", field: parameter("Note"), day: { daysAgo: 30 } }, false],
    [{ op: "before", field: "loadedAt", day: "2026-11-01" }, false],
    [{ op: "between", field: "loadedAt", from: "2026-11-01", to: "2026-11-01" }, true],
    // 23:30 in Prague on the 20th.
    [{ op: "after", field: "lastAttemptAt", day: { daysAgo: 1 } }, false],
    [{ op: "after", field: "lastAttemptAt", day: { daysAgo: 2 } }, true],
    [{ op: "=", field: "state", value: "retry" }, true],
    [{ op: "in", field: "lastOutcome", values: ["busy", "no-answer"] }, true],
    [{ op: "<", field: "attempts", value: 3 }, true],
    [{ op: "=", field: "numberCountry", value: "cz" }, true],
    [{ op: "=", field: "numberCount", value: 1 }, true],
    [{ op: "and", of: [] }, true],
    [{ op: "or", of: [] }, false],
    [{ op: "not", filter: { op: "exists", field: "email" } }, true]
  ]
  for (const [input, expected] of cases) {
    it(`${JSON.stringify(input)} ${expected ? "holds" : "does not hold"}`, () => {
      assert.strictEqual(holds(input), expected)
    })
  }
  it("days begin and end with the zone's clock, also on days of 23 and 25 hours", () => {
    const on = (day: string, instant: string): boolean =>
      holds({ op: "between", field: "loadedAt", from: day, to: day }, { ...jana, loadedAt: Date.parse(instant) })
    assert.deepStrictEqual(
      [
        on("2026-03-29", "2026-03-28T22:59:59Z"),
        on("2026-03-29", "2026-03-28T23:00:00Z"),
        on("2026-03-29", "2026-03-29T21:59:59Z"),
        on("2026-03-29", "2026-03-29T22:00:00Z"),
        on("2026-10-25", "2026-10-24T22:00:00Z"),
        on("2026-10-25", "2026-10-25T22:59:59Z"),
        on("2026-10-25", "2026-10-25T23:00:00Z")
      ],
      [false, true, true, false, true, true, false]
    )
  })
  it("count what they mean before they are used", () => {
    const predicate = compileFilter({ op: "<", field: "attempts", value: 2 }, time)
    const subjects = [0, 1, 2, 3].map((attempts) => ({ ...jana, attempts }))
    assert.deepStrictEqual(countMatches(predicate, subjects), { matching: 2, total: 4 })
  })
})

describe("days in texts", () => {
  it("are taken where they can be read one way only", () => {
    const texts = ["1970-01-02", "1970-01-02T10:00", "2.1.1970", "02. 01. 1970", "1/2/1970", "1970-02-30", "0070-01-01"]
    assert.deepStrictEqual(texts.map(dayOfText), [1, 1, 1, 1, null, null, null])
  })
})

const problems = (input: unknown): ReadonlyArray<string> =>
  Result.match(decodeFilter(input, ["Dluh"]), {
    onFailure: (found) => found.map(({ message, path }) => `${path}: ${message}`),
    onSuccess: () => []
  })

describe("a wrong filter", () => {
  it("is told what is wrong and where", () => {
    const input = {
      op: "and",
      extra: 1,
      of: [
        { op: "=", field: "citi", value: "Praha" },
        { op: "<", field: "attempts" },
        { op: "not", filter: { op: "like", field: "city" } },
        { op: "=", field: "state", value: "new" },
        { op: ">", field: "lastOutcome", value: "busy" },
        { op: "=", field: "loadedAt", value: "2026-11-21" },
        { op: "between", field: "loadedAt", from: "yesterday", to: "2026-11-21" },
        { op: "before", field: "attempts", day: "2026-11-21" },
        { op: "after", field: "loadedAt", day: "2026-02-30" },
        { op: "exists", field: "parameter.Other" },
        { op: "or", of: { 0: "x" } },
        7
      ]
    }
    assert.deepStrictEqual(problems(input), [
      "extra: only op and of belong here",
      "of[0].field: a field of the contact or the campaign, or parameter. and the name of a column",
      "of[1].value: Missing key",
      "of[2].filter.op: one of and or not = != < <= > >= contains startsWith matches in exists between before after",
      "of[3].value: one of fresh, in-work, retry, closed",
      "of[4].op: lastOutcome is one of some words: use =, != or in",
      "of[5].op: loadedAt is a moment: use before, after, between or exists",
      "of[6].from: a date such as 2026-11-21",
      "of[7].op: attempts is no date",
      "of[8].day: a date such as 2026-11-21",
      "of[9].field: there is no column Other; the columns are Dluh",
      "of[10].of: a list of conditions",
      "of[11]: a condition is an object with op"
    ])
  })
  it("cannot cost much by being deep or long", () => {
    let deep: unknown = { op: "exists", field: "city" }
    for (let i = 0; i < 100_000; i += 1) deep = { op: "not", filter: deep }
    assert.match(problems(deep)[0] ?? "", /nested 20 deep$/)
    const wide = { op: "or", of: Array.from({ length: 100_000 }, () => ({ op: "exists", field: "city" })) }
    assert.match(problems(wide)[0] ?? "", /5000 conditions/)
    assert.match(problems({ op: "in", field: "city", values: Array(6_000).fill("x") })[0] ?? "", /5000/)
    assert.deepStrictEqual(problems(null), [": a condition is an object with op"])
    assert.match(problems({ op: "constructor", field: "city" })[0] ?? "", /^op: one of/)
  })
})

describe("a filter in words", () => {
  it("reads as a manager would say it", () => {
    const input = {
      op: "and",
      of: [
        { op: "in", field: "city", values: ["Praha", "Brno"] },
        {
          op: "or",
          of: [
            { op: ">=", field: "parameter.Dluh", value: 1000 },
            { op: "not", filter: { op: "exists", field: "email" } }
          ]
        },
        { op: "before", field: "lastAttemptAt", day: { daysAgo: 7 } },
        { op: "between", field: "attempts", from: 1, to: 3 }
      ]
    }
    assert.strictEqual(
      Result.match(decodeFilter(input, null), { onFailure: () => "", onSuccess: filterWords }),
      "the city is one of “Praha”, “Brno” and (“Dluh” is at least 1000 or not (the e-mail address is there)) and " +
        "the day of the last attempt is before the day 7 days ago and the count of attempts is between 1 and 3"
    )
  })
})

const Condition = Schema.Union([
  Schema.Struct({
    op: Schema.Literals(["=", "!=", "<", "<=", ">", ">="]),
    field: Schema.Literals(["city", "priority", "attempts", "parameter.a"]),
    value: Schema.Union([Schema.Literals(["", "5", "05", "Praha"]), Schema.Int])
  }),
  Schema.Struct({ op: Schema.Literal("exists"), field: Schema.Literals(["city", "parameter.a", "dueAt"]) }),
  Schema.Struct({
    op: Schema.Literals(["contains", "startsWith", "matches"]),
    field: Schema.Literals(["city", "parameter.a"]),
    value: Schema.Literals(["", "p", "*a", "?r*"])
  })
])
const Conditions = Schema.Array(Condition).check(Schema.isMaxLength(4))
const Text = Schema.Literals(["", "5", "05", "Praha", "5.0", "-1"])
const Subject = Schema.Struct({ city: Text, priority: Text, a: Text, attempts: Schema.Literals([0, 1, 5]) })
const subjectOf = ({ a, attempts, city, priority }: typeof Subject.Type): FilterSubject => ({
  ...jana,
  contact: { ...jana.contact, fields: { city, priority }, parameters: { a } },
  attempts
})

describe("laws", () => {
  it.prop("De Morgan's", { of: Conditions, subject: Subject }, ({ of, subject }) => {
    const not = (filter: Filter): Filter => ({ op: "not", filter })
    const same = (a: Filter, b: Filter): void => {
      assert.strictEqual(compileFilter(a, time)(subjectOf(subject)), compileFilter(b, time)(subjectOf(subject)))
    }
    same(not({ op: "and", of }), { op: "or", of: of.map(not) })
    same(not({ op: "or", of }), { op: "and", of: of.map(not) })
    for (const each of of) same(not(not(each)), each)
  })
  it.prop("a value that is there is less, equal or greater, for texts", { a: Text, b: Text }, ({ a, b }) => {
    const subject = subjectOf({ a: "", attempts: 0, city: a, priority: "" })
    const test = (op: "<" | "=" | ">"): boolean => compileFilter({ op, field: "city", value: b }, time)(subject)
    assert.strictEqual([test("<"), test("="), test(">")].filter(Boolean).length, a === "" ? 0 : 1)
  })
  it.prop("what is decoded is what was given", { of: Conditions }, ({ of }) => {
    // As stored: JSON has no minus zero.
    const filter = JSON.parse(JSON.stringify({ op: "and", of })) as Filter
    assert.deepStrictEqual(decodeFilter(filter, null), Result.succeed(filter))
    assert.deepStrictEqual(Schema.decodeUnknownSync(Filter)(filter), filter)
    assert.isString(filterWords(filter))
  })
})

const Letters = Schema.Array(Schema.Literals(["a", "b"])).check(Schema.isMaxLength(8))
const Pattern = Schema.Array(Schema.Literals(["a", "b", "*", "?"])).check(Schema.isMaxLength(6))

describe("wildcards", () => {
  it.prop("mean what they mean in a regular expression", { text: Letters, pattern: Pattern }, ({ pattern, text }) => {
    const expected = new RegExp(`^${pattern.join("").replaceAll("*", ".*").replaceAll("?", ".")}$`)
    assert.strictEqual(matchesWildcards(text.join(""), pattern.join("")), expected.test(text.join("")))
  })
  it("cost no more than the product of the lengths", () => {
    const pattern = `${"*a".repeat(100)}b`
    assert.isFalse(matchesWildcards("a".repeat(100_000), pattern))
  })
})
