import { chance, percentShort, plusMinus, styleOf } from "../../reports/format.ts"
import type { Result, SettingResult } from "../../sim/experiments/Result.ts"
import { short } from "../../reports/format.ts"
import { textTable, wrap } from "./textTable.ts"

const width = 100

/** What a manager needs to read of a result: what to launch with, and the figures beside it. */
export const summary = (result: Result): string =>
  [heading(result), advice(result), table(result)].filter((part) => part !== "").join("\n\n")

const heading = ({ campaign, finished, kind, scenario, seed }: Result): string => {
  const words = { simulate: "Rehearsal", tune: "Tuning", compare: "Comparison" } as const
  const head = `${words[kind]} of ${scenario.name}, campaign ${campaign}, seed ${seed}`
  return finished ? head : `${head}. Stopped early: figures are of what was complete by then.`
}

const advice = ({ recommendation }: Result): string =>
  (recommendation?.sentences ?? []).map((sentence) => wrap(sentence, width)).join("\n")

/** Settings of one mode and pacing: a manager sees the best of each family, the report shows all. */
const familyOf = ({ setting }: SettingResult): string => `${setting.mode}/${setting.pacing.kind}`

const shown = (result: Result): ReadonlyArray<SettingResult> => {
  const limit = limitOf(result)
  const recommended = result.recommendation?.settingKey
  const families = new Map<string, SettingResult>()
  for (const one of result.settings) {
    const best = families.get(familyOf(one))
    if (best === undefined || one.setting.key === recommended) families.set(familyOf(one), one)
    else if (best.setting.key !== recommended && isBetter(one, best, limit)) families.set(familyOf(one), one)
  }
  return [...families.values()].sort(
    (a, b) =>
      Number(b.setting.key === recommended) - Number(a.setting.key === recommended) || occupancy(b) - occupancy(a)
  )
}

const limitOf = ({ campaign, scenario }: Result): number =>
  scenario.campaigns.find(({ settings }) => settings.name === campaign)?.settings.abandonLimit ?? Number.NaN

const orZero = (value: number): number => (Number.isFinite(value) ? value : 0)
const occupancy = ({ estimates }: SettingResult): number => orZero(estimates.occupancy.mean)
const abandonRate = ({ estimates }: SettingResult): number => orZero(estimates.abandonRate.mean)

/** Within the limit the busier team is better; above it, the lower abandon rate. */
const isBetter = (a: SettingResult, b: SettingResult, limit: number): boolean => {
  const [aWithin, bWithin] = [abandonRate(a) <= limit, abandonRate(b) <= limit]
  if (aWithin !== bWithin) return aWithin
  return aWithin ? occupancy(a) > occupancy(b) : abandonRate(a) < abandonRate(b)
}

const table = (result: Result): string => {
  const rows = result.kind === "tune" ? shown(result) : result.settings
  if (rows.length === 0) return ""
  const limit = percentShort(limitOf(result))
  const head = ["Setting", "Mode", "Occupancy %", "Abandoned %", `Chance over ${limit}`, "Shifts"]
  const cells = rows.map(({ estimates, overLimit, replications, setting }) => [
    setting.key === result.recommendation?.settingKey ? `* ${setting.label}` : `  ${setting.label}`,
    setting.mode,
    plusMinus(estimates.occupancy, styleOf("occupancy")),
    plusMinus(estimates.abandonRate, styleOf("abandonRate")),
    chance(overLimit),
    short(replications)
  ])
  const text = textTable([head, ...cells])
  const left = result.settings.length - rows.length
  const marks = result.recommendation === null ? "" : "\n* recommended."
  const more = left === 0 ? "" : ` The best of each mode and pacing; the report shows all ${result.settings.length}.`
  return `${text}${marks}${more}`
}
