import { Effect } from "effect"
import { lastDayOf, stretchOf } from "../../../reports/live/lastDay.ts"
import type { LiveLaw, LiveSubject } from "../../../reports/live/LiveSubject.ts"
import { dayStart } from "../../dialler/compliance/localTime.ts"
import { dayOfText } from "../../domain/Filter.ts"
import { type ZoneTable, zoneTable } from "../../domain/compliance/zoneTable.ts"
import { inboundFigures } from "../../domain/InboundCall.ts"
import { promiseGraceMillis } from "../../domain/CallFigures.ts"
import type { WindowSettings } from "../../runtime/store/WindowSettings.ts"
import {
  answeredIn,
  answersIn,
  attemptsIn,
  campaignsIn,
  contactsLoaded,
  dispositionsIn,
  doNotCallIn,
  holdsIn,
  inboundIn,
  type LiveSpan,
  placedBefore,
  promisesIn,
  samplesOf,
  settingsOfWindow,
  spansIn,
  type WindowRow,
  windowRows
} from "../../store/floor/liveQueries.ts"
import { always, countsOf } from "../../store/measuresSql.ts"
import { WrongInput } from "../CommandFailure.ts"
import { version } from "../version.ts"
import { chartWindow, lawWindows } from "./liveLaw.ts"

/** What is asked for; the last window of the campaign with the most calls where nothing is said. */
export interface LiveRequest {
  readonly campaign: string | null
  /** Local days, `2026-11-23`, both included. */
  readonly from: string | null
  readonly to: string | null
}

/** A campaign as one window had it. */
interface Known {
  readonly settings: WindowSettings["dialler"]["campaigns"][number]
  readonly book: WindowSettings["books"][number] | undefined
}

/** The live campaign asked for, from an open store of a floor. */
export const readLive = Effect.fn("readLive")(function* (path: string, request: LiveRequest) {
  const windows = (yield* windowRows).filter(({ hasRecords }) => hasRecords)
  const latest = windows.at(-1)
  if (latest === undefined) {
    return yield* new WrongInput({ sentence: `nothing is on record in ${path} yet: its floor has called nobody.` })
  }
  const days = yield* daysOf(request)
  const guess = request.campaign === null ? null : yield* find(windows, request.campaign)
  const first = guess?.known ?? (yield* campaignsOf(latest))[0]
  const guessed = spanOf(windows, days, yield* zoneOf(first))
  const campaigns = yield* campaignsIn(guessed)
  const name = request.campaign ?? campaigns[0]?.name
  if (name === undefined) return yield* nothing(path, days, windows)
  const found = guess ?? (yield* find(windows, name))
  if (found === null) {
    const names = (yield* campaignsOf(latest)).map(({ settings }) => settings.name)
    return yield* new WrongInput({
      sentence: `there is no campaign "${name}" in ${path}: the last window of its floor has ${names.join(", ")}.`
    })
  }
  const zone = yield* zoneOf(found.known)
  const span = spanOf(windows, days, zone)
  const { groups } = found.known.settings
  const attempts = yield* attemptsIn(name, span)
  const spans = yield* spansIn(groups, span)
  const stretch = stretchOf({ attempts, spans })
  if (stretch === null) return yield* nothing(path, days, windows)
  const until = Math.min(stretch.until, span.to)
  const loaded = yield* contactsLoaded(name, Math.min(span.to, until + 1))
  const query = { campaign: name, groups, contactsLoaded: loaded }
  const subject: LiveSubject = {
    version,
    campaign: name,
    settings: found.known.settings,
    zone,
    campaigns: yield* campaignsIn(span),
    days,
    from: stretch.from,
    until,
    windowCount: span.runs.length,
    isOpen: windows.some(({ closedAt, run }) => closedAt === null && span.runs.includes(run)),
    groups,
    counts: yield* countsOf({ ...query, ...span, run: span.runs }),
    list: yield* countsOf({ ...query, run: windows.map(({ run }) => run), from: always.from, to: span.to }),
    attempts,
    spans,
    holds: yield* holdsIn(name, span),
    law: yield* lawOf(found, { attempts, spans }, zone, { from: stretch.from, until, to: span.to }),
    results: yield* resultsOf(name, span, until, found.known),
    inbound: inboundFigures(yield* inboundIn(name, span))
  }
  return subject
})

/** The whole last window, or those windows that touch the days. */
const spanOf = (windows: ReadonlyArray<WindowRow>, days: LiveSubject["days"], zone: ZoneTable): LiveSpan => {
  if (days === null) return { ...always, runs: windows.slice(-1).map(({ run }) => run) }
  const from = dayStart(zone, dayOfText(days.from) ?? 0)
  const to = dayStart(zone, (dayOfText(days.to) ?? 0) + 1)
  const touched = windows.filter(({ closedAt, openedAt }) => openedAt < to && (closedAt ?? Infinity) > from)
  return { from, to, runs: touched.map(({ run }) => run) }
}

const farPast = "1970-01-01"
const farFuture = "9999-12-30"

const daysOf = Effect.fnUntraced(function* ({ from, to }: LiveRequest) {
  if (from === null && to === null) return null
  for (const [name, day] of [
    ["--from", from],
    ["--to", to]
  ] as const) {
    if (day !== null && (!/^\d{4}-\d\d-\d\d$/.test(day) || dayOfText(day) === null)) {
      return yield* new WrongInput({ sentence: `${name} ${day} is no day: write it like 2026-11-23.` })
    }
  }
  const days = { from: from ?? farPast, to: to ?? farFuture }
  if (days.from > days.to) return yield* new WrongInput({ sentence: `--from ${days.from} is after --to ${days.to}.` })
  return days
})

const daysText = ({ from, to }: NonNullable<LiveSubject["days"]>): string =>
  to === farFuture ? `from ${from} on` : from === farPast ? `up to ${to}` : `from ${from} to ${to}`

const nothing = (path: string, days: LiveSubject["days"], windows: ReadonlyArray<WindowRow>) => {
  const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10)
  const last = windows[windows.length - 1]
  const asked = days === null ? "in the last window" : daysText(days)
  return Effect.fail(
    new WrongInput({
      sentence: `no call is on record in ${path} ${asked}; its windows with calls were opened from ${dayOf(windows[0].openedAt)} to ${dayOf(last.openedAt)}. Choose days with --from and --to.`
    })
  )
}

const campaignsOf = Effect.fnUntraced(function* ({ id }: WindowRow) {
  const { books, dialler } = (yield* settingsOfWindow(id)) as WindowSettings
  return dialler.campaigns.map((settings, index): Known => ({ settings, book: books[index] }))
})

/** A campaign as the newest window had it that had it at all. */
const find = Effect.fnUntraced(function* (windows: ReadonlyArray<WindowRow>, name: string) {
  for (const window of windows.toReversed()) {
    const known = (yield* campaignsOf(window)).find(({ settings }) => settings.name === name)
    if (known !== undefined) return { known, window }
  }
  return null
})

/** Calls are not older, nor planned later; the version of the data is the runtime's own. */
const zoneSpan = { fromYear: 2_000, untilYear: 2_100, tzdata: "" }

const tableOf = (id: string): ZoneTable => {
  const table = zoneTable(id, zoneSpan) ?? zoneTable("UTC", zoneSpan)
  if (table === undefined) throw new Error("this runtime knows no time zones")
  return table
}

const zoneOf = ({ book, settings }: Known) => Effect.sync(() => tableOf(book?.zone ?? settings.law?.zone ?? "UTC"))

const lawOf = Effect.fnUntraced(function* (
  { known }: { readonly known: Known },
  records: Parameters<typeof lastDayOf>[0],
  zone: ZoneTable,
  time: { readonly from: number; readonly until: number; readonly to: number }
) {
  const { law, name, waitMillisMax } = known.settings
  if (law === null) return null
  const rows = yield* placedBefore(name, time.to, waitMillisMax)
  // Only rules that count people taken for machines ask for them, and they are looked for in the whole journal.
  const rules = law.composed.rules.abandon ?? []
  const isAsked = known.settings.detection && rules.some(({ includeAmdFalse }) => includeAmdFalse !== "no")
  const samples = isAsked ? yield* samplesOf(name) : []
  const beganAt = law.beganMillis ?? Math.min(law.epochMillis, rows[0]?.at ?? law.epochMillis)
  const tables = new Map([[zone.id, zone]])
  const facts = {
    rows,
    samples: samples.filter(({ placedAt }) => placedAt < time.to),
    beganAt,
    zoneOf: (id: string): ZoneTable => {
      const table = tables.get(id) ?? tableOf(id)
      tables.set(id, table)
      return table
    }
  }
  const start = dayStart(zone, lastDayOf(records, zone))
  const chart = chartWindow(law, facts, Math.max(start, time.until - 1))
  const counted = chart === null || chart.window.from >= start ? null : answeredIn(name, chart.window.from, start)
  const before = counted === null ? { answered: 0, abandoned: 0 } : yield* counted
  const result: LiveLaw = {
    windows: lawWindows(known.settings, law, facts, time),
    chart: chart === null ? null : { rule: chart.rule, before }
  }
  return result
})

const resultsOf = Effect.fnUntraced(function* (name: string, span: LiveSpan, until: number, { book }: Known) {
  const due = yield* promisesIn(name, { ...span, to: Math.min(span.to, until + 1) })
  const kept = due.filter(({ placed_at: placedAt }) => placedAt !== null)
  const inTime = kept.filter((each) => (each.placed_at ?? Infinity) <= each.due_at + promiseGraceMillis).length
  const byOther = kept.filter((each) => each.agent !== null && each.placed_by !== null && each.placed_by !== each.agent)
  const results: LiveSubject["results"] = {
    dispositions: yield* dispositionsIn(name, span),
    doNotCall: yield* doNotCallIn(name, span),
    promises: { due: due.length, inTime, late: kept.length - inTime, byOther: byOther.length },
    answers: yield* answersIn(name, span),
    script: book?.script ?? null
  }
  return results
})
