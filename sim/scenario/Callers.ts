import { Schema } from "effect"
import { derived, field, PerHour, required, Share } from "../../src/yaml/fields.ts"
import type { CampaignScenario } from "../Scenario.ts"
import { defaults } from "./defaults.ts"
import { Distribution, toDistribution } from "./Distribution.ts"

/** People who call the campaign during the day. */
const Block = Schema.Struct({
  perHour: required(PerHour, "How many call an hour, at any time of the day alike."),
  knownShare: field(
    Share,
    defaults.callers.knownShare,
    "Those who are on the list; of the others nobody knows before they call. Where a file has the list, everybody is on it."
  ),
  patienceSeconds: field(
    Schema.NullOr(Distribution),
    defaults.callers.patienceSeconds,
    "A caller who waits for an agent hangs up after this; null: never before the wait is over."
  )
})

export const Callers = derived(
  Block,
  "none: nobody calls",
  "People who call the campaign and wait in its `queue` for an agent; they talk as long as the people on the list."
)

export const toCallers = (callers: typeof Block.Type | undefined): Pick<CampaignScenario, "callers"> => {
  if (callers === undefined) return {}
  const { knownShare, patienceSeconds, perHour } = callers
  const patience = patienceSeconds === null ? null : toDistribution(patienceSeconds)
  return { callers: { perHour, knownShare, patience } }
}
