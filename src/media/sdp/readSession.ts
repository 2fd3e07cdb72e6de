import { Result, Schema } from "effect"
import { parse, parsePayloads } from "sdp-transform"
import type { Endpoint } from "../rtp/Latch.ts"

export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive"
const directions: ReadonlyArray<Direction> = ["sendrecv", "sendonly", "recvonly", "inactive"]

/** An SDP that no call can come of, and why; SIP answers it with 488. */
export class SdpUnusable extends Schema.TaggedError<SdpUnusable>()("SdpUnusable", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}

/** One codec an m-line lists, under the number it has there. */
export interface Format {
  readonly payloadType: number
  /** Name and clock rate, such as `PCMU/8000`, in capitals; empty for an unknown number without a name. */
  readonly encoding: string
}

/** One m-line of a session. */
export interface MediaLine {
  readonly type: string
  readonly protocol: string
  /** Its formats as written, for the answer that refuses it. */
  readonly payloads: string
  /** 0 for a stream that is off. */
  readonly port: number
  /** Null without an IPv4 address. */
  readonly address: string | null
  readonly control: Endpoint | null
  readonly formats: ReadonlyArray<Format>
  readonly direction: Direction
  readonly packetMillis: number | null
  readonly packetMillisMax: number | null
}

/** Names of the numbers that need no rtpmap: RFC 3551 §6. */
const staticEncodings: Readonly<Record<number, string>> = { 0: "PCMU/8000", 8: "PCMA/8000", 13: "CN/8000" }

/** Longest SDP that is read: far above what calls need, and bounded. */
const textMax = 16_384
const linesMax = 16

/** The m-lines of a session, in order. Whatever the text, it fails rather than throws. */
export const readSession = (text: string): Result.Result<ReadonlyArray<MediaLine>, SdpUnusable> => {
  if (text.length > textMax) return unusable(`the SDP is longer than ${textMax} characters`)
  if (!/^v=0\s*$/m.test(text)) return unusable("this is not SDP: it has no line v=0")
  // The parser promises types that broken lines do not keep: everything is looked at anew below.
  const session = parse(text) as unknown as Loose
  const media = session.media as ReadonlyArray<Loose>
  if (media.length === 0) return unusable("the SDP has no m-line")
  if (media.length > linesMax) return unusable(`the SDP has more than ${linesMax} m-lines`)
  const broken = media.findIndex(({ port, type }) => typeof type !== "string" || portOf(port) === null)
  if (broken >= 0) return unusable(`m-line ${broken + 1} of the SDP cannot be read`)
  return Result.succeed(media.map((line) => readLine(line, session)))
}

export const unusable = (sentence: string): Result.Result<never, SdpUnusable> =>
  Result.fail(new SdpUnusable({ sentence }))

type Loose = Readonly<Record<string, unknown>>

const readLine = (line: Loose, session: Loose): MediaLine => {
  const port = portOf(line.port) ?? 0
  const address = addressOf(line.connection) ?? (line.connection === undefined ? addressOf(session.connection) : null)
  const rtcp = line.rtcp as Loose | undefined
  const controlPort = portOf(rtcp?.port) ?? port + 1
  const payloads = textOf(line.payloads)
  return {
    type: textOf(line.type),
    protocol: textOf(line.protocol),
    payloads,
    port,
    address,
    control:
      address === null || controlPort > 65_535 ? null : { address: ipv4(rtcp?.address) ?? address, port: controlPort },
    formats: formatsOf(payloads, line.rtp),
    direction: directionOf(line.direction) ?? directionOf(session.direction) ?? "sendrecv",
    packetMillis: millisOf(line.ptime),
    packetMillisMax: millisOf(line.maxptime)
  }
}

const formatsOf = (payloads: string, rtp: unknown): ReadonlyArray<Format> => {
  const named = new Map<number, string>()
  for (const { codec, encoding, payload, rate } of rtp as ReadonlyArray<Loose>) {
    if (typeof payload !== "number" || (encoding !== undefined && encoding !== 1)) continue
    named.set(payload, `${textOf(codec)}/${textOf(rate)}`.toUpperCase())
  }
  return parsePayloads(payloads)
    .filter((payloadType) => Number.isInteger(payloadType) && payloadType >= 0 && payloadType < 128)
    .map((payloadType) => ({ payloadType, encoding: named.get(payloadType) ?? staticEncodings[payloadType] ?? "" }))
}

const textOf = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "")
const portOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 65_535 ? value : null
const millisOf = (value: unknown): number | null =>
  typeof value === "number" && value > 0 && value <= 1_000 ? value : null
const directionOf = (value: unknown): Direction | null => directions.find((direction) => direction === value) ?? null

const addressOf = (connection: unknown): string | null => ipv4((connection as Loose | undefined)?.ip)
const ipv4 = (value: unknown): string | null => {
  if (typeof value !== "string") return null
  const parts = value.split(".")
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256) ? value : null
}
