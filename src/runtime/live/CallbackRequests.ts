import { Context, type Effect } from "effect"
import type { E164 } from "../../domain/Contact.ts"

/** Takes requests to be called back. */
export class CallbackRequests extends Context.Service<
  CallbackRequests,
  {
    /** `campaign`: its number in the core. */
    readonly request: (campaign: number, caller: E164) => Effect.Effect<void>
  }
>()("outpace/live/CallbackRequests") {}
