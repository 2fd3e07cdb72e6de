import { Draws } from "../../../sim/random/Draws.ts"
import { type DistributionSpec, samplerOf } from "../../../sim/random/distributions.ts"
import { seedOf } from "../../../sim/random/seed.ts"

/** Draws for a test of this name: always the same. */
export const drawsFor = (name: string): Draws => {
  const draws = new Draws(...seedOf(name, 0))
  draws.at(1, 0, 0)
  return draws
}

/** So many durations of a law, in the law's unit. */
export const durations = (name: string, law: DistributionSpec, count: number): ReadonlyArray<number> => {
  const draws = drawsFor(name)
  const sample = samplerOf(law)
  return Array.from({ length: count }, () => sample(draws))
}

export const mean = (values: ReadonlyArray<number>): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
