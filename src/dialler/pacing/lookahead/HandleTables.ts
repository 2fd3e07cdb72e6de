import { type Learned, speedOfStep, speedStepsMax } from "../../learning/Learned.ts"
import { HandleTable } from "./HandleTable.ts"
import type { Slots } from "./slots.ts"

/** The tables of one campaign, one for the agents of each speed. */
export class HandleTables {
  readonly #learned: Learned
  readonly #slots: Slots
  readonly #bySpeed: Array<HandleTable | undefined> = []

  constructor(learned: Learned, slots: Slots) {
    this.#learned = learned
    this.#slots = slots
  }

  of(agent: number): HandleTable {
    const step = this.#learned.speedStep(agent)
    return this.#bySpeed[step + speedStepsMax] ?? this.#make(step)
  }

  #make(step: number): HandleTable {
    const { talk, wrap } = this.#learned
    const table = new HandleTable(this.#slots, speedOfStep(step), talk, wrap)
    this.#bySpeed[step + speedStepsMax] = table
    return table
  }
}
