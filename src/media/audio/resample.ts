/**
 * A band-limited change of sample rate (Smith, Digital Audio Resampling, https://ccrma.stanford.edu/~jos/resample/): a
 * windowed sinc, tabulated for every phase the two rates can meet in.
 */

/** Stop band of the Kaiser window: 70 dB (Kaiser 1974, β = 0.1102 (A − 8.7)). */
const kaiserBeta = 0.1102 * (70 - 8.7)
/** Zero crossings of the sinc on each side. Gives a transition from 3.4 to 4 kHz at 8 kHz. */
const crossings = 32
/** Where the response is halved, as a share of the lower rate: between 3.4 and 4 kHz at 8 kHz. */
const cutoffShare = 0.46

/** `samples` at another rate, in as many milliseconds. Filters out what the lower of the rates cannot carry. */
export const resample = (samples: Float32Array, from: number, to: number): Float32Array => {
  if (from === to) return samples
  const divisor = greatestCommonDivisor(from, to)
  const phases = to / divisor
  const step = from / divisor
  const cutoff = (cutoffShare * Math.min(from, to)) / from
  const half = Math.ceil(crossings / (2 * cutoff))
  const kernels = new Map<number, Float64Array>()
  const kernelOf = (phase: number): Float64Array => {
    const kept = kernels.get(phase)
    if (kept !== undefined) return kept
    const made = kernel(phase / phases, cutoff, half)
    // Rates without a common divisor have as many phases as samples; those are made anew each time.
    if (kernels.size < 4_096) kernels.set(phase, made)
    return made
  }
  const output = new Float32Array(Math.ceil((samples.length * to) / from))
  for (let i = 0; i < output.length; i += 1) {
    const whole = Math.floor((i * step) / phases)
    const weights = kernelOf((i * step) % phases)
    const first = whole - half + 1
    const begin = Math.max(0, -first)
    const end = Math.min(weights.length, samples.length - first)
    let sum = 0
    for (let j = begin; j < end; j += 1) sum += weights[j] * samples[first + j]
    output[i] = sum
  }
  return output
}

/** Weights of the 2 × `half` samples around a place `fraction` of a sample after the middle left one; they sum to 1. */
const kernel = (fraction: number, cutoff: number, half: number): Float64Array => {
  const weights = Float64Array.from({ length: 2 * half }, (_, i) => {
    const distance = i - half + 1 - fraction
    return sinc(2 * cutoff * distance) * kaiser(distance / half)
  })
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

const kaiser = (x: number): number =>
  Math.abs(x) >= 1 ? 0 : bessel0(kaiserBeta * Math.sqrt(1 - x * x)) / bessel0(kaiserBeta)

/** Modified Bessel function of the first kind, order 0: its power series. */
const bessel0 = (x: number): number => {
  let term = 1
  let sum = 1
  for (let k = 1; term > 1e-12 * sum; k += 1) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))

/** 16-bit samples, rounded and held within range. */
export const toInt16 = (samples: Float32Array): Int16Array =>
  Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))))
