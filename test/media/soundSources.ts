import { samplesPerSecond } from "../../src/media/audio/g711.ts"

/** A stream of numbers from 0 to 1 that depends on the seed alone (mulberry32). */
export const numbers = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** White noise of a root mean square, in 16-bit samples. */
export const whiteNoise = (seed: number, count: number, rms: number): Int16Array => {
  const next = numbers(seed)
  return Int16Array.from({ length: count }, () => (next() + next() + next() + next() - 2) * Math.sqrt(3) * rms)
}

/**
 * Something like a voice: syllables of a glottal pulse train of wandering pitch, rung through three formants (Klatt's
 * resonators), with pauses. Not a person, but it has harmonics, glides and gaps as a person has.
 */
export const syntheticSpeech = (seed: number, seconds: number): Int16Array => {
  const next = numbers(seed)
  const between = (low: number, high: number) => low + (high - low) * next()
  const samples = new Int16Array(Math.round(seconds * samplesPerSecond))
  let at = 0
  while (at < samples.length) {
    const length = Math.round(between(0.08, 0.35) * samplesPerSecond)
    const formants = [between(250, 850), between(850, 2_300), between(2_300, 3_300)].map((hertz, i) =>
      resonator(hertz, 60 + 40 * i)
    )
    let pitch = between(85, 260)
    const glide = between(-40, 40) / length
    let phase = 0
    const loud = between(1_500, 9_000)
    for (let i = 0; i < length && at + i < samples.length; i += 1) {
      pitch += glide
      phase += pitch / samplesPerSecond
      const pulse = phase >= 1 ? 1 : 0
      phase -= pulse
      const envelope = Math.sin((Math.PI * i) / length)
      const voice = formants.reduce((sound, ring) => ring(sound), pulse + 0.002 * (next() - 0.5))
      samples[at + i] = Math.max(-32_768, Math.min(32_767, loud * envelope * voice))
    }
    at += length + Math.round((next() < 0.15 ? between(0.2, 0.6) : between(0, 0.05)) * samplesPerSecond)
  }
  return samples
}

const resonator = (hertz: number, width: number): ((x: number) => number) => {
  const radius = Math.exp((-Math.PI * width) / samplesPerSecond)
  const b = 2 * radius * Math.cos((2 * Math.PI * hertz) / samplesPerSecond)
  const c = -radius * radius
  let last = 0
  let before = 0
  return (x) => {
    const y = (1 - b - c) * x * 3 + b * last + c * before
    before = last
    last = y
    return y
  }
}
