import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { settingsOf as campaignSettings } from "../../../dialler/TestFloor.ts"
import { baresip } from "../../../live/harness/baresip.ts"
import { until } from "../../../live/harness/host.ts"
import { phonePassword } from "../../../live/harness/outpace.ts"
import { folder } from "../../../live/harness/program.ts"
import { sine } from "../../../live/harness/voice.ts"
import { agentOf, campaignOf } from "../fakeFloor.ts"
import { prompts, realFloor, sounds } from "./realFloor.ts"

/** A floor with an agent who is always on, and whose phones, baresip, answer by themselves or by hand. */
const withPhones = Effect.fnUntraced(function* (answers: ReadonlyArray<boolean>) {
  const live = sounds(yield* folder("floor"), {
    campaigns: [campaignOf(prompts)],
    agents: [agentOf({ user: "agent1", address: null, alwaysOn: true })]
  })
  const floor = yield* realFloor(campaignSettings({}), live, { host: "127.0.0.1", port: 9 }, [])
  const registrar = floor.sip.address
  const phones = yield* Effect.forEach(answers, (answers) =>
    baresip({ user: "agent1", password: phonePassword, registrar, voice: sine(700, 10_000), answers })
  )
  yield* until(
    "all have registered",
    Effect.map(floor.sip.contactsOf("agent1"), ({ length }) => length === answers.length)
  )
  return { floor, phones }
})
type Phones = Effect.Success<ReturnType<typeof withPhones>>["phones"]
const count = (phone: Phones[number], type: string) => phone.events.filter((event) => event.type === type).length

describe("an agent with two phones that have registered", () => {
  it.live("is on the one that is answered; the other rings, and stops", () =>
    Effect.gen(function* () {
      const { floor, phones } = yield* withPhones([false, false])
      const [first, second] = phones
      const answering = Effect.gen(function* () {
        for (const phone of phones) yield* phone.saw("CALL_INCOMING")
        yield* first.command("accept")
      })
      yield* Effect.all([floor.control.signIn(0), answering], { concurrency: 2 })
      yield* first.saw("CALL_ESTABLISHED")
      yield* second.saw("CALL_CLOSED")
      assert.strictEqual(count(second, "CALL_ESTABLISHED"), 0)
      yield* floor.quiet(1)
      assert.strictEqual((yield* floor.control.phoneOf(0)).state, "up")
    }).pipe(Effect.scoped, Effect.timeout("40 seconds"))
  )
  it.live("is on one of them when both answer at once; the other is hung up", () =>
    Effect.gen(function* () {
      const { floor, phones } = yield* withPhones([true, true])
      yield* floor.control.signIn(0)
      yield* floor.quiet(1)
      yield* until(
        "one is up, the other down",
        () =>
          phones.filter((phone) => count(phone, "CALL_CLOSED") === 1).length === 1 &&
          phones.filter((phone) => count(phone, "CALL_ESTABLISHED") === 1 && count(phone, "CALL_CLOSED") === 0)
            .length === 1
      )
      assert.strictEqual((yield* floor.control.phoneOf(0)).state, "up")
      yield* floor.tell({ kind: "signsOut", agent: 0 })
      yield* floor.quiet(0)
    }).pipe(Effect.scoped, Effect.timeout("40 seconds"))
  )
})
