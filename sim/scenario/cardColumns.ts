import { Result } from "effect"
import { cardData } from "../../src/config/campaign/Card.ts"
import type { Report } from "../../src/config/campaign/Campaign.ts"
import { type Card, decodeCard } from "../../src/domain/card/Card.ts"
import { fieldNames } from "../../src/domain/card/textTemplate.ts"
import { parameterPrefix } from "../../src/domain/Filter.ts"
import { valueAt } from "../../src/domain/plainData.ts"
import { parametersOf } from "../../src/domain/rules/checkRule.ts"
import type { FieldPath } from "../../src/yaml/FieldProblem.ts"
import type { LooseCampaign } from "./crossChecks.ts"

/**
 * Whether the cards of a campaign show columns the file of its list has, or that rules or the flow set: others would stay
 * empty. `parameters`: the columns; null where they are not known.
 */
export const cardColumnChecks = (
  campaign: LooseCampaign,
  parameters: ReadonlyArray<string> | null,
  path: FieldPath,
  report: Report
): void => {
  if (campaign.list?.file === undefined || parameters === null) return
  const known = [...parameters, ...setBy(campaign)]
  for (const key of ["card", "cardInbound"] as const) {
    const data = campaign[key]
    const card = data === undefined ? undefined : decodeCard(cardData(data, "campaign", "outbound"))
    if (card === undefined || Result.isFailure(card)) continue
    for (const [place, names] of namesIn(card.success)) {
      const missing = names.find(
        (name) => name.startsWith(parameterPrefix) && !known.includes(name.slice(parameterPrefix.length))
      )
      if (missing === undefined) continue
      const allowed = `a column of the list, with ${parameterPrefix} before it: ${parameters.slice(0, 30).join(", ")}`
      report([...path, key, ...place], allowed, undefined, missing)
    }
  }
}

/** Parameters that are there once rules or the flow have set them. */
const setBy = ({ afterAttempt, flow }: LooseCampaign): ReadonlyArray<string> => {
  const steps = valueAt(flow, ["steps"])
  const ofFlow = (Array.isArray(steps) ? steps : []).map((step) => valueAt(step, ["parameter"]))
  const ofRules = Array.isArray(afterAttempt) ? parametersOf(afterAttempt) : []
  return [...ofRules, ...ofFlow.filter((name) => typeof name === "string")]
}

/** Names of fields in a card, by place. */
const namesIn = ({
  fields,
  hints = [],
  links = [],
  source
}: Card): ReadonlyArray<[FieldPath, ReadonlyArray<string>]> => [
  ...fields.flatMap(({ field, hint = "" }, i): Array<[FieldPath, ReadonlyArray<string>]> => [
    [["fields", i, "field"], [field]],
    [["fields", i, "hint"], fieldNames(hint)]
  ]),
  ...hints.map((hint, i): [FieldPath, ReadonlyArray<string>] => [["hints", i], fieldNames(hint)]),
  ...links.map(({ url }, i): [FieldPath, ReadonlyArray<string>] => [["links", i, "url"], fieldNames(url)]),
  ...(source.kind === "internal"
    ? []
    : [[["source", "url"], fieldNames(source.url)] as [FieldPath, ReadonlyArray<string>]])
]
