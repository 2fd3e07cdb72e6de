import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { knowsNothing } from "../../src/domain/Campaign.ts"
import { type CallFigures, promiseGraceMillis } from "../../src/domain/CallFigures.ts"
import { survey } from "../../src/domain/flow/readyMade.ts"
import type { CallFlow } from "../../src/domain/flow/CallFlow.ts"
import { FlowPeople } from "../../sim/flow/FlowPeople.ts"
import type { Conduct } from "../../sim/Scenario.ts"
import { type CampaignParts, group, record, type Recorded, scenarioOf } from "./worldFloors.ts"

const plain = { success: false, rightParty: false, final: false, asksCallbackTime: false }
const dispositions = [
  { ...plain, code: "sale", label: "Sale", success: true, rightParty: true, final: true },
  { ...plain, code: "call-later", label: "Call later", rightParty: true, asksCallbackTime: true },
  { ...plain, code: "no-more-calls", label: "No more calls", final: true }
]
const conduct: Conduct = {
  dispositions: [
    { share: 0.2, askedAfter: null },
    { share: 0.4, askedAfter: { kind: "exponential", mean: 2_000 } },
    { share: 0.1, askedAfter: null }
  ],
  answers: {},
  parameters: {},
  flow: null
}
/** A pause that some promises fall into. */
const withPause = { groups: [{ ...group, breaks: [{ atSeconds: 3_000, lengthSeconds: 1_200, spreadSeconds: 0 }] }] }
const talking: CampaignParts = {
  conduct,
  settings: {
    mode: "progressive",
    pacing: { kind: "one-per-agent" },
    known: { ...knowsNothing, dispositions },
    rules: [
      { name: "stop", when: { disposition: ["no-more-calls"] }, then: { doNotCall: true } },
      { name: "asked", then: { again: { at: "asked", by: "same-agent", windowMinutes: 5 } } }
    ]
  }
}
const figuresOf = (shift: Recorded): CallFigures =>
  shift.figures[0].calls ?? assert.fail("the shift does not tell what came of the calls")
const named = (counted: ReadonlyArray<{ readonly name: string; readonly count: number }>) =>
  Object.fromEntries(counted.map(({ count, name }) => [name, count]))

describe("what came of the talks of a shift", () => {
  const shift = record(scenarioOf(withPause, talking))
  const { attempts, notes } = shift.recorder
  const figures = figuresOf(shift)
  const chosen = notes.flatMap((note) => (note.kind === "disposition" ? [note.detail.code] : []))
  const times = (code: string) => chosen.filter((each) => each === code).length
  it("is what the agents chose, call by call", () => {
    const talks = attempts.filter(({ outcome }) => outcome === "connected").length
    assert.isAbove(talks, 100)
    assert.deepStrictEqual(named(figures.dispositions), {
      sale: times("sale"),
      "call-later": times("call-later"),
      "no-more-calls": times("no-more-calls"),
      none: talks - chosen.length
    })
    assert.strictEqual(figures.talks, talks)
    assert.strictEqual(figures.successes, times("sale"))
    assert.strictEqual(figures.rightParties, times("sale") + times("call-later"))
    assert.strictEqual(figures.doNotCall, times("no-more-calls"))
    assert.isNull(figures.flow)
  })
  it("and which promises were kept in time, later, and by whom", () => {
    const end = 2 * 3_600_000
    const kept = notes.flatMap((note) => {
      if (note.kind !== "promise") return []
      const next = attempts.find(
        ({ attempt, contact }) => contact === note.contact && attempt === (note.detail.attempt ?? 0) + 1
      )
      return next === undefined && note.detail.dueAt > end ? [] : [{ ...note.detail, next }]
    })
    const placed = kept.flatMap(({ agent, dueAt, next }) => (next === undefined ? [] : [{ agent, dueAt, next }]))
    const inTime = placed.filter(({ dueAt, next }) => next.placedAt <= dueAt + promiseGraceMillis)
    assert.isAbove(placed.length - inTime.length, 0)
    assert.deepStrictEqual(figures.promises, {
      due: kept.length,
      inTime: inTime.length,
      late: placed.length - inTime.length,
      byOther: placed.filter(({ agent, next }) => next.agent !== agent).length
    })
    assert.isAbove(figures.promises.byOther, 0)
    assert.isAbove(figures.promises.due, placed.length)
  })
  it("is not told where the scenario does not say", () => {
    assert.isUndefined(record(scenarioOf({})).figures[0].calls)
  })
  it("leaves out what was before the warm-up was over", () => {
    const late = record(scenarioOf(withPause, talking), { warmUpMillis: 3_600_000 })
    const talks = late.recorder.attempts.filter(
      ({ outcome, placedAt }) => outcome === "connected" && placedAt >= 3_600_000
    )
    assert.strictEqual(figuresOf(late).talks, talks.length)
    assert.isBelow(talks.length, figures.talks)
  })
})

describe("what came of the calls of a flow", () => {
  const made = survey({
    name: "marks",
    greeting: { file: "hello.wav" },
    questions: [
      { name: "price", prompt: { file: "price.wav" }, keys: ["[1-3]", "[45]"] },
      { name: "service", prompt: { file: "service.wav" }, keys: ["[1-5]"] }
    ],
    thanks: { file: "thanks.wav" },
    optOut: { key: "9", confirmation: { file: "bye.wav" } }
  })
  // One in ten wants a person, and goes on with the thanks where nobody is free.
  const flow: CallFlow = {
    ...made,
    steps: [
      ...made.steps.map((step) =>
        step.name === "service" && step.do === "collect" ? { ...step, keys: { ...step.keys, "0": "desk" } } : step
      ),
      { name: "desk", do: "transfer", group: "team", failed: "thanks unanswered" }
    ]
  }
  const seconds = (promptSeconds: number) => ({ promptSeconds })
  const people = Schema.decodeUnknownSync(FlowPeople)({
    steps: {
      greeting: { promptSeconds: 5, hangUp: 0.2 },
      price: { promptSeconds: 4, keys: { "[1-3]": 0.4, "[45]": 0.3, "9": 0.1 } },
      service: { promptSeconds: 4, keys: { "[1-5]": 0.5, "0": 0.3, "9": 0.1 }, invalid: 0.05 },
      thanks: seconds(2),
      "thanks unanswered": seconds(2),
      "do not call confirmed": seconds(2)
    }
  })
  const shiftWith = (detection: boolean) =>
    record(
      scenarioOf(
        { groups: [{ ...group, agents: 2 }] },
        {
          conduct: { ...conduct, dispositions: [], flow: people },
          people: { patience: { kind: "exponential", mean: 15 } },
          settings: {
            mode: "automatic",
            pacing: { kind: "lines", linesMax: 30, callsPerSecondMax: 5 },
            detection,
            dropMillis: 10_000,
            retry: {},
            flow
          }
        }
      )
    )
  const shift = shiftWith(false)
  const { attempts } = shift.recorder
  const figures = figuresOf(shift)
  const told = figures.flow ?? assert.fail("there is no flow")
  const results = named(told.results)
  const keys = Object.fromEntries(told.keys.map(({ entries, question }) => [question, named(entries)]))
  it("is every call that began it, by how it ended", () => {
    assert.strictEqual(told.calls, attempts.filter(({ answeredAt }) => answeredAt !== null).length)
    assert.strictEqual(
      told.calls,
      told.results.reduce((sum, { count }) => sum + count, 0)
    )
    assert.strictEqual(results["transferred"], attempts.filter(({ outcome }) => outcome === "connected").length)
    assert.deepStrictEqual(Object.keys(results).toSorted(), [
      "hung-up",
      "refused",
      "served",
      "transfer-failed",
      "transferred",
      "turn-limit",
      "unanswered"
    ])
    assert.strictEqual(results["turn-limit"], 0)
  })
  it("is not those who leave while the dialler still listens for a machine", () => {
    const listened = shiftWith(true)
    const persons = listened.recorder.attempts.filter(
      ({ answeredAt, outcome }) => answeredAt !== null && outcome !== "machine"
    )
    const served = persons.filter(({ outcome }) => outcome === "scripted" || outcome === "connected")
    const { calls = 0 } = figuresOf(listened).flow ?? {}
    assert.isBelow(calls, persons.length)
    assert.isAtLeast(calls, served.length)
  })
  it("is the keys of each question, as it writes them", () => {
    assert.deepStrictEqual(Object.keys(keys), ["price", "service"])
    assert.deepStrictEqual(Object.keys(keys.price).toSorted(), ["9", "[1-3]", "[45]"])
    assert.isAbove(keys.price["[1-3]"], keys.price["[45]"])
    // Whoever marked the price was asked about the service, and nobody else.
    const answered = keys.service["[1-5]"] + keys.service["0"] + keys.service["9"]
    assert.isAtMost(answered, keys.price["[1-3]"] + keys.price["[45]"])
    assert.isAbove(answered, 100)
    assert.isAtMost(results["served"], keys.service["[1-5]"])
  })
  it("is who wants no more calls, and who asked for an agent and got none", () => {
    assert.strictEqual(figures.doNotCall, keys.price["9"] + keys.service["9"])
    assert.strictEqual(told.transfers, keys.service["0"])
    // Some hung up while they waited, others heard the thanks.
    const left = attempts.filter(({ outcome }) => outcome === "hung-up-waiting").length
    assert.isAbove(left, 5)
    assert.isAbove(told.transfersLost, left)
    assert.strictEqual(told.transfersLost, told.transfers - results["transferred"])
    assert.deepStrictEqual(shift.lostWaiting, [told.transfersLost])
  })
})
