/** The two companding laws of ITU-T G.711: µ-law (RTP payload 0, PCMU) and A-law (payload 8, PCMA). */
export type Law = "mulaw" | "alaw"

/** Samples a second of everything on the wire (RFC 3551 §4.5.14). */
export const samplesPerSecond = 8_000
/** Samples of a millisecond; also bytes of G.711, and RTP timestamp units. */
export const samplesPerMilli = 8

/** µ-law code of a 16-bit sample; of its 16 bits the law uses the upper 14 (ITU-T G.711 table 2a, 2b). */
const mulawOf = (sample: number): number => {
  const magnitude = Math.min((sample < 0 ? ~sample >> 2 : sample >> 2) + 33, 0x1fff)
  // The leading one gives the segment, the four bits after it the step in the segment.
  const segment = 32 - Math.clz32(magnitude >> 6)
  const code = ((7 - segment) << 4) | (0xf - ((magnitude >> (segment + 1)) & 0xf))
  return sample < 0 ? code : code | 0x80
}

const fromMulaw = (code: number): number => {
  const segment = (~code >> 4) & 7
  const magnitude = (((2 * (~code & 0xf) + 33) << segment) - 33) * 4
  return code < 0x80 ? -magnitude : magnitude
}

/** A-law code of a 16-bit sample; of its 16 bits the law uses the upper 12 (ITU-T G.711 table 1a, 1b). */
const alawOf = (sample: number): number => {
  const magnitude = sample < 0 ? ~sample >> 4 : sample >> 4
  const segment = 32 - Math.clz32(magnitude >> 5)
  const code = segment === 0 ? magnitude : ((segment << 4) | ((magnitude >> segment) & 0xf)) + 0x10
  // Even bits are inverted on the line.
  return (sample < 0 ? code : code | 0x80) ^ 0x55
}

const fromAlaw = (code: number): number => {
  const bits = (code ^ 0x55) & 0x7f
  const segment = bits >> 4
  const step = bits & 0xf
  const magnitude = segment === 0 ? (2 * step + 1) << 3 : (2 * step + 33) << (segment + 2)
  return code < 0x80 ? -magnitude : magnitude
}

const codes = Array.from({ length: 256 }, (_, code) => code)
const tableOf = (encode: (sample: number) => number): Uint8Array =>
  Uint8Array.from({ length: 65_536 }, (_, index) => encode((index << 16) >> 16))

const toLinear: Readonly<Record<Law, Int16Array>> = {
  mulaw: Int16Array.from(codes, fromMulaw),
  alaw: Int16Array.from(codes, fromAlaw)
}
/** Indexed by the sample's 16 bits read as an unsigned number. */
const toLaw: Readonly<Record<Law, Uint8Array>> = { mulaw: tableOf(mulawOf), alaw: tableOf(alawOf) }

/** The code of one 16-bit sample. */
export const encodeSample = (law: Law, sample: number): number => toLaw[law][sample & 0xffff]

/** The 16-bit sample one code stands for. */
export const decodeSample = (law: Law, code: number): number => toLinear[law][code]

export const encode = (law: Law, samples: Int16Array): Uint8Array => {
  const table = toLaw[law]
  const bytes = new Uint8Array(samples.length)
  for (let i = 0; i < samples.length; i += 1) bytes[i] = table[samples[i] & 0xffff]
  return bytes
}

export const decode = (law: Law, bytes: Uint8Array): Int16Array => {
  const samples = new Int16Array(bytes.length)
  decodeInto(law, bytes, samples, 0)
  return samples
}

/** Decodes into `samples` from `at` on; what does not fit is left out. */
export const decodeInto = (law: Law, bytes: Uint8Array, samples: Int16Array, at: number): void => {
  const table = toLinear[law]
  const count = Math.min(bytes.length, samples.length - at)
  for (let i = 0; i < count; i += 1) samples[at + i] = table[bytes[i]]
}

/** The laws overload at 8159 and at 4096 units, for 16-bit samples at 32636 and 32768. Both are full load. */
const alawPerMulaw = 32_768 / 32_636

/** The law's other code for a code's magnitude; signs pass unchanged, even that of nothing. */
const cross = (from: Law, code: number): number => {
  const value = decodeSample(from, code | 0x80)
  const sign = code & 0x80
  if (from === "mulaw") return sign | (encodeSample("alaw", Math.round(value * alawPerMulaw)) & 0x7f)
  // The one row of table 4 that the values alone do not give: A-law 80 becomes µ-law 79.
  if (((code & 0x7f) ^ 0x55) === 79) return sign | (0x7f - 79)
  return sign | (encodeSample("mulaw", Math.round(value / alawPerMulaw)) & 0x7f)
}

/** For each code of a law, the code of the other law: ITU-T G.711 tables 3 and 4. */
const crossing: Readonly<Record<Law, Uint8Array>> = {
  mulaw: Uint8Array.from(codes, (code) => cross("mulaw", code)),
  alaw: Uint8Array.from(codes, (code) => cross("alaw", code))
}

export const otherLaw = (law: Law): Law => (law === "mulaw" ? "alaw" : "mulaw")

/** Changes the bytes of `from` into those of the other law, in place. */
export const changeLaw = (from: Law, bytes: Uint8Array): void => {
  const table = crossing[from]
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = table[bytes[i]]
}

/** The code of silence, the smallest positive value: 0xff (µ-law), 0xd5 (A-law). */
export const silenceOf = (law: Law): number => encodeSample(law, 0)
