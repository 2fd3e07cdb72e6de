import { chanceRange, percent, percentTick, plusMinus, styleOf } from "../../reports/format.ts"
import type { Chance, Result, SettingResult } from "../../sim/experiments/Result.ts"
import { callerLine } from "./callerLine.ts"
import { callLine } from "./callLine.ts"
import { figureTable } from "./figureTable.ts"
import { lawLine } from "./lawLine.ts"
import { textTable, wrap } from "./textTable.ts"

const width = 100

/** What a manager needs to read of a result: what to launch with, and the figures beside it. */
export const summary = (result: Result): string =>
  [
    heading(result),
    advice(result),
    table(result),
    wrap(lawLine(result), width),
    wrap(callLine(result), width),
    wrap(callerLine(result), width),
    figures(result)
  ]
    .filter((part) => part !== "")
    .join("\n\n")

const heading = ({ campaign, finished, kind, scenario, seed }: Result): string => {
  const words = { simulate: "Rehearsal", tune: "Tuning", compare: "Comparison" } as const
  const head = `${words[kind]} of ${scenario.name}, campaign ${campaign}, seed ${seed}`
  return finished ? head : `${head}. Stopped early: figures are of what was complete by then.`
}

const advice = ({ comparison, recommendation }: Result): string =>
  ((comparison ?? recommendation)?.sentences ?? []).map((sentence) => wrap(sentence, width)).join("\n")

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

/** Share of shifts over the limit up to which a setting counts as keeping it, where two are to be told apart. */
const overLimitSmall = 0.05

/** What keeps the limit; of these what the search came down to, for it was rehearsed much more often, else the busier one. */
const isBetter = (a: SettingResult, b: SettingResult, limit: number): boolean => {
  const [aKeeps, bKeeps] = [keeps(a, limit), keeps(b, limit)]
  if (aKeeps !== bKeeps) return aKeeps
  if (!aKeeps) return abandonRate(a) < abandonRate(b)
  if (a.replications >= 2 * b.replications || b.replications >= 2 * a.replications)
    return a.replications > b.replications
  return occupancy(a) > occupancy(b)
}

const keeps = (one: SettingResult, limit: number): boolean =>
  abandonRate(one) <= limit && orZero(one.overLimit.share) <= overLimitSmall

/** `0.9 % (0.2 to 5.0)`. */
const chanceText = (of: Chance): string => {
  const range = chanceRange(of, { ...styleOf("occupancy"), unit: "" })
  return range === "" ? percent(of.share) : `${percent(of.share)} (${range})`
}

const table = (result: Result): string => {
  const rows = result.kind === "tune" ? shown(result) : result.settings
  if (rows.length === 0) return ""
  const limit = percentTick(limitOf(result))
  const head = ["Setting", "Mode", "Occupancy %", "Abandoned %", `Chance over ${limit} %`, "Shifts over"]
  const cells = rows.map(({ estimates, overLimit, replications, setting }) => [
    setting.key === result.recommendation?.settingKey ? `* ${setting.label}` : `  ${setting.label}`,
    setting.mode,
    plusMinus(estimates.occupancy, styleOf("occupancy")),
    plusMinus(estimates.abandonRate, styleOf("abandonRate")),
    chanceText(overLimit),
    `${overLimit.successes} of ${replications}`
  ])
  const text = textTable([head, ...cells])
  const left = result.settings.length - rows.length
  const marks = result.recommendation === null ? "" : "\n* recommended."
  const more = left === 0 ? "" : ` The best of each mode and pacing; the report shows all ${result.settings.length}.`
  return `${text}${marks}${more}`
}

/** Of one rehearsal its figures, of a comparison what the second scenario changes. */
const figures = ({ comparison, kind, settings }: Result): string => {
  if (comparison !== undefined) return figureTable(comparison.differences, "Second minus first")
  return kind === "simulate" && settings.length === 1 ? figureTable(settings[0].estimates, "Mean of a shift") : ""
}
