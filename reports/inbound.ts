import type { Estimate } from "../sim/experiments/Result.ts"
import type { InboundFigures } from "../src/domain/InboundCall.ts"
import { servedInTimeMillis } from "../src/domain/InboundCall.ts"
import { figures, shown } from "./callResults.ts"
import { seconds } from "./format.ts"
import type { Html } from "./html.ts"
import type { Subject } from "./Subject.ts"
import type { Cell, Table } from "./Table.ts"

/** What became of callers, in the order of the table. */
const rows = [
  ["connected", "Taken by an agent"],
  ["inTime", `Taken within ${servedInTimeMillis / 1_000} s`],
  ["gaveUp", "Hung up while waiting"],
  ["waitOver", "Let go after the longest wait"],
  ["turnedAway", "Turned away"]
] as const satisfies ReadonlyArray<readonly [keyof InboundFigures, string]>

/** `cells`: what stands behind one of the figures, beside its share of all calls. */
export const inboundTable = (
  columns: Table["columns"],
  cells: (key: (typeof rows)[number][0] | "calls") => ReadonlyArray<Cell>
): Table => ({
  columns: [{ name: "callers", label: "Calls to the campaign" }, ...columns],
  rows: [["All", ...cells("calls")], ...rows.map(([key, label]) => [label, ...cells(key)])]
})

/** How long the callers waited whom an agent took; empty where there were none. */
export const waitWords = (mean: number, p95: number): string =>
  Number.isNaN(mean)
    ? ""
    : ` Those an agent took waited ${seconds(mean / 1_000)} on average, 95 of 100 of them at most ${seconds(p95 / 1_000)}.`

export const callersTitle = "What became of callers"

/** The people who called the campaign; nothing where nobody was to. */
export const inboundResults = ({ main }: Subject): ReadonlyArray<Html> => {
  const inbound = main?.inbound
  if (inbound === undefined || inbound.calls.mean === 0) return []
  const all = inbound.calls.mean
  const cells = ({ high, low, mean }: Estimate): ReadonlyArray<Cell> => [mean, low, high, mean / all]
  const table = inboundTable(figures, (key) => cells(inbound[key]))
  const caption = `Mean of a shift with its 95 % interval; shares of all calls.${waitWords(inbound.waitMean.mean, inbound.waitP95.mean)}`
  return [shown("callers", callersTitle, table, caption)]
}
