import type { CampaignScenario, Scenario } from "../Scenario.ts"
import type { Setting } from "./Result.ts"

/**
 * The scenario with this mode and pacing in force all day in one campaign: planned changes of that campaign are left out.
 * A setting that is the campaign's own, or `null`, leaves everything as it is, changes included.
 */
export const withSetting = (scenario: Scenario, campaignIndex: number, setting: Setting | null): Scenario => {
  if (setting === null || isOwn(scenario.campaigns[campaignIndex], setting)) return scenario
  const { mode, pacing } = setting
  return withCampaign(scenario, campaignIndex, (campaign) => ({
    ...campaign,
    settings: { ...campaign.settings, mode, pacing },
    changes: []
  }))
}

/** The same day without planned changes of mode or pacing in one campaign. */
export const withoutChanges = (scenario: Scenario, campaignIndex: number): Scenario =>
  scenario.campaigns[campaignIndex].changes.length === 0
    ? scenario
    : withCampaign(scenario, campaignIndex, (campaign) => ({ ...campaign, changes: [] }))

export const withCampaign = (
  scenario: Scenario,
  campaignIndex: number,
  change: (campaign: CampaignScenario) => CampaignScenario
): Scenario => ({
  ...scenario,
  campaigns: scenario.campaigns.map((campaign, index) => (index === campaignIndex ? change(campaign) : campaign))
})

const isOwn = ({ settings }: CampaignScenario, { mode, pacing }: Setting): boolean => {
  const own = Object.entries(settings.pacing)
  const other: Readonly<Record<string, unknown>> = { ...pacing }
  return (
    settings.mode === mode &&
    own.length === Object.keys(other).length &&
    own.every(([key, value]) => value === other[key])
  )
}
