import type { TrunkHealth } from "./TrunkHealth.ts"
import type { TrunkSettings } from "./TrunkSettings.ts"

/** How long a call waits at most for its turn on a trunk, in milliseconds; beyond, the trunk counts as taken. */
export const turnMillisMax = 1_000

/** The last final word of a trunk: to a call, or to OPTIONS. `at` in the clock of the inputs. */
export interface TrunkAnswer {
  readonly status: number
  readonly at: number
}

/**
 * One trunk's lines, turns and counts. A turn is the moment a call may begin; turns are at least 1 s ÷ calls a second
 * apart, so that no second has more calls than allowed, wherever it begins. `now` in milliseconds, never going back.
 */
export class Trunk {
  readonly settings: TrunkSettings
  readonly health: TrunkHealth
  /** What its registrar wants calls to carry as Route (RFC 3608), in order. */
  serviceRoute: ReadonlyArray<string> = []
  readonly #gapMillis: number
  #lines = 0
  #placed = 0
  #failed = 0
  #nextTurn = -Infinity
  #lastBegin = -Infinity
  #lastAnswer: TrunkAnswer | undefined

  constructor(settings: TrunkSettings, health: TrunkHealth) {
    this.settings = settings
    this.health = health
    this.#gapMillis = Math.ceil(1e6 / settings.callsPerSecondMax) / 1e3
  }

  /** Lines in use, those kept for calls that wait for their turn included. */
  get lines(): number {
    return this.#lines
  }
  /** Calls begun. */
  get placed(): number {
    return this.#placed
  }
  /** Calls it did not carry. */
  get failed(): number {
    return this.#failed
  }
  get lastAnswer(): TrunkAnswer | undefined {
    return this.#lastAnswer
  }
  get isFull(): boolean {
    return this.#lines >= this.settings.linesMax
  }
  /** The share of its lines in use, 0 to 1. */
  get load(): number {
    return this.#lines / this.settings.linesMax
  }

  /** How long a call that came now would wait for its turn. */
  waitMillis(now: number): number {
    return Math.max(0, this.#nextTurn - now)
  }

  /** Keeps a line and a turn for a call; answers when its turn comes. */
  take(now: number): number {
    if (this.isFull) throw new Error(`trunk ${this.settings.name} has no line left`)
    const turnAt = Math.max(now, this.#nextTurn)
    this.#lines += 1
    this.#nextTurn = turnAt + this.#gapMillis
    return turnAt
  }

  /** How long until a call may really begin: a timer may have been late for the one before. */
  untilTurn(now: number): number {
    return Math.max(0, this.#lastBegin + this.#gapMillis - now)
  }

  /** A call begins now. */
  begin(now: number): void {
    if (this.untilTurn(now) > 0) throw new Error(`trunk ${this.settings.name} begins a call out of turn`)
    this.#placed += 1
    this.#lastBegin = now
    this.#nextTurn = Math.max(this.#nextTurn, now + this.#gapMillis)
  }

  /** A call is over, and its line free. */
  release(): void {
    if (this.#lines === 0) throw new Error(`trunk ${this.settings.name} frees a line that nobody had`)
    this.#lines -= 1
  }

  /** A call got through to where it is not the trunk's any more: it rings, was answered or refused. */
  carried(): void {
    this.health.callCarried()
  }

  /** The trunk did not carry a call. */
  failedCall(status: number, startedAt: number, retryAfterSeconds: number | undefined, now: number): void {
    this.#failed += 1
    this.health.callFailed(status, startedAt, retryAfterSeconds, now)
  }

  /** A final response came; silence is none. */
  answered(status: number, now: number): void {
    this.#lastAnswer = { status, at: now }
  }
}
