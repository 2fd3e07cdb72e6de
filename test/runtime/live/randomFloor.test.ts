import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { AgentState } from "../../../src/domain/AgentState.ts"
import type { CampaignSettings } from "../../../src/domain/Campaign.ts"
import { Floor } from "../../../src/runtime/floor/Floor.ts"
import { FloorCore } from "../../../src/runtime/floor/FloorCore.ts"
import type { FloorEvent, Stamped } from "../../../src/runtime/floor/FloorEvent.ts"
import { Desks, Lists } from "../../../src/runtime/floor/FloorPort.ts"
import { Inbox } from "../../../src/runtime/floor/Inbox.ts"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import { CallControl } from "../../../src/runtime/live/CallControl.ts"
import type { Records } from "../../../src/store/Recorder.ts"
import type { AttemptRow, InboundRow } from "../../../src/store/schema.ts"
import { settingsOf as campaignSettings } from "../../dialler/TestFloor.ts"
import { randomBelow } from "../../sip/pair/pair.ts"
import type { FarEnd } from "./FakeFarEnds.ts"
import { agentOf, type Around, campaignOf, type Consumer, numberOf, onFakes, settingsOf } from "./fakeFloor.ts"
import { noBook } from "../floor/noBook.ts"

const contacts = 12
const agentCount = 2
const seeds = Array.from({ length: 12 }, (_, i) => i + 1)

/** What can be said of every call, whatever happens: broken rules, in words. */
const brokenRules = (events: ReadonlyArray<FloorEvent>): ReadonlyArray<string> => {
  const broken: Array<string> = []
  const calls = new Map<string, Array<string>>()
  // Whose customer goes on as another call has no end.
  const given = new Set<string>()
  for (const event of events) {
    if (!("generation" in event)) continue
    const name = `${event.call}/${event.generation}`
    if (event.kind === "handsOver") given.add(name)
    if ("agent" in event) continue
    const kinds = calls.get(name) ?? []
    calls.set(name, [...kinds, event.kind])
  }
  for (const [name, kinds] of calls) {
    const count = (...wanted: ReadonlyArray<string>) => kinds.filter((kind) => wanted.includes(kind)).length
    const say = (what: string) => broken.push(`${name} ${what}: ${kinds.join(" ")}`)
    const ends = count("ended", "failed")
    if (ends !== 1 && !(ends === 0 && given.has(name))) say("has not one end")
    if (ends === 1 && !["ended", "failed"].includes(kinds[kinds.length - 1])) say("goes on after its end")
    if (count("ringing") > 1 || count("answered") > 1) say("rings or answers twice")
    if (count("answered") > 0 && count("failed") > 0) say("fails after its answer")
    if (kinds.indexOf("ringing") > 0) say("rings late")
  }
  return broken
}

/** Far ends that do this and that, and hang up in the end. */
const customer = (far: FarEnd, random: (below: number) => number) =>
  Effect.gen(function* () {
    far.confirmMillis = [0, 0, 300, 32_000][random(4)]
    far.confirms = far.confirmMillis < 32_000
    far.crosses = random(3) === 0
    yield* Effect.sleep(random(300))
    if (random(5) > 0) far.rings()
    yield* Effect.sleep(random(4_000))
    const fate = random(8)
    if (fate === 0) return far.fails([404, 408, 486, 503, 603][random(5)])
    // Rings on and on.
    if (fate === 1) return
    far.answers()
    yield* Effect.sleep(random(8_000))
    if (random(3) > 0) far.hangsUp()
  })

/** Somebody who calls us, acknowledges the answer or not, and hangs up in the end. */
const caller = (far: FarEnd, random: (below: number) => number) =>
  Effect.gen(function* () {
    far.confirmMillis = [0, 0, 300, 32_000][random(4)]
    far.confirms = far.confirmMillis < 32_000
    yield* Effect.sleep(random(300))
    if (random(6) === 0) return far.fails(487)
    far.answers("")
    yield* Effect.sleep(random(12_000))
    if (random(4) > 0) far.hangsUp()
  })

/** Phones mostly answer, and mostly stay. */
const phone = (far: FarEnd, random: (below: number) => number) =>
  Effect.gen(function* () {
    yield* Effect.sleep(random(1_500))
    const fate = random(8)
    if (fate === 0) return far.fails(486)
    if (fate === 1) return
    far.answers()
    if (random(4) > 0) return
    yield* Effect.sleep(random(10_000))
    far.hangsUp()
  })

/** What calls came to. */
interface Ends {
  readonly attempts: Array<AttemptRow>
  readonly arrivals: Array<InboundRow>
  /** How many call us. */
  readonly callers: number
  /** The shift is over: a disk that takes its time would wait for time to pass. */
  isOver: boolean
}

/** The real core and its floor; agents come back to work, and end talks that nobody else ends. */
const floorOf =
  (core: FloorCore, ends: Ends, random: (below: number) => number): Consumer =>
  (told) => {
    const desks = Layer.effect(
      Desks,
      Effect.gen(function* () {
        const inbox = yield* Inbox
        const control = yield* CallControl
        const scope = yield* Effect.scope
        const later = (millis: number, act: Effect.Effect<void, unknown>) =>
          Effect.asVoid(Effect.forkIn(Effect.ignore(Effect.delay(act, millis)), scope))
        return Desks.of({
          do: (command) => {
            const { agent } = command
            if (command.kind === "wrapUp") {
              const done = { kind: "wrapUpDone" as const, agent, ...command.key, disposition: -1, askedAt: -1 }
              return later(random(1_000), inbox.tell(done))
            }
            if (command.kind !== "agentChanged") return Effect.void
            const then = Effect.gen(function* () {
              yield* control.agentChanged(agent, command.state)
              if (command.state === AgentState.paused) yield* later(500, inbox.tell({ kind: "returns", agent }))
              if (command.state === AgentState.signedOut) yield* later(500, control.signIn(agent))
              if (command.state === AgentState.talk) yield* later(3_000 + random(6_000), control.hangUp(agent, false))
              if (command.state === AgentState.talk && ends.callers > 0 && random(2) === 0) {
                yield* later(random(3_000), control.transferTo(agent, (agent + 1) % agentCount))
              }
              if (command.state === AgentState.talk && random(3) === 0) {
                yield* later(
                  random(2_000),
                  Effect.andThen(control.hold(agent), Effect.delay(control.resume(agent), 700))
                )
              }
            })
            return then
          }
        })
      })
    )
    const keep = (events: ReadonlyArray<Stamped>, records: Records) => {
      told.push(...events.map(({ event }) => event))
      ends.attempts.push(...records.attempts)
      ends.arrivals.push(...records.arrivals)
    }
    // A disk takes its time: the world goes on before the core's commands come.
    const journal = Layer.succeed(Journal, {
      commit: (events, records) =>
        Effect.delay(
          Effect.sync(() => keep(events, records)),
          ends.isOver ? 0 : random(60)
        )
    })
    const floor = Floor.layer(core).pipe(
      Layer.provide([desks, journal, Layer.succeed(Lists, { do: () => Effect.void })])
    )
    return Effect.orDie(
      Effect.asVoid(
        Effect.scoped(
          Effect.provide(
            Effect.flatMap(Floor, ({ run }) => run),
            floor
          )
        )
      )
    )
  }

const coreOf = (campaign: CampaignSettings, alwaysOn: boolean): FloorCore => {
  const groups = [{ name: "team", agents: agentCount, alwaysOn }]
  return new FloorCore(
    {
      groups,
      campaigns: [campaign],
      trunk: { linesMax: 100, callsPerSecondMax: 100, ringingReported: true },
      startMinutes: 600
    },
    { groups, campaigns: [{ settings: campaign, list: { segments: [{ name: "all" }] } }] },
    noBook
  )
}

const shift = ({ alwaysOn, callers = 0, campaign }: Kind, seed: number) =>
  Effect.gen(function* () {
    const random = randomBelow(seed)
    const core = coreOf(campaignSettings({ wrapMillisMax: 5_000, ...campaign }), alwaysOn)
    const agents = Array.from({ length: agentCount }, (_, i) => agentOf({ address: `sip:phone${i}`, alwaysOn }))
    const live = campaignOf({
      record: true,
      numbersDialled: [dialled],
      putsThrough: true,
      takesRequests: random(2) === 0
    })
    const settings = settingsOf({ campaigns: [live], agents })
    const ends: Ends = { attempts: [], arrivals: [], callers, isOver: false }
    const { arrivals, attempts } = ends
    const called = () => arrivals.filter(({ handedBy }) => handedBy === null).length
    yield* onFakes(
      settings,
      (around) =>
        Effect.gen(function* () {
          const { control, far, media, pass, tell, told } = around
          far.begins = (end) => (end.to.startsWith("sip:") ? phone(end, random) : customer(end, random))
          yield* tell({ kind: "contactsAdded", campaign: 0, count: contacts, segment: null })
          yield* Effect.forkChild(callUs(around, callers, random))
          // Whoever signs in and finds the phone silent tries again; in the end all have been called.
          const { calls, campaigns } = core.dialler
          const isDone = () => {
            const { closed, size } = campaigns[0].list
            return size >= contacts && closed === size && called() >= callers && calls.size === 0
          }
          for (let i = 0; i < 200 && !isDone(); i += 1) {
            for (let agent = 0; agent < agentCount; agent += 1) {
              if (core.dialler.agents.state[agent] === AgentState.signedOut) {
                yield* Effect.forkChild(Effect.ignore(control.signIn(agent)))
              }
            }
            yield* pass(5_000)
          }
          assert.isTrue(isDone(), `seed ${seed}`)
          yield* pass(60)
          // Each was called once, but for those who talked to us on their own call before.
          const times = Array.from(
            { length: contacts },
            (_, at) => attempts.filter(({ contact }) => contact === at).length
          )
          const talked = new Set(arrivals.flatMap(({ contact, outcome }) => (outcome === "connected" ? [contact] : [])))
          const wrong = times.flatMap((count, at) => (count === 1 || (count === 0 && talked.has(at)) ? [] : [at]))
          assert.deepStrictEqual(wrong, [], `seed ${seed}`)
          assert.deepStrictEqual(brokenRules(told), [], `seed ${seed}`)
          yield* pass(40_000)
          // What is up still are phones that are always on.
          const up = far.ends.filter(({ isOver }) => !isOver)
          assert.deepStrictEqual(up.filter(({ to }) => !to.startsWith("sip:")).length, 0, `seed ${seed}`)
          assert.strictEqual(far.open, media.open)
        }).pipe(
          Effect.ensuring(
            Effect.suspend(() => {
              ends.isOver = true
              return around.pass(60)
            })
          )
        ),
      floorOf(core, ends, random)
    )
    const handedOn = arrivals.filter(({ handedBy }) => handedBy !== null).map(({ outcome }) => `handed on, ${outcome}`)
    const calledUs = arrivals.filter(({ handedBy }) => handedBy === null).map(({ outcome }) => `called us, ${outcome}`)
    return [...attempts.map(({ outcome }) => outcome), ...handedOn, ...calledUs]
  })

const dialled = "+4930200200"

/** People call us now and then: contacts of the list, some while we call them, and others. */
const callUs = ({ callers, far, tell }: Around, count: number, random: (below: number) => number) =>
  Effect.gen(function* () {
    for (let made = 0, known = contacts; made < count; made += 1) {
      yield* Effect.sleep(random(8_000))
      const contact = random(3) === 0 ? known : random(contacts)
      if (contact === known) {
        known += 1
        yield* tell({ kind: "callerAdded", campaign: 0 })
      }
      callers.set(`0 ${numberOf(contact)}`, contact)
      const call = yield* far.calls(numberOf(contact), dialled)
      yield* Effect.forkDetach(caller(call.far, random))
    }
  })

/** A kind of floor, and what its calls must come to among others, so that the shifts are known to try them. */
interface Kind {
  readonly name: string
  readonly campaign: Partial<CampaignSettings>
  readonly alwaysOn: boolean
  /** How many call us, and are handed on. */
  readonly callers?: number
  readonly outcomes: ReadonlyArray<string>
}
const predictive = {
  mode: "predictive",
  pacing: { kind: "fixed-ratio", linesPerAgent: 2 },
  abandonMessage: true
} as const
const served = ["connected", "abandoned", "no-answer", "busy", "congestion"]
const blended = { queue: { callersMax: 1, waitMillisMax: 4_000 } }
const arrived = [
  "connected",
  ...["connected", "gave-up", "wait-over", "turned-away"].map((outcome) => `called us, ${outcome}`),
  "handed on, connected"
]
const kinds: ReadonlyArray<Kind> = [
  { name: "progressive, phones rung for each call", campaign: {}, alwaysOn: false, outcomes: served },
  { name: "progressive, phones always on", campaign: {}, alwaysOn: true, outcomes: served },
  {
    name: "predictive with detection, phones always on",
    campaign: { ...predictive, detection: true },
    alwaysOn: true,
    outcomes: [...served, "hung-up-waiting"]
  },
  {
    name: "predictive, phones rung for each call",
    campaign: predictive,
    alwaysOn: false,
    outcomes: [...served, "hung-up-waiting"]
  },
  { name: "callers among them, phones always on", campaign: blended, alwaysOn: true, callers: 10, outcomes: arrived },
  {
    name: "callers among them, phones rung for each call",
    campaign: { ...blended, ...predictive },
    alwaysOn: false,
    callers: 10,
    outcomes: arrived
  },
  {
    name: "automatic",
    campaign: { mode: "automatic", groups: [] },
    alwaysOn: false,
    outcomes: ["scripted", "no-answer", "congestion"]
  }
]

describe("whatever far ends do, each call has one end and nothing is left", () => {
  for (const kind of kinds) {
    it.effect(
      kind.name,
      () =>
        Effect.map(
          Effect.forEach(seeds, (seed) => shift(kind, seed)),
          (shifts) => assert.includeMembers([...new Set(shifts.flat())], [...kind.outcomes])
        ),
      60_000
    )
  }
})
