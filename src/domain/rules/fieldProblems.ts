import { SchemaAST, type SchemaIssue } from "effect"
import { type Path, pathText, valueAt } from "../plainData.ts"

/** One thing wrong with data somebody wrote, by field. */
export interface FieldProblem {
  /** `rules[2].then.again.afterMinutes` */
  readonly path: string
  /** What stands there, as text; `nothing` for a field that is missing. */
  readonly found: string
  readonly allowed: string
}

/** More problems than anybody reads. */
export const problemsMax = 200

const foundLengthMax = 60
const foundDepthMax = 3
const foundItemsMax = 10

/** A value as a reader would recognise it, cut to one short line. */
export const foundText = (value: unknown): string => {
  const text = value === undefined ? "nothing" : flowText(value, 0)
  return text.length <= foundLengthMax ? text : `${text.slice(0, foundLengthMax - 1)}…`
}

const flowText = (value: unknown, depth: number): string => {
  if (typeof value === "string") return JSON.stringify(value.slice(0, foundLengthMax))
  if (typeof value !== "object" || value === null) return String(value)
  if (depth === foundDepthMax) return "…"
  if (Array.isArray(value)) {
    return `[${value
      .slice(0, foundItemsMax)
      .map((each) => flowText(each, depth + 1))
      .join(", ")}]`
  }
  const entries = Object.entries(value).slice(0, foundItemsMax)
  if (entries.length === 0) return "{}"
  return `{ ${entries.map(([key, each]) => `${key}: ${flowText(each, depth + 1)}`).join(", ")} }`
}

/** Whether a value is nested at most `depthMax` deep and has at most `sizeMax` parts, so that it can be looked through. */
export const isSmall = (input: unknown, depthMax: number, sizeMax: number): boolean => {
  let level: ReadonlyArray<unknown> = [input]
  let size = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthMax) return false
    const next: Array<unknown> = []
    for (const value of level) {
      if (typeof value !== "object" || value === null) continue
      const inner = Object.values(value)
      size += inner.length
      if (size > sizeMax) return false
      for (const each of inner) next.push(each)
    }
    level = next
  }
  return true
}

/** The problems of a failed decoding, in the order of the schema; paths are those of `input` after `base`. */
export const problemsOfIssue = (issue: SchemaIssue.Issue, input: unknown, base: Path): ReadonlyArray<FieldProblem> => {
  const problems: Array<FieldProblem> = []
  const report = (path: Path, found: string, allowed: string) => {
    if (problems.length < problemsMax) problems.push({ path: pathText([...base, ...path]), found, allowed })
  }
  /** `ast` is the block the issue stands in, or the value it is about. */
  const walk = (each: SchemaIssue.Issue, path: Path, ast: SchemaAST.AST | undefined): void => {
    switch (each._tag) {
      case "Pointer":
        return walk(each.issue, [...path, ...each.path], ast)
      case "Filter": {
        // A block says by each of its checks what is wrong; other values say at once all that is allowed.
        const own = ast !== undefined && SchemaAST.isObjects(ast) ? each.filter.annotations?.expected : undefined
        return report(path, foundText(valueAt(input, path)), own ?? allowedText(ast))
      }
      case "Encoding":
        return walk(each.issue, path, ast)
      case "Composite":
        return each.issues.forEach((inner) => walk(inner, path, each.ast))
      case "AnyOf": {
        // Somebody who wrote a block means the alternative that is one.
        const blocks = each.issues.filter((inner) => inner._tag === "Composite" && SchemaAST.isObjects(inner.ast))
        if (blocks.length === 0) return report(path, foundText(valueAt(input, path)), allowedText(each.ast))
        return blocks.forEach((inner) => walk(inner, path, each.ast))
      }
      case "UnexpectedKey":
        return report(path, `an unknown field ${foundText(path[path.length - 1])}`, keysText(each.ast))
      case "MissingKey":
        return report(path, "nothing", allowedText(propertyOf(ast, path[path.length - 1])))
      case "InvalidType":
        return report(path, foundText(valueAt(input, path)), allowedText(each.ast))
      default:
        return report(path, foundText(valueAt(input, path)), allowedText(ast))
    }
  }
  walk(issue, [], undefined)
  return problems
}

const propertyOf = (ast: SchemaAST.AST | undefined, key: PropertyKey): SchemaAST.AST | undefined =>
  ast !== undefined && SchemaAST.isObjects(ast)
    ? ast.propertySignatures.find((each) => each.name === key)?.type
    : undefined

/** The fields of a block; of one that takes any, what their names must be. */
const keysText = (ast: SchemaAST.AST): string => {
  if (!SchemaAST.isObjects(ast)) return "no fields"
  const [index] = ast.indexSignatures
  if (index !== undefined) return allowedText(index.parameter)
  return ast.propertySignatures.map((each) => String(each.name)).join(", ")
}

/** What a schema takes, in words: its `expected` if it says so. */
const allowedText = (ast: SchemaAST.AST | undefined): string => {
  if (ast === undefined) return "another value"
  const expected = SchemaAST.resolve(ast)?.expected
  if (typeof expected === "string" && !SchemaAST.isObjects(ast)) return expected
  if (SchemaAST.isLiteral(ast)) return String(ast.literal)
  if (SchemaAST.isUnion(ast)) {
    const words = ast.types.map(allowedText)
    return ast.types.every(SchemaAST.isLiteral) ? `one of ${words.join(", ")}` : words.join(", or ")
  }
  if (SchemaAST.isBoolean(ast)) return "true or false"
  if (SchemaAST.isArrays(ast)) return "a list"
  return SchemaAST.isObjects(ast) && ast.indexSignatures.length === 0 ? `a block with ${keysText(ast)}` : "a block"
}
