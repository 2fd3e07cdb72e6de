import type { Composed } from "../../domain/compliance/compose.ts"
import type { HolidayCalendar } from "../../domain/compliance/holidays.ts"
import { unknownZone } from "../../domain/compliance/zoneEvidence.ts"
import type { ZoneTable } from "../../domain/compliance/zoneTable.ts"
import type { ModeName } from "../../domain/Mode.ts"
import { Outcome } from "../../domain/Outcome.ts"
import { CallHistory, Last } from "./CallHistory.ts"
import { HoursPlan } from "./HoursPlan.ts"
import { sameClock } from "./localTime.ts"
import { OpenTimes } from "./OpenTimes.ts"
import { Reason } from "./Reason.ts"
import { depthOf, freeAt, type Restraint, restraintsOf } from "./restraints.ts"

/** What the rules need to know of the campaign. */
export interface CallingOptions {
  /** Longest a call rings before the dialler takes it back: nothing is dialled that could ring past the hours. */
  readonly ringMillisMax: number
  /** Every holiday calendar the profiles name, and those of `campaignCalendars`. */
  readonly calendars: ReadonlyArray<HolidayCalendar>
  /** Calendars of the campaign, for hours that speak of holidays without naming a calendar. */
  readonly campaignCalendars?: ReadonlyArray<string>
  /** The instant, in milliseconds since 1970 UTC, that the caller's clock calls 0; 0 for a clock that shows UTC. */
  readonly epochMillis?: number
  readonly mode?: ModeName
  /** Whether the outcome `machine` is the word of detection, which may have been a person; then its lock-out holds. */
  readonly machinesDetected?: boolean
  /** Whether the caller's number meets the profile (`fitsCallerId`). */
  readonly callerIdFits?: boolean
  /** Until when the copies of the suppression lists are fresh enough (`listsGoodUntil`), by the caller's clock. */
  readonly listsGoodUntil?: number
}

/** Zones in all of which a call must be allowed; `open` is null where a zone is not known. */
interface ZoneSet {
  readonly zones: ReadonlyArray<ZoneTable>
  readonly open: OpenTimes | null
}

/**
 * Whether and when each contact of a campaign may be called under composed profiles: hours and holidays where the person
 * is, caps, lock-outs, do-not-call. Instants are milliseconds of the caller's clock and never go back. What an event holds
 * back is worked out when it happens, so that `earliest` reads two columns and compares.
 */
export class CallingRules {
  /** Whether the zones given for a contact are to be all evidence there is, or the best. */
  readonly zoneRule: "best" | "all"
  /** What held the call `earliest` was last asked about, see `reasonNames`; `none` when it may be made at once. */
  reason: number = Reason.none
  readonly #options: CallingOptions
  readonly #composed: Composed
  readonly #tables: ReadonlyMap<string, ZoneTable>
  readonly #plan: HoursPlan
  readonly #restraints: ReadonlyArray<Restraint>
  readonly #history: CallHistory
  readonly #epoch: number
  readonly #ringMillisMax: number
  readonly #codes = new Map<string, number>()
  readonly #sets: Array<ZoneSet> = []
  #listsGoodUntil: number
  /** What forbids every call of the campaign. */
  #forbids: number = Reason.none

  /** Contacts there is room for. */
  #capacity = 0
  #zoneSet = new Uint32Array(0)
  #forbidden = new Uint8Array(0)
  /** From when on no cap or lock-out holds the contact, and which one is the last: for a call that finds its agent later. */
  #free = new Float64Array(0)
  #held = new Uint8Array(0)
  /** The same for a call for which an agent is reserved. */
  #freeReserved = new Float64Array(0)
  #heldReserved = new Uint8Array(0)
  /** The contact that stands for a number several contacts share; null as long as none do. */
  #standsFor: Int32Array | null = null

  constructor(composed: Composed, tables: ReadonlyArray<ZoneTable>, campaignZone: string, options: CallingOptions) {
    const { hours = [] } = composed.rules
    this.#options = options
    this.#composed = composed
    this.#tables = new Map(tables.map((table) => [table.id, table]))
    this.#plan = new HoursPlan(hours, options.calendars, options.campaignCalendars ?? [])
    this.#restraints = restraintsOf(composed.rules)
    const conversations = depthOf(this.#restraints, "conversation")
    this.#history = new CallHistory(depthOf(this.#restraints, "attempt"), conversations)
    this.#epoch = options.epochMillis ?? 0
    this.#ringMillisMax = options.ringMillisMax
    this.#listsGoodUntil = options.listsGoodUntil ?? Number.POSITIVE_INFINITY
    this.zoneRule = hours.some((layer) => layer.zoneRule === "all") ? "all" : "best"
    this.zoneSet([campaignZone])
    this.#judgeCampaign(options.mode)
  }

  /**
   * `now` if the contact may be called, else the earliest instant at which it may as far as is known now, else Infinity.
   * `reserved`: an agent is held for this call alone (manual, preview, progressive, callback). Leaves the `reason`.
   */
  earliest(contact: number, now: number, reserved: boolean): number {
    if (this.#forbids !== Reason.none) return this.#never(this.#forbids)
    let set = 0
    let at = now
    this.reason = Reason.none
    if (contact < this.#capacity) {
      const party = this.#standsFor === null ? contact : this.#standsFor[contact]
      if (this.#forbidden[party] === 1) return this.#never(Reason.doNotCall)
      const free = reserved ? this.#freeReserved[party] : this.#free[party]
      if (free > now) {
        at = free
        this.reason = reserved ? this.#heldReserved[party] : this.#held[party]
        if (at === Number.POSITIVE_INFINITY) return at
      }
      set = this.#zoneSet[party]
    }
    const { open } = this.#sets[set]
    if (open === null) return this.#never(Reason.unknownZone)
    const start = open.next(at + this.#epoch, this.#ringMillisMax) - this.#epoch
    if (start > this.#listsGoodUntil) return this.#never(Reason.listStale)
    if (start > now && this.reason === Reason.none) {
      this.reason = open.isHoliday(now + this.#epoch) ? Reason.holiday : Reason.hours
    }
    return start
  }

  /* ---- what is known of contacts ---- */

  /** The code of a set of zones, for `setZone`. A zone without a table makes it unknown: such calls are not made. */
  zoneSet(zones: ReadonlyArray<string>): number {
    const key = [...new Set(zones)].sort().join(" ")
    const known = this.#codes.get(key)
    if (known !== undefined) return known
    const tables: Array<ZoneTable> = []
    let unknown = zones.length === 0
    for (const zone of zones) {
      const table = zone === unknownZone ? undefined : this.#tables.get(zone)
      if (table === undefined) unknown = true
      else if (!tables.some((other) => sameClock(other, table))) tables.push(table)
    }
    const code = this.#sets.push({ zones: tables, open: unknown ? null : new OpenTimes(tables, this.#plan) }) - 1
    this.#codes.set(key, code)
    return code
  }

  /** Where the contact may be. Contacts never told about are in the campaign's zone. */
  setZone(contact: number, zoneSet: number): void {
    const party = this.#partyOf(contact)
    if (this.#zoneSet[party] === zoneSet) return
    this.#zoneSet[party] = zoneSet
    this.#weigh(party)
  }

  /** The contact's clock, where it is known; of several the first. */
  zoneOf(contact: number): ZoneTable | undefined {
    const party = this.#standsFor === null ? contact : (this.#standsFor[contact] ?? contact)
    return this.#sets[contact < this.#capacity ? this.#zoneSet[party] : 0].zones[0]
  }

  /** The contact is never to be called again. */
  forbid(contact: number): void {
    // Room for a new contact may come with a new column.
    const party = this.#partyOf(contact)
    this.#forbidden[party] = 1
  }

  /**
   * Both contacts have one number: from here on they share zone and history, those of `other`, and do-not-call. To be told
   * before the first call; what happened to `contact` alone is forgotten.
   */
  sameNumber(contact: number, other: number): void {
    this.reserve(Math.max(contact, other) + 1)
    this.#standsFor ??= Int32Array.from({ length: this.#capacity }, (_, own) => own)
    const party = this.#standsFor[other]
    if (this.#forbidden[this.#standsFor[contact]] === 1) this.#forbidden[party] = 1
    this.#standsFor[contact] = party
  }

  /* ---- what happens ---- */

  /** The contact's number is dialled now, whatever caller ID is shown. */
  attempted(contact: number, now: number): void {
    const party = this.#partyOf(contact)
    this.#history.attempted(party, now)
    this.#weigh(party)
  }

  /**
   * The attempt ended with one of the outcomes of `Outcome`. `late`: the wait limit had passed when the person hung up,
   * which makes it an abandoned call.
   */
  ended(contact: number, outcome: number, now: number, late = false): void {
    const party = this.#partyOf(contact)
    if (outcome === Outcome.connected) this.#history.talked(party, now)
    else if (outcome === Outcome.abandoned || (outcome === Outcome.hungUpWaiting && late)) {
      this.#history.happened(party, Last.abandoned, now)
    } else if (outcome === Outcome.machine && this.#options.machinesDetected !== false) {
      this.#history.happened(party, Last.machine, now)
    } else return
    this.#weigh(party)
  }

  /** The person refused the offer or further calls of this kind. */
  refused(contact: number, now: number): void {
    const party = this.#partyOf(contact)
    this.#history.happened(party, Last.refused, now)
    this.#weigh(party)
  }

  /** The campaign goes on in another mode. */
  setMode(mode: ModeName): void {
    this.#judgeCampaign(mode)
  }

  /** New copies of the suppression lists came in. */
  setListsGoodUntil(instant: number): void {
    this.#listsGoodUntil = instant
  }

  /** Makes room for so many contacts at once; otherwise room doubles as it is needed. */
  reserve(size: number): void {
    if (size <= this.#capacity) return
    const capacity = Math.max(size, this.#capacity * 2, 64)
    const old = this.#capacity
    this.#zoneSet = grown(this.#zoneSet, new Uint32Array(capacity))
    this.#forbidden = grown(this.#forbidden, new Uint8Array(capacity))
    this.#free = grown(this.#free, new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY))
    this.#freeReserved = grown(this.#freeReserved, new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY))
    this.#held = grown(this.#held, new Uint8Array(capacity))
    this.#heldReserved = grown(this.#heldReserved, new Uint8Array(capacity))
    if (this.#standsFor !== null) {
      this.#standsFor = grown(this.#standsFor, new Int32Array(capacity))
      for (let own = old; own < capacity; own += 1) this.#standsFor[own] = own
    }
    this.#history.reserve(capacity)
    this.#capacity = capacity
  }

  #partyOf(contact: number): number {
    if (contact >= this.#capacity) this.reserve(contact + 1)
    return this.#standsFor === null ? contact : this.#standsFor[contact]
  }

  #never(reason: number): number {
    this.reason = reason
    return Number.POSITIVE_INFINITY
  }

  #judgeCampaign(mode: ModeName | undefined): void {
    const forbidden = mode !== undefined && this.#composed.rules.modesForbidden?.includes(mode) === true
    this.#forbids = forbidden
      ? Reason.modeForbidden
      : this.#options.callerIdFits === false
        ? Reason.callerId
        : Reason.none
  }

  /** Works out from when on nothing holds a contact. */
  #weigh(party: number): void {
    const { zones } = this.#sets[this.#zoneSet[party]]
    let free = Number.NEGATIVE_INFINITY
    let held: number = Reason.none
    let freeReserved = Number.NEGATIVE_INFINITY
    let heldReserved: number = Reason.none
    for (const restraint of this.#restraints) {
      const until = freeAt(restraint, this.#history, party, zones, this.#epoch)
      if (until > free) {
        free = until
        held = restraint.reason
      }
      if (!restraint.lifted && until > freeReserved) {
        freeReserved = until
        heldReserved = restraint.reason
      }
    }
    this.#free[party] = free
    this.#held[party] = held
    this.#freeReserved[party] = freeReserved
    this.#heldReserved[party] = heldReserved
  }
}

const grown = <A extends Uint8Array | Uint32Array | Int32Array | Float64Array>(column: A, next: A): A => {
  next.set(column)
  return next
}
