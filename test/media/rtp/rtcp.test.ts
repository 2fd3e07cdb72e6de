import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import {
  ntpMiddle,
  readRtcp,
  type ReceptionReport,
  type Report,
  roundTripMillis,
  writeRtcp
} from "../../../src/media/rtp/rtcp.ts"

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")
const block: ReceptionReport = {
  ssrc: 0x11223344,
  fractionLost: 0x40,
  lost: -2,
  extendedHighest: 0x0001_0002,
  jitter: 5,
  lastSenderReport: 0xaabb_ccdd,
  delaySince: 0x0001_0000
}

describe("RTCP: RFC 3550 §6", () => {
  it("writes a sender report with a name and a goodbye, byte for byte", () => {
    // 1 January 2000, half a second past midnight: NTP 0xbc17c200.
    const unixMillis = Date.UTC(2000, 0, 1) + 500
    const sender = { unixMillis, timestamp: 160, packets: 2, bytes: 320 }
    const bytes = writeRtcp({ ssrc: 0xdeadbeef, sender, reports: [block], name: "ab", isBye: true })
    const expected = [
      "81c8000c deadbeef bc17c200 80000000 000000a0 00000002 00000140",
      "11223344 40fffffe 00010002 00000005 aabbccdd 00010000",
      "81ca0003 deadbeef 01026162 00000000",
      "81cb0001 deadbeef"
    ]
    assert.strictEqual(hex(bytes), expected.join("").replaceAll(" ", ""))
    assert.strictEqual(ntpMiddle(unixMillis), 0xc200_8000)
  })
  it("ends the name with a zero and fills the word, whatever its length", () => {
    for (const name of ["", "a", "ab", "abc", "abcd", "é"]) {
      const bytes = writeRtcp({ ssrc: 1, sender: null, reports: [], name, isBye: false })
      assert.strictEqual(bytes.length % 4, 0)
      assert.strictEqual(bytes.at(-1), 0)
      assert.deepStrictEqual(readRtcp(bytes), { ssrc: 1, senderReport: null, reports: [], isBye: false })
    }
  })
  it("reads back what it writes", () => {
    const sender = { unixMillis: 1_700_000_000_123.5, timestamp: 0xffff_ffff, packets: 7, bytes: 9 }
    const report: Report = {
      ssrc: 5,
      sender,
      reports: [block, { ...block, ssrc: 9, lost: 0x7f_ffff }],
      name: "x",
      isBye: false
    }
    assert.deepStrictEqual(readRtcp(writeRtcp(report)), {
      ssrc: 5,
      senderReport: ntpMiddle(sender.unixMillis),
      reports: report.reports,
      isBye: false
    })
  })
  it("refuses RTP, cut and contradictory packets: §A.2", () => {
    const good = writeRtcp({ ssrc: 1, sender: null, reports: [block], name: "n", isBye: true })
    assert.isNotNull(readRtcp(good))
    for (let length = 0; length < good.length; length += 1) {
      // A cut between two packets leaves a shorter compound packet.
      if (![32, good.length - 8].includes(length)) assert.isNull(readRtcp(good.subarray(0, length)), `${length} bytes`)
    }
    assert.isNull(readRtcp(Uint8Array.from([0x80, 0, ...good.subarray(2)])), "RTP")
    assert.isNull(readRtcp(Uint8Array.from([0x41, ...good.subarray(1)])), "version 1")
    assert.isNull(readRtcp(Uint8Array.from([0x9f, ...good.subarray(1)])), "31 reports where there is one")
  })
  it.prop(
    "never throws",
    {
      bytes: Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 }))).check(
        Schema.isMaxLength(80)
      )
    },
    ({ bytes }) => {
      const given = Uint8Array.from([0x81, 200, 0, bytes.length % 16, ...bytes])
      assert.doesNotThrow(() => readRtcp(given))
    },
    { arbitrary: { runs: 1_000, seed: 1 } }
  )
  it("tells the way there and back from a report that answers ours", () => {
    const sent = 1_700_000_000_000
    // The far end held our report for 250 ms; the answer came 300 ms after it left.
    const answer = { ...block, lastSenderReport: ntpMiddle(sent), delaySince: 0x4000 }
    assert.closeTo(roundTripMillis(answer, sent + 300) ?? NaN, 50, 0.05)
    assert.strictEqual(roundTripMillis({ ...answer, delaySince: 0x1_0000 }, sent + 300), 0)
    assert.isNull(roundTripMillis({ ...block, lastSenderReport: 0 }, sent))
  })
})
