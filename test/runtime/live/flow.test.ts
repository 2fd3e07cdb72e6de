import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { FlowAction } from "../../../src/dialler/flow/FlowProgram.ts"
import type { CallFlow } from "../../../src/domain/flow/CallFlow.ts"
import { farSdp } from "./FakeFarEnds.ts"
import { type Around, campaignOf, farSdpWithoutSound, flowOf, key, numberOf, onFakes, settingsOf } from "./fakeFloor.ts"

const number = numberOf(0)
const steps: CallFlow["steps"] = [
  { name: "hello", do: "play", file: "2000.wav" },
  {
    name: "ask",
    do: "collect",
    prompt: { file: "3000.wav" },
    keys: { "1": "hello", "2X": "end" },
    terminator: "#",
    timeoutSeconds: 5,
    noInput: "end"
  },
  {
    name: "hear out",
    do: "collect",
    prompt: { file: "3000.wav" },
    keys: { "1": "hello" },
    bargeIn: false,
    timeoutSeconds: 5,
    noInput: "end"
  },
  { name: "opinion", do: "record", secondsMax: 20, silenceSeconds: 4 },
  { name: "give", do: "transfer", number: "+4930777777" as never, failed: "end" },
  { name: "end", do: "hang-up", result: "served" }
]
const settings = settingsOf({ campaigns: [campaignOf({ flow: flowOf(steps) })] })
const turn = 3

/** An answered call that is told to do a step. */
const doing = (around: Around, step: string, action: number) =>
  Effect.gen(function* () {
    yield* around.dial
    around.far.at(number).answers()
    yield* around.pass()
    around.told.length = 0
    yield* around.trunk({ kind: "flowDoes", key, action, step: steps.findIndex(({ name }) => name === step), turn })
    return around.media.last()
  })

describe("a flow", () => {
  it.effect("plays a prompt to its end, then the call waits in silence, then with music", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const sound = yield* doing(around, "hello", FlowAction.play)
        yield* around.pass(1_999)
        assert.deepStrictEqual([sound.hears, around.told.length], ["2000 ms", 0])
        yield* around.pass(1)
        assert.deepStrictEqual(around.told, [{ kind: "flowPlayed", ...key, turn }])
        assert.strictEqual(sound.hears, "1000 ms")
        yield* around.pass(1_000)
        assert.strictEqual(sound.hears, "7000 ms")
      })
    )
  )
  it.effect("goes on with the next step, and nothing of the last is heard in it", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const sound = yield* doing(around, "hello", FlowAction.play)
        yield* around.pass(2_000)
        yield* around.trunk({ kind: "flowDoes", key, action: FlowAction.collect, step: 1, turn: turn + 1 })
        yield* around.pass(2_999)
        assert.deepStrictEqual([sound.hears, around.kinds()], ["3000 ms", ["flowPlayed"]])
      })
    )
  )
  it.effect("takes keys as soon as they are a whole entry; a key cuts the prompt short", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const sound = yield* doing(around, "ask", FlowAction.collect)
        yield* around.pass(1_000)
        sound.presses("2")
        yield* around.pass()
        assert.notStrictEqual(sound.hears, "3000 ms")
        sound.presses("7")
        yield* around.pass()
        assert.deepStrictEqual(around.told, [{ kind: "flowKeys", ...key, turn, keys: "27" }])
      })
    )
  )
  it.effect("takes keys told beside the sound, and listens to sound where keys come as such", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const sound = yield* doing(around, "ask", FlowAction.collect)
        assert.deepStrictEqual(sound.listening, { keys: false, tones: false, answeringMachine: null })
        around.far.at(number).presses("1")
        yield* around.pass()
        assert.deepStrictEqual(around.told, [{ kind: "flowKeys", ...key, turn, keys: "1" }])
      })
    )
  )
  it.effect("takes a key once that is told both beside the sound and with it", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const sound = yield* doing(around, "ask", FlowAction.collect)
        for (const pressed of ["2", "2"]) {
          sound.presses(pressed)
          around.far.at(number).presses(pressed)
          yield* around.pass(200)
        }
        assert.deepStrictEqual(around.told, [{ kind: "flowKeys", ...key, turn, keys: "22" }])
      })
    )
  )
  it.effect("listens for keys in the sound where telephone-event was not agreed on", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* around.dial
        around.far.at(number).answers(farSdp("sendrecv", false))
        yield* around.pass()
        yield* around.trunk({ kind: "flowDoes", key, action: FlowAction.collect, step: 1, turn })
        assert.deepStrictEqual(around.media.last().listening?.keys, true)
      })
    )
  )
  it.effect("ends an entry with the terminator, which is no part of it", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const sound = yield* doing(around, "ask", FlowAction.collect)
        sound.presses("2#")
        yield* around.pass()
        assert.deepStrictEqual(around.told, [{ kind: "flowKeys", ...key, turn, keys: "2" }])
      })
    )
  )
  it.effect("hands in what was pressed when no further key comes in time, counted from each key", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const sound = yield* doing(around, "ask", FlowAction.collect)
        yield* around.pass(3_000 + 4_999)
        sound.presses("2")
        yield* around.pass(4_999)
        assert.deepStrictEqual(around.told, [])
        yield* around.pass(1)
        assert.deepStrictEqual(around.told, [{ kind: "flowKeys", ...key, turn, keys: "2" }])
      })
    )
  )
  it.effect("times out when no key was pressed after the prompt", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* doing(around, "ask", FlowAction.collect)
        yield* around.pass(7_999)
        assert.deepStrictEqual(around.told, [])
        yield* around.pass(1)
        assert.deepStrictEqual(around.told, [{ kind: "flowTimedOut", ...key, turn }])
      })
    )
  )
  it.effect("passes over keys pressed during a prompt that is to be heard out", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const sound = yield* doing(around, "hear out", FlowAction.collect)
        yield* around.pass(1_000)
        sound.presses("1")
        yield* around.pass(1_999)
        assert.strictEqual(sound.hears, "3000 ms")
        yield* around.pass(1)
        assert.deepStrictEqual(around.told, [])
        sound.presses("1")
        yield* around.pass()
        assert.deepStrictEqual(around.told, [{ kind: "flowKeys", ...key, turn, keys: "1" }])
      })
    )
  )
  it.effect("drops a terminator that comes after an entry that was over without it", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const sound = yield* doing(around, "ask", FlowAction.collect)
        sound.presses("1")
        yield* around.pass()
        const again = { kind: "flowDoes" as const, key, action: FlowAction.collect, step: 1, turn: turn + 1 }
        yield* around.trunk(again)
        sound.presses("#")
        yield* around.pass(500)
        assert.deepStrictEqual([around.told.length, sound.hears], [1, "3000 ms"])
        sound.presses("1")
        yield* around.pass()
        assert.deepStrictEqual(around.told.at(-1), { kind: "flowKeys", ...key, turn: turn + 1, keys: "1" })
      })
    )
  )
  for (const [what, ends] of [
    ["a key", (around: Around) => around.media.last().presses("5")],
    [
      "silence",
      (around: Around) =>
        around.media.last().happens({
          kind: "answeringMachine",
          verdict: { verdict: "human", cause: "silence-after-greeting", millis: 1 }
        })
    ]
  ] as const) {
    it.effect(`records an answer until ${what}`, () =>
      onFakes(settings, (around) =>
        Effect.gen(function* () {
          const sound = yield* doing(around, "opinion", FlowAction.record)
          assert.deepInclude(sound.listening?.answeringMachine, {
            initialSilenceMillis: 4_000,
            silenceAfterGreetingMillis: 4_000
          })
          yield* around.pass(3_000)
          assert.deepStrictEqual(around.told, [])
          ends(around)
          yield* around.pass()
          assert.deepStrictEqual(around.told, [{ kind: "flowRecorded", ...key, turn }])
          assert.deepStrictEqual([around.recordings.length, around.recordings[0].step], [1, "opinion"])
          assert.match(around.recordings[0].path, /Spring\/0-1-opinion-000000\.000\.wav$/)
        })
      )
    )
  }
  it.effect("records an answer for so long at most, and keeps it when the person hangs up", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* doing(around, "opinion", FlowAction.record)
        yield* around.pass(19_999)
        assert.deepStrictEqual(around.kinds(), [])
        yield* around.pass(1)
        assert.deepStrictEqual(around.kinds(), ["flowRecorded"])
        yield* around.trunk({ kind: "flowDoes", key, action: FlowAction.record, step: 3, turn: turn + 1 })
        yield* around.pass(1_000)
        around.far.at(number).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["flowRecorded", "ended"])
        assert.strictEqual(around.recordings.length, 2)
      })
    )
  )
  it.effect("gives the call to a number: music, then whoever answers there; with one the other is hung up", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* doing(around, "give", FlowAction.transferToNumber)
        const [sound] = around.media.sounds
        yield* around.pass(2_000)
        assert.deepStrictEqual([sound.hears, around.told.length], ["7000 ms", 0])
        // Who it is that is given: the trunk decides what is shown of that.
        assert.strictEqual(around.far.at("+4930777777").onBehalfOf, number)
        around.far.at("+4930777777").answers()
        yield* around.pass(5_000)
        assert.deepStrictEqual(around.kinds(), ["flowTransferred"])
        assert.strictEqual(sound.hears, "leg 1")
        around.far.at("+4930777777").hangsUp()
        yield* around.pass()
        assert.deepStrictEqual([around.kinds(), around.far.open], [["flowTransferred", "ended"], 0])
      })
    )
  )
  it.effect("ends a call whose other party is gone as soon as it has answered", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* doing(around, "give", FlowAction.transferToNumber)
        around.far.at("+4930777777").answers()
        around.far.at("+4930777777").hangsUp()
        yield* around.pass()
        assert.deepStrictEqual([around.kinds().at(-1), around.far.open], ["ended", 0])
      })
    )
  )
  it.effect("goes on when there is no sound with whom the call was to be given to", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* doing(around, "give", FlowAction.transferToNumber)
        around.far.at("+4930777777").answers(farSdpWithoutSound)
        around.far.at("+4930777777").hangsUp()
        yield* around.pass()
        assert.deepStrictEqual([around.kinds(), around.far.open], [["flowTransferFailed"], 1])
      })
    )
  )
  it.effect("tells that nobody took the call", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* doing(around, "give", FlowAction.transferToNumber)
        yield* around.pass(30_000)
        assert.deepStrictEqual(around.told, [{ kind: "flowTransferFailed", ...key, turn }])
        assert.strictEqual(around.far.open, 1)
      })
    )
  )
  it.effect("is over with the call, in whatever it does", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        for (const [step, action] of [
          ["hello", FlowAction.play],
          ["ask", FlowAction.collect],
          ["opinion", FlowAction.record],
          ["give", FlowAction.transferToNumber]
        ] as const) {
          yield* doing(around, step, action)
          around.far.at(number).hangsUp()
          yield* around.pass(60_000)
          assert.deepStrictEqual([around.kinds(), around.far.open, around.media.open], [["ended"], 0, 0])
        }
      })
    )
  )
})
