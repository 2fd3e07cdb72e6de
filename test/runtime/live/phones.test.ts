import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Queue } from "effect"
import { Phones } from "../../../src/runtime/floor/FloorPort.ts"
import { Inbox } from "../../../src/runtime/floor/Inbox.ts"
import { AgentState } from "../../../src/domain/AgentState.ts"
import { agentOf, type Around, campaignOf, dialOf, key, numberOf, onFakes, settingsOf } from "./fakeFloor.ts"

const number = numberOf(0)
const phone = "sip:phone0"
const rung = settingsOf({ campaigns: [campaignOf({ record: true })] })
const alwaysOn = settingsOf({ agents: [agentOf({ alwaysOn: true })] })
const other = { call: 1, generation: 1 }

const answered = ({ dial, far, pass }: Around) =>
  Effect.gen(function* () {
    yield* dial
    far.at(number).answers()
    yield* pass()
  })
const phoneAnswers = ({ far, pass, phones }: Around) =>
  Effect.gen(function* () {
    yield* phones({ kind: "ringAgent", agent: 0, key })
    far.at(phone).answers()
    yield* pass()
  })
/** A customer and the agent whose phone was rung for the call. */
const talking = (around: Around) =>
  Effect.gen(function* () {
    yield* answered(around)
    yield* phoneAnswers(around)
    yield* around.phones({ kind: "connect", agent: 0, key })
    yield* around.pass()
    return { customer: around.media.sounds[0], agent: around.media.sounds[1] }
  })
const signedIn = ({ control, far, pass }: Around) =>
  Effect.gen(function* () {
    const signing = yield* Effect.forkChild(control.signIn(0))
    yield* pass()
    far.at(phone).answers()
    yield* pass()
    yield* Fiber.join(signing)
  })

describe("a phone that is rung for each call", () => {
  it.effect("is answered, joined to the customer, and hung up when the customer hangs up", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        const { agent, customer } = yield* talking(around)
        assert.deepStrictEqual([customer.hears, agent.hears], ["leg 1", "leg 0"])
        assert.deepStrictEqual(agent.log, ["loops 1000 ms", "bridged to 0"])
        assert.deepStrictEqual((yield* around.control.phoneOf(0)).state, "talks")
        around.far.at(number).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["answered", "phoneAnswered", "ended"])
        assert.deepStrictEqual([around.far.open, around.media.open], [0, 0])
        assert.deepStrictEqual((yield* around.control.phoneOf(0)).state, "down")
      })
    )
  )
  it.effect("is recorded where the campaign says so, from the moment both hear each other", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        const { customer } = yield* talking(around)
        const path = "recordings/1970-01-01/Spring/0-1-000000.000.wav"
        assert.deepStrictEqual(customer.log.slice(-2), ["bridged to 1", `records ${path}`])
        assert.deepStrictEqual(around.folders, ["recordings/1970-01-01/Spring"])
        yield* around.control.pauseRecording(0)
        yield* around.control.resumeRecording(0)
        yield* around.pass(1_000)
        around.far.at(number).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(customer.log.slice(-3), ["pauses recording", "resumes recording", "stops recording"])
        assert.deepStrictEqual(around.recordings, [
          { campaign: 0, contact: 0, attempt: 1, step: null, path, startedAt: 0, seconds: 1 }
        ])
      })
    )
  )
  it.effect("is recorded to the end also when the floor closes in the middle of a talk", () =>
    Effect.gen(function* () {
      const recordings = yield* onFakes(rung, (around) => Effect.as(talking(around), around.recordings))
      assert.deepStrictEqual(
        recordings.map(({ contact, seconds }) => [contact, seconds]),
        [[0, 1]]
      )
    })
  )
  it.effect("put down in a talk ends it", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        yield* talking(around)
        around.far.at(phone).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["answered", "phoneAnswered", "ended"])
        assert.isAbove(around.far.at(number).hangUps, 0)
      })
    )
  )
  it.effect("put down before the talk loses the agent", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        yield* phoneAnswers(around)
        around.far.at(phone).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.told, [
          { kind: "phoneAnswered", agent: 0, ...key },
          { kind: "lost", agent: 0 }
        ])
        assert.deepInclude(yield* around.control.phoneOf(0), { state: "down", reason: "hung up" })
      })
    )
  )
  for (const [status, reason] of [
    [486, "busy"],
    [603, "refused"],
    [480, "not answered"],
    [503, "not reached"]
  ] as const) {
    it.effect(`misses the call with ${status}: ${reason}`, () =>
      onFakes(rung, (around) =>
        Effect.gen(function* () {
          yield* around.phones({ kind: "ringAgent", agent: 0, key })
          around.far.at(phone).fails(status)
          yield* around.pass()
          assert.deepStrictEqual(around.told, [{ kind: "phoneMissed", agent: 0, ...key }])
          assert.deepInclude(yield* around.control.phoneOf(0), { state: "down", reason })
        })
      )
    )
  }
  it.effect("misses the call when it has rung for long enough", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        yield* around.phones({ kind: "ringAgent", agent: 0, key })
        yield* around.pass(19_999)
        assert.deepStrictEqual([around.kinds(), (yield* around.control.phoneOf(0)).state], [[], "rings"])
        yield* around.pass(1)
        assert.deepStrictEqual(around.kinds(), ["phoneMissed"])
        assert.deepStrictEqual(around.notices, [{ kind: "phoneMissed", agent: 0, reason: "not answered" }])
        assert.isAbove(around.far.at(phone).hangUps, 0)
      })
    )
  )
  it.effect("is rung where it has registered, and misses the call where it has not", () =>
    onFakes(settingsOf({ agents: [agentOf({ address: null })] }), (around) =>
      Effect.gen(function* () {
        yield* around.phones({ kind: "ringAgent", agent: 0, key })
        assert.deepStrictEqual([around.kinds(), around.far.ends.length], [["phoneMissed"], 0])
        around.far.registers("agent0")
        yield* around.phones({ kind: "ringAgent", agent: 0, key })
        assert.strictEqual(around.far.ends[0].to, "sip:agent0@phone")
      })
    )
  )
  it.effect("misses the call when something of ours breaks down", () =>
    onFakes(settingsOf({ agents: [agentOf({ address: null })] }), (around) =>
      Effect.gen(function* () {
        around.far.contacts.get = () => {
          throw new Error("broken")
        }
        yield* around.phones({ kind: "ringAgent", agent: 0, key })
        assert.deepStrictEqual(around.kinds(), ["phoneMissed"])
      })
    )
  )
  it.effect("released while it rings tells nothing", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        yield* around.phones({ kind: "ringAgent", agent: 0, key })
        yield* around.phones({ kind: "releaseAgent", agent: 0 })
        yield* around.pass(60_000)
        assert.deepStrictEqual([around.kinds(), around.far.open], [[], 0])
      })
    )
  )
  it.effect("rung for the next call while the last is still going down is rung anew", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        yield* phoneAnswers(around)
        around.far.at(phone).confirmMillis = 5_000
        yield* around.phones({ kind: "ringAgent", agent: 0, key: other })
        assert.strictEqual(around.far.ends.length, 2)
        around.far.at(phone).answers()
        yield* around.pass(5_000)
        assert.deepStrictEqual(around.told.at(-1), { kind: "phoneAnswered", agent: 0, ...other })
        assert.deepStrictEqual([around.kinds().length, around.far.open], [2, 1])
      })
    )
  )
  it.effect("rung before the customer is hung up when the customer is not to be had", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        yield* phoneAnswers(around)
        yield* around.dial
        around.far.at(number).fails(486)
        yield* around.pass()
        assert.deepStrictEqual([around.kinds(), around.far.open], [["phoneAnswered", "failed"], 0])
      })
    )
  )
  it.effect("still up when its agent is between calls or away is hung up", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        for (const state of [AgentState.ready, AgentState.paused, AgentState.signedOut]) {
          yield* phoneAnswers(around)
          yield* around.control.agentChanged(0, state)
          yield* around.pass()
          assert.strictEqual(around.far.open, 0)
        }
        assert.deepStrictEqual(new Set(around.kinds()), new Set(["phoneAnswered"]))
      })
    )
  )
})

describe("a phone that is always on", () => {
  it.effect("is called when its agent signs in, hears silence, then a beep and the customer", () =>
    onFakes(alwaysOn, (around) =>
      Effect.gen(function* () {
        yield* signedIn(around)
        const agent = around.media.last()
        assert.deepStrictEqual([around.kinds(), agent.hears], [["signedIn"], "1000 ms"])
        yield* answered(around)
        yield* around.phones({ kind: "connect", agent: 0, key })
        assert.deepStrictEqual(agent.log, ["loops 1000 ms", "bridged to 1", "beep"])
        around.far.at(number).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual([agent.hears, around.far.open], ["1000 ms", 1])
        // The next customer.
        yield* around.trunk(dialOf(other, 1))
        around.far.at(numberOf(1)).answers()
        yield* around.pass()
        yield* around.phones({ kind: "connect", agent: 0, key: other })
        assert.deepStrictEqual([agent.hears, agent.isOpen], ["leg 2", true])
      })
    )
  )
  it.effect("hears the next customer, who comes the moment the core knows that the last is gone", () =>
    onFakes(
      alwaysOn,
      (around) =>
        Effect.gen(function* () {
          yield* signedIn(around)
          const agent = around.media.last()
          yield* answered(around)
          yield* around.trunk(dialOf(other, 1))
          around.far.at(numberOf(1)).answers()
          yield* around.pass()
          yield* around.phones({ kind: "connect", agent: 0, key })
          assert.strictEqual(agent.hears, "leg 1")
          around.far.at(number).hangsUp()
          yield* around.pass()
          assert.strictEqual(agent.hears, "leg 2")
        }),
      (told) =>
        Effect.gen(function* () {
          const inbox = yield* Inbox
          const phones = yield* Phones
          for (;;) {
            const { event } = yield* Queue.take(inbox.events)
            told.push(event)
            if (event.kind === "ended") yield* phones.do({ kind: "connect", agent: 0, key: other })
          }
        })
    )
  )
  it.effect("that is not answered keeps its agent out", () =>
    onFakes(alwaysOn, (around) =>
      Effect.gen(function* () {
        const signing = yield* Effect.forkChild(Effect.flip(around.control.signIn(0)))
        yield* around.pass()
        around.far.at(phone).fails(480)
        yield* around.pass()
        assert.deepInclude(yield* Fiber.join(signing), { _tag: "PhoneUnavailable", reason: "not answered" })
        assert.deepStrictEqual([around.kinds(), around.far.open], [[], 0])
      })
    )
  )
  it.effect("that goes down loses its agent, and the core ends the talk", () =>
    onFakes(alwaysOn, (around) =>
      Effect.gen(function* () {
        yield* signedIn(around)
        yield* answered(around)
        yield* around.phones({ kind: "connect", agent: 0, key })
        around.far.at(phone).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.told.at(-1), { kind: "lost", agent: 0 })
        assert.strictEqual(around.far.at(number).hangUps, 0)
        yield* around.trunk({ kind: "hangUp", key })
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["signedIn", "answered", "lost", "ended"])
      })
    )
  )
  it.effect("is hung up when its agent has signed out, which loses nobody", () =>
    onFakes(alwaysOn, (around) =>
      Effect.gen(function* () {
        yield* signedIn(around)
        yield* around.control.agentChanged(0, AgentState.paused)
        yield* around.pass()
        assert.strictEqual(around.far.open, 1)
        yield* around.control.agentChanged(0, AgentState.signedOut)
        yield* around.pass()
        assert.deepStrictEqual([around.kinds(), around.far.open], [["signedIn"], 0])
      })
    )
  )
  it.effect("that is muted, and sends nothing, stays on while it says that it is there", () =>
    onFakes(alwaysOn, (around) =>
      Effect.gen(function* () {
        yield* signedIn(around)
        for (let seconds = 30; seconds <= 600; seconds += 30) {
          around.media.last().happens({ kind: "silent", silentMillis: 1_000 * seconds })
          yield* around.pass(30_000)
        }
        assert.strictEqual(around.far.at(phone).asked, 20)
        assert.deepStrictEqual([around.kinds(), around.far.open], [["signedIn"], 1])
      })
    )
  )
  it.effect("that sends nothing and does not say that it is there is lost, at once", () =>
    onFakes(alwaysOn, (around) =>
      Effect.gen(function* () {
        yield* signedIn(around)
        around.far.at(phone).isThere = false
        around.far.at(phone).askedMillis = 32_000
        around.far.at(phone).confirmMillis = 32_000
        around.media.last().happens({ kind: "silent", silentMillis: 30_000 })
        yield* around.pass(32_000)
        assert.deepStrictEqual(around.kinds(), ["signedIn", "lost"])
        yield* around.pass(32_000)
        assert.strictEqual(around.far.open, 0)
      })
    )
  )
})

describe("what an agent does with a call", () => {
  it.effect("is refused without one", () =>
    onFakes(rung, ({ control }) =>
      Effect.gen(function* () {
        for (const act of [control.hold(0), control.resume(0), control.transfer(0, number), control.sendKeys(0, "1")]) {
          assert.deepInclude(yield* Effect.flip(act), { _tag: "NotOnCall", agent: 0 })
        }
      })
    )
  )
  it.effect("hold: the customer hears music, then the agent again", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        const { agent, customer } = yield* talking(around)
        yield* around.control.hold(0)
        assert.deepStrictEqual([customer.hears, agent.hears], ["7000 ms", "1000 ms"])
        assert.deepInclude(yield* Effect.flip(around.control.hold(0)), { _tag: "NotNow" })
        yield* around.control.resume(0)
        assert.deepStrictEqual([customer.hears, agent.hears], ["leg 1", "leg 0"])
        assert.deepInclude(yield* Effect.flip(around.control.resume(0)), { _tag: "NotNow" })
        yield* around.pass()
        assert.deepStrictEqual(around.kinds().slice(2), ["held", "resumed"])
      })
    )
  )
  it.effect("hold at the phone is as good as hold at the desk", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        const { customer } = yield* talking(around)
        around.far.at(phone).reoffers("sendonly")
        yield* around.pass()
        // What the phone itself plays meanwhile is not the customer's to hear.
        assert.deepStrictEqual([customer.hears, around.kinds().at(-1)], ["7000 ms", "held"])
        around.far.at(phone).reoffers("sendrecv")
        yield* around.pass()
        assert.deepStrictEqual([customer.hears, around.kinds().at(-1)], ["leg 1", "resumed"])
      })
    )
  )
  it.effect("a customer who holds is not sent anything, and nobody else is told", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        const { customer } = yield* talking(around)
        around.far.at(number).reoffers("sendonly")
        yield* around.pass()
        assert.deepInclude(customer.remote, { sends: false, receives: true })
        assert.deepStrictEqual(around.kinds(), ["answered", "phoneAnswered"])
      })
    )
  )
  it.effect("keys reach the customer, from the desk and from a phone that tells them beside the sound", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        const { customer } = yield* talking(around)
        yield* around.control.sendKeys(0, "12#")
        around.far.at(phone).presses("7")
        yield* around.pass()
        assert.deepStrictEqual(customer.log.slice(-2), ["keys 12#", "keys 7"])
      })
    )
  )
  it.effect("hang-up ends the talk, with a machine if the agent says so", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        yield* talking(around)
        yield* around.control.hangUp(0, true)
        yield* around.pass()
        assert.deepStrictEqual(around.told.at(-1), { kind: "ended", ...key, machine: true })
      })
    )
  )
})

describe("a call given to somebody at a number", () => {
  const colleague = "+4930222222"
  it.effect("goes on without the agent when it is answered there", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        const { customer } = yield* talking(around)
        const giving = yield* Effect.forkChild(around.control.transfer(0, colleague))
        yield* around.pass()
        assert.strictEqual(customer.hears, "7000 ms")
        assert.deepInclude(yield* Effect.flip(around.control.hold(0)), { _tag: "NotNow" })
        assert.strictEqual(around.far.at(colleague).onBehalfOf, number)
        around.far.at(colleague).answers()
        yield* around.pass()
        yield* Fiber.join(giving)
        // The agent's phone is free, the customer goes on talking, and nothing more is recorded.
        assert.deepStrictEqual([customer.hears, customer.recording], ["leg 2", undefined])
        assert.deepStrictEqual([around.kinds().at(-1), around.far.open], ["ended", 2])
        around.far.at(colleague).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual([around.kinds().length, around.far.open], [3, 0])
      })
    )
  )
  it.effect("is the agent's again when nobody takes it", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        const { customer } = yield* talking(around)
        const giving = yield* Effect.forkChild(Effect.flip(around.control.transfer(0, colleague)))
        yield* around.pass()
        around.far.at(colleague).fails(486)
        yield* around.pass()
        assert.deepInclude(yield* Fiber.join(giving), { _tag: "NotTransferred", outcome: "busy" })
        assert.deepStrictEqual([customer.hears, around.kinds().length, around.far.open], ["leg 1", 2, 2])
      })
    )
  )
  it.effect("rings there for so long and no longer", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        yield* talking(around)
        const giving = yield* Effect.forkChild(Effect.flip(around.control.transfer(0, colleague)))
        yield* around.pass(30_000)
        assert.deepInclude(yield* Fiber.join(giving), { outcome: "no-answer" })
        yield* around.pass()
        assert.strictEqual(around.far.open, 2)
      })
    )
  )
  it.effect("goes on when the agent puts down the phone meanwhile", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        const { customer } = yield* talking(around)
        yield* Effect.forkChild(Effect.exit(around.control.transfer(0, colleague)))
        yield* around.pass()
        around.far.at(phone).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds().at(-1), "ended")
        around.far.at(colleague).answers()
        yield* around.pass()
        assert.deepStrictEqual([customer.hears, around.far.open], ["leg 2", 2])
        around.far.at(number).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual([around.kinds().length, around.far.open], [3, 0])
      })
    )
  )
  it.effect("is over when the customer hangs up meanwhile", () =>
    onFakes(rung, (around) =>
      Effect.gen(function* () {
        yield* talking(around)
        const giving = yield* Effect.forkChild(Effect.flip(around.control.transfer(0, colleague)))
        yield* around.pass()
        around.far.at(number).hangsUp()
        yield* around.pass()
        assert.deepInclude(yield* Fiber.join(giving), { _tag: "NotOnCall" })
        assert.deepStrictEqual([around.kinds().at(-1), around.far.open], ["ended", 0])
      })
    )
  )
})
