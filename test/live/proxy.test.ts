import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Option, Stream } from "effect"
import { Media } from "../../src/media/Media.ts"
import { promptOf } from "../../src/media/prompts/Prompt.ts"
import { Sip } from "../../src/sip/Sip.ts"
import { addressText } from "../../src/sip/wire/Address.ts"
import { baresip } from "./harness/baresip.ts"
import { heardMillis } from "./harness/hearing.ts"
import { until } from "./harness/host.ts"
import { kamailio, type Proxy } from "./harness/kamailio.ts"
import { answerCall, placeCall } from "./harness/liveCall.ts"
import { outpace } from "./harness/outpace.ts"
import { sippTrunk } from "./harness/sippTrunk.ts"
import { sine } from "./harness/voice.ts"

const password = "s3cret"
const answers = { _tag: "Answer", ringMillis: 100, hertz: 1_000 } as const

/** A carrier of SIPp behind a proxy of Kamailio. */
const carrier = Effect.fnUntraced(function* (algorithm: "MD5" | "SHA-256") {
  const rules = [
    { endings: ["1"], behaviour: { ...answers, hangUpMillis: 500 } },
    { endings: ["2"], behaviour: { _tag: "Refuse", status: "486 Busy Here", ringMillis: 0, q850: 17 } as const },
    { endings: ["3"], behaviour: { _tag: "NoAnswer" } as const }
  ]
  const trunk = yield* sippTrunk({ rules, otherwise: answers })
  return { trunk, proxy: yield* kamailio({ trunk: trunk.address, password, algorithm }) }
})

const callBy = (proxy: Proxy, user: string, secret = password) =>
  placeCall({
    to: `sip:${user}@trunk.test`,
    from: "sip:+4930999@outpace.test",
    via: addressText(proxy.address),
    credentials: { user: "outpace", password: secret }
  })
const challenged = ["INVITE +4930999 challenged", "INVITE +4930999 known"]

describe("calls through Kamailio to SIPp", () => {
  for (const algorithm of ["MD5", "SHA-256"] as const) {
    it.live(`answer a challenge of ${algorithm} and stay on the proxy's route: hold, resume, hang up`, () =>
      Effect.gen(function* () {
        const { proxy, trunk } = yield* carrier(algorithm)
        const call = yield* callBy(proxy, "+49301230")
        yield* call.saw("Answered")
        assert.match(yield* call.reoffer("sendonly"), /a=recvonly/)
        assert.match(yield* call.reoffer("sendrecv"), /a=sendrecv/)
        assert.deepStrictEqual(yield* call.leg.hangUp, {
          _tag: "Ended",
          by: "us",
          confirmed: true,
          cause: { status: 0, reason: "", q850: undefined }
        })
        const held = ["INVITE loose", "ACK loose"]
        assert.deepStrictEqual(proxy.log(), [...challenged, "ACK loose", ...held, ...held, "BYE loose"])
        yield* until("SIPp has ended the call", () => trunk.calls()[0].end !== null)
        assert.deepStrictEqual(trunk.calls(), [{ number: "+49301230", caller: "+4930999", end: "hung up by caller" }])
        assert.strictEqual(trunk.errors(), "", trunk.errors())
      }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("30 seconds"))
    )
  }
  it.live("are hung up by the far end, refused with their cause, and given up", () =>
    Effect.gen(function* () {
      const { proxy, trunk } = yield* carrier("MD5")
      const [one, two, three] = yield* Effect.forEach(["+49301", "+49302", "+49303"], (user) => callBy(proxy, user))
      yield* one.saw("Ended")
      yield* two.saw("Failed")
      yield* three.saw("Ringing")
      assert.deepInclude(yield* one.leg.ended, { _tag: "Ended", by: "them" })
      const busy = { status: 486, reason: "Busy Here", q850: 17 }
      assert.deepStrictEqual(yield* two.leg.ended, { _tag: "Failed", cause: busy })
      assert.deepInclude(yield* three.leg.hangUp, { _tag: "Ended", by: "us", confirmed: true })
      yield* until("SIPp has ended the calls", () => trunk.calls().every(({ end }) => end !== null))
      assert.sameDeepMembers(
        trunk.calls().map(({ end, number }) => [number, end]),
        [
          ["+49301", "hung up by far end"],
          ["+49302", "refused 486"],
          ["+49303", "cancelled"]
        ]
      )
      assert.strictEqual(trunk.errors(), "", trunk.errors())
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("30 seconds"))
  )
  it.live("fail with 407 when the password is wrong, after one try", () =>
    Effect.gen(function* () {
      const { proxy, trunk } = yield* carrier("SHA-256")
      const call = yield* callBy(proxy, "+49301230", "wrong")
      yield* call.saw("Failed")
      const end = yield* call.leg.ended
      assert.deepStrictEqual([end._tag, end.cause.status], ["Failed", 407])
      assert.deepStrictEqual(proxy.log(), ["INVITE +4930999 challenged", "INVITE +4930999 challenged"])
      assert.deepStrictEqual(trunk.calls(), [])
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("30 seconds"))
  )
})

describe("an agent's phone behind Kamailio", () => {
  it.live("is called where it has registered there", () =>
    Effect.gen(function* () {
      const { proxy } = yield* carrier("MD5")
      const phone = yield* baresip({ user: "agent1", password, registrar: proxy.address, voice: sine(700, 30_000) })
      yield* until("the phone has registered", () => phone.registered() === "200 OK")
      const call = yield* callBy(proxy, "agent1")
      yield* call.saw("Answered")
      yield* call.heard("latched")
      yield* phone.hangUp
      assert.deepInclude(yield* call.leg.ended, { _tag: "Ended", by: "them" })
      const absent = yield* callBy(proxy, "agent2")
      yield* absent.saw("Failed")
      assert.strictEqual((yield* absent.leg.ended).cause.status, 480)
      const { counters } = yield* Sip.use((sip) => sip.status)
      assert.strictEqual(counters.faults, 0)
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("30 seconds"))
  )
})

describe("Outpace registered at Kamailio", () => {
  it.live("is called there while it is registered, and not after", () =>
    Effect.gen(function* () {
      const sip = yield* Sip
      const { proxy } = yield* carrier("MD5")
      const phone = yield* baresip({ user: "agent1", password, registrar: proxy.address, voice: sine(700, 30_000) })
      const registration = {
        address: "sip:outpace@trunk.test",
        via: addressText(proxy.address),
        credentials: { user: "outpace", password },
        expirySeconds: 600
      }
      const outpaceThere = `sip:outpace@${addressText(proxy.address)}`
      yield* Effect.gen(function* () {
        const registered = yield* sip.register(registration)
        const isRegistered = Effect.map(registered.state, (state) => state.registeredUntilMillis !== undefined)
        yield* until("we have registered", isRegistered)
        const taking = yield* Effect.forkChild(Stream.runHead(sip.inbound))
        yield* phone.dial(outpaceThere)
        const leg = Option.getOrThrow(yield* Effect.timeout(Fiber.join(taking), "10 seconds"))
        assert.deepStrictEqual([leg.from, leg.to], ["agent1", "outpace"])
        const call = yield* answerCall(leg)
        const prompt = yield* Media.use((media) => media.load(promptOf(sine(440, 1_000))))
        assert.strictEqual(yield* call.media.play(prompt), "finished")
        yield* phone.hangUp
        assert.deepInclude(yield* call.leg.ended, { _tag: "Ended", by: "them", confirmed: true })
        yield* phone.saw("CALL_CLOSED")
        assert.isAbove(heardMillis(phone.heard()[0], 440), 700)
      }).pipe(Effect.scoped)
      yield* phone.dial(outpaceThere)
      yield* phone.saw("CALL_CLOSED", 2)
      assert.match(phone.events.at(-1)?.param ?? "", /480/)
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("30 seconds"))
  )
  it.live("says why it is not, where its password is wrong, and that the proxy is there", () =>
    Effect.gen(function* () {
      const sip = yield* Sip
      const { proxy } = yield* carrier("SHA-256")
      const via = addressText(proxy.address)
      const us = { address: "sip:outpace@trunk.test", via, credentials: { user: "outpace", password } }
      const good = yield* sip.register(us)
      const bad = yield* sip.register({ ...us, credentials: { user: "outpace", password: "wrong" } })
      yield* until(
        "one is registered and the other is not",
        Effect.gen(function* () {
          const [is, isNot] = [yield* good.state, yield* bad.state]
          return is.registeredUntilMillis !== undefined && isNot.failingSinceMillis !== undefined
        })
      )
      assert.deepStrictEqual([(yield* good.state).lastStatus, (yield* bad.state).lastStatus], [200, 401])
      assert.strictEqual(yield* sip.ping({ to: "sip:trunk.test", from: "sip:outpace@outpace.test", via }), 200)
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("30 seconds"))
  )
})
