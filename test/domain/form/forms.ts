import { assert } from "@effect/vitest"
import { Result } from "effect"
import { decodeForm, type FormProblem } from "../../../src/domain/form/decodeForm.ts"
import type { Form } from "../../../src/domain/form/Form.ts"

export const problemText = ({ allowed, found, path, step }: FormProblem): string =>
  `${step ?? "the form"}, ${path}: ${found}; ${allowed}`

export const formOf = (...steps: ReadonlyArray<unknown>): Form =>
  Result.match(decodeForm({ id: "test", title: "Test", steps }), {
    onSuccess: ({ form }) => form,
    onFailure: (problems) => assert.fail(problems.map(problemText).join("\n"))
  })

export const problemsOf = (...steps: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  Result.match(decodeForm({ id: "test", title: "Test", steps }), {
    onSuccess: ({ warnings }) => warnings.map((warning) => `warning: ${problemText(warning)}`),
    onFailure: (problems) => problems.map(problemText)
  })

const choices = (...ids: ReadonlyArray<string>) => ids.map((id) => ({ id, label: id.toUpperCase() }))

/** A script with every kind of question, two ways to an end, and a way round that asks again. */
export const insurance = formOf(
  {
    id: "has-car",
    text: "Good day, {firstName} {lastName}. Do you have a car?",
    question: { kind: "yes-no", required: true },
    next: [{ when: [{ op: "=", value: false }], to: "bye", disposition: "no car" }, { to: "cover" }]
  },
  {
    id: "cover",
    text: "Which cover do you have?",
    question: { kind: "single", required: true, choices: choices("full", "third-party", "unknown") },
    next: [{ when: [{ op: "=", value: "unknown" }], to: "explain" }, { to: "extras" }]
  },
  { id: "explain", text: "It says so on the card.", next: [{ to: "cover" }] },
  { id: "extras", text: "What else?", question: { kind: "multiple", choices: choices("glass", "theft", "towing") } },
  {
    id: "age",
    text: "How old is it?",
    question: { kind: "number", required: true, min: 0, max: 60, whole: true },
    next: [
      {
        when: [
          { op: ">=", value: 10 },
          { op: "has", step: "extras", value: "glass" }
        ],
        to: "note"
      },
      { to: "renewal" }
    ]
  },
  { id: "note", text: "What is the glass like?", question: { kind: "text", lengthMax: 20 } },
  {
    id: "renewal",
    text: "When does the contract end?",
    question: { kind: "date", required: true, from: { daysFromToday: 0 }, to: "2027-12-31" },
    disposition: "interested",
    next: [{ when: [{ op: "<", value: "2027-01-01" }], to: "soon", disposition: "urgent" }, { to: "bye" }]
  },
  { id: "soon", text: "We call you this year.", end: true },
  { id: "bye", text: "Thank you, good bye." }
)
