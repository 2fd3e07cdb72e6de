import type { Core } from "../src/dialler/Core.ts"
import type { CallFlow } from "../src/domain/flow/CallFlow.ts"
import { compileFlow } from "../src/dialler/flow/compileFlow.ts"
import { FlowAction } from "../src/dialler/flow/FlowProgram.ts"
import type { ContactFacts } from "./ContactFacts.ts"
import { FlowCallers, FlowEvent } from "./flow/FlowCallers.ts"
import type { Draws } from "./random/Draws.ts"
import { Source, sourcesOf } from "./random/sources.ts"
import type { Scenario } from "./Scenario.ts"

/** The people in the call flows of automatic campaigns: what they do next at every step, and when. */
export class FlowCalls {
  /** Filled by `does`: milliseconds until the event. */
  millis = 0
  readonly #dialler: Core
  /** By campaign, null without a flow. */
  readonly #callers: ReadonlyArray<FlowCallers | null>
  /** By campaign, then step: the cases that look at the contact; null where people say how many contacts each holds for. */
  readonly #cases: ReadonlyArray<ReadonlyArray<Cases> | null>
  /** By call: what is to happen, the turn it answers, keys pressed, and talk after a transfer. */
  readonly #event: Array<number> = []
  readonly #turn: Array<number> = []
  readonly #keys: Array<string> = []
  readonly #talk: Array<number> = []

  constructor(scenario: Scenario, dialler: Core, draws: Draws, facts: ReadonlyArray<ContactFacts>) {
    this.#dialler = dialler
    this.#cases = scenario.campaigns.map(({ list, settings }, index) =>
      settings.flow === null || list.file === undefined ? null : casesOf(settings.flow, facts[index])
    )
    this.#callers = scenario.campaigns.map(({ conduct, settings }, index) => {
      if (settings.flow === null || conduct === undefined || conduct.flow === null) return null
      const known = { groups: settings.groups, parameters: settings.known.parameters, files: null }
      const { program } = compileFlow(settings.flow, known)
      if (program === null) throw new Error(`campaign ${settings.name}: its call flow cannot be used`)
      return new FlowCallers(settings.flow, program, conduct.flow, draws, Source.flow + sourcesOf(index))
    })
  }

  /** The core asks for this; the person's next move is kept for `happens`, `millis` from now. */
  does(call: number, action: number, step: number, turn: number, isMachine: boolean): void {
    const { calls, flows } = this.#dialler
    const callers = this.#callersOf(call)
    callers.hears(action, step, flows.runs.visits(call, step), calls.contact[call], calls.attempt[call], isMachine)
    this.#event[call] = callers.event
    this.#turn[call] = turn
    this.#keys[call] = callers.keys
    this.#talk[call] = callers.talkMillis
    this.millis = callers.millis
  }

  /** Which cases of a branch hold for the contact. */
  looks(call: number, step: number): number {
    const { calls, campaigns } = this.#dialler
    const index = calls.campaign[call]
    const cases = this.#cases[index]
    if (cases !== null) {
      return cases[step].reduce(
        (held, holds, place) => (holds(campaigns[index].list, calls.contact[call]) ? held | (1 << place) : held),
        0
      )
    }
    const callers = this.#callersOf(call)
    callers.hears(FlowAction.look, step, 0, calls.contact[call], calls.attempt[call], false)
    return callers.cases
  }

  /** What was kept happens now; returns milliseconds until the person hangs up, or -1 if the flow goes on. */
  happens(call: number, now: number): number {
    const dialler = this.#dialler
    const turn = this.#turn[call]
    switch (this.#event[call]) {
      case FlowEvent.played:
        dialler.flows.played(call, turn, now)
        break
      case FlowEvent.keys:
        dialler.flows.keys(call, turn, this.#keys[call], now)
        break
      case FlowEvent.timedOut:
        dialler.flows.timedOut(call, turn, now)
        break
      case FlowEvent.recorded:
        dialler.flows.recorded(call, turn, now)
        break
      case FlowEvent.transferred:
        dialler.flows.transferred(call, turn)
        return this.#talk[call]
      case FlowEvent.transferFailed:
        dialler.flows.transferFailed(call, turn, now)
        break
      case FlowEvent.hungUp:
        return 0
    }
    return -1
  }

  #callersOf(call: number): FlowCallers {
    const callers = this.#callers[this.#dialler.calls.campaign[call]]
    if (callers === null) throw new Error("the campaign has no call flow")
    return callers
  }
}

type Cases = ReadonlyArray<ReturnType<ContactFacts["predicate"]>>

const casesOf = ({ steps }: CallFlow, facts: ContactFacts): ReadonlyArray<Cases> =>
  steps.map((step) =>
    step.do === "branch" ? step.cases.flatMap((each) => ("contact" in each ? facts.predicate(each.contact) : [])) : []
  )
