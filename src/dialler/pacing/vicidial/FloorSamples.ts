import type { Floor } from "../Policy.ts"
import type { FloorMeans } from "./levelUpdate.ts"

/** VICIdial averages its last 15 samples, one a second. */
const samplesMax = 15

/** The last samples of a floor and their means. */
export class FloorSamples implements FloorMeans {
  idle = 0
  queued = 0
  agents = 0
  readonly #idle = new Int32Array(samplesMax)
  readonly #queued = new Int32Array(samplesMax)
  readonly #agents = new Int32Array(samplesMax)
  #taken = 0

  add(floor: Floor): void {
    const at = this.#taken % samplesMax
    this.#idle[at] = floor.idle
    this.#queued[at] = floor.waiting
    // Breaks and wrap-up count: both are PAUSED, or wrap-up is an INCALL without a customer, and any state is counted.
    this.#agents[at] = floor.idle + floor.busy + floor.wrapping + floor.paused
    this.#taken += 1
    const size = Math.min(this.#taken, samplesMax)
    this.idle = sum(this.#idle, size) / size
    this.queued = sum(this.#queued, size) / size
    this.agents = sum(this.#agents, size) / size
  }
}

const sum = (values: Int32Array, size: number): number => {
  let total = 0
  for (let at = 0; at < size; at += 1) total += values[at]
  return total
}
