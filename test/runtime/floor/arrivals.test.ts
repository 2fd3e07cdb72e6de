import { assert, describe, it } from "@effect/vitest"
import { AgentState } from "../../../src/domain/AgentState.ts"
import type { Command } from "../../../src/runtime/floor/Command.ts"
import { FloorCore } from "../../../src/runtime/floor/FloorCore.ts"
import type { FloorEvent } from "../../../src/runtime/floor/FloorEvent.ts"
import { FloorView } from "../../../src/runtime/floor/FloorView.ts"
import { settingsOf, team } from "../../dialler/TestFloor.ts"
import { noBook } from "./noBook.ts"

const campaign = settingsOf({ mode: "manual", queue: { callersMax: 1, waitMillisMax: 60_000 } })
const names = { groups: [{ name: "team", agents: 2 }], campaigns: [{ settings: campaign, list: { segments: [] } }] }
const trunk = { linesMax: 10, callsPerSecondMax: Number.POSITIVE_INFINITY, ringingReported: true }

/** A floor of two agents whose phones ring, and one campaign; what it is told, and what it wants done without the desks. */
const floorOf = () => {
  const settings = { groups: team(2, false), campaigns: [campaign], trunk, startMinutes: 0 }
  const core = new FloorCore(settings, names, noBook)
  const tell = (at: number, ...events: ReadonlyArray<FloorEvent>): ReadonlyArray<Command> => {
    for (const event of events) core.tell(event, at)
    return core.takeCommands().filter(({ kind }) => kind !== "agentChanged" && kind !== "listLow")
  }
  return { core, tell }
}
const key = (call: number, generation = 0) => ({ call, generation })
const arrives = (contact: number): FloorEvent => ({ kind: "arrives", campaign: 0, contact })
const contacts: FloorEvent = { kind: "contactsAdded", campaign: 0, count: 3, segment: 0 }
const signsIn = (agent: number): FloorEvent => ({ kind: "signedIn", agent })

describe("calls to us on the floor", () => {
  it("are welcomed, joined, let go and turned away by command, each under its own key", () => {
    const { core, tell } = floorOf()
    tell(0, contacts, signsIn(0), { kind: "callerAdded", campaign: 0 })
    assert.deepStrictEqual(tell(1_000, arrives(3)), [
      { kind: "welcome", key: key(0), campaign: 0, contact: 3 },
      { kind: "ringAgent", agent: 0, key: key(0) }
    ])
    assert.deepStrictEqual(tell(2_000, { kind: "phoneAnswered", agent: 0, ...key(0) }), [
      { kind: "connect", agent: 0, key: key(0) }
    ])
    assert.deepStrictEqual(tell(3_000, arrives(0), arrives(1)), [
      { kind: "welcome", key: key(1), campaign: 0, contact: 0 },
      { kind: "turnAway", campaign: 0, contact: 1 }
    ])
    assert.strictEqual(new FloorView(core, names).snapshot(3_000).campaigns[0].callers, 1)
    assert.deepStrictEqual(tell(63_000, { kind: "timers" }), [{ kind: "queueOver", key: key(1) }])
    tell(64_000, { kind: "ended", ...key(1), machine: false })
    const { arrivals, attempts } = core.takeRecords()
    assert.deepStrictEqual(attempts, [])
    assert.deepStrictEqual(
      arrivals.map(({ contact, id, outcome }) => [id, contact, outcome]),
      [
        [1, 1, "turned-away"],
        [2, 0, "wait-over"]
      ]
    )
  })
  it("are handed on only by the agent who has the call, and to one who is free", () => {
    const { core, tell } = floorOf()
    tell(0, contacts, signsIn(0), arrives(0), { kind: "phoneAnswered", agent: 0, ...key(0) })
    const handsOver = (agent: number, to: number, generation = 0): FloorEvent => ({
      kind: "handsOver",
      ...key(0, generation),
      agent,
      to
    })
    assert.deepStrictEqual(tell(1_000, handsOver(0, 1)), [], "the other is not there")
    tell(2_000, signsIn(1))
    assert.deepStrictEqual(tell(2_000, handsOver(1, 0), handsOver(0, 1, 7), handsOver(0, 9)), [])
    assert.deepStrictEqual(tell(5_000, handsOver(0, 1)), [
      { kind: "handedOver", key: key(0), next: key(1) },
      { kind: "ringAgent", agent: 1, key: key(1) },
      { kind: "wrapUp", agent: 0, key: key(0) }
    ])
    tell(6_000, { kind: "phoneAnswered", agent: 1, ...key(1) }, { kind: "held", ...key(1) })
    tell(9_000, { kind: "resumed", ...key(1) }, { kind: "ended", ...key(1), machine: true })
    const wrapUp = { disposition: -1, askedAt: -1 }
    tell(11_000, { kind: "wrapUpDone", agent: 0, ...key(0), ...wrapUp })
    tell(12_000, { kind: "wrapUpDone", agent: 1, ...key(1), ...wrapUp })
    const about = { campaign: "x", contact: 0, outcome: "connected" }
    assert.deepStrictEqual(core.takeRecords().arrivals, [
      {
        ...about,
        ...{ id: 1, agent: 0, handedBy: null, arrivedAt: 0, connectedAt: 0, endedAt: 5_000 },
        ...{ talkMillis: 5_000, holdMillis: 0, wrapMillis: 6_000 }
      },
      {
        ...about,
        ...{ id: 2, agent: 1, handedBy: 0, arrivedAt: 5_000, connectedAt: 6_000, endedAt: 9_000 },
        ...{ talkMillis: 0, holdMillis: 3_000, wrapMillis: 3_000 }
      }
    ])
    assert.deepStrictEqual([...core.dialler.agents.state], [AgentState.ready, AgentState.ready])
  })
  it("leave no call when everything stops in the middle", () => {
    const { core, tell } = floorOf()
    tell(0, contacts, signsIn(0), arrives(0), arrives(1), { kind: "phoneAnswered", agent: 0, ...key(0) })
    tell(3_000, { kind: "interrupted" })
    const { arrivals } = core.takeRecords()
    assert.deepStrictEqual(
      arrivals.map(({ contact, outcome }) => `${contact} ${outcome}`),
      ["1 interrupted"]
    )
    tell(4_000, { kind: "lost", agent: 0 })
    assert.deepStrictEqual(
      core.takeRecords().arrivals.map(({ agent, contact, outcome }) => `${contact} ${outcome} ${agent}`),
      ["0 connected 0"]
    )
    assert.strictEqual(core.dialler.calls.size, 0)
  })
})
