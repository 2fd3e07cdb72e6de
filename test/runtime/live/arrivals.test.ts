import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import type { CallKey } from "../../../src/runtime/floor/FloorEvent.ts"
import { usualLimits } from "../../../src/runtime/live/LiveSettings.ts"
import { farSdp } from "./FakeFarEnds.ts"
import { agentOf, type Around, campaignOf, key, onFakes, settingsOf } from "./fakeFloor.ts"

const dialled = "+4930100"
const caller = "+4930555666"
const other: CallKey = { call: 1, generation: 4 }
const queue = { name: "Sales", numbersDialled: [dialled], putsThrough: true, record: true }
const settings = settingsOf({ campaigns: [campaignOf(queue)], agents: [agentOf({ alwaysOn: true })] })
const calledBack = settingsOf({
  ...settings,
  campaigns: [campaignOf({ ...queue, takesRequests: true, closingMessage: { file: "2500.wav" } })]
})

const welcome = (key: CallKey, contact: number) => ({ kind: "welcome" as const, key, campaign: 0, contact })

/** Somebody who calls, and whom the core takes. */
const queued = (around: Around, of = key, contact = 7, from = caller) =>
  Effect.gen(function* () {
    around.callers.set(`0 ${from}`, contact)
    const call = yield* around.far.calls(from, dialled)
    yield* around.pass()
    yield* around.trunk(welcome(of, contact))
    call.far.answers("")
    yield* around.pass()
    return call
  })

/** The agent, whose phone is sound 0. */
const signedIn = ({ control, far, pass }: Around) =>
  Effect.gen(function* () {
    const signing = yield* Effect.forkChild(control.signIn(0))
    yield* pass()
    far.at("sip:phone0").answers()
    yield* pass()
    yield* Fiber.join(signing)
  })

describe("somebody who calls a campaign with a queue", () => {
  it.effect("is told of before the answer, and hears music once the core takes the call", () =>
    onFakes(settings, ({ callers, far, media, pass, told, trunk }) =>
      Effect.gen(function* () {
        callers.set(`0 ${caller}`, 7)
        const { answers, far: leg } = yield* far.calls("030 555666", dialled)
        yield* pass()
        assert.deepStrictEqual(told, [{ kind: "arrives", campaign: 0, contact: 7 }])
        assert.deepStrictEqual([answers, media.last().hears], [[], "nothing"])
        yield* trunk(welcome(key, 7))
        assert.match(answers[0], /m=audio 10000 RTP\/AVP 0 101\r\n/)
        assert.strictEqual(media.last().hears, "7000 ms")
        leg.answers("")
        yield* pass(60_000)
        assert.deepStrictEqual(told.slice(1), [{ kind: "answered", ...key, machine: false }])
        assert.deepStrictEqual([leg.isOver, media.last().hears], [false, "7000 ms"])
      })
    )
  )
  it.effect("is joined to the agent, recorded as attempt 0, and over when one of them hangs up", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* signedIn(around)
        const { far } = yield* queued(around)
        yield* around.pass(3_000)
        yield* around.phones({ kind: "connect", agent: 0, key })
        const [agent, customer] = around.media.sounds
        assert.deepStrictEqual([agent.hears, customer.hears], ["leg 1", "leg 0"])
        assert.deepStrictEqual(around.notices.at(-1), { kind: "joined", key, agent: 0, millis: 3_000 })
        assert.strictEqual(customer.recording, "recordings/1970-01-01/Sales/7-0-000003.000.wav")
        yield* around.control.hold(0)
        assert.strictEqual(customer.hears, "7000 ms")
        yield* around.control.resume(0)
        far.hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["signedIn", "arrives", "answered", "held", "resumed", "ended"])
        assert.deepStrictEqual(around.told.at(-1), { kind: "ended", ...key, machine: false })
        assert.deepStrictEqual([agent.hears, around.media.open], ["1000 ms", 1])
        assert.deepInclude(around.recordings[0], { contact: 7, attempt: 0 })
      })
    )
  )
  it.effect("and has an agent at once hears music no more than it takes to join them", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* signedIn(around)
        around.callers.set(`0 ${caller}`, 7)
        // No offer: what can be agreed on comes with the acknowledgement, after the agent.
        const { far } = yield* around.far.calls(caller, dialled, "")
        yield* around.pass()
        yield* around.trunk(welcome(key, 7))
        yield* around.phones({ kind: "connect", agent: 0, key })
        assert.deepStrictEqual([around.media.last().hears, around.media.last().remote], ["leg 0", undefined])
        far.answers()
        yield* around.pass()
        assert.deepInclude(around.media.last().remote, { law: "mulaw" })
        yield* around.control.hangUp(0, false)
        yield* around.pass()
        assert.deepStrictEqual([around.kinds().at(-1), far.isOver], ["ended", true])
      })
    )
  )
  it.effect("and gives up while waiting is told as ended", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const { far } = yield* queued(around)
        yield* around.pass(9_000)
        far.hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.told.slice(2), [{ kind: "ended", ...key, machine: false }])
        assert.strictEqual(around.media.open, 0)
      })
    )
  )
  it.effect("and has hung up before the core took the call is told as ended once, as the call it became", () =>
    onFakes(settings, ({ callers, far, media, pass, told, trunk }) =>
      Effect.gen(function* () {
        callers.set(`0 ${caller}`, 7)
        const { far: leg } = yield* far.calls(caller, dialled)
        yield* pass()
        leg.fails(487)
        yield* pass(1_000)
        yield* trunk(welcome(key, 7))
        yield* pass()
        assert.deepStrictEqual(told.slice(1), [{ kind: "ended", ...key, machine: false }])
        assert.strictEqual(media.open, 0)
      })
    )
  )
  it.effect("of whom nobody knows is told as ended: the core must not wait for a caller who is not there", () =>
    onFakes(settings, ({ pass, told, trunk }) =>
      Effect.gen(function* () {
        yield* trunk(welcome(key, 7))
        yield* pass()
        assert.deepStrictEqual(told, [{ kind: "ended", ...key, machine: false }])
      })
    )
  )
  it.effect("twice at once is answered in the order of the calls", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        around.callers.set(`0 ${caller}`, 7)
        const first = yield* around.far.calls(caller, dialled)
        yield* around.pass()
        const second = yield* around.far.calls(caller, dialled)
        yield* around.pass()
        yield* around.trunk({ kind: "turnAway", campaign: 0, contact: 7 })
        assert.deepStrictEqual([first.rejected, second.rejected], [[480], []])
        yield* around.trunk(welcome(other, 7))
        second.far.answers("")
        yield* around.pass()
        second.far.hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.told.at(-1), { kind: "ended", ...other, machine: false })
      })
    )
  )
  it.effect("and is turned away is told that nobody is there, or called back where the campaign does that", () =>
    Effect.gen(function* () {
      const turnedAway = (of: typeof settings) =>
        onFakes(of, ({ far, media, pass, requests, trunk }) =>
          Effect.gen(function* () {
            const { far: leg, rejected } = yield* far.calls(caller, dialled)
            yield* pass()
            yield* trunk({ kind: "turnAway", campaign: 0, contact: 50 })
            leg.answers("")
            yield* pass(2_499)
            const hears = media.last().hears
            yield* pass(1)
            return { rejected, requests, hears, isOver: leg.isOver }
          })
        )
      assert.deepStrictEqual(yield* turnedAway(settings), {
        rejected: [480],
        requests: [],
        hears: "nothing",
        isOver: true
      })
      assert.deepStrictEqual(yield* turnedAway(calledBack), {
        rejected: [],
        requests: [[0, caller]],
        hears: "2500 ms",
        isOver: true
      })
    })
  )
  it.effect("and has waited long enough is called back, hears the closing message and is hung up", () =>
    onFakes(calledBack, (around) =>
      Effect.gen(function* () {
        const { far } = yield* queued(around)
        yield* around.pass(20_000)
        assert.strictEqual(around.media.last().hears, "7000 ms")
        yield* around.trunk({ kind: "queueOver", key })
        assert.deepStrictEqual([around.requests, around.media.last().hears], [[[0, caller]], "2500 ms"])
        yield* around.pass(2_499)
        assert.isFalse(far.isOver)
        yield* around.pass(1)
        assert.deepStrictEqual([far.isOver, around.kinds()], [true, ["arrives", "answered", "ended"]])
      })
    )
  )
  it.effect("with a number that is withheld waits too, and cannot be called back", () =>
    onFakes(calledBack, (around) =>
      Effect.gen(function* () {
        const { far } = yield* queued(around, key, 50, "anonymous")
        yield* around.pass(5_000)
        yield* around.trunk({ kind: "queueOver", key })
        yield* around.pass(2_500)
        assert.deepStrictEqual([around.requests, far.isOver], [[], true])
        assert.deepStrictEqual(around.kinds(), ["arrives", "answered", "ended"])
      })
    )
  )
  it.effect("and sends no sound for 30 s, and does not say that it is there, is hung up", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        const { far } = yield* queued(around)
        far.isThere = false
        around.media.last().happens({ kind: "silent", silentMillis: 30_000 })
        yield* around.pass()
        assert.deepStrictEqual([far.isOver, around.kinds()], [true, ["arrives", "answered", "ended"]])
      })
    )
  )
  it.effect("without a sound that can be agreed on is turned away, and the core hears nothing of it", () =>
    onFakes(settings, ({ far, media, pass, told }) =>
      Effect.gen(function* () {
        const { rejected } = yield* far.calls(caller, dialled, "v=0")
        yield* pass()
        assert.deepStrictEqual([rejected, told, media.open], [[488], [], 0])
      })
    )
  )
  it.effect("does not count among those at the door any more", () =>
    onFakes({ ...settings, limits: { ...usualLimits, inboundMax: 1 } }, (around) =>
      Effect.gen(function* () {
        yield* queued(around)
        const second = yield* around.far.calls("+4930555667", dialled)
        const third = yield* around.far.calls("+4930555668", dialled)
        yield* around.pass()
        assert.deepStrictEqual([second.rejected, third.rejected], [[], [486]])
      })
    )
  )
  it.effect("may come in while the floor closes: nothing is left", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* queued(around)
        yield* around.far.calls("+4930555667", dialled, farSdp("sendrecv", false))
        yield* around.pass()
      })
    )
  )
})
