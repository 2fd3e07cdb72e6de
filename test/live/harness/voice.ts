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

/** The two frequencies of each key (ITU-T Q.23), written out apart from the code under test. */
const touchHertz: Readonly<Record<string, readonly [number, number]>> = {
  ...{ 1: [697, 1_209], 2: [697, 1_336], 3: [697, 1_477], 4: [770, 1_209], 5: [770, 1_336], 6: [770, 1_477] },
  ...{ 7: [852, 1_209], 8: [852, 1_336], 9: [852, 1_477], "*": [941, 1_209], 0: [941, 1_336], "#": [941, 1_477] }
}

/** Keys pressed one after the other, 100 ms each and as long apart, after a second of silence; a space is a second, too. */
export const touchTones = (keys: string): Int16Array => {
  const silence = (millis: number) => new Array<number>(millis * samplesPerMilli).fill(0)
  const samples = [...keys].flatMap((key) => {
    const pair = touchHertz[key]
    if (pair === undefined) return silence(1_000)
    const [low, high] = pair.map((hertz) => sine(hertz, 100))
    return [...low.map((sample, i) => (sample + high[i]) / 2), ...silence(100)]
  })
  return Int16Array.from([...silence(1_000), ...samples, ...silence(1_000)])
}
