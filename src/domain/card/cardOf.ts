import { dateText } from "../compliance/civil.ts"
import { dayOfText } from "../Filter.ts"
import { type CallData, type Fetched, type FieldValue, fieldValue } from "./CallData.ts"
import type { Card, CardFormat } from "./Card.ts"
import { fillText, type TextPart } from "./textTemplate.ts"
import { fillUrl, safeLink } from "./urlTemplate.ts"

/** A value as it is to be shown. What does not fit its format is `text`; nothing in here is HTML. */
export type CardValue =
  | Exclude<FieldValue, { readonly kind: "value" }>
  | { readonly kind: "text"; readonly text: string }
  /** `number` can be dialled: E.164. */
  | { readonly kind: "phone"; readonly number: string }
  /** `2026-11-21`, for the screen to write in its own way. */
  | { readonly kind: "date"; readonly day: string }
  /** `url` is http or https. */
  | { readonly kind: "link"; readonly url: string }
  | { readonly kind: "email"; readonly address: string }

export interface CardLine {
  readonly label: string
  readonly value: CardValue
  readonly hint: ReadonlyArray<TextPart>
}

/** A card with one contact's data, for a screen to render. */
export interface FilledCard {
  readonly hints: ReadonlyArray<ReadonlyArray<TextPart>>
  readonly lines: ReadonlyArray<CardLine>
  readonly links: ReadonlyArray<Omit<CardLine, "hint">>
  /** The CRM's page of an external card; null for others. */
  readonly page: CardValue | null
}

/**
 * The card of a call as far as it is known now. A mixed card is made again when its fetched fields are there; until then
 * they are `waiting`, and all others are shown.
 */
export const cardOf = (data: CallData, card: Card, fetched: Fetched): FilledCard => {
  const { fields, hints, links, source } = card
  const linkOf = (url: string): CardValue => valueAs("link", fillUrl(url, data, fetched))
  return {
    hints: (hints ?? []).map((hint) => fillText(hint, data, fetched)),
    lines: fields.map(({ field, format, hint, label }) => ({
      label,
      value: valueAs(format ?? "text", fieldValue(field, data, fetched)),
      hint: fillText(hint ?? "", data, fetched)
    })),
    links: (links ?? []).map(({ label, url }) => ({ label, value: linkOf(url) })),
    page: source.kind === "external" ? linkOf(source.url) : null
  }
}

const e164 = /^\+[1-9]\d{6,14}$/
const address = /^[^\s@<>"(),:;\\[\]?&#%]+@[^\s@<>"(),:;\\[\]?&#%]+$/

const valueAs = (format: CardFormat, value: FieldValue): CardValue => {
  if (value.kind !== "value") return value
  const { text } = value
  switch (format) {
    case "phone": {
      const number = text.replace(/[\s()./-]/g, "")
      if (e164.test(number)) return { kind: "phone", number }
      break
    }
    case "date": {
      const day = dayOfText(text.trim())
      if (day !== null) return { kind: "date", day: dateText(day) }
      break
    }
    case "link": {
      const url = safeLink(text)
      if (url !== null) return { kind: "link", url }
      break
    }
    case "email":
      if (address.test(text.trim())) return { kind: "email", address: text.trim() }
      break
    case "text":
      break
  }
  return { kind: "text", text }
}
