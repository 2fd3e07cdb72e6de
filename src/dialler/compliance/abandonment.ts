import type { AbandonRule } from "../../domain/compliance/Rules.ts"
import { machineErrors } from "./machineErrors.ts"
import type { RawVector } from "./RawVector.ts"

/** How the raw counts are to be read. */
export interface AbandonReading {
  /** Whether a person connected after the limit counts as abandoned (`connect.lateCountsAbandoned`). */
  readonly lateCounts: boolean
  /**
   * Whether abandoned calls may have been machines because nobody listened: then they are reduced by the share of machines
   * among the calls agents got (Ofcom, calls without detection).
   */
  readonly abandonedIncludesMachines: boolean
  /** Whether detection ends calls, or plays to machines, by itself; otherwise F is 0 by construction. */
  readonly clearsMachines: boolean
}

/** The amounts the formulas are made of; machines are removed. */
export interface AbandonParts {
  /** A: people whose call ended without an agent in time. */
  readonly abandoned: number
  /** Y: people put through to agents, without those in A. */
  readonly connected: number
  /** L: all calls answered by people, without F. */
  readonly live: number
  readonly attempts: number
  /** F and its upper bound; NaN where detection cleared calls and no sample was taken. */
  readonly machineFalse: number
  readonly machineFalseUpper: number
}

export const partsOf = (vector: Readonly<RawVector>, reading: AbandonReading): AbandonParts => {
  const agentCalls = vector.inTime + vector.late
  const machines = vector.agentMachines
  const machineShare = reading.abandonedIncludesMachines && agentCalls > 0 ? machines / agentCalls : 0
  const ended = (vector.abandonedMessage + vector.abandonedSilent + vector.calleeLate) * (1 - machineShare)
  const abandoned = ended + (reading.lateCounts ? vector.late : 0)
  const connected = vector.inTime + (reading.lateCounts ? 0 : vector.late) - machines
  const known = !reading.clearsMachines || vector.machines === 0
  const errors = machineErrors(vector.machines, vector.sampled, vector.samplePeople)
  return {
    abandoned,
    connected,
    live: connected + abandoned + vector.calleeEarly,
    attempts: vector.attempts,
    machineFalse: known ? 0 : errors.estimate,
    machineFalseUpper: known ? 0 : errors.upper
  }
}

/** A ratio as numerator and base; both with F where the rule has it. */
export interface AbandonRatio {
  readonly numerator: number
  /** 1 for a count. */
  readonly base: number
  /** How much of one more abandoned call is also in the base. */
  readonly baseGrows: 0 | 1
}

/** The F a rule counts with: 0, the estimate or its upper bound. */
export const machineFalseOf = (rule: AbandonRule, parts: AbandonParts): number =>
  rule.includeAmdFalse === "no" ? 0 : rule.includeAmdFalse === "upper" ? parts.machineFalseUpper : parts.machineFalse

export const ratioOf = (rule: AbandonRule, parts: AbandonParts, machineFalse: number): AbandonRatio => {
  const numerator = parts.abandoned + machineFalse
  switch (rule.denominator) {
    case "D_UK":
      return { numerator, base: numerator + parts.connected, baseGrows: 1 }
    case "D_LIVE":
      return { numerator, base: parts.live + machineFalse, baseGrows: 1 }
    case "D_PER_CONNECT":
      return { numerator, base: parts.connected, baseGrows: 0 }
    case "D_ATTEMPT":
      return { numerator, base: parts.attempts, baseGrows: 0 }
    case "D_COUNT":
      return { numerator, base: 1, baseGrows: 0 }
  }
}

/** Counts are whole and ceilings are decimal fractions: 3 of 100 must not be over 3 %. */
const tolerance = 1e-9

const isOver = ({ base, numerator }: AbandonRatio, limit: number, limitAllowed: boolean): boolean => {
  const excess = numerator - limit * base
  return limitAllowed ? excess > tolerance : excess > -tolerance && numerator > 0
}

export type Verdict = "green" | "amber" | "red" | "not assessable"

/** Everything a report says of one rule in one window. */
export interface Judgement {
  readonly verdict: Verdict
  /** NaN where the base is 0 and nothing was abandoned. */
  readonly ratio: number
  readonly numerator: number
  readonly base: number
  /** Further calls that may be abandoned before the ceiling is broken; Infinity without a ceiling. */
  readonly allowanceLeft: number
}

/**
 * Judges a window: red over the ceiling, amber over the target, else green. Where people taken for machines count and were
 * not estimated, the verdict is `not assessable`, unless the ceiling is broken without them.
 */
export const judge = (rule: AbandonRule, vector: Readonly<RawVector>, reading: AbandonReading): Judgement => {
  const parts = partsOf(vector, reading)
  const machineFalse = machineFalseOf(rule, parts)
  const known = !Number.isNaN(machineFalse)
  const ratio = ratioOf(rule, parts, known ? machineFalse : 0)
  const isRed = rule.ceiling !== null && isOver(ratio, rule.ceiling, rule.breach === "above")
  const isAmber = rule.target !== undefined && isOver(ratio, rule.target, true)
  return {
    verdict: isRed ? "red" : !known ? "not assessable" : isAmber ? "amber" : "green",
    ratio: known ? ratio.numerator / ratio.base : Number.NaN,
    numerator: known ? ratio.numerator : Number.NaN,
    base: known ? ratio.base : Number.NaN,
    allowanceLeft: known ? allowanceOf(rule, ratio) : 0
  }
}

/** Whole calls that may still be abandoned: the ceiling as an allowance, for example A + F ≤ c / (1 − c) × Y for D_UK. */
const allowanceOf = ({ breach, ceiling }: AbandonRule, { base, baseGrows, numerator }: AbandonRatio): number => {
  if (ceiling === null) return Number.POSITIVE_INFINITY
  if (baseGrows === 1 && ceiling >= 1) return Number.POSITIVE_INFINITY
  const left = (ceiling * base - numerator) / (1 - ceiling * baseGrows)
  return Math.max(0, breach === "above" ? Math.floor(left + tolerance) : Math.ceil(left - tolerance) - 1)
}

/** Whether one more abandoned call would leave the ceiling unbroken; no where that cannot be known. */
export const mayAbandonOneMore = (rule: AbandonRule, vector: Readonly<RawVector>, reading: AbandonReading): boolean =>
  judge(rule, vector, reading).allowanceLeft >= 1

/** f = F / (F + A + Y): the share of people who were taken for machines. */
export const machineErrorShare = ({ abandoned, connected, machineFalse }: AbandonParts): number =>
  machineFalse / (machineFalse + abandoned + connected)

/**
 * What pacing must hold A / (A + Y) to, so that with a share `f` of people taken for machines the ceiling `c` holds:
 * (c − f) / (1 − f). At 0, detection alone uses up the ceiling and predictive dialling is out.
 */
export const pacingCeiling = (ceiling: number, machineErrorShare: number): number =>
  machineErrorShare >= ceiling ? 0 : (ceiling - machineErrorShare) / (1 - machineErrorShare)
