import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { join } from "node:path"
import type { CallFlow } from "../../../../src/domain/flow/CallFlow.ts"
import { addressText } from "../../../../src/sip/wire/Address.ts"
import { settingsOf as campaignSettings } from "../../../dialler/TestFloor.ts"
import { heardMillis, readTracks } from "../../../live/harness/hearing.ts"
import { until } from "../../../live/harness/host.ts"
import { folder } from "../../../live/harness/program.ts"
import { sippTrunk } from "../../../live/harness/sippTrunk.ts"
import { agentOf, campaignOf, flowOf } from "../fakeFloor.ts"
import { people, type Person } from "./people.ts"
import { heardIn, prompts, realFloor, sounds } from "./realFloor.ts"

const numberOf = (index: number): string => `+49301${String(index).padStart(3, "0")}`
const outcomesOf = (floor: { readonly attempts: ReadonlyArray<{ readonly outcome: string }> }) =>
  floor.attempts.map(({ outcome }) => outcome).sort()

describe("a live floor", () => {
  it.live("progressive: the agent's phone is rung, then the customer's; both hear each other and are recorded", () =>
    Effect.gen(function* () {
      const cwd = yield* folder("floor")
      const trunk = yield* sippTrunk({
        rules: [{ endings: ["1"], behaviour: { _tag: "Refuse", status: "486 Busy Here", ringMillis: 100, q850: 17 } }],
        otherwise: { _tag: "Answer", ringMillis: 200, hertz: 1_000, hangUpMillis: 2_000 }
      })
      const heard = join(cwd, "agent.wav")
      let calls = 0
      const phones = yield* people((): Person => {
        calls += 1
        return { ringMillis: 100, hertz: 700, ...(calls === 1 ? { recordTo: heard } : {}) }
      })
      const live = sounds(cwd, {
        campaigns: [campaignOf({ ...prompts, record: true })],
        agents: [agentOf({ address: `sip:agent0@${addressText(phones)}` })]
      })
      const floor = yield* realFloor(campaignSettings({}), live, trunk.address, [numberOf(0), numberOf(1)])
      yield* floor.control.signIn(0)
      yield* floor.tell({ kind: "contactsAdded", campaign: 0, count: 2, segment: null })
      yield* floor.recorded(2)
      assert.deepStrictEqual(outcomesOf(floor), ["busy", "connected"])
      yield* floor.quiet(0)
      assert.deepStrictEqual(
        floor.events.map(({ kind }) => kind).filter((kind) => kind !== "timers" && kind !== "wrapUpDone"),
        [
          ...["signedIn", "contactsAdded", "phoneAnswered", "ringing", "answered", "ended"],
          ...["phoneAnswered", "ringing", "failed"]
        ]
      )
      yield* until("the agent has heard the customer", () => heardIn(heard, 1_000) > 1_000)
      yield* until("the recording is known", () => floor.recordings.length === 1)
      const [said, toCustomer] = readTracks(floor.recordings[0].path)
      assert.isAbove(heardMillis(said, 1_000), 1_000)
      assert.isAbove(heardMillis(toCustomer, 700), 1_000)
      assert.strictEqual(trunk.errors(), "")
    }).pipe(Effect.scoped, Effect.timeout("50 seconds"))
  )
  it.live("predictive: agents who are always on get one customer after the other", () =>
    Effect.gen(function* () {
      const cwd = yield* folder("floor")
      const trunk = yield* sippTrunk({
        rules: [],
        otherwise: { _tag: "Answer", ringMillis: 300, hertz: 1_000, hangUpMillis: 800 }
      })
      const phones = yield* people(() => ({ ringMillis: 50, hertz: 700 }))
      const live = sounds(cwd, {
        campaigns: [campaignOf(prompts)],
        agents: ["agent0", "agent1", "agent2"].map((user) =>
          agentOf({ user, alwaysOn: true, address: `sip:${user}@${addressText(phones)}` })
        )
      })
      const campaign = campaignSettings({ mode: "predictive" })
      const numbers = Array.from({ length: 12 }, (_, index) => numberOf(index))
      const floor = yield* realFloor(campaign, live, trunk.address, numbers)
      yield* Effect.forEach([0, 1, 2], (agent) => floor.control.signIn(agent), { concurrency: 3 })
      yield* floor.tell({ kind: "contactsAdded", campaign: 0, count: numbers.length, segment: null })
      yield* floor.recorded(numbers.length)
      assert.deepStrictEqual(new Set(outcomesOf(floor)), new Set(["connected"]))
      // The phones of the agents are up still, until they sign out.
      yield* floor.quiet(3)
      assert.strictEqual((yield* floor.control.phoneOf(0)).state, "up")
      const millis = floor.notices.flatMap((notice) => (notice.kind === "joined" ? [notice.millis] : []))
      assert.strictEqual(millis.length, numbers.length)
      millis.sort((a, b) => a - b)
      const [median, most] = [millis[Math.floor(millis.length / 2)], millis[millis.length - 1]]
      console.log(`answer to agent: median ${median.toFixed(1)} ms, at most ${most.toFixed(1)} ms`)
      for (const agent of [0, 1, 2]) yield* floor.tell({ kind: "signsOut", agent })
      yield* floor.quiet(0)
      assert.strictEqual(trunk.errors(), "")
    }).pipe(Effect.scoped, Effect.timeout("50 seconds"))
  )
  it.live("abandoned: whom no agent is free for hears the message", () =>
    Effect.gen(function* () {
      const cwd = yield* folder("floor")
      const heard = (number: string) => join(cwd, `${number.slice(1)}.wav`)
      // Behind the trunk: phones of our own, which keep what they hear.
      const customers = yield* people((number) => ({
        ringMillis: 200,
        hertz: 1_000,
        talkMillis: 2_500,
        recordTo: heard(number)
      }))
      const phones = yield* people(() => ({ ringMillis: 50, hertz: 700 }))
      const live = sounds(cwd, {
        campaigns: [campaignOf(prompts)],
        agents: [agentOf({ alwaysOn: true, address: `sip:agent0@${addressText(phones)}` })]
      })
      const campaign = campaignSettings({
        mode: "predictive",
        pacing: { kind: "fixed-ratio", linesPerAgent: 2 },
        abandonMessage: true,
        dropMillis: 500
      })
      const floor = yield* realFloor(campaign, live, customers, [numberOf(0), numberOf(1)])
      yield* floor.control.signIn(0)
      yield* floor.tell({ kind: "contactsAdded", campaign: 0, count: 2, segment: null })
      yield* floor.recorded(2)
      assert.deepStrictEqual(outcomesOf(floor), ["abandoned", "connected"])
      assert.deepStrictEqual(
        floor.notices.flatMap((notice) => (notice.kind === "abandonMessage" ? [notice.heard] : [])),
        ["whole"]
      )
      const abandoned = floor.attempts.findIndex(({ outcome }) => outcome === "abandoned")
      const file = heard(numberOf(floor.attempts[abandoned].contact))
      yield* until("the whole message was heard", () => heardIn(file, 520) > 1_000)
    }).pipe(Effect.scoped, Effect.timeout("50 seconds"))
  )
  it.live("automatic: a survey takes the key that was pressed, and a voice after the tone", () =>
    Effect.gen(function* () {
      const cwd = yield* folder("floor")
      const customers = yield* people(() => ({
        ringMillis: 100,
        hertz: 1_000,
        keys: { millis: 600, pressed: "4" }
      }))
      const steps: CallFlow["steps"] = [
        {
          name: "content",
          do: "collect",
          prompt: { file: "hello.wav" },
          keys: { "[1-5]": "opinion" },
          noInput: "end"
        },
        { name: "opinion", do: "record", secondsMax: 1.5, silenceSeconds: 5 },
        { name: "end", do: "hang-up", result: "served" }
      ]
      const flow = { name: "survey", steps }
      const live = sounds(cwd, { campaigns: [campaignOf({ ...prompts, flow: flowOf(steps) })], agents: [] })
      const campaign = campaignSettings({ mode: "automatic", groups: [], flow })
      const floor = yield* realFloor(campaign, live, customers, [numberOf(0)])
      yield* floor.tell({ kind: "contactsAdded", campaign: 0, count: 1, segment: null })
      yield* floor.recorded(1)
      assert.deepStrictEqual([outcomesOf(floor), floor.answers], [["scripted"], ["4"]])
      const kinds = floor.events.map(({ kind }) => kind).filter((kind) => kind.startsWith("flow"))
      assert.deepStrictEqual(kinds, ["flowKeys", "flowRecorded"])
      const [said] = readTracks(floor.recordings[0].path)
      assert.isAbove(heardMillis(said, 1_000), 1_000)
      yield* floor.quiet(0)
    }).pipe(Effect.scoped, Effect.timeout("50 seconds"))
  )
})
