import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { decodeSample, encodeSample } from "../../../src/media/audio/g711.ts"
import { readWav } from "../../../src/media/audio/readWav.ts"
import { hertzOfKey, toneOf } from "../../../src/media/audio/tones.ts"
import { promptOf } from "../../../src/media/prompts/Prompt.ts"
import { readRtcp, writeRtcp } from "../../../src/media/rtp/rtcp.ts"
import { countingPrompt, farEnd, filled, remoteOf, rig, rtp } from "./rig.ts"

type Sent = { readonly sequence: number; readonly timestamp: number }
/** Sequence numbers and timestamps against the first. */
const steps = (sent: ReadonlyArray<Sent>) =>
  sent.map(({ sequence, timestamp }) => [(sequence - sent[0].sequence) & 0xffff, (timestamp - sent[0].timestamp) >>> 0])

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

describe("listening", () => {
  const say = async (listening: { tones?: boolean; machine?: boolean }, sound: Int16Array) => {
    const { engine, leg, log, run } = rig()
    const a = await leg(1)
    const { answeringMachineDefaults } = await import("../../../src/media/detection/AnsweringMachine.ts")
    const { machine = false, tones = false } = listening
    await engine.handle("listen", {
      leg: a.id,
      listening: { keys: true, tones, answeringMachine: machine ? answeringMachineDefaults : null }
    })
    const { mulaw } = promptOf(sound)
    for (let i = 0; i * 160 + 160 <= mulaw.length; i += 1) {
      run(1_000 + 20 * i)
      a.receive(rtp(i, 160 * i, mulaw.subarray(160 * i, 160 * i + 160)))
    }
    run(1_200 + mulaw.length / 8)
    return log.filter(({ event }) => event.kind !== "latched")
  }
  const silence = (millis: number) => ({ hertz: [], millis, dBm0: 0 })

  it("hears beeps and special information tones, and when", async () => {
    const [beep, ...more] = await say(
      { tones: true },
      toneOf([silence(500), { hertz: [1_000], millis: 400, dBm0: -10 }, silence(200)])
    )
    assert.deepStrictEqual(more, [])
    assert.deepStrictEqual(beep.event.kind === "tone" && beep.event.tone.kind, "beep")
    assert.closeTo(beep.atMillis - 1_001_000, 900 + 60, 40)
  })
  it("tells a person from a machine, once", async () => {
    const word = { hertz: [300, 900], millis: 400, dBm0: -20 }
    const person = await say({ machine: true }, toneOf([silence(300), word, silence(3_000)]))
    assert.deepStrictEqual(
      person.map(({ event }) => event),
      [{ kind: "answeringMachine", verdict: { verdict: "human", cause: "silence-after-greeting", millis: 1_500 } }]
    )
  })
  it("does not hear keys as tones where they come as events", async () => {
    assert.deepStrictEqual(
      await say({}, toneOf([{ hertz: hertzOfKey("5"), millis: 200, dBm0: -10 }, silence(100)])),
      []
    )
  })
})

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

describe("watching", () => {
  it("says when a leg has been silent for too long, once, and when it is heard again", async () => {
    const { leg, log, run } = rig()
    const a = await leg(1, {}, 3_000)
    for (let now = 1_000; now < 5_000; now += 20) {
      run(now)
      a.receive(rtp(now / 20, now * 8, filled(1)))
    }
    run(12_000)
    a.receive(rtp(900, 0, filled(1)))
    const seen = log.map(({ atMillis, event }) => `${atMillis - 1_000_000} ${event.kind}`)
    assert.deepStrictEqual(seen, ["1000 latched", "7980 silent", "12000 heardAgain"])
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
