import { type LegAction, type LegInput, type LegState, legTransitions } from "./legTransitions.ts"

/** 64·T1 of RFC 3261: how long a CANCEL or BYE is tried before the leg counts as ended without the far end's word. */
export const giveUpMillis = 32_000
/** How long a call of ours may ring before it is cancelled, whoever forgot to (timer C, RFC 3261 §16.6 step 11). */
export const ringMillisMax = 180_000
/** Between a BYE that was refused and the next. */
const byeAgainMillis = 4_000

/** States in which a final word of the far end is waited for. */
const waiting: ReadonlySet<LegState> = new Set(["Cancelling", "EndingOnAck", "HangingUp"])

/** One leg's state and its two times. Deterministic: `now` comes with each input, in milliseconds. */
export class LegMachine {
  readonly #act: (action: LegAction) => void
  #state: LegState
  #giveUpAt = Infinity
  readonly #ringUntil: number
  #byeAt = Infinity

  constructor(state: "Calling" | "Offered", now: number, act: (action: LegAction) => void) {
    this.#ringUntil = now + ringMillisMax
    this.#state = state
    this.#act = act
  }

  get state(): LegState {
    return this.#state
  }

  /** Whether somebody has asked for the end, or it has come. */
  get isEnding(): boolean {
    return waiting.has(this.#state) || this.#state === "Ended"
  }

  /** Whether there is a call that can carry keys and new offers. */
  get isUp(): boolean {
    return this.#state === "Up"
  }

  input(input: LegInput, now: number): void {
    const transition = legTransitions[this.#state][input]
    if (transition === undefined) return
    const [state, ...actions] = transition
    if (state !== this.#state) this.#giveUpAt = waiting.has(state) ? now + giveUpMillis : Infinity
    this.#state = state
    this.#byeAt = Infinity
    for (const action of actions) {
      if (action === "byeLater") this.#byeAt = now + byeAgainMillis
      else this.#act(action)
    }
  }

  /** To be called every 50 ms or so. */
  sweep(now: number): void {
    if (this.#state === "Calling" && now >= this.#ringUntil) this.input("hangUp", now)
    else if (now >= this.#giveUpAt) this.input("giveUp", now)
    else if (now >= this.#byeAt) {
      this.#byeAt = Infinity
      this.#act("bye")
    }
  }
}
