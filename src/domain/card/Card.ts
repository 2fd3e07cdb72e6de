import { Result, Schema } from "effect"
import { fetchedPrefix, fieldNameAllowed, isFieldName } from "./CallData.ts"
import { byHand, type FieldProblem, problemsOfIssue, shown } from "./FieldProblem.ts"
import { pathText } from "../plainData.ts"
import { fieldNames, TextTemplate } from "./textTemplate.ts"
import { UrlTemplate } from "./urlTemplate.ts"

const optional = Schema.optionalKey

/** What people read on a screen: one line. */
export const Label = Schema.String.check(
  Schema.isPattern(/^\S(?:[^\p{Cc}]{0,198}\S)?$/u, { message: "a line of 1 to 200 characters" })
)

const listOf = <S extends Schema.Constraint>(item: S, maximum: number) =>
  Schema.Array(item).check(Schema.isMaxLength(maximum, { message: `a list of at most ${maximum}` }))

/** How a value is shown: a number to dial, a day, an address to open, one to write to. */
export const CardFormat = Schema.Literals(["text", "phone", "date", "link", "email"])
export type CardFormat = typeof CardFormat.Type

/** One line of a card. */
export const CardField = Schema.Struct({
  field: Schema.String.check(
    Schema.isMaxLength(300, { message: "a name of at most 300 characters" }),
    Schema.makeFilter((name: string) => isFieldName(name), { message: fieldNameAllowed })
  ),
  label: Label,
  /** What the agent is to do with it. */
  hint: optional(TextTemplate),
  /** Text without one. */
  format: optional(CardFormat)
})
export type CardField = typeof CardField.Type

export const CardLink = Schema.Struct({ label: Label, url: UrlTemplate })
export type CardLink = typeof CardLink.Type

/** Where the card's data are: our own store, a page of the company's CRM, or our store and fields fetched beside it. */
export const CardSource = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("internal") }),
  Schema.Struct({ kind: Schema.Literal("external"), url: UrlTemplate }),
  Schema.Struct({
    kind: Schema.Literal("mixed"),
    /** Answers a GET with a JSON object. */
    url: UrlTemplate,
    /** How long the card waits for it; the call never does. */
    timeoutMillis: Schema.Int.check(
      Schema.isBetween({ minimum: 100, maximum: 10_000 }, { message: "100 to 10000 milliseconds" })
    )
  })
])
export type CardSource = typeof CardSource.Type
export type MixedSource = CardSource & { readonly kind: "mixed" }

/** What an agent sees of a contact on calls of one campaign, in one direction. */
export const Card = Schema.Struct({
  campaign: Label,
  direction: Schema.Literals(["inbound", "outbound"]),
  source: CardSource,
  fields: listOf(CardField, 60),
  /** What to bear in mind on every call, above the fields. */
  hints: optional(listOf(TextTemplate, 20)),
  links: optional(listOf(CardLink, 20))
})
export type Card = typeof Card.Type

const decode = Schema.decodeUnknownResult(Card, byHand)

/** A card from plain data, such as JSON of a request. A failure lists what is wrong and where. */
export const decodeCard = (input: unknown): Result.Result<Card, ReadonlyArray<FieldProblem>> => {
  const card = decode(input)
  if (Result.isFailure(card)) return Result.fail(problemsOfIssue(card.failure.issue, input))
  const problems = [...fetchedOutOfPlace(card.success)]
  return problems.length > 0 ? Result.fail(problems) : Result.succeed(card.success)
}

/** Fetched fields exist on mixed cards only, and not yet in the address they are fetched from. */
const fetchedOutOfPlace = function* (card: Card): Generator<FieldProblem> {
  const { fields, hints, links, source } = card
  const places: Array<readonly [path: ReadonlyArray<PropertyKey>, names: ReadonlyArray<string>]> = []
  if (source.kind !== "internal") places.push([["source", "url"], fieldNames(source.url)])
  if (source.kind !== "mixed") {
    fields.forEach(({ field, hint }, i) => {
      places.push([["fields", i, "field"], [field]], [["fields", i, "hint"], fieldNames(hint ?? "")])
    })
    hints?.forEach((hint, i) => places.push([["hints", i], fieldNames(hint)]))
    links?.forEach(({ url }, i) => places.push([["links", i, "url"], fieldNames(url)]))
  }
  for (const [path, names] of places) {
    const name = names.find((each) => each.startsWith(fetchedPrefix))
    if (name === undefined) continue
    const allowed = source.kind === "mixed" ? "fields known before the fetch" : "fetched fields on a mixed card only"
    yield { path: pathText(path), found: shown(name), allowed }
  }
}
