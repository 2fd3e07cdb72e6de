import { Result, Schema } from "effect"
import { decodeSample } from "./g711.ts"

/** Sound in memory: one array of samples a channel, all of one length, full load at ±1. */
export interface Sound {
  readonly sampleRate: number
  readonly channels: ReadonlyArray<Float32Array>
}

/** A file that cannot be read as WAV. `offset` is the byte where that shows. */
export class WavUnreadable extends Schema.TaggedError<WavUnreadable>()("WavUnreadable", {
  offset: Schema.Natural,
  sentence: Schema.String
}) {
  override get message() {
    return `${this.sentence} (byte ${this.offset})`
  }
}

interface Format {
  readonly kind: "integer" | "float" | "alaw" | "mulaw"
  readonly channels: number
  readonly sampleRate: number
  readonly bits: number
}

const channelsMax = 2
const sampleRateMin = 4_000
const sampleRateMax = 192_000
/** What a writer puts as a length before it knows it, or when it cannot seek: nothing, or as much as it can. */
const isUnknown = (length: number): boolean => length === 0 || length >= 0x7fff_f000

/**
 * Reads a WAV file: PCM of 8, 16, 24 or 32 bits, floating point of 32 or 64, A-law or µ-law, in one or two channels, at
 * 4 to 192 kHz. A file whose writer died before it filled in the length is read to its end.
 */
export const readWav = (file: Uint8Array): Result.Result<Sound, WavUnreadable> => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < 12 || tag(view, 0) !== "RIFF" || tag(view, 8) !== "WAVE") {
    return failed(0, "This is not a WAV file: it must begin with RIFF and WAVE")
  }
  let format: Format | null = null
  let at = 12
  while (at + 8 <= file.length) {
    const id = tag(view, at)
    const length = view.getUint32(at + 4, true)
    if (id === "fmt ") {
      const read = readFormat(view, at + 8, length)
      if (Result.isFailure(read)) return Result.fail(read.failure)
      format = read.success
    } else if (id === "data") {
      if (format === null) return failed(at, "The audio comes before the chunk that says what format it has")
      const there = file.length - at - 8
      if (length > there && !isUnknown(length)) {
        return failed(at, `The file is cut short: it announces ${length} bytes of audio and holds ${there}`)
      }
      const known = length > there || (length === 0 && there > 0) ? there : length
      return readSamples(view, at + 8, known, format)
    }
    // Chunks begin at even places.
    at += 8 + length + (length % 2)
  }
  return failed(Math.min(at, file.length), "The file ends before any audio: it has no data chunk")
}

const failed = (offset: number, sentence: string): Result.Result<never, WavUnreadable> =>
  Result.fail(new WavUnreadable({ offset, sentence }))

const tag = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))

const kinds: Readonly<Record<number, Format["kind"]>> = { 1: "integer", 3: "float", 6: "alaw", 7: "mulaw" }
const bitsAllowed: Readonly<Record<Format["kind"], ReadonlyArray<number>>> = {
  integer: [8, 16, 24, 32],
  float: [32, 64],
  alaw: [8],
  mulaw: [8]
}
/** WAVE_FORMAT_EXTENSIBLE: the real format is the first two bytes of the subformat. */
const extensible = 0xfffe

const readFormat = (view: DataView, at: number, length: number): Result.Result<Format, WavUnreadable> => {
  if (length < 16 || at + length > view.byteLength) return failed(at, "The chunk that says the format is cut short")
  const code = view.getUint16(at, true)
  const real = code === extensible && length >= 26 ? view.getUint16(at + 24, true) : code
  const kind = kinds[real]
  if (kind === undefined) {
    return failed(at, `The audio is in WAV format ${real}; convert it to PCM, floating point, A-law or µ-law`)
  }
  const format = {
    kind,
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true)
  }
  if (format.channels < 1 || format.channels > channelsMax) {
    return failed(at + 2, `The file has ${format.channels} channels; 1 or 2 can be read`)
  }
  if (format.sampleRate < sampleRateMin || format.sampleRate > sampleRateMax) {
    return failed(
      at + 4,
      `The file has ${format.sampleRate} samples a second; ${sampleRateMin} to ${sampleRateMax} can be read`
    )
  }
  if (!bitsAllowed[kind].includes(format.bits)) {
    return failed(at + 14, `The samples have ${format.bits} bits; ${bitsAllowed[kind].join(", ")} can be read`)
  }
  const frame = view.getUint16(at + 12, true)
  if (frame !== (format.channels * format.bits) / 8) {
    return failed(at + 12, `The header contradicts itself: ${frame} bytes for all channels of ${format.bits} bits`)
  }
  return Result.succeed(format)
}

const readSamples = (
  view: DataView,
  at: number,
  length: number,
  format: Format
): Result.Result<Sound, WavUnreadable> => {
  const width = format.bits / 8
  const frame = width * format.channels
  const count = Math.floor(length / frame)
  if (count === 0) return failed(at, "The file holds no audio")
  const read = readerOf(view, format)
  const channels = Array.from({ length: format.channels }, (_, channel) => {
    const samples = new Float32Array(count)
    for (let i = 0; i < count; i += 1) samples[i] = read(at + i * frame + channel * width)
    return samples
  })
  // What is not a number would spread through every filter after this.
  const broken = channels.findIndex((samples) => samples.some((sample) => !Number.isFinite(sample)))
  if (broken >= 0) return failed(at, `Channel ${broken + 1} holds samples that are not numbers`)
  return Result.succeed({ sampleRate: format.sampleRate, channels })
}

const readerOf = (view: DataView, { bits, kind }: Format): ((at: number) => number) => {
  if (kind === "alaw" || kind === "mulaw") return (at) => decodeSample(kind, view.getUint8(at)) / 32_768
  if (kind === "float") return bits === 32 ? (at) => view.getFloat32(at, true) : (at) => view.getFloat64(at, true)
  if (bits === 8) return (at) => (view.getUint8(at) - 128) / 128
  if (bits === 16) return (at) => view.getInt16(at, true) / 32_768
  if (bits === 32) return (at) => view.getInt32(at, true) / 2_147_483_648
  return (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608
}

/** The mean of the channels. */
export const toMono = ({ channels }: Sound): Float32Array => {
  if (channels.length === 1) return channels[0]
  return channels[0].map((_, i) => channels.reduce((sum, samples) => sum + samples[i], 0) / channels.length)
}
