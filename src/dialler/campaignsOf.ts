import { CampaignState } from "./CampaignState.ts"
import type { DiallerSettings } from "./DiallerSettings.ts"
import { policyOf } from "./pacing/policyOf.ts"

/** The campaigns of a dialler, as they begin. A group that is not there is a defect. */
export const campaignsOf = ({ campaigns, groups, startMinutes }: DiallerSettings): ReadonlyArray<CampaignState> => {
  const groupIndex = new Map(groups.map(({ name }, index) => [name, index]))
  return campaigns.map((campaign, index) => {
    const served = campaign.groups.map((name) => {
      const group = groupIndex.get(name)
      if (group === undefined) throw new Error(`campaign ${campaign.name}: there is no group ${name}`)
      return group
    })
    const policy = policyOf(campaign.pacing, campaign, startMinutes)
    return new CampaignState(index, campaign, served, policy, startMinutes)
  })
}
