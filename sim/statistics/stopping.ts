import type { Interval } from "./interval.ts"

/** When a figure is precise enough, and how many replications may be spent on it. */
export interface StoppingRule {
  /** Stop once the half-width is at most this, in the unit of the figure. */
  readonly halfWidthMax?: number | undefined
  /** Stop once the half-width is at most this share of the true mean, for example 0.05. */
  readonly relativeErrorMax?: number | undefined
  /** Replications before the first look, at least 2; ten is customary. */
  readonly firstCount: number
  /** Replications between looks: looking after every single one would stop on lucky streaks. */
  readonly blockCount: number
  readonly countMax: number
}

export type StoppingDecision =
  | { readonly kind: "enough" }
  /** Run this many more, then ask again. */
  | { readonly kind: "more"; readonly count: number }
  /** `countMax` is spent and the figure is still too wide. */
  | { readonly kind: "spent" }

/**
 * Sequential stopping by replications. A relative error γ of the true mean asks for a half-width of γ/(1 + γ) of the
 * estimated one (Law, 5th ed., section 4.5 and 9.4.1). With both limits given, meeting either is enough, so that a rate
 * near zero can end the run; with none, the first block is enough.
 */
export const decide = (interval: Interval, rule: StoppingRule): StoppingDecision => {
  const { count } = interval
  if (count < rule.firstCount) return more(rule.firstCount - count, count, rule)
  if (isPreciseEnough(interval, rule)) return { kind: "enough" }
  return more(rule.blockCount, count, rule)
}

/** A question with several figures goes on until every one of them is settled: the largest request wins. */
export const decideAll = (intervals: ReadonlyArray<Interval>, rule: StoppingRule): StoppingDecision => {
  let strictest: StoppingDecision = { kind: "enough" }
  for (const interval of intervals) {
    const decision = decide(interval, rule)
    if (rank(decision) > rank(strictest)) strictest = decision
  }
  return strictest
}

/**
 * How many replications the figure will take, as far as those there are tell: the half-width falls with the root of their
 * number. `count` itself when it is precise enough, or no more may be spent.
 */
export const countExpected = (interval: Interval, rule: StoppingRule): number => {
  const { count, halfWidth, mean } = interval
  if (count < rule.firstCount) return Math.min(rule.firstCount, rule.countMax)
  if (isPreciseEnough(interval, rule)) return count
  const { halfWidthMax = 0, relativeErrorMax = 0 } = rule
  const wanted = Math.max(halfWidthMax, (Math.abs(mean) * relativeErrorMax) / (1 + relativeErrorMax))
  const times = wanted > 0 ? (halfWidth / wanted) ** 2 : Number.POSITIVE_INFINITY
  return Math.max(
    count,
    Math.min(rule.countMax, Math.ceil(count * (Number.isNaN(times) ? Number.POSITIVE_INFINITY : times)))
  )
}

const isPreciseEnough = ({ halfWidth, mean }: Interval, rule: StoppingRule): boolean => {
  const { halfWidthMax, relativeErrorMax } = rule
  if (halfWidthMax === undefined && relativeErrorMax === undefined) return true
  if (halfWidthMax !== undefined && halfWidth <= halfWidthMax) return true
  return relativeErrorMax !== undefined && halfWidth <= (Math.abs(mean) * relativeErrorMax) / (1 + relativeErrorMax)
}

const more = (wanted: number, count: number, rule: StoppingRule): StoppingDecision => {
  const left = rule.countMax - count
  return left > 0 ? { kind: "more", count: Math.min(wanted, left) } : { kind: "spent" }
}

const rank = (decision: StoppingDecision): number =>
  decision.kind === "enough" ? 0 : decision.kind === "spent" ? 1 : 1 + decision.count
