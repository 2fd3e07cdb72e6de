import type { Core } from "../src/dialler/Core.ts"
import type { Dialler } from "../src/dialler/Dialler.ts"
import type { DiallerSettings } from "../src/dialler/DiallerSettings.ts"
import type { Lists, ListSource } from "./Lists.ts"
import type { Scenario, TrunkModel } from "./Scenario.ts"

/** Who drives the core, where that is not the world itself, and what it does with the lists. */
export interface Driver {
  readonly dialler: Dialler
  readonly core: Core
  readonly lists: (lists: Lists) => ListSource
}

/** The core's settings of a scenario. */
export const diallerSettings = ({ campaigns, day, groups, trunk }: Scenario): DiallerSettings => ({
  groups: groups.map(({ agents, name, phone }) => ({ name, agents, alwaysOn: phone.alwaysOn })),
  campaigns: campaigns.map(({ settings }) => settings),
  trunk: {
    linesMax: trunk.linesMax,
    callsPerSecondMax: trunk.callsPerSecondMax,
    ringingReported: isRingingReported(trunk)
  },
  startMinutes: day.startMinutes
})

/** Whether the trunk tells when the far end rings. */
export const isRingingReported = ({ postDialDelay }: TrunkModel): boolean =>
  !(postDialDelay.kind === "constant" && postDialDelay.value === 0)
