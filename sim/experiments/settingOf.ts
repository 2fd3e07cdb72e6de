import type { ModeName } from "../../src/domain/Mode.ts"
import type { LookAheadSettings, PacingSettings } from "../../src/domain/Pacing.ts"
import type { CampaignScenario } from "../Scenario.ts"
import { defaults } from "../scenario/defaults.ts"
import type { Setting } from "./Result.ts"

/** How a pacing is called, and which of its numbers is the one a manager turns. */
interface Naming {
  readonly name: string
  readonly key: string
  readonly knob: number | null
  readonly knobLabel: string | null
}

const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`

const namingOf = (pacing: PacingSettings): Naming => {
  switch (pacing.kind) {
    case "one-per-agent":
      return { name: "", key: "", knob: null, knobLabel: null }
    case "fixed-ratio":
      return {
        name: `fixed ratio, ${pacing.linesPerAgent}`,
        key: `/fixed-ratio/${pacing.linesPerAgent}`,
        knob: pacing.linesPerAgent,
        knobLabel: "Lines per waiting agent"
      }
    case "pickup-rate":
      return {
        name: `pickup rate, ${percent(pacing.rate)}`,
        key: `/pickup-rate/${pacing.rate}`,
        knob: pacing.rate,
        knobLabel: "Expected pickup rate"
      }
    case "lines":
      return {
        name: `${pacing.linesMax} ${pacing.linesMax === 1 ? "line" : "lines"}`,
        key: `/lines/${pacing.linesMax}`,
        knob: pacing.linesMax,
        knobLabel: "Lines"
      }
    case "look-ahead":
      return {
        name: `look-ahead, ${percent(pacing.abandonTarget)}`,
        key: `/look-ahead/${pacing.abandonTarget}`,
        knob: pacing.abandonTarget,
        knobLabel: "Abandon target"
      }
    case "vicidial":
      return pacing.method === "ratio"
        ? {
            name: `VICIdial ratio, level ${pacing.level}`,
            key: `/vicidial/ratio/${pacing.level}`,
            knob: pacing.level,
            knobLabel: "Dial level"
          }
        : {
            name: `VICIdial ${pacing.method}, ${percent(pacing.dropLimit)}`,
            key: `/vicidial/${pacing.method}/${pacing.dropLimit}`,
            knob: pacing.dropLimit,
            knobLabel: "Drop limit"
          }
    case "unicom":
      return pacing.silentTarget === null
        ? {
            name: `UNICOM, adjust ${pacing.adjust} %`,
            key: `/unicom/fixed/${pacing.adjust}`,
            knob: pacing.adjust,
            knobLabel: "Adjust (%)"
          }
        : {
            name: `UNICOM, silent target ${percent(pacing.silentTarget)}`,
            key: `/unicom/controlled/${pacing.silentTarget}`,
            knob: pacing.silentTarget,
            knobLabel: "Silent-call target"
          }
  }
}

/** The setting a mode and a pacing make, with a key that names both and the knob. */
export const settingOf = (mode: ModeName, pacing: PacingSettings): Setting => {
  const { key, knob, knobLabel, name } = namingOf(pacing)
  return {
    key: `${mode}${key}`,
    label: mode === "predictive" && name !== "" ? name : [mode, name].filter((text) => text !== "").join(", "),
    mode,
    pacing,
    knob,
    knobLabel
  }
}

/** What the scenario itself says. */
export const ownSetting = ({ settings }: CampaignScenario): Setting => settingOf(settings.mode, settings.pacing)

/**
 * Look-ahead as the campaign has it, or as it is by default (with the guard of the legal window); at another target if
 * one is given.
 */
export const lookAhead = ({ settings }: CampaignScenario, abandonTarget?: number): LookAheadSettings => {
  const { pacing } = settings
  const own: LookAheadSettings =
    pacing.kind === "look-ahead" ? pacing : { kind: "look-ahead", ...defaults.pacing.lookAhead }
  if (abandonTarget === undefined) return own
  // A price above a small target would begin the shift with debts.
  return { ...own, abandonTarget, priceStart: Math.min(own.priceStart, abandonTarget) }
}
