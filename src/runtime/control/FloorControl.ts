import { Context, Deferred, Effect, Layer } from "effect"
import { AgentState, agentStateNames } from "../../domain/AgentState.ts"
import { Leaving } from "../../dialler/AgentTable.ts"
import { CallState } from "../../dialler/CallTable.ts"
import type { FloorNames } from "../../store/Recorder.ts"
import { Floor } from "../floor/Floor.ts"
import type { CallKey } from "../floor/FloorEvent.ts"
import type { FloorSnapshot, FloorView } from "../floor/FloorView.ts"
import { Inbox } from "../floor/Inbox.ts"
import { type AgentAction, type CampaignAction, type Erasure, NotNow, NotThere } from "./ControlApi.ts"

/** What an agent's phone and the call on it can be asked for. Refusals come as sentences. */
export interface AgentHands {
  /** Brings the phone up where it is always on; then the agent is signed in. */
  readonly signIn: (agent: number) => Effect.Effect<void, NotNow>
  /** `isMachine`: the talk was with a machine. */
  readonly hangUp: (agent: number, isMachine: boolean) => Effect.Effect<void, NotNow>
  readonly hold: (agent: number) => Effect.Effect<void, NotNow>
  readonly resume: (agent: number) => Effect.Effect<void, NotNow>
  readonly pauseRecording: (agent: number) => Effect.Effect<void, NotNow>
  readonly resumeRecording: (agent: number) => Effect.Effect<void, NotNow>
  readonly transfer: (agent: number, number: string) => Effect.Effect<void, NotNow>
  /** To another agent, who is free. */
  readonly transferTo: (agent: number, to: number) => Effect.Effect<void, NotNow>
  readonly sendKeys: (agent: number, keys: string) => Effect.Effect<void, NotNow>
}

/** Who and what is on the floor, by the names people use. */
export interface ControlNames extends FloorNames {
  /** By the agents' numbers in the core: names and SIP users. */
  readonly agents: ReadonlyArray<{ readonly name: string; readonly user: string }>
  /** Milliseconds since 1970 at instant 0 of the core's clock. */
  readonly epochMillis: number
}

/** The floor in the hands of agents and managers. Each action says in a sentence what came of it. */
export class FloorControl extends Context.Service<
  FloorControl,
  {
    readonly show: Effect.Effect<FloorSnapshot>
    /** `agent`: name or SIP user. */
    readonly agent: (agent: string, action: AgentAction) => Effect.Effect<string, NotThere | NotNow>
    readonly campaign: (campaign: string, action: CampaignAction) => Effect.Effect<string, NotThere | NotNow>
    /** People are called by nobody from now on, and erased when the floor is started next. */
    readonly erase: (erasure: Erasure) => Effect.Effect<string, NotNow>
    /** Begins the end of the day: `stopping` is done then. */
    readonly stop: Effect.Effect<string>
    readonly stopping: Effect.Effect<void>
  }
>()("outpace/control/FloorControl") {
  static readonly layer = (
    names: ControlNames,
    view: FloorView,
    hands: AgentHands,
    erase: (erasure: Erasure) => Effect.Effect<string, NotNow>
  ): Layer.Layer<FloorControl, never, Floor | Inbox> =>
    Layer.effect(
      FloorControl,
      Effect.gen(function* () {
        const { core } = yield* Floor
        const inbox = yield* Inbox
        const asked = yield* Deferred.make<void>()
        const desk: Desk = { core, inbox, names, hands }
        return FloorControl.of({
          show: Effect.map(inbox.now, (now) => view.snapshot(now)),
          agent: (agent, action) => Effect.flatMap(agentOf(names, agent), (number) => agentDoes(desk, number, action)),
          campaign: (campaign, action) =>
            Effect.flatMap(campaignOf(names, campaign), (number) => campaignDoes(desk, number, action)),
          erase,
          stop: Effect.as(Deferred.succeed(asked, undefined), "The floor stops: no new calls."),
          stopping: Deferred.await(asked)
        })
      })
    )
}

interface Desk {
  readonly core: Floor["Service"]["core"]
  readonly inbox: Inbox["Service"]
  readonly names: ControlNames
  readonly hands: AgentHands
}

const agentOf = ({ agents }: ControlNames, name: string): Effect.Effect<number, NotThere> => {
  const place = agents.findIndex((agent) => agent.name === name || agent.user === name)
  if (place >= 0) return Effect.succeed(place)
  const known = agents.map((agent) => agent.name).join(", ")
  return Effect.fail(new NotThere({ sentence: `There is no agent "${name}"; there are ${known}.` }))
}

const campaignOf = ({ campaigns }: ControlNames, name: string): Effect.Effect<number, NotThere> => {
  const place = campaigns.findIndex(({ settings }) => settings.name === name)
  if (place >= 0) return Effect.succeed(place)
  const known = campaigns.map(({ settings }) => settings.name).join(", ")
  return Effect.fail(new NotThere({ sentence: `There is no campaign "${name}"; there are ${known}.` }))
}

const notNow = (sentence: string) => Effect.fail(new NotNow({ sentence }))

const agentDoes = (desk: Desk, agent: number, action: AgentAction): Effect.Effect<string, NotThere | NotNow> => {
  const { core, hands, inbox, names } = desk
  const { agents } = core.dialler
  const { name } = names.agents[agent]
  const tell = (kind: "signsOut" | "pauses" | "returns", sentence: string) =>
    agents.state[agent] === AgentState.signedOut
      ? notNow(`${name} is not signed in.`)
      : Effect.as(inbox.tell({ kind, agent }), sentence)
  switch (action.do) {
    case "sign-in":
      if (agents.state[agent] === AgentState.wrap && agents.leaving[agent] !== Leaving.no) {
        return notNow(`${name} has after-call work to finish first.`)
      }
      if (agents.state[agent] !== AgentState.signedOut) return notNow(`${name} is signed in.`)
      return Effect.as(hands.signIn(agent), `${name} is signed in.`)
    case "sign-out":
      return tell("signsOut", `${name} signs out, after the work in hand if there is any.`)
    case "pause":
      return tell("pauses", `${name} takes a break, after the work in hand if there is any.`)
    case "return":
      return tell("returns", `${name} is back.`)
    case "dial":
    case "skip":
      return withWork(desk, agent, CallState.preview, (key) =>
        Effect.as(
          inbox.tell({ kind: action.do === "dial" ? "dials" : "skips", agent, ...key }),
          action.do === "dial" ? "The number is dialled." : "The contact is passed over."
        )
      )
    case "take":
      return Effect.flatMap(campaignOf(names, action.campaign), (campaign) =>
        agents.state[agent] === AgentState.ready
          ? Effect.as(inbox.tell({ kind: "takes", agent, campaign }), `${name} takes the next contact.`)
          : notNow(`${name} is not free: ${agentStateNames[agents.state[agent]]}.`)
      )
    case "done":
      return withWork(desk, agent, CallState.wrap, (key) => wrapUp(desk, agent, key, action))
    case "hang-up":
      return Effect.as(hands.hangUp(agent, false), "The call is hung up.")
    case "machine":
      return Effect.as(hands.hangUp(agent, true), "The call is hung up, and counts as a machine's.")
    case "hold":
      return Effect.as(hands.hold(agent), "The call is on hold.")
    case "resume":
      return Effect.as(hands.resume(agent), "The call goes on.")
    case "pause-recording":
      return Effect.as(hands.pauseRecording(agent), "Nothing is recorded until it is resumed.")
    case "resume-recording":
      return Effect.as(hands.resumeRecording(agent), "The call is recorded again.")
    case "transfer":
      return Effect.as(hands.transfer(agent, action.number), `The call was given to ${action.number}.`)
    case "hand-over":
      return Effect.flatMap(agentOf(names, action.to), (to) => handOver(desk, agent, to))
    case "keys":
      return Effect.as(hands.sendKeys(agent, action.keys), "The keys are pressed.")
  }
}

const handOver = ({ core, hands, names }: Desk, agent: number, to: number): Effect.Effect<string, NotNow> => {
  const state = core.dialler.agents.state[to]
  const { name } = names.agents[to]
  if (to === agent) return notNow(`${name} has the call.`)
  if (state !== AgentState.ready) return notNow(`${name} is not free: ${agentStateNames[state]}.`)
  return Effect.as(hands.transferTo(agent, to), `The call was given to ${name}.`)
}

/** What the agent has in hand, if it is in that state. */
const withWork = <A>(
  { core, names }: Desk,
  agent: number,
  state: number,
  work: (key: CallKey) => Effect.Effect<A, NotNow>
): Effect.Effect<A, NotNow> => {
  const { agents, calls } = core.dialler
  const call = agents.call[agent]
  if (call >= 0 && calls.state[call] === state) return work({ call, generation: calls.generation[call] })
  const { name } = names.agents[agent]
  return notNow(
    state === CallState.wrap ? `${name} has no after-call work to do.` : `${name} has no card to be dialled from.`
  )
}

const wrapUp = (
  { core, inbox, names }: Desk,
  agent: number,
  key: CallKey,
  { callAt, disposition }: Extract<AgentAction, { readonly do: "done" }>
): Effect.Effect<string, NotNow> => {
  const { dispositions } = names.campaigns[core.dialler.calls.campaign[key.call]].settings.known
  const place = dispositions.findIndex(({ code }) => code === disposition)
  if (disposition !== null && place < 0) {
    const known = dispositions.map(({ code }) => code).join(", ")
    return notNow(`There is no disposition "${disposition}"; there are ${known === "" ? "none" : known}.`)
  }
  const askedAt = callAt === null ? -1 : callAt - names.epochMillis
  if (callAt !== null && askedAt < core.now) return notNow("The time the person asked for is over.")
  return Effect.as(inbox.tell({ kind: "wrapUpDone", agent, ...key, disposition: place, askedAt }), "The call is done.")
}

const campaignDoes = (
  { core, inbox, names }: Desk,
  campaign: number,
  action: CampaignAction
): Effect.Effect<string, NotNow> => {
  const { name } = names.campaigns[campaign].settings
  const { running } = core.dialler.campaigns[campaign]
  switch (action.do) {
    case "pause":
      if (!running) return notNow(`${name} is paused.`)
      return Effect.as(inbox.tell({ kind: "paused", campaign }), `${name} dials nobody any more.`)
    case "start":
      if (running) return notNow(`${name} is running.`)
      return Effect.as(inbox.tell({ kind: "started", campaign }), `${name} is running.`)
    case "segment": {
      const known = segmentNames(names, campaign)
      const segment = known.indexOf(action.segment)
      if (segment < 0) return notNow(`${name} has no segment "${action.segment}"; it has ${known.join(", ")}.`)
      const sentence = `Segment ${action.segment} of ${name} is ${action.on ? "on" : "off"}.`
      return Effect.as(inbox.tell({ kind: "segmentSwitched", campaign, segment, on: action.on }), sentence)
    }
  }
}

const segmentNames = ({ campaigns }: ControlNames, campaign: number): ReadonlyArray<string> => {
  const { list, settings } = campaigns[campaign]
  return list.segments.length > 0 ? list.segments.map(({ name }) => name) : settings.known.segments
}
