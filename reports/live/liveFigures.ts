import { outcomeNames } from "../../src/domain/Outcome.ts"
import { attempts, type MeasureKey, measures } from "../../src/domain/measures.ts"
import { shown } from "../callResults.ts"
import { count, figure, interval, none, percent, styleOf } from "../format.ts"
import { html, type Html } from "../html.ts"
import { csvUri, type Table, tableHtml } from "../Table.ts"
import { blockMinutes } from "./countBlocks.ts"
import { type Method, methodOf, resampleCount, shareOf } from "./liveEstimates.ts"
import type { LiveSubject } from "./LiveSubject.ts"
import type { LiveEstimates } from "./liveTiles.ts"

const methods: Readonly<Record<Method, string>> = { wilson: "binomial", bootstrap: "bootstrap", none: "counted" }
const keys = Object.keys(measures) as ReadonlyArray<MeasureKey>

const known = (estimates: LiveEstimates): ReadonlyArray<MeasureKey> =>
  keys.filter((key) => Number.isFinite(estimates[key].mean))

/** As numbers, unrounded, for a file. */
export const figureCsv = (estimates: LiveEstimates): Table => ({
  columns: ["figure", "label", "unit", "value", "low", "high", "interval", "definition"].map((name) => ({
    name,
    label: name
  })),
  rows: keys.map((key) => {
    const { high, low, mean } = estimates[key]
    return [
      key,
      measures[key].label,
      measures[key].unit,
      mean,
      low,
      high,
      methods[methodOf(key)],
      measures[key].definition
    ]
  })
})

/** Every figure that exists, with its interval. */
export const figureHtml = (estimates: LiveEstimates): Html => {
  const table: Table = {
    columns: [
      { name: "figure", label: "Figure" },
      { name: "value", label: "Live" },
      { name: "interval", label: "95 % interval" },
      { name: "how", label: "Made by" }
    ],
    rows: known(estimates).map((key) => [
      measures[key].label,
      figure(estimates[key].mean, styleOf(key)),
      interval(estimates[key], styleOf(key)) || none,
      methods[methodOf(key)]
    ])
  }
  const caption =
    "From raw counts of the calls and of the agents' time. Binomial: Wilson's interval of a share of calls. Bootstrap: the " +
    `${blockMinutes}-minute blocks of the time drawn anew ${count(resampleCount)} times, always by the same chance. Counted: known ` +
    "of every call or contact, so without an interval; those of the list by all calls to it up to the end of the time."
  return html`<figure id="figures-table">
    <div class="wide">${tableHtml(table, caption)}</div>
    <p class="links">
      <a href="${csvUri(figureCsv(estimates))}" download="figures.csv" aria-label="CSV: every figure">CSV</a>
    </p>
  </figure>`
}

/** Calls by how they ended. */
export const outcomeHtml = ({ counts }: LiveSubject): Html => {
  const all = attempts(counts)
  const table: Table = {
    columns: [
      { name: "outcome", label: "Outcome" },
      { name: "calls", label: "Calls", show: count },
      { name: "share", label: "Share", show: (v) => percent(v) },
      { name: "share_low", label: "from", show: (v) => percent(v) },
      { name: "share_high", label: "to", show: (v) => percent(v) }
    ],
    rows: outcomeNames.flatMap((name, code) => {
      const calls = counts.outcomes[code]
      const { high, low, mean } = shareOf(calls, all)
      return calls === 0 ? [] : [[name.replaceAll("-", " "), calls, mean, low, high]]
    })
  }
  return shown("outcomes", "How the calls ended", table, "Shares of all calls, with 95 % binomial (Wilson) intervals.")
}
