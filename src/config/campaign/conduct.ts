import { Result } from "effect"
import { decodeFilter } from "../../contacts/decodeFilter.ts"
import type { CampaignSettings } from "../../domain/Campaign.ts"
import { decodeFlow } from "../../domain/flow/decodeFlow.ts"
import { decodeRules } from "../../domain/rules/decodeRules.ts"
import { defaultRules } from "../../domain/rules/defaultRules.ts"
import type { Known } from "../../domain/rules/Known.ts"
import type { Rule } from "../../domain/rules/Rule.ts"
import type { CampaignBlock, LooseCampaign } from "./Campaign.ts"
import { campaignDefaults } from "./defaults.ts"
import { plainDispositions } from "./Disposition.ts"
import type { Flow } from "./Flow.ts"
import { flowData } from "./toFlow.ts"
import { composedLaw, isBlock } from "./toLaw.ts"

/** What rules can name that a file says in its own way. */
export type Words = Pick<Known, "segments" | "questions" | "parameters">

interface Named {
  readonly name?: string | undefined
}

/** What the rules of a campaign can name. */
export const knownOf = (
  { dispositions = [], name, rules }: LooseCampaign,
  words: Words,
  campaigns: ReadonlyArray<Named>
): Known => ({
  dispositions: plainDispositions(dispositions),
  segments: words.segments,
  campaigns: campaigns.flatMap((other) => (other.name === undefined || other.name === name ? [] : other.name)),
  questions: words.questions,
  parameters: words.parameters,
  attemptsMax: rules?.attemptsMax ?? campaignDefaults.rules.attemptsMax
})

export const decodeRulesOf = (rules: ReadonlyArray<unknown>, known: Known) => decodeRules(rules, known, decodeFilter)

/** The call flow of a file. Sound files are not looked for. */
export const decodeFlowOf = (flow: Flow, groups: ReadonlyArray<string>, { parameters }: Pick<Known, "parameters">) =>
  decodeFlow(flowData(flow), { groups, parameters, files: null }, (input) => decodeFilter(input, null))

/** Rules and call flow of a campaign that was checked, and what they can name. `groups`: those that serve it. */
export const toRuling = (
  campaign: Pick<CampaignBlock, "afterAttempt" | "flow" | "law">,
  all: Known,
  groups: ReadonlyArray<string>
): Pick<CampaignSettings, "rules" | "flow" | "known"> => {
  const { attemptsMax: _, ...known } = all
  const { flow } = campaign
  return {
    rules: toRules(campaign, all),
    flow: flow === undefined ? null : Result.getOrThrow(decodeFlowOf(flow, groups, known)).flow,
    known
  }
}

const toRules = (
  { afterAttempt, law }: Pick<CampaignBlock, "afterAttempt" | "law">,
  known: Known
): ReadonlyArray<Rule> | null => {
  if (afterAttempt === undefined) return null
  if (afterAttempt === "default") return defaultRules(isBlock(law) ? composedLaw(law).rules.redial : {})
  return Result.getOrThrow(decodeRulesOf(afterAttempt, known)).rules
}
