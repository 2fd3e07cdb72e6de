import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { join } from "node:path"
import { Media } from "../../src/media/Media.ts"
import { promptOf } from "../../src/media/prompts/Prompt.ts"
import { addressText } from "../../src/sip/wire/Address.ts"
import { agentPhone, callAgent } from "./harness/agent.ts"
import { between, millisOf, onsetMillis, readTracks, rmsAt } from "./harness/hearing.ts"
import { assertVoice } from "./harness/assertVoice.ts"
import { until } from "./harness/host.ts"
import { type LiveCall, placeCall } from "./harness/liveCall.ts"
import { outpace } from "./harness/outpace.ts"
import { folder } from "./harness/program.ts"
import { sippTrunk, type SippTrunk } from "./harness/sippTrunk.ts"
import { bursts, sine } from "./harness/voice.ts"

const callCustomer = Effect.fnUntraced(function* (trunk: SippTrunk, number: string) {
  const call = yield* placeCall({
    to: `sip:${number}@${addressText(trunk.address)}`,
    from: "sip:+4930999@outpace.test"
  })
  yield* call.saw("Answered")
  yield* call.heard("latched")
  return call
})

/** Waits until so much more has been sent to a leg. */
const hears = (call: LiveCall, millis: number) =>
  Effect.gen(function* () {
    const packets = Effect.map(Effect.orDie(call.media.statistics), ({ sent }) => sent.packets)
    const before = yield* packets
    yield* until(
      `${millis} ms more are sent`,
      Effect.map(packets, (count) => count >= before + millis / 20)
    )
  })

describe("a customer of SIPp and an agent at baresip, bridged", () => {
  it.live("hear each other, and both are recorded", () =>
    Effect.gen(function* () {
      const trunk = yield* sippTrunk({ rules: [], otherwise: { _tag: "Answer", ringMillis: 100, hertz: 1_000 } })
      const phone = yield* agentPhone("agent1", sine(700, 30_000))
      const [agent, customer] = [yield* callAgent("agent1"), yield* callCustomer(trunk, "+49301230")]
      const cwd = yield* folder("recording")
      yield* customer.media.record(join(cwd, "customer.wav"))
      yield* Media.use((media) => media.bridge(customer.media, agent.media))
      yield* hears(agent, 4_000)
      yield* customer.media.stopRecording
      yield* agent.leg.hangUp
      yield* customer.leg.hangUp
      yield* phone.saw("CALL_CLOSED")
      assertVoice(phone.heard()[0], 1_000, 3_700)
      // Left is what the customer says, right what he hears.
      const [left, right] = readTracks(join(cwd, "customer.wav"))
      assertVoice(left, 1_000, 3_700)
      assertVoice(right, 700, 3_700)
      assert.isBelow(rmsAt(between(left, 500, 3_500), 700), 0.001)
      const { received } = yield* customer.media.statistics
      assert.deepStrictEqual([received.lost, received.dropped.stranger, received.dropped.malformed], [0, 0, 0])
      assert.strictEqual(trunk.errors(), "", trunk.errors())
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
  it.live("hear each other at once: the agent's own voice comes back from an echo", () =>
    Effect.gen(function* () {
      const trunk = yield* sippTrunk({
        rules: [],
        otherwise: { _tag: "Answer", ringMillis: 0, hertz: null },
        echoes: true
      })
      yield* agentPhone("agent1", bursts(700, 30))
      const agent = yield* callAgent("agent1")
      const customer = yield* placeCall({
        to: `sip:+49301230@${addressText(trunk.address)}`,
        from: "sip:+4930999@outpace.test"
      })
      yield* customer.saw("Answered")
      yield* Media.use((media) => media.bridge(customer.media, agent.media))
      yield* hears(agent, 500)
      const file = join(yield* folder("recording"), "agent.wav")
      yield* agent.media.record(file)
      yield* hears(agent, 5_000)
      yield* agent.media.stopRecording
      const [said, heard] = readTracks(file)
      // From the second whole second on, so that each has a burst.
      const delays = [1, 2, 3].map((second) => {
        const from = 1_000 * second
        const at = onsetMillis(between(said, from), 700)
        return onsetMillis(between(heard, from + at), 700)
      })
      console.log(`through the bridge to the customer's echo and back: ${delays.join(", ")} ms`)
      assert.isTrue(delays.every((millis) => millis >= 0 && millis < 500))
      assert.isAbove(millisOf(said), 4_000)
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
  it.live("are parted when the customer hangs up: the agent hears our prompt, then the next customer", () =>
    Effect.gen(function* () {
      const trunk = yield* sippTrunk({
        rules: [{ endings: ["1"], behaviour: { _tag: "Answer", ringMillis: 0, hertz: 1_000, hangUpMillis: 1_500 } }],
        otherwise: { _tag: "Answer", ringMillis: 0, hertz: 1_300 }
      })
      const phone = yield* agentPhone("agent1", sine(700, 30_000))
      const agent = yield* callAgent("agent1")
      const first = yield* callCustomer(trunk, "+49301")
      yield* Media.use((media) => media.bridge(first.media, agent.media))
      assert.deepInclude(yield* first.leg.ended, { _tag: "Ended", by: "them" })
      const prompt = yield* Media.use((media) => media.load(promptOf(sine(440, 1_000))))
      assert.strictEqual(yield* agent.media.play(prompt), "finished")
      const second = yield* callCustomer(trunk, "+49302")
      yield* Media.use((media) => media.bridge(second.media, agent.media))
      yield* hears(agent, 1_500)
      yield* phone.hangUp
      assert.deepInclude(yield* agent.leg.ended, { _tag: "Ended", by: "them" })
      assert.deepInclude(yield* second.leg.hangUp, { _tag: "Ended", by: "us", confirmed: true })
      yield* phone.saw("CALL_CLOSED")
      const [heard] = phone.heard()
      const onsets = [1_000, 440, 1_300].map((hertz) => onsetMillis(heard, hertz))
      assert.isTrue(onsets[0] >= 0 && onsets[0] < onsets[1] && onsets[1] < onsets[2], onsets.join(", "))
      for (const hertz of [1_000, 440, 1_300]) assertVoice(heard, hertz, 900)
      yield* until("SIPp has ended the calls", () => trunk.calls().every(({ end }) => end !== null))
      assert.deepStrictEqual(
        trunk.calls().map(({ end }) => end),
        ["hung up by far end", "hung up by caller"]
      )
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
})
