import type { LawResult, RuleResult } from "../sim/experiments/lawResult.ts"
import type { CampaignLaw } from "../src/domain/compliance/CampaignLaw.ts"
import { fine } from "./ceilings.ts"
import { count, none, percent, percentShort, plusMinus } from "./format.ts"
import { html, type Html } from "./html.ts"
import { ceilingBy, ceilingWords, sourcesOf, windowDays } from "./lawWords.ts"
import { plainRules } from "./plainRules.ts"
import { limitOf, type Subject } from "./Subject.ts"
import { csvUri, type Table, tableHtml } from "./Table.ts"

/** Where nobody was held to anything, the report says so. Nothing in results of versions that knew no law. */
export const noLaw = (of: Subject): Html | null =>
  of.main?.law === null
    ? html`<p>
        <strong>No law was applied.</strong> This campaign was rehearsed without calling hours, limits of attempts,
        do-not-call rules or enforced ceilings. The ${percentShort(limitOf(of))} shown elsewhere is a figure to compare
        with, not a rule that was kept.
      </p>`
    : null

/** Whose rules held, each with its basis, and what the house allows all the same. */
export const lawIntroduction = (of: Subject): Html | null => {
  const { law } = of.main ?? {}
  if (law === undefined || law === null) return null
  return introductionOf(law.from, of.campaign?.settings.law ?? null)
}

/** The same of a law and what it was made of. */
export const introductionOf = (from: ReadonlyArray<string>, own: CampaignLaw | null): Html => {
  const sources = sourcesOf(from).map(({ id, profile, version }) =>
    profile === null
      ? html`<li>${id}: rules of the house.</li>`
      : html`<li>${id}, as read on ${version}: ${profile.basis}. Confidence ${profile.confidence}.</li>`
  )
  const overrides = own?.composed.overrides ?? []
  return html`<p>
      The dialler worked under these rules, each contact by its own time zone; days are those of
      ${own?.zone ?? "the campaign's zone"}. A profile is a dated reading of the rules of one place, not legal advice.
    </p>
    <ul>
      ${sources}
    </ul>
    ${
      own?.enforceCeilings === false
        ? html`<p><strong>Ceilings were watched, not enforced:</strong> the dialler did not slow down for them.</p>`
        : null
    }
    ${
      overrides.length === 0
        ? null
        : html`<p class="banner">
            <strong>The house allows what a profile forbids.</strong> ${overrides.map(
              ({ by, house, law: theirs, path, reason }) =>
                html`${path}: ${JSON.stringify(house)} in place of ${JSON.stringify(theirs)} (${reason}; ${by}). `
            )}
          </p>`
    }`
}

const worst = ({ rule, worst: window }: RuleResult): string => {
  if (window === null) return none
  const { base, fromDay, numerator, ratio, replication, untilDay } = window
  const counted = rule.denominator === "D_COUNT"
  const size = counted ? count(numerator) : `${percent(ratio, 2)}, ${count(numerator)} of ${count(base)}`
  return `${size}; ${windowDays(fromDay, untilDay)}, shift ${count(replication + 1)}`
}

/** Every ceiling in words, who set it, what came out, and how much was left. */
export const ceilingTable = ({ from, rules }: LawResult): Table => ({
  columns: [
    { name: "rule", label: "Rule" },
    { name: "source", label: "Set by" },
    { name: "abandoned", label: "Abandoned" },
    { name: "estimate", label: "By the dialler’s estimate" },
    { name: "ceiling", label: "Ceiling" },
    { name: "margin", label: "Margin" },
    { name: "left", label: "Still allowed" },
    { name: "broken", label: "Shifts over it" },
    { name: "worst", label: "Worst window" }
  ],
  rows: rules.map((result) => {
    const { allowanceLeft, broken, ledgerRatio, margin, ratio, rule, unknown } = result
    const counted = rule.denominator === "D_COUNT"
    const style = counted ? { scale: 1, digits: 1, unit: "" } : fine
    const unit = counted ? "" : " %"
    const estimate =
      unknown > 0
        ? `not assessable in ${count(unknown)} of ${count(broken.n)}`
        : `${plusMinus(ledgerRatio, style)}${unit}`
    return [
      ceilingWords(rule),
      ceilingBy(from, rule),
      Number.isFinite(ratio.mean) ? `${plusMinus(ratio, style)}${unit}` : none,
      estimate,
      rule.ceiling === null ? "none" : percentShort(rule.ceiling),
      rule.ceiling === null || !Number.isFinite(margin.mean)
        ? none
        : `${plusMinus(margin, { ...fine, unit: "" })} points`,
      Number.isFinite(allowanceLeft.mean) ? `${count(allowanceLeft.mean)} calls` : "no limit",
      rule.ceiling === null ? none : `${count(broken.successes)} of ${count(broken.n)}`,
      worst(result)
    ]
  })
})

/** Every other rule in words, who set it, and how often it held a contact back. */
export const otherRules = (of: Subject): Table | null => {
  const { law } = of.main ?? {}
  const composed = of.campaign?.settings.law?.composed
  if (law === undefined || law === null || composed === undefined) return null
  const times = (reasons: ReadonlyArray<string>): number | null =>
    reasons.length === 0
      ? null
      : law.holds.reduce((sum, hold) => sum + (reasons.includes(hold.reason) ? hold.times.mean : 0), 0)
  return {
    columns: [
      { name: "about", label: "About" },
      { name: "rule", label: "Rule" },
      { name: "source", label: "Set by" },
      { name: "held_back", label: "Contacts held back, a shift", show: (value) => count(value) }
    ],
    rows: plainRules(composed).map(({ by, name, reasons, words }) => [name, words, by, times(reasons)])
  }
}

/** Dates and names of profiles stay on one line. */
const unbroken = (table: Table): Table => ({
  ...table,
  rows: table.rows.map((row) =>
    row.map((cell, i) =>
      typeof cell === "string" && ["source", "window", "worst"].includes(table.columns[i].name)
        ? cell.replaceAll("-", "\u2011")
        : cell
    )
  )
})

/** A wide table with its title and caption. */
export const figure = (id: string, title: string, table: Table, caption: string): Html =>
  html`<figure id="${id}">
    <h3>${title}</h3>
    <div class="wide" tabindex="0" role="region" aria-label="${title}">${tableHtml(unbroken(table), caption)}</div>
    <p class="links"><a href="${csvUri(table)}" download="${id}.csv" aria-label="CSV: ${title}">CSV</a></p>
  </figure>`

/** The rules in two tables; nothing without a law. */
export const ruleTables = (of: Subject): ReadonlyArray<Html | null> => {
  const { law } = of.main ?? {}
  if (law === undefined || law === null) return []
  const others = otherRules(of)
  return [
    law.rules.length === 0
      ? null
      : figure(
          "ceiling-rules",
          "Each ceiling in words",
          ceilingTable(law),
          "Means over shifts ± half of the 95 % interval, by what really became of the calls. Of a shift with several windows the worst one counts."
        ),
    others === null
      ? null
      : figure(
          "other-rules",
          "The other rules",
          others,
          law.shortRings.mean > 0
            ? `Calls that ended unanswered before the shortest ringing, whatever ended them: ${count(law.shortRings.mean)} a shift.`
            : "No call ended unanswered before the shortest ringing."
        )
  ]
}
