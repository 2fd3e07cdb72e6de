import { Result } from "effect"
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml"
import type { Scenario } from "../Scenario.ts"
import { decodeScenario } from "./decodeScenario.ts"
import { type FieldPath, type FieldProblem, fieldText } from "./FieldProblem.ts"
import { ScenarioInvalid, type ScenarioProblem } from "./ScenarioInvalid.ts"

/** Largest file read, in UTF-8 bytes. */
export const scenarioBytesMax = 1_048_576
/** Values that anchors and aliases may repeat, all together: more is an expansion attack, not a scenario. */
const aliasCountMax = 1_000

/** The rehearsal in a YAML file. A failure lists every problem with its line; `fileName` is only shown. */
export const readScenario = (text: string, fileName: string): Result.Result<Scenario, ScenarioInvalid> => {
  const source = new Source(text, fileName)
  const fail = (...problems: ReadonlyArray<ScenarioProblem>) =>
    Result.fail(new ScenarioInvalid({ file: fileName, problems: problems.toSorted(inOrder) }))
  const bytes = new TextEncoder().encode(text).length
  if (bytes > scenarioBytesMax) {
    return fail(source.problem(0, { found: `a file of ${bytes} bytes`, allowed: `at most ${scenarioBytesMax} bytes` }))
  }
  const document = parseDocument(text, { lineCounter: source.lines, prettyErrors: false, strict: true })
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) {
    return fail(
      ...faults.map(({ code, message, pos }) =>
        source.problem(pos[0], { found: message, allowed: code === "DUPLICATE_KEY" ? "every field once" : "YAML 1.2" })
      )
    )
  }
  const input = plainOf(document)
  if (Result.isFailure(input))
    return fail(source.problem(0, { found: input.failure, allowed: "YAML without such aliases" }))
  return Result.match(decodeScenario(input.success), {
    onSuccess: (scenario) => Result.succeed(scenario),
    onFailure: (problems) => fail(...problems.map((each) => source.fieldProblem(each, document)))
  })
}

const inOrder = (a: ScenarioProblem, b: ScenarioProblem): number => a.line - b.line || a.column - b.column

const plainOf = (document: Document.Parsed): Result.Result<unknown, string> =>
  Result.try({
    try: () => document.toJS({ maxAliasCount: aliasCountMax }) as unknown,
    catch: (error) => (error instanceof Error ? error.message : String(error))
  })

/** The text of a file, and where things stand in it. */
class Source {
  readonly lines = new LineCounter()
  readonly #text: string
  readonly #file: string

  constructor(text: string, file: string) {
    this.#text = text
    this.#file = file
  }

  problem(
    offset: number,
    words: { found: string; allowed: string; field?: string; hint?: string | null }
  ): ScenarioProblem {
    const { col, line } = offset === 0 ? { line: 1, col: 1 } : this.lines.linePos(offset)
    return {
      file: this.#file,
      line,
      column: col,
      field: words.field ?? "",
      found: words.found,
      allowed: words.allowed,
      hint: words.hint ?? null,
      source: (this.#text.split("\n", line)[line - 1] ?? "").replace(/\r$/, "")
    }
  }

  fieldProblem(problem: FieldProblem, document: Document.Parsed): ScenarioProblem {
    const offset = offsetOf(problem.path, problem.atKey, document)
    return this.problem(offset, { ...problem, field: fieldText(problem.path) })
  }
}

/**
 * Where a field stands: its value, or its key when the key is what is wrong, or the key of the nearest block that is
 * there when it is missing. What an alias stands for is shown where it was written.
 */
const offsetOf = (path: FieldPath, atKey: boolean, document: Document.Parsed): number => {
  let node = document.contents as Node | null
  let offset = node?.range?.[0] ?? 0
  for (const [depth, key] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null
    if (isSeq(node)) {
      const item = node.items[Number(key)] as Node | undefined
      if (item === undefined) return offset
      node = item
      offset = item.range?.[0] ?? offset
    } else if (isMap(node)) {
      const pair = node.items.find((each) => (isScalar(each.key) ? String(each.key.value) : undefined) === String(key))
      if (pair === undefined) return offset
      const keyOffset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value as Node | null
      const last = depth === path.length - 1
      const block = isMap(node) || isSeq(node)
      // A block is best shown by its key, whose line names it; so is a value that is empty.
      const valueOffset =
        node === null || block || node.range?.[0] === node.range?.[1] ? keyOffset : (node.range?.[0] ?? keyOffset)
      offset = last && atKey ? keyOffset : valueOffset
    } else return offset
  }
  return offset
}
