import { Result, Schema } from "effect"
import type { Filter } from "../Filter.ts"
import { valueAt } from "../plainData.ts"
import * as Flow from "./CallFlow.ts"
import { checkFlow, type FlowKnown } from "./checkFlow.ts"
import { type FlowPath, type FlowProblem, foundText } from "./FlowProblem.ts"
import { flowLimits } from "./flowLimits.ts"

/** Reads a condition on contacts, `decodeFilter` of the contacts; its paths are texts such as `of[1].value`. */
export type FilterDecoder = (
  input: unknown
) => Result.Result<Filter, ReadonlyArray<{ readonly path: string; readonly message: string }>>

const problemsMax = 100
/** Values of a flow, however nested; more is no flow but a mistake or an attack. */
const sizeMax = 50_000
const depthMax = 60

type Fields = Readonly<Record<string, Schema.Constraint>>
type Block = Readonly<Record<string, unknown>>

/**
 * A call flow from plain data, such as parsed YAML or JSON. A failure lists what is wrong, a hundred things at most; a
 * success may have warnings.
 */
export const decodeFlow = (
  input: unknown,
  known: FlowKnown,
  decodeFilter: FilterDecoder
): Result.Result<
  { readonly flow: Flow.CallFlow; readonly warnings: ReadonlyArray<FlowProblem> },
  ReadonlyArray<FlowProblem>
> => {
  const decoder = new Decoder(decodeFilter)
  const flow = decoder.flow(input)
  if (flow === null || decoder.problems.length > 0) return Result.fail(decoder.problems)
  const problems = checkFlow(flow, known)
  return problems.some(({ severity }) => severity === "error")
    ? Result.fail(problems.slice(0, problemsMax))
    : Result.succeed({ flow, warnings: problems })
}

const stepsByKind = {
  play: Flow.Play,
  say: Flow.Say,
  collect: Flow.Collect,
  branch: Flow.Branch,
  record: Flow.RecordAnswer,
  transfer: Flow.TransferToGroup,
  "do-not-call": Flow.DoNotCall,
  set: Flow.SetAnswer,
  "hang-up": Flow.HangUp
} as const
type Kind = keyof typeof stepsByKind
const kinds = Object.keys(stepsByKind)
const isKind = (value: unknown): value is Kind => typeof value === "string" && kinds.includes(value)

/** Of a block with alternatives the one meant, by the field only that one has. */
const fieldsOfStep = (kind: Kind, block: Block): Fields => {
  if (kind === "transfer" && Object.hasOwn(block, "number")) return Flow.TransferToNumber.fields
  if (kind === "set" && Object.hasOwn(block, "parameter")) return Flow.SetParameter.fields
  return stepsByKind[kind].fields
}
const fieldsOfCase = (block: Block): Fields =>
  Object.hasOwn(block, "contact")
    ? Flow.ContactCase.fields
    : Object.hasOwn(block, "tries")
      ? Flow.TriesCase.fields
      : Flow.KeysCase.fields
const fieldsOfPrompt = (block: Block): Fields =>
  Object.hasOwn(block, "text") ? Flow.SpokenPrompt.fields : Flow.RecordedPrompt.fields

/** Goes through a flow field by field, so that every problem is that of the field and the kind of step that are meant. */
class Decoder {
  readonly problems: Array<FlowProblem> = []
  readonly #decodeFilter: FilterDecoder

  constructor(decodeFilter: FilterDecoder) {
    this.#decodeFilter = decodeFilter
  }

  flow(input: unknown): Flow.CallFlow | null {
    if (!isSmall(input)) return this.#problem([], "something endless", "a flow of a few pages")
    const block = this.#block(input, [], "a block with name and steps")
    // Every field of it was decoded by the schema of that field.
    return block === null ? null : (this.#fields(Flow.CallFlow.fields, block, []) as Flow.CallFlow | null)
  }

  /** All fields of a block; null when one is wrong. */
  #fields(fields: Fields, block: Block, path: FlowPath): Record<string, unknown> | null {
    const before = this.problems.length
    for (const key of Object.keys(block)) {
      if (!Object.hasOwn(fields, key)) this.#wrong([...path, key], block[key], `only ${Object.keys(fields).join(", ")}`)
    }
    const decoded: Record<string, unknown> = {}
    for (const [key, schema] of Object.entries(fields)) {
      if (Object.hasOwn(block, key)) decoded[key] = this.#field(key, schema, block[key], [...path, key])
      else if (schema.ast.context?.isOptional !== true) this.#wrong([...path, key], undefined, formOf(schema))
    }
    return this.problems.length > before ? null : decoded
  }

  #field(key: string, schema: Schema.Constraint, value: unknown, path: FlowPath): unknown {
    switch (key) {
      case "steps":
        return this.#list(value, path, formOf(schema), flowLimits.steps, (each, at) => this.#step(each, at))
      case "cases":
        return this.#list(value, path, formOf(schema), flowLimits.ways, (each, at) => this.#case(each, at))
      case "prompt":
        return this.#alternative(value, path, "a block with file, or with text", fieldsOfPrompt)
      case "contact":
        return this.#contact(value, path)
      case "keys":
        return schema === Flow.Collect.fields.keys ? this.#keys(value, path) : this.#value(schema, value, path)
      default:
        return this.#value(schema, value, path)
    }
  }

  #list(
    value: unknown,
    path: FlowPath,
    form: string,
    lengthMax: number,
    item: (value: unknown, path: FlowPath) => unknown
  ): unknown {
    if (!Array.isArray(value)) return this.#wrong(path, value, form)
    if (value.length === 0 || value.length > lengthMax) return this.#problem(path, `${value.length} items`, form)
    return value.map((each, index) => item(each, [...path, index]))
  }

  #step(value: unknown, path: FlowPath): unknown {
    const block = this.#block(value, path, "a step: a block with name and do")
    if (block === null) return null
    const kind = block["do"]
    if (!isKind(kind)) return this.#wrong([...path, "do"], kind, `one of ${kinds.join(", ")}`)
    return this.#fields(fieldsOfStep(kind, block), block, path)
  }

  #case(value: unknown, path: FlowPath): unknown {
    return this.#alternative(value, path, "a block with question and keys or tries, or with contact", fieldsOfCase)
  }

  #alternative(value: unknown, path: FlowPath, form: string, fieldsOf: (block: Block) => Fields): unknown {
    const block = this.#block(value, path, form)
    return block === null ? null : this.#fields(fieldsOf(block), block, path)
  }

  #contact(value: unknown, path: FlowPath): unknown {
    const decoded = this.#decodeFilter(value)
    if (Result.isSuccess(decoded)) return decoded.success
    for (const problem of decoded.failure) {
      const at = [...path, ...placesOf(problem.path)]
      this.#wrong(at, valueAt(value, placesOf(problem.path)), problem.message)
    }
    return null
  }

  /** The ways out of a question; keys and targets are named one by one. */
  #keys(value: unknown, path: FlowPath): unknown {
    const schema = Flow.Collect.fields.keys
    const block = this.#block(value, path, formOf(schema))
    if (block === null) return null
    const size = Object.keys(block).length
    if (size === 0 || size > flowLimits.ways) return this.#wrong(path, value, formOf(schema))
    for (const [pattern, step] of Object.entries(block)) {
      if (this.#fits(schema.key, pattern)) this.#value(schema.value, step, [...path, pattern])
      else this.#wrong([...path, pattern], pattern, formOf(schema.key))
    }
    return { ...block }
  }

  #value(schema: Schema.Constraint, value: unknown, path: FlowPath): unknown {
    if (!this.#fits(schema, value)) return this.#wrong(path, value, formOf(schema))
    return value
  }

  #fits(schema: Schema.Constraint, value: unknown): boolean {
    return Result.isSuccess(Schema.decodeUnknownResult(schema as Schema.Codec<unknown>)(value))
  }

  #block(value: unknown, path: FlowPath, form: string): Block | null {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Block
    return this.#wrong(path, value, form)
  }

  #wrong(path: FlowPath, value: unknown, allowed: string): null {
    return this.#problem(path, foundText(value), allowed)
  }

  #problem(path: FlowPath, found: string, allowed: string): null {
    if (this.problems.length < problemsMax) this.problems.push({ path, found, allowed, severity: "error" })
    return null
  }
}

/** What a field takes, in words. */
const formOf = (schema: Schema.Constraint): string => {
  const form: unknown = Schema.resolveAnnotations(schema)?.["x-form"]
  return typeof form === "string" ? form : "another value"
}

/** The places of a path such as `of[1].value`. */
const placesOf = (path: string): FlowPath =>
  path
    .split(/[.[\]]+/)
    .filter((place) => place !== "")
    .map((place) => (/^\d+$/.test(place) ? Number(place) : place))

/** Whether it ends: aliases can make plain data go round in circles, or grow without end. */
const isSmall = (input: unknown): boolean => {
  let left = sizeMax
  const walk = (value: unknown, depth: number): boolean => {
    left -= 1
    if (left < 0 || depth > depthMax) return false
    if (typeof value !== "object" || value === null) return true
    return Object.values(value).every((each) => walk(each, depth + 1))
  }
  return walk(input, 0)
}
