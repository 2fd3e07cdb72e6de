import { samplesPerMilli, samplesPerSecond } from "./g711.ts"

/** Peak of a sine of 0 dBm0 in 16-bit samples: 3.14 dB below the A-law's overload (ITU-T G.711). */
export const peakAt0dBm0 = 32_768 * 10 ** (-3.14 / 20)

/** Part of a signal: some frequencies together for some time, or silence when there are none. */
export interface ToneSegment {
  readonly hertz: ReadonlyArray<number>
  readonly millis: number
  /** Level of each frequency. */
  readonly dBm0: number
}

/** Milliseconds in which a tone rises and falls, so that it does not click. */
const rampMillis = 2

/** 8 kHz samples of the segments, one after the other. */
export const toneOf = (segments: ReadonlyArray<ToneSegment>): Int16Array => {
  const lengths = segments.map(({ millis }) => Math.round(millis * samplesPerMilli))
  const samples = new Int16Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  segments.forEach(({ dBm0, hertz }, index) => {
    const peak = peakAt0dBm0 * 10 ** (dBm0 / 20)
    const ramp = rampMillis * samplesPerMilli
    for (let i = 0; i < lengths[index]; i += 1) {
      const edge = Math.min(1, (i + 1) / ramp, (lengths[index] - i) / ramp)
      const sum = hertz.reduce((total, f) => total + Math.sin((2 * Math.PI * f * i) / samplesPerSecond), 0)
      samples[at + i] = Math.max(-32_768, Math.min(32_767, Math.round(edge * peak * sum)))
    }
    at += lengths[index]
  })
  return samples
}

/** The tone that tells both sides of a recorded call: 1400 Hz for 200 ms, well below speech. */
export const recordingBeep: ToneSegment = { hertz: [1_400], millis: 200, dBm0: -18 }

const lowHertz = [697, 770, 852, 941]
const highHertz = [1_209, 1_336, 1_477, 1_633]
const keyRows = ["123A", "456B", "789C", "*0#D"]

/** The sixteen keys, in the order of their event codes (RFC 4733 §3.2). */
export const keys = "0123456789*#ABCD"

/** Low and high frequency of a key: ITU-T Q.23. */
export const hertzOfKey = (key: string): readonly [low: number, high: number] => {
  const row = keyRows.findIndex((letters) => letters.includes(key))
  return [lowHertz[row], highHertz[keyRows[row].indexOf(key)]]
}

export const keyOfHertz = (lowIndex: number, highIndex: number): string => keyRows[lowIndex][highIndex]
export const keyHertz = { low: lowHertz, high: highHertz }
