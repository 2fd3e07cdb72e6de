import { assert, describe, it } from "@effect/vitest"
import { decode, encode } from "../../../src/media/audio/g711.ts"
import { KeyDetector } from "../../../src/media/audio/KeyDetector.ts"
import { hertzOfKey, keys, type ToneSegment, toneOf } from "../../../src/media/audio/tones.ts"
import { syntheticSpeech, whiteNoise } from "../soundSources.ts"

const pause: ToneSegment = { hertz: [], millis: 60, dBm0: 0 }
const heard = (samples: Int16Array, step = 160): string => {
  const detector = new KeyDetector()
  let found = ""
  for (let at = 0; at < samples.length; at += step) found += detector.push(samples.subarray(at, at + step))
  return found
}
/** A key at places of all kinds against the blocks. */
const offsets = Array.from({ length: 20 }, (_, i) => i * 8.125)
const always = (want: (key: string) => string, of: (key: string) => Int16Array) => {
  for (const key of keys) {
    for (const offset of offsets) {
      const lead = toneOf([{ hertz: [], millis: 30 + offset, dBm0: 0 }])
      const sound = of(key)
      const all = new Int16Array(lead.length + sound.length + 800)
      all.set(lead)
      all.set(sound, lead.length)
      assert.strictEqual(heard(all), want(key), `key ${key} at ${offset} ms`)
    }
  }
}
const tone = (key: string, millis: number, low = { dBm0: -10, by: 1 }, high = low): Int16Array => {
  const [l, h] = hertzOfKey(key)
  const a = toneOf([{ hertz: [l * low.by], millis, dBm0: low.dBm0 }])
  const b = toneOf([{ hertz: [h * high.by], millis, dBm0: high.dBm0 }])
  return a.map((sample, i) => sample + b[i])
}
const same = (key: string) => key
const nothing = () => ""

describe("keys by tone: ITU-T Q.24", () => {
  it("takes every key of 40 ms, wherever it begins", () => always(same, (key) => tone(key, 40)))
  it("refuses every key of 23 ms", () => always(nothing, (key) => tone(key, 23)))
  it("takes a long key once", () => always(same, (key) => tone(key, 900)))
  it("takes keys from 0 to -25 dBm0, and none below -35", () => {
    for (const dBm0 of [-5, -25]) always(same, (key) => tone(key, 40, { dBm0, by: 1 }))
    always(nothing, (key) => tone(key, 100, { dBm0: -35, by: 1 }))
  })
  it("takes frequencies off by 1.5 % and refuses those off by 3.5 %", () => {
    for (const low of [0.985, 1, 1.015]) {
      for (const high of [0.985, 1, 1.015]) {
        always(same, (key) => tone(key, 40, { dBm0: -10, by: low }, { dBm0: -10, by: high }))
      }
    }
    for (const off of [0.965, 1.035]) {
      always(nothing, (key) => tone(key, 100, { dBm0: -10, by: off }, { dBm0: -10, by: 1 }))
      always(nothing, (key) => tone(key, 100, { dBm0: -10, by: 1 }, { dBm0: -10, by: off }))
    }
  })
  it("takes a twist of 4 dB up and 8 dB down, and refuses 8 and 12", () => {
    const twist = (low: number, high: number) => (key: string) =>
      tone(key, 60, { dBm0: low, by: 1 }, { dBm0: high, by: 1 })
    always(same, twist(-14, -10))
    always(same, twist(-10, -18))
    always(nothing, twist(-18, -10))
    always(nothing, twist(-8, -20))
  })
  it("takes a key interrupted for 10 ms once, and a key pressed again after 40 ms twice", () => {
    const twice = (gap: number) => (key: string) => {
      const [first, second] = [tone(key, 50), tone(key, 50)]
      const all = new Int16Array(800 + gap * 8)
      all.set(first)
      all.set(second, 400 + gap * 8)
      return all
    }
    always(same, twice(10))
    always((key) => key + key, twice(40))
  })
  it("takes one key right after another", () => {
    const sound = toneOf([..."159D*0#8"].flatMap((key) => [{ hertz: hertzOfKey(key), millis: 45, dBm0: -9 }]))
    assert.strictEqual(heard(sound), "159D*0#8")
  })
  it("gives the same whatever pieces the sound comes in", () => {
    const sound = toneOf([...keys].flatMap((key) => [{ hertz: hertzOfKey(key), millis: 40, dBm0: -9 }, pause]))
    for (const step of [1, 7, 80, 160, 333, 10_000]) assert.strictEqual(heard(sound, step), keys, `pieces of ${step}`)
  })
  it("takes keys through noise 15 dB below them, and after G.711", () => {
    const noise = whiteNoise(3, 8_000, 0.178 * 3_000)
    for (const law of ["mulaw", "alaw"] as const) {
      const rms = 3_000
      const clean = toneOf(
        [...keys.slice(0, 8)].flatMap((key) => [{ hertz: hertzOfKey(key), millis: 60, dBm0: -17 }, pause])
      )
      assert.closeTo(Math.sqrt(clean.subarray(100, 400).reduce((sum, x) => sum + x * x, 0) / 300), rms, 600)
      const noisy = clean.map((sample, i) => sample + noise[i])
      assert.strictEqual(heard(decode(law, encode(law, noisy))), keys.slice(0, 8))
    }
  })
})

describe("talk-off", () => {
  it("hears at most five keys in half an hour of voices purer than any person's", () => {
    // Steady narrow formants make pairs of strong harmonics that no throat does; a spoken hour has none of them.
    const found = [1, 2, 3].map((seed) => heard(syntheticSpeech(seed, 600))).join("")
    assert.isAtMost(found.length, 5, found)
  })
  it("hears no key in noise, single tones, two wrong tones or ringing", () => {
    assert.strictEqual(heard(whiteNoise(4, 480_000, 3_000)), "")
    const single = [697, 941, 1_209, 1_633].map((hertz) => ({ hertz: [hertz], millis: 200, dBm0: -6 }))
    const pairs = [
      [697, 770],
      [1_209, 1_477],
      [440, 480],
      [350, 440],
      [1_100, 1_900]
    ].map((hertz) => ({ hertz, millis: 200, dBm0: -6 }))
    assert.strictEqual(heard(toneOf([...single, ...pairs])), "")
  })
  it("hears keys pressed over a voice 15 dB below them", () => {
    const speech = syntheticSpeech(5, 2).map((x) => x / 8)
    const sound = toneOf([..."2580"].flatMap((key) => [{ hertz: hertzOfKey(key), millis: 120, dBm0: -6 }, pause]))
    assert.strictEqual(heard(sound.map((x, i) => x + speech[i])), "2580")
  })
})
