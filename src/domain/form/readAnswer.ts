import { Result } from "effect"
import { shown } from "../card/FieldProblem.ts"
import { dateText } from "../compliance/civil.ts"
import { dayOfText } from "../Filter.ts"
import type { AnswerValue, DayLimit, Question } from "./Form.ts"

/** Why a value is no answer. */
export interface NotAnAnswer {
  readonly found: string
  readonly allowed: string
}

type Read = Result.Result<AnswerValue | null, NotAnAnswer>

/**
 * The answer a value stands for; null for none, which is also what blank text and an empty choice are. `today`: days since
 * 1970-01-01, of the call.
 */
export const readAnswer = (question: Question, value: unknown, today: number): Read => {
  const answer = value === null || value === undefined ? Result.succeed(null) : given(question, value, today)
  const nothing = Result.isSuccess(answer) && answer.success === null
  if (!nothing || question.required !== true) return answer
  return Result.fail({ found: "nothing", allowed: "an answer; this one is required" })
}

const given = (question: Question, value: unknown, today: number): Read => {
  const refuse = (allowed: string): Read => Result.fail({ found: shown(value), allowed })
  switch (question.kind) {
    case "single": {
      const ids = question.choices.map(({ id }) => id)
      return ids.some((id) => id === value) ? Result.succeed(value as string) : refuse(`one of ${ids.join(", ")}`)
    }
    case "multiple": {
      const ids = question.choices.map(({ id }) => id)
      if (!Array.isArray(value) || !value.every((each) => ids.some((id) => id === each))) {
        return refuse(`a list of some of ${ids.join(", ")}`)
      }
      return Result.succeed(value.length === 0 ? null : ids.filter((id) => value.includes(id)))
    }
    case "text": {
      const lengthMax = question.lengthMax ?? 1_000
      const text = typeof value === "string" ? readable(value) : null
      if (text === null || text.length > lengthMax) return refuse(`a text of at most ${lengthMax} characters`)
      return Result.succeed(text === "" ? null : text)
    }
    case "number": {
      const { max = Infinity, min = -Infinity, whole = false } = question
      const fits = typeof value === "number" && Number.isFinite(value) && value >= min && value <= max
      if (!fits || (whole && !Number.isInteger(value)))
        return refuse(`a ${whole ? "whole " : ""}number${span(min, max)}`)
      // JSON and SQLite have no minus zero.
      return Result.succeed(value + 0)
    }
    case "date": {
      const first = dayOf(question.from, today) ?? -Infinity
      const last = dayOf(question.to, today) ?? Infinity
      const day = typeof value === "string" ? dayOfText(value.trim()) : null
      if (day === null || day < first || day > last) return refuse(`a date${span(first, last, dateText)}`)
      return Result.succeed(dateText(day))
    }
    case "yes-no":
      return typeof value === "boolean" ? Result.succeed(value) : refuse("true or false")
  }
}

const strange = /[\p{Cc}--[\n\t]]/gv

/** Text without control characters but tab and line break, and without halves of characters. */
const readable = (text: string): string => text.toWellFormed().replace(/\r\n?/g, "\n").replace(strange, "").trim()

const dayOf = (limit: DayLimit | undefined, today: number): number | null => {
  if (limit === undefined) return null
  return typeof limit === "string" ? dayOfText(limit) : today + limit.daysFromToday
}

const span = (min: number, max: number, text: (limit: number) => string = String): string =>
  `${min === -Infinity ? "" : ` from ${text(min)}`}${max === Infinity ? "" : ` up to ${text(max)}`}`
