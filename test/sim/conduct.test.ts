import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { knowsNothing } from "../../src/domain/Campaign.ts"
import { offerThenTransfer } from "../../src/domain/flow/readyMade.ts"
import type { Rule } from "../../src/domain/rules/Rule.ts"
import { FlowPeople } from "../../sim/flow/FlowPeople.ts"
import type { Conduct } from "../../sim/Scenario.ts"
import { type CampaignParts, record, scenarioOf } from "./worldFloors.ts"

const plain = { success: false, rightParty: false, final: false, asksCallbackTime: false }
const dispositions = [
  { ...plain, code: "sale", label: "Sale", final: true },
  { ...plain, code: "call-later", label: "Call later", asksCallbackTime: true },
  { ...plain, code: "no", label: "No" }
]
const conduct: Conduct = {
  dispositions: [
    { share: 0.2, askedAfter: null },
    { share: 0.3, askedAfter: { kind: "constant", value: 1_800 } },
    { share: 0.5, askedAfter: null }
  ],
  answers: { interested: { yes: 0.25, no: 0.75 } },
  parameters: { tariff: { gold: 0.4 } },
  flow: null
}
const within = (count: number, of: number, share: number) =>
  assert.isAtMost(Math.abs(count - of * share), 4 * Math.sqrt(of * share * (1 - share)) + 1e-9)

const rehearse = (rules: ReadonlyArray<Rule>, more: CampaignParts = {}) =>
  record(
    scenarioOf(
      {},
      {
        ...more,
        conduct,
        settings: {
          rules,
          known: {
            ...knowsNothing,
            dispositions,
            segments: ["all"],
            campaigns: ["second"],
            questions: [{ name: "interested", answers: null }],
            parameters: ["tariff"]
          },
          ...more.settings
        }
      }
    )
  )

describe("what agents choose", () => {
  it("has its shares, and times that were asked for are kept by the agent who was asked", () => {
    const { recorder } = rehearse([
      {
        name: "later",
        when: { disposition: ["call-later"] },
        then: { again: { at: "asked", by: "same-agent", windowMinutes: 30 } }
      }
    ])
    const talked = recorder.attempts.filter(({ attempt, outcome }) => attempt === 1 && outcome === "connected")
    const asked = talked.filter(({ retryAt }) => retryAt !== null)
    within(asked.length, talked.length, 0.3)
    for (const { endedAt, retryAt, wrapMillis } of asked) assert.strictEqual(retryAt, endedAt + wrapMillis + 1_800_000)
    const seconds = recorder.attempts.filter(({ attempt }) => attempt === 2)
    assert.isAbove(seconds.length, 10)
    for (const second of seconds) {
      const first = asked.find(({ contact }) => contact === second.contact) ?? assert.fail("nobody asked")
      assert.isTrue(second.reserved && second.placedAt >= (first.retryAt ?? 0))
      assert.strictEqual(second.agent, first.agent)
    }
  })
})

describe("what people answer and the list says", () => {
  it("is there for rules that ask, in its shares", () => {
    const again = { afterMinutes: 1_000 }
    const byAnswer = rehearse([
      { name: "yes", when: { answers: { interested: ["yes"] }, connected: true }, then: { again } }
    ])
    const talked = byAnswer.recorder.attempts.filter(({ outcome }) => outcome === "connected")
    within(talked.filter(({ retryAt }) => retryAt !== null).length, talked.length, 0.25)
    const gold = { op: "=", field: "parameter.tariff", value: "gold" } as const
    const byList = rehearse([{ name: "gold", when: { contact: gold }, then: { again } }])
    const all = byList.recorder.attempts
    within(all.filter(({ retryAt }) => retryAt !== null).length, all.length, 0.4)
  })
  it("no answers come from calls on which nobody talked", () => {
    const { recorder } = rehearse([
      { name: "yes", when: { answers: { interested: ["yes", "no"] } }, then: { again: { afterMinutes: 1_000 } } }
    ])
    const again = recorder.attempts.filter(({ retryAt }) => retryAt !== null)
    assert.isAbove(again.length, 20)
    assert.isTrue(again.every(({ outcome }) => outcome === "connected"))
  })
  it("can be set by rules and asked for at the next attempt", () => {
    const { recorder } = rehearse([
      {
        name: "done",
        when: { contact: { op: "=", field: "parameter.stage", value: "second" } },
        then: { finish: "done" }
      },
      { name: "mark", then: { set: { stage: "second" } } },
      { name: "again", then: { again: { afterMinutes: 1 } } }
    ])
    const seconds = recorder.attempts.filter(({ attempt }) => attempt === 2)
    assert.isAbove(seconds.length, 20)
    assert.isTrue(seconds.every(({ retryAt }) => retryAt === null))
    assert.isTrue(
      recorder.attempts
        .filter(({ attempt, outcome }) => attempt === 1 && outcome !== "connected")
        .every(({ retryAt }) => retryAt !== null)
    )
  })
})

describe("contacts that rules move", () => {
  it("start anew in the other campaign", () => {
    const rules: ReadonlyArray<Rule> = [{ name: "on", when: { connected: true }, then: { campaign: "second" } }]
    const known = { ...knowsNothing, campaigns: ["second"] }
    const { counts, recorder } = record(
      scenarioOf(
        {},
        {
          conduct: { ...conduct, dispositions: [] },
          settings: { name: "first", rules, known },
          list: { contacts: 200 }
        },
        { settings: { name: "second" }, list: { contacts: 0 } }
      )
    )
    const moved = recorder.attempts.filter(
      ({ campaign, outcome }) => campaign === "first" && outcome === "connected"
    ).length
    assert.isAbove(moved, 20)
    assert.strictEqual(counts[1].contactsLoaded, moved)
    assert.isAbove(recorder.attempts.filter(({ campaign }) => campaign === "second").length, 0)
  })
})

describe("a call flow rehearsed", () => {
  const flow = offerThenTransfer({
    name: "offer",
    offer: { file: "offer.wav" },
    transferKey: "1",
    to: { group: "team" },
    nobody: { file: "busy.wav" },
    optOut: { key: "9", confirmation: { file: "bye.wav" } }
  })
  const people = Schema.decodeUnknownSync(FlowPeople)({
    steps: {
      offer: { promptSeconds: 10, hangUp: 0.3, keys: { "1": 0.2, "9": 0.1 } },
      "nobody there": { promptSeconds: 4 },
      "do not call confirmed": { promptSeconds: 3 }
    }
  })
  const shift = record(
    scenarioOf(
      {},
      {
        conduct: { ...conduct, dispositions: [], flow: people },
        people: { otherwise: { machine: 0, busy: 0.2, rejected: 0, invalid: 0.1 } },
        settings: {
          mode: "automatic",
          pacing: { kind: "lines", linesMax: 40, callsPerSecondMax: 5 },
          flow,
          groups: ["team"],
          retry: {}
        }
      }
    )
  )
  const { attempts } = shift.recorder
  const people_ = attempts.filter(({ answeredAt, machineFalse }) => answeredAt !== null && !machineFalse)
  it("connects those who press the key, and nobody else, in their share", () => {
    const served = people_.filter(({ outcome }) => outcome === "connected")
    const pressed = people_.filter(({ outcome }) => ["connected", "abandoned", "hung-up-waiting"].includes(outcome))
    assert.isAbove(served.length, 30)
    // Those who found nobody hear that and are on record as served by the script.
    assert.isAtMost(pressed.length, people_.length * 0.7 * 0.2 * 1.3)
  })
  it("closes for good those who ask for no more calls", () => {
    const list = attempts.filter(
      ({ endedAt, answeredAt, outcome }) =>
        outcome === "scripted" && answeredAt !== null && endedAt - answeredAt < 10_000
    )
    // Hung up during the offer.
    within(list.length, people_.length, 0.3)
  })
})
