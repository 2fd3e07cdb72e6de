import { localDay } from "../../src/dialler/compliance/localTime.ts"
import type { AbandonRule } from "../../src/domain/compliance/Rules.ts"
import { figure, introductionOf } from "../compliance.ts"
import { count, none, percent, percentShort } from "../format.ts"
import { html, type Html } from "../html.ts"
import { ceilingBy, ceilingWords, reasonWords, windowDays } from "../lawWords.ts"
import { plainRules } from "../plainRules.ts"
import { type HoldRow, heldBackFigure } from "../heldBack.ts"
import type { Figure } from "../Figure.ts"
import type { Table } from "../Table.ts"
import { shareOf } from "./liveEstimates.ts"
import type { LawWindow, LiveSubject } from "./LiveSubject.ts"

/** What a window of a rule came to: numbers, and the verdict in a word. */
const verdicts = {
  green: "✓ kept",
  amber: "over its target",
  red: "▲ broken",
  "not assessable": "cannot be told: nobody listened to the calls taken for machines"
} as const

/** Where the abandoned are a part of the base, so that the share is one of a number of trials. */
const isShareOfBase = ({ denominator }: AbandonRule): boolean =>
  denominator !== "D_COUNT" && denominator !== "D_PER_CONNECT"

const ratioCells = ({ rule, standing: { base, numerator, ratio } }: LawWindow): ReadonlyArray<string> => {
  if (rule.denominator === "D_COUNT") return [Number.isFinite(numerator) ? count(numerator) : none, none]
  if (!Number.isFinite(ratio)) return [none, none]
  const whole = `${percent(ratio, 2)}, ${count(numerator)} of ${count(base)}`
  if (!isShareOfBase(rule)) return [whole, none]
  const { high, low } = shareOf(numerator, base)
  return [whole, `${percent(low, 2)} to ${percent(high, 2)}`]
}

/** Every window of every ceiling that the reported time touches, from the attempts on record. */
export const windowTable = (of: LiveSubject): Table => {
  const from = of.settings.law?.composed.from ?? []
  const dayOf = (instant: number): number =>
    instant === Number.POSITIVE_INFINITY ? instant : localDay(of.zone, instant)
  return {
    columns: [
      { name: "rule", label: "Rule" },
      { name: "source", label: "Set by" },
      { name: "window", label: "Window" },
      { name: "abandoned", label: "Abandoned" },
      { name: "interval", label: "95 % interval" },
      { name: "ceiling", label: "Ceiling" },
      { name: "left", label: "Still allowed" },
      { name: "verdict", label: "Verdict" }
    ],
    rows: (of.law?.windows ?? []).map((each) => {
      const { rule, standing, until } = each
      const { allowanceLeft } = standing
      return [
        ceilingWords(rule),
        ceilingBy(from, rule),
        windowDays(dayOf(each.from), dayOf(until)),
        ...ratioCells(each),
        rule.ceiling === null
          ? "none"
          : rule.denominator === "D_COUNT"
            ? count(rule.ceiling)
            : percentShort(rule.ceiling),
        Number.isFinite(allowanceLeft) ? `${count(allowanceLeft)} calls` : "no limit",
        verdicts[standing.verdict]
      ]
    })
  }
}

/** Windows whose ceiling is broken. */
export const brokenWindows = ({ law }: LiveSubject): ReadonlyArray<LawWindow> =>
  (law?.windows ?? []).filter(({ standing }) => standing.verdict === "red")

const ruleTable = ({ holds, settings }: LiveSubject): Table => ({
  columns: [
    { name: "about", label: "About" },
    { name: "rule", label: "Rule" },
    { name: "source", label: "Set by" },
    { name: "held_back", label: "Times it held a call back", show: count }
  ],
  rows:
    settings.law === null
      ? []
      : plainRules(settings.law.composed).map(({ by, name, reasons, words }) => [
          name,
          words,
          by,
          reasons.length === 0
            ? null
            : holds.reduce((sum, { reason, times }) => sum + (reasons.includes(reason) ? times : 0), 0)
        ])
})

/** What the law asked of the campaign, and how it was kept. */
export const compliancePage = (of: LiveSubject): ReadonlyArray<Html | null> => {
  const { settings } = of
  if (settings.law === null) {
    return [
      html`<p>
        <strong>No law was applied.</strong> This campaign called without calling hours, limits of attempts, do-not-call
        rules or enforced ceilings of Outpace. The ${percentShort(settings.abandonLimit)} shown elsewhere is a figure to
        compare with, not a rule that was kept.
      </p>`
    ]
  }
  const windows = windowTable(of)
  const others = ruleTable(of)
  return [
    introductionOf(settings.law.composed.from, settings.law),
    windows.rows.length === 0
      ? null
      : figure(
          "ceiling-windows",
          "Each ceiling, window by window",
          windows,
          `All calls of the law's window up to the end of the reported time, earlier days of it included, each counted in the window in which it was dialled. Intervals are binomial (Wilson).${settings.detection ? "" : " Nobody listens for machines before a call is abandoned, so the share of machines among the agents' calls is taken off the abandoned ones."}`
        ),
    others.rows.length === 0
      ? null
      : figure("other-rules", "The other rules", others, "How often each held a call back in the reported time.")
  ]
}

/** Why contacts were not called when their turn came; null where nobody was held back. */
export const liveHeldBack = ({ holds }: LiveSubject): Figure | null => {
  if (holds.length === 0) return null
  const rows = holds.map(({ reason, times }): HoldRow => ({
    reason,
    words: reasonWords(reason),
    times: { mean: times, low: Number.NaN, high: Number.NaN, n: 1 },
    waiting: null
  }))
  return heldBackFigure(rows, {
    axis: "Times",
    show: count,
    caption:
      "How often a contact's turn came and the law held the call back, in the reported time. A contact may be held back " +
      "more than once, by one reason after the other.",
    table: {
      columns: [
        { name: "reason", label: "Reason" },
        { name: "code", label: "Code" },
        { name: "times", label: "Times held back", show: count },
        { name: "contacts", label: "Contacts", show: count }
      ],
      rows: holds.map(({ contacts, reason, times }) => [reasonWords(reason), reason, times, contacts])
    }
  })
}
