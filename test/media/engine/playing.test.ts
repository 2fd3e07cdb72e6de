import { assert, describe, it } from "@effect/vitest"
import { countingPrompt, filled, rig, rtp, steps } from "./rig.ts"

describe("playing", () => {
  it("sends a prompt every 20 ms from its due times, and says when it is over", async () => {
    const { engine, leg, run } = rig()
    const a = await leg(1)
    const prompt = await engine.handle("loadPrompt", { prompt: countingPrompt(5 * 160 + 40) })
    await engine.handle("play", { leg: a.id, play: 1, prompt, loop: false })
    run(2_000)
    assert.deepStrictEqual(
      a.sent().map(({ payload }) => payload[0]),
      [0, 1, 2, 3, 4, 5]
    )
    assert.deepStrictEqual(a.sent()[5].payload, [
      ...new Array<number>(40).fill(5),
      ...new Array<number>(120).fill(0xff)
    ])
    assert.deepStrictEqual(
      steps(a.sent()),
      [0, 1, 2, 3, 4, 5].map((i) => [i, 160 * i])
    )
    const times = a.sentAt()
    assert.isTrue(times[0] >= 1_000 && times[0] < 1_020)
    times.forEach((time, i) => assert.closeTo(time, times[0] + 20 * i, 1e-6))
    assert.deepStrictEqual(a.events(), [{ kind: "playEnded", play: 1, how: "finished" }])
    assert.deepStrictEqual(
      a.sent().map(({ marker }) => marker),
      [true, false, false, false, false, false]
    )
  })
  it("spreads legs over the packet time", async () => {
    const { engine, leg, net, run } = rig()
    const prompt = await engine.handle("loadPrompt", { prompt: countingPrompt(160) })
    const legs = []
    for (let i = 0; i < 40; i += 1) legs.push(await leg(1))
    for (const { id } of legs) await engine.handle("play", { leg: id, play: 1, prompt, loop: false })
    run(1_100)
    const times = legs.map(({ port }) => net.sent(port)[0].atMillis - 1_000).sort((x, y) => x - y)
    const gaps = times.map((time, i) => time - (times[i - 1] ?? 0))
    assert.isAtMost(Math.max(...gaps), 1.5, "no two milliseconds without a leg")
  })
  it("does not drift in ten minutes of music, and stops at once", async () => {
    const { engine, leg, run } = rig()
    const a = await leg(1)
    const prompt = await engine.handle("loadPrompt", { prompt: countingPrompt(7 * 160) })
    await engine.handle("play", { leg: a.id, play: 1, prompt, loop: true })
    run(1_000 + 600_000)
    const times = a.sentAt()
    assert.strictEqual(times.length, 30_000)
    assert.closeTo(times[29_999] - times[0], 29_999 * 20, 1e-3)
    assert.deepStrictEqual(
      a
        .sent()
        .slice(0, 15)
        .map(({ payload }) => payload[0]),
      [0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0]
    )
    await engine.handle("stop", { leg: a.id, play: null })
    run(700_000)
    assert.strictEqual(a.sent().length, 30_000)
    assert.deepStrictEqual(a.events(), [{ kind: "playEnded", play: 1, how: "stopped" }])
  })
  it("loops a prompt that is no whole number of packets without a gap", async () => {
    const { engine, leg, run } = rig()
    const a = await leg(1)
    const sound = Uint8Array.from({ length: 100 }, (_, i) => i)
    const prompt = await engine.handle("loadPrompt", { prompt: { mulaw: sound, alaw: sound } })
    await engine.handle("play", { leg: a.id, play: 1, prompt, loop: true })
    run(1_100)
    const all = a.sent().flatMap(({ payload }) => payload)
    assert.isAtLeast(all.length, 640)
    assert.isTrue(all.every((value, i) => value === i % 100))
  })
  it("replaces what is playing, beeps over it, and goes on", async () => {
    const { engine, leg, run } = rig()
    const a = await leg(1)
    const music = await engine.handle("loadPrompt", { prompt: countingPrompt(10_000 * 160) })
    await engine.handle("play", { leg: a.id, play: 1, prompt: music, loop: true })
    run(1_110)
    await engine.handle("beep", { leg: a.id, play: 2 })
    run(1_400)
    const before = a
      .sent()
      .slice(0, 5)
      .map(({ payload }) => payload[0])
    const after = a
      .sent()
      .slice(15)
      .map(({ payload }) => payload[0])
    assert.deepStrictEqual(
      before.concat(after),
      Array.from({ length: before.length + after.length }, (_, i) => i)
    )
    assert.deepStrictEqual(
      steps(a.sent()),
      a.sent().map((_, i) => [i, 160 * i])
    )
    await engine.handle("play", { leg: a.id, play: 3, prompt: music, loop: false })
    await engine.handle("stop", { leg: a.id, play: 99 })
    assert.deepStrictEqual(a.events(), [
      { kind: "playEnded", play: 2, how: "finished" },
      { kind: "playEnded", play: 1, how: "replaced" }
    ])
  })
  it("silences the bridge while it plays, and a new bridge ends it", async () => {
    const { engine, leg, run } = rig()
    const [a, b] = [await leg(1), await leg(2)]
    const prompt = await engine.handle("loadPrompt", { prompt: countingPrompt(2 * 160) })
    await engine.handle("play", { leg: a.id, play: 1, prompt, loop: true })
    await engine.handle("bridge", { a: a.id, b: b.id })
    assert.deepStrictEqual(a.events(), [{ kind: "playEnded", play: 1, how: "replaced" }])
    await engine.handle("play", { leg: a.id, play: 2, prompt, loop: false })
    run(1_030)
    b.receive(rtp(1, 0, filled(77)))
    assert.isFalse(a.sent().some(({ payload }) => payload[0] === 77))
    run(1_100)
    b.receive(rtp(5, 640, filled(77)))
    assert.deepStrictEqual([a.sent().at(-1)?.payload[0], a.sent().at(-1)?.marker], [77, true])
  })
  it("sends keys as events", async () => {
    const { engine, leg, run } = rig()
    const a = await leg(1, { keysOut: 97 })
    await engine.handle("sendKeys", { leg: a.id, play: 4, keys: "1#" })
    run(2_000)
    const sent = a.sent()
    assert.deepStrictEqual(new Set(sent.map(({ payloadType }) => payloadType)), new Set([97]))
    assert.deepStrictEqual(
      sent.map(({ payload }) => payload[0]),
      [...new Array<number>(8).fill(1), ...new Array<number>(8).fill(11)]
    )
    assert.deepStrictEqual(
      sent.map(({ marker }) => marker),
      sent.map((_, i) => i % 8 === 0)
    )
    assert.deepStrictEqual(new Set(steps(sent).map(([, timestamp]) => timestamp)), new Set([0, 1_600]))
    assert.deepStrictEqual(
      steps(sent).map(([sequence]) => sequence),
      sent.map((_, i) => i)
    )
    assert.deepStrictEqual(a.events(), [{ kind: "playEnded", play: 4, how: "finished" }])
  })
  it("sends keys as tones where events are not agreed on, and hears them", async () => {
    const { engine, leg, run } = rig()
    const [a, b] = [await leg(1, { keysOut: null, keysIn: null }), await leg(2, { keysOut: null, keysIn: null })]
    await engine.handle("listen", { leg: b.id, listening: { keys: true, tones: false, answeringMachine: null } })
    await engine.handle("sendKeys", { leg: a.id, play: 4, keys: "159" })
    for (let now = 1_001; now < 2_000; now += 1) {
      const count = a.sent().length
      run(now)
      for (const { payload, sequence, timestamp } of a.sent().slice(count)) {
        b.receive(rtp(sequence, timestamp, Uint8Array.from(payload)))
      }
    }
    assert.deepStrictEqual(
      b.events().flatMap((event) => (event.kind === "key" ? [`${event.key} by ${event.by}`] : [])),
      ["1 by tone", "5 by tone", "9 by tone"]
    )
  })
})
