import type { SchemaIssue } from "effect"
import { pathText, valueAt } from "../domain/plainData.ts"
import { allowedText, alternative, kindsOf, resolved, schemaAt } from "./allowed.ts"
import type { SchemaDocument } from "./jsonSchema.ts"

export type FieldPath = ReadonlyArray<string | number>

/** One thing wrong with a file, by field. Sentences are for the person who wrote the file. */
export interface FieldProblem {
  readonly path: FieldPath
  /** What stands there, as text; `nothing` for a field that is missing. */
  readonly found: string
  readonly allowed: string
  /** A likely repair. */
  readonly hint: string | null
  /** Whether it is the key that is wrong, not the value. */
  readonly atKey: boolean
}

/** `campaigns[0].rules.ringSecondsMin` */
export const fieldText = (path: FieldPath): string => pathText(path) || "the file"

const foundLengthMax = 60

/** A value as a reader would recognise it, cut to one short line. */
export const foundText = (value: unknown): string => {
  const text = value === undefined ? "nothing" : flowText(value)
  return text.length <= foundLengthMax ? text : `${text.slice(0, foundLengthMax - 1)}…`
}

/** Aliases can make a value endlessly deep; what is cut off would not be shown anyway. */
const flowDepthMax = 4
const flowItemsMax = 20

const flowText = (value: unknown, depth = 0): string => {
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value !== "object" || value === null) return String(value)
  if (depth === flowDepthMax) return "…"
  if (Array.isArray(value)) {
    return `[${value
      .slice(0, flowItemsMax)
      .map((each) => flowText(each, depth + 1))
      .join(", ")}]`
  }
  const entries = Object.entries(value).slice(0, flowItemsMax)
  return entries.length === 0
    ? "{}"
    : `{ ${entries.map(([key, each]) => `${key}: ${flowText(each, depth + 1)}`).join(", ")} }`
}

/** What stands at a path; a default that is in the way is named as one. */
const foundAt = (root: SchemaDocument, input: unknown, path: FieldPath): string => {
  const value = valueAt(input, path)
  const otherwise = value === undefined ? schemaAt(path, input, root)?.default : undefined
  return otherwise === undefined ? foundText(value) : `${foundText(otherwise)}, the default`
}

/** A value that is not allowed. `root` is the schema of the whole file. */
export const wrongValue = (
  root: SchemaDocument,
  input: unknown,
  path: FieldPath,
  allowed: string,
  hint: string | null = null
): FieldProblem => ({
  path,
  found: foundAt(root, input, path),
  allowed,
  hint,
  atKey: false
})

type Leaf = SchemaIssue.Leaf | SchemaIssue.AnyOf

/** More problems than anybody reads; a file that is wrong throughout must not cost minutes. */
export const problemsMax = 200

/** The problems of a failed decoding, in the order of the schema, `problemsMax` at most. Every path is named once. */
export const problemsOfIssue = (
  root: SchemaDocument,
  issue: SchemaIssue.Issue,
  input: unknown
): ReadonlyArray<FieldProblem> => {
  const leaves: Array<readonly [leaf: Leaf, path: FieldPath]> = []
  const walk = (each: SchemaIssue.Issue, path: FieldPath): void => {
    if (each._tag === "Pointer") walk(each.issue, [...path, ...(each.path as FieldPath)])
    else if (each._tag === "Filter" || each._tag === "Encoding") walk(each.issue, path)
    else if (each._tag === "Composite") each.issues.forEach((inner) => walk(inner, path))
    else if (each._tag === "AnyOf" && each.issues.length > 0) each.issues.forEach((inner) => walk(inner, path))
    else leaves.push([each, path])
  }
  walk(issue, [])
  const problems = leaves.slice(0, problemsMax).map(([leaf, path]) => problemOfLeaf(root, leaf, path, input))
  return [...new Map(problems.map((problem) => [fieldText(problem.path), problem])).values()]
}

const problemOfLeaf = (root: SchemaDocument, issue: Leaf, path: FieldPath, input: unknown): FieldProblem => {
  if (issue._tag === "UnexpectedKey") return unknownKey(root, path, input)
  const node = schemaAt(path, input, root)
  const message = issue._tag === "InvalidValue" ? issue.annotations?.message : undefined
  if (typeof message === "string") return wrongValue(root, input, path, message)
  if (node === undefined) return wrongValue(root, input, path, "another value")
  const value = valueAt(input, path)
  // A block whose `kind` is missing or unknown: speak of the kind, not of the whole block.
  const kinds = kindsOf(node, root)
  if (kinds.length > 0 && typeof value === "object" && value !== null && !Array.isArray(value)) {
    const kind = (value as { readonly kind?: unknown }).kind
    if (!kinds.some((each) => each === kind)) {
      return {
        ...wrongValue(root, input, [...path, "kind"], `one of ${kinds.join(", ")}`),
        hint: typeof kind === "string" ? didYouMean(kind, kinds) : null
      }
    }
  }
  return wrongValue(root, input, path, allowedText(node, root), path.length === 0 ? null : hintFor(root, value, node))
}

const hintFor = (root: SchemaDocument, value: unknown, node: ReturnType<typeof resolved>): string | null => {
  if (value === null) return "a key without a value is null: give a value or remove the key"
  if (typeof value === "string") {
    const names = node.enum ?? node.anyOf?.flatMap((each) => resolved(each, root).enum ?? []) ?? []
    if (names.length > 0) return didYouMean(value, names.map(String))
    const percent = /^(\d+(?:[.,]\d+)?) ?%$/.exec(value)
    if (percent !== null && node["x-unit"] === "share") return shareHint(Number(percent[1].replace(",", ".")))
    if (value !== "" && Number.isFinite(Number(value)) && node["x-unit"] !== undefined) return "a number has no quotes"
    if (/^\d+,\d+$/.test(value)) return `write ${value.replace(",", ".")}, with a point`
  }
  if (typeof value === "number" && node["x-unit"] === "share" && value > 1 && value <= 100) return shareHint(value)
  return null
}

const shareHint = (percent: number): string => `for ${percent} % write ${Number((percent / 100).toPrecision(12))}`

const unknownKey = (root: SchemaDocument, path: FieldPath, input: unknown): FieldProblem => {
  const key = String(path[path.length - 1])
  const blockPath = path.slice(0, -1)
  const block = valueAt(input, blockPath)
  const found = schemaAt(blockPath, input, root)
  const node = found === undefined ? undefined : alternative(found, block, root)
  const names = Object.keys(node?.properties ?? {})
  return {
    path,
    found: `an unknown field ${JSON.stringify(key)}`,
    allowed: names.length > 0 ? names.join(", ") : (node?.propertyNames?.["x-form"] ?? "no fields"),
    hint: didYouMean(
      key,
      names.filter((name) => !Object.hasOwn(block as object, name))
    ),
    atKey: true
  }
}

const didYouMean = (word: string, names: ReadonlyArray<string>): string | null => {
  const longer = word.length < 3 ? undefined : names.find((name) => name.toLowerCase().startsWith(word.toLowerCase()))
  if (longer !== undefined) return `did you mean ${longer}?`
  const limit = Math.max(2, Math.floor(word.length / 3))
  const [nearest] = names
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter((each) => each.distance <= limit)
    .sort((a, b) => a.distance - b.distance)
  return nearest === undefined ? null : `did you mean ${nearest.name}?`
}

/** Levenshtein distance; a longer text than any field name is simply far. */
const distance = (a: string, b: string): number => {
  if (a.length > 80) return a.length
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]
}
