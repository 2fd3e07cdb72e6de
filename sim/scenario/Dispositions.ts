import { Schema } from "effect"
import { defaults } from "./defaults.ts"
import { DistributionOfMinutes, shareTolerance } from "./Distribution.ts"
import { derived, field, Name, required, Share } from "./fields.ts"
import { sumOf } from "./shares.ts"

const Code = Schema.String.check(
  Schema.isMaxLength(40),
  Schema.isPattern(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    "x-form": "1 to 40 small letters, digits and single hyphens, such as call-later"
  })
)
const flags = defaults.disposition

const Disposition = Schema.Struct({
  code: required(Code, "What rules and reports call it."),
  label: required(Name, "What the agent reads."),
  success: field(Schema.Boolean, flags.success, "The campaign's aim was reached."),
  rightParty: field(Schema.Boolean, flags.rightParty, "The agent spoke to the person the call was for."),
  final: field(
    Schema.Boolean,
    flags.final,
    "The contact is not called again, whatever the rules say. At least one is final."
  ),
  asksCallbackTime: field(Schema.Boolean, flags.asksCallbackTime, "The agent notes when to call again."),
  share: required(Share, "Of the people an agent talked to, how often it is chosen."),
  askedAfterMinutes: derived(
    DistributionOfMinutes,
    "none; needed with asksCallbackTime",
    "From the end of the agent's work on the call to the time the person asks for."
  )
}).check(
  Schema.makeFilter(({ askedAfterMinutes, asksCallbackTime }) => {
    const path = ["askedAfterMinutes"]
    if (asksCallbackTime && askedAfterMinutes === undefined)
      return { path, issue: "a time in minutes, as asksCallbackTime is true" }
    if (!asksCallbackTime && askedAfterMinutes !== undefined)
      return { path, issue: "nothing, unless asksCallbackTime is true" }
    return undefined
  })
)

/** What agents can say about a call, and how often they say it; what the shares leave of 1 chooses nothing. */
export const Dispositions = Schema.Array(Disposition).check(
  Schema.isMaxLength(100),
  Schema.makeFilter((all) => {
    const sum = sumOf(all.map(({ share }) => share))
    return sum <= 1 + shareTolerance ? undefined : `dispositions whose shares add to at most 1 (these add to ${sum})`
  })
)
