import { percent, points, withInterval, styleOf } from "./format.ts"
import { html, type Html } from "./html.ts"
import { byKey, type Subject } from "./Subject.ts"
import { csvUri, type Table, tableHtml } from "./Table.ts"

/** What a lower abandon rate costs: settings of the same pacing, most occupied first. */
export const saferTable = (of: Subject): Table => ({
  columns: [
    { name: "setting", label: "Setting" },
    { name: "abandon_rate", label: "Abandon rate", show: (v) => percent(v, 2) },
    { name: "over_limit", label: "Shifts over limit", show: (v) => percent(v) },
    { name: "occupancy_lost", label: "Occupancy lost", show: (v) => points(v) },
    { name: "occupancy_lost_low", label: "from", show: (v) => points(v) },
    { name: "occupancy_lost_high", label: "to", show: (v) => points(v) }
  ],
  rows: (of.result.recommendation?.safer ?? []).map(({ settingKey, occupancyLost }) => {
    const other = byKey(of.result, settingKey)
    return [
      other?.setting.label ?? settingKey,
      other?.estimates.abandonRate.mean ?? null,
      other?.overLimit.share ?? null,
      occupancyLost.mean,
      occupancyLost.low,
      occupancyLost.high
    ]
  })
})

/** `null` without a recommendation or without safer settings. */
export const safer = (of: Subject): Html | null => {
  const table = saferTable(of)
  if (table.rows.length === 0 || of.main === null) return null
  const { occupancy, abandonRate } = of.main.estimates
  const now = `Recommended: ${withInterval(occupancy, styleOf("occupancy"))} occupancy at ${withInterval(abandonRate, styleOf("abandonRate"))} abandoned.`
  return html`<figure id="safer">
    <h3>What it costs to be safer</h3>
    <div class="wide">
      ${tableHtml(table, `${now} Occupancy lost is the paired difference on the same customers, with its 95 % interval.`)}
    </div>
    <p class="links">
      <a href="${csvUri(table)}" download="safer.csv" aria-label="CSV: what it costs to be safer">CSV</a>
    </p>
  </figure>`
}
