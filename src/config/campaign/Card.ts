import { Result, Schema } from "effect"
import { decodeCard } from "../../domain/card/Card.ts"
import { derived } from "../../yaml/fields.ts"
import type { FieldPath } from "../../yaml/FieldProblem.ts"
import { pathOfText } from "../../yaml/pathOfText.ts"
import type { Report } from "./Campaign.ts"

/** Weighed by `decodeCard` when the parts of the file are checked. */
const CardBlock = Schema.Record(Schema.String, Schema.Unknown).annotate({
  title: "a card without campaign and direction, as in docs/cards-and-forms.md"
})

/** What agents see of a contact. */
export const cardFields = {
  card: derived(CardBlock, "the names and the number of the contact", "What agents see of a contact."),
  cardInbound: derived(CardBlock, "the same card", "What they see on calls that come in.")
}

/** The card of a file as `decodeCard` takes it. */
export const cardData = (
  card: Readonly<Record<string, unknown>>,
  campaign: string,
  direction: "inbound" | "outbound"
): unknown => ({ fields: [], ...card, campaign, direction })

interface Showing {
  readonly card?: Readonly<Record<string, unknown>> | undefined
  readonly cardInbound?: Readonly<Record<string, unknown>> | undefined
}

/** Whether the cards of a campaign can be shown. */
export const cardChecks = (campaign: Showing, path: FieldPath, report: Report): void => {
  for (const key of ["card", "cardInbound"] as const) {
    const card = campaign[key]
    if (card === undefined) continue
    const decoded = decodeCard(cardData(card, "campaign", "outbound"))
    if (Result.isSuccess(decoded)) continue
    for (const problem of decoded.failure) {
      report([...path, key, ...pathOfText(problem.path, card)], problem.allowed, undefined, problem.found)
    }
  }
}
