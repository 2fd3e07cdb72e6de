import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { toneOf, type ToneSegment } from "../../../src/media/audio/tones.ts"
import {
  AnsweringMachine,
  answeringMachineDefaults,
  answeringMachineLenient,
  type AnsweringMachineSettings,
  type AnsweringMachineVerdict
} from "../../../src/media/detection/AnsweringMachine.ts"
import { whiteNoise } from "../soundSources.ts"

const word = (millis: number): ToneSegment => ({ hertz: [200, 700], millis, dBm0: -20 })
const pause = (millis: number): ToneSegment => ({ hertz: [], millis, dBm0: 0 })

/** The first verdict on a greeting, followed by silence. */
const verdictOn = (sound: Int16Array, settings: AnsweringMachineSettings = answeringMachineDefaults) => {
  const machine = new AnsweringMachine(settings)
  const all = new Int16Array(sound.length + 8_000 * 6)
  all.set(sound)
  let verdict: AnsweringMachineVerdict | null = null
  for (let at = 0; at + 160 <= all.length && verdict === null; at += 160)
    verdict = machine.push(all.subarray(at, at + 160))
  return verdict
}
const on = (...greeting: ReadonlyArray<ToneSegment>) => {
  const verdict = verdictOn(toneOf(greeting))
  return verdict === null ? "none" : `${verdict.verdict}: ${verdict.cause} at ${verdict.millis}`
}

describe("answering machines: the rule of Asterisk's app_amd", () => {
  it("takes a word and silence for a person", () => {
    assert.strictEqual(on(pause(200), word(500)), "human: silence-after-greeting at 1500")
    assert.strictEqual(on(pause(1_000), word(300), pause(100), word(400)), "human: silence-after-greeting at 2600")
  })
  it("takes silence after the answer for a machine", () => {
    assert.strictEqual(on(), "machine: initial-silence at 2500")
    assert.strictEqual(on(pause(2_400), word(100)), "human: silence-after-greeting at 3300")
  })
  it("takes a third word for a machine", () => {
    assert.strictEqual(on(word(200), pause(60), word(200), pause(60), word(200)), "machine: too-many-words at 620")
  })
  it("takes a long greeting for a machine", () => {
    assert.strictEqual(on(pause(200), word(3_000)), "machine: greeting-too-long at 1700")
  })
  it("takes one endless word for a machine where the greeting may be long", () => {
    const settings = { ...answeringMachineDefaults, greetingMillis: 20_000, wordMillisMax: 3_000 }
    assert.deepStrictEqual(verdictOn(toneOf([word(4_000)]), settings), {
      verdict: "machine",
      cause: "word-too-long",
      millis: 3_020
    })
  })
  it("is unsure when time runs out", () => {
    const settings = { ...answeringMachineDefaults, greetingMillis: 20_000, wordsMax: 100 }
    const talk = toneOf(Array.from({ length: 10 }, () => [word(300), pause(300)]).flat())
    assert.deepStrictEqual(verdictOn(talk, settings), { verdict: "unsure", cause: "time-out", millis: 5_000 })
  })
  it("takes clicks and noise below the level for silence", () => {
    assert.strictEqual(on(word(60), pause(500), word(40)), "machine: initial-silence at 2600")
    assert.strictEqual(verdictOn(whiteNoise(1, 40_000, 200))?.cause, "initial-silence")
  })
  it("does not end a word for a gap shorter than that between words", () => {
    const syllables = Array.from({ length: 4 }, () => [word(150), pause(40)]).flat()
    assert.strictEqual(on(...syllables), "human: silence-after-greeting at 1520")
  })
  it("says the same for ever once it knows", () => {
    const machine = new AnsweringMachine(answeringMachineDefaults)
    const frame = new Int16Array(160)
    for (let i = 0; i < 124; i += 1) assert.isNull(machine.push(frame))
    const verdict = machine.push(frame)
    assert.strictEqual(verdict?.verdict, "machine")
    assert.strictEqual(machine.push(toneOf([word(20)])), verdict)
  })
  it.prop(
    "always knows within its time",
    {
      millis: Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 900 }))).check(
        Schema.isMaxLength(12)
      )
    },
    ({ millis }) => {
      const greeting = toneOf(millis.map((length, i) => (i % 2 === 0 ? word(length) : pause(length))))
      for (const settings of [answeringMachineDefaults, answeringMachineLenient]) {
        const verdict = verdictOn(greeting, settings)
        assert.isTrue(verdict !== null && verdict.millis <= settings.analysisMillis && verdict.millis % 20 === 0)
      }
    },
    { arbitrary: { runs: 100, seed: 1 } }
  )
})
