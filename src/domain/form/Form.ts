import { Schema } from "effect"
import { Label } from "../card/Card.ts"
import { TextTemplate } from "../card/textTemplate.ts"
import { dayOfText } from "../Filter.ts"

const optional = Schema.optionalKey
const lineOf = (message: string) => ({ message })
const listOf = <S extends Schema.Constraint>(item: S, maximum: number, what: string) => {
  const line = lineOf(`1 to ${maximum} ${what}`)
  return Schema.Array(item).check(Schema.isMinLength(1, line), Schema.isMaxLength(maximum, line))
}

/** Most steps a form, most choices a question may have. */
export const stepsMax = 500
export const choicesMax = 200

/** Names a form, a step or a choice in answers and conditions; it stays when the words on the screen change. */
export const Id = Schema.String.check(
  Schema.isPattern(/^[a-z0-9][a-z0-9-]{0,63}$/, lineOf("a name of small letters, digits and -, such as has-car"))
)

/** Whether a text is a date as answers hold it: `2026-11-21`. */
export const isDateText = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && dayOfText(text) !== null

export const dateAllowed = "a date such as 2026-11-21"
export const DateText = Schema.String.check(Schema.makeFilter(isDateText, { message: dateAllowed }))

/** A limit of dates: a day of the calendar, or so many days after the day of the call (before it, when negative). */
export const DayLimit = Schema.Union([
  DateText,
  Schema.Struct({
    daysFromToday: Schema.Int.check(
      Schema.isBetween({ minimum: -36_525, maximum: 36_525 }, lineOf("a whole number from -36525 to 36525"))
    )
  })
]).annotate({ expected: `${dateAllowed}, or daysFromToday` })
export type DayLimit = typeof DayLimit.Type

const Choice = Schema.Struct({ id: Id, label: Label })
const choices = listOf(Choice, choicesMax, "choices")
/** Whether the form cannot be finished without an answer. */
const required = optional(Schema.Boolean)

/** What is asked in a step; ranges include both ends. */
export const Question = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("single"), required, choices }),
  Schema.Struct({ kind: Schema.Literal("multiple"), required, choices }),
  Schema.Struct({
    kind: Schema.Literal("text"),
    required,
    /** In UTF-16 units; 1000 without one. */
    lengthMax: optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 4_000 }, lineOf("1 to 4000"))))
  }),
  Schema.Struct({
    kind: Schema.Literal("number"),
    required,
    min: optional(Schema.Finite),
    max: optional(Schema.Finite),
    whole: optional(Schema.Boolean)
  }),
  Schema.Struct({ kind: Schema.Literal("date"), required, from: optional(DayLimit), to: optional(DayLimit) }),
  Schema.Struct({ kind: Schema.Literal("yes-no"), required })
])
export type Question = typeof Question.Type
export type QuestionKind = Question["kind"]

/**
 * A condition on the answer of a step on the way here, or of the step itself where `step` is missing. `has`: a multiple
 * choice includes it. Numbers and dates have an order. On an answer that is missing only `!=` holds.
 */
export const Condition = Schema.Struct({
  step: optional(Id),
  op: Schema.Literals(["=", "!=", "<", "<=", ">", ">=", "has"]),
  value: Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])
})
export type Condition = typeof Condition.Type

/** Where it goes on when all of `when` hold; a way without conditions is taken when no way before it was. */
export const Way = Schema.Struct({
  when: optional(listOf(Condition, 20, "conditions")),
  to: Id,
  /** Suggests this disposition to the agent when the way is taken. */
  disposition: optional(Label)
})
export type Way = typeof Way.Type

export const Step = Schema.Struct({
  id: Id,
  /** What the agent says. */
  text: TextTemplate,
  question: optional(Question),
  /** Without it, the step that stands next in the list follows. */
  next: optional(listOf(Way, 100, "ways")),
  /** The form ends here; it also ends after the last step in the list. */
  end: optional(Schema.Boolean),
  /** Suggests this disposition when the step is reached. */
  disposition: optional(Label)
})
export type Step = typeof Step.Type

/** A call script: what is said and asked on a call, in which order. The first step is the first in the list. */
export const Form = Schema.Struct({
  id: Id,
  title: Label,
  steps: listOf(Step, stepsMax, "steps")
})
export type Form = typeof Form.Type

/** A choice is its id, several are a list in the order of the form, a date is `2026-11-21`, yes is `true`. */
export type AnswerValue = string | number | boolean | ReadonlyArray<string>

/** Answers by id of the step. */
export type Answers = Readonly<Record<string, AnswerValue>>
