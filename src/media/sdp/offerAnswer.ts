import { Result } from "effect"
import { write } from "sdp-transform"
import type { Law } from "../audio/g711.ts"
import type { Endpoint } from "../rtp/Latch.ts"
import { payloadTypes } from "../rtp/RtpPacket.ts"
import { type Direction, type MediaLine, readSession, type SdpUnusable, unusable } from "./readSession.ts"

/** Offers and answers for a call's one audio stream: RFC 3264, RFC 8866. */

/** Our side of a call. */
export interface LocalMedia {
  readonly address: string
  readonly port: number
  /** Names the session, and counts up with every change of it (RFC 8866 §5.2). */
  readonly sessionId: number
  readonly version: number
  /** Laws we take, the best first. */
  readonly laws: ReadonlyArray<Law>
  /** `sendonly` or `inactive` puts the far end on hold. */
  readonly direction: Direction
}

/** What the two sides have agreed on: all that the media engine needs to know of the far end. */
export interface RemoteMedia {
  readonly endpoint: Endpoint
  readonly control: Endpoint
  readonly law: Law
  /** The law's number in what we send. */
  readonly payloadType: number
  /** Number of telephone-event in what we send and in what we get; null where it is not agreed on. */
  readonly keysOut: number | null
  readonly keysIn: number | null
  /** Milliseconds of sound in a packet we make. */
  readonly packetMillis: number
  /** Whether we may send, and whether the far end does. */
  readonly sends: boolean
  readonly receives: boolean
}

/** Our number for telephone-event in offers: the usual one. */
const keysPayloadType = 101
const keysEncoding = "TELEPHONE-EVENT/8000"
const encodings: Readonly<Record<Law, string>> = { mulaw: "PCMU/8000", alaw: "PCMA/8000" }
const packetMillisUsual = 20
const packetMillisMin = 10
const packetMillisMax = 60

export const writeOffer = (local: LocalMedia): string =>
  sessionText(local, [audioLine(local, local.laws, keysPayloadType, local.direction, packetMillisUsual)])

/** Answers an offer: its first usable audio stream is taken, every other m-line refused with port 0 (RFC 3264 §6). */
export const answerOffer = (
  offer: string,
  local: LocalMedia
): Result.Result<{ readonly answer: string; readonly remote: RemoteMedia }, SdpUnusable> =>
  Result.flatMap(readSession(offer), (lines) => {
    const index = lines.findIndex((line) => isUsable(line) && lawIn(line, local.laws) !== null)
    if (index < 0) return unusable(whyNot(lines))
    const line = lines[index]
    const keys = line.formats.find(({ encoding }) => encoding === keysEncoding)?.payloadType ?? null
    const remote = agreed(line, local, keys, keys)
    if (remote === null) return unusable(whyNot(lines))
    const direction = meeting(line.direction, local.direction)
    const ours = audioLine(local, [remote.law], keys, direction, remote.packetMillis, remote.payloadType)
    const answer = sessionText(
      local,
      lines.map((other, i) => (i === index ? ours : refusal(other)))
    )
    return Result.succeed({ answer, remote })
  })

/** What an answer to an offer of ours agrees to. */
export const acceptAnswer = (answer: string, local: LocalMedia): Result.Result<RemoteMedia, SdpUnusable> =>
  Result.flatMap(readSession(answer), (lines) => {
    // We offer one m-line, so the answer has one; a second one is nothing we asked for.
    const line = lines[0]
    if (!isUsable(line)) return unusable(whyNot([line]))
    const keysOut = line.formats.find(({ encoding }) => encoding === keysEncoding)?.payloadType ?? null
    const remote = agreed(line, local, keysOut, keysOut === null ? null : keysPayloadType)
    return remote === null ? unusable(whyNot([line])) : Result.succeed(remote)
  })

const isUsable = (line: MediaLine): boolean =>
  line.type === "audio" && line.port !== 0 && line.address !== null && /^RTP\/AVPF?$/.test(line.protocol)

const whyNot = (lines: ReadonlyArray<MediaLine>): string => {
  const audio = lines.find(({ port, type }) => type === "audio" && port !== 0)
  if (audio === undefined) return "the SDP has no audio stream that is on"
  if (audio.address === null) return "the audio stream of the SDP has no IPv4 address"
  if (!isUsable(audio)) return `the audio stream of the SDP is ${audio.protocol}; RTP/AVP is needed`
  return "the audio stream of the SDP has neither PCMU nor PCMA that we take"
}

/** The first law of the line that we take; the far end's order counts (RFC 3264 §6.1). */
const lawIn = (line: MediaLine, laws: ReadonlyArray<Law>): { law: Law; payloadType: number } | null => {
  for (const { encoding, payloadType } of line.formats) {
    const law = laws.find((ours) => encodings[ours] === encoding)
    if (law !== undefined) return { law, payloadType }
  }
  return null
}

const agreed = (
  line: MediaLine,
  local: LocalMedia,
  keysOut: number | null,
  keysIn: number | null
): RemoteMedia | null => {
  const chosen = lawIn(line, local.laws)
  if (chosen === null || line.address === null || line.control === null) return null
  const ours = meeting(line.direction, local.direction)
  // The hold of RFC 2543: an address nobody can be reached at.
  const isReachable = line.address !== "0.0.0.0"
  return {
    endpoint: { address: line.address, port: line.port },
    control: line.control,
    ...chosen,
    keysOut,
    keysIn,
    packetMillis: packetMillisOf(line),
    sends: isReachable && (ours === "sendrecv" || ours === "sendonly"),
    receives: isReachable && (ours === "sendrecv" || ours === "recvonly")
  }
}

const packetMillisOf = ({ packetMillis, packetMillisMax: most }: MediaLine): number => {
  const wanted = Math.min(packetMillis ?? packetMillisUsual, most ?? packetMillisMax, packetMillisMax)
  return Math.max(packetMillisMin, 10 * Math.floor(wanted / 10))
}

const sendsIn = (direction: Direction): boolean => direction === "sendrecv" || direction === "sendonly"
const receivesIn = (direction: Direction): boolean => direction === "sendrecv" || direction === "recvonly"

/** Our direction where theirs and our wish allow it: RFC 3264 §6.1. */
const meeting = (theirs: Direction, wish: Direction): Direction => {
  const sends = receivesIn(theirs) && sendsIn(wish)
  const receives = sendsIn(theirs) && receivesIn(wish)
  if (sends) return receives ? "sendrecv" : "sendonly"
  return receives ? "recvonly" : "inactive"
}

type Line = Parameters<typeof write>[0]["media"][number]

const audioLine = (
  local: LocalMedia,
  laws: ReadonlyArray<Law>,
  keys: number | null,
  direction: Direction,
  packetMillis: number,
  lawPayloadType?: number
): Line => {
  const rtp = laws.map((law) => {
    const [codec] = encodings[law].split("/")
    return { payload: lawPayloadType ?? payloadTypes[law], codec, rate: 8_000 }
  })
  if (keys !== null) rtp.push({ payload: keys, codec: "telephone-event", rate: 8_000 })
  return {
    type: "audio",
    port: local.port,
    protocol: "RTP/AVP",
    payloads: rtp.map(({ payload }) => payload).join(" "),
    rtp,
    fmtp: keys === null ? [] : [{ payload: keys, config: "0-15" }],
    ptime: packetMillis,
    direction
  }
}

const refusal = ({ payloads, protocol, type }: MediaLine): Line => ({
  type,
  port: 0,
  protocol,
  payloads,
  rtp: [],
  fmtp: []
})

const sessionText = ({ address, sessionId, version }: LocalMedia, media: Array<Line>): string =>
  write({
    version: 0,
    origin: { username: "-", sessionId, sessionVersion: version, netType: "IN", ipVer: 4, address },
    name: "-",
    connection: { version: 4, ip: address },
    timing: { start: 0, stop: 0 },
    media
  })
