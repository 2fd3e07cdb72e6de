import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { farSdp } from "./FakeFarEnds.ts"
import { agentOf, type Around, farSdpWithoutSound, key, onFakes, settingsOf } from "./fakeFloor.ts"

const desk = "sip:agent0@desk"
const mobile = "sip:agent0@mobile"
const laptop = "sip:agent0@laptop"
const registered = settingsOf({ agents: [agentOf({ address: null })] })

/** An agent with three phones, all of which are rung for a call. */
const ringing = (body: (around: Around) => Effect.Effect<void>) =>
  onFakes(registered, (around) =>
    Effect.gen(function* () {
      around.far.registers("agent0", desk, mobile, laptop)
      yield* around.phones({ kind: "ringAgent", agent: 0, key })
      assert.deepStrictEqual(
        around.far.ends.map(({ to }) => to),
        [desk, mobile, laptop]
      )
      assert.strictEqual((yield* around.control.phoneOf(0)).state, "rings")
      yield* body(around)
    })
  )
const isLeftAlone = ({ far }: Around, to: string) => far.at(to).hangUps === 0
const missed = { kind: "phoneMissed", agent: 0, ...key } as const

describe("an agent with several phones", () => {
  it.effect("is rung on all of them; the first to be answered has the call, the others stop", () =>
    ringing((around) =>
      Effect.gen(function* () {
        for (const to of [desk, mobile, laptop]) around.far.at(to).rings()
        around.far.at(mobile).answers()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["phoneAnswered"])
        assert.deepStrictEqual(
          [desk, mobile, laptop].map((to) => isLeftAlone(around, to)),
          [false, true, false]
        )
        assert.deepStrictEqual([around.far.open, around.media.open], [1, 1])
        assert.strictEqual((yield* around.control.phoneOf(0)).state, "up")
      })
    )
  )
  it.effect("is on one phone only when two are answered at the same moment", () =>
    ringing((around) =>
      Effect.gen(function* () {
        around.far.at(laptop).answers()
        around.far.at(desk).answers()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["phoneAnswered"])
        assert.strictEqual([desk, laptop].filter((to) => isLeftAlone(around, to)).length, 1)
        assert.isFalse(isLeftAlone(around, mobile))
        assert.deepStrictEqual([around.far.open, around.media.open], [1, 1])
      })
    )
  )
  it.effect("does not wait until the other phones have confirmed that they ring no more", () =>
    ringing((around) =>
      Effect.gen(function* () {
        around.far.at(desk).confirmMillis = 32_000
        around.far.at(laptop).answers()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["phoneAnswered"])
        assert.strictEqual(around.far.open, 2)
        yield* around.pass(32_000)
        assert.strictEqual(around.far.open, 1)
      })
    )
  )
  it.effect("goes on ringing elsewhere when a phone is busy, is off, or brings no sound", () =>
    ringing((around) =>
      Effect.gen(function* () {
        around.far.at(desk).fails(486)
        around.far.at(laptop).answers(farSdpWithoutSound)
        yield* around.pass(1_000)
        assert.deepStrictEqual([around.kinds(), around.far.open], [[], 1])
        around.far.at(mobile).answers()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["phoneAnswered"])
      })
    )
  )
  it.effect("rings nowhere any more when the call is declined on one: that was a person (6xx)", () =>
    ringing((around) =>
      Effect.gen(function* () {
        around.far.at(mobile).fails(603)
        yield* around.pass()
        assert.deepStrictEqual(around.told, [missed])
        assert.deepInclude(yield* around.control.phoneOf(0), { state: "down", reason: "refused" })
        assert.deepStrictEqual([around.far.open, around.media.open], [0, 0])
      })
    )
  )
  it.effect("misses the call when none is answered, for the reason that says most", () =>
    ringing((around) =>
      Effect.gen(function* () {
        around.far.at(desk).fails(408)
        around.far.at(laptop).fails(480)
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), [])
        around.far.at(mobile).fails(486)
        yield* around.pass()
        assert.deepStrictEqual(around.told, [missed])
        assert.deepInclude(yield* around.control.phoneOf(0), { state: "down", reason: "busy" })
      })
    )
  )
  it.effect("misses the call when all have rung for long enough", () =>
    ringing((around) =>
      Effect.gen(function* () {
        yield* around.pass(20_000)
        assert.deepStrictEqual(around.told, [missed])
        assert.deepStrictEqual([around.far.open, around.media.open], [0, 0])
        assert.deepInclude(yield* around.control.phoneOf(0), { reason: "not answered" })
      })
    )
  )
  it.effect("released while they ring has none that rings", () =>
    ringing((around) =>
      Effect.gen(function* () {
        yield* around.phones({ kind: "releaseAgent", agent: 0 })
        yield* around.pass()
        assert.deepStrictEqual([around.kinds(), around.far.open, around.media.open], [[], 0, 0])
      })
    )
  )
  it.effect("who signs in stays on the phone that was answered", () =>
    onFakes(settingsOf({ agents: [agentOf({ address: null, alwaysOn: true })] }), (around) =>
      Effect.gen(function* () {
        around.far.registers("agent0", desk, mobile)
        const signing = yield* Effect.forkChild(around.control.signIn(0))
        yield* around.pass()
        around.far.at(desk).answers(farSdp())
        yield* around.pass()
        yield* Fiber.join(signing)
        assert.deepStrictEqual([around.kinds(), around.far.open], [["signedIn"], 1])
        around.far.at(desk).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["signedIn", "lost"])
      })
    )
  )
})
