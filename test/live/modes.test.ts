import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { AgentAction } from "../../src/runtime/control/ControlApi.ts"
import { controlClient } from "../../src/runtime/control/controlSocket.ts"
import { baresip } from "./harness/baresip.ts"
import {
  attemptsOf,
  endsWell,
  type FloorPlan,
  numberOf,
  phonePassword,
  signIn,
  socketOf,
  startFloor,
  writeFloor
} from "./harness/floor.ts"
import { newHost, until } from "./harness/host.ts"
import { placeCall } from "./harness/liveCall.ts"
import { outpace } from "./harness/outpace.ts"
import { folder } from "./harness/program.ts"
import { type Fate, simulated } from "./harness/simulated.ts"
import { sippTrunk } from "./harness/sippTrunk.ts"
import type { Behaviour } from "./harness/trunkScenario.ts"
import { sine } from "./harness/voice.ts"

/** Of a seed with which the simulated people do everything people can do. */
const seed = 4
const contacts = 10

/** The carrier: does with each contact, by the last digit of its number, what came of it in the simulator. */
const customers = (fates: ReadonlyArray<Fate>) => {
  const rule = (behaviour: Behaviour, ...outcomes: ReadonlyArray<string>) => {
    const endings = fates.filter(({ outcome }) => outcomes.includes(outcome)).map(({ contact }) => String(contact))
    return endings.length === 0 ? [] : [{ endings, behaviour }]
  }
  const refuses = (status: string, ringMillis: number): Behaviour => ({ _tag: "Refuse", status, ringMillis })
  return sippTrunk({
    rules: [
      ...rule({ _tag: "Answer", ringMillis: 200, hertz: 700, hangUpMillis: 1_500 }, "connected", "scripted"),
      ...rule(refuses("486 Busy Here", 100), "busy"),
      ...rule(refuses("603 Decline", 100), "rejected"),
      ...rule(refuses("404 Not Found", 0), "invalid")
    ],
    otherwise: refuses("480 Temporarily Unavailable", 300)
  })
}

const message = "abandonMessage: { text: This was Live. Call us for no more calls. }"
const rules = (more = "") => `rules: { attemptsMax: 1, wrapSecondsMax: 0.3, ringSecondsMax: 20${more} }`
const plans: Readonly<Record<string, { readonly alwaysOn: boolean; readonly campaign: ReadonlyArray<string> }>> = {
  progressive: { alwaysOn: false, campaign: ["mode: progressive", rules()] },
  predictive: {
    alwaysOn: true,
    campaign: ["mode: predictive", "pacing: { kind: fixed-ratio, linesPerAgent: 1 }", rules()]
  },
  preview: { alwaysOn: false, campaign: ["mode: preview", rules()] },
  manual: { alwaysOn: true, campaign: ["mode: manual", rules()] },
  automatic: {
    alwaysOn: true,
    campaign: [
      "mode: automatic",
      "pacing: { kind: lines, lines: 3 }",
      "groups: []",
      rules(),
      "flow:",
      "  name: Notice",
      "  language: en",
      "  steps: [{ name: notice, do: say, text: Your order is here. }, { name: done, do: hang-up, result: told }]"
    ]
  }
}

/** Does at the desk what there is to do, until the floor has ended. */
const agentWorks = Effect.fnUntraced(function* (cwd: string, user: string, isOver: () => boolean) {
  const { floor } = yield* controlClient(socketOf(cwd))
  const does = (payload: AgentAction) => Effect.ignore(floor.agent({ params: { agent: user }, payload }))
  while (!isOver()) {
    const state = yield* floor.show().pipe(
      Effect.map(({ agents }) => agents[0].state),
      Effect.orElseSucceed(() => "gone")
    )
    if (state === "ready") yield* does({ do: "take", campaign: "Calls" })
    if (state === "preview") yield* does({ do: "dial" })
    yield* Effect.sleep("50 millis")
  }
})

const phoneFor = (host: string) =>
  baresip({ user: "ann", password: phonePassword, registrar: { host, port: 5060 }, voice: sine(440, 200_000) })

/** One after the other, for calls of several lines end in another order where they ring for another time. */
const byContact = (fates: ReadonlyArray<Fate>): ReadonlyArray<Fate> =>
  fates
    .map(({ agent, attempt, contact, outcome }) => ({ contact, attempt, outcome, agent }))
    .sort((a, b) => a.contact - b.contact)

describe("a small campaign over SIP, to its end", () => {
  it.live.each(Object.keys(plans))(
    "%s: the records are those the simulator predicts",
    (mode) =>
      Effect.gen(function* () {
        const cwd = yield* folder(mode)
        const { alwaysOn, campaign } = plans[mode]
        const predicted = simulated({
          alwaysOn: mode === "automatic" ? null : alwaysOn,
          list: `{ contacts: ${contacts} }`,
          campaign,
          seed
        })
        const trunk = yield* customers(predicted)
        const host = newHost()
        const lines = mode === "automatic" ? campaign : [...campaign, message]
        const plan: FloorPlan = { host, trunk: trunk.address.host, users: ["ann"], alwaysOn, contacts, campaign: lines }
        writeFloor(cwd, plan)
        const floor = yield* startFloor(cwd, ["--until-done"])
        if (mode !== "automatic") {
          yield* phoneFor(host)
          yield* signIn(cwd, "ann")
        }
        if (mode === "manual" || mode === "preview") {
          yield* Effect.forkScoped(agentWorks(cwd, "ann", () => !floor.isRunning()))
        }
        yield* endsWell(floor, 90)
        assert.strictEqual(trunk.errors(), "")
        const served = mode === "automatic" ? "scripted" : "connected"
        const kinds = new Set(predicted.map(({ outcome }) => outcome))
        assert.deepStrictEqual([...kinds].sort(), ["busy", "invalid", "no-answer", "rejected", served].sort())
        assert.deepStrictEqual(byContact(yield* attemptsOf(cwd)), byContact(predicted))
      }).pipe(Effect.scoped),
    150_000
  )

  it.live(
    "callback: whoever called is called back, in the order they called, and the records are those the simulator predicts",
    () =>
      Effect.gen(function* () {
        const cwd = yield* folder("callback")
        const callsBack = ["mode: callback", "goal: none", rules()]
        const list = "{ contacts: 0, requestsPerHour: 0.5 }"
        const predicted = simulated({ alwaysOn: true, list, campaign: callsBack, seed })
        const callers = predicted.map(({ contact }) => contact)
        assert.isAbove(callers.length, 3)
        const trunk = yield* customers(predicted)
        const host = newHost()
        const dialled = numberOf(999)
        const campaign = [...callsBack, `numbersDialled: ["${dialled}"]`, message]
        writeFloor(cwd, { host, trunk: trunk.address.host, users: ["ann"], alwaysOn: true, contacts: 0, campaign })
        const floor = yield* startFloor(cwd)
        yield* phoneFor(host)
        for (const caller of callers) {
          const call = placeCall({ to: `sip:${dialled}@${host}:5060`, from: `sip:${numberOf(caller)}@carrier.test` })
          yield* Effect.scoped(Effect.andThen(call, ({ saw }) => saw("Ended", 30))).pipe(Effect.provide(outpace()))
        }
        yield* signIn(cwd, "ann")
        yield* Effect.forkScoped(agentWorks(cwd, "ann", () => !floor.isRunning()))
        yield* until(
          () => `all are called back: ${floor.output()}`,
          () => trunk.calls().length === callers.length && trunk.calls().every(({ end }) => end !== null),
          60
        )
        const { floor: control } = yield* controlClient(socketOf(cwd))
        yield* control.stop()
        yield* until("the floor has ended", () => !floor.isRunning(), 60)
        assert.deepStrictEqual(
          trunk.calls().map(({ number }) => number.replace(/^\+?/, "+")),
          callers.map(numberOf)
        )
        assert.deepStrictEqual(byContact(yield* attemptsOf(cwd)), predicted)
      }).pipe(Effect.scoped),
    150_000
  )
})
