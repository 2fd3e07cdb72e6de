import { Result } from "effect"
import { decodeForm } from "../../domain/form/decodeForm.ts"
import type { Form, Question as FormQuestion } from "../../domain/form/Form.ts"
import type { Question } from "../../domain/rules/Known.ts"
import type { Words } from "../campaign/conduct.ts"

/** The call script of a file; null where there is none, or none that can be used. */
export const formOf = (script: unknown): Form | null => {
  if (script === undefined) return null
  const decoded = decodeForm(script)
  return Result.isSuccess(decoded) ? decoded.success.form : null
}

interface Speaking {
  readonly list?: { readonly segments: ReadonlyArray<string> } | undefined
  readonly script?: unknown
}

/** What rules can name in the list and the script of a campaign. The columns are known when the list has been read. */
export const wordsOf = ({ list, script }: Speaking): Words => ({
  segments: list?.segments ?? [],
  questions: (formOf(script)?.steps ?? []).flatMap(({ id, question }) =>
    question === undefined ? [] : [{ name: id, answers: answersOf(question) }]
  ),
  parameters: null
})

const answersOf = (question: FormQuestion): Question["answers"] => {
  switch (question.kind) {
    case "single":
    case "multiple":
      return question.choices.map(({ id }) => id)
    case "yes-no":
      return ["true", "false"]
    case "text":
    case "number":
    case "date":
      return null
  }
}
