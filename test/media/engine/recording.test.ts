import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { decodeSample, encodeSample } from "../../../src/media/audio/g711.ts"
import { readWav } from "../../../src/media/audio/readWav.ts"
import { promptOf } from "../../../src/media/prompts/Prompt.ts"
import { filled, rig, rtp } from "./rig.ts"

describe("recording", () => {
  const channels = (file: Uint8Array) => {
    const { channels: both } = Result.getOrThrow(readWav(file))
    return both.map((samples) => samples.map((x) => Math.round(x * 32_768)))
  }
  /** Lets the writing that has begun come to its end. */
  const written = () => new Promise<void>((resolve) => setImmediate(resolve))
  const loud = (level: number) => filled(encodeSample("mulaw", level))

  it("has the customer left, the agent right, on one clock, without gaps", async () => {
    const { engine, file, leg, run } = rig()
    const [customer, agent] = [await leg(1), await leg(2)]
    await engine.handle("bridge", { a: customer.id, b: agent.id })
    await engine.handle("record", { leg: customer.id, path: "call.wav" })
    // 3 s; the customer is silent in the second one, the agent's packets come late and in disorder.
    const jitter = [0, 31, 3, 26, 1]
    const deliveries: Array<readonly [number, () => void]> = []
    for (let i = 0; i < 150; i += 1) {
      if (i < 50 || i >= 100) deliveries.push([20 * i, () => customer.receive(rtp(i, 160 * i, loud(1_000)))])
      if (i !== 75)
        deliveries.push([20 * i + jitter[i % 5], () => agent.receive(rtp(i, 160 * i, loud(-2_000), { ssrc: 9 }))])
    }
    for (const [at, deliver] of deliveries.sort(([x], [y]) => x - y)) {
      run(1_000 + at)
      deliver()
    }
    run(4_000)
    const result = await engine.handle("stopRecording", { leg: customer.id })
    assert.deepStrictEqual(result, { millis: 3_000, late: 0 })
    const [left, right] = channels(file("call.wav"))
    const value = (level: number) => decodeSample("mulaw", encodeSample("mulaw", level))
    assert.deepStrictEqual([left.length, right.length], [24_000, 24_000])
    left.forEach((sample, i) => assert.strictEqual(sample, i < 8_000 || i >= 16_000 ? value(1_000) : 0, `left ${i}`))
    const lost = [...right].flatMap((sample, i) => (sample === value(-2_000) ? [] : [i]))
    assert.deepStrictEqual([lost[0], lost.length, lost.at(-1)], [75 * 160, 160, 76 * 160 - 1])
  })
  it("keeps nothing of a pause, wherever its packets are", async () => {
    const { engine, file, leg, run } = rig()
    const a = await leg(1)
    await engine.handle("record", { leg: a.id, path: "call.wav" })
    for (let i = 0; i < 150; i += 1) {
      run(1_000 + 20 * i)
      if (i === 50) await engine.handle("pauseRecording", { leg: a.id })
      if (i === 100) await engine.handle("resumeRecording", { leg: a.id })
      a.receive(rtp(i, 160 * i, loud(1_000)))
    }
    run(4_000)
    await engine.handle("stopRecording", { leg: a.id })
    const [left] = channels(file("call.wav"))
    assert.isTrue(left.subarray(8_000, 16_000).every((sample) => sample === 0))
    assert.isTrue([...left.subarray(0, 8_000), ...left.subarray(16_000, 24_000)].every((sample) => sample !== 0))
    assert.strictEqual(left.length, 24_000)
  })
  it("keeps step with the clock when a far end's clock does not", async () => {
    const { engine, file, leg, run } = rig()
    const a = await leg(1)
    await engine.handle("record", { leg: a.id, path: "call.wav" })
    // One percent too fast for five minutes: three seconds in all. A loud packet every ten seconds of the clock.
    const spoken: Array<number> = []
    for (let i = 0; i < 15_150; i += 1) {
      const now = 1_000 + i * 19.8
      run(now)
      if (i % 500 === 0) await written()
      const isLoud = i % 505 === 0
      if (isLoud) spoken.push((now - 1_000) * 8)
      a.receive(rtp(i, 160 * i, isLoud ? loud(9_000) : filled(0xff)))
    }
    run(301_000)
    const { millis } = await engine.handle("stopRecording", { leg: a.id })
    assert.strictEqual(millis, 300_000)
    const [left] = channels(file("call.wav"))
    const found = [...left].flatMap((sample, i) => (sample > 8_000 && !(left[i - 1] > 8_000) ? [i] : []))
    assert.strictEqual(found.length, spoken.length)
    found.forEach((at, i) => assert.isAtMost(Math.abs(at - spoken[i]) / 8, 201, `at ${at}`))
  })
  it("has what is played to the customer on the right, and can be read at any moment", async () => {
    const { engine, file, leg, run } = rig()
    const a = await leg(1)
    await engine.handle("record", { leg: a.id, path: "call.wav" })
    const prompt = await engine.handle("loadPrompt", { prompt: promptOf(new Int16Array(8_000).fill(5_000)) })
    await engine.handle("play", { leg: a.id, play: 1, prompt, loop: false })
    run(2_500)
    await written()
    const [, soFar] = channels(file("call.wav"))
    assert.isAtLeast(soFar.filter((sample) => sample > 4_000).length, 6_000)
    await engine.handle("close", { leg: a.id })
    assert.strictEqual(channels(file("call.wav"))[1].filter((sample) => sample > 4_000).length, 8_000)
  })
})
