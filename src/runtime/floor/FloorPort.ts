import { Context, type Effect, Layer } from "effect"
import type { Command, DeskCommand, ListCommand, PhoneCommand, TrunkCommand } from "./Command.ts"

/*
 * The world of a floor, as services that a live floor and a rehearsal each have in their own way. A command is begun and not
 * waited for: what comes of it is told to the `Inbox` as an event. Commands come one at a time, in the order the core
 * gave them, after the events that led to them are in the journal.
 */

/** Customers' legs. */
export class Trunk extends Context.Service<Trunk, { readonly do: (command: TrunkCommand) => Effect.Effect<void> }>()(
  "outpace/floor/Trunk"
) {}

/** Agents' phones, and who hears whom. */
export class Phones extends Context.Service<Phones, { readonly do: (command: PhoneCommand) => Effect.Effect<void> }>()(
  "outpace/floor/Phones"
) {}

/** What agents see of their work. */
export class Desks extends Context.Service<Desks, { readonly do: (command: DeskCommand) => Effect.Effect<void> }>()(
  "outpace/floor/Desks"
) {}

/** Where contacts come from, and where those go that leave a campaign for another. */
export class Lists extends Context.Service<Lists, { readonly do: (command: ListCommand) => Effect.Effect<void> }>()(
  "outpace/floor/Lists"
) {}

/** One world that carries out every command: for rehearsals and tests. */
export const layerFloorPort = (
  perform: (command: Command) => Effect.Effect<void>
): Layer.Layer<Trunk | Phones | Desks | Lists> =>
  Layer.mergeAll(
    Layer.succeed(Trunk, { do: perform }),
    Layer.succeed(Phones, { do: perform }),
    Layer.succeed(Desks, { do: perform }),
    Layer.succeed(Lists, { do: perform })
  )
