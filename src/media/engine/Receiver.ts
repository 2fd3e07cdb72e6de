import type { Law } from "../audio/g711.ts"
import { KeyEvents } from "../rtp/keyEvents.ts"
import { Latch } from "../rtp/Latch.ts"
import { Reception } from "../rtp/Reception.ts"
import { payloadTypes, RtpPacket } from "../rtp/RtpPacket.ts"
import type { RemoteMedia } from "../sdp/offerAnswer.ts"
import type { Dropped } from "./protocol.ts"

/** What a packet is, once it is known to be the far end's. */
export type Received =
  | { readonly kind: "audio"; readonly law: Law }
  /** `key` where this packet is the first to tell of it. */
  | { readonly kind: "event"; readonly key: string | null }
  /** Comfort noise: a sign of life, and no sound (RFC 3389). */
  | { readonly kind: "comfortNoise" }
  | { readonly kind: "dropped" }

const dropped: Received = { kind: "dropped" }
const comfortNoise: Received = { kind: "comfortNoise" }
const noKey: Received = { kind: "event", key: null }
const audio: Readonly<Record<Law, Received>> = {
  mulaw: { kind: "audio", law: "mulaw" },
  alaw: { kind: "audio", law: "alaw" }
}

/** The incoming side of a leg: who may speak, what of it is sound, and how well it comes. */
export class Receiver {
  /** The packet `receive` has read last. */
  readonly packet = new RtpPacket()
  readonly #newSource: () => number
  #latch: Latch | null = null
  #remote: RemoteMedia | null = null
  #reception: Reception | null = null
  #keyEvents = new KeyEvents()
  /** Names the stream that comes in; another SSRC has another name. */
  source = 0
  lastMillis = -Infinity
  bytes = 0
  #packetsBefore = 0
  #lostBefore = 0
  readonly #dropped = { malformed: 0, stranger: 0, payloadType: 0, early: 0 }

  constructor(newSource: () => number) {
    this.#newSource = newSource
  }

  get latch(): Latch | null {
    return this.#latch
  }

  get reception(): Reception | null {
    return this.#reception
  }

  get dropped(): Dropped {
    return { ...this.#dropped }
  }

  /** Over all the streams that came in one after the other. */
  get packets(): number {
    return this.#packetsBefore + (this.#reception?.received ?? 0)
  }

  get lost(): number {
    return this.#lostBefore + (this.#reception?.lost ?? 0)
  }

  setRemote(remote: RemoteMedia): void {
    this.#remote = remote
    if (this.#latch === null) this.#latch = new Latch(remote.endpoint)
    else this.#latch.signal(remote.endpoint)
  }

  receive(bytes: Uint8Array, address: string, port: number, nowMillis: number): Received {
    const { packet } = this
    if (!packet.read(bytes)) return this.#drop("malformed")
    if (this.#remote === null || this.#latch === null) return this.#drop("early")
    const kind = this.#kindOf(packet.payloadType, this.#remote)
    if (kind === dropped) return this.#drop("payloadType")
    if (!this.#latch.accept(address, port, packet.ssrc, packet.sequence, nowMillis)) return this.#drop("stranger")
    if (this.#reception?.ssrc !== packet.ssrc) this.#begin()
    this.lastMillis = nowMillis
    this.#reception?.receive(packet.sequence, packet.timestamp, nowMillis)
    this.bytes += packet.payloadEnd - packet.payloadAt
    if (kind !== noKey) return kind
    const key = this.#keyEvents.receive(bytes, packet.payloadAt, packet.payloadEnd, packet.timestamp)
    return key === null ? noKey : { kind: "event", key }
  }

  #drop(why: keyof Dropped): Received {
    this.#dropped[why] += 1
    return dropped
  }

  #begin(): void {
    if (this.#reception !== null) {
      this.#packetsBefore += this.#reception.received
      this.#lostBefore += this.#reception.lost
    }
    this.#reception = new Reception(this.packet.ssrc, this.packet.sequence)
    this.#keyEvents = new KeyEvents()
    this.source = this.#newSource()
  }

  /** Far ends may send either law whatever they have answered, and events under either side's number. */
  #kindOf(payloadType: number, remote: RemoteMedia): Received {
    if (payloadType === remote.keysIn || payloadType === remote.keysOut) return noKey
    if (payloadType === remote.payloadType) return audio[remote.law]
    if (payloadType === payloadTypes.mulaw) return audio.mulaw
    if (payloadType === payloadTypes.alaw) return audio.alaw
    return payloadType === payloadTypes.comfortNoise ? comfortNoise : dropped
  }
}
