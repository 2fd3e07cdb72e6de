import { Schema } from "effect"
import { type CallData, type Fetched, type FieldValue, fieldNameAllowed, fieldValue, isFieldName } from "./CallData.ts"

/** A piece of a template: text as it stands, or the name of a field in braces. */
export type TemplatePart =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "field"; readonly name: string }

/** The parts of a template, in order and without empty ones. Braces stand only around names of fields. */
export const templateParts = (template: string): ReadonlyArray<TemplatePart> =>
  template
    .split(/(\{[^{}]*\})/)
    .filter((piece) => piece !== "")
    .map((piece) =>
      piece.startsWith("{") && piece.endsWith("}") && piece.length > 1
        ? { kind: "field", name: piece.slice(1, -1) }
        : { kind: "text", text: piece }
    )

/** Names of the fields in a template. */
export const fieldNames = (template: string): ReadonlyArray<string> =>
  templateParts(template).flatMap((part) => (part.kind === "field" ? [part.name] : []))

/** What is wrong with the braces of a template, as what is allowed instead; null when nothing is. */
export const bracesProblem = (template: string): string | null => {
  for (const part of templateParts(template)) {
    if (part.kind === "text" && /[{}]/.test(part.text)) return "braces only around the name of a field: {firstName}"
    if (part.kind === "field" && !isFieldName(part.name)) return `in braces ${fieldNameAllowed}`
  }
  return null
}

/** Text with fields in it: `Good day, {title} {lastName}`. */
export const TextTemplate = Schema.String.check(
  Schema.isMaxLength(4_000, { message: "a text of at most 4000 characters" }),
  Schema.makeFilter((template: string) => bracesProblem(template) ?? undefined)
)

/** A piece of a filled text, for a screen to render: fields stay apart, so that one without a value can be marked. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "field"; readonly name: string; readonly value: FieldValue }

export const fillText = (template: string, data: CallData, fetched: Fetched): ReadonlyArray<TextPart> =>
  templateParts(template).map((part) =>
    part.kind === "text" ? part : { ...part, value: fieldValue(part.name, data, fetched) }
  )

/** A filled text in one line for places without marks; a field without a value is an ellipsis. */
export const plainText = (parts: ReadonlyArray<TextPart>): string =>
  parts.map((part) => (part.kind === "text" ? part.text : part.value.kind === "value" ? part.value.text : "…")).join("")
