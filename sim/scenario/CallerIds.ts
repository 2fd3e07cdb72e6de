import { Result, Schema } from "effect"
import { decodeCallerIds } from "../../src/domain/callerId/decodeCallerIds.ts"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import { seedOf } from "../random/seed.ts"
import type { LooseCampaign, Report } from "./crossChecks.ts"
import { field, required, SharePositive } from "./fields.ts"
import type { FieldPath } from "./FieldProblem.ts"
import { pathOfText } from "./pathOfText.ts"

/** Numbers a campaign shows; what is in them is looked at by `callerIdChecks`. */
export const CallerIds = Schema.Record(Schema.String, Schema.Unknown).annotate({
  title: "rotation and numbers, as in docs/scenarios.md"
})

/** First digits of the contacts' numbers. */
export const PrefixShare = Schema.Struct({
  prefix: required(
    Schema.String.check(Schema.isPattern(/^\+[1-9]\d{0,13}$/)).annotate({ title: "first digits such as +4420" }),
    "What the numbers begin with."
  ),
  share: required(SharePositive, "Their part of the list; of the others nothing is known.")
})

export const Goal = field(
  Schema.Literals(["exhausted", "none"]),
  "exhausted",
  "Whether the campaign is done when nobody is left to call, or waits for more contacts."
)
/** Whether the numbers can be used. */
export const callerIdChecks = ({ callerIds }: LooseCampaign, path: FieldPath, report: Report): void => {
  if (callerIds === undefined) return
  const decoded = decodeCallerIds(callerIds)
  if (Result.isSuccess(decoded)) return
  for (const { allowed, found, path: place } of decoded.failure) {
    report([...path, ...pathOfText(place, { callerIds })], allowed, undefined, found)
  }
}

/** The settings of checked numbers; chance is keyed by the seed of the scenario and the name of the campaign. */
export const toCallerIds = (
  campaign: { readonly name: string; readonly callerIds?: unknown },
  seed: string
): CampaignSettings["callerIds"] =>
  campaign.callerIds === undefined
    ? null
    : {
        settings: Result.getOrThrow(decodeCallerIds(campaign.callerIds)),
        seed: seedOf(`${seed} ${campaign.name}`, 0)[0] | 0
      }
