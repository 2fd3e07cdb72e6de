import { CallState } from "./CallTable.ts"
import type { CoreState } from "./CoreState.ts"
import type { FlowRuns } from "./flow/FlowRuns.ts"
import type { Joining } from "./Joining.ts"
import type { Scripting } from "./Scripting.ts"

/** What happens in the call flows of automatic campaigns. `turn` is that of the command; what comes too late changes nothing. */
export class FlowEvents {
  readonly #core: CoreState
  readonly #scripting: Scripting
  readonly #joining: Joining

  constructor(core: CoreState, scripting: Scripting, joining: Joining) {
    this.#core = core
    this.#scripting = scripting
    this.#joining = joining
  }

  /** Where every call is in its flow; not to be changed from outside. */
  get runs(): FlowRuns {
    return this.#scripting.runs
  }

  /** The prompt is over. */
  played(call: number, turn: number, now: number): void {
    if (this.#isIn(call)) this.#next(call, this.runs.played(call, turn), now)
  }

  /** The entry is over: keys of 0-9, * and #, without the terminator. */
  keys(call: number, turn: number, keys: string, now: number): void {
    if (this.#isIn(call)) this.#next(call, this.runs.keys(call, turn, keys), now)
  }

  /** No key in time. */
  timedOut(call: number, turn: number, now: number): void {
    if (this.#isIn(call)) this.#next(call, this.runs.timedOut(call, turn), now)
  }

  /** The recording is over. */
  recorded(call: number, turn: number, now: number): void {
    if (this.#isIn(call)) this.#next(call, this.runs.recorded(call, turn), now)
  }

  /** Somebody at the number the call was given to took it. */
  transferred(call: number, turn: number): void {
    if (this.#isIn(call)) this.runs.transferred(call, turn)
  }

  /** Nobody did. */
  transferFailed(call: number, turn: number, now: number): void {
    if (this.#isIn(call)) this.#next(call, this.runs.transferFailed(call, turn), now)
  }

  #isIn(call: number): boolean {
    return this.#core.calls.state[call] === CallState.script
  }

  #next(call: number, action: number, now: number): void {
    const { calls, campaigns } = this.#core
    if (this.#scripting.next(call, action)) this.#joining.wants(campaigns[calls.campaign[call]], call, now)
  }
}
