import { changeLaw, type Law, samplesPerMilli } from "../audio/g711.ts"
import type { RtpPacket } from "../rtp/RtpPacket.ts"
import { rtpHeaderBytes, writeRtpHeader } from "../rtp/RtpPacket.ts"
import { SendStream } from "../rtp/SendStream.ts"
import type { RemoteMedia } from "../sdp/offerAnswer.ts"
import type { Deadline, Deadlines } from "./Deadlines.ts"
import { KeysPlaying, type Playing } from "./playing.ts"
import type { PlayEnd } from "./protocol.ts"

/** Everything later than this is not made up for: after a stall a prompt goes on where it was. */
const lateMillisMax = 200

export interface SenderPorts {
  readonly deadlines: Deadlines
  readonly random32: () => number
  readonly send: (bytes: Uint8Array) => void
  /** Sound as it left, for the recording. */
  readonly heard: (timestamp: number, law: Law, payload: Uint8Array, nowMillis: number) => void
  readonly ended: (play: number, how: PlayEnd, nowMillis: number) => void
}

/** The outgoing side of a leg: one stream, fed by what is played or else by the leg it is bridged to. */
export class Sender {
  readonly #ports: SenderPorts
  readonly stream: SendStream
  /** What is played, the one heard now last: a beep or keys come over a prompt, which then goes on. */
  readonly #playing: Array<Playing> = []
  readonly #phase: number
  #deadline: Deadline | null = null
  #remote: RemoteMedia | null = null
  bytes = 0

  /** `phase`, from 0 to 1, spreads the legs over the packet time. */
  constructor(ports: SenderPorts, phase: number, nowMillis: number) {
    this.#ports = ports
    this.#phase = phase
    this.stream = new SendStream(ports.random32(), ports.random32() & 0xffff, ports.random32(), nowMillis)
  }

  setRemote(remote: RemoteMedia): void {
    this.#remote = remote
  }

  get isPlaying(): boolean {
    return this.#playing.length > 0
  }

  /** Plays from now on, over or instead of what is playing. */
  play(playing: Playing, over: boolean, nowMillis: number): void {
    if (!over) this.#endAll("replaced", nowMillis)
    // Keys that have begun are pressed to their end; what comes over them waits.
    let at = this.#playing.length
    while (at > 0 && this.#playing[at - 1] instanceof KeysPlaying) at -= 1
    this.#playing.splice(at, 0, playing)
    this.stream.leave()
    if (this.#deadline !== null) return
    const packetMillis = this.#remote?.packetMillis ?? 20
    this.#deadline = this.#ports.deadlines.schedule(nowMillis + this.#phase * packetMillis, (due, now) =>
      this.#step(due, now)
    )
  }

  /** Ends all that is playing, or one of it. */
  stop(play: number | null, how: PlayEnd, nowMillis: number): void {
    if (play === null) return this.#endAll(how, nowMillis)
    const at = this.#playing.findIndex((playing) => playing.play === play)
    if (at < 0) return
    this.#playing.splice(at, 1)
    this.#ports.ended(play, how, nowMillis)
    if (this.#playing.length === 0) this.#rest()
  }

  #endAll(how: PlayEnd, nowMillis: number): void {
    const ended = this.#playing.splice(0)
    this.#rest()
    for (const { play } of ended.reverse()) this.#ports.ended(play, how, nowMillis)
  }

  #rest(): void {
    this.#deadline?.cancel()
    this.#deadline = null
  }

  #step(dueMillis: number, nowMillis: number): number | null {
    const remote = this.#remote
    const packetMillis = remote?.packetMillis ?? 20
    for (let playing = this.#playing.at(-1); playing !== undefined; playing = this.#playing.at(-1)) {
      const piece = playing.next(remote?.law ?? "mulaw", packetMillis)
      if (piece !== null) {
        if (remote?.sends !== true) {
          // A leg on hold hears nothing, but time goes on for it.
          this.stream.leave()
        } else if (piece.kind !== "pause") this.#send(playing.source, piece, remote, dueMillis)
        const next = dueMillis + packetMillis
        return nowMillis - next > lateMillisMax ? nowMillis : next
      }
      this.#playing.pop()
      this.#ports.ended(playing.play, "finished", nowMillis)
    }
    this.#deadline = null
    return null
  }

  #send(
    source: number,
    piece: {
      readonly kind: "audio" | "event"
      readonly packet: Uint8Array
      readonly samples: number
      readonly isFirst?: boolean
    },
    remote: RemoteMedia,
    nowMillis: number
  ): void {
    const { stream } = this
    if (piece.kind === "event") {
      if (piece.isFirst === true) stream.next(-this.#eventSource(), piece.samples, nowMillis)
      else stream.again(piece.samples, nowMillis)
    } else stream.next(source, piece.samples, nowMillis)
    const payload = piece.packet.subarray(rtpHeaderBytes)
    stream.payloadType = piece.kind === "event" ? (remote.keysOut ?? 0) : remote.payloadType
    if (piece.kind === "audio") this.#ports.heard(stream.timestamp, remote.law, payload, nowMillis)
    writeRtpHeader(piece.packet, 0, stream)
    this.bytes += payload.length
    this.#ports.send(piece.packet)
  }

  #events = 0
  /** Each key is a source of its own: its first packet is marked, and time has gone on before it (RFC 4733 §2.5.1.2). */
  #eventSource(): number {
    this.#events += 1
    return this.#events
  }

  /**
   * Passes a packet of sound on. It is rewritten where it is, so nobody may read it after this; what is longer than our
   * own header in front of the payload is left behind.
   */
  relayAudio(source: number, packet: RtpPacket, bytes: Uint8Array, law: Law, nowMillis: number): void {
    const remote = this.#remote
    if (remote === null || this.isPlaying) return
    if (!remote.sends) return this.leave()
    const { stream } = this
    const samples = packet.payloadEnd - packet.payloadAt
    if (samples === 0 || !stream.relay(source, packet, samples, nowMillis)) return
    const payload = bytes.subarray(packet.payloadAt, packet.payloadEnd)
    if (law !== remote.law) changeLaw(law, payload)
    stream.payloadType = remote.payloadType
    this.#ports.heard(stream.timestamp, remote.law, payload, nowMillis)
    this.#pass(packet, bytes)
  }

  /** Passes a packet of a key on, under the number the far end has for it; without one it is left out. */
  relayEvent(source: number, packet: RtpPacket, bytes: Uint8Array, nowMillis: number): void {
    const remote = this.#remote
    if (remote === null || this.isPlaying) return
    if (!remote.sends) return this.leave()
    const { stream } = this
    if (remote.keysOut === null) return stream.skip(source, packet.sequence)
    if (!stream.relay(source, packet, remote.packetMillis * samplesPerMilli, nowMillis)) return
    stream.payloadType = remote.keysOut
    this.#pass(packet, bytes)
  }

  skip(source: number, packet: RtpPacket): void {
    if (!this.isPlaying) this.stream.skip(source, packet.sequence)
  }

  /** Nobody is relayed to this leg for now. */
  leave(): void {
    if (!this.isPlaying) this.stream.leave()
  }

  #pass(packet: RtpPacket, bytes: Uint8Array): void {
    const at = packet.payloadAt - rtpHeaderBytes
    writeRtpHeader(bytes, at, this.stream)
    this.bytes += packet.payloadEnd - packet.payloadAt
    this.#ports.send(bytes.subarray(at, packet.payloadEnd))
  }
}
