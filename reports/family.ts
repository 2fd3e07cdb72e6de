import type { Setting, SettingResult } from "../sim/experiments/Result.ts"

/** How a family is drawn: colour (a CSS variable, so that it follows the scheme), dash and symbol tell the same thing. */
export interface Look {
  readonly color: string
  readonly dash: string
  readonly symbol: "circle" | "square" | "triangle" | "diamond" | "cross" | "star" | "wye" | "hexagon"
}

/** Settings that differ only in the number the manager turns: one line of a chart. */
export interface Family {
  readonly key: string
  readonly label: string
  readonly look: Look
  /** By knob, smallest first. */
  readonly results: ReadonlyArray<SettingResult>
}

const looks: Readonly<Record<string, Look>> = {
  "predictive/look-ahead": { color: "var(--blue)", dash: "none", symbol: "circle" },
  "predictive/pickup-rate": { color: "var(--orange)", dash: "7 3", symbol: "triangle" },
  "predictive/fixed-ratio": { color: "var(--green)", dash: "2 3", symbol: "square" },
  "predictive/vicidial": { color: "var(--purple)", dash: "9 3 2 3", symbol: "diamond" },
  "predictive/unicom": { color: "var(--red)", dash: "12 3 2 3 2 3", symbol: "cross" },
  progressive: { color: "var(--teal)", dash: "5 2", symbol: "star" },
  preview: { color: "var(--brown)", dash: "4 4", symbol: "wye" },
  manual: { color: "var(--grey)", dash: "1 2", symbol: "hexagon" },
  callback: { color: "var(--olive)", dash: "8 2 2 2", symbol: "cross" },
  automatic: { color: "var(--ink)", dash: "3 2", symbol: "square" }
}

/** For the second and further family of the same look, e.g. the methods of VICIdial. */
const variants: ReadonlyArray<Pick<Look, "dash" | "symbol">> = [
  { dash: "1 3", symbol: "hexagon" },
  { dash: "12 3", symbol: "wye" },
  { dash: "6 2 1 2 1 2", symbol: "star" }
]

const pacingLabels: Readonly<Record<string, string>> = {
  "look-ahead": "Look-ahead",
  "pickup-rate": "Pickup rate",
  "fixed-ratio": "Fixed ratio",
  vicidial: "VICIdial",
  unicom: "Unicom"
}

const sentenceCase = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Pacing variants that change what the knob means are families of their own. */
const variant = ({ pacing }: Setting): string => {
  if (pacing.kind === "vicidial") return pacing.method
  if (pacing.kind === "unicom") return pacing.silentTarget === null ? "fixed" : "controlled"
  if (pacing.kind === "look-ahead" && pacing.release) return "with release"
  return ""
}

const lookOf = (setting: Setting): Look =>
  looks[`${setting.mode}/${setting.pacing.kind}`] ?? looks[setting.mode] ?? looks.automatic

const labelOf = (setting: Setting): string => {
  const base =
    setting.mode === "predictive"
      ? (pacingLabels[setting.pacing.kind] ?? setting.pacing.kind)
      : sentenceCase(setting.mode)
  const extra = variant(setting)
  return extra === "" ? base : `${base}, ${extra}`
}

export const familyKey = (setting: Setting): string => {
  const base = setting.mode === "predictive" ? `${setting.mode}/${setting.pacing.kind}` : setting.mode
  const extra = variant(setting)
  return extra === "" ? base : `${base}/${extra}`
}

/** Groups settings into families, in the order of their first setting. */
export const families = (settings: ReadonlyArray<SettingResult>): ReadonlyArray<Family> => {
  const byKey = new Map<string, Array<SettingResult>>()
  for (const result of settings) {
    const key = familyKey(result.setting)
    byKey.set(key, [...(byKey.get(key) ?? []), result])
  }
  const used = new Map<Look, number>()
  return [...byKey].map(([key, results]) => {
    const look = lookOf(results[0].setting)
    const before = used.get(look) ?? 0
    used.set(look, before + 1)
    return {
      key,
      label: labelOf(results[0].setting),
      look: before === 0 ? look : { ...look, ...variants[(before - 1) % variants.length] },
      results: results.toSorted((a, b) => (a.setting.knob ?? 0) - (b.setting.knob ?? 0))
    }
  })
}

/** Whether the knob of a setting is a share, to be shown in percent. */
export const knobIsShare = ({ pacing, knob }: Setting): boolean => {
  if (pacing.kind === "look-ahead") return knob === pacing.abandonTarget
  if (pacing.kind === "pickup-rate") return knob === pacing.rate
  if (pacing.kind === "vicidial") return knob === pacing.dropLimit && knob < 1
  return pacing.kind === "unicom" && knob === pacing.silentTarget
}
