import type { FlowPeople } from "./flow/FlowPeople.ts"
import type { ListOfFile } from "./lists/ListOfFile.ts"
import type { FilterTime } from "../src/contacts/compileFilter.ts"
import type { CallingOrder } from "../src/contacts/orders.ts"
import type { CampaignSettings } from "../src/domain/Campaign.ts"
import type { Filter } from "../src/domain/Filter.ts"
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
    /** What else tells contacts apart; without it they are all alike, in the campaign's zone, and called as loaded. */
    readonly makeUp?: ListMakeUp
    /** The contacts, where a file has them: nothing of them is drawn but their best hours. */
    readonly file?: ListOfFile
    /** Who is called; everybody where it is missing. */
    readonly filter?: Filter
    /** What days of filters are counted from, where it is not the law's clock. */
    readonly time?: FilterTime
  }
  readonly people: People
  readonly agentWork: AgentWork
  /** People who call the campaign; nobody does where it is missing. */
  readonly callers?: CallersModel
  /** Left out where times and outcomes say it all. */
  readonly conduct?: Conduct
  /** A change of mode or pacing during the day. */
  readonly changes: ReadonlyArray<{
    readonly atSeconds: number
    readonly mode: ModeName
    readonly pacing: PacingSettings
  }>
  /** Segments switched on or off during the day, by position in `list.segments`. */
  readonly switches?: ReadonlyArray<{ readonly atSeconds: number; readonly segment: number; readonly on: boolean }>
}

/** People who call the campaign, at any time of the day alike. */
export interface CallersModel {
  readonly perHour: number
  /** Share of those who are on its list; everybody, where a file has the list. */
  readonly knownShare: number
  /** Seconds a caller waits before hanging up; null for ever. */
  readonly patience: DistributionSpec | null
}

/** What agents choose, people answer and the list says, where rules, scripts or flows ask for it. */
export interface Conduct {
  /** By position in the campaign's dispositions: share of connected calls, and when the person asked to be called, if so. */
  readonly dispositions: ReadonlyArray<{ readonly share: number; readonly askedAfter: DistributionSpec | null }>
  /** By question, then answer: its share; what is left of 1 gives no answer. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** By parameter, then value: its share of the contacts; what is left of 1 has none. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** What people do in the call flow; null without one. */
  readonly flow: FlowPeople | null
}

/** What is drawn for every contact of a list, and the order they are called in. Shares are of all contacts. */
export interface ListMakeUp {
  /** Zones of the contacts, shares of those whose zone is known; none where all are in the campaign's. */
  readonly zones: ReadonlyArray<{
    readonly zone: string
    readonly share: number
    /** How much further its clock is than the day's. */
    readonly shiftMillis: number
  }>
  readonly unknownZoneShare: number
  readonly doNotCallShare: number
  /** Contacts that have the number of an earlier one. */
  readonly repeatedNumberShare: number
  /** Shares add to 1; none where all have priority 0. */
  readonly priorities: ReadonlyArray<{ readonly priority: number; readonly share: number }>
  /** Hours of the contact's own day; the rest of 1 has none that is known. */
  readonly bestHours: ReadonlyArray<{ readonly hour: number; readonly share: number; readonly pickup: number }>
  /** What numbers begin with; of the rest of 1 nothing is known. */
  readonly prefixes: ReadonlyArray<{ readonly prefix: string; readonly share: number }>
  /** The first decides, ties go to the next; none for as loaded. */
  readonly order: ReadonlyArray<CallingOrder>
  /** Segments nobody of which is called when the day begins. */
  readonly segmentsOff: ReadonlyArray<number>
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
    /** Share of the calls taken for machines that somebody listens to, evenly and from the first; none where it is missing. */
    readonly heard?: number
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
