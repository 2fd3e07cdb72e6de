import { toFilter } from "../../src/config/campaign/ListFilter.ts"
import { isBlock } from "../../src/config/campaign/toLaw.ts"
import { unknownZone } from "../../src/domain/compliance/zoneEvidence.ts"
import type { ContactTable, PlaceEvidence } from "../lists/ContactTable.ts"
import type { ListOfFile } from "../lists/ListOfFile.ts"
import { TextReader } from "../lists/TextColumn.ts"
import type { CampaignScenario } from "../Scenario.ts"
import { dayZone, epochMillis, zoneShiftMillis } from "./dayLaw.ts"
import { onlySegment, segmentsOf } from "./List.ts"
import { toMakeUp } from "./listMakeUp.ts"
import type { ListRead } from "./ListsRead.ts"
import type { ScenarioFile } from "./ScenarioFile.ts"

type CampaignFile = ScenarioFile["campaigns"][number]
type Segments = CampaignScenario["list"]["segments"]

/** What contacts of a file are in reports that are of none of its segments. */
export const otherSegment = "(other)"

/** The list of a campaign that was checked; `read`: its file. */
export const toList = (campaign: CampaignFile, file: ScenarioFile, read: ListRead | null): CampaignScenario["list"] => {
  const { list } = campaign
  const filter = toFilter(list.filter)
  const zone = zoneOf(campaign, file)
  const named = segmentsOf(list)
  const table = read?.table ?? null
  return {
    contacts: table?.size ?? list.contacts ?? 0,
    endless: list.endless,
    segments:
      named === undefined
        ? [{ name: onlySegment, share: 1, pickup: 1 }]
        : table === null
          ? named.map(({ name, pickup, share = 0 }) => ({ name, share, pickup }))
          : segmentsIn(table, named),
    requestsPerHour: list.requestsPerHour,
    ...toMakeUp(campaign, file),
    ...(read === null ? {} : { file: toFile(read, campaign, file) }),
    ...(filter === null ? {} : { filter }),
    ...(filter === null && read === null
      ? {}
      : { time: { now: epochMillis(file.day, dayZone(file.day, file.campaigns)), zone } })
  }
}

/** The zone of a campaign's own days. */
const zoneOf = ({ law }: CampaignFile, { campaigns, day }: ScenarioFile): string =>
  (isBlock(law) ? law.zone : undefined) ?? dayZone(day, campaigns)

const toFile = (read: ListRead, campaign: CampaignFile, file: ScenarioFile): ListOfFile => {
  const { contacts, name, problems, rows, sha256, table } = read
  const ofDay = dayZone(file.day, file.campaigns)
  const shiftMillis = (table?.places ?? []).map((place) => {
    const zone = likelyZone(place, zoneOf(campaign, file))
    return zone === null ? 0 : zoneShiftMillis(zone, file.day, ofDay)
  })
  return { name, sha256, rows, contacts, problems, shiftMillis, table }
}

/** Where a person is who may be in several zones: in the campaign's, if that is one of them. Null where nobody knows. */
const likelyZone = ({ number, record }: PlaceEvidence, zone: string): string | null => {
  if (record !== null) return record
  const known = number.filter((each) => each !== unknownZone)
  return known.length === 0 || known.includes(zone) ? zone : known[0]
}

/** Segments with the shares they have in a file; contacts of no segment that is named are in one of their own, the last. */
const segmentsIn = (
  table: ContactTable,
  named: ReadonlyArray<{ readonly name: string; readonly pickup: number }>
): Segments => {
  const column = table.texts["segment"]
  const text = new TextReader(column)
  const counts = new Float64Array(text.count)
  for (const code of column.code) counts[code] += 1
  const countOf = new Map(Array.from(counts, (count, each) => [text.textOf(each), count]))
  const share = (count: number): number => (table.size === 0 ? 0 : count / table.size)
  const segments = named.map(({ name, pickup }) => ({ name, share: share(countOf.get(name) ?? 0), pickup }))
  const others = table.size - named.reduce((sum, { name }) => sum + (countOf.get(name) ?? 0), 0)
  return others === 0 ? segments : [...segments, { name: otherSegment, share: share(others), pickup: 1 }]
}
