import { assert, describe, it } from "@effect/vitest"
import { decode, encode } from "../../../src/media/audio/g711.ts"
import { goertzel, goertzelCoefficient } from "../../../src/media/audio/goertzel.ts"
import { hertzOfKey, keys, peakAt0dBm0, toneOf } from "../../../src/media/audio/tones.ts"

describe("tones", () => {
  it("have the level asked for: 0 dBm0 is the reference period of ITU-T G.711", () => {
    const reference = decode("alaw", Uint8Array.from(Buffer.from("34212134b4a1a1b4", "hex")))
    const power = reference.reduce((sum, x) => sum + x * x, 0) / 8
    const tone = toneOf([{ hertz: [1_000], millis: 1_000, dBm0: 0 }]).subarray(80, 7_920)
    const ours = tone.reduce((sum, x) => sum + x * x, 0) / tone.length
    assert.closeTo(10 * Math.log10(ours / power), 0, 0.02)
  })
  it("last as long as asked, follow one another and begin without a click", () => {
    const samples = toneOf([
      { hertz: [], millis: 20, dBm0: 0 },
      { hertz: [700], millis: 30, dBm0: -10 }
    ])
    assert.strictEqual(samples.length, 400)
    assert.isTrue(samples.subarray(0, 160).every((x) => x === 0))
    assert.isBelow(Math.abs(samples[161]), 600)
    assert.isAbove(Math.max(...samples), 0.95 * peakAt0dBm0 * 10 ** (-10 / 20))
  })
  it("of keys have the frequencies of ITU-T Q.23, and survive G.711", () => {
    assert.deepStrictEqual(hertzOfKey("1"), [697, 1_209])
    assert.deepStrictEqual(hertzOfKey("0"), [941, 1_336])
    assert.deepStrictEqual(hertzOfKey("D"), [941, 1_633])
    assert.strictEqual(new Set([...keys].map((key) => hertzOfKey(key).join())).size, 16)
  })
  it("do not wrap around when they are too loud", () => {
    const samples = toneOf([{ hertz: [500, 500], millis: 20, dBm0: 3 }])
    assert.isTrue(samples.subarray(16, 24).every((x) => x >= 0))
  })
})

describe("Goertzel", () => {
  it("is the energy of the discrete Fourier transform at its frequency", () => {
    const samples = Int16Array.from({ length: 205 }, (_, i) => ((i * 7_919) % 20_001) - 10_000)
    for (const hertz of [100, 697, 1_633, 3_900]) {
      let real = 0
      let imaginary = 0
      samples.forEach((x, i) => {
        real += x * Math.cos((2 * Math.PI * hertz * i) / 8_000)
        imaginary += x * Math.sin((2 * Math.PI * hertz * i) / 8_000)
      })
      const expected = real * real + imaginary * imaginary
      assert.closeTo(goertzel(samples, 0, 205, goertzelCoefficient(hertz)) / expected, 1, 1e-6)
    }
  })
  it("of a tone alone has half the block's length times its energy", () => {
    const tone = decode("mulaw", encode("mulaw", toneOf([{ hertz: [1_000], millis: 100, dBm0: -10 }])))
    const energy = tone.subarray(80, 240).reduce((sum, x) => sum + x * x, 0)
    assert.closeTo(goertzel(tone, 80, 160, goertzelCoefficient(1_000)) / (80 * energy), 1, 0.01)
  })
})
