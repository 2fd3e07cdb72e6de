import type { CallResult, CountedResult, FlowResult, PromiseResult } from "../sim/experiments/callResult.ts"
import type { Estimate } from "../sim/experiments/Result.ts"
import { decimal, percent } from "./format.ts"
import { html, type Html } from "./html.ts"
import type { Subject } from "./Subject.ts"
import { type Cell, csvUri, type Table, tableHtml } from "./Table.ts"

const number = (value: number): string => decimal(value, value < 10 ? 1 : 0)
export const figures: Table["columns"] = [
  { name: "times", label: "A shift", show: number },
  { name: "times_low", label: "from", show: number },
  { name: "times_high", label: "to", show: number },
  { name: "share", label: "Share", show: (share) => percent(share) }
]
/** Mean with its interval, and the share of another mean. */
const cells = ({ high, low, mean }: Estimate, of: Estimate): ReadonlyArray<Cell> => [mean, low, high, mean / of.mean]
const rowsOf = (counted: ReadonlyArray<CountedResult>, of: Estimate, name = (code: string): string => code) =>
  counted.map((each) => [name(each.name), ...cells(each.times, of)])

/** What the agents chose after their talks. */
const dispositionTable = (calls: CallResult, { campaign }: Subject): Table => {
  const own = campaign?.settings.known.dispositions ?? []
  const label = (code: string): string => own.find((each) => each.code === code)?.label ?? "Nothing chosen"
  return {
    columns: [{ name: "disposition", label: "Disposition" }, ...figures],
    rows: [
      ...rowsOf(calls.dispositions, calls.talks, label),
      ["Successes", ...cells(calls.successes, calls.talks)],
      ["Right party", ...cells(calls.rightParties, calls.talks)]
    ]
  }
}

const promiseTable = ({ byOther, due, inTime, late, missed }: PromiseResult): Table => ({
  columns: [{ name: "promise", label: "Promised calls" }, ...figures],
  rows: [
    ["Due on the day", ...cells(due, due)],
    ["Called in time", ...cells(inTime, due)],
    ["Called later", ...cells(late, due)],
    ["Not called", ...cells(missed, due)],
    ["Called by another agent", ...cells(byOther, due)]
  ]
})

const flowTable = ({ calls, results, transfers, transfersLost }: FlowResult, doNotCall: Estimate): Table => ({
  columns: [{ name: "result", label: "End of the flow" }, ...figures],
  rows: [
    ...rowsOf(results, calls),
    ...(transfers.mean > 0
      ? [
          ["Asked for an agent", ...cells(transfers, calls)],
          ["Asked in vain", ...cells(transfersLost, calls)]
        ]
      : []),
    ["Want no more calls", ...cells(doNotCall, calls)]
  ]
})

const keyTable = ({ keys }: FlowResult): Table => ({
  columns: [{ name: "question", label: "Question" }, { name: "keys", label: "Keys" }, ...figures],
  rows: keys.flatMap(({ entries, question }) => {
    const all = entries.reduce((sum, { times }) => sum + times.mean, 0)
    const of = { mean: all, low: Number.NaN, high: Number.NaN, n: 0 }
    return entries.map(({ name, times }) => [question, name, ...cells(times, of)])
  })
})

/** A table with its title, its caption and its numbers to take along. */
export const shown = (id: string, title: string, table: Table, caption: string): Html =>
  html`<figure id="${id}">
    <h3>${title}</h3>
    <div class="wide">${tableHtml(table, caption)}</div>
    <p class="links">
      <a href="${csvUri(table)}" download="${id}.csv" aria-label="CSV: ${title.toLowerCase()}">CSV</a>
    </p>
  </figure>`

/** What came of the calls; nothing where the scenario does not say. */
export const callResults = (of: Subject): ReadonlyArray<Html> => {
  const calls = of.main?.calls
  if (calls === undefined) return []
  const { dispositions, doNotCall, flow, promises } = calls
  const mean = "Mean of a shift with its 95 % interval"
  const parts = [
    flow === null
      ? null
      : shown(
          "flow-ends",
          "How the calls of the flow ended",
          flowTable(flow, doNotCall),
          `${mean}; shares of all calls that began it.`
        ),
    flow === null || flow.keys.length === 0
      ? null
      : shown("flow-keys", "Keys pressed", keyTable(flow), `${mean}; shares of the valid entries of each question.`),
    dispositions.length === 0
      ? null
      : shown(
          "dispositions",
          "What the agents chose",
          dispositionTable(calls, of),
          `${mean}; shares of the people an agent talked to.`
        ),
    promises === null
      ? null
      : shown(
          "promises",
          "Promised calls",
          promiseTable(promises),
          `${mean}; shares of those due by the end of the day. In time is up to ten minutes after the time promised.`
        )
  ]
  return parts.filter((part) => part !== null)
}
