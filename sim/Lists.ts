import { type OrderColumns, inOrder, ranksOf } from "../src/contacts/orders.ts"
import { Closed } from "../src/dialler/ContactList.ts"
import type { Dialler } from "../src/dialler/Dialler.ts"
import { unknownZone } from "../src/domain/compliance/zoneEvidence.ts"
import type { ContactFacts } from "./ContactFacts.ts"
import { FileContacts } from "./lists/FileContacts.ts"
import type { Draws } from "./random/Draws.ts"
import { Source, sourcesOf } from "./random/sources.ts"
import type { ListMakeUp, Scenario } from "./Scenario.ts"

/** Properties of a contact, each drawn for itself: the last part of the key of a draw. */
const Property = { segment: 0, zone: 1, doNotCall: 2, repeated: 3, priority: 4, bestHour: 5, prefix: 6 } as const
const hourMillis = 3_600_000
const dayHours = 24

/** What is known of single contacts of one campaign, by contact. */
interface Known {
  readonly makeUp: ListMakeUp
  /** Position in `zones`; -1 for a zone nobody knows. */
  zone: Int8Array
  priority: Int32Array
  /** Position in `bestHours`, -1 without one. */
  bestHour: Int8Array
}

/** Where contacts come from. */
export type ListSource = Pick<Lists, "add" | "request" | "caller" | "order" | "ordersByHour" | "withdraw">

/**
 * Puts contacts on the lists, with all that a scenario or a file says of them. What no file says is drawn by (seed, contact):
 * it does not change with the pacing, the law, or how many others there are.
 */
export class Lists {
  readonly #scenario: Scenario
  readonly #dialler: Dialler
  readonly #draws: Draws
  readonly #known: ReadonlyArray<Known | null>
  readonly #startMillis: number
  /** By campaign; null where the contacts are not of a file. */
  readonly #files: ReadonlyArray<FileContacts | null>
  /** By campaign: who is called; null for everybody. */
  readonly #filters: ReadonlyArray<ReturnType<ContactFacts["predicate"]> | null>

  constructor(scenario: Scenario, dialler: Dialler, draws: Draws, facts: ReadonlyArray<ContactFacts>) {
    this.#scenario = scenario
    this.#dialler = dialler
    this.#draws = draws
    this.#startMillis = scenario.day.startMinutes * 60_000
    this.#known = scenario.campaigns.map(({ list: { makeUp } }) =>
      makeUp === undefined
        ? null
        : { makeUp, zone: new Int8Array(0), priority: new Int32Array(0), bestHour: new Int8Array(0) }
    )
    this.#files = scenario.campaigns.map(({ list, settings }, campaign) =>
      list.file === undefined ? null : new FileContacts(list, settings, dialler.campaigns[campaign])
    )
    this.#filters = scenario.campaigns.map(({ list }, campaign) =>
      list.filter === undefined ? null : facts[campaign].predicate(list.filter)
    )
    this.#known.forEach((known, campaign) => {
      for (const segment of known?.makeUp.segmentsOff ?? [])
        dialler.campaigns[campaign].list.switchSegment(segment, false)
    })
  }

  /** New contacts at the end of a list; the dialler calls them at once if it may. */
  add(campaign: number, count: number, now: number): void {
    const { segments } = this.#scenario.campaigns[campaign].list
    const known = this.#known[campaign]
    const file = this.#files[campaign]
    if (segments.length <= 1 && known === null && file === null && this.#filters[campaign] === null) {
      this.#dialler.addContacts(campaign, count, 0, now)
      return
    }
    const { list } = this.#dialler.campaigns[campaign]
    const first = list.add(count, 0)
    if (segments.length > 1) {
      list.setSegments(
        first,
        Uint16Array.from({ length: count }, (_, i) => this.#segmentOf(campaign, first + i))
      )
    }
    if (known !== null) {
      reserve(known, first + count)
      for (let contact = first; contact < first + count; contact += 1) this.#learn(campaign, known, contact)
    }
    if (file !== null) for (let contact = first; contact < first + count; contact += 1) file.introduce(contact)
    // Before anything may be dialled.
    if (this.#filters[campaign] !== null) list.setFilter(this.#leftOut(campaign))
    if (known !== null) this.order(campaign, now)
    this.#dialler.addContacts(campaign, 0, 0, now)
  }

  /** Leaves out whom the campaign's filter leaves out as of now. */
  filter(campaign: number, now: number): void {
    this.#dialler.setFilter(campaign, this.#leftOut(campaign), now)
  }

  #leftOut(campaign: number): Uint8Array | null {
    const holds = this.#filters[campaign]
    if (holds === null) return null
    const { list } = this.#dialler.campaigns[campaign]
    return Uint8Array.from({ length: list.size }, (_, contact) => (holds(list, contact) ? 0 : 1))
  }

  /** Nobody calls the contact any more: the person wants no calls. */
  withdraw(campaign: number, contact: number): void {
    this.#dialler.withdraw(campaign, contact, Closed.doNotCall)
  }

  /** Says which of the contact's numbers is called, where the number shown depends on it. */
  showNumber(campaign: number, contact: number): void {
    this.#files[campaign]?.showNumber(contact)
  }

  /** A person asks to be called. */
  request(campaign: number, now: number): void {
    const contact = this.#dialler.campaigns[campaign].list.size
    const known = this.#known[campaign]
    if (known !== null) {
      reserve(known, contact + 1)
      this.#place(campaign, known, contact)
    }
    this.#dialler.requestCallback(campaign, this.#segmentOf(campaign, contact), now)
  }

  /** Somebody nobody knew calls, and is on the list from then on. */
  caller(campaign: number): void {
    const contact = this.#dialler.campaigns[campaign].list.size
    const known = this.#known[campaign]
    if (known !== null) {
      reserve(known, contact + 1)
      this.#place(campaign, known, contact)
    }
    this.#dialler.arrivals.addCaller(campaign, this.#segmentOf(campaign, contact))
  }

  #segmentOf(campaign: number, contact: number): number {
    const { segments } = this.#scenario.campaigns[campaign].list
    return (
      this.#files[campaign]?.segmentOf(contact) ??
      Math.max(0, this.#drawn(segments, this.#chance(campaign, contact, Property.segment)))
    )
  }

  #chance(campaign: number, contact: number, property: number): number {
    this.#draws.at(Source.list + sourcesOf(campaign), contact, property)
    return this.#draws.next()
  }

  /** Position of the part a draw falls into; the last one takes what rounding leaves. */
  #drawn(parts: ReadonlyArray<{ readonly share: number }>, u: number): number {
    let left = u
    for (let i = 0; i < parts.length - 1; i += 1) {
      left -= parts[i].share
      if (left < 0) return i
    }
    return parts.length - 1
  }

  /** Draws what a scenario says of the contact, and tells the dialler what it may know of it. */
  #learn(campaign: number, known: Known, contact: number): void {
    const { bestHours, doNotCallShare, priorities, repeatedNumberShare } = known.makeUp
    if (priorities.length > 0) {
      const drawn = this.#drawn(priorities, this.#chance(campaign, contact, Property.priority))
      known.priority[contact] = priorities[drawn].priority
    }
    if (bestHours.length > 0) {
      const u = this.#chance(campaign, contact, Property.bestHour)
      const shares = bestHours.reduce((sum, { share }) => sum + share, 0)
      known.bestHour[contact] = u < shares ? this.#drawn(bestHours, u) : -1
    }
    this.#tellNumber(campaign, known, contact)
    this.#place(campaign, known, contact)
    if (repeatedNumberShare > 0 && contact > 0) {
      if (this.#chance(campaign, contact, Property.repeated) < repeatedNumberShare) {
        const other = this.#draws.nextBelow(contact)
        known.zone[contact] = known.zone[other]
        this.#dialler.campaigns[campaign].compliance?.calling.sameNumber(contact, other)
      }
    }
    if (doNotCallShare > 0 && this.#chance(campaign, contact, Property.doNotCall) < doNotCallShare) {
      this.#dialler.withdraw(campaign, contact, Closed.doNotCall)
    }
  }

  /** What the contact's number begins with, where a number to show may depend on it. */
  #tellNumber(campaign: number, { makeUp }: Known, contact: number): void {
    const { shown } = this.#dialler.campaigns[campaign]
    if (shown === null || makeUp.prefixes.length === 0) return
    const u = this.#chance(campaign, contact, Property.prefix)
    const shares = makeUp.prefixes.reduce((sum, { share }) => sum + share, 0)
    if (u < shares) shown.setNumber(contact, makeUp.prefixes[this.#drawn(makeUp.prefixes, u)].prefix)
  }

  /** Where the contact is. */
  #place(campaign: number, known: Known, contact: number): void {
    const { unknownZoneShare, zones } = known.makeUp
    if (zones.length === 0 && unknownZoneShare === 0) return
    const u = this.#chance(campaign, contact, Property.zone)
    const isUnknown = u < unknownZoneShare
    if (!isUnknown && zones.length === 0) return
    known.zone[contact] = isUnknown ? -1 : this.#drawn(zones, (u - unknownZoneShare) / (1 - unknownZoneShare))
    const calling = this.#dialler.campaigns[campaign].compliance?.calling
    calling?.setZone(contact, calling.zoneSet([isUnknown ? unknownZone : zones[known.zone[contact]].zone]))
  }

  /** How much further the contact's own clock is than the day's. */
  shiftMillis(campaign: number, contact: number): number {
    const file = this.#files[campaign]
    if (file !== null) return file.shiftMillis(contact)
    const known = this.#known[campaign]
    if (known === null || known.makeUp.zones.length === 0) return 0
    const zone = known.zone[contact]
    return zone < 0 ? 0 : known.makeUp.zones[zone].shiftMillis
  }

  /** Multiplies the contact's answer chance at an instant. */
  pickup(campaign: number, contact: number, now: number): number {
    const known = this.#known[campaign]
    if (known === null || known.makeUp.bestHours.length === 0) return 1
    const best = known.makeUp.bestHours[known.bestHour[contact]]
    return best !== undefined && best.hour === this.#hour(campaign, contact, now) ? best.pickup : 1
  }

  /** Hour of the day where the contact is. */
  #hour(campaign: number, contact: number, now: number): number {
    const hours = Math.floor((this.#startMillis + now + this.shiftMillis(campaign, contact)) / hourMillis)
    return ((hours % dayHours) + dayHours) % dayHours
  }

  /** Whether the order of a list depends on the hour. */
  ordersByHour(campaign: number): boolean {
    return this.#known[campaign]?.makeUp.order.some(({ by }) => by === "best-hour") === true
  }

  /** Puts the contacts of a list in their order, as it is now. */
  order(campaign: number, now: number): void {
    const known = this.#known[campaign]
    if (known === null || known.makeUp.order.length === 0) return
    const { order } = known.makeUp
    const keyed = order.filter(({ by }) => by !== "fewest-attempts")
    const keys = keyed.length === 0 ? [] : [ranksOf(inOrder(this.#columns(campaign, known, now), keyed))]
    this.#dialler.setOrder(campaign, keys, keyed.length < order.length, now)
  }

  #columns(campaign: number, { bestHour, makeUp, priority }: Known, now: number): OrderColumns {
    const { list } = this.#dialler.campaigns[campaign]
    const { size } = list
    const numbers = Float64Array.from({ length: size }, (_, contact) => contact)
    const hours = makeUp.bestHours.map(({ hour }) => hour)
    const file = this.#files[campaign]
    return {
      size,
      // As on the live floor, so that an order by chance is the same there.
      key: file === null ? numbers : numbers.map((contact) => file.key(contact)),
      loadedAt: numbers,
      priority: file === null ? priority : Int32Array.from(numbers, (contact) => file.priority(contact)),
      attempts: list.attempts,
      bestHour: Int8Array.from({ length: size }, (_, contact) => hours[bestHour[contact]] ?? -1),
      localHour: Int8Array.from({ length: size }, (_, contact) => this.#hour(campaign, contact, now))
    }
  }
}

/** Makes room for contacts 0 to `size - 1`. */
const reserve = (known: Known, size: number): void => {
  const old = known.zone.length
  if (size <= old) return
  const capacity = Math.max(size, 2 * old, 64)
  const widened = <A extends Int8Array | Int32Array>(column: A, next: A): A => {
    next.set(column)
    return next
  }
  known.zone = widened(known.zone, new Int8Array(capacity).fill(-1))
  known.priority = widened(known.priority, new Int32Array(capacity))
  known.bestHour = widened(known.bestHour, new Int8Array(capacity).fill(-1))
}
