/** RTCP: reports about a stream, both ways (RFC 3550 §6). */

/** What a receiver says about a stream: RFC 3550 §6.4.1. */
export interface ReceptionReport {
  /** Of the stream spoken of. */
  readonly ssrc: number
  /** Share lost since the last report, in 256ths. */
  readonly fractionLost: number
  readonly lost: number
  readonly extendedHighest: number
  /** In timestamp units. */
  readonly jitter: number
  /** Middle 32 bits of the NTP time of the last sender report, and the time since, in 65,536ths of a second; 0 for none. */
  readonly lastSenderReport: number
  readonly delaySince: number
}

/** What a sender says about what it has sent. */
export interface SenderInfo {
  /** Milliseconds since 1970. */
  readonly unixMillis: number
  readonly timestamp: number
  readonly packets: number
  readonly bytes: number
}

export interface Report {
  readonly ssrc: number
  readonly sender: SenderInfo | null
  readonly reports: ReadonlyArray<ReceptionReport>
  readonly name: string
  readonly isBye: boolean
}

const senderReport = 200
const receiverReport = 201
const sourceDescription = 202
const bye = 203
/** Seconds from 1900 to 1970. */
const ntpOffset = 2_208_988_800

const ntpOf = (unixMillis: number): readonly [seconds: number, fraction: number] => {
  const seconds = Math.floor(unixMillis / 1_000)
  const fraction = Math.floor((unixMillis / 1_000 - seconds) * 4_294_967_296)
  return [(seconds + ntpOffset) % 4_294_967_296, fraction]
}

/** The middle 32 bits of a moment's NTP time. */
export const ntpMiddle = (unixMillis: number): number => {
  const [seconds, fraction] = ntpOf(unixMillis)
  return ((seconds << 16) | (fraction >>> 16)) >>> 0
}

/** One compound packet: the report, the name (CNAME, at most 255 bytes), and a goodbye when it is the last. */
export const writeRtcp = ({ isBye, name, reports, sender, ssrc }: Report): Uint8Array => {
  const nameBytes = new TextEncoder().encode(name)
  // The chunk ends with at least one zero and fills a word.
  const chunkBytes = 4 * Math.ceil((4 + 2 + nameBytes.length + 1) / 4)
  const reportBytes = 8 + (sender === null ? 0 : 20) + 24 * reports.length
  const bytes = new Uint8Array(reportBytes + 4 + chunkBytes + (isBye ? 8 : 0))
  const view = new DataView(bytes.buffer)
  const header = (at: number, count: number, type: number, length: number) => {
    bytes[at] = 0x80 | count
    bytes[at + 1] = type
    view.setUint16(at + 2, length / 4 - 1)
  }
  header(0, reports.length, sender === null ? receiverReport : senderReport, reportBytes)
  view.setUint32(4, ssrc)
  let at = 8
  if (sender !== null) {
    const [seconds, fraction] = ntpOf(sender.unixMillis)
    const words = [seconds, fraction, sender.timestamp, sender.packets, sender.bytes]
    words.forEach((word, i) => view.setUint32(at + 4 * i, word >>> 0))
    at += 20
  }
  for (const report of reports) {
    view.setUint32(at, report.ssrc)
    view.setUint32(at + 4, ((report.fractionLost << 24) | (report.lost & 0xff_ffff)) >>> 0)
    view.setUint32(at + 8, report.extendedHighest >>> 0)
    view.setUint32(at + 12, report.jitter)
    view.setUint32(at + 16, report.lastSenderReport)
    view.setUint32(at + 20, report.delaySince)
    at += 24
  }
  header(at, 1, sourceDescription, 4 + chunkBytes)
  view.setUint32(at + 4, ssrc)
  bytes[at + 8] = 1
  bytes[at + 9] = nameBytes.length
  bytes.set(nameBytes, at + 10)
  at += 4 + chunkBytes
  if (isBye) {
    header(at, 1, bye, 8)
    view.setUint32(at + 4, ssrc)
  }
  return bytes
}

/** What we use of a compound packet. */
export interface ReceivedRtcp {
  readonly ssrc: number
  /** Middle of the sender report's NTP time; null when there is none. */
  readonly senderReport: number | null
  readonly reports: ReadonlyArray<ReceptionReport>
  readonly isBye: boolean
}

/** Null for anything that is not a compound RTCP packet: RFC 3550 §A.2. */
export const readRtcp = (bytes: Uint8Array): ReceivedRtcp | null => {
  if (bytes.length < 8 || bytes[0] >> 6 !== 2) return null
  const first = bytes[1]
  if (first !== senderReport && first !== receiverReport) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const ssrc = view.getUint32(4)
  const reports: Array<ReceptionReport> = []
  let middle: number | null = null
  let isBye = false
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length || bytes[at] >> 6 !== 2) return null
    const end = at + 4 * (view.getUint16(at + 2) + 1)
    if (end > bytes.length) return null
    const type = bytes[at + 1]
    const count = bytes[at] & 0x1f
    if (type === senderReport || type === receiverReport) {
      const from = at + (type === senderReport ? 28 : 8)
      if (from + 24 * count > end) return null
      if (type === senderReport) middle = view.getUint32(at + 10)
      for (let i = 0; i < count; i += 1) reports.push(readReport(view, from + 24 * i))
    }
    isBye ||= type === bye
    at = end
  }
  return { ssrc, senderReport: middle, reports, isBye }
}

const readReport = (view: DataView, at: number): ReceptionReport => ({
  ssrc: view.getUint32(at),
  fractionLost: view.getUint8(at + 4),
  lost: (view.getUint32(at + 4) << 8) >> 8,
  extendedHighest: view.getUint32(at + 8),
  jitter: view.getUint32(at + 12),
  lastSenderReport: view.getUint32(at + 16),
  delaySince: view.getUint32(at + 20)
})

/** Milliseconds there and back, from a report that came at `unixMillis`; null when it answers no report of ours. */
export const roundTripMillis = (report: ReceptionReport, unixMillis: number): number | null => {
  if (report.lastSenderReport === 0) return null
  const ticks = (ntpMiddle(unixMillis) - report.lastSenderReport - report.delaySince) | 0
  return ticks < 0 ? 0 : (ticks * 1_000) / 65_536
}
