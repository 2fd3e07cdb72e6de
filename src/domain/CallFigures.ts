/** How often something was counted, by what reports call it. */
export interface Counted {
  readonly name: string
  readonly count: number
}

/** Calls promised for a time, of those that fell due by the end of the day. */
export interface PromiseFigures {
  readonly due: number
  /** Placed within `promiseGraceMillis` after the time promised, and later. */
  readonly inTime: number
  readonly late: number
  /** Of those placed, by another agent than the one who promised it. */
  readonly byOther: number
}

/** Whoever is called up to ten minutes after the time promised was called in time. */
export const promiseGraceMillis = 600_000

/** What a talk counts as after which the agent chose nothing. */
export const noDisposition = "none"

/** How a flow ended that no step ended. */
export const hungUp = "hung-up"

/** What came of the calls of one campaign in one shift, beyond their outcomes. The lists are as long in every shift. */
export interface CallFigures {
  /** Calls on which an agent talked to a person, and what the agents chose: the campaign's own in their order, and none. */
  readonly talks: number
  readonly dispositions: ReadonlyArray<Counted>
  readonly successes: number
  readonly rightParties: number
  readonly promises: PromiseFigures
  /** Null without a call flow. */
  readonly flow: FlowFigures | null
  /** Contacts that went on the do-not-call list, by a key or a rule. */
  readonly doNotCall: number
}

export interface FlowFigures {
  /** Calls that began the flow, and how it ended. */
  readonly calls: number
  readonly results: ReadonlyArray<Counted>
  /** Valid entries by question, as the question writes them. */
  readonly keys: ReadonlyArray<{ readonly question: string; readonly entries: ReadonlyArray<Counted> }>
  /** Calls that were to be given to agents, and those of them no agent took. */
  readonly transfers: number
  readonly transfersLost: number
}
