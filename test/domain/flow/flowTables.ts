import { Schema } from "effect"
import { readFileSync } from "node:fs"
import * as Flow from "../../../src/domain/flow/CallFlow.ts"

export const docsFile = new URL("../../../docs/call-flows.md", import.meta.url)
export const docsText = (): string => readFileSync(docsFile, "utf8")

type Fields = Readonly<Record<string, Schema.Constraint>>

const blocks: ReadonlyArray<readonly [title: string, fields: Fields]> = [
  ["The flow", Flow.CallFlow.fields],
  ["`prompt`, a sound file", Flow.RecordedPrompt.fields],
  ["`prompt`, a text", Flow.SpokenPrompt.fields],
  ["`do: play`", Flow.Play.fields],
  ["`do: say`", Flow.Say.fields],
  ["`do: collect`", Flow.Collect.fields],
  ["`do: branch`", Flow.Branch.fields],
  ["a case by keys", Flow.KeysCase.fields],
  ["a case by tries", Flow.TriesCase.fields],
  ["a case by the contact", Flow.ContactCase.fields],
  ["`do: record`", Flow.RecordAnswer.fields],
  ["`do: transfer`, to agents", Flow.TransferToGroup.fields],
  ["`do: transfer`, to a number", Flow.TransferToNumber.fields],
  ["`do: do-not-call`", Flow.DoNotCall.fields],
  ["`do: set`, an answer", Flow.SetAnswer.fields],
  ["`do: set`, a column", Flow.SetParameter.fields],
  ["`do: hang-up`", Flow.HangUp.fields]
]

const word = (value: unknown, otherwise: string): string =>
  typeof value === "string" ? value.replaceAll("|", "\\|") : otherwise

const row = (key: string, schema: Schema.Constraint): string => {
  const notes: Readonly<Record<string, unknown>> = schema.ast.context?.annotations ?? {}
  const form = Schema.resolveAnnotations(schema)?.["x-form"]
  const needed = schema.ast.context?.isOptional === true ? word(notes["x-default"], "") : "needed"
  return `| \`${key}\` | ${word(form, "a prompt")} | ${needed} | ${word(notes["description"], "")} |`
}

/** Every field of a flow, as its schema has it. Every step has a name and what it does. */
export const fieldTables = (): string =>
  blocks
    .map(([title, fields]) => {
      const rows = Object.entries(fields)
        .filter(([key]) => title === "The flow" || (key !== "name" && key !== "do"))
        .map(([key, schema]) => row(key, schema))
      return [`**${title}**`, "", "| field | takes | if left out | |", "| --- | --- | --- | --- |", ...rows].join("\n")
    })
    .join("\n\n")

const begin = "<!-- fields -->\n"
const end = "<!-- /fields -->"

/** The document with the tables as the schema has them now. */
export const withTables = (text: string): string => {
  const from = text.indexOf(begin) + begin.length
  return `${text.slice(0, from)}\n${fieldTables()}\n\n${text.slice(text.indexOf(end))}`
}
