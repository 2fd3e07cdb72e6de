import { assert, describe, it } from "@effect/vitest"
import { Latch } from "../../../src/media/rtp/Latch.ts"

const signalled = { address: "192.0.2.1", port: 4_000 }
const nat = { address: "198.51.100.7", port: 61_000 }
const stranger = { address: "203.0.113.9", port: 9 }

/** `count` packets in order from one endpoint, 20 ms apart; how many were taken. */
const stream = (latch: Latch, from: typeof nat, startMillis: number, count: number, ssrc = 7, step = 1): number => {
  let taken = 0
  for (let i = 0; i < count; i += 1) {
    if (latch.accept(from.address, from.port, ssrc, (65_530 + i * step) & 0xffff, startMillis + 20 * i)) taken += 1
  }
  return taken
}

describe("symmetric RTP: RFC 4961", () => {
  it("sends where the SDP says until the first packet comes, then to where it came from", () => {
    const latch = new Latch(signalled)
    assert.deepStrictEqual([latch.target, latch.latched], [signalled, null])
    assert.strictEqual(stream(latch, nat, 0, 3), 3)
    assert.deepStrictEqual([latch.target, latch.latched], [nat, nat])
  })
  it("refuses strangers while the far end is heard", () => {
    const latch = new Latch(signalled)
    for (let now = 0; now < 10_000; now += 1_000) {
      assert.strictEqual(stream(latch, nat, now, 1), 1)
      assert.strictEqual(stream(latch, stranger, now + 10, 20), 0)
    }
    assert.deepStrictEqual(latch.target, nat)
  })
  it("gives way to the endpoint the SDP names", () => {
    const latch = new Latch(signalled)
    stream(latch, stranger, 0, 5)
    assert.strictEqual(stream(latch, signalled, 100, 1), 1)
    assert.deepStrictEqual(latch.target, signalled)
    assert.strictEqual(stream(latch, stranger, 120, 50), 0)
  })
  it("moves with a phone that comes back elsewhere after two seconds of silence", () => {
    const latch = new Latch(signalled)
    stream(latch, nat, 0, 1)
    assert.strictEqual(stream(latch, stranger, 1_900, 5), 0, "too early")
    assert.strictEqual(stream(latch, stranger, 3_000, 6), 2, "from the fifth packet on")
    assert.deepStrictEqual(latch.target, stranger)
  })
  it("does not move for packets that are no steady stream", () => {
    const latch = new Latch(signalled)
    stream(latch, nat, 0, 1)
    assert.strictEqual(stream(latch, stranger, 5_000, 40, 7, 100), 0, "numbers that jump")
    let taken = 0
    for (let i = 0; i < 40; i += 1) taken += stream(latch, stranger, 6_000 + i, 1, i)
    assert.strictEqual(taken, 0, "a new SSRC every time")
    assert.strictEqual(stream(latch, nat, 9_000, 1), 1)
  })
  it("begins anew with another endpoint in the SDP, and not with the same", () => {
    const latch = new Latch(signalled)
    stream(latch, nat, 0, 1)
    latch.signal({ ...signalled })
    assert.deepStrictEqual(latch.target, nat)
    latch.signal({ address: "192.0.2.2", port: 4_002 })
    assert.deepStrictEqual(latch.target, { address: "192.0.2.2", port: 4_002 })
    assert.strictEqual(stream(latch, stranger, 100, 1), 1)
  })
})
