import type { Answers, AnswerValue, Condition, Form, Step } from "./Form.ts"

/** The way through a form that its answers choose. */
export interface Walk {
  /** In their order, each once. */
  readonly steps: ReadonlyArray<Step>
  /** The step that comes again after the last one; null when the form ends there. */
  readonly again: Step | null
  /** The last disposition suggested on the way. */
  readonly disposition: string | null
}

/**
 * Walks from the first step to an end, or to a step that comes again. A question without an answer does not stop it: its
 * conditions are weighed as those of a missing answer. Only answers on the way count, so those of a way that was left
 * change nothing.
 */
export const walk = (form: Form, answers: Answers): Walk => {
  const steps: Array<Step> = []
  const counted = new Map<string, AnswerValue>()
  let disposition: string | null = null
  let at: Step | undefined = form.steps[0]
  while (at !== undefined && !steps.includes(at)) {
    const step: Step = at
    steps.push(step)
    const { id, question } = step
    if (question !== undefined && Object.hasOwn(answers, id)) counted.set(id, answers[id])
    const way = wayFrom(form, step, counted)
    disposition = way.disposition ?? step.disposition ?? disposition
    at = way.to
  }
  return { steps, again: at ?? null, disposition }
}

interface Onward {
  readonly to: Step | undefined
  readonly disposition: string | undefined
}

const wayFrom = (form: Form, step: Step, counted: ReadonlyMap<string, AnswerValue>): Onward => {
  if (step.end === true) return { to: undefined, disposition: undefined }
  if (step.next === undefined) return { to: form.steps[form.steps.indexOf(step) + 1], disposition: undefined }
  const way = step.next.find(({ when }) => (when ?? []).every((each) => holds(each, counted.get(each.step ?? step.id))))
  return { to: form.steps.find(({ id }) => id === way?.to), disposition: way?.disposition }
}

const holds = ({ op, value }: Condition, answer: AnswerValue | undefined): boolean => {
  switch (op) {
    case "=":
      return answer === value
    case "!=":
      return answer !== value
    case "has":
      return Array.isArray(answer) && answer.includes(value)
    default:
      return isOrdered(answer) && isOrdered(value) && typeof answer === typeof value && compare(op, answer, value)
  }
}

/** Dates are written so that their texts have their order. */
const isOrdered = (value: unknown): value is string | number => typeof value === "string" || typeof value === "number"

const compare = (op: "<" | "<=" | ">" | ">=", a: string | number, b: string | number): boolean => {
  switch (op) {
    case "<":
      return a < b
    case "<=":
      return a <= b
    case ">":
      return a > b
    case ">=":
      return a >= b
  }
}
