import { digitsOf } from "../../contacts/NumberSet.ts"
import { inOrder, type OrderColumns, ranksOf } from "../../contacts/orders.ts"
import { zoneEvidenceOf } from "../../contacts/zonesOfNumber.ts"
import { CallFlag } from "../../dialler/CallTable.ts"
import { Closed } from "../../dialler/ContactList.ts"
import type { Dialler } from "../../dialler/Dialler.ts"
import type { Verdict } from "../../dialler/rules/Verdict.ts"
import { zonesOf } from "../../domain/compliance/zoneEvidence.ts"
import type { Contact, ContactField, E164 } from "../../domain/Contact.ts"
import { contactStates, type FilterSubject, parameterPrefix } from "../../domain/Filter.ts"
import { answerPrefix, fillText } from "../../domain/flow/spokenText.ts"
import { counted } from "../../domain/form/fillForm.ts"
import type { Answers } from "../../domain/form/Form.ts"
import { outcomeNames } from "../../domain/Outcome.ts"
import type { DoNotCallRow } from "../../store/floor/doNotCallRows.ts"
import type { ContactBook } from "../floor/ContactBook.ts"
import type { FloorCore } from "../floor/FloorCore.ts"
import type { CallKey } from "../floor/FloorEvent.ts"
import { CallAnswers } from "./CallAnswers.ts"
import { CampaignContacts, type KnownContact } from "./CampaignContacts.ts"
import type { AnswersKept, Kept } from "./kept.ts"
import type { WindowSettings } from "./WindowSettings.ts"

/**
 * The contacts of a live floor: those the store has, in memory, with what rules, flows and scripts make known of them. Rows
 * are put in with `load` when they are in the store, and come to the core's lists by events, in their order. All of it
 * follows from the rows and the events: a journal gives the same again.
 */
export class StoredContacts implements ContactBook {
  readonly #settings: WindowSettings
  readonly #epoch: number
  readonly #campaigns: ReadonlyArray<CampaignContacts>
  readonly #answers = new CallAnswers()
  #core: Pick<FloorCore, "dialler" | "now"> | null = null
  #attempts = 0
  /** Calls to us, those turned away included. */
  #arrivals = 0
  /** By campaign: contacts of which parameters were set since `takeKept`. */
  readonly #changed: ReadonlyArray<Set<number>>
  #doNotCall: Array<DoNotCallRow> = []
  #answersKept: Array<AnswersKept> = []

  /** `epoch`: Unix milliseconds at instant 0 of the core's clock. */
  constructor(settings: WindowSettings, epoch: number) {
    this.#settings = settings
    this.#epoch = epoch
    this.#campaigns = settings.dialler.campaigns.map(({ name }, i) => new CampaignContacts(name, settings.books[i]))
    this.#changed = this.#campaigns.map(() => new Set())
  }

  /** The core whose contacts they are; to be said before the first event. */
  attach(core: Pick<FloorCore, "dialler" | "now">): void {
    this.#core = core
  }

  /** The next contact of a campaign is in the store. Contacts get their numbers in this order. */
  load(campaign: number, contact: KnownContact): void {
    this.#campaigns[campaign].push(contact)
  }

  /** How many contacts of a campaign are in the store, those that are on no list yet included. */
  loaded(campaign: number): number {
    return this.#campaigns[campaign].size
  }

  /** What is known of a contact now. */
  contactOf(campaign: number, contact: number): Contact {
    return this.#campaigns[campaign].contact(contact)
  }

  /** Which of its numbers, from 0; undefined for somebody who has withheld it, or was erased. */
  numberOf(campaign: number, contact: number, index: number): E164 | undefined {
    const { numbers } = this.#campaigns[campaign].contact(contact)
    return numbers.at(Math.min(index, numbers.length - 1))?.number
  }

  /** What is known for a place in a text of a call: see `domain/flow/spokenText`. Null where it is missing. */
  spoken(call: CallKey & { readonly campaign: number; readonly contact: number }, field: string): string | null {
    return valueOf(field, this.contactOf(call.campaign, call.contact), this.#answers.seen(call)?.flow ?? nothing)
  }

  /** Contacts that have a number, 20 of a campaign at most. */
  contactsWith(number: E164): ReadonlyArray<{ readonly campaign: number; readonly contact: number }> {
    return this.#campaigns.flatMap((own, campaign) =>
      own.contactsWith(number).map((contact) => ({ campaign, contact }))
    )
  }

  /**
   * Contacts on lists that have one of the numbers and may still be called there; those who asked for it only where that is
   * said.
   */
  stillCalledAt(numbers: ReadonlyArray<E164>, requestsToo = false): ReturnType<StoredContacts["contactsWith"]> {
    const { campaigns } = this.#dialler
    return numbers
      .flatMap((number) => this.contactsWith(number))
      .filter(({ campaign, contact }) => {
        const { list } = campaigns[campaign]
        return (
          contact < list.size &&
          list.closedAs[contact] !== Closed.doNotCall &&
          (requestsToo || !list.isRequest(contact))
        )
      })
  }

  /** When a contact was called last, Unix milliseconds; null for never. */
  lastAttemptAt(campaign: number, contact: number): number | null {
    return this.#campaigns[campaign].lastAttemptAt.get(contact) ?? null
  }

  /** It was called before the window began. */
  calledAt(campaign: number, contact: number, at: number): void {
    this.#campaigns[campaign].lastAttemptAt.set(contact, at)
  }

  /** What is to be kept of what has become known since this was asked last. */
  takeKept(): Kept {
    const changed = this.#changed.flatMap((contacts, campaign) => {
      const own = this.#campaigns[campaign]
      const rows = [...contacts].map((contact) => ({
        campaign: own.name,
        contact,
        parameters: own.contact(contact).parameters
      }))
      contacts.clear()
      return rows
    })
    const kept = { changed, doNotCall: this.#doNotCall, answers: this.#answersKept }
    this.#doNotCall = []
    this.#answersKept = []
    return kept
  }

  /* ---- lists ---- */

  /**
   * The next contacts in the store, each as it came: those who asked to be called go ahead of all others, those who called us
   * wait for no call. Two words of the floor may come in another order than their contacts did.
   */
  add(dialler: Dialler, campaign: number, count: number, now: number): void {
    const end = dialler.campaigns[campaign].list.size + count
    for (let first = end - count; first < end;) {
      let next = first
      while (next < end && this.#isListed(campaign, next)) next += 1
      if (next > first) this.#append(dialler, campaign, next - first, now)
      if (next < end) this.#admit(dialler, campaign, now)
      first = next + 1
    }
  }

  /** Whether it came with a list. */
  #isListed(campaign: number, contact: number): boolean {
    const { calledIn, requested } = this.known(campaign, contact)
    return !calledIn && !requested
  }

  #admit(dialler: Dialler, campaign: number, now: number): void {
    if (this.known(campaign, dialler.campaigns[campaign].list.size).requested) this.#request(dialler, campaign, now)
    else this.#caller(dialler, campaign)
  }

  #append(dialler: Dialler, campaign: number, count: number, now: number): void {
    const { list } = dialler.campaigns[campaign]
    const first = list.add(count, 0)
    list.setSegments(
      first,
      Uint16Array.from({ length: count }, (_, i) => this.segmentOf(campaign, this.known(campaign, first + i).segment))
    )
    dialler.campaigns[campaign].done = false
    for (let contact = first; contact < first + count; contact += 1) {
      this.introduce(dialler, campaign, contact)
      if (this.known(campaign, contact).forbidden) dialler.withdraw(campaign, contact, Closed.doNotCall)
    }
    // Before anything may be dialled.
    if (this.#settings.books[campaign].filter !== null) list.setFilter(this.#leftOut(dialler, campaign, now))
    this.order(dialler, campaign, now)
    dialler.addContacts(campaign, 0, 0, now)
  }

  request(dialler: Dialler, campaign: number, now: number): void {
    this.add(dialler, campaign, 1, now)
  }

  #request(dialler: Dialler, campaign: number, now: number): void {
    const contact = dialler.campaigns[campaign].list.size
    const segment = this.segmentOf(campaign, this.known(campaign, contact).segment)
    this.#place(dialler, campaign, contact)
    dialler.requestCallback(campaign, segment, now)
    const { list } = dialler.campaigns[campaign]
    list.numbers[contact] = this.#numberCount(campaign, contact)
  }

  caller(dialler: Dialler, campaign: number): void {
    this.add(dialler, campaign, 1, this.#now)
  }

  #caller(dialler: Dialler, campaign: number): void {
    const contact = dialler.campaigns[campaign].list.size
    const known = this.known(campaign, contact)
    dialler.arrivals.addCaller(campaign, this.segmentOf(campaign, known.segment))
    this.introduce(dialler, campaign, contact)
    if (known.forbidden) dialler.withdraw(campaign, contact, Closed.doNotCall)
  }

  /** As it came. */
  known(campaign: number, contact: number): KnownContact {
    return this.#campaigns[campaign].known(contact)
  }

  /** Position of a segment in the core; that of no name where the campaign does not know it. */
  segmentOf(campaign: number, name: string): number {
    const { segments } = this.#settings.dialler.campaigns[campaign].known
    const position = segments.indexOf(name)
    return position < 0 ? segments.length : position
  }

  /** Tells the core what it may know of a contact that is on its list. */
  introduce(dialler: Dialler, campaign: number, contact: number): void {
    const { list } = dialler.campaigns[campaign]
    list.numbers[contact] = this.#numberCount(campaign, contact)
    this.#place(dialler, campaign, contact)
  }

  /** As the core counts them; somebody who was erased has none, and is not called. */
  #numberCount(campaign: number, contact: number): number {
    return Math.min(255, Math.max(1, this.known(campaign, contact).is.numbers.length))
  }

  /** Where the contact is, whose number it has, and what that begins with. */
  #place(dialler: Dialler, campaign: number, contact: number): void {
    const own = this.#campaigns[campaign]
    const { compliance, shown } = dialler.campaigns[campaign]
    const { fields, numbers } = own.known(contact).is
    if (numbers.length === 0) return
    shown?.setNumber(contact, numbers[0].number)
    if (compliance === null) return
    const { calling } = compliance
    const first = own.firstWith(numbers)
    if (first < contact) return calling.sameNumber(contact, first)
    const zones = zonesOf(
      {
        ...(fields.zone === undefined ? {} : { record: fields.zone }),
        // Whichever of its numbers is dialled.
        number: numbers.flatMap(({ number }) => zoneEvidenceOf(number)),
        campaign: compliance.law.zone
      },
      calling.zoneRule
    )
    calling.setZone(contact, calling.zoneSet(zones))
  }

  /** Says which of its numbers is called, where the number shown depends on it. */
  showNumber(dialler: Dialler, campaign: number, contact: number): void {
    const { list, shown } = dialler.campaigns[campaign]
    const number = this.numberOf(campaign, contact, list.number[contact])
    if (number !== undefined) shown?.setNumber(contact, number)
  }

  order(dialler: Dialler, campaign: number, now: number): void {
    const { order } = this.#settings.books[campaign]
    if (order.length === 0) return
    const keyed = order.filter(({ by }) => by !== "fewest-attempts")
    const keys = keyed.length === 0 ? [] : [ranksOf(inOrder(this.#columns(dialler, campaign), keyed))]
    dialler.setOrder(campaign, keys, keyed.length < order.length, now)
  }

  #columns(dialler: Dialler, campaign: number): OrderColumns {
    const { attempts, size } = dialler.campaigns[campaign].list
    const each = (of: (known: KnownContact) => number) => (_: unknown, contact: number) =>
      of(this.known(campaign, contact))
    // Nobody says of a contact at which hour it is best called.
    const unknown = new Int8Array(size).fill(-1)
    return {
      size,
      key: Float64Array.from(
        { length: size },
        each(({ is }) => (is.numbers.length === 0 ? 0 : digitsOf(is.numbers[0].number)))
      ),
      loadedAt: Float64Array.from(
        { length: size },
        each(({ loadedAt }) => loadedAt)
      ),
      priority: Int32Array.from(
        { length: size },
        each(({ is }) => Number(is.fields.priority ?? 0))
      ),
      attempts,
      bestHour: unknown,
      localHour: unknown
    }
  }

  filter(dialler: Dialler, campaign: number, now: number): void {
    dialler.setFilter(campaign, this.#leftOut(dialler, campaign, now), now)
  }

  #leftOut(dialler: Dialler, campaign: number, now: number): Uint8Array | null {
    const own = this.#campaigns[campaign]
    const { filter } = own.settings
    if (filter === null) return null
    const holds = own.predicate(filter, this.#epoch + now)
    const { size } = dialler.campaigns[campaign].list
    return Uint8Array.from({ length: size }, (_, contact) => (holds(this.#subject(dialler, campaign, contact)) ? 0 : 1))
  }

  /* ---- what the core asks ---- */

  get #now(): FloorCore["now"] {
    return this.#attached.now
  }

  get #dialler(): Dialler {
    return this.#attached.dialler
  }

  get #attached(): Pick<FloorCore, "dialler" | "now"> {
    if (this.#core === null) throw new Error("contacts that belong to no core")
    return this.#core
  }

  #key(call: number): CallKey {
    return { call, generation: this.#dialler.calls.generation[call] }
  }

  #subject({ campaigns }: Dialler, campaign: number, contact: number): FilterSubject {
    const { list } = campaigns[campaign]
    const own = this.#campaigns[campaign]
    const state = contactStates[list.state[contact]]
    return {
      contact: own.contact(contact),
      attempts: list.attempts[contact],
      lastOutcome: list.attempts[contact] === 0 ? null : outcomeNames[list.lastOutcome[contact]],
      state,
      loadedAt: own.known(contact).loadedAt,
      lastAttemptAt: own.lastAttemptAt.get(contact) ?? null,
      dueAt: state === "retry" ? this.#epoch + list.dueAt[contact] : null
    }
  }

  fits(campaign: number, contact: number, filter: number): boolean {
    const dialler = this.#dialler
    const holds = this.#campaigns[campaign].predicate(
      dialler.campaigns[campaign].book.filters[filter],
      this.#epoch + this.#now
    )
    return holds(this.#subject(dialler, campaign, contact))
  }

  answersGiven(call: number, form: string, answers: Answers): void {
    const { script } = this.#settings.books[this.#dialler.calls.campaign[call]]
    if (script?.id === form) this.#answers.of(this.#key(call)).script = answers
  }

  answersTo(call: number, question: string): ReadonlyArray<string> {
    const { script } = this.#settings.books[this.#dialler.calls.campaign[call]]
    if (script === null) return []
    const given = counted(script, this.#answers.seen(this.#key(call))?.script ?? {})
    if (!Object.hasOwn(given, question)) return []
    const value = given[question]
    return typeof value === "object" ? value : [String(value)]
  }

  flowLooks(call: number, step: number): number {
    const { calls, campaigns } = this.#dialler
    const index = calls.campaign[call]
    const branch = campaigns[index].settings.flow?.steps[step]
    if (branch?.do !== "branch") return 0
    const subject = this.#subject(this.#dialler, index, calls.contact[call])
    let cases = 0
    let place = 0
    for (const each of branch.cases) {
      if (!("contact" in each)) continue
      if (this.#campaigns[index].predicate(each.contact, this.#epoch + this.#now)(subject)) cases |= 1 << place
      place += 1
    }
    return cases
  }

  flowSets(call: number, step: number): void {
    const { calls, campaigns } = this.#dialler
    const index = calls.campaign[call]
    const set = campaigns[index].settings.flow?.steps[step]
    if (set?.do !== "set") return
    const contact = calls.contact[call]
    const given = this.#answers.of(this.#key(call)).flow
    const value = fillText(set.value, (field) => valueOf(field, this.contactOf(index, contact), given))
    if ("answer" in set) given.set(set.answer, value)
    else this.#setParameter(index, contact, set.parameter, value)
  }

  answered(call: number, step: number, keys: string): void {
    const { calls, campaigns } = this.#dialler
    const name = campaigns[calls.campaign[call]].settings.flow?.steps[step].name
    if (name !== undefined) this.#answers.of(this.#key(call)).flow.set(name, keys)
  }

  ruled(call: number, { doNotCall, settingCount, settings }: Readonly<Verdict>): void {
    const { calls } = this.#dialler
    // Whoever is called and objects is on record as such when the attempt is closed.
    if (doNotCall && (calls.flags[call] & CallFlag.arrived) !== 0) this.#objects(call)
    for (let i = 0; i < settingCount; i += 1) {
      const { name, of, value } = settings[i]
      if (of === "contact") this.#setParameter(calls.campaign[call], calls.contact[call], name, value)
    }
  }

  #setParameter(campaign: number, contact: number, name: string, value: string): void {
    this.#campaigns[campaign].set(contact, name, value)
    this.#changed[campaign].add(contact)
  }

  attemptClosed(call: number): void {
    const { calls } = this.#dialler
    this.#attempts += 1
    const own = this.#campaigns[calls.campaign[call]]
    own.lastAttemptAt.set(calls.contact[call], this.#epoch + calls.placedAt[call])
    const { contact } = calls
    const { closedAs } = this.#dialler.campaigns[calls.campaign[call]].list
    if (closedAs[contact[call]] === Closed.doNotCall) this.#objects(call)
    this.#closed(call, this.#attempts)
  }

  turnAway(): void {
    this.#arrivals += 1
  }

  arrivalClosed(call: number): void {
    this.#arrivals += 1
    this.#closed(call, -this.#arrivals)
  }

  /** `attempt`: its number, below zero that of a call to us. */
  #closed(call: number, attempt: number): void {
    const { calls } = this.#dialler
    const index = calls.campaign[call]
    this.showNumber(this.#dialler, index, calls.contact[call])
    this.#keepAnswers(index, call, attempt)
  }

  /** The person wants no calls. */
  #objects(call: number): void {
    const { calls } = this.#dialler
    const since = this.#epoch + this.#now
    const { numbers } = this.known(calls.campaign[call], calls.contact[call]).is
    this.#doNotCall.push(...numbers.map(({ number }) => ({ number, source: ownObjections, since })))
  }

  #keepAnswers(campaign: number, call: number, attempt: number): void {
    const given = this.#answers.take(this.#key(call))
    if (given === undefined) return
    const { flow } = this.#settings.dialler.campaigns[campaign]
    const { script } = this.#settings.books[campaign]
    if (script !== null && Object.keys(given.script).length > 0) {
      this.#answersKept.push({ attempt, form: script, given: given.script })
    }
    if (flow !== null && given.flow.size > 0) {
      this.#answersKept.push({ attempt, flow: flow.name, given: Object.fromEntries(given.flow) })
    }
  }
}

const nothing: ReadonlyMap<string, string> = new Map()

/** Source of numbers of people who said themselves that they want no calls. */
export const ownObjections = "own"

const valueOf = (field: string, { fields, parameters }: Contact, given: ReadonlyMap<string, string>): string | null => {
  if (field.startsWith(answerPrefix)) return given.get(field.slice(answerPrefix.length)) ?? null
  if (!field.startsWith(parameterPrefix)) return fields[field as ContactField] ?? null
  const name = field.slice(parameterPrefix.length)
  return Object.hasOwn(parameters, name) ? parameters[name] : null
}
