import type { Form } from "./Form.ts"

/** For each step, by position, the positions of the steps that can follow it; none for an end. */
export type Graph = ReadonlyArray<ReadonlyArray<number>>

/** Targets that do not exist are left out. */
export const graphOf = ({ steps }: Form): Graph => {
  const position = new Map(steps.map(({ id }, i) => [id, i]))
  return steps.map(({ end, next }, i) => {
    if (end === true) return []
    if (next === undefined) return i + 1 < steps.length ? [i + 1] : []
    return [...new Set(next.flatMap(({ to }) => position.get(to) ?? []))]
  })
}

/** Which steps can be reached from some. */
export const reachable = (graph: Graph, from: ReadonlyArray<number>): ReadonlySet<number> => {
  const seen = new Set(from)
  // A set is walked in the order of insertion, what is added meanwhile included.
  for (const at of seen) for (const to of graph[at]) seen.add(to)
  return seen
}

export const reversed = (graph: Graph): Graph => {
  const back = graph.map((): Array<number> => [])
  graph.forEach((targets, from) => targets.forEach((to) => back[to].push(from)))
  return back
}

/** A way round that uses none of the steps left out, as its steps from the first one back to it; null without one. */
export const cycleWithout = (graph: Graph, leftOut: (step: number) => boolean): ReadonlyArray<number> | null => {
  const done = new Set<number>()
  const trail: Array<number> = []
  const visit = (at: number): ReadonlyArray<number> | null => {
    if (leftOut(at) || done.has(at)) return null
    const before = trail.indexOf(at)
    if (before >= 0) return [...trail.slice(before), at]
    trail.push(at)
    for (const to of graph[at]) {
      const cycle = visit(to)
      if (cycle !== null) return cycle
    }
    trail.pop()
    done.add(at)
    return null
  }
  for (const step of graph.keys()) {
    const cycle = visit(step)
    if (cycle !== null) return cycle
  }
  return null
}
