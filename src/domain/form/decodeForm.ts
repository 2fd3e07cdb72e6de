import { Result, Schema } from "effect"
import { byHand, type FieldProblem, problemsMax, problemsOfIssue, shown } from "../card/FieldProblem.ts"
import { pathText } from "../plainData.ts"
import { dayOfText } from "../Filter.ts"
import {
  choicesMax,
  type Condition,
  dateAllowed,
  type DayLimit,
  Form,
  isDateText,
  type Question,
  type Step,
  stepsMax
} from "./Form.ts"
import { cycleWithout, graphOf, reachable, reversed } from "./formGraph.ts"

/** One thing wrong with a form. `step`: id of the step it is in; null for the form as a whole. */
export interface FormProblem extends FieldProblem {
  readonly step: string | null
}

export interface DecodedForm {
  readonly form: Form
  /** What is allowed but hardly meant. */
  readonly warnings: ReadonlyArray<FormProblem>
}

const decode = Schema.decodeUnknownResult(Form, byHand)

/** A form from plain data, such as JSON of a request. A failure lists what is wrong and where. */
export const decodeForm = (input: unknown): Result.Result<DecodedForm, ReadonlyArray<FormProblem>> => {
  const long = tooLong(input)
  if (long.length > 0) return Result.fail(long)
  const decoded = decode(input)
  if (Result.isFailure(decoded)) {
    const problems = problemsOfIssue(decoded.failure.issue, input)
    return Result.fail(problems.map((problem) => ({ step: stepAt(input, problem.path), ...problem })))
  }
  const form = decoded.success
  const inSteps = form.steps.flatMap((_, i) => [...stepProblems(form, i)]).slice(0, problemsMax)
  // Where a step is wrong, its ways are not those that were meant.
  const problems = inSteps.length > 0 ? inSteps : waysRound(form)
  return problems.length > 0 ? Result.fail(problems) : Result.succeed({ form, warnings: neverReached(form) })
}

type Loose = { readonly [key: string]: Loose } | undefined

const looseSteps = (input: unknown): ReadonlyArray<Loose> => {
  const steps = (input as Loose)?.["steps"]
  return Array.isArray(steps) ? (steps as ReadonlyArray<Loose>) : []
}

/** Lists are counted before their items are decoded: a form that is only long must not cost minutes. */
const tooLong = (input: unknown): ReadonlyArray<FormProblem> => {
  const steps = looseSteps(input)
  const problem = (path: string, found: number, allowed: number, step: string | null): FormProblem => {
    return { step, path, found: `a list of ${found}`, allowed: `a list of at most ${allowed}` }
  }
  if (steps.length > stepsMax) return [problem("steps", steps.length, stepsMax, null)]
  return steps.flatMap((step, i) => {
    const choices: unknown = step?.["question"]?.["choices"]
    const path = `steps[${i}].question.choices`
    if (!Array.isArray(choices) || choices.length <= choicesMax) return []
    return [problem(path, choices.length, choicesMax, stepAt(input, path))]
  })
}

const stepAt = (input: unknown, path: string): string | null => {
  const match = /^steps\[(\d+)\]/.exec(path)
  const id: unknown = match === null ? null : looseSteps(input)[Number(match[1])]?.["id"]
  return typeof id === "string" ? id : null
}

/** What the schema cannot know of one step: what it says about itself and about others. */
const stepProblems = function* (form: Form, i: number): Generator<FormProblem> {
  const step = form.steps[i]
  const { end, id, next, question } = step
  const problem = (path: ReadonlyArray<PropertyKey>, found: string, allowed: string): FormProblem => {
    return { step: id, path: pathText(["steps", i, ...path]), found, allowed }
  }
  if (form.steps.findIndex((other) => other.id === id) < i) yield problem(["id"], shown(id), "an id no other step has")
  if (question !== undefined) {
    for (const [key, found, allowed] of questionProblems(question)) yield problem(["question", key], found, allowed)
  }
  if (end === true && next !== undefined)
    yield problem(["next"], shown(next), "no way on from a step that ends the form")
  for (const [j, { to, when }] of (next ?? []).entries()) {
    if (!form.steps.some((other) => other.id === to)) {
      const ids = form.steps.map((other) => other.id)
      yield problem(["next", j, "to"], shown(to), `one of ${ids.slice(0, 30).join(", ")}`)
    }
    const isLast = j === (next?.length ?? 0) - 1
    if (isLast !== (when === undefined)) {
      const allowed = isLast
        ? "no condition in the last way: it is taken when no other is"
        : "conditions in all but the last"
      yield problem(["next", j, "when"], shown(when), allowed)
    }
    for (const [k, condition] of (when ?? []).entries()) {
      const wrong = conditionProblem(form, step, condition)
      if (wrong !== null) yield problem(["next", j, "when", k, wrong[0]], wrong[1], wrong[2])
    }
  }
}

type Found = readonly [key: string, found: string, allowed: string]

const questionProblems = function* (question: Question): Generator<Found> {
  switch (question.kind) {
    case "single":
    case "multiple":
      for (const key of ["id", "label"] as const) {
        const names = question.choices.map((choice) => choice[key])
        const twice = names.find((name, i) => names.indexOf(name) < i)
        if (twice !== undefined) yield ["choices", `${shown(twice)} twice`, `choices with different ${key}s`]
      }
      return
    case "number": {
      const { max = Infinity, min = -Infinity } = question
      if (min > max) yield ["max", String(max), `${min} or more, as min is ${min}`]
      return
    }
    case "date": {
      const { from, to } = question
      if (from === undefined || to === undefined || typeof from !== typeof to) return
      if (dayOf(from) > dayOf(to)) yield ["to", limitText(to), `a day that is not before ${limitText(from)}`]
      return
    }
    case "text":
    case "yes-no":
      return
  }
}

const dayOf = (limit: DayLimit): number => (typeof limit === "string" ? (dayOfText(limit) ?? 0) : limit.daysFromToday)
const limitText = (limit: DayLimit): string =>
  typeof limit === "string" ? limit : `today ${limit.daysFromToday < 0 ? "-" : "+"} ${Math.abs(limit.daysFromToday)}`

/** Why a condition can never be weighed; null when it can. */
const conditionProblem = (form: Form, step: Step, { op, step: other, value }: Condition): Found | null => {
  const question = other === undefined ? step.question : form.steps.find(({ id }) => id === other)?.question
  if (question === undefined) return ["step", shown(other), "a step with a question"]
  const { kind } = question
  const ordered = kind === "number" || kind === "date"
  const operators = kind === "multiple" ? ["has"] : ordered ? ["=", "!=", "<", "<=", ">", ">="] : ["=", "!="]
  if (!operators.includes(op)) return ["op", op, `${operators.join(" ")} for an answer of the kind ${kind}`]
  const allowed = valueAllowed(question, value)
  return allowed === null ? null : ["value", shown(value), allowed]
}

/** What a condition may compare an answer with; null when the value is such. */
const valueAllowed = (question: Question, value: Condition["value"]): string | null => {
  switch (question.kind) {
    case "single":
    case "multiple": {
      const ids = question.choices.map(({ id }) => id)
      return ids.some((id) => id === value) ? null : `one of ${ids.slice(0, 30).join(", ")}`
    }
    case "number":
      return typeof value === "number" ? null : "a number"
    case "date":
      return typeof value === "string" && isDateText(value) ? null : dateAllowed
    case "yes-no":
      return typeof value === "boolean" ? null : "true or false"
    case "text":
      return typeof value === "string" ? null : "a text"
  }
}

/** Whether the answer of the step itself decides between several steps. */
const canLeave = ({ id, next, question }: Step): boolean =>
  question !== undefined &&
  new Set((next ?? []).map(({ to }) => to)).size > 1 &&
  (next ?? []).some(({ when }) => when?.some(({ step }) => step === undefined || step === id) ?? false)

/** Ways through the form that no answer can bring to an end. */
const waysRound = (form: Form): ReadonlyArray<FormProblem> => {
  const { steps } = form
  const graph = graphOf(form)
  const cycle = cycleWithout(graph, (step) => canLeave(steps[step]))
  if (cycle !== null) {
    const found = cycle.map((step) => steps[step].id).join(" → ")
    const allowed = "a way round with a question in it whose answer can lead out"
    return [{ step: steps[cycle[0]].id, path: `steps[${cycle[0]}].next`, found, allowed }]
  }
  const ends = [...graph.keys()].filter((step) => graph[step].length === 0)
  const ending = reachable(reversed(graph), ends)
  const lost = steps.findIndex((_, i) => !ending.has(i))
  if (lost < 0) return []
  return [{ step: steps[lost].id, path: `steps[${lost}].next`, found: "no way to an end", allowed: "a way to an end" }]
}

const neverReached = (form: Form): ReadonlyArray<FormProblem> => {
  const seen = reachable(graphOf(form), [0])
  return form.steps.flatMap(({ id }, i) =>
    seen.has(i)
      ? []
      : [{ step: id, path: `steps[${i}]`, found: "no way leads to this step", allowed: "a way from the first" }]
  )
}
