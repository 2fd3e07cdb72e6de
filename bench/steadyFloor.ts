import { attempts } from "../src/domain/measures.ts"
import type { PacingSettings } from "../src/domain/Pacing.ts"
import type { Scenario } from "../sim/Scenario.ts"
import { World } from "../sim/World.ts"

/** A floor whose clock is moved on bit by bit, to time parts of one long shift. */
export class SteadyFloor {
  readonly #world: World
  #dials = 0

  constructor(scenario: Scenario) {
    this.#world = new World(scenario, 1, { warmUpMillis: 0, recorder: null })
  }

  /** Runs for so many simulated milliseconds; returns how many dials were finished in them. */
  go(millis: number): number {
    const world = this.#world
    world.run(world.now + millis)
    const dials = world.tally.counts(world.dialler.campaigns).reduce((sum, counts) => sum + attempts(counts), 0)
    const more = dials - this.#dials
    this.#dials = dials
    return more
  }

  change(pacing: PacingSettings): void {
    this.#world.dialler.change(0, "predictive", pacing, this.#world.now)
  }
}
