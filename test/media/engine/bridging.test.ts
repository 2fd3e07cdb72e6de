import { assert, describe, it } from "@effect/vitest"
import { decodeSample, encodeSample } from "../../../src/media/audio/g711.ts"
import { filled, remoteOf, rig, rtp, steps } from "./rig.ts"

describe("two legs bridged", () => {
  it("pass sound on under our own SSRC, as it came", async () => {
    const { engine, leg, run } = rig()
    const [a, b] = [await leg(1), await leg(2)]
    await engine.handle("bridge", { a: a.id, b: b.id })
    for (let i = 0; i < 3; i += 1) {
      a.receive(rtp(7 + i, 90 + 160 * i, filled(i), { marker: i === 0 }))
      b.receive(rtp(500 + i, 5 + 160 * i, filled(0x80 + i), { ssrc: 0x9999 }))
      run(1_020 + 20 * i)
    }
    assert.deepStrictEqual(steps(b.sent()), [
      [0, 0],
      [1, 160],
      [2, 320]
    ])
    assert.deepStrictEqual(
      b.sent().map(({ payload }) => payload[0]),
      [0, 1, 2]
    )
    assert.deepStrictEqual(
      b.sent().map(({ marker }) => marker),
      [true, false, false]
    )
    assert.deepStrictEqual(
      a.sent().map(({ payload }) => payload[0]),
      [0x80, 0x81, 0x82]
    )
    const ssrcs = new Set([...a.sent(), ...b.sent()].map(({ ssrc }) => ssrc))
    assert.strictEqual(ssrcs.size, 2)
    assert.isFalse(ssrcs.has(0x1234) || ssrcs.has(0x9999))
  })
  it("change the law where the far ends have different ones", async () => {
    const { engine, leg } = rig()
    const [a, b] = [await leg(1), await leg(2, { law: "alaw", payloadType: 8 })]
    await engine.handle("bridge", { a: a.id, b: b.id })
    const sound = Uint8Array.from({ length: 160 }, (_, i) => encodeSample("mulaw", 1_000 * Math.sin(i)))
    a.receive(rtp(1, 0, sound))
    b.receive(rtp(1, 0, sound, { payloadType: 0, ssrc: 5 }))
    b.receive(rtp(2, 160, filled(0xd5), { payloadType: 8, ssrc: 5 }))
    const [toAlaw] = b.sent()
    assert.strictEqual(toAlaw.payloadType, 8)
    toAlaw.payload.forEach((code, i) =>
      assert.closeTo(decodeSample("alaw", code), decodeSample("mulaw", sound[i]), 40, `sample ${i}`)
    )
    const [asIs, fromAlaw] = a.sent()
    assert.deepStrictEqual([asIs.payload, asIs.payloadType], [[...sound], 0], "a far end may use either law")
    assert.isTrue(fromAlaw.payload.every((code) => Math.abs(decodeSample("mulaw", code)) <= 8))
  })
  it("pass keys on under the number the other has, and say so once", async () => {
    const { engine, leg } = rig()
    const [a, b] = [await leg(1), await leg(2, { keysOut: 96, keysIn: 96 })]
    await engine.handle("bridge", { a: a.id, b: b.id })
    a.receive(rtp(1, 0, filled(1)))
    const event = (end: boolean, samples: number) => Uint8Array.of(5, end ? 0x8a : 0x0a, samples >> 8, samples)
    a.receive(rtp(2, 160, event(false, 160), { payloadType: 101, marker: true }))
    a.receive(rtp(3, 160, event(false, 320), { payloadType: 101 }))
    for (const sequence of [4, 5, 6]) a.receive(rtp(sequence, 160, event(true, 480), { payloadType: 101 }))
    a.receive(rtp(7, 640, filled(2)))
    assert.deepStrictEqual(a.events().slice(1), [{ kind: "key", key: "5", by: "event" }])
    assert.deepStrictEqual(
      b.sent().map(({ payloadType }) => payloadType),
      [0, 96, 96, 96, 96, 96, 0]
    )
    assert.deepStrictEqual(
      steps(b.sent()).map(([, timestamp]) => timestamp),
      [0, 160, 160, 160, 160, 160, 640]
    )
    assert.deepStrictEqual(b.sent()[1].payload, [5, 0x0a, 0, 160])
  })
  it("leave out what the other cannot take without showing a loss", async () => {
    const { engine, leg } = rig()
    const [a, b] = [await leg(1), await leg(2, { keysOut: null, keysIn: null })]
    await engine.handle("bridge", { a: a.id, b: b.id })
    a.receive(rtp(1, 0, filled(1)))
    a.receive(rtp(2, 160, Uint8Array.of(5, 0x8a, 0, 160), { payloadType: 101 }))
    a.receive(rtp(3, 160, filled(9, 1), { payloadType: 13 }))
    a.receive(rtp(4, 480, filled(2)))
    assert.deepStrictEqual(steps(b.sent()), [
      [0, 0],
      [1, 480]
    ])
  })
  it("pass packets of 10 to 60 ms, and leave contributing sources and extensions behind", async () => {
    const { engine, leg } = rig()
    const [a, b] = [await leg(1), await leg(2)]
    await engine.handle("bridge", { a: a.id, b: b.id })
    ;[80, 160, 240, 480].forEach((samples, i) => a.receive(rtp(i, 1_000 * i, filled(i, samples))))
    assert.deepStrictEqual(
      b.sent().map(({ payload }) => payload.length),
      [80, 160, 240, 480]
    )
    const long = Uint8Array.from(Buffer.from("9100000400000fa000001234000000aabede000101020304d5d5", "hex"))
    a.receive(long)
    assert.deepStrictEqual(b.sent().at(-1)?.payload, [0xd5, 0xd5])
  })
  it("go over from one agent to another without a break", async () => {
    const { engine, leg, run } = rig()
    const [customer, first, second] = [await leg(1), await leg(2), await leg(3)]
    await engine.handle("bridge", { a: customer.id, b: first.id })
    first.receive(rtp(10, 0, filled(1), { ssrc: 2 }))
    await engine.handle("bridge", { a: second.id, b: customer.id })
    run(1_050)
    first.receive(rtp(11, 160, filled(1), { ssrc: 2 }))
    second.receive(rtp(60_000, 77, filled(2), { ssrc: 3 }))
    run(1_070)
    second.receive(rtp(60_001, 237, filled(2), { ssrc: 3 }))
    assert.deepStrictEqual(steps(customer.sent()), [
      [0, 0],
      [1, 400],
      [2, 560]
    ])
    customer.receive(rtp(1, 1, filled(3)))
    assert.deepStrictEqual([first.sent().length, second.sent().length], [0, 1])
    await engine.handle("unbridge", { leg: customer.id })
    customer.receive(rtp(2, 161, filled(3)))
    assert.strictEqual(second.sent().length, 1)
  })
  it("are deaf and dumb on hold", async () => {
    const { engine, leg } = rig()
    const [a, b] = [await leg(1), await leg(2)]
    await engine.handle("bridge", { a: a.id, b: b.id })
    await engine.handle("setRemote", { leg: a.id, remote: remoteOf(1, { sends: false, receives: false }) })
    a.receive(rtp(1, 0, filled(1)))
    b.receive(rtp(1, 0, filled(1), { ssrc: 3 }))
    assert.deepStrictEqual([a.sent(), b.sent()], [[], []])
    await engine.handle("setRemote", { leg: a.id, remote: remoteOf(1) })
    b.receive(rtp(2, 160, filled(1), { ssrc: 3 }))
    assert.strictEqual(a.sent().length, 1)
  })
})
