import { assert, describe, it } from "@effect/vitest"
import { readRtcp, writeRtcp } from "../../../src/media/rtp/rtcp.ts"
import { farEnd, filled, remoteOf, rig, rtp } from "./rig.ts"

describe("watching", () => {
  it("says when a leg has been silent for too long, again after each such time, and when it is heard again", async () => {
    const { leg, log, run } = rig()
    const a = await leg(1, {}, 3_000)
    for (let now = 1_000; now < 5_000; now += 20) {
      run(now)
      a.receive(rtp(now / 20, now * 8, filled(1)))
    }
    run(12_000)
    assert.deepStrictEqual(
      log.flatMap(({ event }) => (event.kind === "silent" ? [event.silentMillis] : [])),
      [3_000, 6_000]
    )
    a.receive(rtp(900, 0, filled(1)))
    const seen = log.map(({ atMillis, event }) => `${atMillis - 1_000_000} ${event.kind}`)
    assert.deepStrictEqual(seen, ["1000 latched", "7980 silent", "10980 silent", "12000 heardAgain"])
    run(16_000)
    assert.deepStrictEqual(a.events().at(-1)?.kind, "silent")
  })
  it("does not expect sound from a far end on hold", async () => {
    const { engine, leg, run } = rig()
    const a = await leg(1, { receives: false }, 3_000)
    run(60_000)
    assert.deepStrictEqual(a.events(), [])
    await engine.handle("setRemote", { leg: a.id, remote: remoteOf(1) })
    run(64_000)
    assert.deepStrictEqual(
      a.events().map(({ kind }) => kind),
      ["silent"]
    )
  })
  it("counts what is not let in, and why", async () => {
    const { engine, leg } = rig()
    const a = await leg(1)
    const unset = await leg(null)
    unset.receive(rtp(1, 0, filled(1)))
    a.receive(rtp(1, 0, filled(1)))
    a.receive(rtp(2, 0, filled(1)), farEnd(9))
    a.receive(rtp(3, 0, filled(1), { payloadType: 18 }))
    a.receive(Uint8Array.of(0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, 1, 2, 3, 4))
    const { received, source } = await engine.handle("statistics", { leg: a.id })
    assert.deepStrictEqual(received.dropped, { malformed: 1, stranger: 1, payloadType: 1, early: 0 })
    assert.deepStrictEqual([received.packets, received.bytes, source], [1, 160, farEnd(1)])
    assert.strictEqual((await engine.handle("statistics", { leg: unset.id })).received.dropped.early, 1)
  })
  it("reports every 5 s with RTCP, and takes the far end's reports", async () => {
    const { engine, leg, net, run } = rig()
    const [a, b] = [await leg(1), await leg(2)]
    await engine.handle("bridge", { a: a.id, b: b.id })
    for (let i = 0; i < 400; i += 1) {
      run(1_000 + 20 * i)
      if (i % 10 !== 5) a.receive(rtp(i, 160 * i, filled(1)))
    }
    const [first] = net.sentRtcp(a.port)
    const fromA = readRtcp(first.bytes)
    assert.deepStrictEqual([first.atMillis, first.to.port, fromA?.senderReport], [6_000, farEnd(1).port + 1, null])
    assert.deepStrictEqual([fromA?.reports[0].lost, fromA?.reports[0].fractionLost], [25, 25])
    const fromB = readRtcp(net.sentRtcp(b.port)[0].bytes)
    assert.isNotNull(fromB?.senderReport)
    assert.deepStrictEqual(fromB?.reports, [])
    const report = {
      ssrc: fromB?.ssrc ?? 0,
      fractionLost: 3,
      lost: 7,
      extendedHighest: 1,
      jitter: 80,
      lastSenderReport: fromB?.senderReport ?? 0,
      delaySince: 65_536
    }
    const answer = writeRtcp({ ssrc: 1, sender: null, reports: [report], name: "far", isBye: true })
    net.deliver(b.port + 1, answer, farEnd(9))
    assert.isNull((await engine.handle("statistics", { leg: b.id })).farEnd, "a stranger's report")
    run(9_100)
    net.deliver(b.port + 1, answer, farEnd(2))
    const { farEnd: heard } = await engine.handle("statistics", { leg: b.id })
    assert.deepStrictEqual([heard?.lost, heard?.jitterMillis], [7, 10])
    assert.closeTo(heard?.roundTripMillis ?? NaN, 2_100, 0.1)
    assert.deepStrictEqual(b.events(), [{ kind: "farEndLeft" }])
    await engine.handle("close", { leg: a.id })
    assert.isTrue(readRtcp(net.sentRtcp(a.port).at(-1)?.bytes ?? new Uint8Array(0))?.isBye)
  })
})
