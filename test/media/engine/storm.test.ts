import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { answeringMachineDefaults } from "../../../src/media/detection/AnsweringMachine.ts"
import { sequenceAfter, timestampAfter } from "../../../src/media/rtp/RtpPacket.ts"
import { writeRtcp } from "../../../src/media/rtp/rtcp.ts"
import { numbers } from "../soundSources.ts"
import { countingPrompt, farEnd, filled, remoteOf, rig, rtp } from "./rig.ts"

const Seed = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1e6 }))

describe("whatever comes and whatever is asked", () => {
  it.effect.prop(
    "no packet throws, at a leg that plays, listens and records",
    { seed: Seed },
    ({ seed }) =>
      Effect.promise(async () => {
        const next = numbers(seed)
        const { engine, leg, net, run } = rig()
        const [a, b] = [await leg(1), await leg(2, { law: "alaw", payloadType: 8 })]
        await engine.handle("bridge", { a: a.id, b: b.id })
        await engine.handle("record", { leg: a.id, path: "x.wav" })
        await engine.handle("listen", {
          leg: a.id,
          listening: { keys: true, tones: true, answeringMachine: answeringMachineDefaults }
        })
        const bye = writeRtcp({ ssrc: 1, sender: null, reports: [], name: "x", isBye: true })
        for (let i = 0; i < 300; i += 1) {
          run(1_000 + 20 * i)
          const length = Math.floor(next() * 300)
          const good = next() < 0.3 ? bye : rtp(i, 160 * i, filled(i & 0xff), { payloadType: [0, 8, 101, 13][i % 4] })
          const bytes = next() < 0.5 ? Uint8Array.from({ length }, () => next() * 256) : Uint8Array.from(good)
          if (bytes.length > 1 && next() < 0.5) bytes[0] = 0x80 | (bytes[0] & 0x3f)
          for (let changes = next() * 3; changes > 0; changes -= 1)
            bytes[Math.floor(next() * bytes.length)] = next() * 256
          net.deliver(a.port + (next() < 0.5 ? 0 : 1), bytes.subarray(0, next() < 0.8 ? bytes.length : 12), farEnd(1))
        }
        await engine.handle("shutdown", null)
      }),
    { arbitrary: { runs: 100, seed: 1 } }
  )
  it.effect.prop(
    "a leg's stream never goes back, repeats or leaves out a number, and time in it is time on the clock",
    { seed: Seed },
    ({ seed }) =>
      Effect.promise(async () => {
        const next = numbers(seed)
        const { engine, leg, run } = rig()
        const legs = [
          await leg(1),
          await leg(2, { keysOut: null }),
          await leg(3, { law: "alaw", payloadType: 8, packetMillis: 30 })
        ]
        const prompt = await engine.handle("loadPrompt", { prompt: countingPrompt(30 * 160) })
        let plays = 0
        const any = () => legs[Math.floor(next() * legs.length)]
        const commands: ReadonlyArray<() => Promise<unknown>> = [
          () => engine.handle("play", { leg: any().id, play: (plays += 1), prompt, loop: next() < 0.5 }),
          () => engine.handle("sendKeys", { leg: any().id, play: (plays += 1), keys: "19#" }),
          () => engine.handle("beep", { leg: any().id, play: (plays += 1) }),
          () => engine.handle("stop", { leg: any().id, play: null }),
          () => engine.handle("unbridge", { leg: any().id }),
          () => engine.handle("bridge", { a: legs[Math.floor(next() * 2)].id, b: legs[2].id }),
          () => engine.handle("bridge", { a: legs[0].id, b: legs[1].id }),
          () => engine.handle("setRemote", { leg: legs[0].id, remote: remoteOf(1, { sends: next() < 0.8 }) })
        ]
        for (let i = 0; i < 500; i += 1) {
          run(1_000 + 20 * i)
          legs.forEach((one, host) =>
            one.receive(
              rtp(i + 7 * host, 160 * i + host, filled(i & 0x7f), { ssrc: host + 1, payloadType: host === 2 ? 8 : 0 })
            )
          )
          if (next() < 0.1) await commands[Math.floor(next() * commands.length)]()
        }
        for (const one of legs) {
          const [sent, at] = [one.sent(), one.sentAt()]
          sent.slice(1).forEach((packet, i) => {
            assert.strictEqual(sequenceAfter(packet.sequence, sent[i].sequence), 1)
            assert.strictEqual(packet.ssrc, sent[0].ssrc)
            const step = timestampAfter(packet.timestamp, sent[i].timestamp)
            assert.isAtLeast(step, 0)
            // A key keeps the time it began at.
            if (packet.payloadType === 101) return
            const clock = at[i + 1] - at[0]
            assert.isAtMost(
              Math.abs(timestampAfter(packet.timestamp, sent[0].timestamp) / 8 - clock),
              60,
              `packet ${i}`
            )
          })
        }
      }),
    { arbitrary: { runs: 60, seed: 1 } }
  )
})
