import type { ModeName } from "../../src/domain/Mode.ts"
import type { PacingSettings } from "../../src/domain/Pacing.ts"
import type { CampaignScenario } from "../Scenario.ts"
import { defaults } from "../scenario/defaults.ts"
import type { Setting, SettingResult } from "./Result.ts"
import { lookAhead, ownSetting, settingOf } from "./settingOf.ts"

/** Settings that differ in one number alone, which makes them bolder: busier agents, more people abandoned. */
export interface Family {
  readonly name: string
  /** The first look: positions of the knob from the safest to the boldest, without repetition. */
  readonly knobs: ReadonlyArray<number>
  /** Finest step of the knob worth telling apart; positions are multiples of it. */
  readonly step: number
  readonly setting: (knob: number) => Setting
  /** Positions that are shown but never recommended, whatever comes out. */
  readonly isTooBold?: (knob: number) => boolean
  /** A demand beside the abandon limit, on what was counted. */
  readonly isGoodEnough?: (result: SettingResult) => boolean
}

/** Sizes of the steps of a first look, fine where a knob begins to cost; 0 to 1. */
const spacing = [0, 0.05, 0.1, 0.175, 0.25, 0.4, 0.65, 1]
/** Targets tried, in parts of the limit: 0.2 to 5 % where the limit is 3 %. */
const targetParts = [0.07, 0.17, 0.33, 0.5, 0.67, 0.83, 1, 1.67]

/** To a multiple of the step, free of the tails of binary fractions. */
export const rounded = (knob: number, step: number): number => Number((Math.round(knob / step) * step).toFixed(6))

const distinct = (knobs: ReadonlyArray<number>, bolder: 1 | -1): ReadonlyArray<number> =>
  [...new Set(knobs)].sort((a, b) => bolder * (a - b))

/** A family of settings that has only one. */
export const single = (setting: Setting): Family => ({
  name: setting.label.replace(", ", " at "),
  knobs: [0],
  step: 1,
  setting: () => setting
})

/** The number a campaign's own pacing has for this knob, if it is of the same kind. */
const own = (campaign: CampaignScenario, kind: PacingSettings["kind"]): ReadonlyArray<number> => {
  const { knob, pacing } = ownSetting(campaign)
  return pacing.kind === kind && knob !== null ? [knob] : []
}

const lookAheadFamily = (campaign: CampaignScenario): Family => {
  const step = 0.001
  const { abandonLimit } = campaign.settings
  const targets = targetParts.map((part) => Math.min(0.5, Math.max(step, rounded(part * abandonLimit, step))))
  return {
    name: "look-ahead",
    knobs: distinct([...targets, ...own(campaign, "look-ahead")], 1),
    step,
    setting: (target) => settingOf("predictive", lookAhead(campaign, target)),
    // The guard may hold even then, but nobody should plan to break the law.
    isTooBold: (target) => target > abandonLimit
  }
}

/** From one line per agent to half as many again as an answer takes on average. */
const fixedRatioFamily = (campaign: CampaignScenario, liveRate: number): Family => {
  const step = 0.05
  const most = Math.max(2, 1.5 / liveRate)
  return {
    name: "fixed ratio",
    knobs: distinct(
      [...spacing.map((part) => rounded(1 + part * (most - 1), step)), ...own(campaign, "fixed-ratio")],
      1
    ),
    step,
    setting: (linesPerAgent) => settingOf("predictive", { kind: "fixed-ratio", linesPerAgent })
  }
}

/** From one line per agent down to four fifths of the true rate, and the true rate itself. */
const pickupRateFamily = (campaign: CampaignScenario, liveRate: number): Family => {
  const step = 0.01
  const most = Math.max(1.25, 1.25 / liveRate)
  const rates = [...spacing.map((part) => 1 / (1 + part * (most - 1))), liveRate]
  return {
    name: "pickup rate",
    knobs: distinct(
      [...rates.map((rate) => Math.min(1, Math.max(step, rounded(rate, step)))), ...own(campaign, "pickup-rate")],
      -1
    ),
    step,
    setting: (rate) => settingOf("predictive", { kind: "pickup-rate", rate })
  }
}

/** Other vendors' pacing as it comes. */
const baselines = (): ReadonlyArray<Family> => {
  const { intensityPercent, taperEnd, ...vicidial } = defaults.pacing.vicidial
  const [hours, minutes] = taperEnd.split(":").map(Number)
  const { adjustPercent, silentTarget } = defaults.pacing.unicom
  const methods = (["hard-limit", "average", "tapered"] as const).map((method) =>
    settingOf("predictive", {
      ...vicidial,
      kind: "vicidial",
      method,
      intensity: intensityPercent,
      taperEnd: 100 * hours + minutes
    })
  )
  return [...methods, settingOf("predictive", { kind: "unicom", adjust: adjustPercent, silentTarget })].map(single)
}

/** The families of predictive dialling, the most promising first. `liveRate`: share of calls a person answers. */
export const predictiveFamilies = (
  campaign: CampaignScenario,
  liveRate: number,
  withBaselines: boolean
): ReadonlyArray<Family> => {
  const searched = [
    lookAheadFamily(campaign),
    ...(liveRate > 0 ? [fixedRatioFamily(campaign, liveRate), pickupRateFamily(campaign, liveRate)] : [])
  ]
  const fixed = withBaselines ? baselines() : []
  const mine = ownSetting(campaign)
  const isNew =
    mine.mode === "predictive" &&
    [...searched, ...fixed].every((family) => family.knobs.every((knob) => family.setting(knob).key !== mine.key))
  return isNew ? [...searched, single(mine), ...fixed] : [...searched, ...fixed]
}

export const linesName = "lines"

/**
 * Automatic dialling with transfers to agents: how many lines can the agents bear? Few people are abandoned among all who
 * answer, so the limit is asked of those who want an agent, whoever ends the call.
 */
export const linesFamily = (campaign: CampaignScenario, trunkLinesMax: number): Family => {
  const most = Math.max(1, Math.min(campaign.settings.linesMax, trunkLinesMax))
  const { pacing } = campaign.settings
  const callsPerSecondMax = pacing.kind === "lines" ? pacing.callsPerSecondMax : campaign.settings.callsPerSecondMax
  const knobs = spacing.map((part) => rounded(1 + part * (most - 1), 1))
  return {
    name: linesName,
    knobs: distinct([...knobs, ...own(campaign, "lines")], 1),
    step: 1,
    setting: (linesMax) => settingOf("automatic", { kind: "lines", linesMax, callsPerSecondMax }),
    isGoodEnough: ({ transfersLost }) =>
      !(transfersLost !== undefined && transfersLost.mean > campaign.settings.abandonLimit)
  }
}

/** A mode in which there is nothing to turn. */
export const plainSetting = (mode: ModeName, campaign: CampaignScenario): Setting => {
  const mine = ownSetting(campaign)
  if (mine.mode === mode) return mine
  if (mode !== "automatic") return settingOf(mode, { kind: "one-per-agent" })
  const { callsPerSecondMax, linesMax } = campaign.settings
  return settingOf(mode, { kind: "lines", linesMax, callsPerSecondMax })
}
