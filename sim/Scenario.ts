import type { CampaignSettings } from "../src/domain/Campaign.ts"
import type { ModeName } from "../src/domain/Mode.ts"
import type { PacingSettings } from "../src/domain/Pacing.ts"
import type { DistributionSpec } from "./random/distributions.ts"

/** A whole rehearsal: the day, the floor, the trunk and the campaigns with the people they call. Decoded, no defaults left. */
export interface Scenario {
  readonly name: string
  readonly description: string
  readonly seed: string
  readonly day: {
    /** Local clock time of the start, minutes after midnight; moves `answerByHour`. */
    readonly startMinutes: number
    readonly lengthMillis: number
  }
  readonly trunk: TrunkModel
  readonly groups: ReadonlyArray<AgentGroup>
  readonly campaigns: ReadonlyArray<CampaignScenario>
}

export interface TrunkModel {
  readonly linesMax: number
  readonly callsPerSecondMax: number
  /** From placing to first ringing, seconds. */
  readonly postDialDelay: DistributionSpec
  /** Share of calls the network refuses for congestion. */
  readonly congestionShare: number
}

/** Agents alike in skills and habits. */
export interface AgentGroup {
  readonly name: string
  readonly agents: number
  /** Coefficient of variation of the agents' own speed (their talk, wrap and reading times are multiplied by it); 0 for none. */
  readonly speedCv: number
  readonly phone: {
    /** Always-on leg: calls are bridged in at once. Otherwise the phone rings for every call. */
    readonly alwaysOn: boolean
    /** Seconds until an agent picks up, where the phone rings. */
    readonly answerDelay: DistributionSpec
    /** Share of calls the agent lets ring (for `missAfterSeconds`), and refuses. */
    readonly missShare: number
    readonly missAfterSeconds: number
    readonly refuseShare: number
  }
  /** Sign-in and sign-out, seconds after the start of the day, for all agents of the group, each shifted by an own draw. */
  readonly shift: { readonly startSeconds: number; readonly endSeconds: number; readonly spreadSeconds: number }
  readonly breaks: ReadonlyArray<{
    readonly atSeconds: number
    readonly lengthSeconds: number
    /** Agents leave spread evenly over this time. */
    readonly spreadSeconds: number
  }>
}

export interface CampaignScenario {
  readonly settings: CampaignSettings
  /** Modes a recommendation may choose from; holds `settings.mode`. */
  readonly modesAllowed: ReadonlyArray<ModeName>
  readonly list: {
    /** Contacts at the start; `endless` adds more whenever the list runs low, so that it never ends. */
    readonly contacts: number
    readonly endless: boolean
    /** Segments of the list; shares add to 1. `pickup` multiplies the people's own answer share. Known to the dialler. */
    readonly segments: ReadonlyArray<{ readonly name: string; readonly share: number; readonly pickup: number }>
    /** Callback requests per hour (callback mode): contacts that arrive during the day. */
    readonly requestsPerHour: number
  }
  readonly people: People
  readonly agentWork: AgentWork
  /** A change of mode or pacing during the day. */
  readonly changes: ReadonlyArray<{
    readonly atSeconds: number
    readonly mode: ModeName
    readonly pacing: PacingSettings
  }>
}

/** How the people on the list behave. Shares are between 0 and 1, times are seconds. */
export interface People {
  /** Chance that a person answers the first attempt, of the contacts that can be reached at all. */
  readonly answerShare: number
  /** Multiplies the answer chance at every further attempt, e.g. 0.85. */
  readonly answerByAttempt: number
  /** 24 multipliers by hour of day, 1 for none. */
  readonly answerByHour: ReadonlyArray<number>
  /** Share of contacts whose number is never answered by a person. */
  readonly unreachableShare: number
  /** Spread of the answer chance between contacts: standard deviation of its logit; 0 when all are alike. */
  readonly reachabilitySpread: number
  /** Of the calls not answered by a person; the rest of 1 is no answer. */
  readonly otherwise: {
    readonly machine: number
    readonly busy: number
    readonly rejected: number
    readonly invalid: number
  }
  /** Time from first ringing to the outcome. */
  readonly ring: {
    readonly person: DistributionSpec
    readonly machine: DistributionSpec
    readonly busy: DistributionSpec
    readonly rejected: DistributionSpec
    readonly invalid: DistributionSpec
    readonly congestion: DistributionSpec
    /** When the network itself gives up; most often later than the dialler does. */
    readonly noAnswer: DistributionSpec
  }
  /** Instead of shares and ring times: whole dials drawn with replacement (a measured sample). */
  readonly dials: ReadonlyArray<{ readonly answered: boolean; readonly ringSeconds: number }> | null
  readonly talk: DistributionSpec
  /** A waiting person hangs up after this; `null`: never before the dialler. */
  readonly patience: DistributionSpec | null
  readonly detection: {
    /** From answer to the verdict. */
    readonly delay: DistributionSpec
    readonly personAsMachine: number
    readonly machineAsPerson: number
  }
  /** Automatic mode: what a person who answers does. Chances in this order; the rest hears the script to its end. */
  readonly script: {
    readonly length: DistributionSpec
    readonly hangUpShare: number
    readonly transferShare: number
    /** Script time before a hang-up or the key for a transfer. */
    readonly until: DistributionSpec
  }
}

/** Times of the agents' own work in a campaign, seconds. */
export interface AgentWork {
  readonly wrap: DistributionSpec
  /** Reading a card before the call, manual and preview modes. */
  readonly preview: DistributionSpec
  /** Share of previewed contacts the agent skips. */
  readonly skipShare: number
  /** Coding a call nobody answered, manual and preview modes. */
  readonly noAnswerWrap: DistributionSpec
  /** Time an agent loses on a machine that was not detected. */
  readonly machine: DistributionSpec
}
