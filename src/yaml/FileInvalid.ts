import { Schema } from "effect"

/** One thing wrong with a YAML file, at its place in the text. */
export const FileProblem = Schema.Struct({
  file: Schema.String,
  /** From 1. */
  line: Schema.Int,
  /** From 1, in characters. */
  column: Schema.Int,
  /** `campaigns[0].rules.ringSecondsMin`; empty where the text is not YAML at all. */
  field: Schema.String,
  found: Schema.String,
  allowed: Schema.String,
  hint: Schema.NullOr(Schema.String),
  /** The line of the file, for display. */
  source: Schema.String
})
export type FileProblem = typeof FileProblem.Type

/** A file that cannot be used, with everything that is wrong with it. */
export class FileInvalid extends Schema.TaggedError<FileInvalid>()("FileInvalid", {
  file: Schema.String,
  problems: Schema.Array(FileProblem)
}) {
  override get message() {
    return formatProblems(this.problems)
  }
}

const sourceWidthMax = 100

/** For a terminal: a paragraph for each problem, with the line it stands on. */
export const formatProblems = (problems: ReadonlyArray<FileProblem>): string => problems.map(formatProblem).join("\n\n")

const formatProblem = (problem: FileProblem): string => {
  const number = String(problem.line)
  const margin = " ".repeat(number.length)
  // A line too long for a terminal is shown from a little before the place.
  const from = problem.column > sourceWidthMax ? problem.column - sourceWidthMax / 2 : 0
  const source = problem.source.slice(from, from + sourceWidthMax)
  const lines = [
    `${problem.file}:${problem.line}:${problem.column}${problem.field === "" ? "" : ` ${problem.field}`}`,
    `  ${number} | ${source}`,
    `  ${margin} | ${" ".repeat(problem.column - 1 - from)}^`,
    `  found:   ${problem.found}`,
    `  allowed: ${problem.allowed}`
  ]
  if (problem.hint !== null) lines.push(`  hint:    ${problem.hint}`)
  return lines.join("\n")
}
