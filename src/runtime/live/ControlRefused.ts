import { Schema } from "effect"
import { outcomeNames } from "../../domain/Outcome.ts"

/** The agent is on no call. */
export class NotOnCall extends Schema.TaggedError<NotOnCall>()("NotOnCall", { agent: Schema.Int }) {
  override get message() {
    return `agent ${this.agent} is on no call`
  }
}

/** The call is not in a state for it: resumed without being on hold, paused without being recorded. */
export class NotNow extends Schema.TaggedError<NotNow>()("NotNow", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}

/** Nobody took the call it was to be given to; the agent has it still. */
export class NotTransferred extends Schema.TaggedError<NotTransferred>()("NotTransferred", {
  outcome: Schema.Literals(outcomeNames)
}) {
  override get message() {
    return `the call could not be transferred: ${this.outcome}`
  }
}

/** The agent's phone cannot be used. */
export class PhoneUnavailable extends Schema.TaggedError<PhoneUnavailable>()("PhoneUnavailable", {
  agent: Schema.Int,
  reason: Schema.String
}) {
  override get message() {
    return `the phone of agent ${this.agent} cannot be used: ${this.reason}`
  }
}

/** Why what an agent wanted of a call was not done. */
export type ControlRefused = NotOnCall | NotNow | NotTransferred
