import type { CallFlow, FlowStep } from "./CallFlow.ts"
import { flowDefaults } from "./flowLimits.ts"
import type { FlowPath } from "./FlowProblem.ts"

/** A way from a step to another. */
export interface Way {
  /** The name of the step it leads to. */
  readonly to: string
  /** Where that name stands, from the step; empty where it is only the next one of the list. */
  readonly path: FlowPath
  /** Whether it is only gone after a question was asked, so that its repeats bound it. */
  readonly bounded: boolean
}

/** All ways out of a step, in the order they are looked at. */
export const waysOf = (flow: CallFlow, index: number): ReadonlyArray<Way> => {
  const step = flow.steps[index]
  const way = (to: string, path: FlowPath, bounded = false): Way => ({ to, path, bounded })
  switch (step.do) {
    case "collect":
      return [
        ...Object.entries(step.keys).map(([keys, to]) => way(to, ["keys", keys], true)),
        ...(step.invalid === undefined ? [] : [way(step.invalid, ["invalid"], true)]),
        // Also gone without asking, when no repeat is left.
        way(step.noInput, ["noInput"])
      ]
    case "branch":
      return [...step.cases.map((each, i) => way(each.next, ["cases", i, "next"])), way(step.otherwise, ["otherwise"])]
    case "transfer":
      return step.failed === undefined ? [] : [way(step.failed, ["failed"])]
    case "hang-up":
      return []
    default: {
      if (step.next !== undefined) return [way(step.next, ["next"])]
      return index + 1 < flow.steps.length ? [way(flow.steps[index + 1].name, [])] : []
    }
  }
}

/** The most times a question is asked in a call. */
export const asksOf = (step: FlowStep): number =>
  step.do === "collect" ? (step.repeats ?? flowDefaults.repeats) + 1 : 0

/** A flow whose targets all exist, as steps by number. */
export class FlowGraph {
  readonly #ways: ReadonlyArray<ReadonlyArray<{ readonly to: number; readonly bounded: boolean }>>
  readonly #asks: ReadonlyArray<number>

  constructor(flow: CallFlow) {
    const numbers = new Map(flow.steps.map(({ name }, index) => [name, index]))
    this.#ways = flow.steps.map((_, index) =>
      waysOf(flow, index).map(({ bounded, to }) => ({ to: numbers.get(to) ?? index, bounded }))
    )
    this.#asks = flow.steps.map(asksOf)
  }

  /** The steps that can be come to from a step, itself only in a circle. */
  after(step: number): ReadonlySet<number> {
    const seen = new Set<number>()
    const todo = [step]
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      for (const { to } of this.#ways[at]) {
        if (seen.has(to)) continue
        seen.add(to)
        todo.push(to)
      }
    }
    return seen
  }

  /** A loop that no question bounds, as the steps it goes through; null when there is none. */
  unboundedLoop(): ReadonlyArray<number> | null {
    const done = new Set<number>()
    const path: Array<number> = []
    const visit = (step: number): ReadonlyArray<number> | null => {
      const from = path.indexOf(step)
      if (from >= 0) return path.slice(from)
      if (done.has(step)) return null
      done.add(step)
      path.push(step)
      for (const { bounded, to } of this.#ways[step]) {
        const loop = bounded ? null : visit(to)
        if (loop !== null) return loop
      }
      path.pop()
      return null
    }
    for (let step = 0; step < this.#ways.length; step += 1) {
      const loop = visit(step)
      if (loop !== null) return loop
    }
    return null
  }

  /**
   * No call takes more steps than this; where there are loops it may be more than any takes. Steps that lead to each
   * other form a part: within it every question asked leads at most once to a way without questions, so that it takes at
   * most (questions asked + 1) × the longest such way. Needs a flow without unbounded loops.
   */
  turnsMax(): number {
    const reach = this.#ways.map((_, step) => this.after(step))
    const partOf = (step: number): ReadonlyArray<number> =>
      this.#ways.flatMap((_, other) =>
        other === step || (reach[step].has(other) && reach[other].has(step)) ? [other] : []
      )
    const known = new Map<number, number>()
    const from = (step: number): number => {
      const part = partOf(step)
      const first = part[0]
      const before = known.get(first)
      if (before !== undefined) return before
      const inside = reach[step].has(step)
        ? (part.reduce((sum, each) => sum + this.#asks[each], 0) + 1) * this.#longestWay(part)
        : Math.max(1, this.#asks[step])
      const outside = part.flatMap((each) => this.#ways[each].filter(({ to }) => !part.includes(to)))
      const turns = inside + outside.reduce((most, { to }) => Math.max(most, from(to)), 0)
      known.set(first, turns)
      return turns
    }
    return from(0)
  }

  /** Steps of the longest way within a part that no question bounds. */
  #longestWay(part: ReadonlyArray<number>): number {
    const known = new Map<number, number>()
    const from = (step: number): number => {
      const before = known.get(step)
      if (before !== undefined) return before
      const ways = this.#ways[step].filter(({ bounded, to }) => !bounded && part.includes(to))
      const length = 1 + ways.reduce((most, { to }) => Math.max(most, from(to)), 0)
      known.set(step, length)
      return length
    }
    return part.reduce((most, step) => Math.max(most, from(step)), 0)
  }
}
