import { Calendar } from "../sim/Calendar.ts"
import { Draws } from "../sim/random/Draws.ts"
import { seedOf } from "../sim/random/seed.ts"
import { Source } from "../sim/random/sources.ts"
import { coreSeconds } from "./timing.ts"

const Kind = { arrives: 0, served: 1 } as const
/** Calendar time is whole milliseconds; the mean service takes this many, so that rounding to one is nothing. */
const unit = 1_000_000

export interface QueueResult {
  /** Between arrival and the start of service, over all customers, in mean service times. */
  readonly meanWait: number
  /** Of wall time, and of processor time. */
  readonly seconds: number
  readonly coreSeconds: number
}

/** M/M/1 at load `rho` on the event calendar alone, first come first served, from an empty start until all are served. */
export const mm1 = (customers: number, rho: number, seed: number): QueueResult => {
  const started = performance.now()
  const cpu = coreSeconds()
  const calendar = new Calendar()
  const draws = new Draws(...seedOf("mm1", seed))
  const queue = new Waiting()
  let waited = 0
  let arrived = 0
  let busy = false
  /** What customer number `arrived` needs; a customer's draws belong to the customer. */
  let service = 0
  const arrival = (now: number): void => {
    draws.at(Source.arrival, arrived, 0)
    calendar.push(now + Math.round(draws.nextExponential(unit / rho)), Kind.arrives, arrived, 0)
    service = Math.round(draws.nextExponential(unit))
  }
  arrival(0)
  while (calendar.size > 0) {
    calendar.pop()
    const now = calendar.at
    if (calendar.kind === Kind.arrives) {
      if (busy) queue.push(now, service)
      else {
        busy = true
        calendar.push(now + service, Kind.served, 0, 0)
      }
      arrived += 1
      if (arrived < customers) arrival(now)
    } else if (queue.size > 0) {
      waited += now - queue.headAt
      calendar.push(now + queue.pop(), Kind.served, 0, 0)
    } else busy = false
  }
  return {
    meanWait: waited / customers / unit,
    seconds: (performance.now() - started) / 1_000,
    coreSeconds: coreSeconds() - cpu
  }
}

/** Customers in the line: when they came and what they need. */
class Waiting {
  #at = new Float64Array(1_024)
  #service = new Float64Array(1_024)
  #head = 0
  size = 0

  get headAt(): number {
    return this.#at[this.#head]
  }

  push(at: number, service: number): void {
    const { length } = this.#at
    if (this.size === length) throw new RangeError("the line is longer than a load of 0.8 ever makes it")
    const end = (this.#head + this.size) & (length - 1)
    this.#at[end] = at
    this.#service[end] = service
    this.size += 1
  }

  /** Takes the first one out and returns the service time. */
  pop(): number {
    const service = this.#service[this.#head]
    this.#head = (this.#head + 1) & (this.#at.length - 1)
    this.size -= 1
    return service
  }
}

/** Mean wait of M/M/1, in mean service times. */
export const meanWait = (rho: number): number => rho / (1 - rho)

/**
 * Standard error of the mean wait of so many successive customers, in mean service times: waits of neighbours are alike,
 * so it is far larger than their own spread says. Daley, "The serial correlation coefficients of waiting times in a
 * stationary single server queue", Journal of the Australian Mathematical Society 8, 1968.
 */
export const meanWaitError = (rho: number, customers: number): number =>
  Math.sqrt((rho * (2 + 5 * rho - 4 * rho ** 2 + rho ** 3)) / (1 - rho) ** 4 / customers)

export const errorsMax = 5
