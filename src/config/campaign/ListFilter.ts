import { Result, Schema } from "effect"
import { decodeFilter } from "../../contacts/decodeFilter.ts"
import type { Filter } from "../../domain/Filter.ts"
import { derived } from "../../yaml/fields.ts"
import type { FieldPath } from "../../yaml/FieldProblem.ts"
import { pathOfText } from "../../yaml/pathOfText.ts"
import type { Report } from "./Campaign.ts"

/** Who of a list is called. Weighed by `decodeFilter` when the parts of the file are checked. */
export const ListFilter = derived(
  Schema.Record(Schema.String, Schema.Unknown).annotate({ title: "a filter, as in docs/lists.md" }),
  "everybody",
  "Who is called: the others wait, as long as they do not fit. It is looked at when contacts come to the list."
)

/** Whether a filter can be used. `parameters`: the columns there are; null where they are not known. */
export const filterChecks = (
  filter: unknown,
  parameters: ReadonlyArray<string> | null,
  path: FieldPath,
  report: Report
): Filter | undefined => {
  if (filter === undefined) return undefined
  const decoded = decodeFilter(filter, parameters)
  if (Result.isSuccess(decoded)) return decoded.success
  for (const problem of decoded.failure) report([...path, ...pathOfText(problem.path, filter)], problem.message)
  return undefined
}

/** The filter of a list that was checked; null for everybody. */
export const toFilter = (filter: unknown): Filter | null =>
  filter === undefined ? null : Result.getOrThrow(decodeFilter(filter, null))
