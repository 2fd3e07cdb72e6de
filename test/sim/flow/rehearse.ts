import { FlowCallers, FlowEvent } from "../../../sim/flow/FlowCallers.ts"
import type { FlowPeople } from "../../../sim/flow/FlowPeople.ts"
import { Draws } from "../../../sim/random/Draws.ts"
import { seedOf } from "../../../sim/random/seed.ts"
import { FlowAction, type FlowProgram } from "../../../src/dialler/flow/FlowProgram.ts"
import { FlowRuns } from "../../../src/dialler/flow/FlowRuns.ts"
import type { CallFlow } from "../../../src/domain/flow/CallFlow.ts"

/** What became of one call. */
export interface Heard {
  /** `hung-up`, `group` and the name of the group, or a result of the flow. */
  readonly end: string
  readonly millis: number
  readonly doNotCall: boolean
  readonly answers: ReadonlyArray<string>
}

const source = 18

/** Calls people with a flow, one after the other, without the dialler: agents take every transfer at once. */
export class Rehearsal {
  readonly #program: FlowProgram
  readonly #runs: FlowRuns
  readonly #callers: FlowCallers
  #answers: Array<string> = []

  constructor(flow: CallFlow, program: FlowProgram, people: FlowPeople, seed = "flow") {
    this.#program = program
    this.#runs = new FlowRuns([program], {
      answered: (_, step, keys) => void this.#answers.push(`${program.stepNames[step]} ${keys}`)
    })
    this.#callers = new FlowCallers(flow, program, people, new Draws(...seedOf(seed, 0)), source)
  }

  call(contact: number, attempt = 1, isMachine = false): Heard {
    const runs = this.#runs
    const callers = this.#callers
    this.#answers = []
    let millis = 0
    let doNotCall = false
    let action = runs.begin(0, 0)
    const heard = (end: string): Heard => ({ end, millis, doNotCall, answers: this.#answers })
    for (;;) {
      const step = runs.step[0]
      const turn = runs.turn[0]
      if (action === FlowAction.hangUp) return heard(this.#program.results[runs.result[0]])
      if (action === FlowAction.transferToGroup) {
        return heard(`group ${this.#program.groups[this.#program.detail[step]]}`)
      }
      if (action === FlowAction.doNotCall || action === FlowAction.set) {
        doNotCall ||= action === FlowAction.doNotCall
        action = runs.proceed(0, turn)
        continue
      }
      callers.hears(action, step, runs.visits(0, step), contact, attempt, isMachine)
      millis += callers.millis
      if (callers.event === FlowEvent.hungUp) {
        runs.ended(0)
        return heard("hung-up")
      }
      if (callers.event === FlowEvent.transferred) {
        runs.transferred(0, turn)
        millis += callers.talkMillis
        return heard("transferred")
      }
      action = this.#tell(turn)
    }
  }

  #tell(turn: number): number {
    const callers = this.#callers
    switch (callers.event) {
      case FlowEvent.keys:
        return this.#runs.keys(0, turn, callers.keys)
      case FlowEvent.timedOut:
        return this.#runs.timedOut(0, turn)
      case FlowEvent.recorded:
        return this.#runs.recorded(0, turn)
      case FlowEvent.looked:
        return this.#runs.looked(0, turn, callers.cases)
      case FlowEvent.transferFailed:
        return this.#runs.transferFailed(0, turn)
      default:
        return this.#runs.played(0, turn)
    }
  }
}
