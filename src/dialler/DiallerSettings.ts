import type { CampaignSettings } from "../domain/Campaign.ts"
import type { TrunkLimits } from "./CoreState.ts"

/** All a dialler is made of. */
export interface DiallerSettings {
  readonly groups: ReadonlyArray<{ readonly name: string; readonly agents: number; readonly alwaysOn: boolean }>
  readonly campaigns: ReadonlyArray<CampaignSettings>
  readonly trunk: TrunkLimits
  /** Clock time at instant 0, minutes after midnight; some policies look at it. */
  readonly startMinutes: number
}
