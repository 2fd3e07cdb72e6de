import type { PersonFigures } from "./LearnedFigures.ts"
import { ringBinMillis, ringBins } from "./RingShape.ts"

/** An answer also counts, less, for the bins within two seconds of it. */
const reach = 4
/** What the share over all ring times is worth at one ring time, in answers. */
const prior = 4

/**
 * How likely it is that a person answered, by how long the call had rung: machines pick up late and together. Learnt from
 * what agents met; 1 until the first machine. Needed where a caller is abandoned before anybody heard who it was.
 */
export class PersonShare {
  readonly #persons = new Float64Array(ringBins)
  readonly #machines = new Float64Array(ringBins)
  #personsTotal = 0
  #machinesTotal = 0

  add(person: boolean, ringMillis: number): void {
    if (person) this.#personsTotal += 1
    else this.#machinesTotal += 1
    const bins = person ? this.#persons : this.#machines
    const bin = binOf(ringMillis)
    for (let i = Math.max(0, bin - reach); i <= Math.min(ringBins - 1, bin + reach); i += 1) {
      bins[i] += 1 / (1 + Math.abs(i - bin))
    }
  }

  get figures(): PersonFigures {
    return {
      persons: [...this.#persons],
      machines: [...this.#machines],
      personsTotal: this.#personsTotal,
      machinesTotal: this.#machinesTotal
    }
  }

  /** Begins with what was learnt before. */
  begin({ machines, machinesTotal, persons, personsTotal }: PersonFigures): void {
    this.#persons.set(persons)
    this.#machines.set(machines)
    this.#personsTotal = personsTotal
    this.#machinesTotal = machinesTotal
  }

  /** Between 0 and 1. */
  at(ringMillis: number): number {
    if (this.#machinesTotal === 0) return 1
    const bin = binOf(ringMillis)
    const share = (this.#personsTotal + 1) / (this.#personsTotal + this.#machinesTotal + 1)
    const persons = this.#persons[bin] + prior * share
    return persons / (persons + this.#machines[bin] + prior * (1 - share))
  }
}

const binOf = (millis: number): number => Math.min(ringBins - 1, Math.max(0, Math.floor(millis / ringBinMillis)))
