import type { ByteSink } from "../../../src/media/audio/WavWriter.ts"
import { Engine, EngineFault } from "../../../src/media/engine/Engine.ts"
import type { LegHappening } from "../../../src/media/engine/protocol.ts"
import { promptOf } from "../../../src/media/prompts/Prompt.ts"
import { RtpPacket, writeRtpHeader } from "../../../src/media/rtp/RtpPacket.ts"
import type { RemoteMedia } from "../../../src/media/sdp/offerAnswer.ts"
import { numbers } from "../soundSources.ts"
import { memoryNetwork } from "./memoryNetwork.ts"

/** A file in memory. */
const memoryFile = () => {
  let bytes = new Uint8Array(0)
  const sink: ByteSink = {
    write: (piece, at) => {
      const grown = new Uint8Array(Math.max(bytes.length, at + piece.length))
      grown.set(bytes)
      grown.set(piece, at)
      bytes = grown
      return Promise.resolve()
    },
    close: () => Promise.resolve()
  }
  return { sink, bytes: () => bytes }
}

export const farEnd = (host: number) => ({ address: `198.51.100.${host}`, port: 4_000 + 2 * host })

export const remoteOf = (host: number, changes: Partial<RemoteMedia> = {}): RemoteMedia => ({
  endpoint: farEnd(host),
  control: { ...farEnd(host), port: farEnd(host).port + 1 },
  law: "mulaw",
  payloadType: 0,
  keysOut: 101,
  keysIn: 101,
  packetMillis: 20,
  sends: true,
  receives: true,
  ...changes
})

export const rtp = (
  sequence: number,
  timestamp: number,
  payload: Uint8Array,
  { marker = false, payloadType = 0, ssrc = 0x1234 } = {}
): Uint8Array => {
  const bytes = new Uint8Array(12 + payload.length)
  writeRtpHeader(bytes, 0, { marker, payloadType, sequence: sequence & 0xffff, timestamp: timestamp >>> 0, ssrc })
  bytes.set(payload, 12)
  return bytes
}

export const readRtp = (bytes: Uint8Array) => {
  const packet = new RtpPacket()
  if (!packet.read(bytes)) throw new Error("no RTP")
  const { marker, payloadType, sequence, ssrc, timestamp } = packet
  return {
    marker,
    payloadType,
    sequence,
    ssrc,
    timestamp,
    payload: [...bytes.subarray(packet.payloadAt, packet.payloadEnd)]
  }
}

export const filled = (value: number, count = 160) => new Uint8Array(count).fill(value)
/** A prompt whose µ-law bytes are not sound but count up, so that each packet can be told. */
export const countingPrompt = (bytes: number) => ({
  ...promptOf(new Int16Array(bytes)),
  mulaw: Uint8Array.from({ length: bytes }, (_, i) => Math.floor(i / 160))
})

/** An engine in virtual time, on a network in memory. */
export const rig = () => {
  let now = 1_000
  const log: Array<LegHappening> = []
  const files = new Map<string, ReturnType<typeof memoryFile>>()
  const next = numbers(1)
  const net = memoryNetwork(() => now)
  const engine = new Engine({
    network: net.network,
    now: () => now,
    unixOffsetMillis: 1_000_000,
    random32: () => Math.floor(next() * 2 ** 32),
    createFile: (path) => {
      if (path.startsWith("no/")) return Promise.reject(new Error("no such folder"))
      const file = memoryFile()
      files.set(path, file)
      return Promise.resolve(file.sink)
    },
    emit: (happening) => void log.push(happening),
    defect: (error) => {
      throw error
    }
  })
  const run = (untilMillis: number) => {
    while (engine.nextMillis <= untilMillis) {
      now = Math.max(now, engine.nextMillis)
      engine.advance()
    }
    now = untilMillis
  }
  const leg = async (host: number | null, changes: Partial<RemoteMedia> = {}, silenceMillis: number | null = null) => {
    const opened = await engine.handle("open", { silenceMillis })
    if (host !== null) await engine.handle("setRemote", { leg: opened.leg, remote: remoteOf(host, changes) })
    const { port } = opened.local
    return {
      id: opened.leg,
      port,
      receive: (bytes: Uint8Array, from = farEnd(host ?? 0)) => net.deliver(port, bytes, from),
      sent: () => net.sent(port).map(({ bytes }) => readRtp(bytes)),
      sentAt: () => net.sent(port).map(({ atMillis }) => atMillis),
      events: () => log.filter(({ leg: id }) => id === opened.leg).map(({ event }) => event)
    }
  }
  const fault = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work
      return "no fault"
    } catch (error) {
      if (!(error instanceof EngineFault)) throw error
      return `${error.fault.reason}: ${error.fault.sentence}`
    }
  }
  return {
    engine,
    net,
    log,
    leg,
    run,
    fault,
    file: (path: string) => files.get(path)?.bytes() ?? new Uint8Array(0),
    now: () => now
  }
}

type Numbered = { readonly sequence: number; readonly timestamp: number }
/** Sequence numbers and timestamps against the first. */
export const steps = (sent: ReadonlyArray<Numbered>) =>
  sent.map(({ sequence, timestamp }) => [(sequence - sent[0].sequence) & 0xffff, (timestamp - sent[0].timestamp) >>> 0])
