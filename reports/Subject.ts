import type { Result, SettingResult } from "../sim/experiments/Result.ts"
import type { CampaignScenario } from "../sim/Scenario.ts"
import { addCounts, type Counts, emptyCounts } from "../src/domain/Counts.ts"
import type { CampaignSettings } from "../src/domain/Campaign.ts"
import type { AttemptRow, SpanRow } from "../src/store/schema.ts"

/** What a report is about, looked up once: the tuned campaign, the setting to judge and what to judge it against. */
export interface Subject {
  readonly result: Result
  readonly campaign: CampaignScenario | null
  /** The recommended setting; without a recommendation the recorded one, else the first. */
  readonly main: SettingResult | null
  readonly recommended: boolean
  /** One call per waiting agent: what every pacing has to beat. `null` when it was not run or is `main` itself. */
  readonly baseline: SettingResult | null
  /** The setting behind `attempts` and `spans`. */
  readonly recorded: SettingResult | null
  /** Attempts of the tuned campaign and spans of the groups that serve it. */
  readonly attempts: ReadonlyArray<AttemptRow>
  readonly spans: ReadonlyArray<SpanRow>
}

export interface ReportInput {
  readonly result: Result
  readonly attempts: ReadonlyArray<AttemptRow>
  readonly spans: ReadonlyArray<SpanRow>
}

export const byKey = (result: Result, key: string): SettingResult | null =>
  result.settings.find(({ setting }) => setting.key === key) ?? null

export const subject = ({ result, attempts, spans }: ReportInput): Subject => {
  const campaign = result.scenario.campaigns.find(({ settings }) => settings.name === result.campaign) ?? null
  const recorded = byKey(result, result.recordedKey)
  const chosen = result.recommendation === null ? null : byKey(result, result.recommendation.settingKey)
  const main = chosen ?? recorded ?? result.settings[0] ?? null
  const progressive = result.settings.find(({ setting }) => setting.mode === "progressive") ?? null
  const groups = new Set(campaign?.settings.groups)
  return {
    result,
    campaign,
    main,
    recommended: chosen !== null,
    baseline: progressive === main ? null : progressive,
    recorded,
    attempts: attempts.filter((row) => row.campaign === result.campaign),
    spans: spans.filter((row) => campaign === null || groups.has(row.group))
  }
}

export const campaignSettings = (of: Subject): CampaignSettings | null => of.campaign?.settings ?? null

/** Abandon limit of the law for the campaign, a share; NaN when the campaign is unknown, and nothing is drawn. */
export const limitOf = (of: Subject): number => of.campaign?.settings.abandonLimit ?? Number.NaN

/** All replications of a setting added up. */
export const pooled = ({ counts }: SettingResult): Counts => counts.reduce(addCounts, emptyCounts())

export const agentsOf = ({ result, campaign }: Subject): number => {
  const groups = new Set(campaign?.settings.groups)
  return result.scenario.groups.reduce((sum, group) => sum + (groups.has(group.name) ? group.agents : 0), 0)
}
