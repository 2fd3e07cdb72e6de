import type { Dialler } from "../../dialler/Dialler.ts"
import type { Answers } from "../../domain/form/Form.ts"
import type { Port } from "../../dialler/Port.ts"

/**
 * What is known of contacts beyond the core's columns, asked while an event is being worked on. Everything in it must follow
 * from the events told so far, so that a journal gives the same answers again.
 */
export interface ContactBook extends Pick<
  Port,
  | "fits"
  | "answersTo"
  | "flowLooks"
  | "flowSets"
  | "answered"
  | "ruled"
  | "attemptClosed"
  | "arrivalClosed"
  | "turnAway"
> {
  /** The answers of the call's script as they stand. */
  readonly answersGiven: (call: number, form: string, answers: Answers) => void
  /** Puts the next `count` contacts of a campaign on its list, with all the core may know of them. */
  readonly add: (dialler: Dialler, campaign: number, count: number, now: number) => void
  /** The next contact asked to be called. */
  readonly request: (dialler: Dialler, campaign: number, now: number) => void
  /** The next contact is somebody who called us. */
  readonly caller: (dialler: Dialler, campaign: number, now: number) => void
  /** Puts a list in its order anew. */
  readonly order: (dialler: Dialler, campaign: number, now: number) => void
  /** Leaves out whom the campaign's filter leaves out as of now. */
  readonly filter: (dialler: Dialler, campaign: number, now: number) => void
}
