import { dayMillis } from "../../domain/compliance/civil.ts"
import { Effect, Option, Semaphore, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { ErasedNumbers } from "../../contacts/ErasedNumbers.ts"
import { AgentState } from "../../domain/AgentState.ts"
import { appendEvents } from "../../store/floor/journalRows.ts"
import { Closed } from "../../dialler/ContactList.ts"
import { insertHistory } from "../../store/contactHistory.ts"
import { doNotCallNumbers } from "../../store/floor/doNotCallRows.ts"
import { erasuresDue } from "../../store/floor/erasures.ts"
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
import { handOver } from "./handOver.ts"
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
  /** Who was erased; nobody where nothing is said. */
  readonly erased?: ErasedNumbers | null
}

interface Revived extends Begun {
  /** Nobody of them is called but by their own wish; null for nobody. */
  readonly erased: ErasedNumbers | null
}

/** A floor as it stands after a start: nobody is signed in but agents with a wrap-up to do, no call is up, all campaigns pause. */
export interface OpenFloor extends Revived {
  readonly window: FloorWindow
  /** What the core's clock shows now. */
  readonly startMillis: number
  readonly carried: Carried
  /** For the journal's layer. */
  readonly eventCount: number
  /** Held by whoever puts contacts into the store: a contact's number in the core is its place there. */
  readonly adding: Semaphore.Semaphore
}

/**
 * Brings the floor of a store back to where its journal ends: what was up is closed as interrupted, agents are signed out.
 * A window whose settings are not those configured now, or that is older than a day, is closed then if nothing is in hand,
 * and the floor goes on in a new one with all that was.
 */
export const openFloor = Effect.fn("openFloor")(
  function* (options: OpenFloorOptions) {
    const { erased = null, now, path, settingsAt } = options
    const found = yield* openWindow
    if (found === null) return yield* openFirst(options)
    const floor = yield* revive({ erased, now, path }, found)
    const settings = yield* withBegun(settingsAt(found.epoch), now)
    const isSame = writeJson(settings) === writeJson(found.settings)
    // The clock may have been set back since; and a window that took the place of another one is as old as that.
    const isOld = now - Math.min(found.openedAt, found.epoch) > dayMillis
    if (isSame && !(isOld && floor.core.dialler.calls.size === 0)) return floor
    // Also where the clock was set back, later instants have larger numbers.
    const epoch = Math.max(now, endOf(floor))
    const next = yield* renew(floor, { epoch, now, settings: yield* withBegun(settingsAt(epoch), now) }, isSame)
    return yield* floorOf(next, { ...(yield* beginWindow(next)), erased }, 0)
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

const openFirst = Effect.fnUntraced(function* ({ erased = null, now, settingsAt }: OpenFloorOptions) {
  const settings = yield* withBegun(settingsAt(now), now)
  const window = yield* insertWindow({
    openedAt: now,
    epoch: now,
    settings,
    opening: yield* openingFirst(settings)
  })
  return yield* floorOf(window, { ...(yield* beginWindow(window)), erased }, 0)
})

const floorOf = (window: FloorWindow, begun: Revived, startMillis: number) =>
  Effect.map(Semaphore.make(1), (adding): OpenFloor => ({
    ...begun,
    window,
    startMillis,
    carried: carriedBy(window.opening as Opening),
    eventCount: 0,
    adding
  }))

/* ---- the window that is open ---- */

type Reviving = Pick<OpenFloorOptions, "path" | "now"> & Pick<OpenFloor, "erased">

const revive = Effect.fnUntraced(function* ({ erased, now, path }: Reviving, window: FloorWindow) {
  const replayed = { ...(yield* replay(path, window)), erased }
  const { core } = replayed
  const startMillis = Math.max(core.now, now - window.epoch)
  const known = yield* keep(replayed, window, replayed.eventCount, interrupt(replayed, startMillis))
  // Also those who said so in a call that ended with the process.
  const withdrawn = withdraw(replayed, yield* objected(replayed), startMillis)
  const eventCount = yield* keep(replayed, window, known, [...withdrawn, ...enlist(replayed, startMillis)])
  const floor: OpenFloor = { ...(yield* floorOf(window, replayed, startMillis)), carried: replayed.carried, eventCount }
  return floor
})

/** Contacts whose number is on the do-not-call list, and who are not: the floor ended between the two. */
const objected = Effect.fnUntraced(function* (floor: Revived) {
  const { contacts } = floor
  const objections = yield* doNotCallNumbers.pipe(
    Stream.flatMap((number) => Stream.fromIterable(contacts.stillCalledAt([number]))),
    Stream.runCollect
  )
  const due = (yield* erasuresDue).map(({ number }) => number)
  return [...objections, ...contacts.stillCalledAt(due, true), ...broughtBack(floor)]
})

/** Erased people whom a list has brought back while nobody could tell who they were, and who may still be called. */
const broughtBack = ({ contacts, core, erased }: Revived): ReturnType<typeof contacts.contactsWith> => {
  const found: Array<{ readonly campaign: number; readonly contact: number }> = []
  if (erased === null) return found
  for (const { index: campaign, list } of core.dialler.campaigns) {
    for (let contact = 0; contact < list.size; contact += 1) {
      if (list.closedAs[contact] === Closed.doNotCall || list.isRequest(contact)) continue
      const { calledIn = false, is } = contacts.known(campaign, contact)
      if (!calledIn && is.numbers.some(({ number }) => erased.has(number, "calls"))) found.push({ campaign, contact })
    }
  }
  return found
}

/** What is told to a core whose process has died. */
const interrupt = ({ core }: Begun, at: number): ReadonlyArray<Stamped> => {
  const { agents } = core.dialler
  const events: Array<FloorEvent> = [{ kind: "interrupted" }]
  core.tell(events[0], at)
  for (let agent = 0; agent < agents.size; agent += 1) {
    // Whoever has a wrap-up to do is signed out after it: the phone is not up any more.
    if (agents.state[agent] !== AgentState.signedOut) events.push({ kind: "signsOut", agent })
  }
  for (const event of events.slice(1)) core.tell(event, at)
  return events.map((event) => ({ at, event }))
}

/** Nobody calls these contacts any more. */
const withdraw = (
  { core }: Begun,
  forbidden: Effect.Success<ReturnType<typeof objected>>,
  at: number
): ReadonlyArray<Stamped> =>
  forbidden.map((each) => {
    const event: FloorEvent = { kind: "withdrawn", as: Closed.doNotCall, ...each }
    core.tell(event, at)
    return { at, event }
  })

/** Puts contacts on their lists that were in the store, and of which the core did not hear. */
const enlist = ({ contacts, core }: Begun, at: number): ReadonlyArray<Stamped> => {
  const told: Array<Stamped> = []
  for (const { index, list } of core.dialler.campaigns) {
    const count = contacts.loaded(index) - list.size
    if (count === 0) continue
    const event: FloorEvent = { kind: "contactsAdded", campaign: index, count, segment: null }
    core.tell(event, at)
    told.push({ at, event })
  }
  return told
}

/** Keeps what was told and all that came of it; returns how many events the window has then. */
const keep = Effect.fnUntraced(function* (
  begun: Revived,
  window: FloorWindow,
  firstSeq: number,
  told: ReadonlyArray<Stamped>
) {
  const sql = yield* SqlClient.SqlClient
  const { contacts, core } = begun
  const run = runOf(window.id)
  const rows = liveRows(core.takeRecords(), window.epoch)
  core.takeCommands()
  yield* sql.withTransaction(
    Effect.gen(function* () {
      yield* appendEvents(window.id, firstSeq, told)
      yield* insertShift(run, rows.attempts, rows.spans, rows.arrivals)
      yield* insertHistory(run, rows.holds, rows.notes)
      yield* writeKept(run, contacts.takeKept())
      yield* handOver(begun, rows.notes)
    })
  )
  return firstSeq + told.length
})

/* ---- from one window to the next ---- */

/** When what the floor knows ends, Unix milliseconds. */
const endOf = ({ startMillis, window }: OpenFloor): number => window.epoch + startMillis

/** Closes the window of a floor, and opens the next one with all that was. */
const renew = Effect.fnUntraced(function* (
  floor: OpenFloor,
  { epoch, now, settings }: { readonly epoch: number; readonly now: number; readonly settings: WindowSettings },
  isSame: boolean
) {
  const sql = yield* SqlClient.SqlClient
  const old = floor.window
  const { agents } = old.settings as WindowSettings
  const agentOf = (agent: number): number => (agent < 0 ? -1 : settings.agents.indexOf(agents[agent]))
  return yield* sql.withTransaction(
    Effect.gen(function* () {
      yield* finish(floor)
      yield* foldWindow(floor, old, agentOf)
      const opening = yield* openingAfter(settings, floor, isSame, agentOf)
      yield* closeWindow(old.id, Math.max(now, endOf(floor)))
      return yield* insertWindow({ openedAt: now, epoch, settings, opening })
    })
  )
})

/**
 * Brings the floor of a store to where its journal ends, as at a start, and makes all of it the past of its contacts: another
 * window takes the place of the one that is open, like it in everything. `meanwhile` is done in the same transaction, when no
 * journal is there that contacts must be told as they were. It comes to nothing, and none is returned, where agents have a
 * wrap-up to do, unless they are to be signed out without it.
 */
export const turnWindow = Effect.fn("turnWindow")(function* <A, E, R>(
  { endsWrapUps, ...options }: Reviving & { readonly endsWrapUps: boolean },
  meanwhile: Effect.Effect<A, E, R>
) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* openWindow
  if (found === null) return Option.some(yield* sql.withTransaction(meanwhile))
  const floor = yield* revive(options, found)
  if (!endsWrapUps && floor.core.dialler.calls.size > 0) return Option.none<A>()
  const next = { epoch: found.epoch, now: options.now, settings: found.settings as WindowSettings }
  return Option.some(yield* sql.withTransaction(Effect.andThen(renew(floor, next, true), meanwhile)))
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
