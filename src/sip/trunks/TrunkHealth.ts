/**
 * Whether a trunk can take calls. `resting`: it refused a call or kept silent, and is left alone for a while.
 * `unregistered`: its registrar does not know us. `down`: it does not answer OPTIONS.
 */
export type TrunkState = "up" | "resting" | "unregistered" | "down"

/** A trunk came into another state; `now` as the input that led to it had. */
export type HealthListener = (change: {
  readonly from: TrunkState
  readonly to: TrunkState
  readonly now: number
}) => void

/** The first rest without a Retry-After; each next one is twice as long, up to the second figure. */
export const restMillisMin = 5_000
export const restMillisMax = 120_000
/** The longest Retry-After that is kept. */
export const retryAfterMillisMax = 300_000

/**
 * What is known of a trunk's health. Three things are known apart, and the worst of them is its state: silence, no
 * registration, a rest. Deterministic: `now` comes with each input, in milliseconds, and never goes back.
 */
export class TrunkHealth {
  readonly #listen: HealthListener
  #silent: string | undefined
  #unregistered: string | undefined
  #resting: string | undefined
  #restUntil = -Infinity
  #restedAt = -Infinity
  #nextRestMillis = restMillisMin
  #state: TrunkState
  #since: number

  /** One that registers is unregistered at first; any other is up until something says otherwise. */
  constructor(registers: boolean, now: number, listen: HealthListener) {
    this.#listen = listen
    this.#unregistered = registers ? "not registered yet" : undefined
    this.#state = this.#stateNow()
    this.#since = now
  }

  get state(): TrunkState {
    return this.#state
  }

  /** When it came into its state. */
  get since(): number {
    return this.#since
  }

  /** Why it takes no calls; empty while it is up. */
  get reason(): string {
    return this.#silent ?? this.#unregistered ?? this.#resting ?? ""
  }

  /** When its rest is over, once it has been probed; undefined while it has none. */
  get restUntil(): number | undefined {
    return this.#resting === undefined ? undefined : this.#restUntil
  }

  /**
   * A call that began at `startedAt` was not carried. Calls that were under way already when a rest began say nothing new:
   * they neither prolong it nor make the next one longer.
   */
  callFailed(status: number, startedAt: number, retryAfterSeconds: number | undefined, now: number): void {
    if (startedAt <= this.#restedAt) return
    this.#rest(status === 408 ? "a call got no answer" : `a call was refused with ${status}`, retryAfterSeconds, now)
  }

  /** A call got further than the trunk: the next rest is a short one again. */
  callCarried(): void {
    this.#nextRestMillis = restMillisMin
  }

  /** OPTIONS came to this status. Any answer shows life, save 503 (RFC 3261 §11.2 with §21.5.4); 408 is silence. */
  pinged(status: number, now: number): void {
    this.#silent = status === 408 ? "OPTIONS is not answered" : undefined
    const restIsOver = now >= this.#restUntil
    if (status === 503 && restIsOver) return this.#rest("OPTIONS was refused with 503", undefined, now)
    if (restIsOver) this.#resting = undefined
    this.#settle(now)
  }

  /** The time of rest is over and nobody probes. */
  restOver(now: number): void {
    if (now >= this.#restUntil) this.#resting = undefined
    this.#settle(now)
  }

  /** The registration holds; or, with a reason, it does not. */
  registered(problem: string | undefined, now: number): void {
    this.#unregistered = problem
    this.#settle(now)
  }

  #rest(reason: string, retryAfterSeconds: number | undefined, now: number): void {
    const asked = retryAfterSeconds === undefined ? 0 : retryAfterSeconds * 1_000
    const millis = asked > 0 ? Math.min(asked, retryAfterMillisMax) : this.#nextRestMillis
    if (asked <= 0) this.#nextRestMillis = Math.min(2 * this.#nextRestMillis, restMillisMax)
    this.#resting = reason
    this.#restedAt = now
    this.#restUntil = now + millis
    this.#settle(now)
  }

  #stateNow(): TrunkState {
    if (this.#silent !== undefined) return "down"
    if (this.#unregistered !== undefined) return "unregistered"
    return this.#resting === undefined ? "up" : "resting"
  }

  #settle(now: number): void {
    const from = this.#state
    const to = this.#stateNow()
    if (to === from) return
    this.#state = to
    this.#since = now
    this.#listen({ from, to, now })
  }
}
