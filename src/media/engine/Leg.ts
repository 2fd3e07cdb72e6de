import type { ByteSink } from "../audio/WavWriter.ts"
import { isSameEndpoint, type Endpoint } from "../rtp/Latch.ts"
import type { RemoteMedia } from "../sdp/offerAnswer.ts"
import { ControlChannel } from "./ControlChannel.ts"
import type { Deadline, Deadlines } from "./Deadlines.ts"
import { Listener } from "./Listener.ts"
import type { LegPorts } from "./Network.ts"
import type { LegEvent, LegStatistics, Listening, PlayEnd } from "./protocol.ts"
import { Receiver } from "./Receiver.ts"
import { Recording, type RecordingResult } from "./Recording.ts"
import { Sender } from "./Sender.ts"

/** What a leg needs of the engine around it. */
export interface LegWorld {
  readonly deadlines: Deadlines
  readonly random32: () => number
  /** Another name for a stream. */
  readonly newSource: () => number
  readonly unixMillis: (nowMillis: number) => number
  readonly emit: (leg: number, event: LegEvent, nowMillis: number) => void
}

const listenEveryMillis = 20
const recordEveryMillis = 500

/** One side of a call: what comes in, what goes out, and what is made of it. */
export class Leg {
  readonly id: number
  readonly sender: Sender
  readonly receiver: Receiver
  readonly control: ControlChannel
  /** Whom it is bridged to. */
  peer: Leg | null = null
  readonly #world: LegWorld
  readonly #ports: LegPorts
  readonly #silenceMillis: number | null
  #remote: RemoteMedia | null = null
  #source: Endpoint | null = null
  #watchFromMillis = 0
  #isSilent = false
  #watch: Deadline | null = null
  #listener: Listener | null = null
  #listening: Deadline | null = null
  #recording: Recording | null = null
  #recordingStep: Deadline | null = null

  constructor(id: number, ports: LegPorts, silenceMillis: number | null, world: LegWorld, nowMillis: number) {
    this.id = id
    this.#world = world
    this.#ports = ports
    this.#silenceMillis = silenceMillis
    this.receiver = new Receiver(world.newSource)
    const sending = {
      deadlines: world.deadlines,
      random32: world.random32,
      send: (bytes: Uint8Array) => {
        const { latch } = this.receiver
        if (latch !== null) ports.sendRtp(bytes, latch.target)
      },
      heard: (...sound: Parameters<Recording["heard"]>) => this.#recording?.heard(...sound),
      ended: (play: number, how: PlayEnd, now: number) => world.emit(id, { kind: "playEnded", play, how }, now)
    }
    // The golden ratio spreads any number of legs evenly.
    this.sender = new Sender(sending, (id * 0.618_033_988_75) % 1, nowMillis)
    this.control = new ControlChannel(this.sender, this.receiver, ports, world)
  }

  get local(): Endpoint {
    return this.#ports.local
  }

  get remote(): RemoteMedia | null {
    return this.#remote
  }

  setRemote(remote: RemoteMedia, nowMillis: number): void {
    this.#remote = remote
    this.receiver.setRemote(remote)
    this.sender.setRemote(remote)
    this.control.setRemote(remote, nowMillis)
    this.#watchFromMillis = nowMillis
    const { deadlines } = this.#world
    if (this.#silenceMillis !== null) this.#watch ??= deadlines.schedule(nowMillis, (_, now) => this.#watched(now))
  }

  /** A packet from the network. */
  receive(bytes: Uint8Array, address: string, port: number, nowMillis: number): void {
    const { packet } = this.receiver
    const sourceBefore = this.receiver.source
    const received = this.receiver.receive(bytes, address, port, nowMillis)
    if (received.kind === "dropped") return
    this.#noteSource(nowMillis)
    if (this.#isSilent) this.#heardAgain(nowMillis)
    if (this.receiver.source !== sourceBefore) {
      this.#listener?.restart()
      this.#recording?.restart()
    }
    if (received.kind === "event" && received.key !== null)
      this.#emit({ kind: "key", key: received.key, by: "event" }, nowMillis)
    // A far end on hold is not heard, whatever it sends.
    if (this.#remote?.receives !== true) return
    if (received.kind === "audio") {
      const payload = bytes.subarray(packet.payloadAt, packet.payloadEnd)
      this.#listener?.said(packet.timestamp, received.law, payload, nowMillis)
      this.#recording?.said(packet.timestamp, received.law, payload, nowMillis)
    }
    const peer = this.peer?.sender
    if (peer === undefined) return
    if (received.kind === "audio") peer.relayAudio(this.receiver.source, packet, bytes, received.law, nowMillis)
    else if (received.kind === "event") peer.relayEvent(this.receiver.source, packet, bytes, nowMillis)
    else peer.skip(this.receiver.source, packet)
  }

  /** A packet for RTCP. */
  receiveControl(bytes: Uint8Array, address: string, nowMillis: number): void {
    if (this.control.receive(bytes, address, nowMillis)) this.#emit({ kind: "farEndLeft" }, nowMillis)
  }

  #emit(event: LegEvent, nowMillis: number): void {
    this.#world.emit(this.id, event, nowMillis)
  }

  #noteSource(nowMillis: number): void {
    const latched = this.receiver.latch?.latched ?? null
    if (latched === this.#source || latched === null) return
    const isNew = this.#source === null || !isSameEndpoint(latched, this.#source)
    this.#source = latched
    if (isNew) this.#emit({ kind: "latched", source: latched }, nowMillis)
  }

  #watched(nowMillis: number): number {
    const limit = this.#silenceMillis ?? Infinity
    // On hold it need not send.
    if (this.#remote?.receives !== true) this.#watchFromMillis = nowMillis
    const since = Math.max(this.receiver.lastMillis, this.#watchFromMillis)
    if (nowMillis - since < limit) return since + limit
    this.#isSilent = true
    this.#emit({ kind: "silent", silentMillis: nowMillis - since }, nowMillis)
    return nowMillis + limit
  }

  #heardAgain(nowMillis: number): void {
    this.#isSilent = false
    this.#emit({ kind: "heardAgain" }, nowMillis)
  }

  /** Listens from now on, to other things than before; nothing to listen for ends it. */
  listen(listening: Listening, nowMillis: number): void {
    this.#listening?.cancel()
    this.#listening = null
    this.#listener = null
    if (!listening.keys && !listening.tones && listening.answeringMachine === null) return
    const listener = new Listener(listening, nowMillis)
    this.#listener = listener
    this.#listening = this.#world.deadlines.schedule(nowMillis + listenEveryMillis, (due, now) => {
      const wantsKeys = this.#remote !== null && this.#remote.keysIn === null
      listener.advance(now, wantsKeys, (event) => this.#emit(event, now))
      return Math.max(due, now - listenEveryMillis) + listenEveryMillis
    })
  }

  get isRecording(): boolean {
    return this.#recording !== null
  }

  record(sink: ByteSink, nowMillis: number): void {
    const recording = new Recording(sink, nowMillis)
    this.#recording = recording
    let hasFailed = false
    this.#recordingStep = this.#world.deadlines.schedule(nowMillis + recordEveryMillis, (due, now) => {
      recording.advance(now)
      if (recording.failure !== null && !hasFailed) {
        hasFailed = true
        this.#emit({ kind: "recordingFailed", sentence: recording.failure.message }, now)
      }
      return Math.max(due, now - recordEveryMillis) + recordEveryMillis
    })
  }

  pauseRecording(nowMillis: number): void {
    this.#recording?.pause(nowMillis)
  }

  resumeRecording(nowMillis: number): void {
    this.#recording?.resume(nowMillis)
  }

  /** Null when there is none. Rejects when the file could not be written whole. */
  async stopRecording(nowMillis: number): Promise<RecordingResult | null> {
    const recording = this.#recording
    this.#recording = null
    this.#recordingStep?.cancel()
    return recording === null ? null : recording.end(nowMillis)
  }

  /** Says goodbye and frees the ports; a recording must have been stopped. */
  close(nowMillis: number): void {
    this.sender.stop(null, "closed", nowMillis)
    this.#watch?.cancel()
    this.#listening?.cancel()
    this.control.close(nowMillis)
    this.#ports.close()
  }

  statistics(): LegStatistics {
    const { receiver, sender } = this
    return {
      received: {
        packets: receiver.packets,
        bytes: receiver.bytes,
        lost: receiver.lost,
        jitterMillis: receiver.reception?.jitterMillis ?? 0,
        dropped: receiver.dropped
      },
      sent: { packets: sender.stream.packets, bytes: sender.bytes, failed: this.#ports.failed() },
      farEnd: this.control.farEnd,
      source: receiver.latch?.latched ?? null
    }
  }
}
