import { Reason } from "./compliance/Reason.ts"
import { Appointments } from "./Appointments.ts"
import { DueQueue } from "./DueQueue.ts"
import { FreshQueue, type OrderKeys } from "./FreshQueue.ts"
import { giveBack, zeroedBytes } from "./spareMemory.ts"

/** State of a contact in its campaign. */
export const ContactState = {
  fresh: 0,
  /** Taken by a preview or a call under way. */
  inWork: 1,
  /** To be called again, or for the first time, at `dueAt`. */
  retry: 2,
  /** Finished: nothing more will be tried. */
  closed: 3
} as const

/** How a contact was finished, in `closedAs`. */
export const Closed = {
  not: 0,
  byRule: 1,
  removed: 2,
  doNotCall: 3,
  forbidden: 4,
  invalid: 5,
  moved: 6,
  calledIn: 7
} as const

/** What says most of why nobody calls: the law's word, then people's, then what merely came of it. */
const closedRank: Readonly<Record<number, number>> = {
  [Closed.not]: 0,
  [Closed.calledIn]: 0.5,
  [Closed.byRule]: 1,
  [Closed.invalid]: 2,
  [Closed.moved]: 3,
  [Closed.removed]: 4,
  [Closed.forbidden]: 5,
  [Closed.doNotCall]: 6
}

/** The stronger of two reasons why a contact is finished, codes of `Closed`. */
export const strongerClosed = (a: number, b: number): number => (closedRank[b] > closedRank[a] ? b : a)

/** What a contact went through elsewhere, in the codes of the core. Instants are those of its clock, -1 for none. */
export interface RestoredPast {
  readonly attempts: number
  readonly lastOutcome: number
  readonly reached: boolean
  readonly number: number
  /** A code of `Closed`. */
  readonly closedAs: number
  readonly dueAt: number
  readonly promise: { readonly agent: number; readonly until: number } | null
}

/** Whether a reason passes by the clock, whatever became of the contact. */
const isOfHours = (reason: number): boolean =>
  reason === Reason.hours || reason === Reason.holiday || reason === Reason.callerIdCap

/** Where contacts with the fewest attempts come first, more attempts than this count alike. */
const attemptsApart = 12

/**
 * The contacts of one campaign as columns, and the order in which they are called: requests (callbacks) first, then
 * retries that are due (equal instants as they were planned), then contacts never called. Segments are switched on and off,
 * a filter leaves contacts out, and keys decide the order. About 45 bytes a contact, and 20 more while a call is planned.
 */
export class ContactList {
  state = new Uint8Array(0)
  attempts = new Uint8Array(0)
  /** 1 once an agent has talked to the person in a call of ours, 2 if only in calls to us. */
  reached = new Uint8Array(0)
  segment = new Uint16Array(0)
  dueAt = new Float64Array(0)
  /** Attempts by outcome, one row of `ruleCount` for each contact. */
  byRule = new Uint8Array(0)
  /** What holds a planned call back, a code of `compliance/Reason`; 0 where nothing but its own time does. */
  held = new Uint8Array(0)
  /** Outcome of its last attempt; only of contacts with attempts. */
  lastOutcome = new Uint8Array(0)
  /** How it was finished, a code of `Closed`. */
  closedAs = new Uint8Array(0)
  /** Which of the contact's numbers is dialled next, from 0, and how many it has. */
  number = new Uint8Array(0)
  numbers = new Uint8Array(0)
  /** 1 + the agent who had it in hand last; 0 for nobody. */
  #lastAgent = new Int32Array(0)
  /** Contacts an agent passed over and nobody has taken since. */
  readonly #refused = new Set<number>()
  readonly ruleCount: number
  size = 0
  attempted = 0
  reachedCount = 0
  closed = 0
  /** Contacts that something holds back, see `held`; of these, those that wait for the clock alone. */
  heldCount = 0
  waitingForHours = 0
  /** Contacts never called, not requested, and chosen by segment and filter. */
  freshCount = 0
  readonly promises = new Appointments()
  readonly #fresh = new FreshQueue()
  /** One queue, or one for each number of attempts where the fewest come first. */
  #retries: ReadonlyArray<DueQueue> = [new DueQueue()]
  /** Contacts never called that were held back: when their time comes they are what they were, behind retries. */
  #returning = new DueQueue()
  #plans = 0
  #requests: Array<number> = []
  #nextRequest = 0
  /** Requests that were not called yet. */
  readonly #asked = new Set<number>()
  readonly #segmentsOff = new Set<number>()
  /** 1 for a contact the filter leaves out. */
  #leftOut: Uint8Array | null = null
  #keys: OrderKeys = []
  /** Planned calls that fell due while segment or filter left them out. */
  #parked: Array<number> = []

  constructor(ruleCount: number) {
    this.ruleCount = ruleCount
  }

  /** Appends contacts of one segment; the first new contact's number is returned. */
  add(count: number, segment: number): number {
    const first = this.size
    this.#reserve(first + count)
    this.segment.fill(segment, first, first + count)
    this.numbers.fill(1, first, first + count)
    this.size += count
    this.#enter(first, this.size)
    return first
  }

  /** Gives segments to contacts that were just added, before anything else happens to them. */
  setSegments(first: number, segments: ArrayLike<number>): void {
    this.segment.set(segments, first)
    if (this.#segmentsOff.size > 0) this.#choose()
  }

  #enter(first: number, end: number): void {
    if (!this.#chooses()) {
      this.#fresh.append(first, end, null)
      this.freshCount += end - first
      return
    }
    for (let contact = first; contact < end; contact += 1) if (this.#isChosen(contact)) this.freshCount += 1
    this.#fresh.append(first, end, (contact) => this.#isChosen(contact))
  }

  /** Appends one contact that asked to be called: ahead of everybody, first come first served. */
  request(segment: number): number {
    const contact = this.size
    this.#reserve(contact + 1)
    this.segment[contact] = segment
    this.numbers[contact] = 1
    this.size += 1
    this.#requests.push(contact)
    this.#asked.add(contact)
    return contact
  }

  /** Appends one contact that called us: it is on the list to be known, and waits for no call. */
  addCaller(segment: number): number {
    const contact = this.request(segment)
    this.lift(contact)
    this.close(contact, Closed.calledIn)
    return contact
  }

  /** The next contact that may be called at `now`, or -1. Does not take it. */
  peek(now: number): number {
    if (this.#nextRequest < this.#requests.length) return this.#requests[this.#nextRequest]
    const retries = this.#retries
    if (retries.length === 1) {
      const retry = this.#peekRetry(retries[0], now)
      return retry >= 0 ? retry : this.#peekFresh(now)
    }
    const fresh = this.#peekFresh(now)
    if (fresh >= 0) return fresh
    for (let i = 0; i < retries.length; i += 1) {
      const retry = this.#peekRetry(retries[i], now)
      if (retry >= 0) return retry
    }
    return -1
  }

  #peekFresh(now: number): number {
    const returning = this.#returning.headAt <= now ? this.#peekRetry(this.#returning, now) : -1
    return returning >= 0 ? returning : this.#fresh.peek(this.state)
  }

  #peekRetry(retries: DueQueue, now: number): number {
    while (retries.headAt <= now) {
      const contact = retries.head
      if (this.#isPlanned(contact, retries.headAt)) {
        if (!this.#chooses() || this.#isChosen(contact)) return contact
        this.#parked.push(contact)
      }
      retries.pop()
    }
    return -1
  }

  /** Earliest instant at which a contact may be called that cannot be now; Infinity without one. */
  get nextDueAt(): number {
    let at = this.#returning.headAt
    for (let i = 0; i < this.#retries.length; i += 1) at = Math.min(at, this.#retries[i].headAt)
    return at
  }

  /** The contact promised to this agent, or to anyone, for now; -1 without one. */
  peekPromised(agent: number, now: number): number {
    if (this.promises.count === 0) return -1
    for (;;) {
      const contact = this.promises.peek(agent, now)
      if (contact < 0 || !this.#chooses() || this.#isChosen(contact)) return contact
      this.promises.forget(contact)
      this.#parked.push(contact)
    }
  }

  /** Takes a contact `peek` or `peekPromised` returned. */
  take(contact: number): void {
    if (this.state[contact] === ContactState.retry) {
      const retries = this.#retriesOf(contact)
      if (retries.head === contact && this.#isPlanned(contact, retries.headAt)) retries.pop()
      else if (this.#returning.head === contact && this.#isPlanned(contact, this.#returning.headAt))
        this.#returning.pop()
      else this.promises.forget(contact)
      if (this.held[contact] !== 0) this.setHeld(contact, 0)
      if (this.#refused.size > 0) this.#refused.delete(contact)
    } else if (this.#nextRequest < this.#requests.length && this.#requests[this.#nextRequest] === contact) {
      this.#nextRequest += 1
      if (this.#nextRequest === 1024) {
        this.#requests = this.#requests.slice(1024)
        this.#nextRequest = 0
      }
    } else {
      this.#fresh.pop()
      this.freshCount -= 1
    }
    this.state[contact] = ContactState.inWork
  }

  /** This agent has the contact in hand. */
  inHandOf(contact: number, agent: number): void {
    this.#lastAgent[contact] = 1 + agent
    if (this.#refused.size > 0) this.#refused.delete(contact)
  }

  /** The agent who had the contact in hand last; -1 for nobody. */
  lastAgent(contact: number): number {
    return this.#lastAgent[contact] - 1
  }

  /** The agent passes the contact over; it is due again at `dueAt`. */
  refuse(contact: number, dueAt: number): void {
    this.retry(contact, dueAt)
    this.#refused.add(contact)
  }

  isRefused(contact: number): boolean {
    return this.#refused.has(contact)
  }

  /** Whether it asked to be called and was not called yet. */
  isRequest(contact: number): boolean {
    return this.#asked.has(contact)
  }

  isLeftOut(contact: number): boolean {
    return this.#leftOut !== null && contact < this.#leftOut.length && this.#leftOut[contact] === 1
  }

  /** Puts back a contact that was taken and not called after all. It is the next one; a request keeps its turn. */
  giveBack(contact: number, now: number): void {
    if (!this.#asked.has(contact)) return this.retry(contact, now)
    let turn = this.#nextRequest
    while (turn < this.#requests.length && this.#requests[turn] < contact) turn += 1
    this.#requests.splice(turn, 0, contact)
    this.state[contact] = ContactState.fresh
  }

  /** Puts back one in work that was never called: among the requests, or first of those of its kind at `dueAt`. */
  comeBack(contact: number, asked: boolean, dueAt: number): void {
    if (!asked) return this.#plan(this.#returning, contact, dueAt)
    this.#asked.add(contact)
    this.giveBack(contact, dueAt)
  }

  /** Counts the attempt that is placed now and returns its number, from 1. */
  attempt(contact: number): number {
    if (this.attempts[contact] === 0) {
      this.attempted += 1
      if (this.#asked.size > 0) this.#asked.delete(contact)
    }
    if (this.attempts[contact] < 255) this.attempts[contact] += 1
    return this.attempts[contact]
  }

  reach(contact: number): void {
    if (this.reached[contact] === 1) return
    this.reached[contact] = 1
    this.reachedCount += 1
  }

  /** Plans the next call of a contact that is in work. */
  retry(contact: number, dueAt: number): void {
    this.#plan(this.#retriesOf(contact), contact, dueAt)
  }

  #plan(queue: DueQueue, contact: number, dueAt: number): void {
    this.state[contact] = ContactState.retry
    this.dueAt[contact] = dueAt
    this.#plans += 1
    queue.push(contact, dueAt, this.#plans)
  }

  /** Plans the call of a waiting contact anew, for its time: whoever was held back before the first call stays behind. */
  #replan(contact: number): void {
    const returns = this.attempts[contact] === 0 && this.held[contact] !== 0
    this.#plan(returns ? this.#returning : this.#retriesOf(contact), contact, this.dueAt[contact])
  }

  /** Whether an entry of the retries still holds; of two for one contact and instant the first is as good as the other. */
  #isPlanned(contact: number, at: number): boolean {
    if (this.state[contact] !== ContactState.retry || this.dueAt[contact] !== at) return false
    return this.promises.count === 0 || !this.promises.has(contact)
  }

  #retriesOf(contact: number): DueQueue {
    const retries = this.#retries
    return retries.length === 1 ? retries[0] : retries[Math.min(retries.length - 1, this.attempts[contact])]
  }

  /** Plans a call that is promised for `dueAt`: by this agent until `until`, by anyone (-1) afterwards. */
  promise(contact: number, dueAt: number, until: number, agent: number): void {
    this.state[contact] = ContactState.retry
    this.dueAt[contact] = dueAt
    this.promises.add(contact, dueAt, until, agent)
  }

  /** The contact `peek` returned may not be called before `until`, for this reason. */
  hold(contact: number, until: number, reason: number): void {
    const isFresh = this.attempts[contact] === 0 && this.state[contact] === ContactState.fresh
    const returns = isFresh || this.#returning.head === contact
    this.take(contact)
    if (returns) this.#plan(this.#returning, contact, until)
    else this.retry(contact, until)
    this.setHeld(contact, reason)
  }

  /** Why a planned call is kept waiting; 0 for no reason. */
  setHeld(contact: number, reason: number): void {
    this.heldCount += (reason === 0 ? 0 : 1) - (this.held[contact] === 0 ? 0 : 1)
    this.waitingForHours += Number(isOfHours(reason)) - Number(isOfHours(this.held[contact]))
    this.held[contact] = reason
  }

  /** Nothing more is tried; `as` is a code of `Closed`. The contact is in work. */
  close(contact: number, as: number = Closed.byRule): void {
    this.state[contact] = ContactState.closed
    this.closedAs[contact] = as
    this.closed += 1
  }

  /**
   * Gives a contact that was just added the past it has elsewhere, apart from what the law remembers. `counts`: attempts by
   * the outcomes the rules count. One never called, nor planned or closed, stays as it is.
   */
  restore(contact: number, past: RestoredPast, counts: ArrayLike<number>): void {
    if (past.attempts === 0 && past.closedAs === Closed.not && past.promise === null && past.dueAt < 0) return
    this.lift(contact)
    this.attempts[contact] = Math.min(255, past.attempts)
    if (past.attempts > 0) this.attempted += 1
    this.byRule.set(counts, contact * this.ruleCount)
    this.lastOutcome[contact] = past.lastOutcome
    this.number[contact] = past.number
    if (past.reached) this.reach(contact)
    if (past.closedAs !== Closed.not) this.close(contact, past.closedAs)
    else if (past.promise !== null) this.promise(contact, past.dueAt, past.promise.until, past.promise.agent)
    else this.retry(contact, Math.max(0, past.dueAt))
  }

  /** Takes a contact that waits from wherever it does; false for one in work or closed. */
  lift(contact: number): boolean {
    const state = this.state[contact]
    if (state === ContactState.inWork || state === ContactState.closed) return false
    if (state === ContactState.retry) {
      this.promises.forget(contact)
      this.setHeld(contact, 0)
    } else if (this.#asked.delete(contact)) this.#requests.splice(this.#requests.indexOf(contact, this.#nextRequest), 1)
    else if (this.#isChosen(contact)) this.freshCount -= 1
    this.state[contact] = ContactState.inWork
    return true
  }

  /** Takes a contact that called in from its place, where it waits for nothing; false for another. */
  reopen(contact: number): boolean {
    if (this.state[contact] !== ContactState.closed || this.closedAs[contact] !== Closed.calledIn) return false
    this.state[contact] = ContactState.inWork
    this.closedAs[contact] = Closed.not
    this.closed -= 1
    return true
  }

  /**
   * Nothing more is tried: at once, or for a contact in work as soon as that is over. `as` is a code of `Closed`; one that
   * was finished or withdrawn before keeps the stronger reason.
   */
  withdraw(contact: number, as: number): void {
    if (this.lift(contact)) this.close(contact, as)
    else this.closedAs[contact] = strongerClosed(this.closedAs[contact], as)
  }

  /** Whether nothing is left to call, now or later, and nothing is under way. */
  get exhausted(): boolean {
    return this.closed === this.size
  }

  /* ---- which contacts, and in what order ---- */

  isSegmentOn(segment: number): boolean {
    return !this.#segmentsOff.has(segment)
  }

  /** Contacts of a segment that is off wait until it is on again; calls under way go on. */
  switchSegment(segment: number, on: boolean): void {
    if (on === this.isSegmentOn(segment)) return
    if (on) this.#segmentsOff.delete(segment)
    else this.#segmentsOff.add(segment)
    this.#choose()
  }

  /** Contacts with a 1 are left out; null leaves nobody out. Later contacts are in unless the column has them. */
  setFilter(leftOut: Uint8Array | null): void {
    this.#leftOut = leftOut
    this.#choose()
  }

  /** Order of contacts never called: by keys, none for as loaded. `fewestFirst`: those with the fewest attempts before. */
  setOrder(keys: OrderKeys, fewestFirst: boolean): void {
    this.#keys = keys
    const queues = fewestFirst ? attemptsApart : 1
    if (queues !== this.#retries.length) {
      this.#retries = Array.from({ length: queues }, () => new DueQueue())
      this.#returning = new DueQueue()
      for (let contact = 0; contact < this.size; contact += 1) {
        if (this.state[contact] === ContactState.retry && !this.promises.has(contact)) this.#replan(contact)
      }
      this.#parked = []
    }
    this.#choose()
  }

  /** Puts a contact into another segment. */
  move(contact: number, segment: number): void {
    const before = this.#isChosen(contact)
    this.segment[contact] = segment
    // What is planned is looked at when it falls due.
    if (this.state[contact] === ContactState.fresh && before !== this.#isChosen(contact)) this.#choose()
  }

  #chooses(): boolean {
    return this.#segmentsOff.size > 0 || this.#leftOut !== null
  }

  #isChosen(contact: number): boolean {
    if (this.#segmentsOff.has(this.segment[contact])) return false
    return !this.isLeftOut(contact)
  }

  #choose(): void {
    let count = 0
    const chosen = (contact: number): boolean => {
      if (this.state[contact] !== ContactState.fresh || this.#asked.has(contact) || !this.#isChosen(contact))
        return false
      count += 1
      return true
    }
    this.#fresh.rebuild(this.size, chosen, this.#keys)
    this.freshCount = count
    const parked = this.#parked
    this.#parked = []
    for (const contact of parked) {
      if (this.state[contact] === ContactState.retry && !this.promises.has(contact)) this.#replan(contact)
    }
  }

  /** The list is done with: a later one may have its memory, and nothing may look at it again. */
  release(): void {
    if (this.size > 0) giveBack(this.state.buffer)
    this.size = 0
  }

  #reserve(size: number): void {
    const old = this.state.length
    if (size <= old) return
    const capacity = Math.max(size, old * 2, 64)
    // All columns in one piece of memory, the wide ones first, so that each begins at a multiple of its width.
    const memory = zeroedBytes(capacity * (columnBytes + this.ruleCount))
    let used = 0
    const grown = <A extends Column>(column: A, of: ColumnOf<A>, length = capacity): A => {
      const next = new of(memory, used, length)
      next.set(column)
      used += next.byteLength
      return next
    }
    this.dueAt = grown(this.dueAt, Float64Array)
    this.#lastAgent = grown(this.#lastAgent, Int32Array)
    this.segment = grown(this.segment, Uint16Array)
    this.state = grown(this.state, Uint8Array)
    this.attempts = grown(this.attempts, Uint8Array)
    this.reached = grown(this.reached, Uint8Array)
    this.held = grown(this.held, Uint8Array)
    this.lastOutcome = grown(this.lastOutcome, Uint8Array)
    this.closedAs = grown(this.closedAs, Uint8Array)
    this.number = grown(this.number, Uint8Array)
    this.numbers = grown(this.numbers, Uint8Array)
    this.byRule = grown(this.byRule, Uint8Array, capacity * this.ruleCount)
  }
}

type Column = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>
type ColumnOf<A extends Column> = new (memory: ArrayBuffer, from: number, length: number) => A
/** Width of all columns together but for `byRule`. */
const columnBytes = 8 + 4 + 2 + 8 * 1
