import { Result } from "effect"
import { shown } from "../card/FieldProblem.ts"
import type { Answers, AnswerValue, Form } from "./Form.ts"
import { readAnswer } from "./readAnswer.ts"
import { walk } from "./walk.ts"

/** A form on a call. */
export interface FormState {
  /** Day of the call in days since 1970-01-01, which dates are limited by. */
  readonly today: number
  /** Id of the step on the screen; null after an end. */
  readonly at: string | null
  /** Answers of ways that were left are kept for the case that the agent comes back to them; `counted` leaves them out. */
  readonly answers: Answers
}

/** An answer that was not taken. */
export interface AnswerProblem {
  readonly step: string
  readonly found: string
  readonly allowed: string
}

export const begin = (form: Form, today: number): FormState => ({ today, at: form.steps[0].id, answers: {} })

/**
 * Takes an answer and goes on from its step: the one on the screen or one before it. Null is none, for steps without a
 * question and for answers that are not required. Where the way leads back to an earlier step, the answers from there on
 * are forgotten and asked again.
 */
export const answer = (
  form: Form,
  state: FormState,
  stepId: string,
  value: unknown
): Result.Result<FormState, AnswerProblem> => {
  const upToHere = stepsUpTo(form, state)
  const step = upToHere.find(({ id }) => id === stepId)
  const refuse = (found: string, allowed: string) => Result.fail({ step: stepId, found, allowed })
  if (step === undefined)
    return refuse("a step that is not on the way", `one of ${upToHere.map(({ id }) => id).join(", ")}`)
  const { question } = step
  if (question === undefined && value !== null) return refuse(shown(value), "nothing: this step asks no question")
  const read = question === undefined ? Result.succeed(null) : readAnswer(question, value, state.today)
  if (Result.isFailure(read)) return refuse(read.failure.found, read.failure.allowed)
  const others = Object.entries(state.answers).filter(([id]) => id !== stepId)
  const answers = Object.fromEntries(read.success === null ? others : [...others, [stepId, read.success]])
  return Result.succeed({ today: state.today, ...onward(form, answers, stepId) })
}

const onward = (form: Form, answers: Answers, from: string): Omit<FormState, "today"> => {
  const { again, steps } = walk(form, answers)
  const at = steps.findIndex(({ id }) => id === from)
  if (at < steps.length - 1) return { at: steps[at + 1].id, answers }
  if (again === null) return { at: null, answers }
  const forgotten = new Set(steps.slice(steps.indexOf(again)).map(({ id }) => id))
  return { at: again.id, answers: Object.fromEntries(Object.entries(answers).filter(([id]) => !forgotten.has(id))) }
}

/** One step back, answers kept; the first step stays. */
export const back = (form: Form, state: FormState): FormState => {
  const steps = stepsUpTo(form, state)
  const before = state.at === null ? steps.at(-1) : steps.at(-2)
  return before === undefined ? state : { ...state, at: before.id }
}

/** The steps on the way up to the one on the screen, that one included. */
const stepsUpTo = (form: Form, { answers, at }: FormState) => {
  const { steps } = walk(form, answers)
  const here = steps.findIndex(({ id }) => id === at)
  return here < 0 ? steps : steps.slice(0, here + 1)
}

/** Ids of the steps that count: the way from the first step that these answers choose. */
export const path = (form: Form, answers: Answers): ReadonlyArray<string> =>
  walk(form, answers).steps.map(({ id }) => id)

/** The answers that count: those of steps on the way. */
export const counted = (form: Form, answers: Answers): Answers =>
  Object.fromEntries(
    walk(form, answers).steps.flatMap(({ id, question }): ReadonlyArray<readonly [string, AnswerValue]> =>
      question !== undefined && Object.hasOwn(answers, id) ? [[id, answers[id]]] : []
    )
  )

/**
 * Ids of the steps whose required answer is missing; empty exactly when the form can be finished. While some are missing,
 * the way beyond them is the one of missing answers, so others may follow once they are given. A way that leads round to
 * a step again lacks the answer of that step.
 */
export const missing = (form: Form, answers: Answers): ReadonlyArray<string> => {
  const { again, steps } = walk(form, answers)
  const lacking = steps.filter(({ id, question }) => question?.required === true && !Object.hasOwn(answers, id))
  const all = again === null || lacking.includes(again) ? lacking : [...lacking, again]
  return all.map(({ id }) => id)
}

/** The disposition the answers suggest to the agent: the last one on the way; null when there is none. */
export const suggestedDisposition = (form: Form, answers: Answers): string | null => walk(form, answers).disposition
