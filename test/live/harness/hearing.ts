import { readFileSync } from "node:fs"
import { Result } from "effect"
import { readWav, type Sound } from "../../../src/media/audio/readWav.ts"

/** One channel of sound, full load at ±1. */
export interface Track {
  readonly samples: Float32Array
  readonly sampleRate: number
}

export const tracksOf = ({ channels, sampleRate }: Sound): ReadonlyArray<Track> =>
  channels.map((samples) => ({ samples, sampleRate }))
export const readTracks = (path: string): ReadonlyArray<Track> =>
  tracksOf(Result.getOrThrow(readWav(readFileSync(path))))

export const millisOf = ({ sampleRate, samples }: Track): number => (1_000 * samples.length) / sampleRate
const indexAt = ({ sampleRate }: Track, millis: number): number => Math.round((millis * sampleRate) / 1_000)

/** The part of a track between two times; to its end without the second. */
export const between = (track: Track, fromMillis: number, toMillis = Infinity): Track => ({
  ...track,
  samples: track.samples.subarray(
    indexAt(track, fromMillis),
    toMillis === Infinity ? undefined : indexAt(track, toMillis)
  )
})

/** Root mean square; a sine of full load has 0.707. */
export const rms = ({ samples }: Track): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length))

/** Levels of a track at single frequencies, as RMS: Goertzel's recurrence under a Hann window. */
const levels = ({ sampleRate, samples }: Track): ((hertz: number) => number) => {
  const windowed = Float64Array.from(samples, (sample, i) => {
    return sample * (1 - Math.cos((2 * Math.PI * (i + 0.5)) / samples.length))
  })
  return (hertz) => {
    const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate)
    let last = 0
    let before = 0
    for (const sample of windowed) {
      const next = sample + coefficient * last - before
      before = last
      last = next
    }
    const energy = last * last + before * before - coefficient * last * before
    return (Math.SQRT2 * Math.sqrt(Math.max(0, energy))) / Math.max(1, samples.length)
  }
}
export const rmsAt = (track: Track, hertz: number): number => levels(track)(hertz)

/**
 * The strongest frequency from 100 Hz to 3,800 Hz, to a tenth of a hertz; 0 where nothing is above -70 dB of full load. It is
 * looked for in the middle quarter of a second, and then measured over the middle second.
 */
export const dominantHertz = (track: Track): number => {
  const quarter = middle(track, 250)
  const level = levels(quarter)
  // Less than half the width of the window's main lobe, so that no frequency falls between two steps.
  const step = 750 / millisOf(quarter)
  const roughly = strongest(level, 100, 3_800, step)
  if (level(roughly) < 10 ** (-70 / 20)) return 0
  return Math.round(10 * strongest(levels(middle(track, 1_000)), roughly - step, roughly + step, step / 60)) / 10
}

const middle = (track: Track, millis: number): Track => {
  const at = millisOf(track) / 2
  return between(track, Math.max(0, at - millis / 2), at + millis / 2)
}

const strongest = (level: (hertz: number) => number, low: number, high: number, step: number): number => {
  let best = low
  let most = -1
  for (let hertz = low; hertz <= high; hertz += step) {
    const here = level(hertz)
    if (here <= most) continue
    best = hertz
    most = here
  }
  return best
}

const blockMillis = 10

/** Whether each block of 10 ms holds a tone: most of its energy is there, and it is louder than -50 dB of full load. */
const toneBlocks = (track: Track, hertz: number): ReadonlyArray<boolean> => {
  const count = Math.floor(millisOf(track) / blockMillis)
  return Array.from({ length: count }, (_, i) => {
    const block = between(track, i * blockMillis, (i + 1) * blockMillis)
    const level = rmsAt(block, hertz)
    return level > 10 ** (-50 / 20) && level > 0.5 * rms(block)
  })
}

/** When a tone begins, to 10 ms, and -1 when it never does: the first of two blocks that hold it. */
export const onsetMillis = (track: Track, hertz: number): number => {
  const blocks = toneBlocks(track, hertz)
  const first = blocks.findIndex((holds, i) => holds && blocks[i + 1] === true)
  return first < 0 ? -1 : first * blockMillis
}

export interface Gap {
  readonly atMillis: number
  readonly millis: number
}

/** Where a tone is missing between its first block and its last. */
export const gapsOf = (track: Track, hertz: number): ReadonlyArray<Gap> => {
  const blocks = toneBlocks(track, hertz)
  const last = blocks.lastIndexOf(true)
  const gaps: Array<Gap> = []
  for (let i = blocks.indexOf(true); i >= 0 && i < last; i += 1) {
    if (blocks[i]) continue
    const end = blocks.indexOf(true, i)
    gaps.push({ atMillis: i * blockMillis, millis: (end - i) * blockMillis })
    i = end
  }
  return gaps
}

/** Milliseconds a tone is heard for in all. */
export const heardMillis = (track: Track, hertz: number): number =>
  blockMillis * toneBlocks(track, hertz).filter((holds) => holds).length
