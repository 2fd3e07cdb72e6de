/** Static payload types (RFC 3551 §6, RFC 3389 §4). */
export const payloadTypes = { mulaw: 0, alaw: 8, comfortNoise: 13 } as const

/** Bytes of a header without contributing sources or extension. */
export const rtpHeaderBytes = 12

/** The header of an RTP packet (RFC 3550 §5.1); one object reads many packets, so that reading allocates nothing. */
export class RtpPacket {
  marker = false
  payloadType = 0
  sequence = 0
  timestamp = 0
  ssrc = 0
  /** Where the payload begins and ends; padding, contributing sources and extension are outside it. */
  payloadAt = 0
  payloadEnd = 0

  /** False for anything that is not a whole RTP packet of version 2, such as STUN or RTCP (RFC 3550 §A.1, RFC 5761 §4). */
  read(bytes: Uint8Array): boolean {
    const { length } = bytes
    if (length < rtpHeaderBytes || bytes[0] >> 6 !== 2) return false
    // Packet types 192 to 223 on this port are RTCP gone astray.
    if (bytes[1] >= 192 && bytes[1] <= 223) return false
    let at = rtpHeaderBytes + 4 * (bytes[0] & 0xf)
    if ((bytes[0] & 0x10) !== 0) {
      if (at + 4 > length) return false
      at += 4 + 4 * ((bytes[at + 2] << 8) | bytes[at + 3])
    }
    const padding = (bytes[0] & 0x20) === 0 ? 0 : bytes[length - 1]
    if ((bytes[0] & 0x20) !== 0 && padding === 0) return false
    if (at + padding > length) return false
    this.marker = bytes[1] >= 0x80
    this.payloadType = bytes[1] & 0x7f
    this.sequence = (bytes[2] << 8) | bytes[3]
    this.timestamp = ((bytes[4] << 24) | (bytes[5] << 16) | (bytes[6] << 8) | bytes[7]) >>> 0
    this.ssrc = ((bytes[8] << 24) | (bytes[9] << 16) | (bytes[10] << 8) | bytes[11]) >>> 0
    this.payloadAt = at
    this.payloadEnd = length - padding
    return true
  }
}

/** What is written into a header. */
export interface RtpHeader {
  readonly marker: boolean
  readonly payloadType: number
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
}

/** Writes a header of twelve bytes at a place in the bytes. */
export const writeRtpHeader = (bytes: Uint8Array, at: number, header: RtpHeader): void => {
  const { marker, payloadType, sequence, ssrc, timestamp } = header
  bytes[at] = 0x80
  bytes[at + 1] = (marker ? 0x80 : 0) | payloadType
  bytes[at + 2] = sequence >> 8
  bytes[at + 3] = sequence
  writeUint32(bytes, at + 4, timestamp)
  writeUint32(bytes, at + 8, ssrc)
}

const writeUint32 = (bytes: Uint8Array, at: number, value: number): void => {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}

/** How far `a` is after `b` among numbers that wrap at 2^16; negative when it is before. */
export const sequenceAfter = (a: number, b: number): number => ((a - b) << 16) >> 16
/** The same at 2^32. */
export const timestampAfter = (a: number, b: number): number => (a - b) | 0
