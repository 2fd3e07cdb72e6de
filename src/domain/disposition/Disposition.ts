import { Effect, Schema } from "effect"
import { type OutcomeName, outcomeNames } from "../Outcome.ts"

const flag = Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false)))

/** What an agent can say about an attempt. */
export const Disposition = Schema.Struct({
  /** What rules, records and exports call it. */
  code: Schema.String.check(Schema.isPattern(/^[a-z0-9]+(-[a-z0-9]+)*$/), Schema.isMaxLength(40)).annotate({
    expected: "1 to 40 small letters, digits and single hyphens, such as call-later"
  }),
  /** What the agent reads. */
  label: Schema.String.check(Schema.isPattern(/^\S(.{0,78}\S)?$/u)).annotate({
    expected: "a label of 1 to 80 characters"
  }),
  /** The campaign's aim was reached. */
  success: flag,
  /** The agent spoke to the person the call was for. */
  rightParty: flag,
  /** The contact is not called again, whatever the rules say. */
  final: flag,
  /** The agent is asked when to call again; a rule with `at: asked` does it. */
  asksCallbackTime: flag
})
export type Disposition = typeof Disposition.Type
/** A disposition as it is written down. */
export type DispositionData = typeof Disposition.Encoded

const systemLabels: Readonly<Record<OutcomeName, string>> = {
  connected: "Connected, nothing chosen",
  abandoned: "Abandoned: no agent in time",
  "hung-up-waiting": "Hung up while waiting",
  machine: "Answering machine",
  scripted: "Served by the script",
  busy: "Busy",
  "no-answer": "No answer",
  rejected: "Rejected",
  invalid: "Invalid number",
  congestion: "Network congestion",
  cancelled: "Call taken back",
  interrupted: "Interrupted"
}

/**
 * What an attempt has whose agent chose nothing, or that had no agent: one for every outcome, in their order, with the
 * outcome's name as its code. Success and the right party are for an agent to tell, and whether to call again is for the
 * rules, so all flags are off.
 */
export const systemDispositions: ReadonlyArray<Disposition> = outcomeNames.map((code) => ({
  code,
  label: systemLabels[code],
  success: false,
  rightParty: false,
  final: false,
  asksCallbackTime: false
}))

/** The disposition of an attempt: the one chosen (its position in the campaign's own), or without one (-1) the system's. */
export const dispositionOf = (own: ReadonlyArray<Disposition>, chosen: number, outcome: number): Disposition =>
  chosen >= 0 ? own[chosen] : systemDispositions[outcome]
