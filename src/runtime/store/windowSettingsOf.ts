import { tableOf } from "../../config/campaign/toLaw.ts"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { localMillis } from "../../dialler/compliance/localTime.ts"
import { capacityOf } from "../../sip/trunks/capacityOf.ts"
import { dayMillis } from "../../domain/compliance/civil.ts"
import type { WindowSettings } from "./WindowSettings.ts"

/** What a window needs of a floor that was decoded for a clock that shows 0 at `epoch`, Unix milliseconds. */
export const windowSettingsOf = (config: FloorConfig, epoch: number): WindowSettings => {
  const { campaigns, groups, trunks, zone } = config
  const local = localMillis(tableOf(zone, new Date(epoch).getUTCFullYear()), epoch)
  return {
    dialler: {
      groups: groups.map(({ agents, alwaysOn, name }) => ({ name, agents: agents.length, alwaysOn })),
      campaigns: campaigns.map(({ settings }) => settings),
      trunk: { ...capacityOf(trunks), ringingReported: true },
      startMinutes: (local % dayMillis) / 60_000
    },
    names: {
      groups: groups.map(({ agents, name }) => ({ name, agents: agents.length })),
      campaigns: campaigns.map(({ settings }) => ({ settings, list: { segments: [] } }))
    },
    agents: groups.flatMap(({ agents }) => agents.map(({ user }) => user)),
    books: campaigns.map(({ list, script, settings }) => ({
      order: list.order,
      filter: list.filter,
      script,
      zone: settings.law?.zone ?? zone
    }))
  }
}
