import type { CallerIdSettings } from "./callerId/CallerIdSettings.ts"
import type { CampaignLaw } from "./compliance/CampaignLaw.ts"
import type { CallFlow } from "./flow/CallFlow.ts"
import type { ModeName } from "./Mode.ts"
import type { OutcomeName } from "./Outcome.ts"
import type { Known } from "./rules/Known.ts"
import type { Rule } from "./rules/Rule.ts"
import type { PacingSettings } from "./Pacing.ts"

/** When a contact is called again after an outcome. */
export interface RetryRule {
  readonly delayMillis: number
  /** How many attempts may end this way before the contact is finished, at least 1. */
  readonly attemptsMax: number
}

/** What the campaign expects before it has seen a call; a prior that its own calls soon replace. */
export interface Expectations {
  /** Share of calls answered by a person. */
  readonly pickupRate: number
  readonly ringMillis: number
  readonly talkMillis: number
  readonly wrapMillis: number
}

/** How long people who call the campaign may wait for an agent, and how many of them. */
export interface QueueSettings {
  /** Callers who may wait at one time; 0 for none: a caller is served by a free agent or turned away. */
  readonly callersMax: number
  readonly waitMillisMax: number
}

/** A campaign whose rules name nothing but outcomes. */
export const knowsNothing: CampaignSettings["known"] = {
  dispositions: [],
  segments: [],
  campaigns: [],
  questions: [],
  parameters: []
}

/** Everything the core needs to know of a campaign. Times are milliseconds, shares are between 0 and 1. */
export interface CampaignSettings {
  readonly name: string
  readonly mode: ModeName
  readonly pacing: PacingSettings
  /** Names of the agent groups that serve it. Empty for an automatic campaign without transfers. */
  readonly groups: ReadonlyArray<string>
  /** Campaigns with a larger number are served first. Callback campaigns come before all others. */
  readonly priority: number
  readonly ringMillisMax: number
  /** The dialler never takes back a call that has rung for less. */
  readonly ringMillisMin: number
  /** How long a person who answered may wait for an agent before the law calls it abandoned. */
  readonly waitMillisMax: number
  /** When the dialler gives up on a waiting person; equal to `waitMillisMax` unless a habit of the trade is studied. */
  readonly dropMillis: number
  /** Abandon ceiling of the law, as a share of answers by people. */
  readonly abandonLimit: number
  /** Whether an abandoned person hears a message (otherwise the call is silent). */
  readonly abandonMessage: boolean
  readonly linesMax: number
  readonly callsPerSecondMax: number
  /** Time an agent has before the number is dialled without a click; used by the timed previews. */
  readonly previewMillisMax: number
  /** Fixed reading time before each progressive call, 0 for none. */
  readonly readingMillis: number
  /** Wrap-up is ended by the system after this; Infinity when the agent decides. */
  readonly wrapMillisMax: number
  /** Whether answering-machine detection listens before the call is given to an agent. */
  readonly detection: boolean
  /** When a contact is called again, by outcome alone; `rules` stand in its place. */
  readonly retry: Readonly<Partial<Record<OutcomeName, RetryRule>>>
  /** What becomes of a contact after an attempt; null where `retry` says it all. */
  readonly rules: ReadonlyArray<Rule> | null
  /** Numbers it shows as the caller, in rotation; null for the trunk's own. `seed` keys the choice by chance. */
  readonly callerIds: { readonly settings: CallerIdSettings; readonly seed: number } | null
  /** What an automatic campaign plays and asks; null for a script the driver knows and runs by itself. */
  readonly flow: CallFlow | null
  /** What rules can name: dispositions, segments, campaigns, questions, parameters. */
  readonly known: Omit<Known, "attemptsMax">
  /** How people who call it wait for an agent of its groups; null where its agents take no calls. */
  readonly queue: QueueSettings | null
  readonly attemptsMax: number
  /** `exhausted`: it is done when nobody is left to call, now or later. `none`: it waits for more contacts. */
  readonly goal: "exhausted" | "none"
  readonly expected: Expectations
  /** The profiles it is under; null where nobody is to be kept from anything, in studies of pacing alone. */
  readonly law: CampaignLaw | null
}
