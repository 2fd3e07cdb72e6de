import { Context, Deferred, Effect } from "effect"
import { AgentState } from "../../domain/AgentState.ts"
import { type PhoneStatus, releasePhone, signInPhone } from "./AgentPhone.ts"
import type { Board } from "./Board.ts"
import { type ControlRefused, NotNow, NotOnCall, type NotTransferred, PhoneUnavailable } from "./ControlRefused.ts"
import type { Control, CustomerCall } from "./CustomerCall.ts"

/** What agents do with their phones and calls; `agent` is the agent's number in the core. */
export class CallControl extends Context.Service<
  CallControl,
  {
    /**
     * The agent comes to work: an always-on phone is called and answered first, any other must be there. Then the core is
     * told.
     */
    readonly signIn: (agent: number) => Effect.Effect<void, PhoneUnavailable>
    /** The core has put the agent into another state (a code of `AgentState`): to be told of each change by the desks. */
    readonly agentChanged: (agent: number, state: number) => Effect.Effect<void>
    readonly phoneOf: (agent: number) => Effect.Effect<PhoneStatus>
    /** Ends the talk with the customer; `isMachine`: it was with a machine. Done when that has begun. */
    readonly hangUp: (agent: number, isMachine: boolean) => Effect.Effect<void, NotOnCall>
    /** The customer hears music. */
    readonly hold: (agent: number) => Effect.Effect<void, NotOnCall | NotNow>
    readonly resume: (agent: number) => Effect.Effect<void, NotOnCall | NotNow>
    /** Until it is resumed, the recording holds silence. */
    readonly pauseRecording: (agent: number) => Effect.Effect<void, NotOnCall | NotNow>
    readonly resumeRecording: (agent: number) => Effect.Effect<void, NotOnCall | NotNow>
    /** Presses keys, 1 to 64 of `0` to `9`, `*`, `#`, `A` to `D`, at the customer's end; done when they are out. */
    readonly sendKeys: (agent: number, keys: string) => Effect.Effect<void, NotOnCall | NotNow>
    /**
     * Gives the customer to somebody at a number (E.164); done when it is answered there, and the agent is free. Where
     * nobody takes the call, the agent has it again. Whoever puts down the phone meanwhile is free at once.
     */
    readonly transfer: (agent: number, number: string) => Effect.Effect<void, NotOnCall | NotNow | NotTransferred>
    /**
     * Gives the customer to another agent, who must be ready; done when the core has taken it from the one, who is free of it.
     * The customer hears music until the other has the call.
     */
    readonly transferTo: (agent: number, to: number) => Effect.Effect<void, NotOnCall | NotNow>
  }
>()("outpace/live/CallControl") {}

export const callControl = (board: Board): CallControl["Service"] => {
  const onCall = <A, E>(agent: number, act: (call: CustomerCall) => Effect.Effect<A, E>) =>
    Effect.suspend((): Effect.Effect<A, E | NotOnCall> => {
      const call = board.phones[agent]?.call
      return call === undefined ? Effect.fail(new NotOnCall({ agent })) : act(call)
    })
  const ask = (agent: number, control: Control) =>
    onCall(agent, (call) => {
      const reply = Deferred.makeUnsafe<void, ControlRefused>()
      call.post({ kind: "control", agent, control, reply })
      const over = Effect.flatMap(Deferred.await(call.over), () => Effect.fail(new NotOnCall({ agent })))
      return Effect.raceFirst(Deferred.await(reply), over)
    })
  const now = (agent: number, control: Exclude<Control, { readonly kind: "transfer" }>) =>
    Effect.catchTag(ask(agent, control), "NotTransferred", ({ message }) =>
      Effect.fail(new NotNow({ sentence: message }))
    )
  return {
    signIn: (agent) => signIn(board, agent),
    agentChanged: (agent, state) => Effect.sync(() => agentChanged(board, agent, state)),
    phoneOf: (agent) =>
      Effect.sync(() => board.phones[agent]?.status ?? { state: "down", reason: "not registered", reasonAt: 0 }),
    hangUp: (agent, isMachine) =>
      onCall(agent, (call) =>
        Effect.sync(() => {
          call.isMachine = isMachine
          call.post({ kind: "command", command: { kind: "hangUp", key: call.key } })
        })
      ),
    hold: (agent) => now(agent, { kind: "hold" }),
    resume: (agent) => now(agent, { kind: "resume" }),
    pauseRecording: (agent) => now(agent, { kind: "pauseRecording" }),
    resumeRecording: (agent) => now(agent, { kind: "resumeRecording" }),
    sendKeys: (agent, keys) =>
      onCall(agent, (call) =>
        Effect.asVoid(call.line?.media.sendKeys(keys) ?? Effect.void).pipe(
          Effect.catch(({ message }) => Effect.fail(new NotNow({ sentence: message })))
        )
      ),
    transfer: (agent, number) => ask(agent, { kind: "transfer", number }),
    transferTo: (agent, to) =>
      board.phones[to] === undefined
        ? Effect.fail(new NotNow({ sentence: "there is no such agent" }))
        : now(agent, { kind: "handOver", to })
  }
}

const signIn = Effect.fn("CallControl.signIn")(function* (board: Board, agent: number) {
  const phone = board.phones[agent]
  if (phone === undefined) return yield* new PhoneUnavailable({ agent, reason: "there is no such agent" })
  const { address, alwaysOn, user } = phone.settings
  if (alwaysOn) return yield* signInPhone(board, phone)
  if (address === null && (yield* board.sip.contactsOf(user)).length === 0) {
    return yield* new PhoneUnavailable({ agent, reason: "not registered" })
  }
  yield* board.tell({ kind: "signedIn", agent })
})

/** Whoever is away or between calls has no phone up that was rung for a call; who has signed out has none at all. */
const agentChanged = (board: Board, agent: number, state: number): void => {
  const phone = board.phones[agent]
  const isBetweenCalls = state === AgentState.ready || state === AgentState.paused
  if (state === AgentState.signedOut || (isBetweenCalls && !phone.settings.alwaysOn)) releasePhone(board, phone)
}
