import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { createSocket } from "node:dgram"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Sip } from "../../src/sip/Sip.ts"
import { addressText } from "../../src/sip/wire/Address.ts"
import { numbers } from "../media/soundSources.ts"
import { assertVoice } from "./harness/assertVoice.ts"
import { readTracks } from "./harness/hearing.ts"
import { newHost, until } from "./harness/host.ts"
import { placeCall } from "./harness/liveCall.ts"
import { outpace } from "./harness/outpace.ts"
import { folder } from "./harness/program.ts"
import { sippTrunk } from "./harness/sippTrunk.ts"

const torture = join("test", "sip", "torture")
const messages = ["valid", "invalid"].flatMap((kind) =>
  readdirSync(join(torture, kind)).map((name) => readFileSync(join(torture, kind, name), "latin1"))
)

/** A program on this machine that may speak SIP to us, and does so badly. */
const sender = Effect.acquireRelease(
  Effect.callback<ReturnType<typeof createSocket>>((resume) => {
    const socket = createSocket("udp4")
    socket.bind(5060, newHost(), () => resume(Effect.succeed(socket)))
  }),
  (socket) => Effect.sync(() => socket.close())
)

/** The message as it is, or with up to six bytes changed or its end cut off; always a new branch, so that it counts as new. */
const mutation = (random: () => number, index: number): Buffer => {
  const below = (bound: number) => Math.floor(random() * bound)
  const text = messages[index % messages.length].replaceAll(/branch *= *z9hG4bK/gi, `branch=z9hG4bK${index}x`)
  const bytes = Buffer.from(text, "latin1")
  if (index < messages.length) return bytes
  for (let changes = below(6); changes >= 0; changes -= 1) bytes[below(bytes.length)] = below(256)
  return bytes.subarray(0, below(8) === 0 ? 1 + below(bytes.length) : bytes.length)
}

const messageCount = 2_000
/** So many at once, then waits until they are read, so that none is lost on the way. */
const volley = 50

describe("malformed messages while a call is up", () => {
  it.live("change nothing of it, and none of them is a fault", () =>
    Effect.gen(function* () {
      const sip = yield* Sip
      const trunk = yield* sippTrunk({ rules: [], otherwise: { _tag: "Answer", ringMillis: 0, hertz: 1_000 } })
      const call = yield* placeCall({ to: `sip:1@${addressText(trunk.address)}`, from: "sip:+4930999@outpace.test" })
      yield* call.saw("Answered")
      const file = join(yield* folder("recording"), "call.wav")
      yield* call.media.record(file)
      // Some of the messages are good calls to us; they are refused.
      yield* Effect.forkChild(Stream.runForEach(sip.inbound, (leg) => Effect.forkChild(leg.reject(480))))
      const socket = yield* sender
      const random = numbers(4_475)
      const received = Effect.map(sip.status, ({ counters }) => counters.received)
      for (let sent = 0; sent < messageCount; sent += volley) {
        const before = yield* received
        for (let i = sent; i < sent + volley; i += 1) {
          socket.send(mutation(random, i), sip.address.port, sip.address.host)
        }
        yield* until(
          `${volley} messages more are read`,
          Effect.map(received, (count) => count >= before + volley)
        )
      }
      assert.deepStrictEqual(
        call.events.map(({ _tag }) => _tag),
        ["Ringing", "Answered"]
      )
      assert.match(yield* call.reoffer("sendonly"), /a=recvonly/)
      assert.deepInclude(yield* call.leg.hangUp, { _tag: "Ended", by: "us", confirmed: true })
      const { millis } = yield* call.media.stopRecording
      const [left] = readTracks(file)
      assertVoice(left, 1_000, millis - 500)
      const { counters } = yield* sip.status
      assert.deepStrictEqual([counters.faults, counters.limited], [0, 0])
      assert.isAbove(counters.malformed, 100)
      assert.strictEqual(trunk.errors(), "", trunk.errors())
    }).pipe(Effect.scoped, Effect.provide(outpace({ requestsPerSecond: 100_000 })), Effect.timeout("60 seconds"))
  )
})
