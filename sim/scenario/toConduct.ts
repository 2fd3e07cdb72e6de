import { type CampaignSettings, knowsNothing } from "../../src/domain/Campaign.ts"
import { knownOf, toRuling, type Words } from "../../src/config/campaign/conduct.ts"
import { groupsOf } from "../../src/config/campaign/groupsOf.ts"
import { quietPeople } from "../flow/FlowPeople.ts"
import type { CampaignScenario } from "../Scenario.ts"
import type { LooseCampaign } from "./crossChecks.ts"
import { toDistributionOfMinutes } from "./Distribution.ts"
import { onlySegment, segmentsOf } from "./List.ts"
import type { ListRead } from "./ListsRead.ts"
import type { ScenarioFile } from "./ScenarioFile.ts"

type CampaignFile = ScenarioFile["campaigns"][number]

/**
 * What the rules of a campaign can name in its list and its script. Without `list.parameters` and a file that was read the
 * columns are not known.
 */
export const wordsOf = ({ list, script }: Pick<LooseCampaign, "list" | "script">, read: ListRead | null): Words => ({
  segments: segmentsOf(list)?.map((segment) => segment.name) ?? [onlySegment],
  questions: Object.entries(script?.questions ?? {}).map(([question, shares]) => ({
    name: question,
    answers: Object.keys(shares)
  })),
  parameters:
    list?.file === undefined ? ((list?.parameters && Object.keys(list.parameters)) ?? null) : parametersOf(list, read)
})

/** Columns of the file that are no numbers and no fields. */
const parametersOf = (
  { fields, ignored, numbers = [] }: Pick<NonNullable<LooseCampaign["list"]>, "fields" | "ignored" | "numbers">,
  read: ListRead | null
): ReadonlyArray<string> | null => {
  if (read === null || read.columns.length === 0) return null
  const others = new Set([...numbers, ...ignored, ...Object.values(fields)])
  return read.columns.filter((column) => !others.has(column))
}

/** Whether a campaign says anything of what agents choose, people answer and press, or the list holds. */
const says = ({ afterAttempt, dispositions, flow, list, script }: CampaignFile): boolean =>
  [afterAttempt, dispositions, flow, list.parameters, script].some((each) => each !== undefined)

/** Rules and call flow of a campaign that was checked, and what they can name. */
export const rulingOf = (
  campaign: CampaignFile,
  file: ScenarioFile,
  read: ListRead | null
): Pick<CampaignSettings, "rules" | "flow" | "known"> => {
  if (!says(campaign)) return { rules: null, flow: null, known: knowsNothing }
  const groups = groupsOf(
    campaign,
    file.groups.map(({ name }) => name)
  )
  return toRuling(campaign, knownOf(campaign, wordsOf(campaign, read), file.campaigns), groups)
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
