import type { Core } from "../src/dialler/Core.ts"
import { type InboundCall, type InboundFigures, inboundFigures } from "../src/domain/InboundCall.ts"
import { Outcome } from "../src/domain/Outcome.ts"
import type { Calendar } from "./Calendar.ts"
import { Kind } from "./Kind.ts"
import type { ListSource } from "./Lists.ts"
import { lawOf } from "./random/distributions.ts"
import type { Draws } from "./random/Draws.ts"
import type { Law } from "./random/Law.ts"
import { Source, sourcesOf } from "./random/sources.ts"
import type { Scenario } from "./Scenario.ts"

/** What is drawn for a caller: the last part of the key of a draw. 0 is that of requests to be called. */
const Property = { time: 1, who: 2, patience: 3 } as const

/**
 * People who call us during the day. When each of them calls, and who it is, is drawn by (seed, campaign, number of the
 * caller); how long they wait and talk by (seed, campaign, contact): nothing of it changes with the pacing.
 */
export class Callers {
  readonly #scenario: Scenario
  readonly #core: Core
  readonly #calendar: Calendar
  readonly #draws: Draws
  readonly #lists: ListSource
  readonly #from: number
  /** By campaign; null where callers wait for ever. */
  readonly #patience: ReadonlyArray<Law | null>
  /** By campaign: calls that came after the warm-up. */
  readonly #came: ReadonlyArray<Array<InboundCall>>

  /** Calls that come before `from` are not counted. */
  constructor(scenario: Scenario, core: Core, calendar: Calendar, draws: Draws, lists: ListSource, from: number) {
    this.#scenario = scenario
    this.#core = core
    this.#calendar = calendar
    this.#draws = draws
    this.#lists = lists
    this.#from = from
    this.#patience = scenario.campaigns.map(({ callers }) => {
      const patience = callers?.patience ?? null
      return patience === null ? null : lawOf(patience)
    })
    this.#came = scenario.campaigns.map(() => [])
  }

  /** Puts the first call to each campaign into the calendar. */
  fill(): void {
    this.#scenario.campaigns.forEach(({ callers }, campaign) => {
      if (callers !== undefined && callers.perHour > 0) this.#next(campaign, 1, 0)
    })
  }

  #next(campaign: number, caller: number, after: number): void {
    this.#draws.at(Source.arrival + sourcesOf(campaign), caller, Property.time)
    const mean = 3_600_000 / (this.#scenario.campaigns[campaign].callers?.perHour ?? 0)
    const at = after + Math.round(this.#draws.nextExponential(mean))
    if (at < this.#scenario.day.lengthMillis) this.#calendar.push(at, Kind.calls, campaign, caller)
  }

  /** Somebody calls: a contact of the list, or a person nobody knows yet. */
  calls(campaign: number, caller: number, now: number): void {
    this.#core.arrivals.arrives(campaign, this.#who(campaign, caller), now)
    this.#next(campaign, caller + 1, now)
  }

  #who(campaign: number, caller: number): number {
    const { callers, list } = this.#scenario.campaigns[campaign]
    const { size } = this.#core.campaigns[campaign].list
    this.#draws.at(Source.arrival + sourcesOf(campaign), caller, Property.who)
    const isKnown = this.#draws.nextChance(callers?.knownShare ?? 1)
    if (size > 0 && (isKnown || list.file !== undefined)) return this.#draws.nextBelow(size)
    this.#lists.caller(campaign)
    return size
  }

  /** How long a caller waits before hanging up, milliseconds; Infinity for ever. */
  patienceMillis(call: number): number {
    const { campaign, contact } = this.#core.calls
    const law = this.#patience[campaign[call]]
    if (law === null) return Number.POSITIVE_INFINITY
    this.#draws.at(Source.arrival + sourcesOf(campaign[call]), contact[call], Property.patience)
    return Math.round(law.draw(this.#draws) * 1_000)
  }

  turnedAway(campaign: number, now: number): void {
    if (now < this.#from) return
    this.#came[campaign].push({ outcome: "turned-away", handedBy: null, arrivedAt: now, connectedAt: null })
  }

  closed(call: number): void {
    const { calls } = this.#core
    if (calls.placedAt[call] < this.#from) return
    const connectedAt = calls.connectedAt[call] < 0 ? null : calls.connectedAt[call]
    this.#came[calls.campaign[call]].push({
      outcome: connectedAt === null ? unheard(calls.outcome[call]) : "connected",
      handedBy: calls.handedBy[call] < 0 ? null : calls.handedBy[call],
      arrivedAt: calls.placedAt[call],
      connectedAt
    })
  }

  /** What became of the calls to a campaign; null where nobody was to call. */
  figures(campaign: number): InboundFigures | null {
    return this.#scenario.campaigns[campaign].callers === undefined ? null : inboundFigures(this.#came[campaign])
  }
}

const unheard = (outcome: number): "gave-up" | "wait-over" => (outcome === Outcome.noAnswer ? "wait-over" : "gave-up")
