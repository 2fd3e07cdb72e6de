import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { join } from "node:path"
import { Media } from "../../src/media/Media.ts"
import { promptOf } from "../../src/media/prompts/Prompt.ts"
import { Sip } from "../../src/sip/Sip.ts"
import { callAgent } from "./harness/agent.ts"
import { assertVoice } from "./harness/assertVoice.ts"
import { between, dominantHertz, heardMillis, readTracks } from "./harness/hearing.ts"
import { until } from "./harness/host.ts"
import { linphone } from "./harness/linphone.ts"
import { outpace, phonePassword } from "./harness/outpace.ts"
import { folder } from "./harness/program.ts"
import { sine } from "./harness/voice.ts"

const registered = Effect.gen(function* () {
  const sip = yield* Sip
  const voice = sine(700, 30_000)
  const phone = yield* linphone({ user: "agent1", password: phonePassword, registrar: sip.address, voice })
  yield* until(
    "Linphone has registered",
    Effect.map(sip.contactsOf("agent1"), (contacts) => contacts.length > 0)
  )
  return phone
})

describe("Linphone as an agent's phone", () => {
  it.live("registers, hears our prompt and is heard", () =>
    Effect.gen(function* () {
      const phone = yield* registered
      const call = yield* callAgent("agent1")
      const file = join(yield* folder("recording"), "call.wav")
      yield* call.media.record(file)
      const prompt = yield* Media.use((media) => media.load(promptOf(sine(440, 2_000))))
      assert.strictEqual(yield* call.media.play(prompt), "finished")
      yield* call.media.stopRecording
      yield* phone.hangUp
      assert.deepInclude(yield* call.leg.ended, { _tag: "Ended", by: "them", confirmed: true })
      const [left, right] = readTracks(file)
      assert.approximately(dominantHertz(left), 700, 10)
      assertVoice(right, 440, 1_900)
      const heard = phone.heard()
      // Its buffer drops and repeats pieces, which shifts the phase.
      assert.approximately(dominantHertz(between(heard, 500, 1_500)), 440, 10)
      assert.isAbove(heardMillis(heard, 440), 1_000)
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
  it.live("is held and taken back, and called again once we have hung up", () =>
    Effect.gen(function* () {
      yield* registered
      const call = yield* callAgent("agent1")
      assert.match(yield* call.reoffer("sendonly"), /a=recvonly/)
      assert.match(yield* call.reoffer("sendrecv"), /m=audio \d+ /)
      assert.isTrue(yield* call.leg.isThere)
      assert.deepInclude(yield* call.leg.hangUp, { _tag: "Ended", by: "us", confirmed: true })
      const again = yield* callAgent("agent1")
      assert.deepInclude(yield* again.leg.hangUp, { _tag: "Ended", by: "us", confirmed: true })
      const { counters, legCount } = yield* Sip.use((sip) => sip.status)
      assert.deepStrictEqual([legCount, counters.faults], [0, 0])
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("40 seconds"))
  )
})
