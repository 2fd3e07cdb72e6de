import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { decodeSample, encodeSample } from "../../../src/media/audio/g711.ts"
import { PortPool } from "../../../src/media/engine/PortPool.ts"
import { Timeline } from "../../../src/media/engine/Timeline.ts"
import { numbers } from "../soundSources.ts"

const packet = (level: number, samples = 160) => new Uint8Array(samples).fill(encodeSample("mulaw", level))
const value = (level: number) => decodeSample("mulaw", encodeSample("mulaw", level))
/** All that can be taken at a moment, as one value a frame; null for a frame of several. */
const taken = (timeline: Timeline, nowMillis: number, isLast = false) => {
  const frame = new Int16Array(160)
  const frames: Array<number | null> = []
  while (timeline.take(frame, nowMillis, isLast)) frames.push(frame.every((x) => x === frame[0]) ? frame[0] : null)
  return frames
}

describe("a timeline", () => {
  it("gives sound where its timestamps say, after its delay, and silence where none came", () => {
    const timeline = new Timeline(500, 60)
    timeline.push(1_000, "mulaw", packet(100), 500)
    timeline.push(1_320, "mulaw", packet(300), 540)
    assert.deepStrictEqual(taken(timeline, 570), [])
    assert.deepStrictEqual(taken(timeline, 580), [value(100)])
    assert.deepStrictEqual(taken(timeline, 660), [0, value(300), 0, 0])
  })
  it("puts late and disordered packets in their place, and counts those too late", () => {
    const timeline = new Timeline(0, 60)
    timeline.push(0, "mulaw", packet(100), 0)
    timeline.push(320, "mulaw", packet(300), 40)
    timeline.push(160, "mulaw", packet(200), 55)
    assert.deepStrictEqual(taken(timeline, 120), [value(100), value(200), value(300)])
    timeline.push(160, "mulaw", packet(200), 121)
    assert.strictEqual(timeline.late, 1)
  })
  it("goes on where the clock is when a source begins anew or jumps", () => {
    const timeline = new Timeline(0, 60)
    timeline.push(0, "mulaw", packet(100), 0)
    timeline.restart()
    timeline.push(0xffff_0000, "alaw", new Uint8Array(160).fill(0xd5), 20)
    timeline.push(5, "alaw", new Uint8Array(160).fill(0xaa), 40)
    assert.deepStrictEqual(taken(timeline, 120), [value(100), 8, 32_256])
  })
  it("gives the rest when it is the last time", () => {
    const timeline = new Timeline(0, 400)
    timeline.push(0, "mulaw", packet(100), 0)
    assert.deepStrictEqual(taken(timeline, 45, true), [value(100), 0])
  })
  it("outlives the wrap of timestamps and hours of sound", () => {
    const timeline = new Timeline(0, 60)
    for (let i = 0; i < 500_000; i += 1) {
      timeline.push((0xffff_0000 + 160 * i) >>> 0, "mulaw", packet(100), 20 * i)
      if (i % 25 === 0) assert.isTrue(taken(timeline, 20 * i).every((x) => x === value(100)))
    }
    assert.strictEqual(timeline.late, 0)
  })
  it.prop(
    "loses nothing and moves nothing for any jitter below its delay",
    { seed: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1e6 })) },
    ({ seed }) => {
      const next = numbers(seed)
      const timeline = new Timeline(0, 100)
      const packets = Array.from({ length: 200 }, (_, i) => ({ i, at: 20 * i + (i === 0 ? 0 : 90 * next()) }))
      packets.sort((a, b) => a.at - b.at)
      const heard: Array<number | null> = []
      for (const { at, i } of packets) {
        heard.push(...taken(timeline, at))
        timeline.push(160 * i, "mulaw", packet(100 * (i % 100)), at)
      }
      heard.push(...taken(timeline, 4_000, true))
      assert.deepStrictEqual(
        heard,
        Array.from({ length: 200 }, (_, i) => value(100 * (i % 100)))
      )
    },
    { arbitrary: { runs: 50, seed: 1 } }
  )
})

describe("the pool of ports", () => {
  it("has pairs from an even port on, within the range", () => {
    const pool = new PortPool(10_001, 10_006)
    assert.deepStrictEqual([pool.size, pool.take(), pool.take(), pool.take()], [2, 10_002, 10_004, null])
    assert.strictEqual(new PortPool(10_000, 10_000).size, 0)
  })
  it("gives the pair that has been free for longest", () => {
    const pool = new PortPool(10_000, 10_005)
    const first = pool.take()
    pool.giveBack(first ?? 0)
    assert.deepStrictEqual([pool.take(), pool.take(), pool.take()], [10_002, 10_004, 10_000])
  })
})
