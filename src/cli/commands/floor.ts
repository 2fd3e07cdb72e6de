import { Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { Failed, WrongInput } from "../CommandFailure.ts"
import { forgetFlag, numbersArgument } from "./erase.ts"
import { configFlag } from "../floor/configFlag.ts"
import { floorFile } from "../floor/floorFile.ts"
import { floorTable } from "../floor/floorTable.ts"
import { writeOut } from "../writeOut.ts"
import type { AgentAction, CampaignAction } from "../../runtime/control/ControlApi.ts"

const where = {
  config: configFlag,
  store: Flag.String("store").pipe(
    Flag.withMetavar("FILE"),
    Flag.withDescription("The floor's store, where its configuration cannot be read here"),
    Flag.optional
  )
}
interface Where {
  readonly config: string
  readonly store: Option.Option<string>
}

/** The floor that runs on this machine. */
const floorOf = Effect.fnUntraced(function* ({ config, store }: Where) {
  const path = Option.isSome(store) ? store.value : (yield* floorFile(config)).store
  const { controlClient, controlSocketOf } = yield* Effect.promise(
    () => import("../../runtime/control/controlSocket.ts")
  )
  return (yield* controlClient(controlSocketOf(path))).floor
})

interface Refusal {
  readonly _tag: string
  readonly message: string
}
/** What a floor answers, or why it does not. */
const asked = <A, E extends Refusal, R>(answer: Effect.Effect<A, E, R>) =>
  Effect.mapError(answer, (error) => {
    if (error._tag === "NotThere" || error._tag === "NotNow") return new WrongInput({ sentence: error.message })
    if (error._tag === "WrongInput") return new WrongInput({ sentence: error.message })
    return new Failed({ sentence: `the floor does not answer. Is "outpace serve" running with this configuration?` })
  })

const show = Command.make(
  "show",
  { ...where, json: Flag.Boolean("json").pipe(Flag.withDescription("Print it as JSON"), Flag.withDefault(false)) },
  Effect.fn(function* ({ json, ...given }) {
    const floor = yield* floorOf(given)
    const snapshot = yield* asked(floor.show())
    const text = json
      ? JSON.stringify(snapshot, null, 2)
      : floorTable(snapshot, "The floor now", { columns: 200, rows: 500 }).join("\n")
    yield* writeOut(`${text}\n`)
  }, Effect.scoped)
).pipe(Command.withDescription("How the floor stands."))

const simple = [
  "sign-in",
  "sign-out",
  "pause",
  "return",
  "dial",
  "skip",
  "hang-up",
  "machine",
  "hold",
  "resume"
] as const
const onRecordings = ["pause-recording", "resume-recording"] as const

const text = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description), Flag.optional)

const agentFlags = {
  agent: Argument.String("agent").pipe(Argument.withMetavar("AGENT"), Argument.withDescription("Name or SIP user")),
  action: Argument.Literals("action", [...simple, ...onRecordings, "take", "done", "transfer", "keys"]).pipe(
    Argument.withDescription("What the agent does")
  ),
  ...where,
  campaign: text("campaign", "NAME", "With take: the campaign whose next contact is taken"),
  disposition: text("disposition", "CODE", "With done: what came of the call"),
  callAt: text("call-at", "TIME", "With done: when the person asked to be called, such as 2026-11-23T15:30:00Z"),
  number: text("number", "NUMBER", "With transfer: who is given the call"),
  to: text("to", "AGENT", "With transfer, in place of a number: the agent who is given the call"),
  keys: text("keys", "KEYS", "With keys: which are pressed")
}

const needed = (value: Option.Option<string>, flag: string): Effect.Effect<string, WrongInput> =>
  Option.isSome(value)
    ? Effect.succeed(value.value)
    : Effect.fail(new WrongInput({ sentence: `say which: --${flag} is missing.` }))

const instantOf = (time: Option.Option<string>): Effect.Effect<number | null, WrongInput> => {
  if (Option.isNone(time)) return Effect.succeed(null)
  const millis = Date.parse(time.value)
  return Number.isFinite(millis)
    ? Effect.succeed(millis)
    : Effect.fail(new WrongInput({ sentence: `"${time.value}" is no time: write it like 2026-11-23T15:30:00Z.` }))
}

type AgentGiven = Readonly<
  Record<"campaign" | "disposition" | "callAt" | "number" | "to" | "keys", Option.Option<string>>
> & {
  readonly action: Exclude<AgentAction["do"], "hand-over">
}

const actionOf = Effect.fnUntraced(function* (given: AgentGiven) {
  switch (given.action) {
    case "take":
      return { do: given.action, campaign: yield* needed(given.campaign, "campaign") } satisfies AgentAction
    case "done": {
      const callAt = yield* instantOf(given.callAt)
      return { do: given.action, disposition: Option.getOrNull(given.disposition), callAt } satisfies AgentAction
    }
    case "transfer":
      if (Option.isSome(given.to)) return { do: "hand-over", to: given.to.value } satisfies AgentAction
      return { do: given.action, number: yield* needed(given.number, "number or --to") } satisfies AgentAction
    case "keys":
      return { do: given.action, keys: yield* needed(given.keys, "keys") } satisfies AgentAction
    default:
      return { do: given.action } satisfies AgentAction
  }
})

const agent = Command.make(
  "agent",
  agentFlags,
  Effect.fn(function* (given) {
    const payload: AgentAction = yield* actionOf(given)
    const floor = yield* floorOf(given)
    const answer = yield* asked(floor.agent({ params: { agent: given.agent }, payload }))
    yield* writeOut(`${answer}\n`)
  }, Effect.scoped)
).pipe(
  Command.withDescription("What an agent does at the desk: sign in, dial, hold, finish a call ..."),
  Command.withExamples([
    { command: "outpace floor agent anna sign-in", description: "Calls her phone where it is always on" },
    { command: "outpace floor agent anna transfer --to ben", description: "Gives the call in hand to another agent" },
    { command: "outpace floor agent anna done --disposition sold", description: "After-call work is done" }
  ])
)

const campaign = Command.make(
  "campaign",
  {
    campaign: Argument.String("campaign").pipe(Argument.withMetavar("CAMPAIGN")),
    action: Argument.Literals("action", ["pause", "start", "segment-on", "segment-off"]),
    ...where,
    segment: text("segment", "NAME", "With segment-on and segment-off: which of them")
  },
  Effect.fn(function* ({ action, campaign, segment, ...given }) {
    const payload: CampaignAction =
      action === "pause" || action === "start"
        ? { do: action }
        : { do: "segment", segment: yield* needed(segment, "segment"), on: action === "segment-on" }
    const floor = yield* floorOf(given)
    yield* writeOut(`${yield* asked(floor.campaign({ params: { campaign }, payload }))}\n`)
  }, Effect.scoped)
).pipe(Command.withDescription("Pause or start a campaign, or switch a segment of its list."))

const erase = Command.make(
  "erase",
  { numbers: numbersArgument, ...where, forget: forgetFlag },
  Effect.fn(function* ({ forget, numbers: [first, ...others], ...given }) {
    const floor = yield* floorOf(given)
    yield* writeOut(`${yield* asked(floor.erase({ payload: { numbers: [first, ...others], forget } }))}\n`)
  }, Effect.scoped)
).pipe(Command.withDescription("Have people called by nobody, and erased when the floor is started next."))

const stop = Command.make(
  "stop",
  where,
  Effect.fn(function* (given) {
    const floor = yield* floorOf(given)
    yield* writeOut(`${yield* asked(floor.stop())}\n`)
  }, Effect.scoped)
).pipe(Command.withDescription("End the floor's day: no new calls, and everybody who talks is let finish."))

export const floorCommand = Command.make("floor").pipe(
  Command.withDescription("Steer the floor that runs on this machine."),
  Command.withSubcommands([show, agent, campaign, erase, stop])
)
