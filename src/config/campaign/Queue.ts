import { Schema } from "effect"
import type { QueueSettings } from "../../domain/Campaign.ts"
import { Count, derived, field, millisOfSeconds, secondsMax } from "../../yaml/fields.ts"
import { campaignDefaults } from "./defaults.ts"

/** Calls that come in and are put through to agents. */
const Block = Schema.Struct({
  callersMax: field(
    Count(0, 1_000),
    campaignDefaults.queue.callersMax,
    "Callers who wait for an agent at most; whoever calls then is turned away. With 0 nobody waits."
  ),
  waitSecondsMax: field(
    Schema.Finite.annotate({ "x-unit": "s" }).check(Schema.isBetween({ minimum: 1, maximum: secondsMax })),
    campaignDefaults.queue.waitSecondsMax,
    "How long one of them waits at most."
  )
})

export const Queue = derived(
  Block,
  "none: nobody who calls is put through",
  "Calls that come in wait for an agent of its groups, and come before calls to be placed. `{}` is one with the usual limits."
)

/** Null for a campaign whose callers are put through to nobody. */
export const toQueue = (queue: typeof Block.Type | undefined): QueueSettings | null =>
  queue === undefined ? null : { callersMax: queue.callersMax, waitMillisMax: millisOfSeconds(queue.waitSecondsMax) }
