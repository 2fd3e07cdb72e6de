import { samplesPerMilli, samplesPerSecond } from "./g711.ts"
import { energyOf, goertzel } from "./goertzel.ts"
import { peakAt0dBm0 } from "./tones.ts"

/** What the three tones before an announcement say (ITU-T E.180; Bellcore's code of pitches and lengths). */
export type SitMeaning = "intercept" | "vacant" | "reorder" | "no-circuit"

export type HeardTone =
  | { readonly kind: "beep"; readonly hertz: number; readonly millis: number }
  /** `meaning` is null where the network does not code it, as most of Europe's do not. */
  | { readonly kind: "sit"; readonly meaning: SitMeaning | null }

/** 20 ms every 10 ms. */
const blockSamples = 160
const hopSamples = 80
const hopMillis = hopSamples / samplesPerMilli
/** Share of a block's energy that its one frequency has. */
const shareMin = 0.93
/** The quietest tone taken: −40 dBm0. */
const energyMin = (blockSamples * (peakAt0dBm0 * 10 ** (-40 / 20)) ** 2) / 2
/** How far the frequency of a run may wander. Speech that happens to be pure wanders more. */
const wanderMax = 0.02

const beepHertz = { min: 350, max: 2_500 }
/** A machine's beep: long enough not to be a speech sound, and over before it is a dialling tone. */
const beepMillis = { min: 150, max: 3_000 }

/** ITU-T E.180 §12: three tones in this order, each of 330 ± 70 ms, with at most 30 ms between them. */
const sitBands = [950, 1_400, 1_800]
const sitWidthHertz = 50
const sitMillis = { min: 240, max: 420 }
const sitGapBlocksMax = 6

/** One frequency that lasted. */
interface Run {
  readonly hertz: number
  readonly millis: number
  readonly firstBlock: number
  readonly endBlock: number
}

/** Finds single tones in sound: the beep of an answering machine, and special information tones. */
export class ToneDetector {
  readonly #block = new Int16Array(blockSamples)
  #held = 0
  #blocks = 0
  #hertzSum = 0
  #runBlocks = 0
  #runs: ReadonlyArray<Run> = []

  /** Takes sound of any length; answers the tones that ended in it. */
  push(samples: Int16Array): ReadonlyArray<HeardTone> {
    const heard: Array<HeardTone> = []
    let at = 0
    while (at < samples.length) {
      const taken = Math.min(samples.length - at, blockSamples - this.#held)
      this.#block.set(samples.subarray(at, at + taken), this.#held)
      this.#held += taken
      at += taken
      if (this.#held < blockSamples) break
      const found = this.#step(pureHertz(this.#block))
      this.#block.copyWithin(0, hopSamples)
      this.#held = blockSamples - hopSamples
      if (found !== null) heard.push(found)
    }
    return heard
  }

  #step(hertz: number | null): HeardTone | null {
    const mean = this.#hertzSum / this.#runBlocks
    const goesOn = hertz !== null && this.#runBlocks > 0 && Math.abs(hertz - mean) <= wanderMax * mean
    const run = goesOn || this.#runBlocks < 3 ? null : this.#runOf(mean)
    if (!goesOn) {
      this.#hertzSum = 0
      this.#runBlocks = 0
    }
    if (hertz !== null) {
      this.#hertzSum += hertz
      this.#runBlocks += 1
    }
    this.#blocks += 1
    return run === null ? null : this.#ended(run)
  }

  #runOf(hertz: number): Run {
    const millis = (this.#runBlocks + 1) * hopMillis
    return { hertz, millis, firstBlock: this.#blocks - this.#runBlocks, endBlock: this.#blocks }
  }

  #ended(run: Run): HeardTone | null {
    const last = this.#runs.at(-1)
    const follows = last !== undefined && run.firstBlock - last.endBlock <= sitGapBlocksMax
    const place = follows ? this.#runs.length : 0
    if (!isSit(run, place)) {
      this.#runs = isSit(run, 0) ? [run] : []
      return this.#runs.length === 0 ? asBeep(run) : null
    }
    this.#runs = [...this.#runs.slice(0, place), run]
    if (this.#runs.length < sitBands.length) return null
    const meaning = meaningOf(this.#runs)
    this.#runs = []
    return { kind: "sit", meaning }
  }
}

const isSit = ({ hertz, millis }: Run, place: number): boolean =>
  Math.abs(hertz - sitBands[place]) <= sitWidthHertz && millis >= sitMillis.min && millis <= sitMillis.max

const asBeep = ({ hertz, millis }: Run): HeardTone | null => {
  const isBeep =
    hertz >= beepHertz.min && hertz <= beepHertz.max && millis >= beepMillis.min && millis <= beepMillis.max
  return isBeep ? { kind: "beep", hertz: Math.round(hertz), millis } : null
}

/** Low and high pitch of the first two tones, in Hz; a coded tone is within 2 % of one of them. */
const pitches = [
  [913.8, 985.2],
  [1_370.6, 1_428.5]
]
/** Short tones last 274 ms, long ones 380. */
const longMillis = 327

const meaningOf = ([first, second]: ReadonlyArray<Run>): SitMeaning | null => {
  const levels = [first, second].map(({ hertz }, i) => pitches[i].findIndex((f) => Math.abs(hertz / f - 1) <= 0.015))
  if (levels.includes(-1)) return null
  const [firstHigh, secondHigh] = levels.map((level) => level === 1)
  if (firstHigh && secondHigh) return "no-circuit"
  if (secondHigh) return "reorder"
  if (!firstHigh) return "intercept"
  return first.millis >= longMillis ? "vacant" : "reorder"
}

/**
 * The frequency of a block that is nothing but one; null for anything else. A sine obeys x(n−1) + x(n+1) = 2 cos(ω) x(n):
 * the best fit of that gives ω, and the block's energy there tells how pure it is.
 */
const pureHertz = (samples: Int16Array): number | null => {
  const energy = energyOf(samples, 1, blockSamples - 2)
  if (energy < energyMin) return null
  let product = 0
  for (let i = 1; i < blockSamples - 1; i += 1) product += samples[i] * (samples[i - 1] + samples[i + 1])
  // This is 2 cos(ω), which is also Goertzel's coefficient.
  const coefficient = product / energy
  if (Math.abs(coefficient) >= 2) return null
  const share = goertzel(samples, 1, blockSamples - 2, coefficient) / ((energy * (blockSamples - 2)) / 2)
  return share < shareMin ? null : (Math.acos(coefficient / 2) * samplesPerSecond) / (2 * Math.PI)
}
