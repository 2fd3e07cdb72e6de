import { Context, type Effect } from "effect"
import type { E164 } from "../../domain/Contact.ts"

/** Knows who calls. Campaigns and contacts are their numbers in the core. */
export class Callers extends Context.Service<
  Callers,
  {
    /**
     * The contact of the campaign who has the number; where nobody has it, or it is withheld (null), a new one, of whom the
     * core has been told. Undefined where a new one cannot be kept.
     */
    readonly contactOf: (campaign: number, caller: E164 | null) => Effect.Effect<number | undefined>
  }
>()("outpace/live/Callers") {}
