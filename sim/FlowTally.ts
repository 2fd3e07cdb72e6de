import type { CallTable } from "../src/dialler/CallTable.ts"
import { fitsWay, FlowAction, givenResults } from "../src/dialler/flow/FlowProgram.ts"
import type { FlowRuns } from "../src/dialler/flow/FlowRuns.ts"
import { type Counted, type FlowFigures, hungUp } from "../src/domain/CallFigures.ts"
import type { CallFlow } from "../src/domain/flow/CallFlow.ts"

/** Counts what came of the calls in the flow of one campaign. */
export class FlowTally {
  readonly #flow: CallFlow
  readonly #runs: FlowRuns
  #calls = 0
  #transfers = 0
  #lost = 0
  readonly #results = new Map<string, number>()
  /** By step, then by the keys the step takes. */
  readonly #entries: ReadonlyArray<ReadonlyArray<{ readonly name: string; count: number }>>

  constructor(flow: CallFlow, runs: FlowRuns) {
    this.#flow = flow
    this.#runs = runs
    this.#entries = flow.steps.map((step) =>
      step.do === "collect" ? Object.keys(step.keys).map((name) => ({ name, count: 0 })) : []
    )
    for (const name of [...givenResults, ...flow.steps.flatMap((step) => ("result" in step ? step.result : []))]) {
      this.#results.set(name, 0)
    }
    this.#results.set(hungUp, 0)
  }

  /** Keys were pressed that the question takes. */
  answered(call: number, step: number, keys: string): void {
    const program = this.#runs.programOf(call)
    const entries = this.#entries[step]
    const taken = entries.findIndex((_, place) => fitsWay(program, program.wayFrom[step] + place, keys))
    entries[taken].count += 1
  }

  /** A call that began the flow is over; true when it asked for an agent and got none. */
  over(calls: CallTable, call: number): boolean {
    const program = this.#runs.programOf(call)
    const result = this.#runs.result[call]
    const name = result < 0 ? hungUp : program.results[result]
    this.#calls += 1
    this.#results.set(name, (this.#results.get(name) ?? 0) + 1)
    const asked = program.code.some(
      (code, step) => code === FlowAction.transferToGroup && this.#runs.visits(call, step) > 0
    )
    if (!asked) return false
    this.#transfers += 1
    if (calls.connectedAt[call] >= 0) return false
    this.#lost += 1
    return true
  }

  figures(): FlowFigures {
    const counted = ([name, count]: readonly [string, number]): Counted => ({ name, count })
    return {
      calls: this.#calls,
      results: [...this.#results].map(counted),
      keys: this.#flow.steps.flatMap(({ name }, step) =>
        this.#entries[step].length === 0 ? [] : [{ question: name, entries: this.#entries[step] }]
      ),
      transfers: this.#transfers,
      transfersLost: this.#lost
    }
  }
}
