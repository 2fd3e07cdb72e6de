import type { DurationCurve } from "../../learning/DurationCurve.ts"
import { answersAt, slotCount, type Slots } from "./slots.ts"

/** Ages are told apart by the second for a minute, then in steps of 5 %, up to about two hours. */
const fineAges = 60
const ageGrowth = Math.log(1.05)
const ageCount = 156
const secondsMax = 7_200

const ages = Float64Array.from({ length: ageCount }, (_, i) =>
  i < fineAges ? i + 0.5 : fineAges * Math.exp((i - fineAges + 0.5) * ageGrowth)
)
/** Row of an age in whole seconds. */
const rowOfSecond = Uint8Array.from({ length: secondsMax + 1 }, (_, second) =>
  second < fineAges ? second : Math.min(ageCount - 1, fineAges + Math.floor(Math.log(second / fineAges) / ageGrowth))
)

/** First cell of the row for an agent who has been in the state for `millis`. */
export const rowOfAge = (millis: number): number => {
  const seconds = millis / 1_000
  return rowOfSecond[seconds >= secondsMax ? secondsMax : seconds | 0] * slotCount
}

/**
 * Chance that an agent at a given age of talk, or of wrap-up, is free by the end of each slot: from the survival of the
 * rest of talk and the whole of wrap-up. Made anew from the learnt curves now and then, for agents of one speed.
 */
export class HandleTable {
  /** Row by age, `slotCount` columns. */
  readonly talk = new Float64Array(ageCount * slotCount)
  readonly wrap = new Float64Array(ageCount * slotCount)
  readonly #slots: Slots
  readonly #speed: number
  #rebuildAt = -1

  /** `speed`: the agents' times as a multiple of the team's. */
  constructor(slots: Slots, speed: number) {
    this.#slots = slots
    this.#speed = speed
  }

  /** Makes the table anew when enough has been learnt since. */
  refresh(talk: DurationCurve, wrap: DurationCurve): void {
    if (talk.observed < this.#rebuildAt) return
    this.#rebuildAt = talk.observed + Math.min(250, 4 + (talk.observed >> 3))
    this.#buildWrap(wrap)
    this.#buildTalk(talk, wrap)
  }

  #buildWrap(wrap: DurationCurve): void {
    for (let row = 0; row < ageCount; row += 1) {
      const age = ages[row] / this.#speed
      const now = wrap.longerThan(age)
      for (let slot = 0; slot < slotCount; slot += 1) {
        this.wrap[row * slotCount + slot] = 1 - wrap.longerThan(age + this.#horizon(slot)) / now
      }
    }
  }

  /** Talk may end in any step of the horizon; what is left of it then must hold the whole wrap-up. */
  #buildTalk(talk: DurationCurve, wrap: DurationCurve): void {
    const step = this.#slots.lengthMillis / 2_000 / this.#speed
    // Every horizon is so many whole steps and the same part of one.
    const whole = Math.floor(1 + (2 * this.#slots.graceMillis) / this.#slots.lengthMillis)
    const part = 1 + (2 * this.#slots.graceMillis) / this.#slots.lengthMillis - whole
    const steps = whole + 2 * (slotCount - 1)
    const wrapDone = Float64Array.from({ length: steps }, (_, i) => 1 - wrap.longerThan((i + 0.5 + part) * step))
    const wrapDoneInPart = 1 - wrap.longerThan((part / 2) * step)
    const ends = new Float64Array(steps)
    for (let row = 0; row < ageCount; row += 1) {
      const age = ages[row] / this.#speed
      const now = talk.longerThan(age)
      let before = now
      for (let i = 0; i < steps; i += 1) {
        const after = talk.longerThan(age + (i + 1) * step)
        ends[i] = (before - after) / now
        before = after
      }
      for (let slot = 0; slot < slotCount; slot += 1) {
        const count = whole + 2 * slot
        const end = age + (count + part) * step
        let free = ((talk.longerThan(age + count * step) - talk.longerThan(end)) / now) * wrapDoneInPart
        for (let i = 0; i < count; i += 1) free += ends[i] * wrapDone[count - 1 - i]
        this.talk[row * slotCount + slot] = free
      }
    }
  }

  /** Seconds until an agent must be free for an answer in this slot, in the agent's own time. */
  #horizon(slot: number): number {
    return (answersAt(this.#slots, slot) + this.#slots.graceMillis) / 1_000 / this.#speed
  }
}
