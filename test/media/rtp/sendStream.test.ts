import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { sequenceAfter, timestampAfter } from "../../../src/media/rtp/RtpPacket.ts"
import { SendStream } from "../../../src/media/rtp/SendStream.ts"
import { numbers } from "../soundSources.ts"

const packet = (sequence: number, timestamp: number, marker = false) => ({ sequence, timestamp, marker })
const header = ({ marker, sequence, timestamp }: SendStream) => ({ marker, sequence, timestamp })
const stream = (sequence = 1_000, timestamp = 5_000) => new SendStream(0xabc, sequence, timestamp, 0)

describe("one stream from many sources", () => {
  it("begins with a marked packet at the place it was given", () => {
    const out = stream(65_535, 0xffff_ff60)
    out.next(1, 160, 0)
    assert.deepStrictEqual(header(out), { marker: true, sequence: 65_535, timestamp: 0xffff_ff60 })
    out.next(1, 160, 20)
    assert.deepStrictEqual(header(out), { marker: false, sequence: 0, timestamp: 0 })
  })
  it("goes from hold music to an agent to a prompt without a break", () => {
    const out = stream()
    const log = []
    for (const now of [0, 20, 40]) {
      out.next(1, 160, now)
      log.push(header(out))
    }
    // The agent is bridged in 27 ms after the last packet of music.
    assert.isTrue(out.relay(2, packet(77, 900_000, true), 160, 67))
    log.push(header(out))
    assert.isTrue(out.relay(2, packet(78, 900_160), 160, 88))
    log.push(header(out))
    out.next(3, 160, 108)
    log.push(header(out))
    assert.deepStrictEqual(log, [
      { marker: true, sequence: 1_000, timestamp: 5_000 },
      { marker: false, sequence: 1_001, timestamp: 5_160 },
      { marker: false, sequence: 1_002, timestamp: 5_320 },
      { marker: true, sequence: 1_003, timestamp: 5_320 + 216 },
      { marker: false, sequence: 1_004, timestamp: 5_536 + 160 },
      { marker: true, sequence: 1_005, timestamp: 5_000 + 108 * 8 }
    ])
  })
  it("leaves loss, order and silence within a source as they came", () => {
    const out = stream()
    const sent = [
      [10, 0, 0],
      [12, 320, 40],
      [11, 160, 45],
      [13, 8_480, 1_060]
    ].map(([sequence, timestamp, now]) => {
      assert.isTrue(out.relay(1, packet(sequence, timestamp), 160, now))
      return [out.sequence - 1_000, out.timestamp - 5_000]
    })
    assert.deepStrictEqual(sent, [
      [0, 0],
      [2, 320],
      [1, 160],
      [3, 8_480]
    ])
    assert.strictEqual(out.packets, 4)
  })
  it("drops packets of a source from before it was heard here", () => {
    const out = stream()
    out.relay(1, packet(10, 0), 160, 0)
    out.relay(2, packet(500, 0), 160, 20)
    assert.isFalse(out.relay(2, packet(499, 0), 160, 25))
    assert.isTrue(out.relay(2, packet(501, 160), 160, 40))
    assert.strictEqual(out.sequence, 1_002)
  })
  it("does not show what is left out as loss", () => {
    const out = stream()
    out.relay(1, packet(10, 0), 160, 0)
    out.skip(1, 11)
    assert.isTrue(out.relay(1, packet(12, 320), 160, 40))
    assert.strictEqual(out.sequence, 1_001)
    assert.isFalse(out.relay(1, packet(10, 0), 160, 41), "its number is taken")
  })
  it("bridges a source that begins anew, by numbers or by time", () => {
    const out = stream()
    out.relay(1, packet(10, 0), 160, 0)
    out.relay(1, packet(40_000, 160), 160, 20)
    assert.deepStrictEqual(header(out), { marker: true, sequence: 1_001, timestamp: 5_160 })
    out.relay(1, packet(40_001, 123_456_789), 160, 40)
    assert.deepStrictEqual(header(out), { marker: true, sequence: 1_002, timestamp: 5_320 })
  })
  it("keeps the timestamp of an event and goes on after it", () => {
    const out = stream()
    out.next(1, 160, 0)
    out.next(2, 160, 20)
    const began = out.timestamp
    for (const [samples, now] of [
      [320, 40],
      [480, 60],
      [480, 80]
    ]) {
      out.again(samples, now)
      assert.deepStrictEqual([out.timestamp, out.marker], [began, false])
    }
    out.next(1, 160, 140)
    assert.deepStrictEqual(header(out), { marker: true, sequence: 1_005, timestamp: 5_160 + 120 * 8 })
  })
  it("follows a source for days", () => {
    const out = stream()
    for (let i = 0; i < 200_000; i += 1) {
      assert.isTrue(out.relay(1, packet(i & 0xffff, (i * 160) >>> 0), 160, i * 20))
      assert.strictEqual(out.sequence, (1_000 + i) & 0xffff)
      assert.strictEqual(out.timestamp, (5_000 + i * 160) >>> 0)
    }
  })
  it.prop(
    "never goes back, repeats a number, or leaves one out, whatever is switched when",
    { seed: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1e6 })) },
    ({ seed }) => {
      const next = numbers(seed)
      const out = stream(Math.floor(next() * 65_536), Math.floor(next() * 2 ** 32))
      const inputs = [1, 2, 3].map((source) => ({
        source,
        sequence: Math.floor(next() * 65_536),
        timestamp: Math.floor(next() * 2 ** 32)
      }))
      let last: { sequence: number; timestamp: number; now: number } | null = null
      let first = { timestamp: 0, now: 0 }
      let chosen = inputs[0]
      for (let i = 0; i < 400; i += 1) {
        if (next() < 0.1) chosen = inputs[Math.floor(next() * 3)]
        const now = 20 * i + 10 * next()
        for (const input of inputs) {
          input.sequence = (input.sequence + 1) & 0xffff
          input.timestamp = (input.timestamp + 160) >>> 0
        }
        if (chosen.source === 3) out.next(3, 160, now)
        else out.relay(chosen.source, { ...chosen, marker: false }, 160, now)
        if (last !== null) {
          assert.strictEqual(sequenceAfter(out.sequence, last.sequence), 1)
          const step = timestampAfter(out.timestamp, last.timestamp)
          assert.isAtLeast(step, 160 - 1)
          const inStream = timestampAfter(out.timestamp, first.timestamp) / 8
          assert.isAtMost(Math.abs(inStream - (now - first.now)), 35, "time in the stream is time on the clock")
        }
        last = { sequence: out.sequence, timestamp: out.timestamp, now }
        if (i === 0) first = last
      }
    },
    { arbitrary: { runs: 100, seed: 1 } }
  )
})
