import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { CallFlow } from "../../../../src/domain/flow/CallFlow.ts"
import { settingsOf as campaignSettings } from "../../../dialler/TestFloor.ts"
import { until } from "../../../live/harness/host.ts"
import { folder } from "../../../live/harness/program.ts"
import { sippTrunk } from "../../../live/harness/sippTrunk.ts"
import { campaignOf, flowOf } from "../fakeFloor.ts"
import { prompts, realFloor, sounds } from "./realFloor.ts"

const steps: CallFlow["steps"] = [
  {
    name: "content",
    do: "collect",
    prompt: { file: "hello.wav" },
    keys: { "[1-5]": "zip" },
    timeoutSeconds: 3,
    repeats: 0,
    noInput: "end"
  },
  {
    name: "zip",
    do: "collect",
    prompt: { file: "hello.wav" },
    keys: { "XXX+": "end" },
    terminator: "#",
    timeoutSeconds: 4,
    noInput: "end"
  },
  { name: "end", do: "hang-up", result: "served" }
]

/** What a flow makes of keys that SIPp presses as tones; it has not agreed on telephone-event. */
const answersTo = (keys: string) =>
  Effect.gen(function* () {
    const cwd = yield* folder("tones")
    const trunk = yield* sippTrunk({ rules: [], otherwise: { _tag: "Answer", ringMillis: 100, hertz: null, keys } })
    const flow = { name: "survey", steps }
    const live = sounds(cwd, { campaigns: [campaignOf({ ...prompts, flow: flowOf(steps) })], agents: [] })
    const campaign = campaignSettings({ mode: "automatic", groups: [], flow })
    const floor = yield* realFloor(campaign, live, trunk.address, ["+49301000"])
    yield* floor.tell({ kind: "contactsAdded", campaign: 0, count: 1, segment: null })
    yield* floor.recorded(1)
    yield* floor.quiet(0)
    yield* until("SIPp has ended the call", () => trunk.calls().every(({ end }) => end !== null))
    assert.strictEqual(trunk.errors(), "")
    assert.deepStrictEqual(trunk.calls(), [
      { number: "+49301000", caller: trunk.calls()[0].caller, end: "hung up by caller" }
    ])
    const kinds = floor.events.map(({ kind }) => kind).filter((kind) => kind.startsWith("flow"))
    return { answers: floor.answers, kinds }
  }).pipe(Effect.scoped, Effect.timeout("50 seconds"))

describe("keys pressed as tones, with SIPp's own sound, where telephone-event was not agreed on", () => {
  it.live("are taken by a flow: one key, and an entry of several with its terminator", () =>
    Effect.gen(function* () {
      const { answers, kinds } = yield* answersTo("4 10115#")
      assert.deepStrictEqual(answers, ["4", "10115"])
      assert.deepStrictEqual(kinds, ["flowKeys", "flowKeys"])
    })
  )
  it.live("are all sixteen telephones have but the letters", () =>
    Effect.gen(function* () {
      const { answers } = yield* answersTo("5 9876543210#")
      assert.deepStrictEqual(answers, ["5", "9876543210"])
    })
  )
  it.live("that do not come leave the question without an answer", () =>
    Effect.gen(function* () {
      const { answers, kinds } = yield* answersTo(" ")
      assert.deepStrictEqual(answers, [])
      assert.deepStrictEqual(kinds, ["flowTimedOut"])
    })
  )
})
