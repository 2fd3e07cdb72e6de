import { dateText } from "../../src/domain/compliance/civil.ts"
import { dayStart, localDay } from "../../src/dialler/compliance/localTime.ts"
import { addCounts, emptyCounts } from "../../src/domain/Counts.ts"
import { abandoned, attempts as attemptCount, connected, live, measures } from "../../src/domain/measures.ts"
import { modes } from "../../src/domain/Mode.ts"
import type { AttemptRow, SpanRow } from "../../src/store/schema.ts"
import { abandonBins, abandonDayFigure, type Since } from "../abandonDay.ts"
import { agentDayFigure } from "../agentDay.ts"
import { callBins, callDayFigure } from "../callDay.ts"
import { binMinutes, type DayWindow } from "../dayBins.ts"
import { windowWords } from "../lawWords.ts"
import type { Figure } from "../Figure.ts"
import { count, percent } from "../format.ts"
import type { Table } from "../Table.ts"
import { countBlocks } from "./countBlocks.ts"
import { lastDayOf, stretchOf } from "./lastDay.ts"
import { shareOf } from "./liveEstimates.ts"
import type { LiveSubject } from "./LiveSubject.ts"
import { dayWords, minuteOfDay } from "./localWords.ts"

/** One local day with its rows, their instants milliseconds after the start of `window`. */
interface Day {
  readonly day: number
  readonly window: DayWindow
  readonly attempts: ReadonlyArray<AttemptRow>
  readonly spans: ReadonlyArray<SpanRow>
}

const binMillis = binMinutes * 60_000

/** The last local day on record; null when nothing is. */
export const lastDay = (of: LiveSubject): Day | null => {
  const { zone } = of
  if (of.attempts.length === 0 && of.spans.length === 0) return null
  const day = lastDayOf(of, zone)
  const [from, to] = [dayStart(zone, day), dayStart(zone, day + 1)]
  const attempts = of.attempts.filter(({ placedAt }) => placedAt >= from && placedAt < to)
  const spans = of.spans
    .filter((span) => span.to > from && span.from < to)
    .map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) }))
  const present = spans.filter(({ state }) => state !== "signed-out")
  const stretch = stretchOf({ attempts, spans: present })
  const start = Math.floor((stretch?.from ?? from) / binMillis) * binMillis
  const last = Math.max(
    present.reduce((end, span) => Math.max(end, span.to), start),
    attempts.at(-1)?.placedAt ?? start
  )
  return {
    day,
    window: { startMinutes: minuteOfDay(zone, start), lengthMillis: Math.max(binMillis, last - start) },
    attempts: attempts.map((row) => ({
      ...row,
      placedAt: row.placedAt - start,
      answeredAt: row.answeredAt === null ? null : row.answeredAt - start,
      endedAt: row.endedAt - start
    })),
    spans: present.map((span) => ({ ...span, from: span.from - start, to: span.to - start }))
  }
}

/** Whether nobody could be abandoned, and nobody was: an agent was held for every call, or a script served them. */
const isBare = ({ attempts }: Day, { settings }: LiveSubject): boolean =>
  attempts.every(
    ({ outcome, reserved }) =>
      outcome !== "abandoned" && (outcome !== "connected" || reserved || modes[settings.mode].servedBy === "script")
  )

/** What agents did, calls, and the abandon rate over the last day on record. */
export const dayFigures = (of: LiveSubject): ReadonlyArray<Figure> => {
  const day = lastDay(of)
  if (day === null) return []
  const whose = `live, on ${dayWords(day.day)} (time of ${of.zone.id})`
  return [
    ...(day.spans.length === 0 ? [] : [agentDayFigure(day.spans, day.window, whose)]),
    ...(day.attempts.length === 0
      ? []
      : [callDayFigure(day.attempts, day.window, "the same day"), ...abandonFigure(of, day)])
  ]
}

const abandonFigure = (of: LiveSubject, day: Day): ReadonlyArray<Figure> => {
  if (isBare(day, of)) return []
  const chart = of.law?.chart ?? null
  const bins = callBins(day.attempts, day.window)
  // Once calling has ended the last hour empties, and chance alone is left.
  const rows = abandonBins(bins.slice(0, bins.findLastIndex(({ placed }) => placed > 0) + 1), chart?.before)
  if (!Number.isFinite(rows.at(-1)?.cumulative)) return []
  const since: Since =
    chart === null
      ? { short: "since the start", long: "since the start of the day" }
      : { short: "in the law's window", long: `since the law's window began (${windowWords(chart.rule)})` }
  const caption =
    chart === null
      ? "and since the start of the day. The hourly line shows how much chance alone moves it."
      : `and over the window in which the law counts (${windowWords(chart.rule)}) up to then, earlier days of it included. ` +
        "The hourly line shows how much chance alone moves it; what each rule counts exactly stands under Compliance."
  return [abandonDayFigure(rows, day.window, of.settings.abandonLimit, since, caption)]
}

/** The days on record one by one; null for a single one. */
export const dayTable = ({ attempts, spans, zone }: LiveSubject): Table | null => {
  const days = new Map<number, { attempts: Array<AttemptRow>; spans: Array<SpanRow> }>()
  const dayOf = (day: number) => {
    const found = days.get(day) ?? { attempts: [], spans: [] }
    days.set(day, found)
    return found
  }
  for (const row of attempts) dayOf(localDay(zone, row.placedAt)).attempts.push(row)
  for (const span of spans) {
    for (let day = localDay(zone, span.from); dayStart(zone, day) < span.to; day += 1) {
      const [from, to] = [Math.max(span.from, dayStart(zone, day)), Math.min(span.to, dayStart(zone, day + 1))]
      if (to > from && span.state !== "signed-out") dayOf(day).spans.push({ ...span, from, to })
    }
  }
  if (days.size < 2) return null
  return {
    columns: [
      { name: "day", label: "Day" },
      { name: "attempts", label: "Calls", show: count },
      { name: "answered", label: "Answered by a person", show: count },
      { name: "connected", label: "Connected", show: count },
      { name: "abandon_rate", label: "Abandon rate", show: (v) => percent(v, 2) },
      { name: "abandon_rate_low", label: "from", show: (v) => percent(v, 2) },
      { name: "abandon_rate_high", label: "to", show: (v) => percent(v, 2) },
      { name: "occupancy", label: "Occupancy", show: (v) => percent(v) }
    ],
    rows: [...days]
      .sort(([a], [b]) => a - b)
      .map(([day, rows]) => {
        const counts = countBlocks(rows.attempts, rows.spans).reduce(addCounts, emptyCounts())
        const { high, low, mean } = shareOf(abandoned(counts), live(counts))
        const occupancy = measures.occupancy.of(counts)
        return [dateText(day), attemptCount(counts), live(counts), connected(counts), mean, low, high, occupancy]
      })
  }
}
