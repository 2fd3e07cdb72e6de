import { samplesPerMilli } from "../audio/g711.ts"
import type { Endpoint } from "../rtp/Latch.ts"
import { readRtcp, type ReceptionReport, roundTripMillis, writeRtcp } from "../rtp/rtcp.ts"
import type { RemoteMedia } from "../sdp/offerAnswer.ts"
import type { Deadline, Deadlines } from "./Deadlines.ts"
import type { LegPorts } from "./Network.ts"
import type { LegStatistics } from "./protocol.ts"
import type { Receiver } from "./Receiver.ts"
import type { Sender } from "./Sender.ts"

/** RFC 3550 §6.2 has five seconds as the least; with two members the bandwidth asks for no more. */
const reportEveryMillis = 5_000

/** RTCP of one leg: reports both ways, and the goodbye. */
export class ControlChannel {
  readonly #sender: Sender
  readonly #receiver: Receiver
  readonly #ports: LegPorts
  readonly #deadlines: Deadlines
  readonly #unixMillis: (nowMillis: number) => number
  readonly #name: string
  #control: Endpoint | null = null
  #deadline: Deadline | null = null
  #sentPackets = 0
  #senderReport: number | null = null
  #senderReportMillis = 0
  /** Whether the far end has said goodbye. */
  hasLeft = false
  farEnd: LegStatistics["farEnd"] = null

  constructor(
    sender: Sender,
    receiver: Receiver,
    ports: LegPorts,
    world: {
      readonly deadlines: Deadlines
      readonly unixMillis: (now: number) => number
      readonly random32: () => number
    }
  ) {
    this.#sender = sender
    this.#receiver = receiver
    this.#ports = ports
    this.#deadlines = world.deadlines
    this.#unixMillis = world.unixMillis
    // A name of no meaning, anew for each leg (RFC 7022 §4.2).
    this.#name = Array.from({ length: 3 }, () => world.random32().toString(36)).join("")
  }

  setRemote(remote: RemoteMedia, nowMillis: number): void {
    this.#control = remote.control
    this.#deadline ??= this.#deadlines.schedule(nowMillis + reportEveryMillis, (due, now) => {
      this.#report(now, false)
      return Math.max(due, now - reportEveryMillis) + reportEveryMillis
    })
  }

  /** True when the far end has just left. Reports are taken from the host its packets come from, or its SDP names. */
  receive(bytes: Uint8Array, address: string, nowMillis: number): boolean {
    if (address !== this.#receiver.latch?.target.address && address !== this.#control?.address) return false
    const received = readRtcp(bytes)
    if (received === null) return false
    if (received.senderReport !== null) {
      this.#senderReport = received.senderReport
      this.#senderReportMillis = nowMillis
    }
    const report = received.reports.find(({ ssrc }) => ssrc === this.#sender.stream.ssrc)
    if (report !== undefined) {
      this.farEnd = {
        lost: report.lost,
        jitterMillis: report.jitter / samplesPerMilli,
        roundTripMillis: roundTripMillis(report, this.#unixMillis(nowMillis))
      }
    }
    if (!received.isBye || this.hasLeft) return false
    this.hasLeft = true
    return true
  }

  close(nowMillis: number): void {
    this.#deadline?.cancel()
    this.#report(nowMillis, true)
  }

  #report(nowMillis: number, isBye: boolean): void {
    const target = this.#target()
    if (target === null) return
    const { stream } = this.#sender
    const hasSent = stream.packets > this.#sentPackets
    this.#sentPackets = stream.packets
    const unixMillis = this.#unixMillis(nowMillis)
    const sender = hasSent
      ? { unixMillis, timestamp: stream.timestampNow(nowMillis), packets: stream.packets, bytes: this.#sender.bytes }
      : null
    const report = this.#receptionReport(nowMillis)
    const reports = report === null ? [] : [report]
    this.#ports.sendRtcp(writeRtcp({ ssrc: stream.ssrc, sender, reports, name: this.#name, isBye }), target)
  }

  /** Behind a NAT the neighbour of the port its packets come from, else what the SDP says. */
  #target(): Endpoint | null {
    const latched = this.#receiver.latch?.latched ?? null
    if (latched === null || this.#control === null || latched.address === this.#control.address) return this.#control
    return latched.port === 65_535 ? null : { address: latched.address, port: latched.port + 1 }
  }

  #receptionReport(nowMillis: number): ReceptionReport | null {
    const { reception } = this.#receiver
    if (reception === null) return null
    const hasReport = this.#senderReport !== null
    return {
      ssrc: reception.ssrc,
      fractionLost: reception.takeFractionLost(),
      lost: reception.lost,
      extendedHighest: reception.extendedHighest,
      jitter: Math.round(reception.jitter),
      lastSenderReport: this.#senderReport ?? 0,
      delaySince: hasReport ? Math.round(((nowMillis - this.#senderReportMillis) * 65_536) / 1_000) : 0
    }
  }
}
