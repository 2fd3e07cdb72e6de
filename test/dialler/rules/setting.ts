import type { Facts } from "../../../src/dialler/rules/Facts.ts"
import { type RuleBook, compileRules } from "../../../src/dialler/rules/RuleBook.ts"
import { Stop, type Verdict, VerdictKind } from "../../../src/dialler/rules/Verdict.ts"
import { type OutcomeName, outcomeNames } from "../../../src/domain/Outcome.ts"
import { zone } from "../compliance/setting.ts"
import { known, rulesOf } from "../../domain/rules/setting.ts"

/** 21 November 2026, a Saturday, 12:00 in Prague. */
export const noon = Date.UTC(2026, 10, 21, 11)

/** An attempt as a test tells it; what is left out is a first attempt that nobody answered. */
export interface Told extends Partial<Omit<Facts, "outcome" | "disposition" | "segment" | "counts" | "zone">> {
  readonly outcome?: OutcomeName
  readonly disposition?: string
  readonly segment?: string
  /** Attempts by outcome, this one among them. */
  readonly counted?: Partial<Record<OutcomeName, number>>
  readonly zone?: string
  readonly given?: Readonly<Record<string, ReadonlyArray<string>>>
}

export const factsOf = (book: RuleBook, told: Told = {}): Facts => {
  const { counted = {}, disposition, given = {}, outcome = "no-answer", segment = "north", zone: id, ...others } = told
  return {
    contact: 0,
    outcome: outcomeNames.indexOf(outcome),
    disposition: known.dispositions.findIndex((each) => each.code === disposition),
    attempts: 1,
    // Another contact's counters before it.
    counts: Uint8Array.from([77, ...book.countedOutcomes.map((code) => counted[outcomeNames[code]] ?? 0), 77]),
    countsAt: 1,
    segment: known.segments.indexOf(segment),
    now: noon,
    epochMillis: 0,
    askedAt: -1,
    zone: () => zone(id ?? "Europe/Prague"),
    fits: () => false,
    answers: (question) => given[question] ?? [],
    ...others
  }
}

/** The rules of these inputs, ready, with the campaign of `domain/rules/setting.ts`. */
export const bookOf = (...inputs: ReadonlyArray<object>): RuleBook => compileRules(rulesOf(...inputs), known)

export const decide = (book: RuleBook, told: Told = {}): Verdict => book.decide(factsOf(book, told))

/** Rules that held. */
export const ranOf = (verdict: Verdict): ReadonlyArray<number> => [...verdict.ran.subarray(0, verdict.ranCount)]

const nameOf = (codes: Readonly<Record<string, number>>, code: number): string =>
  Object.keys(codes).find((name) => codes[name] === code) ?? String(code)

/** What a verdict says that is not what nothing says. */
export const said = (book: RuleBook, verdict: Verdict): Readonly<Record<string, unknown>> => {
  const words: Record<string, unknown> = { kind: nameOf(VerdictKind, verdict.kind) }
  if (verdict.dueAt !== -1) words["dueAt"] = verdict.dueAt
  if (verdict.asked) words["asked"] = true
  if (verdict.nextNumber) words["nextNumber"] = true
  if (verdict.sameAgent) words["sameAgent"] = true
  if (verdict.windowMillis !== 0) words["windowMillis"] = verdict.windowMillis
  if (verdict.doNotCall) words["doNotCall"] = true
  if (verdict.segment !== -1) words["segment"] = known.segments[verdict.segment]
  if (verdict.campaign !== -1) words["campaign"] = known.campaigns[verdict.campaign]
  if (verdict.result !== -1) words["result"] = book.results[verdict.result]
  if (verdict.stop !== Stop.none) words["stop"] = nameOf(Stop, verdict.stop)
  if (verdict.settingCount > 0) {
    words["set"] = verdict.settings
      .slice(0, verdict.settingCount)
      .map(({ name, of, value }) => `${of} ${name}=${value}`)
  }
  return words
}
