import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import type { CallKey } from "../../../src/runtime/floor/FloorEvent.ts"
import { agentOf, type Around, campaignOf, key, numberOf, onFakes, settingsOf } from "./fakeFloor.ts"

const next: CallKey = { call: 5, generation: 2 }
const handedOver = { kind: "handedOver" as const, key, next }
const agents = (alwaysOn: boolean) => [0, 1].map((at) => agentOf({ alwaysOn, address: `sip:phone${at}` }))
const settings = (alwaysOn: boolean) =>
  settingsOf({ campaigns: [campaignOf({ record: true })], agents: agents(alwaysOn) })

/** Two agents whose phones are sounds 0 and 1, the first in talk with a customer, who is sound 2. */
const talking = (around: Around) =>
  Effect.gen(function* () {
    const { control, dial, far, pass, phones } = around
    for (const agent of [0, 1]) {
      const signing = yield* Effect.forkChild(control.signIn(agent))
      yield* pass()
      far.at(`sip:phone${agent}`).answers()
      yield* pass()
      yield* Fiber.join(signing)
    }
    yield* dial
    far.at(numberOf(0)).answers()
    yield* pass()
    yield* phones({ kind: "connect", agent: 0, key })
  })

/** A customer, who is sound 0, and the first agent, whose phone was rung for the call. */
const rungAndTalking = ({ dial, far, pass, phones }: Around) =>
  Effect.gen(function* () {
    yield* dial
    far.at(numberOf(0)).answers()
    yield* pass()
    yield* phones({ kind: "ringAgent", agent: 0, key })
    far.at("sip:phone0").answers()
    yield* pass()
    yield* phones({ kind: "connect", agent: 0, key })
  })

const gives = ({ control, pass }: Around) =>
  Effect.tap(Effect.forkChild(Effect.result(control.transferTo(0, 1))), () => pass())

describe("an agent who gives the call in hand to another", () => {
  it.effect("talks on until the core says so; then the customer hears music, and the other", () =>
    onFakes(settings(true), (around) =>
      Effect.gen(function* () {
        yield* talking(around)
        yield* around.pass(4_000)
        const asked = yield* gives(around)
        const [one, two, customer] = around.media.sounds
        assert.deepStrictEqual(around.told.at(-1), { kind: "handsOver", ...key, agent: 0, to: 1 })
        assert.strictEqual(customer.hears, "leg 0")
        yield* around.trunk(handedOver)
        assert.deepStrictEqual([customer.hears, one.hears], ["7000 ms", "1000 ms"])
        assert.strictEqual((yield* Fiber.join(asked))._tag, "Success")
        yield* around.pass(1_000)
        yield* around.phones({ kind: "connect", agent: 1, key: next })
        assert.deepStrictEqual([customer.hears, two.hears, one.hears], ["leg 1", "leg 2", "1000 ms"])
        assert.deepStrictEqual(around.notices.at(-1), { kind: "joined", key: next, agent: 1, millis: 1_000 })
        assert.deepInclude(yield* Effect.flip(around.control.hold(0)), { _tag: "NotOnCall" })
        yield* around.control.hold(1)
        yield* around.control.resume(1)
        around.far.at(numberOf(0)).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.told.slice(4), [
          { kind: "held", ...next },
          { kind: "resumed", ...next },
          { kind: "ended", ...next, machine: false }
        ])
        // A talk each.
        assert.deepStrictEqual(
          around.recordings.map(({ attempt, contact, startedAt }) => [contact, attempt, startedAt]),
          [
            [0, 1, 0],
            [0, 0, 5_000]
          ]
        )
      })
    )
  )
  it.effect("has it still when the other is not free any more", () =>
    onFakes(settings(true), (around) =>
      Effect.gen(function* () {
        yield* talking(around)
        const asked = yield* gives(around)
        assert.deepInclude(yield* Effect.flip(around.control.hold(0)), {
          sentence: "the call is being transferred"
        })
        yield* around.pass(5_000)
        const answer = yield* Fiber.join(asked)
        assert.deepInclude(answer._tag === "Failure" ? answer.failure : {}, {
          sentence: "the other agent is not free any more"
        })
        assert.strictEqual(around.media.sounds[2].hears, "leg 0")
        yield* around.control.hold(0)
      })
    )
  )
  it.effect("is told when the customer hangs up first, and so is the core of the call it has made of it", () =>
    onFakes(settings(true), (around) =>
      Effect.gen(function* () {
        yield* talking(around)
        const asked = yield* gives(around)
        around.far.at(numberOf(0)).hangsUp()
        yield* around.pass()
        const answer = yield* Fiber.join(asked)
        assert.deepInclude(answer._tag === "Failure" ? answer.failure : {}, { _tag: "NotOnCall" })
        yield* around.trunk(handedOver)
        yield* around.pass()
        assert.deepStrictEqual(around.told.slice(-2), [
          { kind: "ended", ...key, machine: false },
          { kind: "ended", ...next, machine: false }
        ])
      })
    )
  )
  it.effect("has the phone hung up where it was rung for the call, and the other's is rung for the next", () =>
    onFakes(settings(false), (around) =>
      Effect.gen(function* () {
        const { far, media, pass, phones, trunk } = around
        yield* rungAndTalking(around)
        yield* gives(around)
        yield* trunk(handedOver)
        yield* phones({ kind: "ringAgent", agent: 1, key: next })
        assert.isTrue(far.at("sip:phone0").isOver)
        assert.strictEqual(media.sounds[0].hears, "7000 ms")
        far.at("sip:phone1").answers()
        yield* pass()
        yield* phones({ kind: "connect", agent: 1, key: next })
        assert.deepStrictEqual([media.sounds[0].hears, media.sounds[2].hears], ["leg 2", "leg 0"])
        far.at("sip:phone1").hangsUp()
        yield* pass()
        assert.deepStrictEqual(around.told.slice(-2), [
          { kind: "phoneAnswered", agent: 1, ...next },
          { kind: "ended", ...next, machine: false }
        ])
      })
    )
  )
  it.effect("may put down the phone at once: the customer goes on to the other", () =>
    onFakes(settings(false), (around) =>
      Effect.gen(function* () {
        const { far, media, pass, trunk } = around
        yield* rungAndTalking(around)
        yield* gives(around)
        far.at("sip:phone0").hangsUp()
        yield* pass()
        assert.isFalse(far.at(numberOf(0)).isOver)
        yield* trunk(handedOver)
        assert.strictEqual(media.sounds[0].hears, "7000 ms")
        yield* trunk({ kind: "queueOver", key: next })
        yield* pass()
        assert.isTrue(far.at(numberOf(0)).isOver)
        assert.deepStrictEqual(around.told.at(-1), { kind: "ended", ...next, machine: false })
      })
    )
  )
  it.effect("and puts down the phone for nobody ends the call", () =>
    onFakes(settings(false), (around) =>
      Effect.gen(function* () {
        const { far, pass } = around
        yield* rungAndTalking(around)
        yield* gives(around)
        far.at("sip:phone0").hangsUp()
        yield* pass(5_000)
        assert.isTrue(far.at(numberOf(0)).isOver)
        assert.deepStrictEqual(around.kinds().slice(-2), ["handsOver", "ended"])
      })
    )
  )
  it.effect("cannot give it to somebody who is not there", () =>
    onFakes(settings(true), (around) =>
      Effect.gen(function* () {
        yield* talking(around)
        assert.deepInclude(yield* Effect.flip(around.control.transferTo(0, 2)), { sentence: "there is no such agent" })
        assert.deepInclude(yield* Effect.flip(around.control.transferTo(1, 0)), { _tag: "NotOnCall" })
      })
    )
  )
})
