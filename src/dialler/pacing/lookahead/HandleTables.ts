import { type Learned, speedOfStep, speedStepsMax } from "../../learning/Learned.ts"
import { HandleTable } from "./HandleTable.ts"
import type { Slots } from "./slots.ts"

/** The tables of one campaign, one for the agents of each speed. */
export class HandleTables {
  readonly #learned: Learned
  readonly #slots: Slots
  readonly #bySpeed: Array<HandleTable | undefined> = []
  #seen = -1

  constructor(learned: Learned, slots: Slots) {
    this.#learned = learned
    this.#slots = slots
  }

  of(agent: number): HandleTable {
    if (this.#learned.talk.observed !== this.#seen) this.#refresh()
    const step = this.#learned.speedStep(agent)
    return this.#bySpeed[step + speedStepsMax] ?? this.#make(step)
  }

  #refresh(): void {
    const { talk, wrap } = this.#learned
    this.#seen = talk.observed
    for (const table of this.#bySpeed) table?.refresh(talk, wrap)
  }

  #make(step: number): HandleTable {
    const table = new HandleTable(this.#slots, speedOfStep(step))
    table.refresh(this.#learned.talk, this.#learned.wrap)
    this.#bySpeed[step + speedStepsMax] = table
    return table
  }
}
