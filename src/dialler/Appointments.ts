import { DueQueue } from "./DueQueue.ts"

/** For whoever is free. */
export const anyone = -1

/**
 * Calls promised for an instant: each waits until it is due, then for its agent, and when its window is over for anyone.
 * Entries are told from later plans for the same contact by their ticket; those that no longer hold are passed over.
 */
export class Appointments {
  /** Promises that stand. */
  count = 0
  /** When the next one falls due, or goes over to anyone; Infinity for never. */
  nextAt = Number.POSITIVE_INFINITY
  readonly #planned = new DueQueue()
  readonly #forAnyone = new DueQueue()
  readonly #forAgent = new Map<number, DueQueue>()
  readonly #lapsing = new DueQueue()
  /** By contact. */
  readonly #agents = new Map<number, { readonly agent: number; readonly until: number; readonly ticket: number }>()
  #tickets = 0

  /** Promises a call at `at`, by this agent until `until`, by anyone afterwards. */
  add(contact: number, at: number, until: number, agent: number): void {
    this.#tickets += 1
    this.#agents.set(contact, { agent, until, ticket: this.#tickets })
    this.#planned.push(contact, at, this.#tickets)
    this.#sum()
  }

  #sum(): void {
    this.count = this.#agents.size
    this.nextAt = Math.min(this.#planned.headAt, this.#lapsing.headAt)
  }

  /** The promise is kept or given up. */
  forget(contact: number): void {
    this.#agents.delete(contact)
    this.count = this.#agents.size
  }

  has(contact: number): boolean {
    return this.#agents.has(contact)
  }

  /** Who promised it; `anyone` where it matters no more. */
  agentOf(contact: number): number {
    return this.#agents.get(contact)?.agent ?? anyone
  }

  /** Until when it is the agent's alone, or was; -1 without a promise. */
  untilOf(contact: number): number {
    return this.#agents.get(contact)?.until ?? -1
  }

  /** The contact this agent is to call now, own promises first; -1 without one. */
  peek(agent: number, now: number): number {
    this.settle(now)
    const own = this.#forAgent.get(agent)
    const mine = own === undefined ? -1 : this.#head(own)
    return mine >= 0 ? mine : this.#head(this.#forAnyone)
  }

  /** Agents with a call of their own that is due by `now`; some may have kept it meanwhile. */
  agentsDue(now: number): ReadonlyArray<number> {
    this.settle(now)
    return [...this.#forAgent].filter(([, queue]) => queue.size > 0).map(([agent]) => agent)
  }

  /** Moves on what has fallen due or lapsed by `now`. */
  settle(now: number): void {
    if (now < this.nextAt) return
    for (const queue = this.#planned; queue.headAt <= now; queue.pop()) {
      const contact = queue.head
      const promise = this.#agents.get(contact)
      if (promise === undefined || queue.headTicket !== promise.ticket) continue
      if (promise.agent === anyone) {
        this.#forAnyone.push(contact, queue.headAt, queue.headTicket)
        continue
      }
      const own = this.#forAgent.get(promise.agent) ?? new DueQueue()
      this.#forAgent.set(promise.agent, own)
      own.push(contact, queue.headAt, queue.headTicket)
      this.#lapsing.push(contact, promise.until, queue.headTicket)
    }
    for (const queue = this.#lapsing; queue.headAt <= now; queue.pop()) {
      const contact = queue.head
      const promise = this.#agents.get(contact)
      if (promise === undefined || queue.headTicket !== promise.ticket) continue
      this.#agents.set(contact, { ...promise, agent: anyone })
      this.#forAnyone.push(contact, queue.headAt, queue.headTicket)
    }
    this.#sum()
  }

  #head(queue: DueQueue): number {
    for (; queue.size > 0; queue.pop()) {
      if (this.#agents.get(queue.head)?.ticket === queue.headTicket) return queue.head
    }
    return -1
  }
}
