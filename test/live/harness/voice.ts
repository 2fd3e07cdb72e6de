import { samplesPerMilli, samplesPerSecond } from "../../../src/media/audio/g711.ts"
import { peakAt0dBm0 } from "../../../src/media/audio/tones.ts"

/** Level of the tones that far ends speak with. */
export const voiceDBm0 = -10
/** RMS of such a voice where full load is ±1. */
export const voiceRms = (peakAt0dBm0 / 32_768) * 10 ** (voiceDBm0 / 20) * Math.SQRT1_2

/** A sine without beginning or end: of a multiple of 10 Hz, whole tenths of a second can be repeated without a click. */
export const sine = (hertz: number, millis: number): Int16Array =>
  Int16Array.from({ length: millis * samplesPerMilli }, (_, i) =>
    Math.round(peakAt0dBm0 * 10 ** (voiceDBm0 / 20) * Math.sin((2 * Math.PI * hertz * i) / samplesPerSecond))
  )

/** That tone for 100 ms at the beginning of each second, for so many seconds. */
export const bursts = (hertz: number, seconds: number): Int16Array => {
  const samples = new Int16Array(seconds * samplesPerSecond)
  for (let second = 0; second < seconds; second += 1) samples.set(sine(hertz, 100), second * samplesPerSecond)
  return samples
}
