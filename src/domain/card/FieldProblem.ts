import { type SchemaAST, SchemaIssue } from "effect"
import { pathText, valueAt } from "../plainData.ts"

/** One thing wrong with a card or a form, by field. */
export interface FieldProblem {
  /** `steps[2].question.min`; empty for the whole. */
  readonly path: string
  /** What stands there, as text; `nothing` for a field that is missing. */
  readonly found: string
  readonly allowed: string
}

/** How input that was written by hand is decoded: everything that is wrong at once, and no unknown keys. */
export const byHand: SchemaAST.ParseOptions = { errors: "all", onExcessProperty: "error" }

/** More problems than anybody reads. */
export const problemsMax = 100

/** The problems of a failed decoding, one for each place, `problemsMax` at most. */
export const problemsOfIssue = (issue: SchemaIssue.Issue, input: unknown): ReadonlyArray<FieldProblem> => {
  const problems = new Map<string, FieldProblem>()
  for (const each of format(issue).issues) {
    const path = (each.path ?? []).map((key) => (typeof key === "object" ? key.key : key))
    const text = pathText(path)
    if (problems.has(text)) continue
    problems.set(text, { path: text, found: shown(valueAt(input, path)), allowed: allowedOf(each.message) })
    if (problems.size === problemsMax) break
  }
  return [...problems.values()]
}

const format = SchemaIssue.makeFormatterStandardSchemaV1()

/** A message of the schema library in words; our own messages say what is allowed already. */
const allowedOf = (message: string): string => {
  if (message.startsWith("Missing key")) return "a value; this one is needed"
  const expected = message.replace(/^Expected /, "")
  if (expected === "no excess property") return "no key of this name"
  const kinds = [...expected.matchAll(/readonly "kind": ("[^"]+")/g)].map((match) => match[1])
  if (kinds.length > 0) return `an object whose kind is ${oneOf(kinds)}`
  const alternatives = expected.split(" | ")
  return alternatives.every((each) => each.startsWith('"'))
    ? oneOf(alternatives)
    : alternatives.map(typeWords).join(" or ")
}

const oneOf = (literals: ReadonlyArray<string>): string =>
  `${literals.length > 1 ? "one of " : ""}${literals.map((each) => each.slice(1, -1)).join(", ")}`

const typeWords = (type: string): string => words[type] ?? type
const words: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  "an integer": "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object"
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

const shownMax = 60

/** A value as a reader would recognise it, cut to one short line. */
export const shown = (value: unknown): string => {
  if (value === undefined) return "nothing"
  // JSON has no NaN and no infinities.
  const text = isObject(value) ? shownObject(value) : typeof value === "number" ? String(value) : JSON.stringify(value)
  return text.length <= shownMax ? text : `${text.slice(0, shownMax - 1)}…`
}

const shownObject = (value: object): string => {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if ("kind" in value) return `an object whose kind is ${JSON.stringify(value.kind)}`
  return `an object with ${Object.keys(value).slice(0, 5).join(", ") || "nothing in it"}`
}
