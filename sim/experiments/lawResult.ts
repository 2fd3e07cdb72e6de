import type { AbandonRule } from "../../src/domain/compliance/Rules.ts"
import type { LawFigures, ListFigures, ShiftFigures, Standing, WindowFigures } from "../../src/domain/LawFigures.ts"
import { chanceOf, estimateOf } from "./estimates.ts"
import type { Chance, Estimate } from "./Result.ts"

/** One abandonment rule over the shifts of a setting. Of a shift with several windows the worst one counts. */
export interface RuleResult {
  readonly rule: AbandonRule
  /** By what really became of the calls. */
  readonly ratio: Estimate
  /** By the dialler's own estimate. */
  readonly ledgerRatio: Estimate
  /** Shifts that broke the ceiling, and those that did by the dialler's own estimate. */
  readonly broken: Chance
  readonly ledgerBroken: Chance
  /** Shifts of which the dialler could not tell: people taken for machines were not estimated. */
  readonly unknown: number
  /** The ceiling less the ratio; NaN without a ceiling. */
  readonly margin: Estimate
  /** Calls that might still have been abandoned at the end; Infinity without a ceiling. */
  readonly allowanceLeft: Estimate
  /** The window that came closest to the ceiling, or broke it by most; null where nobody answered. */
  readonly worst: WorstWindow | null
}

export interface WorstWindow {
  readonly replication: number
  /** Local days since 1970-01-01, half open; a window without an end has Infinity. */
  readonly fromDay: number
  readonly untilDay: number
  readonly ratio: number
  readonly numerator: number
  readonly base: number
}

/** What the law did with one setting: means of a shift. */
export interface LawResult {
  /** Profiles and house rules, as `id version`. */
  readonly from: ReadonlyArray<string>
  readonly rules: ReadonlyArray<RuleResult>
  /** How often a contact was held back, by reason, the most frequent first. */
  readonly holds: ReadonlyArray<{ readonly reason: string; readonly times: Estimate }>
  /** Contacts that wait at the end because of the law. */
  readonly heldAtEnd: ReadonlyArray<{ readonly reason: string; readonly times: Estimate }>
  readonly shortRings: Estimate
}

/** How far a list was used: means of a shift. */
export interface ListResult {
  /** Attempts by their number; the last place is open. */
  readonly attempts: ReadonlyArray<Estimate>
  readonly loaded: Estimate
  readonly attempted: Estimate
  readonly reached: Estimate
  /** Contacts called, and people talked to, of all loaded. */
  readonly penetration: Estimate
  readonly reachedShare: Estimate
  /** Contacts finished, by how. */
  readonly closed: ReadonlyArray<{ readonly reason: string; readonly times: Estimate }>
}

interface Outcome {
  readonly replication: number
  readonly figures?: ShiftFigures
}

/** Whether a rule sets a ceiling a setting must keep; a count of calls says more of the size of a floor than of its pacing. */
export const setsCeiling = ({ ceiling, denominator }: AbandonRule): boolean =>
  ceiling !== null && denominator !== "D_COUNT"

/** How shifts stand to the ceilings of their law, by what really became of the calls. */
export interface LawKept {
  /** By shift: whether any ceiling was broken in any of its windows. */
  readonly broken: ReadonlyArray<boolean>
  /** Ratios of a rule by shift, with its ceiling; of a shift with several windows the worst. */
  readonly ratios: ReadonlyArray<{ readonly ceiling: number; readonly ratios: ReadonlyArray<number> }>
}

export const lawKept = (outcomes: ReadonlyArray<{ readonly figures?: ShiftFigures }>): LawKept => {
  const windowsOf = ({ figures }: { readonly figures?: ShiftFigures }): ReadonlyArray<WindowFigures> =>
    (figures?.law?.windows ?? []).filter(({ rule }) => setsCeiling(rule))
  const byRule = new Map<string, { readonly ceiling: number; readonly ratios: Array<number> }>()
  for (const outcome of outcomes) {
    const worsts = Map.groupBy(windowsOf(outcome), ({ rule }) => keyOf(rule))
    for (const [key, windows] of worsts) {
      const own = byRule.get(key) ?? { ceiling: windows[0].rule.ceiling ?? Number.NaN, ratios: [] }
      own.ratios.push(Math.max(...windows.map(({ truth }) => orNone(truth.ratio))))
      byRule.set(key, own)
    }
  }
  const broken = outcomes.map((outcome) => windowsOf(outcome).some(({ truth }) => truth.verdict === "red"))
  return { broken, ratios: [...byRule.values()] }
}

/** Nobody answered. */
const orNone = (ratio: number): number => (Number.isNaN(ratio) ? 0 : ratio)

/** What is said of law and list of one setting; nothing where its shifts do not tell. */
export const lawAndList = (
  outcomes: ReadonlyArray<Outcome>
): { readonly law?: LawResult | null; readonly list?: ListResult } => {
  const told = outcomes.flatMap(({ figures, replication }) => (figures === undefined ? [] : [{ figures, replication }]))
  if (told.length === 0) return {}
  const laws = told.flatMap(({ figures: { law }, replication }) => (law === null ? [] : [{ law, replication }]))
  return { law: laws.length === 0 ? null : lawResult(laws), list: listResult(told.map(({ figures }) => figures.list)) }
}

interface LawShift {
  readonly replication: number
  readonly law: LawFigures
}

const lawResult = (shifts: ReadonlyArray<LawShift>): LawResult => ({
  from: shifts[0].law.from,
  rules: rulesOf(shifts).map((rule) => ruleResult(rule, shifts)),
  holds: byReason(shifts.map(({ law }) => law.holds)),
  heldAtEnd: byReason(shifts.map(({ law }) => law.heldAtEnd)),
  shortRings: estimateOf(shifts.map(({ law }) => law.shortRings))
})

/** Workers send copies, so a rule is known by what it says. */
const keyOf = (rule: AbandonRule): string => JSON.stringify(rule)

const rulesOf = (shifts: ReadonlyArray<LawShift>): ReadonlyArray<AbandonRule> => [
  ...new Map(shifts.flatMap(({ law }) => law.windows.map(({ rule }) => [keyOf(rule), rule] as const))).values()
]

const ruleResult = (rule: AbandonRule, shifts: ReadonlyArray<LawShift>): RuleResult => {
  const key = keyOf(rule)
  const worsts = shifts.map(({ law, replication }) => {
    const windows = law.windows.filter((window) => keyOf(window.rule) === key)
    return { replication, truth: worstBy(windows, "truth"), ledger: worstBy(windows, "ledger") }
  })
  const truths = worsts.flatMap(({ replication, truth }) => (truth === null ? [] : [{ ...truth, replication }]))
  const ratios = truths.map(({ truth }) => truth.ratio)
  const isRed = (standing: Standing | undefined): boolean => standing?.verdict === "red"
  return {
    rule,
    ratio: estimateOf(ratios),
    ledgerRatio: estimateOf(worsts.map(({ ledger }) => ledger?.ledger.ratio ?? Number.NaN)),
    broken: chanceOf(worsts.filter(({ truth }) => isRed(truth?.truth)).length, worsts.length),
    ledgerBroken: chanceOf(worsts.filter(({ ledger }) => isRed(ledger?.ledger)).length, worsts.length),
    unknown: worsts.filter(({ ledger }) => ledger?.ledger.verdict === "not assessable").length,
    margin: estimateOf(rule.ceiling === null ? [] : ratios.map((ratio) => (rule.ceiling ?? 0) - ratio)),
    allowanceLeft: estimateOf(truths.map(({ truth }) => truth.allowanceLeft)),
    worst: worstWindow(truths)
  }
}

/** Red before all others, then the higher ratio, then those that have one. */
const isWorse = (a: Standing, b: Standing): boolean =>
  (a.verdict === "red") === (b.verdict === "red") ? orLeast(a.ratio) > orLeast(b.ratio) : a.verdict === "red"
const orLeast = (ratio: number): number => (Number.isNaN(ratio) ? -1 : ratio)

const worstBy = (windows: ReadonlyArray<WindowFigures>, by: "truth" | "ledger"): WindowFigures | null =>
  windows.reduce<WindowFigures | null>(
    (worst, window) => (worst === null || isWorse(window[by], worst[by]) ? window : worst),
    null
  )

const worstWindow = (windows: ReadonlyArray<WindowFigures & { readonly replication: number }>): WorstWindow | null => {
  const known = windows.filter(({ truth }) => !Number.isNaN(truth.ratio))
  if (known.length === 0) return null
  const { fromDay, replication, truth, untilDay } = known.reduce((worst, each) =>
    isWorse(each.truth, worst.truth) ? each : worst
  )
  const { base, numerator, ratio } = truth
  return { replication, fromDay, untilDay, ratio, numerator, base }
}

/** Means by reason, a shift without it counting as none; the most frequent first. */
const byReason = (
  counts: ReadonlyArray<Readonly<Record<string, number>>>
): ReadonlyArray<{ readonly reason: string; readonly times: Estimate }> =>
  [...new Set(counts.flatMap((one) => Object.keys(one)))]
    .map((reason) => ({ reason, times: estimateOf(counts.map((one) => one[reason] ?? 0)) }))
    .sort((a, b) => b.times.mean - a.times.mean || (a.reason < b.reason ? -1 : 1))

const listResult = (lists: ReadonlyArray<ListFigures>): ListResult => ({
  attempts: (lists[0]?.attempts ?? []).map((_, number) => estimateOf(lists.map(({ attempts }) => attempts[number]))),
  loaded: estimateOf(lists.map(({ loaded }) => loaded)),
  attempted: estimateOf(lists.map(({ attempted }) => attempted)),
  reached: estimateOf(lists.map(({ reached }) => reached)),
  penetration: estimateOf(lists.map(({ attempted, loaded }) => attempted / loaded)),
  reachedShare: estimateOf(lists.map(({ loaded, reached }) => reached / loaded)),
  closed: byReason(lists.map(({ closed }) => closed))
})
