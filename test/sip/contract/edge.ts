import { NodeDns } from "@effect/platform-node"
import { assert } from "@effect/vitest"
import { Effect, Layer, Stream } from "effect"
import { layerSipjs } from "../../../src/sip/layerSipjs.ts"
import type { Call, LegEvent } from "../../../src/sip/Leg.ts"
import { type Leg, Sip } from "../../../src/sip/Sip.ts"
import { type Address, addressText } from "../../../src/sip/wire/Address.ts"
import { UdpSocket } from "../../../src/sip/wire/UdpSocket.ts"
import { randomBelow, sdp } from "../pair/pair.ts"
import type { Step } from "./scenario.ts"
import { sipp } from "./sipp.ts"

/** A socket that loses a share of what it sends and of what it receives. */
const lossy = (percent: number, seed: number) =>
  Layer.effect(
    UdpSocket,
    Effect.gen(function* () {
      const socket = yield* UdpSocket
      const random = randomBelow(seed)
      return UdpSocket.of({
        address: socket.address,
        send: (payload, to) => (random(100) < percent ? Effect.void : socket.send(payload, to)),
        receive: Effect.map(socket.receive, (datagrams) => datagrams.filter(() => random(100) >= percent))
      })
    })
  ).pipe(Layer.provide(UdpSocket.layer({ host: "127.0.0.1", port: 0 })))

const password = { user: "outpace", password: "s3cret" }

/** The SIP edge as the dialler has it, on a free port of 127.0.0.1. */
export const edge = (lossPercent = 0) =>
  layerSipjs({
    peers: ["127.0.0.0/8"],
    requestsPerSecond: 1_000,
    phones: { realm: "outpace", digests: ["MD5"], passwordOf: (user) => (user === "agent" ? "phone" : undefined) }
  }).pipe(Layer.provide([lossy(lossPercent, 42), NodeDns.layer]))

export const callTo = (far: Address): Call => ({
  to: `sip:+4930123@${addressText(far)}`,
  from: "sip:+4930999@127.0.0.1",
  sdp: sdp(4_000)
})

/** One line an event. */
export const line = (event: LegEvent): string => {
  if (event._tag === "Failed")
    return `Failed ${event.cause.status}${event.cause.q850 === undefined ? "" : ` ${event.cause.q850}`}`
  if (event._tag === "Ended") return `Ended by ${event.by}${event.confirmed ? "" : ", unconfirmed"}`
  if (event._tag === "Ringing") return `Ringing ${event.status}`
  if (event._tag === "Key") return `Key ${event.key} ${event.durationMillis}`
  return `${event._tag} ${/a=(\w+)/.exec(event.sdp)?.[1]}`
}

/** Reads a leg's events to their end; `on` acts on them. */
export const follow = (leg: Leg, on: (event: LegEvent) => Effect.Effect<unknown, unknown> = () => Effect.void) =>
  Effect.gen(function* () {
    const lines: Array<string> = []
    yield* Stream.runForEach(leg.events, (event) =>
      Effect.andThen(
        Effect.sync(() => lines.push(line(event))),
        Effect.ignore(on(event))
      )
    )
    return lines
  })

/** Nothing may be left of any call, and nothing may have thrown. */
export const clean = Effect.gen(function* () {
  const { counters, legCount } = yield* Sip.use((sip) => sip.status)
  assert.deepStrictEqual([legCount, counters.faults], [0, 0])
})

interface Outbound {
  readonly credentials?: boolean
  readonly on?: (leg: Leg) => (event: LegEvent) => Effect.Effect<unknown, unknown>
}
const hangUpOnAnswer = (leg: Leg) => (event: LegEvent) =>
  event._tag === "Answered" ? Effect.forkChild(leg.hangUp) : Effect.void

/** Calls SIPp, which follows the steps; answers the leg's events. Hangs up when answered unless told otherwise. */
export const outbound = (
  name: string,
  steps: ReadonlyArray<Step>,
  { credentials = true, on = hangUpOnAnswer }: Outbound = {}
) =>
  Effect.gen(function* () {
    const far = yield* sipp(name, steps)
    const leg = yield* Sip.use((sip) =>
      sip.place({ ...callTo(far.address), ...(credentials ? { credentials: password } : {}) })
    )
    // Once SIPp has left its scenario the call will not come to its end.
    const left = Effect.flatMap(far.done, ({ code, errors }) =>
      code === 0 ? Effect.never : Effect.die(new Error(errors))
    )
    const lines = yield* Effect.raceFirst(follow(leg, on(leg)), left)
    const { code, errors } = yield* far.done
    assert.strictEqual(code, 0, errors)
    yield* clean
    return lines
  }).pipe(Effect.scoped, Effect.provide(edge()), Effect.timeout("60 seconds"))
