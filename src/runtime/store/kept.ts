import { Effect } from "effect"
import type { Contact } from "../../domain/Contact.ts"
import type { Answers, Form } from "../../domain/form/Form.ts"
import { writeAnswers, writeTextAnswers } from "../../store/answers.ts"
import { type ContactKey, keepChanged } from "../../store/floor/contactRows.ts"
import { type DoNotCallRow, insertDoNotCall } from "../../store/floor/doNotCallRows.ts"

/** What is to be kept of contacts beside the records. */
export interface Kept {
  /** All parameters of contacts of which some were set. */
  readonly changed: ReadonlyArray<ContactKey & { readonly parameters: Contact["parameters"] }>
  readonly doNotCall: ReadonlyArray<DoNotCallRow>
  /** Answers of attempts, by their number in the window. */
  readonly answers: ReadonlyArray<AnswersKept>
}

export type AnswersKept =
  | { readonly attempt: number; readonly form: Form; readonly given: Answers }
  /** Of a call flow: its name, and what was pressed or set. */
  | { readonly attempt: number; readonly flow: string; readonly given: Readonly<Record<string, string>> }

export const nothingKept: Kept = { changed: [], doNotCall: [], answers: [] }

/** Writes it; to be called within a transaction. */
export const writeKept = Effect.fnUntraced(function* (run: string, { answers, changed, doNotCall }: Kept) {
  if (changed.length > 0) yield* keepChanged(changed)
  if (doNotCall.length > 0) yield* insertDoNotCall(doNotCall)
  for (const each of answers) {
    const attempt = { run, id: each.attempt }
    if ("form" in each) yield* writeAnswers(attempt, each.form, each.given)
    else yield* writeTextAnswers(attempt, each.flow, each.given)
  }
})
