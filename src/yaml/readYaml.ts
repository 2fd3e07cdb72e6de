import { Result } from "effect"
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml"
import { type FieldPath, type FieldProblem, fieldText } from "./FieldProblem.ts"
import { FileInvalid, type FileProblem } from "./FileInvalid.ts"

/** Largest file read, in UTF-8 bytes. */
export const yamlBytesMax = 1_048_576
/** Values that anchors and aliases may repeat, all together: more is an expansion attack, not a setting. */
const aliasCountMax = 1_000
/** A hundred brackets or dashes opened in a row would only exhaust the parser. */
const tooDeep = /(?:[[{][^[\]{}]*){100}|(?:[-?:][ \t]+){100}/
/** One slip can make many lines wrong: the first faults of the text tell enough. */
const faultsMax = 10

interface Fault {
  readonly offset: number
  readonly found: string
  readonly allowed: string
}

/**
 * What `decode` makes of the plain data in a YAML file. A failure lists every problem with its line; `fileName` is only
 * shown. `secretKeys`: fields whose values no message shows.
 */
export const readYaml = <A>(
  text: string,
  fileName: string,
  decode: (input: unknown) => Result.Result<A, ReadonlyArray<FieldProblem>>,
  secretKeys: ReadonlySet<string> = new Set()
): Result.Result<A, FileInvalid> => {
  const source = new Source(text, fileName)
  const invalid = (problems: ReadonlyArray<FileProblem>) =>
    new FileInvalid({ file: fileName, problems: problems.toSorted(inOrder) })
  const fail = (problems: ReadonlyArray<FileProblem>) => Result.fail(invalid(problems))
  const refused = refusal(text)
  if (refused !== undefined) return fail([source.problem(refused.offset, refused)])
  const document = parseDocument(text, {
    prettyErrors: false,
    resolveKnownTags: false,
    stringKeys: true,
    // Its own check compares every key with every other: minutes for a file of a megabyte. See faultsOfNodes.
    uniqueKeys: false
  })
  source.hide(secretRanges(text, document, secretKeys))
  const faults = [...faultsOfText(document, secretKeys.size > 0), ...faultsOfNodes(document)].slice(0, faultsMax)
  if (faults.length > 0) return fail(faults.map((each) => source.problem(each.offset, each)))
  const input = plainOf(document)
  if (Result.isFailure(input)) return fail([source.problem(0, { found: input.failure, allowed: "fewer aliases" })])
  return Result.mapError(decode(input.success), (problems) =>
    invalid(problems.map((each) => source.fieldProblem(each, document)))
  )
}

/** What is not even parsed. */
const refusal = (text: string): Fault | undefined => {
  const bytes = new TextEncoder().encode(text).length
  if (bytes > yamlBytesMax) {
    return { offset: 0, found: `a file of ${bytes} bytes`, allowed: `at most ${yamlBytesMax} bytes` }
  }
  const deep = tooDeep.exec(text)
  if (deep === null) return undefined
  return { offset: deep.index, found: "more than 100 blocks opened in a row", allowed: "blocks nested less deeply" }
}

/** The parser repeats what it found at the end of some sentences; `discreet` leaves that out. */
const faultsOfText = ({ errors, warnings }: Document.Parsed, discreet: boolean): ReadonlyArray<Fault> =>
  [...errors, ...warnings].map(({ code, message, pos }) => {
    const [offset] = pos
    if (code === "MULTIPLE_DOCS") return { offset, found: "a second document", allowed: "one document in a file" }
    return { offset, found: discreet ? message.replace(/: ".*$/su, "") : message, allowed: "YAML 1.2" }
  })

/** Fields that stand twice in a block, and aliases that stand for nothing or for something that holds them. */
const faultsOfNodes = (document: Document.Parsed): ReadonlyArray<Fault> => {
  const faults: Array<Fault> = []
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) {
          const found = `the field ${JSON.stringify(key.value)} again`
          faults.push({ offset: key.range?.[0] ?? 0, found, allowed: "every field once" })
        }
        seen.add(key.value)
      }
    },
    Alias: (_, alias) => {
      const offset = alias.range?.[0] ?? 0
      const target = alias.resolve(document)?.range
      if (target === undefined || target === null) {
        faults.push({ offset, found: `the alias *${alias.source}`, allowed: `an anchor &${alias.source} before it` })
      } else if (target[0] <= offset && offset < target[1]) {
        faults.push({ offset, found: `the alias *${alias.source} within its own anchor`, allowed: "a value that ends" })
      }
    }
  })
  return faults
}

const inOrder = (a: FileProblem, b: FileProblem): number => a.line - b.line || a.column - b.column

const plainOf = (document: Document.Parsed): Result.Result<unknown, string> =>
  Result.try({
    try: () => document.toJS({ maxAliasCount: aliasCountMax }) as unknown,
    catch: (error) => (error instanceof Error ? error.message : String(error))
  })

type Range = readonly [from: number, to: number]

/** Where the values of secret fields stand; in a text that is no YAML, where they seem to. */
const secretRanges = (text: string, document: Document.Parsed, keys: ReadonlySet<string>): ReadonlyArray<Range> => {
  const ranges: Array<Range> = []
  if (keys.size === 0) return ranges
  if (document.errors.length > 0) {
    const seeming = new RegExp(`(?:${[...keys].join("|")})["']?[ \\t]*:[ \\t]*([^\\s,{}][^,}\\n]*)`, "g")
    for (const match of text.matchAll(seeming)) {
      const to = match.index + match[0].length
      ranges.push([to - match[1].length, to])
    }
  }
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !keys.has(String(key.value)) || !isScalar(value)) return
      // A name of where the secret is tells nothing.
      if (/^\$\{\w+\}$/.test(String(value.value))) return
      const [from, to] = value.range ?? [0, 0]
      ranges.push([from, to])
    }
  })
  return ranges
}

/** The text of a file, and where things stand in it. */
class Source {
  #text: string
  readonly #file: string
  readonly #lines = new LineCounter()

  constructor(text: string, file: string) {
    this.#text = text
    this.#file = file
    this.#lines.addNewLine(0)
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) this.#lines.addNewLine(end + 1)
  }

  /** What stands in these places is not shown; everything else keeps its place. */
  hide(ranges: ReadonlyArray<Range>): void {
    for (const [from, to] of ranges) {
      const hidden = this.#text.slice(from, to).replace(/[^\n]/g, "•")
      this.#text = `${this.#text.slice(0, from)}${hidden}${this.#text.slice(to)}`
    }
  }

  problem(
    offset: number,
    words: { readonly found: string; readonly allowed: string; readonly field?: string; readonly hint?: string | null }
  ): FileProblem {
    const { col, line } = this.#lines.linePos(offset)
    const { lineStarts } = this.#lines
    const source = this.#text.slice(lineStarts[line - 1], lineStarts[line]).trimEnd()
    const { found, allowed, field = "", hint = null } = words
    return { file: this.#file, line, column: col, field, found, allowed, hint, source }
  }

  fieldProblem(problem: FieldProblem, document: Document.Parsed): FileProblem {
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
