import { Result } from "effect"
import { encode, type Law, samplesPerMilli, samplesPerSecond } from "../audio/g711.ts"
import { readWav, toMono, type WavUnreadable } from "../audio/readWav.ts"
import { resample, toInt16 } from "../audio/resample.ts"

/** Sound ready to be sent: encoded once in both laws, so that playing costs nothing. One byte is 1/8 ms. */
export type Prompt = Readonly<Record<Law, Uint8Array>>

export const promptOf = (samples: Int16Array): Prompt => ({
  mulaw: encode("mulaw", samples),
  alaw: encode("alaw", samples)
})

/** The prompt in a WAV file; of two channels it takes the mean. */
export const promptFromWav = (file: Uint8Array): Result.Result<Prompt, WavUnreadable> =>
  Result.map(readWav(file), (sound) => promptOf(toInt16(resample(toMono(sound), sound.sampleRate, samplesPerSecond))))

export const promptMillis = (prompt: Prompt): number => prompt.mulaw.length / samplesPerMilli

/**
 * Comfort silence: looped to a leg that waits for a call, it keeps the ways through NATs open and the far end from taking
 * the call for dead.
 */
export const silentPrompt: Prompt = promptOf(new Int16Array(samplesPerSecond))
