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
import { sippTrunk } from "./harness/sippTrunk.ts"
import { sine } from "./harness/voice.ts"

/** What becomes of a contact whose number ends so, where every answer is served. */
const predicted: Readonly<Record<string, string>> = {
  "0": "answered",
  "1": "busy",
  "2": "rejected",
  "3": "invalid",
  "4": "answered",
  "5": "no-answer"
}
const customers = sippTrunk({
  rules: [
    { endings: ["0", "4"], behaviour: { _tag: "Answer", ringMillis: 200, hertz: 700, hangUpMillis: 1_500 } },
    { endings: ["1"], behaviour: { _tag: "Refuse", status: "486 Busy Here", ringMillis: 100 } },
    { endings: ["2"], behaviour: { _tag: "Refuse", status: "603 Decline", ringMillis: 100 } },
    { endings: ["3"], behaviour: { _tag: "Refuse", status: "404 Not Found", ringMillis: 0 } }
  ],
  otherwise: { _tag: "Refuse", status: "480 Temporarily Unavailable", ringMillis: 300 }
})
const contacts = Object.keys(predicted).length

const message = "abandonMessage: { text: This was Live. Call us for no more calls. }"
const rules = (more = "") => `rules: { attemptsMax: 1, wrapSecondsMax: 0.3, ringSecondsMax: 20${more} }`
const plans: Readonly<Record<string, { readonly alwaysOn: boolean; readonly campaign: ReadonlyArray<string> }>> = {
  progressive: { alwaysOn: false, campaign: ["mode: progressive", rules(), message] },
  predictive: {
    alwaysOn: true,
    campaign: ["mode: predictive", "pacing: { kind: fixed-ratio, linesPerAgent: 1 }", rules(), message]
  },
  preview: { alwaysOn: false, campaign: ["mode: preview", rules(), message] },
  manual: { alwaysOn: true, campaign: ["mode: manual", rules(), message] },
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

describe("a small campaign over SIP, to its end", () => {
  it.live.each(Object.keys(plans))(
    "%s: every contact ends as predicted",
    (mode) =>
      Effect.gen(function* () {
        const cwd = yield* folder(mode)
        const trunk = yield* customers
        const host = newHost()
        const plan: FloorPlan = { host, trunk: trunk.address.host, users: ["ann"], contacts, ...plans[mode] }
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
        const attempts = yield* attemptsOf(cwd)
        assert.deepStrictEqual(
          attempts.map(({ contact, outcome }) => `${contact} ${outcome}`).sort(),
          Object.entries(predicted).map(([digit, outcome]) => `${digit} ${outcome === "answered" ? served : outcome}`)
        )
      }).pipe(Effect.scoped),
    150_000
  )

  it.live(
    "callback: whoever called is called back, in the order they called",
    () =>
      Effect.gen(function* () {
        const cwd = yield* folder("callback")
        const trunk = yield* customers
        const host = newHost()
        const dialled = numberOf(999)
        const campaign = ["mode: callback", "goal: none", `numbersDialled: ["${dialled}"]`, rules(), message]
        writeFloor(cwd, { host, trunk: trunk.address.host, users: ["ann"], alwaysOn: true, contacts: 0, campaign })
        const floor = yield* startFloor(cwd)
        yield* phoneFor(host)
        for (const caller of [4, 0]) {
          const call = placeCall({ to: `sip:${dialled}@${host}:5060`, from: `sip:${numberOf(caller)}@carrier.test` })
          yield* Effect.scoped(Effect.andThen(call, ({ saw }) => saw("Ended", 30))).pipe(Effect.provide(outpace()))
        }
        yield* signIn(cwd, "ann")
        yield* Effect.forkScoped(agentWorks(cwd, "ann", () => !floor.isRunning()))
        yield* until(
          () => `both are called back: ${floor.output()}`,
          () => trunk.calls().length === 2 && trunk.calls().every(({ end }) => end !== null),
          60
        )
        const { floor: control } = yield* controlClient(socketOf(cwd))
        yield* control.stop()
        yield* until("the floor has ended", () => !floor.isRunning(), 60)
        assert.deepStrictEqual(
          trunk.calls().map(({ number }) => number.replace(/^\+?/, "+")),
          [numberOf(4), numberOf(0)]
        )
        const attempts = yield* attemptsOf(cwd)
        assert.deepStrictEqual(
          attempts.map(({ contact, outcome }) => `${contact} ${outcome}`),
          ["0 connected", "1 connected"]
        )
      }).pipe(Effect.scoped),
    150_000
  )
})
