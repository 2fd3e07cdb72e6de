import { dayMillis } from "../../domain/compliance/civil.ts"
import type { Rules } from "../../domain/compliance/Rules.ts"
import { Outcome } from "../../domain/Outcome.ts"

/** Whether an unanswered call was ended before the shortest ringing the profile allows; a finding, whatever ended it. */
export const isShortRing = (rules: Rules, outcome: number, rangMillis: number): boolean =>
  (outcome === Outcome.cancelled || outcome === Outcome.noAnswer) && rangMillis < (rules.ring?.millisMin ?? 0)

/** The number a campaign shows, as its carrier and its owner know it. */
export interface CallerIdFacts {
  readonly shown: boolean
  readonly valid: boolean
  readonly dialable: boolean
  readonly callbackAnswers: boolean
  /** `null` where attestation does not exist; then the number must be valid and dialable, as national rules have it. */
  readonly attestation: "A" | "B" | "C" | null
  /** Demands of `cli.numberRanges` somebody has confirmed for this number. */
  readonly ranges: ReadonlyArray<string>
}

/** Whether a caller's number meets the profile. */
export const fitsCallerId = (rules: Rules, number: CallerIdFacts): boolean => {
  const { attestationMin, callbackAnswers, dialable, numberRanges = [], required, valid } = rules.cli ?? {}
  const attested =
    attestationMin === undefined ||
    (number.attestation === null ? number.valid && number.dialable : number.attestation <= attestationMin)
  return (
    (required !== true || number.shown) &&
    (valid !== true || number.valid) &&
    (dialable !== true || number.dialable) &&
    (callbackAnswers !== true || number.callbackAnswers) &&
    attested &&
    numberRanges.every((range) => number.ranges.includes(range))
  )
}

/** Speaks of every list. */
const everyList = "*"

/**
 * Until when the copies of the suppression lists are fresh enough: instants at which they were loaded, by source, in
 * milliseconds. -Infinity where a list the profile names was never loaded: no call then.
 */
export const listsGoodUntil = (rules: Rules, loadedAt: Readonly<Record<string, number>>): number => {
  const { dnc = [] } = rules
  const general = dnc.find(({ source }) => source === everyList)?.ageDaysMax ?? Number.POSITIVE_INFINITY
  const named = new Set(dnc.map(({ source }) => source).filter((source) => source !== everyList))
  let until = Number.POSITIVE_INFINITY
  for (const source of new Set([...named, ...Object.keys(loadedAt)])) {
    const own = dnc.find((list) => list.source === source)?.ageDaysMax ?? Number.POSITIVE_INFINITY
    const days = Math.min(general, own)
    if (!Object.hasOwn(loadedAt, source)) return Number.NEGATIVE_INFINITY
    until = Math.min(until, loadedAt[source] + days * dayMillis)
  }
  return until
}
