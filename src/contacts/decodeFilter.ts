import { Result, Schema, SchemaIssue } from "effect"
import {
  choicesOf,
  conditionOf,
  dayOfText,
  fieldKind,
  type Filter,
  type FilterCondition,
  filterDepthMax,
  filterSizeMax,
  parameterPrefix
} from "../domain/Filter.ts"

/** One thing wrong with a filter. */
export interface FilterProblem {
  /** `of[1].filter.value`; empty for the whole. */
  readonly path: string
  readonly message: string
}

type Path = ReadonlyArray<PropertyKey>

const problemsMax = 100

/**
 * A filter from plain data, such as JSON of a request. `parameters`: names of the columns there are; null when they are
 * not known yet, then any is taken. A failure lists what is wrong and where, a hundred things at most.
 */
export const decodeFilter = (
  input: unknown,
  parameters: ReadonlyArray<string> | null
): Result.Result<Filter, ReadonlyArray<FilterProblem>> => {
  const decoder = new Decoder(parameters)
  const filter = decoder.filter(input, [], 1)
  return filter === null || decoder.problems.length > 0 ? Result.fail(decoder.problems) : Result.succeed(filter)
}

const operators = ["and", "or", "not", ...Object.keys(conditionOf)]
const isConditionOp = (op: unknown): op is keyof typeof conditionOf =>
  typeof op === "string" && Object.hasOwn(conditionOf, op)
const format = SchemaIssue.makeFormatterStandardSchemaV1()

/** Goes down a filter node by node, so that depth and size are limited and every problem is that of its own operator. */
class Decoder {
  readonly problems: Array<FilterProblem> = []
  readonly #parameters: ReadonlyArray<string> | null
  #size = 0

  constructor(parameters: ReadonlyArray<string> | null) {
    this.#parameters = parameters
  }

  filter(input: unknown, path: Path, depth: number): Filter | null {
    if (depth > filterDepthMax) return this.#problem(path, `conditions may be nested ${filterDepthMax} deep`)
    if (typeof input !== "object" || input === null) return this.#problem(path, "a condition is an object with op")
    const node = input as Readonly<Record<string, unknown>>
    const { op } = node
    if (!this.#isSmall(node)) return this.#problem(path, `a filter may have ${filterSizeMax} conditions and values`)
    if (op === "and" || op === "or") return this.#group(op, node, path, depth)
    if (op === "not") {
      this.#onlyKeys(node, ["op", "filter"], path)
      const filter = this.filter(node["filter"], [...path, "filter"], depth + 1)
      return filter === null ? null : { op, filter }
    }
    if (isConditionOp(op)) return this.#condition(op, node, path)
    return this.#problem([...path, "op"], `one of ${operators.join(" ")}`)
  }

  #isSmall(node: Readonly<Record<string, unknown>>): boolean {
    this.#size += 1 + (Array.isArray(node["values"]) ? node["values"].length : 0)
    return this.#size <= filterSizeMax
  }

  #group(op: "and" | "or", node: Readonly<Record<string, unknown>>, path: Path, depth: number): Filter | null {
    this.#onlyKeys(node, ["op", "of"], path)
    const list: unknown = node["of"]
    if (!Array.isArray(list)) return this.#problem([...path, "of"], "a list of conditions")
    const of: Array<Filter> = []
    for (const [index, each] of list.entries()) {
      const filter = this.filter(each, [...path, "of", index], depth + 1)
      if (filter !== null) of.push(filter)
      if (this.problems.length >= problemsMax || this.#size > filterSizeMax) break
    }
    return { op, of }
  }

  #condition(op: keyof typeof conditionOf, node: Readonly<Record<string, unknown>>, path: Path): Filter | null {
    const decode = Schema.decodeUnknownResult(conditionOf[op], {
      errors: "all",
      onExcessProperty: "error"
    })
    const decoded = decode(node)
    if (Result.isSuccess(decoded)) {
      checkCondition(decoded.success, this.#parameters, (key, message) => this.#problem([...path, key], message))
      return decoded.success
    }
    for (const issue of format(decoded.failure.issue).issues) {
      const place = (issue.path ?? []).map((each) => (typeof each === "object" ? each.key : each))
      this.#problem([...path, ...place], issue.message)
    }
    return null
  }

  #onlyKeys(node: Readonly<Record<string, unknown>>, keys: ReadonlyArray<string>, path: Path): void {
    for (const key of Object.keys(node)) {
      if (!keys.includes(key)) this.#problem([...path, key], `only ${keys.join(" and ")} belong here`)
    }
  }

  /** One problem for each place: the first says most. */
  #problem(path: Path, message: string): null {
    const text = pathText(path)
    const isNew = !this.problems.some((each) => each.path === text)
    if (isNew && this.problems.length < problemsMax) this.problems.push({ path: text, message })
    return null
  }
}

const pathText = (path: Path): string =>
  path
    .reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}.${String(key)}`), "")
    .replace(/^\./, "")

/** What the schema cannot know: which columns there are, and which operators make sense for a field. */
const checkCondition = (
  condition: FilterCondition,
  parameters: ReadonlyArray<string> | null,
  report: (key: string, message: string) => unknown
): void => {
  const { field, op } = condition
  const kind = fieldKind(field)
  const parameter = field.startsWith(parameterPrefix) ? field.slice(parameterPrefix.length) : null
  if (parameter !== null && parameters !== null && !parameters.includes(parameter)) {
    report("field", `there is no column ${parameter}; the columns are ${parameters.slice(0, 50).join(", ")}`)
  }
  if (kind === "instant" && !["exists", "before", "after", "between"].includes(op)) {
    report("op", `${field} is a moment: use before, after, between or exists`)
  }
  if ((kind === "number" || kind === "choice") && (op === "before" || op === "after")) {
    report("op", `${field} is no date`)
  }
  if (kind === "instant" && op === "between") {
    if (dayOfText(String(condition.from)) === null) report("from", "a date such as 2026-11-21")
    if (dayOfText(String(condition.to)) === null) report("to", "a date such as 2026-11-21")
  }
  if (kind !== "choice" || (field !== "state" && field !== "lastOutcome")) return
  const words = choicesOf[field]
  const isWord = (value: string | number): boolean => words.includes(String(value))
  if ((op === "=" || op === "!=") && !isWord(condition.value)) report("value", `one of ${words.join(", ")}`)
  if (op === "in" && !condition.values.every(isWord)) report("values", `only ${words.join(", ")}`)
  if (op === "<" || op === "<=" || op === ">" || op === ">=" || op === "between") {
    report("op", `${field} is one of some words: use =, != or in`)
  }
}
