import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { Rehearsal } from "../../../sim/floor/Rehearsal.ts"
import { diallerSettings } from "../../../sim/Driver.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import type { Stamped } from "../../../src/runtime/floor/FloorEvent.ts"
import type { Opening, WindowSettings } from "../../../src/runtime/store/WindowSettings.ts"
import { insertHistory } from "../../../src/store/contactHistory.ts"
import { insertContacts } from "../../../src/store/floor/contactRows.ts"
import { appendEvents } from "../../../src/store/floor/journalRows.ts"
import { liveRows } from "../../../src/store/floor/liveRows.ts"
import { closeWindow, insertWindow, runOf } from "../../../src/store/floor/windows.ts"
import type { Records } from "../../../src/store/Recorder.ts"
import { insertShift } from "../../../src/store/rows.ts"

const zoneOf = ({ settings }: Scenario["campaigns"][number]): string => settings.law?.zone ?? "Europe/London"

const settingsOf = (scenario: Scenario): WindowSettings => ({
  dialler: diallerSettings(scenario),
  names: {
    groups: scenario.groups.map(({ agents, name }) => ({ name, agents })),
    campaigns: scenario.campaigns.map(({ list, settings }) => ({ settings, list: { segments: list.segments } }))
  },
  agents: scenario.groups.flatMap(({ agents, name }) => Array.from({ length: agents }, (_, i) => `${name}-${i + 1}`)),
  books: scenario.campaigns.map((each) => ({ order: [], filter: null, script: null, zone: zoneOf(each) }))
})

export interface FillOptions {
  /** Unix milliseconds at instant 0 of the window's clock. */
  readonly epoch: number
  readonly replication: number
  readonly untilMillis: number
  readonly isOpen?: boolean
}

const fill = Effect.fnUntraced(function* (scenario: Scenario, options: FillOptions) {
  const { epoch, isOpen = false, replication, untilMillis } = options
  const events: Array<Stamped> = []
  const kept: Array<Records> = []
  const rehearsal = new Rehearsal(
    scenario,
    replication,
    Journal.layerKept((told, records) => {
      events.push(...told)
      kept.push(records)
    })
  )
  rehearsal.run(untilMillis)
  kept.push(rehearsal.core.takeRecords())
  const opening: Opening = {
    campaigns: scenario.campaigns.map(({ settings }, index) => ({
      name: settings.name,
      contacts: rehearsal.core.dialler.campaigns[index].list.size,
      running: true,
      segmentsOff: [],
      changed: null
    }))
  }
  const window = yield* insertWindow({ openedAt: epoch, epoch, settings: settingsOf(scenario), opening })
  yield* appendEvents(window.id, 0, events)
  const run = runOf(window.id)
  const rows = liveRows(
    {
      attempts: kept.flatMap(({ attempts }) => attempts),
      arrivals: kept.flatMap(({ arrivals }) => arrivals),
      spans: kept.flatMap(({ spans }) => spans),
      holds: kept.flatMap(({ holds }) => holds),
      notes: kept.flatMap(({ notes }) => notes)
    },
    epoch
  )
  yield* insertShift(run, rows.attempts, rows.spans, rows.arrivals)
  yield* insertHistory(run, rows.holds, rows.notes)
  for (const [index, { settings }] of scenario.campaigns.entries()) {
    const { size } = rehearsal.core.dialler.campaigns[index].list
    yield* insertContacts(
      settings.name,
      Array.from({ length: window.id > 1 ? 0 : size }, (_, contact) => ({
        contact,
        is: { numbers: [], fields: {} as never, parameters: {} },
        segment: "",
        loadedAt: epoch - 1,
        requested: false,
        forbidden: false
      }))
    )
  }
  if (!isOpen) yield* closeWindow(window.id, epoch + Math.min(untilMillis, rehearsal.now) + 1)
  return window
})

/**
 * Writes a day of a scenario into an open store as a live floor does: the program of the floor with simulated people around
 * it, in a window of its own that begins at `epoch`, Unix milliseconds. `isOpen` leaves the window open.
 */
export const fillStore = (scenario: Scenario, options: FillOptions) =>
  SqlClient.SqlClient.use((sql) => sql.withTransaction(fill(scenario, options)))
