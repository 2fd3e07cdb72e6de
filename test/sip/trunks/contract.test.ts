import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, type Scope } from "effect"
import { createSocket } from "node:dgram"
import { E164 } from "../../../src/domain/Contact.ts"
import type { LegEvent } from "../../../src/sip/Leg.ts"
import { Sip } from "../../../src/sip/Sip.ts"
import { layerTrunks } from "../../../src/sip/trunks/layerTrunks.ts"
import { type PlacedCall, Trunks } from "../../../src/sip/trunks/Trunks.ts"
import type { TrunkData } from "../../../src/sip/trunks/TrunkSettings.ts"
import { type Address, addressText } from "../../../src/sip/wire/Address.ts"
import { edge, follow } from "../contract/edge.ts"
import {
  description,
  expects,
  receive,
  receiveInvite,
  respond,
  respondWithin,
  type Step
} from "../contract/scenario.ts"
import { sipp } from "../contract/sipp.ts"
import { sdp } from "../pair/pair.ts"
import { trunkOf } from "./trunkOf.ts"

const wanted = { number: E164.make("+4930123456"), sdp: sdp(4_000) }
const at =
  (address: Address, more: Partial<TrunkData> = {}) =>
  (name: string) =>
    trunkOf(name, { host: addressText(address), ...more })

const answered = (...actions: ReadonlyArray<string>): ReadonlyArray<Step> => [
  receiveInvite(actions.join("")),
  respond("180 Ringing"),
  respond("200 OK", { body: description, retrans: true }),
  receive("ACK"),
  receive("BYE"),
  respondWithin("200 OK")
]
const refused = (status: string): ReadonlyArray<Step> => [
  receiveInvite(),
  respond(status, { headers: ["Retry-After: 90"], retrans: true }),
  receive("ACK")
]

/** A peer that hears everything and says nothing. */
const mute: Effect.Effect<Address, never, Scope.Scope> = Effect.map(
  Effect.acquireRelease(
    Effect.callback<ReturnType<typeof createSocket>>((resume) => {
      const socket = createSocket("udp4")
      socket.bind(0, "127.0.0.4", () => resume(Effect.succeed(socket)))
    }),
    (socket) => Effect.callback<void>((resume) => void socket.close(() => resume(Effect.void)))
  ),
  (socket) => ({ host: "127.0.0.4", port: socket.address().port })
)

/** Follows a call, hanging up when it is answered. */
const followed = ({ leg }: PlacedCall) =>
  follow(leg, (event: LegEvent) => (event._tag === "Answered" ? Effect.forkChild(leg.hangUp) : Effect.void))
const trunksTried = ({ attempts }: PlacedCall) => Effect.map(attempts, (all) => all.map(({ trunk }) => trunk))
const clean = Effect.gen(function* () {
  const { counters, legCount } = yield* Sip.use((sip) => sip.status)
  assert.deepStrictEqual([legCount, counters.faults], [0, 0])
})
const over = (...trunks: ReadonlyArray<ReturnType<typeof trunkOf>>) =>
  layerTrunks(trunks).pipe(Layer.provideMerge(edge()))
const place = Trunks.use((trunks) => trunks.place(wanted))
const states = Effect.map(
  Trunks.use((trunks) => trunks.status),
  (all) => all.map(({ lines, name, reason, state }) => `${name} ${state} ${lines} ${reason}`.trim())
)

describe("trunks against SIPp", () => {
  it.live("503 of one leads to the other, and the one is left alone as long as it asks", () =>
    Effect.gen(function* () {
      const bad = yield* sipp("bad", refused("503 Service Unavailable"))
      const good = yield* sipp("good", answered(), { callCount: 2 })
      const program = Effect.gen(function* () {
        const first = yield* place
        assert.deepStrictEqual(yield* followed(first), ["Ringing 180", "Answered sendrecv", "Ended by us"])
        assert.deepStrictEqual(yield* trunksTried(first), ["bad", "good"])
        assert.deepStrictEqual(yield* states, ["bad resting 0 a call was refused with 503", "good up 0"])
        const second = yield* place
        yield* followed(second)
        assert.deepStrictEqual(yield* trunksTried(second), ["good"])
        for (const { done } of [bad, good]) {
          const { code, errors } = yield* done
          assert.strictEqual(code, 0, errors)
        }
        yield* clean
      })
      const trunks = [at(bad.address)("bad"), at(good.address, { priority: 2 })("good")]
      yield* Effect.provide(Effect.scoped(program), over(...trunks))
    }).pipe(Effect.scoped, Effect.timeout("60 seconds"))
  )
  it.live(
    "silence of one leads to the other after the six seconds of its settings, and at once when OPTIONS has told of it",
    () =>
      Effect.gen(function* () {
        const far = yield* mute
        const good = yield* sipp("good", answered(), { callCount: 2, timeoutSeconds: 60 })
        const program = Effect.gen(function* () {
          const first = yield* place
          assert.deepStrictEqual(yield* followed(first), ["Ringing 180", "Answered sendrecv", "Ended by us"])
          // Before OPTIONS could have told: that takes twelve seconds.
          assert.deepStrictEqual(yield* states, ["mute resting 0 a call got no answer", "good up 0"])
          yield* Effect.sleep("7 seconds")
          assert.deepStrictEqual(yield* states, ["mute down 0 OPTIONS is not answered", "good up 0"])
          const second = yield* place
          assert.deepStrictEqual((yield* followed(second)).at(-1), "Ended by us")
          assert.deepStrictEqual(yield* trunksTried(second), ["good"])
          assert.deepStrictEqual(yield* trunksTried(first), ["mute", "good"])
          const { code, errors } = yield* good.done
          assert.strictEqual(code, 0, errors)
          yield* clean
        })
        const trunks = [at(far, { keepAliveSeconds: 30 })("mute"), at(good.address, { priority: 2 })("good")]
        yield* Effect.provide(Effect.scoped(program), over(...trunks))
      }).pipe(Effect.scoped, Effect.timeout("90 seconds"))
  )
  it.live("the caller, the number called and the trunk's headers are on the wire as it wants them", () =>
    Effect.gen(function* () {
      const shown = yield* sipp(
        "shown",
        answered(
          expects("From", "^ &lt;sip:030999@carrier.example&gt;;tag=.*", 11),
          expects("P-Asserted-Identity", "^ &lt;sip:030999@carrier.example&gt;$", 12),
          expects("To", "^ &lt;sip:12%230123456@carrier.example&gt;$", 13),
          expects("X-Account", "^ 7$", 14)
        )
      )
      const hidden = yield* sipp(
        "hidden",
        answered(
          expects("From", "^ .Anonymous. &lt;sip:anonymous@anonymous.invalid&gt;;tag=.*", 11),
          expects("P-Asserted-Identity", "^ &lt;sip:.4930901820@127.0.0.3&gt;$", 12),
          expects("Privacy", "^ id$", 13)
        )
      )
      const national = { format: "national", countryCode: "+49" } as const
      const trunk = at(shown.address, {
        domain: "carrier.example",
        linesMax: 1,
        calledNumbers: { format: "prefixes", rules: [{ from: "+4930", to: "12#0" }] },
        callerNumbers: national,
        callerIdStyle: "from-and-asserted",
        headers: ["X-Account: 7"]
      })("shown")
      const other = at(hidden.address, { callerIdStyle: "from-and-asserted", priority: 2 })("hidden")
      const program = Effect.gen(function* () {
        const { place } = yield* Trunks
        const open = yield* place({ ...wanted, callerId: "+4930999" })
        // The first trunk has one line: the second call is the other's.
        const withheld = yield* place({ ...wanted, anonymous: true })
        for (const call of [open, withheld]) assert.strictEqual((yield* followed(call)).at(-1), "Ended by us")
        for (const { done } of [shown, hidden]) {
          const { code, errors } = yield* done
          assert.strictEqual(code, 0, errors)
        }
        yield* clean
      })
      yield* Effect.provide(Effect.scoped(program), over(trunk, other))
    }).pipe(Effect.scoped, Effect.timeout("60 seconds"))
  )
})
