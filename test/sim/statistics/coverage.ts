import { assert } from "@effect/vitest"
import { Draws } from "../../../sim/random/Draws.ts"
import { seedOf } from "../../../sim/random/seed.ts"

export const repeat = <A>(count: number, make: (index: number) => A) =>
  Array.from({ length: count }, (_, index) => make(index))

/** `experiments` intervals, each from fresh draws: the share that covers `truth`, within 4 standard errors of 95 %. */
export const assertCovers = (
  truth: number,
  experiments: number,
  run: (draws: Draws) => { low: number; high: number }
) => {
  const draws = new Draws(...seedOf("coverage", 0))
  const covered = repeat(experiments, (experiment) => {
    draws.at(1, experiment, 0)
    const { high, low } = run(draws)
    return low <= truth && truth <= high
  }).filter(Boolean).length
  assert.closeTo(covered / experiments, 0.95, 4 * Math.sqrt((0.95 * 0.05) / experiments))
}
