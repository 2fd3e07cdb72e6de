import { assert, describe, it } from "@effect/vitest"
import { Effect, Option } from "effect"
import { join } from "node:path"
import { Media } from "../../src/media/Media.ts"
import { promptOf } from "../../src/media/prompts/Prompt.ts"
import { Sip } from "../../src/sip/Sip.ts"
import { agentPhone, callAgent } from "./harness/agent.ts"
import { assertVoice } from "./harness/assertVoice.ts"
import { baresip, type Phone } from "./harness/baresip.ts"
import { between, millisOf, readTracks, rmsAt } from "./harness/hearing.ts"
import { until } from "./harness/host.ts"
import { outpace, phonePassword } from "./harness/outpace.ts"
import { folder } from "./harness/program.ts"
import { sine } from "./harness/voice.ts"

const tone = (hertz: number, millis: number) => Media.use((media) => media.load(promptOf(sine(hertz, millis))))

const refused = (phone: Phone) =>
  until(
    () => `it is refused: ${phone.registered()}`,
    () => phone.registered() === "401 Unauthorized"
  )

describe("baresip as an agent's phone", () => {
  it.live("hears our prompt and is heard, without a gap and as loud as spoken", () =>
    Effect.gen(function* () {
      const phone = yield* agentPhone("agent1", sine(700, 30_000))
      const call = yield* callAgent("agent1")
      const file = join(yield* folder("recording"), "call.wav")
      yield* call.media.record(file)
      assert.strictEqual(yield* call.media.play(yield* tone(440, 3_000)), "finished")
      const { millis } = yield* call.media.stopRecording
      yield* call.leg.hangUp
      yield* phone.saw("CALL_CLOSED")
      const [heard] = phone.heard()
      // What is still in the phone's buffer when it hangs up is not in its file.
      assertVoice(heard, 440, 2_700)
      // Left is what the far end says, right what it hears.
      const [left, right] = readTracks(file)
      assert.deepStrictEqual([left, right].map(millisOf), [millis, millis])
      assertVoice(left, 700, 2_700)
      assertVoice(right, 440, 2_900)
      assert.isBelow(rmsAt(between(left, 500, 2_500), 440), 0.001)
      const { received, sent } = yield* call.media.statistics
      assert.deepStrictEqual([received.lost, sent.failed, sent.packets], [0, 0, 150])
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
  it.live("says that it is there when it is asked, and loses a call that it has ended", () =>
    Effect.gen(function* () {
      const phone = yield* agentPhone("agent1", sine(700, 30_000))
      const call = yield* callAgent("agent1")
      assert.isTrue(yield* call.leg.isThere)
      assert.isTrue(yield* call.leg.isThere)
      yield* phone.hangUp
      yield* call.leg.ended
      assert.isFalse(yield* call.leg.isThere)
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
  it.live("presses keys and is sent keys as telephone-events", () =>
    Effect.gen(function* () {
      const phone = yield* agentPhone("agent1", sine(700, 30_000))
      const call = yield* callAgent("agent1")
      for (const key of "59*0#") {
        const before = call.keys()
        yield* phone.press(key)
        yield* until(`key ${key}, after ${call.keys()}`, () => call.keys() === before + key)
      }
      assert.isTrue(call.happenings.every(({ event }) => event.kind !== "key" || event.by === "event"))
      assert.strictEqual(yield* call.media.sendKeys("147*#"), "finished")
      const pressed = () => phone.events.filter(({ type }) => type === "CALL_DTMF_START").map(({ param }) => param)
      yield* until(
        () => `keys at the phone, after ${pressed().join("")}`,
        () => pressed().length === 5
      )
      assert.deepStrictEqual(pressed(), ["1", "4", "7", "*", "#"])
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
  it.live("holds and is heard again; while it holds nothing is sent to it", () =>
    Effect.gen(function* () {
      const phone = yield* agentPhone("agent1", sine(700, 30_000))
      const call = yield* callAgent("agent1")
      const music = yield* tone(440, 1_000)
      yield* Effect.forkChild(call.media.loop(music))
      const reoffers = () => call.events.filter(({ _tag }) => _tag === "Reoffered")
      yield* phone.hold
      yield* until("the phone holds", () => reoffers().length === 1)
      const [hold] = reoffers()
      assert.match(hold._tag === "Reoffered" ? hold.answer : "", /a=recvonly/)
      const sent = Effect.map(Effect.orDie(call.media.statistics), (statistics) => statistics.sent.packets)
      const sentBefore = yield* sent
      const isSent = Effect.map(sent, (count) => count > sentBefore)
      assert.isTrue(Option.isNone(yield* Effect.timeoutOption(until("something is sent", isSent), "500 millis")))
      yield* phone.resume
      yield* until("the phone resumes", () => reoffers().length === 2)
      yield* until(
        "it hears the music again",
        Effect.map(sent, (count) => count > sentBefore + 50)
      )
      assert.deepInclude(yield* call.leg.hangUp, { _tag: "Ended", by: "us", confirmed: true })
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
  it.live("is held by us and taken back", () =>
    Effect.gen(function* () {
      yield* agentPhone("agent1", sine(700, 30_000))
      const call = yield* callAgent("agent1")
      assert.match(yield* call.reoffer("sendonly"), /a=recvonly/)
      assert.match(yield* call.reoffer("inactive"), /a=inactive/)
      assert.match(yield* call.reoffer("sendrecv"), /a=sendrecv/)
      assert.deepInclude(yield* call.leg.hangUp, { _tag: "Ended", by: "us", confirmed: true })
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
  it.live("hangs up, and is called again", () =>
    Effect.gen(function* () {
      const phone = yield* agentPhone("agent1", sine(700, 30_000))
      for (const time of [1, 2, 3]) {
        const call = yield* callAgent("agent1")
        yield* phone.hangUp
        assert.deepInclude(yield* call.leg.ended, { _tag: "Ended", by: "them", confirmed: true })
        yield* phone.saw("CALL_CLOSED", time)
      }
      assert.deepInclude(yield* Sip.use((sip) => sip.status), { legCount: 0 })
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
  it.live("is not let in with a wrong password", () =>
    Effect.gen(function* () {
      const sip = yield* Sip
      const voice = sine(700, 100)
      const stranger = yield* baresip({ user: "agent2", password: "wrong", registrar: sip.address, voice })
      yield* refused(stranger)
      assert.deepStrictEqual(yield* sip.contactsOf("agent2"), [])
      const nobody = yield* baresip({ user: "nobody", password: phonePassword, registrar: sip.address, voice })
      yield* refused(nobody)
      assert.deepStrictEqual(yield* sip.contactsOf("nobody"), [])
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
})
