import { count } from "../../reports/format.ts"
import type { ProblemGroup } from "../contacts/Problem.ts"

const problemsShown = 3

/** What was wrong with the rows of a list, a line for each kind. */
export const listProblemsText = (problems: ReadonlyArray<ProblemGroup>): ReadonlyArray<string> =>
  problems.map(
    ({ count: number, first, title }) =>
      `  ${title}: ${count(number)}, such as ${first
        .slice(0, problemsShown)
        .map(({ line, message }) => `line ${line}: ${message}`)
        .join("; ")}`
  )
