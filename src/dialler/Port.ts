import type { Verdict } from "./rules/Verdict.ts"

/**
 * What the core may ask of the world. The simulator and the live floor implement it. Calls must not re-enter the core:
 * answers come back as events, later or right after the method that caused them has returned.
 */
export interface Port {
  /** Start the customer's leg of this call. Ends with one `answered`, `failed` or `ended` event. */
  readonly dial: (call: number) => void
  /** End the customer's leg, ringing or answered. The world confirms with `ended`. */
  readonly hangUp: (call: number) => void
  /** Ring the agent's phone for this call; answered by `agentAnswered` or `agentMissed`. Never asked of an always-on leg. */
  readonly ringAgent: (agent: number, call: number) => void
  /** Stop ringing the agent's phone. */
  readonly releaseAgent: (agent: number) => void
  /** Let agent and customer hear each other. Ends with `ended`, after the machine's word where it was one. */
  readonly connect: (call: number, agent: number) => void
  /** Show the contact's card before the call; the agent answers with `agentDials` or `agentSkips`. */
  readonly preview: (agent: number, call: number) => void
  /** The agent has after-call work to do for this call; ends with `wrapUpDone`. */
  readonly wrapUp: (agent: number, call: number) => void
  /** Listen whether a person or a machine answered; ends with `detected` or `ended`. */
  readonly detect: (call: number) => void
  /** Run the automatic script; ends with `scriptEnded` or `ended`. */
  readonly startScript: (call: number) => void
  /**
   * Do what a call flow asks for: play, collect, record or transfer to a number, a code of `FlowAction`, at this step of the
   * flow. Answered by an event of `FlowEvents` with the same turn, or by `ended`.
   */
  readonly flowDoes: (call: number, action: number, step: number, turn: number) => void
  /** Which cases of a flow's branch hold for the contact: bit 0 for the first that looks at it, and so on. */
  readonly flowLooks: (call: number, step: number) => number
  /** A step of a flow sets an answer or a parameter. */
  readonly flowSets: (call: number, step: number) => void
  /** Keys were pressed at a question of a flow, and are a valid entry. */
  readonly answered: (call: number, step: number, keys: string) => void
  /** Play the abandonment message, then hang up: `hangUp` follows by the world, which confirms with `ended`. */
  readonly playAbandoned: (call: number) => void
  /** A caller is taken: answer, and play music until an agent is there. Ends with `connect`, `queueOver` or `ended`. */
  readonly welcome: (call: number) => void
  /** A caller is not taken. */
  readonly turnAway: (campaign: number, contact: number) => void
  /** The caller has waited long enough: say so, take a request to be called back, and hang up; confirmed with `ended`. */
  readonly queueOver: (call: number) => void
  /**
   * The customer's leg of one call goes on as the other, and its agent is out of it; an agent is asked for, or music to be
   * played, by what follows.
   */
  readonly handedOver: (call: number, next: number) => void
  /** A call to us, or handed on, is complete, wrap-up included: read its columns now, as for `attemptClosed`. */
  readonly arrivalClosed: (call: number) => void
  /** The agent's state changed from `old`, in which it was for `lastedMillis`, to `state`, at `now`. */
  readonly agentChanged: (agent: number, old: number, lastedMillis: number, now: number, state: number) => void
  /** The attempt is complete, wrap-up included: read its columns now, the slot is used again afterwards. */
  readonly attemptClosed: (call: number) => void
  /** Whether the contact's fields and parameters fit the filter at this position of the campaign's rules. */
  readonly fits: (campaign: number, contact: number, filter: number) => boolean
  /** Answers to a question of the call's script, as text; none where it was not asked. */
  readonly answersTo: (call: number, question: string) => ReadonlyArray<string>
  /** The rules set something, or ended the contact with a result; before `attemptClosed`. The verdict is used again. */
  readonly ruled: (call: number, verdict: Readonly<Verdict>) => void
  /** The contact has left for another of the campaigns its rules can name; the driver puts it there. */
  readonly moved: (campaign: number, contact: number, target: number) => void
  /** The contact's turn came, and the law (a code of `Reason`) holds the call back until then, Infinity for ever. */
  readonly heldBack: (campaign: number, contact: number, reason: number, until: number) => void
  /** Nothing is left to call in this campaign, now or later, and its goal was that. */
  readonly campaignDone: (campaign: number) => void
  /** The list of this campaign has nobody left who was never called. */
  readonly listLow: (campaign: number) => void
}
