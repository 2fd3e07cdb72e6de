import type { Rules } from "../Rules.ts"

/*
 * Pieces several profiles share. The day of reading of every source: what a profile says was so to our knowledge then.
 */
export const read = "2026-11-21"
export const version = "2026-11-21"
export const source = (document: string): { readonly document: string; readonly read: string } => ({ document, read })

type AbandonRules = NonNullable<Rules["abandon"]>

/** Our own ceiling where a place has none: 3 % of the people who answered, per local day. */
export const houseCeiling: AbandonRules = [
  {
    ceiling: 0.03,
    denominator: "D_LIVE",
    includeAmdFalse: "estimate",
    breach: "above",
    scope: "campaign",
    window: { kind: "calendarDay" },
    basis: "house"
  }
]

/** No call to the person for 72 hours after an abandoned one; `lifted` where a reserved agent may. */
export const wait72Hours = (liftedBy: "reservedAgent" | "none"): NonNullable<Rules["redial"]> => ({
  afterAbandon: [{ unit: "hours", n: 72, liftedBy, thenReserved: false }]
})

/** No call on the same day after a machine was detected. */
export const sameDayAfterMachine = (liftedBy: "reservedAgent" | "none"): NonNullable<Rules["redial"]> => ({
  afterAmd: [{ kind: "calendarDay", n: 1, liftedBy }]
})

export const everyDay = (hours: string) => ({ monFri: [hours], sat: [hours], sun: [hours] })

export const attemptsADay = (n: number): NonNullable<Rules["caps"]> => [
  { count: "attempts", n, window: { kind: "localDays", days: 1 }, key: "number", per: "trader" }
]
