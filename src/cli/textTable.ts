/** Rows of cells as lines with columns of equal width; the first row is the head, the first column stands left. */
export const textTable = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const line = (row: ReadonlyArray<string>): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ")
      .trimEnd()
  const [head, ...body] = rows
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...body.map(line)].join("\n")
}

/** Breaks text into lines of at most this many characters, between words; a number stays with its sign. */
export const wrap = (text: string, width: number): string => {
  const lines: Array<string> = [""]
  for (const word of text.split(/ (?!%)/)) {
    const last = lines[lines.length - 1]
    if (last === "") lines[lines.length - 1] = word
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join("\n")
}
