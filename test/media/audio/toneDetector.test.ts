import { assert, describe, it } from "@effect/vitest"
import { decode, encode } from "../../../src/media/audio/g711.ts"
import { type HeardTone, type SitMeaning, ToneDetector } from "../../../src/media/audio/ToneDetector.ts"
import { type ToneSegment, toneOf } from "../../../src/media/audio/tones.ts"
import { syntheticSpeech, whiteNoise } from "../soundSources.ts"

const silence = (millis: number): ToneSegment => ({ hertz: [], millis, dBm0: 0 })
const tone = (hertz: number, millis: number, dBm0 = -12): ToneSegment => ({ hertz: [hertz], millis, dBm0 })
const heard = (samples: Int16Array, step = 160): ReadonlyArray<HeardTone> => {
  const detector = new ToneDetector()
  const found: Array<HeardTone> = []
  for (let at = 0; at < samples.length; at += step) found.push(...detector.push(samples.subarray(at, at + step)))
  return found
}
const heardIn = (...segments: ReadonlyArray<ToneSegment>) =>
  heard(decode("mulaw", encode("mulaw", toneOf([silence(103), ...segments, silence(100)]))))

describe("beeps", () => {
  it.each([440, 1_000, 1_400, 2_100])("hears one of %i Hz, its pitch and length", (hertz) => {
    for (const millis of [200, 500, 1_500]) {
      for (const dBm0 of [-3, -12, -30]) {
        const [found, ...more] = heardIn(tone(hertz, millis, dBm0))
        assert.deepStrictEqual(more, [])
        if (found?.kind !== "beep") return assert.fail(`nothing at ${millis} ms, ${dBm0} dBm0`)
        assert.closeTo(found.hertz, hertz, 0.01 * hertz)
        assert.closeTo(found.millis, millis, 20)
      }
    }
  })
  it("does not hear short, endless, low or double tones, nor keys", () => {
    assert.deepStrictEqual(heardIn(tone(1_000, 100)), [])
    assert.deepStrictEqual(heardIn(tone(1_000, 4_000)), [])
    assert.deepStrictEqual(heardIn(tone(200, 500)), [])
    assert.deepStrictEqual(heardIn({ hertz: [350, 440], millis: 500, dBm0: -10 }), [])
    assert.deepStrictEqual(heardIn({ hertz: [770, 1_336], millis: 500, dBm0: -10 }), [])
  })
  it("hears one through noise 25 dB below it", () => {
    const noise = whiteNoise(1, 16_000, 0.01 * 8_000)
    const beep = toneOf([silence(200), tone(1_000, 400, -6), silence(1_400)])
    const found = heard(beep.map((sample, i) => sample + noise[i]))
    assert.deepStrictEqual(
      found.map(({ kind }) => kind),
      ["beep"]
    )
  })
  it("hears none in ten minutes of voices and noise", () => {
    assert.deepStrictEqual(heard(syntheticSpeech(7, 540)), [])
    assert.deepStrictEqual(heard(whiteNoise(2, 60 * 8_000, 3_000)), [])
  })
})

describe("special information tones", () => {
  const of = (first: [number, number], second: [number, number], gap = 0) =>
    heardIn(tone(...first), silence(gap), tone(...second), silence(gap), tone(1_776.7, 380))
  const means = (meaning: SitMeaning | null): ReadonlyArray<HeardTone> => [{ kind: "sit", meaning }]

  it("hears the six codes", () => {
    for (const gap of [0, 4, 30]) {
      assert.deepStrictEqual(of([913.8, 274], [1_370.6, 274], gap), means("intercept"))
      assert.deepStrictEqual(of([985.2, 380], [1_370.6, 274], gap), means("vacant"))
      assert.deepStrictEqual(of([913.8, 274], [1_428.5, 380], gap), means("reorder"))
      assert.deepStrictEqual(of([985.2, 274], [1_370.6, 380], gap), means("reorder"))
      assert.deepStrictEqual(of([985.2, 380], [1_428.5, 380], gap), means("no-circuit"))
    }
  })
  it("hears uncoded ones of ITU-T E.180", () => {
    const found = heardIn(tone(950, 330), silence(20), tone(1_400, 330), silence(20), tone(1_800, 330))
    assert.deepStrictEqual(found, means(null))
  })
  it("does not take two of the three, another order, or long pauses", () => {
    assert.deepStrictEqual(heardIn(tone(950, 330), tone(1_400, 330)), [])
    const kinds = (found: ReadonlyArray<HeardTone>) => new Set(found.map(({ kind }) => kind))
    assert.isFalse(kinds(heardIn(tone(1_400, 330), tone(950, 330), tone(1_800, 330))).has("sit"))
    assert.isFalse(kinds(of([950, 330], [1_400, 330], 200)).has("sit"))
  })
})
