import { assert, describe, it } from "@effect/vitest"
import { outcomeNames } from "../../../src/domain/Outcome.ts"
import { bookOf, decide, factsOf, noon, type Told } from "./setting.ts"

/** Whether a rule with these conditions holds after an attempt. */
const holds = (when: object, told: Told): boolean => {
  const book = bookOf({ when, then: { finish: "done" } })
  return decide(book, told).decidedBy === 0
}

describe("conditions", () => {
  it("outcome: one of those named", () => {
    const when = { outcome: ["busy", "machine", "interrupted"] }
    const held = outcomeNames.filter((outcome) => holds(when, { outcome }))
    assert.deepStrictEqual(held, ["machine", "busy", "interrupted"])
  })
  it("connected: a person heard an agent, or not", () => {
    assert.deepStrictEqual(
      outcomeNames.filter((outcome) => holds({ connected: true }, { outcome })),
      ["connected"]
    )
    assert.deepStrictEqual(
      outcomeNames.filter((outcome) => holds({ connected: false }, { outcome })),
      outcomeNames.slice(1)
    )
    assert.deepStrictEqual(
      outcomeNames.filter((outcome) => holds({ connected: false, outcome: ["connected", "busy"] }, { outcome })),
      ["busy"]
    )
  })
  it("attempts: from min to max, both included", () => {
    const held = (attempts: object) => [1, 2, 3, 4, 255].filter((count) => holds({ attempts }, { attempts: count }))
    assert.deepStrictEqual(held({ min: 2, max: 3 }), [2, 3])
    assert.deepStrictEqual(held({ min: 3 }), [3, 4, 255])
    assert.deepStrictEqual(held({ max: 2 }), [1, 2])
  })
  it("attemptsWith: how many ended so, outcomes together, each test for itself", () => {
    const held = (attemptsWith: object, ...counts: ReadonlyArray<Told["counted"]>) =>
      counts.map((counted) => holds({ attemptsWith }, { counted: counted ?? {} }))
    assert.deepStrictEqual(held([{ outcome: ["busy"], min: 1, max: 2 }], {}, { busy: 1 }, { busy: 2 }, { busy: 3 }), [
      false,
      true,
      true,
      false
    ])
    assert.deepStrictEqual(held([{ outcome: ["busy"], max: 0 }], { machine: 3 }, { busy: 1 }), [true, false])
    const sum = [{ outcome: ["busy", "no-answer", "busy"], min: 3 }]
    assert.deepStrictEqual(
      held(sum, { busy: 2 }, { busy: 2, "no-answer": 1 }, { "no-answer": 3 }, { busy: 255, "no-answer": 255 }),
      [false, true, true, true]
    )
    const two = [
      { outcome: ["busy"], min: 1 },
      { outcome: ["machine"], max: 1 }
    ]
    assert.deepStrictEqual(held(two, { busy: 1 }, { busy: 1, machine: 2 }, { machine: 1 }), [true, false, false])
  })
  it("disposition: the agent chose one of those named", () => {
    const when = { disposition: ["not-in", "sale"] }
    const held = ["sale", "refused", "call-later", "not-in"].filter((disposition) => holds(when, { disposition }))
    assert.deepStrictEqual(held, ["sale", "not-in"])
    assert.isFalse(holds(when, {}))
  })
  it("segment: the contact is in one of those named", () => {
    assert.isTrue(holds({ segment: ["south", "north"] }, { segment: "south" }))
    assert.isFalse(holds({ segment: ["south"] }, { segment: "north" }))
    assert.isFalse(holds({ segment: ["south"] }, { segment: "nowhere" }))
  })
  it("hours: by the contact's clock, from the first minute to before the last", () => {
    const at = (text: string): Told => ({ now: Date.parse(text) })
    const morning = { hours: { weekdays: ["mon", "sat"], from: "08:30", to: "12:00" } }
    assert.isFalse(holds(morning, at("2026-11-21T08:29:59.999+01:00")))
    assert.isTrue(holds(morning, at("2026-11-21T08:30+01:00")))
    assert.isTrue(holds(morning, at("2026-11-21T11:59:59.999+01:00")))
    assert.isFalse(holds(morning, at("2026-11-21T12:00+01:00")))
    assert.isFalse(holds(morning, at("2026-11-22T09:00+01:00")))
    assert.isTrue(holds(morning, at("2026-11-23T09:00+01:00")))
    assert.isTrue(holds(morning, { ...at("2026-11-21T09:00-05:00"), zone: "America/New_York" }))
    assert.isFalse(holds(morning, { ...at("2026-11-21T09:00+01:00"), zone: "America/New_York" }))
    // A clock that calls 1 January 2026 zero.
    const epochMillis = Date.parse("2026-01-01T00:00Z")
    assert.isTrue(holds(morning, { now: Date.parse("2026-11-21T09:00+01:00") - epochMillis, epochMillis }))
  })
  it("hours: whole days, and parts of every day", () => {
    const days = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"]
    const names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    for (const [i, name] of names.entries()) {
      const held = days.filter((day) =>
        holds({ hours: { weekdays: [name] } }, { now: Date.parse(`${day}T00:00+01:00`) })
      )
      assert.deepStrictEqual(held, [days[i]])
    }
    assert.isTrue(holds({ hours: { from: "23:00" } }, { now: Date.parse("2026-11-21T23:59+01:00") }))
    assert.isFalse(holds({ hours: { to: "23:00" } }, { now: Date.parse("2026-11-21T23:59+01:00") }))
  })
  it("hours: the same clock time before and after the clocks change", () => {
    const when = { hours: { from: "10:00", to: "10:01" } }
    assert.isTrue(holds(when, { now: Date.parse("2026-10-24T10:00+02:00") }))
    assert.isTrue(holds(when, { now: Date.parse("2026-10-25T10:00+01:00") }))
    assert.isFalse(holds(when, { now: Date.parse("2026-10-25T10:00+02:00") }))
  })
  it("answers: to every question one of those named", () => {
    const when = { answers: { interested: ["yes", "maybe"], rating: [9, 10] } }
    const held = (given: Record<string, ReadonlyArray<string>>) => holds(when, { given })
    assert.isTrue(held({ interested: ["maybe"], rating: ["10"] }))
    assert.isTrue(held({ interested: ["no", "yes"], rating: ["9"] }))
    assert.isFalse(held({ interested: ["yes"], rating: ["8"] }))
    assert.isFalse(held({ interested: ["yes"] }))
    assert.isFalse(held({ interested: ["no"], rating: ["9"] }))
    assert.isTrue(holds({ answers: { "owns-car": [true] } }, { given: { "owns-car": ["true"] } }))
  })
  it("contact: it fits the filter, which is asked for by its place", () => {
    const filters = ["Praha", "Brno"].map((value) => ({ op: "=", field: "city", value }))
    const book = bookOf(
      { when: { contact: filters[0] }, then: { finish: "Praha" } },
      { then: { set: { Stage: 1 } } },
      { when: { contact: filters[1] }, then: { finish: "Brno" } }
    )
    assert.deepStrictEqual<unknown>(book.filters, filters)
    for (const place of [0, 1]) {
      const verdict = decide(book, { fits: (filter) => filter === place })
      assert.strictEqual(book.results[verdict.result], ["Praha", "Brno"][place])
    }
    assert.strictEqual(decide(book, {}).decidedBy, -1)
  })
  it("at: asked holds only where a time was", () => {
    const book = bookOf({ then: { again: { at: "asked" } } })
    assert.strictEqual(decide(book, {}).decidedBy, -1)
    assert.strictEqual(decide(book, { askedAt: 0 }).decidedBy, 0)
  })
  it("hold all together, and none at all hold always", () => {
    const when = { outcome: ["busy"], attempts: { max: 2 }, segment: ["north"], disposition: ["not-in"] }
    const told = { outcome: "busy", attempts: 2, segment: "north", disposition: "not-in" } as const
    assert.isTrue(holds(when, told))
    assert.isFalse(holds(when, { ...told, outcome: "machine" }))
    assert.isFalse(holds(when, { ...told, attempts: 3 }))
    assert.isFalse(holds(when, { ...told, segment: "south" }))
    assert.isFalse(holds(when, { ...told, disposition: "sale" }))
    assert.isTrue(outcomeNames.every((outcome) => holds({}, { outcome })))
  })
  it("are not looked up where no rule asks: neither zone nor filters nor answers", () => {
    const never = (): never => assert.fail("looked up")
    const book = bookOf(
      { when: { outcome: ["busy"], attemptsWith: [{ outcome: ["busy"], max: 1 }] }, then: { finish: "a" } },
      { when: { hours: { to: "12:00" }, segment: ["south"] }, then: { finish: "b" } },
      { then: { again: { afterMinutes: 5 } } }
    )
    const verdict = book.decide({ ...factsOf(book, { outcome: "machine" }), zone: never, fits: never, answers: never })
    assert.deepStrictEqual([verdict.decidedBy, verdict.dueAt], [2, noon + 300_000])
  })
})
