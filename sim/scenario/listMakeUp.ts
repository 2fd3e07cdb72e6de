import { toOrders } from "../../src/config/campaign/Order.ts"
import type { CampaignScenario, ListMakeUp } from "../Scenario.ts"
import type { DayClock } from "./dayClock.ts"
import { segmentsOf } from "./List.ts"
import type { ScenarioFile } from "./ScenarioFile.ts"
import { dayZone, zoneShiftMillis } from "./dayLaw.ts"

type CampaignFile = ScenarioFile["campaigns"][number]

/** What a file says of single contacts and their order; nothing where it says nothing. */
export const toMakeUp = ({ list }: CampaignFile, file: ScenarioFile): { readonly makeUp?: ListMakeUp } => {
  const { bestHours = [], doNotCallShare, prefixes = [], priorities = [] } = list
  const { repeatedNumberShare, unknownZoneShare } = list
  const ofDay = dayZone(file.day, file.campaigns)
  const order = toOrders(list.order, list.orderSeed ?? String(file.seed))
  const segmentsOff = (segmentsOf(list) ?? []).flatMap(({ on }, index) => (on ? [] : [index]))
  const zones = (list.zones ?? []).flatMap((each) =>
    // A name alone is a zone that contacts of a file may be in.
    typeof each === "string" ? [] : { ...each, shiftMillis: zoneShiftMillis(each.zone, file.day, ofDay) }
  )
  const shares = unknownZoneShare + doNotCallShare + repeatedNumberShare
  const parts = [zones, priorities, bestHours, prefixes, order, segmentsOff]
  if (shares === 0 && parts.every(({ length }) => length === 0)) return {}
  return {
    makeUp: {
      zones,
      unknownZoneShare,
      doNotCallShare,
      repeatedNumberShare,
      priorities,
      bestHours,
      prefixes,
      order,
      segmentsOff
    }
  }
}

/** Segments a file switches during its day. */
export const toSwitches = ({ changes, list }: CampaignFile, clock: DayClock): Pick<CampaignScenario, "switches"> => {
  const names = (segmentsOf(list) ?? []).map(({ name }) => name)
  const switches = changes.flatMap(({ at, segmentsOff, segmentsOn }) =>
    [...segmentsOn.map((name) => ({ name, on: true })), ...segmentsOff.map((name) => ({ name, on: false }))].map(
      ({ name, on }) => ({ atSeconds: clock.at(at), segment: names.indexOf(name), on })
    )
  )
  return switches.length === 0 ? {} : { switches }
}
