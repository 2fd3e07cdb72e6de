import { html, type Html } from "./html.ts"

export type Cell = string | number | null

/** One column: its name in the CSV, its head on the page, and how a number is shown there. */
export interface Column {
  readonly name: string
  readonly label: string
  readonly show?: (value: number) => string
}

/** The data of a chart, raw. The page formats it; the CSV carries it as it is. */
export interface Table {
  readonly columns: ReadonlyArray<Column>
  readonly rows: ReadonlyArray<ReadonlyArray<Cell>>
}

const missing = (cell: Cell): boolean => cell === null || (typeof cell === "number" && Number.isNaN(cell))

const csvCell = (cell: Cell): string => {
  if (cell === null || missing(cell)) return ""
  if (typeof cell === "number") return String(cell)
  // A spreadsheet would run a text that starts like a formula.
  const text = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Comma separated, one header line, numbers unrounded, empty where there is no value (RFC 4180). */
export const csv = ({ columns, rows }: Table): string =>
  [columns.map((column) => csvCell(column.name)), ...rows.map((row) => row.map(csvCell))]
    .map((cells) => `${cells.join(",")}\r\n`)
    .join("")

/** The CSV inside a link. It starts with a byte order mark, without which Excel does not read UTF-8. */
export const csvUri = (table: Table): string =>
  `data:text/csv;charset=utf-8,%EF%BB%BF${encodeURI(csv(table)).replaceAll("#", "%23")}`

const shown = (cell: Cell, column: Column): string => {
  if (cell === null || missing(cell)) return "–"
  if (typeof cell === "number") return column.show === undefined ? String(cell) : column.show(cell)
  return cell
}

/** The first column heads the rows; columns that hold numbers are aligned right. */
export const tableHtml = ({ columns, rows }: Table, caption: string): Html => {
  const numeric = columns.map((_, i) => rows.some((row) => typeof row[i] === "number"))
  const heads = columns.map(
    (column, i) => html`<th scope="col" ${numeric[i] ? html` class="n"` : ""}>${column.label}</th>`
  )
  const body = rows.map((row) => {
    const cells = row.map((cell, i) => {
      const text = shown(cell, columns[i])
      if (i === 0) return html`<th scope="row" ${numeric[i] ? html` class="n"` : ""}>${text}</th>`
      return html`<td${numeric[i] ? html` class="n"` : ""}>${text}</td>`
    })
    return html`<tr>
      ${cells}
    </tr>`
  })
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${heads}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`
}
