import type { CampaignSettings, Expectations, RetryRule } from "../../domain/Campaign.ts"
import type { OutcomeName } from "../../domain/Outcome.ts"
import { millisOfSeconds } from "../../yaml/fields.ts"
import { toCallerIds } from "./CallerIds.ts"
import type { CampaignBlock } from "./Campaign.ts"
import { groupsOf } from "./groupsOf.ts"
import { resolvedRules } from "./lawBounds.ts"
import { pacingOfMode, toPacing } from "./Pacing.ts"
import { toQueue } from "./Queue.ts"
import { boundsOf, type LawContext, toLaw } from "./toLaw.ts"

/** What the settings of a campaign follow from where its own block does not say. */
export interface SettingsContext {
  /** Names of all agent groups. */
  readonly groups: ReadonlyArray<string>
  /** What all trunks carry together. */
  readonly linesMax: number
  readonly callsPerSecondMax: number
  readonly expected: Expectations
  /** Keys the choice of caller IDs by chance. */
  readonly callerIdSeed: number
  readonly law: LawContext
}

/** What the core is told of a campaign that was checked. `ruling`: its rules and flow, and what they can name. */
export const toSettings = (
  campaign: CampaignBlock,
  ruling: Pick<CampaignSettings, "rules" | "flow" | "known">,
  context: SettingsContext
): CampaignSettings => {
  const rules = resolvedRules(campaign.rules, boundsOf(campaign.law))
  const linesMax = rules.lines ?? context.linesMax
  const callsPerSecondMax = rules.callsPerSecond ?? context.callsPerSecondMax
  const expected = toExpectations(campaign.expected, context.expected)
  const pacing = campaign.pacing ?? pacingOfMode(campaign.mode)
  return {
    name: campaign.name,
    mode: campaign.mode,
    pacing: toPacing(pacing, { pickupRate: expected.pickupRate, linesMax, callsPerSecondMax }),
    groups: groupsOf(campaign, context.groups),
    priority: campaign.priority,
    ringMillisMax: millisOfSeconds(rules.ringSecondsMax),
    ringMillisMin: millisOfSeconds(rules.ringSecondsMin),
    waitMillisMax: millisOfSeconds(rules.waitSecondsMax),
    dropMillis: millisOfSeconds(rules.dropSeconds),
    abandonLimit: rules.abandonLimit,
    abandonMessage: rules.abandonMessage,
    linesMax,
    callsPerSecondMax,
    previewMillisMax: millisOfSeconds(rules.previewSecondsMax),
    readingMillis: millisOfSeconds(rules.readingSeconds),
    wrapMillisMax: rules.wrapSecondsMax === null ? Infinity : millisOfSeconds(rules.wrapSecondsMax),
    detection: campaign.detection.enabled,
    retry: toRetry(rules.retry),
    ...ruling,
    queue: toQueue(campaign.queue),
    goal: campaign.goal,
    callerIds: toCallerIds(campaign.callerIds, context.callerIdSeed),
    law: toLaw(campaign.law, context.law),
    attemptsMax: rules.attemptsMax,
    expected
  }
}

const toRetry = (retry: ReturnType<typeof resolvedRules>["retry"]): CampaignSettings["retry"] => {
  const rules: Partial<Record<OutcomeName, RetryRule>> = {}
  for (const [outcome, rule] of Object.entries(retry)) {
    if (rule === "never") continue
    const delayMillis = Math.round(rule.delayMinutes * 60_000)
    rules[outcome as keyof typeof retry] = { delayMillis, attemptsMax: rule.attemptsMax }
  }
  return rules
}

const toExpectations = (given: CampaignBlock["expected"], otherwise: Expectations): Expectations => {
  const millis = (seconds: number | undefined, usual: number): number =>
    seconds === undefined ? usual : millisOfSeconds(seconds)
  return {
    pickupRate: given.pickupRate ?? otherwise.pickupRate,
    ringMillis: millis(given.ringSeconds, otherwise.ringMillis),
    talkMillis: millis(given.talkSeconds, otherwise.talkMillis),
    wrapMillis: millis(given.wrapSeconds, otherwise.wrapMillis)
  }
}
