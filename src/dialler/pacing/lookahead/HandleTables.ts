import type { Learned } from "../../learning/Learned.ts"
import { HandleTable } from "./HandleTable.ts"
import type { Slots } from "./slots.ts"

/** Agents are told apart by steps of a fifth in speed, two steps either way. */
const speedStep = Math.log(1.2)
const stepsMax = 2

/** The tables of one campaign for agents of each speed, and each agent's place among them. */
export class HandleTables {
  readonly #learned: Learned
  readonly #slots: Slots
  readonly #bySpeed: Array<HandleTable | undefined> = []
  #speedOf = new Int8Array(0)
  #seen = -1

  constructor(learned: Learned, slots: Slots) {
    this.#learned = learned
    this.#slots = slots
  }

  of(agent: number): HandleTable {
    if (this.#learned.talk.observed !== this.#seen) this.#refresh()
    const index = agent < this.#speedOf.length ? this.#speedOf[agent] : stepsMax
    return this.#bySpeed[index] ?? this.#make(index)
  }

  #refresh(): void {
    const { learned } = this.#update()
    for (const table of this.#bySpeed) table?.refresh(learned.talk, learned.wrap)
  }

  #update(): { learned: Learned } {
    const learned = this.#learned
    this.#seen = learned.talk.observed
    if (learned.agentCount !== this.#speedOf.length) this.#speedOf = new Int8Array(learned.agentCount).fill(stepsMax)
    const agent = learned.lastAgent
    if (agent >= 0) {
      const step = Math.round(Math.log(learned.speed(agent)) / speedStep)
      this.#speedOf[agent] = stepsMax + Math.max(-stepsMax, Math.min(stepsMax, step))
    }
    return { learned }
  }

  #make(index: number): HandleTable {
    const table = new HandleTable(this.#slots, Math.exp((index - stepsMax) * speedStep))
    table.refresh(this.#learned.talk, this.#learned.wrap)
    this.#bySpeed[index] = table
    return table
  }
}
