import { clockIn } from "../../../reports/live/localWords.ts"
import { tableOf } from "../../config/campaign/toLaw.ts"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"

/** What stands above the live table: the floor's name and the time of day where it is. `now`: milliseconds since 1970 UTC. */
export const floorTitle = ({ name, zone }: Pick<FloorConfig, "name" | "zone">, now: number): string =>
  `${name}   ${clockIn(tableOf(zone, new Date(now).getUTCFullYear()), now)}`
