import type { CampaignSettings } from "../../domain/Campaign.ts"
import type { PacingSettings } from "../../domain/Pacing.ts"
import { FixedRatio } from "./FixedRatio.ts"
import { Lines } from "./Lines.ts"
import { LookAhead } from "./LookAhead.ts"
import { OnePerAgent } from "./OnePerAgent.ts"
import { PickupRate } from "./PickupRate.ts"
import type { Policy } from "./Policy.ts"
import { Unicom } from "./Unicom.ts"
import { Vicidial } from "./Vicidial.ts"

/** The policy these settings name. `startMinutes`: clock time at instant 0, minutes after midnight. */
export const policyOf = (pacing: PacingSettings, campaign: CampaignSettings, startMinutes: number): Policy => {
  switch (pacing.kind) {
    case "one-per-agent":
      return new OnePerAgent()
    case "fixed-ratio":
      return new FixedRatio(pacing.linesPerAgent)
    case "pickup-rate":
      return new PickupRate(pacing.rate)
    case "lines":
      return new Lines(pacing.linesMax, pacing.callsPerSecondMax)
    case "look-ahead":
      return new LookAhead(pacing, campaign)
    case "vicidial":
      return new Vicidial(pacing, startMinutes)
    case "unicom":
      return new Unicom(pacing, startMinutes)
  }
}
