import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { RtpPacket, sequenceAfter, timestampAfter, writeRtpHeader } from "../../../src/media/rtp/RtpPacket.ts"

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"))
const read = (text: string) => {
  const packet = new RtpPacket()
  return packet.read(hex(text)) ? { ...packet } : null
}

describe("RTP packets: RFC 3550 §5.1", () => {
  it("reads a plain header", () => {
    assert.deepStrictEqual(read("80 88 1234 89abcdef fedcba98 d5d5"), {
      marker: true,
      payloadType: 8,
      sequence: 0x1234,
      timestamp: 0x89abcdef,
      ssrc: 0xfedcba98,
      payloadAt: 12,
      payloadEnd: 14
    })
  })
  it("leaves out contributing sources, extension and padding", () => {
    const packet = read("b2 00 0001 00000002 00000003 0000000a 0000000b bede0001 01020304 d5d5d5 000003")
    assert.deepStrictEqual([packet?.payloadAt, packet?.payloadEnd], [28, 31])
  })
  it("refuses what is no RTP: version, length, RTCP, STUN", () => {
    assert.isNull(read("40 00 0001 00000002 00000003 d5"))
    assert.isNull(read("80 00 0001 00000002 000000"))
    assert.isNull(read("81 00 0001 00000002 00000003 0000"), "a contributing source that is not there")
    assert.isNull(read("90 00 0001 00000002 00000003 bede0002 00000000"), "an extension that is cut short")
    assert.isNull(read("a0 00 0001 00000002 00000003 d5d5d5ff"), "more padding than payload")
    assert.isNull(read("a0 00 0001 00000002 00000003 d5d5d500"), "padding of nothing")
    assert.isNull(read("80 c8 0006 00000002 00000003 00000004 00000005"), "a sender report")
    assert.isNull(read("0001 0000 2112a442 000000000000000000000000"), "a STUN request")
    assert.isNull(read(""))
  })
  it.prop(
    "reads back every header it writes",
    {
      payloadType: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 63 })),
      sequence: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff })),
      timestamp: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff_ffff })),
      ssrc: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff_ffff })),
      marker: Schema.Boolean
    },
    (header) => {
      const bytes = new Uint8Array(20)
      writeRtpHeader(bytes, 4, header)
      const packet = new RtpPacket()
      assert.isTrue(packet.read(bytes.subarray(4)))
      assert.deepStrictEqual({ ...packet }, { ...header, payloadAt: 12, payloadEnd: 16 })
    },
    { arbitrary: { runs: 300, seed: 1 } }
  )
  it.prop(
    "never reads beyond a packet, whatever it holds",
    {
      bytes: Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 }))).check(
        Schema.isMaxLength(40)
      )
    },
    ({ bytes }) => {
      const packet = new RtpPacket()
      const given = Uint8Array.from(bytes)
      if (given.length > 0) given[0] = 0x80 | (given[0] & 0x3f)
      if (!packet.read(given)) return
      assert.isTrue(
        packet.payloadAt >= 12 && packet.payloadAt <= packet.payloadEnd && packet.payloadEnd <= given.length
      )
    },
    { arbitrary: { runs: 2_000, seed: 1 } }
  )
  it("orders numbers across their wrap", () => {
    assert.deepStrictEqual([sequenceAfter(1, 0xffff), sequenceAfter(0xffff, 1), sequenceAfter(5, 5)], [2, -2, 0])
    assert.deepStrictEqual([timestampAfter(1, 0xffff_ffff), timestampAfter(0xffff_fff0, 0x10)], [2, -0x20])
  })
})
