import { assert, describe, it } from "@effect/vitest"
import { countingPrompt, filled, rig, rtp } from "./rig.ts"

describe("legs", () => {
  it("take even ports, give them back, and are gone when closed", async () => {
    const { engine, fault, leg, net, run } = rig()
    const [a, b] = [await leg(1), await leg(2)]
    assert.deepStrictEqual([a.port, b.port], [10_000, 10_002])
    await engine.handle("bridge", { a: a.id, b: b.id })
    const prompt = await engine.handle("loadPrompt", { prompt: countingPrompt(16_000) })
    await engine.handle("play", { leg: a.id, play: 1, prompt, loop: true })
    await engine.handle("listen", { leg: a.id, listening: { keys: true, tones: true, answeringMachine: null } })
    await engine.handle("close", { leg: a.id })
    await engine.handle("close", { leg: a.id })
    assert.deepStrictEqual(a.events().at(-1), { kind: "playEnded", play: 1, how: "closed" })
    assert.strictEqual(await fault(engine.handle("statistics", { leg: a.id })), `leg: leg ${a.id} is closed`)
    b.receive(rtp(1, 0, filled(1)))
    await engine.handle("shutdown", null)
    assert.strictEqual(net.open(), 0)
    assert.strictEqual(engine.nextMillis, Infinity, "nothing is left to do")
    run(10_000)
  })
  it("fail with a reason", async () => {
    const { engine, fault, leg } = rig()
    const a = await leg(1)
    assert.strictEqual(
      await fault(engine.handle("bridge", { a: a.id, b: a.id })),
      `leg: leg ${a.id} cannot be bridged to itself`
    )
    assert.strictEqual(
      await fault(engine.handle("play", { leg: a.id, play: 1, prompt: 9, loop: false })),
      "prompt: prompt 9 is not loaded"
    )
    assert.strictEqual(
      await fault(engine.handle("sendKeys", { leg: a.id, play: 1, keys: "12x" })),
      'keys: there is no key "x"; there are 0123456789*#ABCD'
    )
    assert.strictEqual(
      await fault(engine.handle("record", { leg: a.id, path: "no/call.wav" })),
      "recording: no/call.wav cannot be written: no such folder"
    )
    assert.strictEqual(
      await fault(engine.handle("stopRecording", { leg: a.id })),
      `recording: leg ${a.id} is not being recorded`
    )
    await engine.handle("record", { leg: a.id, path: "x" })
    assert.strictEqual(
      await fault(engine.handle("record", { leg: a.id, path: "y" })),
      `recording: leg ${a.id} is being recorded already`
    )
    for (let i = 0; i < 499; i += 1) await leg(1)
    assert.strictEqual(await fault(leg(1)), "ports: all media ports are in use")
  })
})
