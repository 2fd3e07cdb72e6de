import { samplesPerSecond } from "./g711.ts"
import { energyOf, goertzel, goertzelCoefficient } from "./goertzel.ts"
import { keyHertz, keyOfHertz, peakAt0dBm0 } from "./tones.ts"

/** Samples looked at together, and how far apart such blocks begin: 20 ms every 5 ms. */
const blockSamples = 160
const hopSamples = 40
/** Blocks in a row that begin a key. Four fit into any tone of 40 ms; a tone of 23 ms has none four at full level. */
const blocksToBegin = 4
/** Blocks in a row without the key that end it: a pause of 40 ms has these, an interruption of 10 ms has not. */
const blocksToEnd = 4

const ratio = (decibels: number): number => 10 ** (decibels / 10)

/** The quietest tone taken: −30 dBm0 each, below the −25 dBm that ITU-T Q.24 table A-1 asks for. */
const energyMin = (blockSamples / 2) ** 2 * (peakAt0dBm0 * 10 ** (-30 / 20)) ** 2
/** Twist (ITU-T Q.24 table A-1): how much louder the high, and how much louder the low frequency may be. */
const highOverLowMax = ratio(4 + 1)
const lowOverHighMax = ratio(8 + 1)
/** Share of a block's energy the two frequencies have; the rest is speech. */
const shareMin = 0.88
const shareMinToGoOn = 0.3
/** A second harmonic of the high frequency this strong is a voice. The low one's lies among the high frequencies. */
const harmonicMax = ratio(-15)
/** The blocks that begin a key are of one level. */
const levelSpreadMax = ratio(1)
/** How far off a frequency may be: taken up to 1.5 % + 2 Hz, refused from 3.5 % on (ITU-T Q.24 table A-1). */
const detuningMax = 0.0255

interface Tone {
  readonly at: number
  /** Where a detuned tone has most of its energy. */
  readonly beside: readonly [number, number]
  readonly below: number
  readonly above: number
  readonly second: number
  /** Energy above over energy below at the greatest detuning allowed, to either side. */
  readonly tilt: number
}

/** Distance of the two probes that tell on which side of its place a frequency lies. */
const probeShare = 0.03

const toneAt = (hertz: number): Tone => {
  const probe = (share: number) => goertzelCoefficient(hertz * (1 + share))
  const tilt = (detuning: number) => {
    const step = (2 * Math.PI * hertz * (1 + detuning)) / samplesPerSecond
    const sine = Int16Array.from(hann, (_, i) => 20_000 * Math.sin(step * i))
    const shaped = windowed(sine, new Int16Array(blockSamples))
    const energy = (share: number) => goertzel(shaped, 0, blockSamples, probe(share))
    return energy(probeShare) / energy(-probeShare)
  }
  return {
    at: goertzelCoefficient(hertz),
    beside: [probe(-probeShare / 2), probe(probeShare / 2)],
    below: probe(-probeShare),
    above: probe(probeShare),
    second: goertzelCoefficient(2 * hertz),
    tilt: Math.sqrt(tilt(detuningMax) / tilt(-detuningMax))
  }
}

/** Hann's window: keeps the other frequency of the key out of the probes. */
const hann = Float64Array.from({ length: blockSamples }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / blockSamples) ** 2)
const windowed = (samples: Int16Array, into: Int16Array): Int16Array => {
  for (let i = 0; i < blockSamples; i += 1) into[i] = samples[i] * hann[i]
  return into
}

const low = keyHertz.low.map(toneAt)
const high = keyHertz.high.map(toneAt)

/**
 * Finds DTMF keys in sound (ITU-T Q.23) with the tolerances of ITU-T Q.24. Speech is told from keys by its other
 * energy, its harmonics and its wandering.
 */
export class KeyDetector {
  readonly #samples = new Int16Array(blockSamples)
  readonly #windowed = new Int16Array(blockSamples)
  #held = 0
  #candidate = ""
  #count = 0
  /** Of the latest blocks of the candidate. */
  readonly #levels = new Float64Array(blocksToBegin)
  /** The key that is down, and how many blocks have lacked it. */
  #down = ""
  #missing = 0

  /** Takes sound of any length; answers the keys that began in it, in order. */
  push(samples: Int16Array): string {
    let found = ""
    let at = 0
    while (at < samples.length) {
      const taken = Math.min(samples.length - at, blockSamples - this.#held)
      this.#samples.set(samples.subarray(at, at + taken), this.#held)
      this.#held += taken
      at += taken
      if (this.#held < blockSamples) break
      found += this.#block()
      this.#samples.copyWithin(0, hopSamples, blockSamples)
      this.#held = blockSamples - hopSamples
    }
    return found
  }

  #block(): string {
    const samples = this.#samples
    const energy = energyOf(samples, 0, blockSamples) * (blockSamples / 2)
    if (energy < 2 * energyMin) return this.#lacks()
    const lowIndex = strongest(samples, low)
    const highIndex = strongest(samples, high)
    const lowAt = goertzel(samples, 0, blockSamples, low[lowIndex].at)
    const highAt = goertzel(samples, 0, blockSamples, high[highIndex].at)
    const share = (lowAt + highAt) / energy
    const key = keyOfHertz(lowIndex, highIndex)
    if (key === this.#down && share >= shareMinToGoOn) {
      this.#missing = 0
      return ""
    }
    // Detuning costs energy where we look: a cheap look first, and a fair one after.
    if (share < shareMinToGoOn) return this.#lacks()
    const lowEnergy = fullEnergy(samples, low[lowIndex], lowAt)
    const highEnergy = fullEnergy(samples, high[highIndex], highAt)
    const isKey =
      lowEnergy + highEnergy >= shareMin * energy &&
      Math.min(lowEnergy, highEnergy) >= energyMin &&
      highEnergy <= lowEnergy * highOverLowMax &&
      lowEnergy <= highEnergy * lowOverHighMax &&
      goertzel(samples, 0, blockSamples, high[highIndex].second) <= highEnergy * harmonicMax &&
      this.#areInPlace(low[lowIndex], high[highIndex])
    return isKey ? this.#has(key, lowEnergy + highEnergy) : this.#lacks()
  }

  #areInPlace(...tones: ReadonlyArray<Tone>): boolean {
    const samples = windowed(this.#samples, this.#windowed)
    return tones.every(({ above, below, tilt }) => {
      const energyBelow = goertzel(samples, 0, blockSamples, below)
      const energyAbove = goertzel(samples, 0, blockSamples, above)
      return energyAbove <= energyBelow * tilt && energyBelow <= energyAbove * tilt
    })
  }

  #lacks(): string {
    this.#candidate = ""
    this.#count = 0
    if (this.#down !== "" && ++this.#missing >= blocksToEnd) this.#down = ""
    return ""
  }

  #has(key: string, level: number): string {
    if (this.#down !== "" && ++this.#missing >= blocksToEnd) this.#down = ""
    this.#count = key === this.#candidate ? this.#count + 1 : 1
    this.#candidate = key
    this.#levels[this.#count % blocksToBegin] = level
    if (this.#count < blocksToBegin || Math.max(...this.#levels) > Math.min(...this.#levels) * levelSpreadMax) return ""
    this.#down = key
    this.#missing = 0
    this.#count = 0
    this.#candidate = ""
    return key
  }
}

const strongest = (samples: Int16Array, tones: ReadonlyArray<Tone>): number => {
  let best = 0
  let bestEnergy = -1
  for (let i = 0; i < tones.length; i += 1) {
    const energy = goertzel(samples, 0, blockSamples, tones[i].at)
    if (energy > bestEnergy) {
      best = i
      bestEnergy = energy
    }
  }
  return best
}

const fullEnergy = (samples: Int16Array, { beside }: Tone, energyAt: number): number =>
  beside.reduce((most, coefficient) => Math.max(most, goertzel(samples, 0, blockSamples, coefficient)), energyAt)
