import { assert, describe, it } from "@effect/vitest"
import { timeline } from "../../src/domain/timeline.ts"
import { simulatedWords } from "../../src/domain/timelineWords.ts"
import type { Rule } from "../../src/domain/rules/Rule.ts"
import { Closed } from "../../src/dialler/ContactList.ts"
import type { Port } from "../../src/dialler/Port.ts"
import { Recorder } from "../../src/store/Recorder.ts"
import { World } from "../../sim/World.ts"
import { campaignOf, scenarioOf } from "./worldFloors.ts"

const flags = { success: false, rightParty: false, final: false, asksCallbackTime: false }
const known = {
  dispositions: [{ ...flags, code: "sale", label: "Sale" }],
  segments: ["north", "south"],
  campaigns: ["winter"],
  questions: [],
  parameters: []
}
const rules: ReadonlyArray<Rule> = [
  { name: "count", when: { outcome: ["connected"] }, then: { set: { Talks: "1" }, segment: "south" } },
  {
    name: "same agent",
    when: { outcome: ["connected"], attempts: { max: 1 } },
    then: { again: { afterMinutes: 5, by: "same-agent", windowMinutes: 5 } }
  },
  { name: "sold", when: { outcome: ["connected"] }, then: { finish: "sale" } },
  { name: "gone", when: { outcome: ["invalid"] }, then: { remove: true } },
  { name: "never", when: { outcome: ["rejected"] }, then: { doNotCall: true } },
  { name: "elsewhere", when: { outcome: ["machine"] }, then: { campaign: "winter" } },
  { name: "again", then: { again: { afterMinutes: 20 } } }
]
const segments = [
  { name: "north", share: 1, pickup: 1 },
  { name: "south", share: 0, pickup: 1 }
]

/** A shift of a campaign with these rules, whose agents choose something after every talk. */
const shift = (): { readonly recorder: Recorder; readonly world: World } => {
  const scenario = scenarioOf({}, { settings: { rules, known, detection: true }, list: { contacts: 600, segments } })
  const recorder = new Recorder(scenario)
  const world = new World(scenario, 0, { warmUpMillis: 0, recorder })
  const { dialler } = world
  const told: Pick<Port, "ruled" | "moved"> = {
    ruled: (call, verdict) => recorder.ruled(dialler, call, verdict, world.now),
    moved: (campaign, contact, target) => recorder.moved(dialler, campaign, contact, target, world.now)
  }
  Object.assign(world, told)
  const done = dialler.wrapUpDone.bind(dialler)
  dialler.wrapUpDone = (agent, now) => done(agent, now, 0)
  world.run(Number.POSITIVE_INFINITY)
  return { recorder, world }
}

describe("the notes of a shift", () => {
  const { recorder, world } = shift()
  const { attempts, notes } = recorder
  const of = <K extends (typeof notes)[number]["kind"]>(kind: K) => notes.filter((note) => note.kind === kind)
  const ended = (...outcomes: ReadonlyArray<string>) => attempts.filter((row) => outcomes.includes(row.outcome))
  const keys = (rows: ReadonlyArray<{ readonly contact: number; readonly at: number }>) =>
    rows.map(({ at, contact }) => `${contact} ${at}`).sort()
  const closings = (rows: typeof attempts) =>
    rows.map(({ contact, endedAt, wrapMillis }) => `${contact} ${endedAt + wrapMillis}`).sort()

  it("say what agents chose, which parameters were set and who changed segment, after every talk", () => {
    const talks = ended("connected")
    assert.isAbove(talks.length, 50)
    // A machine that was taken for a person is coded too.
    assert.deepStrictEqual(keys(of("disposition")), closings(attempts.filter(({ wrapMillis }) => wrapMillis > 0)))
    assert.deepStrictEqual(keys(of("parameter")), closings(talks))
    assert.deepStrictEqual(keys(of("segment")), closings(talks))
    for (const note of notes) {
      if (note.kind === "disposition") assert.deepStrictEqual([note.detail.code, note.detail.label], ["sale", "Sale"])
      if (note.kind === "parameter") assert.deepStrictEqual([note.detail.name, note.detail.value], ["Talks", "1"])
      if (note.kind !== "segment") continue
      const { attempt, from, to } = note.detail
      assert.deepStrictEqual([from, to], [segmentBefore(note.contact, attempt), "south"])
    }
  })
  /** South once somebody has talked. */
  const segmentBefore = (contact: number, attempt: number | null): string =>
    attempts.some((row) => row.contact === contact && row.outcome === "connected" && row.attempt < (attempt ?? 0))
      ? "south"
      : "north"

  it("say who was promised a call, and by whom", () => {
    const promised = ended("connected").filter(({ attempt }) => attempt === 1)
    assert.deepStrictEqual(keys(of("promise")), closings(promised))
    for (const note of notes) {
      if (note.kind !== "promise") continue
      const row = promised.find(({ contact }) => contact === note.contact)
      assert.deepStrictEqual([note.detail.agent, note.detail.dueAt], [row?.agent, row?.retryAt])
    }
  })
  it("name the rules that held, with the result of the one that decided", () => {
    const lines = new Set(
      notes.flatMap((note) => (note.kind === "rule" ? [`${note.detail.rule}: ${note.detail.result}`] : []))
    )
    assert.deepStrictEqual([...lines].sort(), [
      "again: null",
      "count: null",
      "elsewhere: null",
      "gone: null",
      "never: null",
      "same agent: null",
      "sold: sale"
    ])
  })
  it("name the rule that called a contact again, though it did nothing else", () => {
    const again = of("rule").filter((note) => note.kind === "rule" && note.detail.rule === "again")
    const unreached = ended("busy", "no-answer").filter(({ retryAt }) => retryAt !== null)
    assert.isAbove(unreached.length, 50)
    assert.includeMembers(keys(again), closings(unreached))
  })
  it("say who was removed, blocked or moved", () => {
    assert.deepStrictEqual(keys(of("removed")), closings(ended("invalid")))
    assert.deepStrictEqual(keys(of("do-not-call")), closings(ended("rejected")))
    // An abandoned machine is on record as a machine, and abandoned by the rules.
    assert.deepStrictEqual(keys(of("moved")), closings(ended("machine").filter(({ retryAt }) => retryAt === null)))
    const { closedAs } = world.dialler.campaigns[0].list
    for (const { contact } of of("removed")) assert.strictEqual(closedAs[contact], Closed.removed)
    for (const note of notes) {
      if (note.kind !== "moved") continue
      const last = attempts.findLast(({ contact }) => contact === note.contact)
      assert.deepStrictEqual(note.detail, { to: "winter", attempt: last?.attempt ?? null })
    }
  })
  it("are told in a contact's timeline, at their places", () => {
    const contact = ended("connected").find(({ attempt }) => attempt === 1)?.contact
    const own = <A extends { readonly contact: number }>(rows: ReadonlyArray<A>) =>
      rows.filter((row) => row.contact === contact)
    const entries = timeline({ attempts: own(attempts), holds: [], notes: own(notes) }, simulatedWords)
    const end = entries.findIndex(({ what }) => what === "ended")
    assert.deepStrictEqual(
      entries.slice(end, end + 9).map(({ what }) => what),
      ["ended", "after-call", "disposition", "rule", "rule", "parameter", "segment", "promise", "planned"]
    )
  })
  it("carry the campaign's name", () => {
    assert.deepStrictEqual([...new Set(notes.map(({ campaign }) => campaign))], [campaignOf().settings.name])
  })
})
