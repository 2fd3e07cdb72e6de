import { Schema } from "effect"
import { modeNames } from "../../domain/Mode.ts"
import { Count, derived, field, Name, required, Seconds, SharePositive } from "../../yaml/fields.ts"
import type { FieldPath } from "../../yaml/FieldProblem.ts"
import { AfterAttempt } from "./AfterAttempt.ts"
import { CallerIds, Goal } from "./CallerIds.ts"
import { campaignDefaults } from "./defaults.ts"
import { Dispositions } from "./Disposition.ts"
import { Flow } from "./Flow.ts"
import { Law } from "./Law.ts"
import { Pacing } from "./Pacing.ts"
import { Queue } from "./Queue.ts"
import { Rules } from "./Rules.ts"

export const Mode = Schema.Literals(modeNames)

/** The manager's estimates. `otherwise`: what they are where the file does not say. */
export const expectedFields = (otherwise: {
  readonly pickupRate: string
  readonly ringSeconds: string
  readonly talkSeconds: string
  readonly wrapSeconds: string
}) => ({
  pickupRate: derived(SharePositive, otherwise.pickupRate, "Share of calls answered by a person."),
  ringSeconds: derived(Seconds, otherwise.ringSeconds, "Ringing until a person answers."),
  talkSeconds: derived(Seconds, otherwise.talkSeconds, "Talk."),
  wrapSeconds: derived(Seconds, otherwise.wrapSeconds, "Wrap-up.")
})

/**
 * What a campaign is told of how to dial, the same fields in a scenario and on the live floor: what was rehearsed is, line
 * for line, what dials. A file adds its own fields to them.
 */
export const campaignFields = {
  name: required(Name, "What reports call it."),
  mode: required(Mode, "How it dials."),
  pacing: derived(
    Pacing,
    "the first pacing the mode allows: look-ahead (predictive), lines (automatic), one-per-agent (all others)",
    "How many calls it places."
  ),
  groups: derived(Schema.Array(Name), "all groups; none for an automatic campaign", "Agent groups that serve it."),
  priority: field(
    Count(-1_000, 1_000),
    campaignDefaults.campaign.priority,
    "Agents shared by campaigns serve the larger number first; callback campaigns come before all others."
  ),
  law: field(
    Law,
    {},
    "The rules the campaign is under: see [Law](scenarios.md#law). `{}` is house-strict, in the zone of the file."
  ),
  rules: field(Rules, {}, "Limits of the law and of the house."),
  goal: Goal,
  callerIds: derived(CallerIds, "the trunk's own number", "Numbers its calls show, in rotation, with a cap per day."),
  dispositions: Dispositions,
  afterAttempt: derived(
    AfterAttempt,
    "what rules.retry says",
    "Rules that decide what becomes of a contact after an attempt, in place of rules.retry."
  ),
  queue: Queue,
  flow: derived(Flow, "none: people.script", "Automatic mode: what the calls play and ask.")
}

/** The part of a campaign in a file that becomes `CampaignSettings`, decoded. */
export type CampaignBlock = Schema.Struct.Type<typeof campaignFields> & {
  readonly detection: { readonly enabled: boolean }
  readonly expected: Schema.Struct.Type<ReturnType<typeof expectedFields>>
}

/** Fields that did not decode are absent, so that the others can still be checked against each other. */
export type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined }
export type LooseCampaign = Loose<CampaignBlock>

/** Takes what is wrong with a file. `found` where it is not simply what stands at the path. */
export type Report = (path: FieldPath, allowed: string, hint?: string, found?: string) => void
