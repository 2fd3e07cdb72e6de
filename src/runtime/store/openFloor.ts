import { dayMillis } from "../../domain/compliance/civil.ts"
import { Effect, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { AgentState } from "../../domain/AgentState.ts"
import { appendEvents } from "../../store/floor/journalRows.ts"
import { Closed } from "../../dialler/ContactList.ts"
import { insertHistory } from "../../store/contactHistory.ts"
import { doNotCallNumbers } from "../../store/floor/doNotCallRows.ts"
import { problemOf } from "../../store/floor/floorFile.ts"
import { liveRows } from "../../store/floor/liveRows.ts"
import {
  campaignsBegan,
  closeWindow,
  type FloorWindow,
  insertWindow,
  openWindow,
  runOf
} from "../../store/floor/windows.ts"
import { writeJson } from "../../store/losslessJson.ts"
import { insertShift } from "../../store/rows.ts"
import type { FloorEvent, Stamped } from "../floor/FloorEvent.ts"
import { type Begun, beginWindow } from "./beginWindow.ts"
import { type Carried, carriedBy, replay } from "./replay.ts"
import { foldWindow } from "./foldWindow.ts"
import { writeKept } from "./kept.ts"
import { openingAfter, openingFirst } from "./opening.ts"
import type { Opening, WindowSettings } from "./WindowSettings.ts"

export interface OpenFloorOptions {
  /** Of the store, for messages. */
  readonly path: string
  /** Unix milliseconds. */
  readonly now: number
  /** The floor as it is configured, on a clock that shows 0 at this epoch (Unix milliseconds). */
  readonly settingsAt: (epoch: number) => WindowSettings
}

/** A floor as it stands after a start: nobody is signed in but agents with a wrap-up to do, no call is up, all campaigns pause. */
export interface OpenFloor extends Begun {
  readonly window: FloorWindow
  /** What the core's clock shows now. */
  readonly startMillis: number
  readonly carried: Carried
  /** For the journal's layer. */
  readonly eventCount: number
}

/**
 * Brings the floor of a store back to where its journal ends: what was up is closed as interrupted, agents are signed out.
 * A window whose settings are not those configured now, or that is older than a day, is closed then if nothing is in hand,
 * and the floor goes on in a new one with all that was.
 */
export const openFloor = Effect.fn("openFloor")(
  function* (options: OpenFloorOptions) {
    const { now, settingsAt } = options
    const found = yield* openWindow
    if (found === null) return yield* openFirst(options)
    const floor = yield* revive(options, found)
    const settings = yield* withBegun(settingsAt(found.epoch), now)
    const isSame = writeJson(settings) === writeJson(found.settings)
    const isOld = now - found.openedAt > dayMillis
    if (isSame && !(isOld && floor.core.dialler.calls.size === 0)) return floor
    return yield* renew(options, floor, isSame)
  },
  (opening, { path }) => Effect.catchTag(opening, "SqlError", (error) => Effect.fail(problemOf(path, error)))
)

/** The settings with what the store alone knows: when each campaign began. */
const withBegun = Effect.fnUntraced(function* (settings: WindowSettings, now: number) {
  const began = yield* campaignsBegan(
    settings.dialler.campaigns.map(({ name }) => name),
    now
  )
  const campaigns = settings.dialler.campaigns.map((campaign) => {
    const { law, name } = campaign
    return law === null ? campaign : { ...campaign, law: { ...law, beganMillis: began.get(name) ?? now } }
  })
  const all: WindowSettings = { ...settings, dialler: { ...settings.dialler, campaigns } }
  return all
})

const openFirst = Effect.fnUntraced(function* ({ now, settingsAt }: OpenFloorOptions) {
  const settings = yield* withBegun(settingsAt(now), now)
  const opening = yield* openingFirst(settings)
  const window = yield* insertWindow({ openedAt: now, epoch: now, settings, opening })
  return yield* floorOf(window, yield* beginWindow(window), 0, opening)
})

const floorOf = (window: FloorWindow, begun: Begun, startMillis: number, opening: Opening) =>
  Effect.succeed<OpenFloor>({
    ...begun,
    window,
    startMillis,
    carried: carriedBy(opening),
    eventCount: 0
  })

/* ---- the window that is open ---- */

const revive = Effect.fnUntraced(function* ({ now, path }: OpenFloorOptions, window: FloorWindow) {
  const replayed = yield* replay(path, window)
  const { core } = replayed
  const startMillis = Math.max(core.now, now - window.epoch)
  const told = interrupt(replayed, yield* objected(replayed), startMillis)
  yield* keep(replayed, window, replayed.eventCount, told)
  const floor: OpenFloor = { ...replayed, window, startMillis, eventCount: replayed.eventCount + told.length }
  return floor
})

/** Contacts whose number is on the do-not-call list, and who are not: the floor ended between the two. */
const objected = ({ contacts }: Begun) =>
  doNotCallNumbers.pipe(
    Stream.flatMap((number) => Stream.fromIterable(contacts.stillCalledAt([number]))),
    Stream.runCollect
  )

/** What there is to be told to a core whose process has died, and to lists that got contacts it did not hear of. */
const interrupt = (
  { contacts, core }: Begun,
  forbidden: Effect.Success<ReturnType<typeof objected>>,
  at: number
): ReadonlyArray<Stamped> => {
  const told: Array<Stamped> = []
  const tell = (event: FloorEvent): void => {
    core.tell(event, at)
    told.push({ at, event })
  }
  tell({ kind: "interrupted" })
  const { agents, campaigns } = core.dialler
  for (let agent = 0; agent < agents.size; agent += 1) {
    // Whoever has a wrap-up to do is signed out after it: the phone is not up any more.
    if (agents.state[agent] !== AgentState.signedOut) tell({ kind: "signsOut", agent })
  }
  for (const each of forbidden) tell({ kind: "withdrawn", as: Closed.doNotCall, ...each })
  for (const { index, list } of campaigns) {
    while (list.size < contacts.loaded(index)) {
      const first = list.size
      if (contacts.known(index, first).requested) {
        tell({ kind: "callbackRequested", campaign: index })
        continue
      }
      let end = first
      while (end < contacts.loaded(index) && !contacts.known(index, end).requested) end += 1
      tell({ kind: "contactsAdded", campaign: index, count: end - first, segment: null })
    }
  }
  return told
}

const keep = Effect.fnUntraced(function* (
  { contacts, core }: Begun,
  window: FloorWindow,
  firstSeq: number,
  told: ReadonlyArray<Stamped>
) {
  const sql = yield* SqlClient.SqlClient
  const run = runOf(window.id)
  const rows = liveRows(core.takeRecords(), window.epoch)
  core.takeCommands()
  yield* sql.withTransaction(
    Effect.gen(function* () {
      yield* appendEvents(window.id, firstSeq, told)
      yield* insertShift(run, rows.attempts, rows.spans)
      yield* insertHistory(run, rows.holds, rows.notes)
      yield* writeKept(run, contacts.takeKept())
    })
  )
})

/* ---- from one window to the next ---- */

const renew = Effect.fnUntraced(function* ({ now, settingsAt }: OpenFloorOptions, floor: OpenFloor, isSame: boolean) {
  const sql = yield* SqlClient.SqlClient
  const old = floor.window
  // Also where the clock was set back, later instants have larger numbers.
  const epoch = Math.max(now, old.epoch + floor.startMillis)
  const settings = yield* withBegun(settingsAt(epoch), now)
  const { agents } = old.settings as WindowSettings
  const agentOf = (agent: number): number => (agent < 0 ? -1 : settings.agents.indexOf(agents[agent]))
  const next = yield* sql.withTransaction(
    Effect.gen(function* () {
      yield* finish(floor)
      yield* foldWindow(floor, old, agentOf)
      const opening = yield* openingAfter(settings, floor, isSame)
      yield* closeWindow(old.id, epoch)
      const window = yield* insertWindow({ openedAt: now, epoch, settings, opening })
      return { window, opening }
    })
  )
  return yield* floorOf(next.window, yield* beginWindow(next.window), 0, next.opening)
})

/** Agents with a wrap-up to do are signed out without it, and all spans end. */
const finish = Effect.fnUntraced(function* (floor: OpenFloor) {
  const { core, startMillis, window } = floor
  const { agents } = core.dialler
  const told: Array<Stamped> = []
  for (let agent = 0; agent < agents.size; agent += 1) {
    if (agents.state[agent] === AgentState.signedOut) continue
    const event: FloorEvent = { kind: "lost", agent }
    core.tell(event, startMillis)
    told.push({ at: startMillis, event })
  }
  core.closeSpans(startMillis)
  yield* keep(floor, window, floor.eventCount, told)
})
