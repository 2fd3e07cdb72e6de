import { assert, describe, it } from "@effect/vitest"
import { resample, toInt16 } from "../../../src/media/audio/resample.ts"

const rates = [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]
const seconds = 0.5
const sine = (rate: number, hertz: number) =>
  Float32Array.from({ length: rate * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate))
/** Level of a tone after resampling to 8 kHz against before, in dB; the ends, where the sound begins, are left out. */
const gain = (rate: number, hertz: number): number => {
  const output = resample(sine(rate, hertz), rate, 8_000)
  const middle = output.subarray(400, output.length - 400)
  const power = middle.reduce((sum, x) => sum + x * x, 0) / middle.length
  return 10 * Math.log10(power / 0.125)
}

describe("resampling to 8 kHz", () => {
  it.each(rates)("from %i Hz keeps tones below 3.4 kHz within half a decibel", (rate) => {
    for (const hertz of [100, 300, 1_000, 2_000, 3_000, 3_400]) assert.closeTo(gain(rate, hertz), 0, 0.5, `${hertz} Hz`)
  })
  it.each(rates.filter((rate) => rate > 8_000))("from %i Hz puts tones above 4 kHz down by 40 dB and more", (rate) => {
    for (const hertz of [4_000, 4_100, 4_600, 5_000, 7_000, 10_000, 20_000, 40_000]) {
      if (hertz < rate / 2) assert.isBelow(gain(rate, hertz), -40, `${hertz} Hz`)
    }
  })
  it("keeps the pitch, the phase and the length", () => {
    for (const rate of rates) {
      const output = resample(sine(rate, 440), rate, 8_000)
      const expected = sine(8_000, 440)
      assert.strictEqual(output.length, expected.length)
      for (let i = 400; i < output.length - 400; i += 1)
        assert.closeTo(output[i], expected[i], 0.002, `${rate} Hz, ${i}`)
    }
  })
  it("leaves 8 kHz as it is, makes something of very little, and keeps a constant", () => {
    const samples = Float32Array.of(0.1, -0.5, 1)
    assert.strictEqual(resample(samples, 8_000, 8_000), samples)
    assert.strictEqual(resample(Float32Array.of(1), 44_100, 8_000).length, 1)
    const flat = resample(new Float32Array(16_000).fill(0.25), 16_000, 8_000)
    assert.isTrue(flat.subarray(200, -200).every((x) => Math.abs(x - 0.25) < 1e-6))
  })
  it("rounds to 16 bits within range", () => {
    assert.deepStrictEqual(
      [...toInt16(Float32Array.of(0, 0.5, -1, 1, 2, -3))],
      [0, 16_384, -32_768, 32_767, 32_767, -32_768]
    )
  })
})
