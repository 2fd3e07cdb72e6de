import { Result, Schema } from "effect"
import { decodeCallerIds } from "../../domain/callerId/decodeCallerIds.ts"
import type { CampaignSettings } from "../../domain/Campaign.ts"
import { field } from "../../yaml/fields.ts"
import type { FieldPath } from "../../yaml/FieldProblem.ts"
import { pathOfText } from "../../yaml/pathOfText.ts"
import type { LooseCampaign, Report } from "./Campaign.ts"

/** Numbers a campaign shows; what is in them is looked at by `callerIdChecks`. */
export const CallerIds = Schema.Record(Schema.String, Schema.Unknown).annotate({
  title: "rotation and numbers, as in docs/scenarios.md"
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

/** The settings of checked numbers; `seed` keys what is left to chance. */
export const toCallerIds = (callerIds: unknown, seed: number): CampaignSettings["callerIds"] =>
  callerIds === undefined ? null : { settings: Result.getOrThrow(decodeCallerIds(callerIds)), seed }
