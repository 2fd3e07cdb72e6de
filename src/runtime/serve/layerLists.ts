import { Effect, Layer } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { Lists } from "../floor/FloorPort.ts"
import { ContactDesk } from "./ContactDesk.ts"

/** Contacts that leave a campaign for another, and campaigns that are through with their lists. */
export const layerLists = ({ campaigns }: FloorConfig): Layer.Layer<Lists, never, ContactDesk> =>
  Layer.effect(
    Lists,
    ContactDesk.use((desk) =>
      Effect.succeed(
        Lists.of({
          do: (command) => {
            const { name, known } = campaigns[command.campaign].settings
            switch (command.kind) {
              case "moved": {
                // It was put into the store with the journal's word that it had left.
                const target = campaigns.findIndex(({ settings }) => settings.name === known.campaigns[command.target])
                return target < 0 ? Effect.void : desk.arrived(target)
              }
              case "campaignDone":
                return Effect.logInfo(`${name}: everybody on the list has been dealt with`)
              case "listLow":
                return Effect.logInfo(`${name}: everybody on the list was called at least once`)
            }
          }
        })
      )
    )
  )
