import type * as Plot from "@observablehq/plot"
import type { Look } from "./family.ts"
import type { Table } from "./Table.ts"

/** A cell of a figure: drawings under each other. Several panels stand side by side. */
export interface Panel {
  readonly title: string | null
  readonly plots: ReadonlyArray<Plot.PlotOptions>
}

/** What stands before a name in a legend: a line with its symbol, or a field with its texture. */
export type LegendItem =
  | {
      readonly kind: "line"
      readonly label: string
      readonly look: Omit<Look, "symbol"> & { readonly symbol: Look["symbol"] | null }
    }
  | { readonly kind: "area"; readonly label: string; readonly fill: string }

/** A chart as data: what it shows, how to read it, and the numbers in it. */
export interface Figure {
  /** Unique in the report; also the name of the CSV file. */
  readonly id: string
  readonly title: string
  /** What is drawn, over which window, with what uncertainty. */
  readonly caption: string
  /** What the drawing shows, for somebody who does not see it. */
  readonly alt: string
  readonly legend: ReadonlyArray<LegendItem>
  readonly panels: ReadonlyArray<Panel>
  readonly table: Table
}
