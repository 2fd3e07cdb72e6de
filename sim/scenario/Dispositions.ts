import { Schema } from "effect"
import { dispositionFields } from "../../src/config/campaign/Disposition.ts"
import { DistributionOfMinutes, shareTolerance } from "./Distribution.ts"
import { derived, required, Share } from "../../src/yaml/fields.ts"
import { sumOf } from "./shares.ts"

const Disposition = Schema.Struct({
  ...dispositionFields,
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
