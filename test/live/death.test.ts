import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Media } from "../../src/media/Media.ts"
import { Sip } from "../../src/sip/Sip.ts"
import { addressText } from "../../src/sip/wire/Address.ts"
import { agentPhone, callAgent } from "./harness/agent.ts"
import { until } from "./harness/host.ts"
import { placeCall } from "./harness/liveCall.ts"
import { outpace } from "./harness/outpace.ts"
import { sippTrunk } from "./harness/sippTrunk.ts"
import { sine } from "./harness/voice.ts"

const unconfirmed = { _tag: "Ended", by: "us", confirmed: false } as const

// Each asks for 32 s whether the far end has hung up (RFC 3261, Timer F), so they wait side by side.
describe.concurrent("a far end that dies in a call", () => {
  it.live("agent's phone: it falls silent, the customer does not, and no one confirms its end", () =>
    Effect.gen(function* () {
      const trunk = yield* sippTrunk({ rules: [], otherwise: { _tag: "Answer", ringMillis: 0, hertz: 1_000 } })
      const phone = yield* agentPhone("agent1", sine(700, 30_000))
      const agent = yield* callAgent("agent1")
      const customer = yield* placeCall({
        to: `sip:1@${addressText(trunk.address)}`,
        from: "sip:+4930999@outpace.test"
      })
      yield* customer.saw("Answered")
      yield* Media.use((media) => media.bridge(customer.media, agent.media))
      yield* customer.heard("latched")
      yield* phone.kill
      yield* agent.heard("silent")
      assert.isFalse(customer.happenings.some(({ event }) => event.kind === "silent"))
      assert.deepInclude(yield* customer.leg.hangUp, { _tag: "Ended", by: "us", confirmed: true })
      assert.deepInclude(yield* agent.leg.hangUp, unconfirmed)
      yield* until("SIPp has ended the call", () => trunk.calls()[0].end === "hung up by caller")
      assert.deepInclude(yield* Sip.use((sip) => sip.status), { legCount: 0 })
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("60 seconds"))
  )
  it.live("trunk: the customer falls silent, the agent does not, and new calls fail with 408", () =>
    Effect.gen(function* () {
      const trunk = yield* sippTrunk({ rules: [], otherwise: { _tag: "Answer", ringMillis: 0, hertz: 1_000 } })
      const to = { to: `sip:1@${addressText(trunk.address)}`, from: "sip:+4930999@outpace.test" }
      const customer = yield* placeCall(to)
      yield* customer.saw("Answered")
      yield* customer.heard("latched")
      yield* trunk.kill
      yield* customer.heard("silent")
      const next = yield* placeCall(to)
      const [old, failed] = yield* Effect.all([customer.leg.hangUp, next.leg.ended], { concurrency: "unbounded" })
      assert.deepInclude(old, unconfirmed)
      assert.deepStrictEqual([failed._tag, failed.cause.status], ["Failed", 408])
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("60 seconds"))
  )
})
