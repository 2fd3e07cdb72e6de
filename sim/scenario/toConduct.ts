import { Result } from "effect"
import { decodeFilter } from "../../src/contacts/decodeFilter.ts"
import { type CampaignSettings, knowsNothing } from "../../src/domain/Campaign.ts"
import { decodeFlow } from "../../src/domain/flow/decodeFlow.ts"
import { decodeRules } from "../../src/domain/rules/decodeRules.ts"
import { defaultRules } from "../../src/domain/rules/defaultRules.ts"
import type { Known } from "../../src/domain/rules/Known.ts"
import type { Rule } from "../../src/domain/rules/Rule.ts"
import { quietPeople } from "../flow/FlowPeople.ts"
import type { CampaignScenario } from "../Scenario.ts"
import type { LooseCampaign } from "./crossChecks.ts"
import { defaults } from "./defaults.ts"
import { toDistributionOfMinutes } from "./Distribution.ts"
import { groupsOf } from "./groupsOf.ts"
import { onlySegment } from "./List.ts"
import type { ScenarioFile } from "./ScenarioFile.ts"
import { flowData } from "./toFlow.ts"
import { composedLaw, isBlock } from "./toLaw.ts"

type CampaignFile = ScenarioFile["campaigns"][number]

/** What the rules of a campaign can name. Without `list.parameters` the columns are not known. */
export const knownOf = (
  { dispositions = [], list, name, rules, script }: LooseCampaign,
  campaigns: ReadonlyArray<LooseCampaign>
): Known => ({
  dispositions: dispositions.map(({ askedAfterMinutes: _, share: _share, ...disposition }) => disposition),
  segments: list?.segments?.map((segment) => segment.name) ?? [onlySegment],
  campaigns: campaigns.flatMap((other) => (other.name === undefined || other.name === name ? [] : other.name)),
  questions: Object.entries(script?.questions ?? {}).map(([question, shares]) => ({
    name: question,
    answers: Object.keys(shares)
  })),
  parameters: list?.parameters === undefined ? null : Object.keys(list.parameters),
  attemptsMax: rules?.attemptsMax ?? defaults.rules.attemptsMax
})

/** Rules written in a file. A column the list does not have would have no value in any rehearsal. */
export const decodeRulesOf = (rules: ReadonlyArray<unknown>, known: Known) =>
  decodeRules(rules, { ...known, parameters: known.parameters ?? [] }, decodeFilter)

/** The call flow of a file. Sound files are not looked for. */
export const decodeFlowOf = (
  flow: NonNullable<CampaignFile["flow"]>,
  groups: ReadonlyArray<string>,
  { parameters }: Known
) => decodeFlow(flowData(flow), { groups, parameters, files: null }, (input) => decodeFilter(input, null))

/** Whether a campaign says anything of what agents choose, people answer and press, or the list holds. */
const says = ({ afterAttempt, dispositions, flow, list, script }: CampaignFile): boolean =>
  [afterAttempt, dispositions, flow, list.parameters, script].some((each) => each !== undefined)

/** Rules and call flow of a campaign that was checked, and what they can name. */
export const toRuling = (
  campaign: CampaignFile,
  file: ScenarioFile
): Pick<CampaignSettings, "rules" | "flow" | "known"> => {
  if (!says(campaign)) return { rules: null, flow: null, known: knowsNothing }
  const { flow } = campaign
  const all = knownOf(campaign, file.campaigns)
  const { attemptsMax: _, ...known } = all
  const groups = groupsOf(
    campaign,
    file.groups.map(({ name }) => name)
  )
  return {
    rules: toRules(campaign, all),
    flow: flow === undefined ? null : Result.getOrThrow(decodeFlowOf(flow, groups, all)).flow,
    known
  }
}

const toRules = ({ afterAttempt, law }: CampaignFile, known: Known): ReadonlyArray<Rule> | null => {
  if (afterAttempt === undefined) return null
  if (afterAttempt === "default") return defaultRules(isBlock(law) ? composedLaw(law).rules.redial : {})
  return Result.getOrThrow(decodeRulesOf(afterAttempt, known)).rules
}

/** What agents, people and lists do where rules, scripts and flows ask; nothing where a file does not say. */
export const toConduct = (campaign: CampaignFile): Pick<CampaignScenario, "conduct"> => {
  if (!says(campaign)) return {}
  const { dispositions = [], flow, list, people, script } = campaign
  return {
    conduct: {
      dispositions: dispositions.map(({ askedAfterMinutes, share }) => ({
        share,
        askedAfter: askedAfterMinutes === undefined ? null : toDistributionOfMinutes(askedAfterMinutes)
      })),
      answers: script?.questions ?? {},
      parameters: list.parameters ?? {},
      flow: flow === undefined ? null : (people.flow ?? quietPeople)
    }
  }
}
