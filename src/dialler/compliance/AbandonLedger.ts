import type { AbandonRule } from "../../domain/compliance/Rules.ts"
import type { ZoneTable } from "../../domain/compliance/zoneTable.ts"
import { type AbandonReading, judge, type Judgement } from "./abandonment.ts"
import { type CampaignSpan, windowAt, type WindowBounds } from "./abandonWindows.ts"
import { emptyVector, type RawVector } from "./RawVector.ts"

/** One window of one rule, as a report shows it. */
export interface WindowReport extends Judgement {
  readonly rule: AbandonRule
  readonly window: WindowBounds
  readonly vector: Readonly<RawVector>
}

interface Entry {
  readonly bounds: WindowBounds
  readonly vector: RawVector
}

/** Windows of one kind, shared by the rules that use it. */
interface Track {
  readonly rules: ReadonlyArray<AbandonRule>
  readonly zone: ZoneTable
  readonly entries: Map<number, Entry>
  current: Entry | null
}

/**
 * Counts one campaign (one seller, one purpose) under all abandonment rules of its profiles. Every call is counted with
 * the instant it was dialled at, also for what becomes of it later, so that it stays in one window. Keep one ledger a
 * campaign, never one a list: splitting a list must not begin a window anew.
 */
export class AbandonLedger {
  readonly #campaign: CampaignSpan
  readonly #reading: AbandonReading
  readonly #tracks: ReadonlyArray<Track>

  constructor(
    rules: ReadonlyArray<AbandonRule>,
    tables: ReadonlyArray<ZoneTable>,
    campaignZone: string,
    campaign: CampaignSpan,
    reading: AbandonReading
  ) {
    this.#campaign = campaign
    this.#reading = reading
    const byWindow = new Map<string, Array<AbandonRule>>()
    for (const rule of rules) {
      const { days, kind, zone } = rule.window
      const key = [kind, days, zone ?? campaignZone].join(" ")
      byWindow.set(key, [...(byWindow.get(key) ?? []), rule])
    }
    this.#tracks = [...byWindow.values()].map((same) => {
      const id = same[0].window.zone ?? campaignZone
      const zone = tables.find((table) => table.id === id)
      if (zone === undefined) throw new Error(`the abandonment rules need the time zone ${id}`)
      return { rules: same, zone, entries: new Map(), current: null }
    })
  }

  /** Adds to a count of the windows that hold `dialledAt`. */
  add(what: keyof RawVector, dialledAt: number, count = 1): void {
    for (const track of this.#tracks) this.#entry(track, dialledAt).vector[what] += count
  }

  /** Whether one more abandoned call, dialled at `now`, would leave every ceiling unbroken. */
  mayAbandonOneMore(now: number): boolean {
    return this.allowanceLeft(now) >= 1
  }

  /** How many calls dialled at `now` may be abandoned before some ceiling is broken. */
  allowanceLeft(now: number): number {
    let left = Number.POSITIVE_INFINITY
    for (const track of this.#tracks) {
      const { vector } = this.#entry(track, now)
      for (const rule of track.rules) left = Math.min(left, judge(rule, vector, this.#reading).allowanceLeft)
    }
    return left
  }

  /** Every window of every rule, in order of time. */
  reports(): ReadonlyArray<WindowReport> {
    return this.#tracks.flatMap((track) =>
      track.rules.flatMap((rule) =>
        [...track.entries.values()]
          .sort((a, b) => a.bounds.from - b.bounds.from)
          .map(({ bounds, vector }) => ({ rule, window: bounds, vector, ...judge(rule, vector, this.#reading) }))
      )
    )
  }

  #entry(track: Track, instant: number): Entry {
    const { current } = track
    if (current !== null && current.bounds.from <= instant && instant < current.bounds.until) return current
    const bounds = windowAt(track.rules[0].window, track.zone, this.#campaign, instant)
    let entry = track.entries.get(bounds.index)
    if (entry === undefined) {
      entry = { bounds, vector: emptyVector() }
      track.entries.set(bounds.index, entry)
    }
    track.current = entry
    return entry
  }
}
