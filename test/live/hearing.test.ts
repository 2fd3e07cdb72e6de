import { assert, describe, it } from "@effect/vitest"
import { type ToneSegment, toneOf } from "../../src/media/audio/tones.ts"
import { whiteNoise } from "../media/soundSources.ts"
import { between, dominantHertz, gapsOf, heardMillis, onsetMillis, rms, rmsAt, type Track } from "./harness/hearing.ts"

const track = (...segments: ReadonlyArray<ToneSegment>): Track => ({
  samples: Float32Array.from(toneOf(segments), (sample) => sample / 32_768),
  sampleRate: 8_000
})
const tone = (hertz: number, millis: number, dBm0 = -10): ToneSegment => ({ hertz: [hertz], millis, dBm0 })
const silence = (millis: number): ToneSegment => ({ hertz: [], millis, dBm0: 0 })
/** RMS of a sine of that level, 3.14 dB below full load at 0 dBm0 (ITU-T G.711). */
const rmsOf = (dBm0: number) => 10 ** ((dBm0 - 3.14) / 20) / Math.SQRT2

describe("how recordings are measured", () => {
  it("finds the frequency and level of a tone", () => {
    for (const hertz of [123.4, 440, 700, 1_000, 1_004.5, 3_400]) {
      const sound = track(tone(hertz, 1_000, -13))
      assert.approximately(dominantHertz(sound), hertz, 0.2)
      assert.approximately(rms(sound), rmsOf(-13), 0.002)
      assert.approximately(rmsAt(sound, hertz), rmsOf(-13), 0.002)
      assert.isBelow(rmsAt(sound, hertz + 50), 0.001)
    }
  })
  it("finds the stronger of two tones, under noise", () => {
    const noise = whiteNoise(1, 8_000, 1_500)
    const two = track({ hertz: [700], millis: 1_000, dBm0: -12 })
    const other = track(tone(1_000, 1_000, -16))
    const samples = two.samples.map((sample, i) => sample + other.samples[i] + noise[i] / 32_768)
    const sound = { ...two, samples }
    assert.approximately(dominantHertz(sound), 700, 0.3)
    assert.approximately(rmsAt(sound, 1_000), rmsOf(-16), 0.005)
  })
  it("says that silence has no frequency, no onset and no gaps", () => {
    const sound = track(silence(500))
    assert.deepStrictEqual([dominantHertz(sound), rms(sound), onsetMillis(sound, 440)], [0, 0, -1])
    assert.deepStrictEqual(gapsOf(sound, 440), [])
  })
  it("finds when a tone begins after another and how long it is heard", () => {
    const sound = track(silence(300), tone(700, 500), tone(1_000, 400), silence(200))
    assert.deepStrictEqual(
      [onsetMillis(sound, 700), onsetMillis(sound, 1_000), onsetMillis(sound, 440)],
      [300, 800, -1]
    )
    assert.deepStrictEqual([heardMillis(sound, 700), heardMillis(sound, 1_000)], [500, 400])
  })
  it("finds where a tone is missing, however short, and nothing outside it", () => {
    const sound = track(silence(100), tone(700, 200), silence(20), tone(700, 100), tone(1_000, 60), tone(700, 300))
    assert.deepStrictEqual(gapsOf(sound, 700), [
      { atMillis: 300, millis: 20 },
      { atMillis: 420, millis: 60 }
    ])
    assert.deepStrictEqual(gapsOf(between(sound, 100, 300), 700), [])
  })
})
