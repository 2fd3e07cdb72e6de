import { controlledShiftsMin } from "../sim/experiments/estimates.ts"
import type { SettingResult } from "../sim/experiments/Result.ts"
import { idleWaitBinMillis, idleWaitBins } from "../src/domain/Counts.ts"
import { type MeasureKey, measures } from "../src/domain/measures.ts"
import { chanceRange, count, decimal, none, plusMinus, styleOf } from "./format.ts"
import { html, type Html } from "./html.ts"
import { lossStyle } from "./loss.ts"
import { csvUri, type Table } from "./Table.ts"
import type { Subject } from "./Subject.ts"

const longestWait = ((idleWaitBins - 1) * idleWaitBinMillis) / 1_000

/** Columns of the page; the CSV has every measure. */
export const keyMeasures: ReadonlyArray<{ readonly key: MeasureKey; readonly head: string }> = [
  { key: "occupancy", head: "Occu\u00adpancy" },
  { key: "abandonRate", head: "Abandon rate" },
  { key: "lateRate", head: "Late con\u00adnects" },
  { key: "talkMinutesPerHour", head: "Talk" },
  { key: "connectsPerAgentHour", head: "Con\u00adnects" },
  { key: "dialsPerAgentHour", head: "Dials" },
  { key: "idleWaitSecondsP50", head: "Wait median" },
  { key: "idleWaitSecondsP90", head: "Wait p90" },
  { key: "liveRate", head: "Live rate" }
]

/** Every measure of every setting with its interval, unrounded. */
export const settingsCsv = (settings: ReadonlyArray<SettingResult>): Table => {
  const keys = Object.keys(measures) as Array<MeasureKey>
  return {
    columns: [
      ...["key", "setting", "mode", "pacing", "knob", "replications"].map((name) => ({ name, label: name })),
      ...keys.flatMap((key) => [key, `${key}_low`, `${key}_high`].map((name) => ({ name, label: name }))),
      ...["over_limit", "over_limit_low", "over_limit_high"].map((name) => ({ name, label: name })),
      ...["transfers_lost", "transfers_lost_low", "transfers_lost_high"].map((name) => ({ name, label: name }))
    ],
    rows: settings.map(({ setting, replications, estimates, overLimit, transfersLost }) => [
      setting.key,
      setting.label,
      setting.mode,
      setting.pacing.kind,
      setting.knob,
      replications,
      ...keys.flatMap((key) => [estimates[key].mean, estimates[key].low, estimates[key].high]),
      overLimit.share,
      overLimit.low,
      overLimit.high,
      transfersLost?.mean ?? null,
      transfersLost?.low ?? null,
      transfersLost?.high ?? null
    ])
  }
}

/** The same for all settings unless a run was stopped or more precise where it mattered. */
export const replicationsOf = (settings: ReadonlyArray<SettingResult>): string => {
  const numbers = settings.map(({ replications }) => replications)
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  return least === most ? count(most) : `${count(least)} to ${count(most)}`
}

const overLimit = ({ overLimit: of }: SettingResult): string => {
  if (of.n === 0) return none
  const range = chanceRange(of, { scale: 100, digits: 0, unit: "" })
  return `${decimal(100 * of.share, 1)}${range === "" ? "" : ` (${range})`}`
}

const cell = ({ estimates }: SettingResult, key: MeasureKey): string =>
  // Longer waits are not told apart.
  key.startsWith("idleWaitSeconds") && estimates[key].mean >= longestWait
    ? `≥ ${count(longestWait)}`
    : plusMinus(estimates[key], styleOf(key))

/** Whether there are settings whose figures are told from those of the recommended one, see `inStepWith`. */
const areInStep = ({ main, recommended, result }: Subject): boolean =>
  recommended &&
  main !== null &&
  result.settings.some(({ replications }) => replications >= controlledShiftsMin && replications < main.replications)

/** All settings with their key measures; the main setting is marked in words. */
export const settingsTable = (of: Subject): Html => {
  const hasTransfers = of.result.settings.some(({ transfersLost }) => transfersLost !== undefined)
  // Nobody is late where a script answers.
  const shown = keyMeasures.filter(({ key }) => !(hasTransfers && key === "lateRate"))
  const heads = shown.map(
    ({ key, head }) =>
      html`<th scope="col" class="n" title="${measures[key].definition}">
        ${head}<small>${styleOf(key).unit}</small>
      </th>`
  )
  const differ = replicationsOf(of.result.settings).includes("to")
  const rows = of.result.settings.map((result) => {
    const cells = shown.map(({ key }) => html`<td class="n">${cell(result, key)}</td>`)
    const lost = hasTransfers
      ? html`<td class="n">
          ${result.transfersLost === undefined ? none : plusMinus(result.transfersLost, lossStyle)}
        </td>`
      : null
    const mark =
      result === of.main ? html`<small class="mark">${of.recommended ? "recommended" : "this report"}</small>` : null
    return html`<tr${result === of.main ? html` class="main"` : ""}><th scope="row">${result.setting.label}${mark}</th>${lost}${cells}<td class="n">${overLimit(result)}</td>${differ ? html`<td class="n">${result.replications}</td>` : null}</tr>
`
  })
  return html`<div class="wide" tabindex="0" role="region" aria-label="All settings">
      <table class="settings">
        <caption>
          Mean ± half of the 95 % interval over replications (${replicationsOf(of.result.settings)}); shifts over the
          limit with their
          interval.${
            areInStep(of)
              ? ` Occupancy and talk of settings with fewer of them than the recommended one, ${controlledShiftsMin} at least, are told from the paired difference to it.`
              : ""
          }
        </caption>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            ${hasTransfers ? html`<th scope="col" class="n">Transfers lost<small>%</small></th>` : null}${heads}
            <th scope="col" class="n">Shifts over limit<small>%</small></th>
            ${differ ? html`<th scope="col" class="n">Repli&shy;cations</th>` : null}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p class="links">
      <a
        href="${csvUri(settingsCsv(of.result.settings))}"
        download="settings.csv"
        aria-label="CSV: all settings, all measures"
        >CSV</a
      >
      with every measure of every setting
    </p>`
}
