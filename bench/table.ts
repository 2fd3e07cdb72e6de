/** Rows as aligned text: the first column to the left, figures to the right. The first row is the heading. */
export const table = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const line = (row: ReadonlyArray<string>): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join("  ")
      .trimEnd()
  const rule = widths.map((width) => "─".repeat(width)).join("  ")
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].map((each) => `  ${each}`).join("\n")
}

/** A count with thousands apart, no decimals. */
export const whole = (figure: number): string => Math.round(figure).toLocaleString("en-GB")

/** A count of thousands or millions per second to three figures: 1.23 M, 456 k. */
export const short = (figure: number): string => {
  if (figure >= 999_500) return `${(figure / 1_000_000).toPrecision(3)} M`
  if (figure >= 1_000) return `${Number((figure / 1_000).toPrecision(3))} k`
  return figure.toPrecision(3)
}

export const percent = (share: number, decimals = 1): string => `${(100 * share).toFixed(decimals)} %`

export const mebibytes = (bytes: number): string => `${whole(bytes / 1_048_576)} MiB`
