import type { VicidialMethod } from "../../../domain/Pacing.ts"
import { roundDecimals } from "./rounding.ts"

/** Means over the last samples. */
export interface FloorMeans {
  readonly idle: number
  /** Live answers waiting for an agent. */
  readonly queued: number
  /** Signed-in agents in any state. */
  readonly agents: number
}

/** The campaign's drop statistics, as of their last refresh. */
export interface DropFigures {
  readonly callsLastMinute: number
  readonly dropsLastMinute: number
  readonly callsToday: number
  /** Percent, two decimals. */
  readonly dropPercentToday: number
}

export interface LevelRule {
  readonly method: Exclude<VicidialMethod, "ratio">
  readonly levelMax: number
  /** Percent; positive climbs faster and falls slower. */
  readonly intensity: number
  /** Agents: -1 aims at one idle agent, 1 at one waiting customer. */
  readonly differenceTarget: number
  /** Percent of answers, 3 by default. */
  readonly dropPercentMax: number
  /** Clock number, hours times 100 plus minutes. */
  readonly taperEnd: number
}

/** A busy minute: more calls than this, and more than this percentage of them dropped, halves the level. */
const callsLastMinuteMin = 20
const dropPercentLastMinuteMax = 50
const callsTodayMin = 50

/** Share by which the level should change, before the limits: idle agents left over, per signed-in agent. */
export const levelChange = (means: FloorMeans, rule: LevelRule): number => {
  const difference = means.idle - means.queued + rule.differenceTarget
  if (difference === 0 || means.agents === 0) return 0
  const change = difference / means.agents
  const intensity = rule.intensity / 100
  return change >= 0 ? change * (1 + intensity) : change * Math.abs(intensity - 1)
}

/**
 * What the tapered method multiplies the level by: clock numbers are simply subtracted, so an hour weighs 0.1 but
 * 17:00 to 17:59 is 59 hundredths of it. Negative after the end.
 */
export const taperRate = (taperEnd: number, clock: number): number => Math.min(1, (taperEnd - clock) / 1_000)

/** The dial level after one update of an ADAPT method, 1 or more (`AST_VDadapt.pl`). The order of the steps matters. */
export const nextLevel = (
  level: number,
  means: FloorMeans,
  drops: DropFigures,
  clock: number,
  rule: LevelRule
): number => {
  let next = roundDecimals(level * (1 + levelChange(means, rule)), 3)
  next = Math.max(1, Math.min(next, rule.levelMax))
  if (drops.callsLastMinute > callsLastMinuteMin && lastMinutePercent(drops) > dropPercentLastMinuteMax) next /= 2
  if (drops.callsToday > callsTodayMin && drops.dropPercentToday > rule.dropPercentMax) {
    next = limited(next, clock, rule)
  }
  return Math.max(1, next)
}

const lastMinutePercent = (drops: DropFigures): number =>
  roundDecimals((100 * drops.dropsLastMinute) / drops.callsLastMinute, 2)

const limited = (level: number, clock: number, rule: LevelRule): number => {
  switch (rule.method) {
    case "hard-limit":
      return 1
    case "average":
      return level / 2
    case "tapered":
      return level * taperRate(rule.taperEnd, clock)
  }
}
