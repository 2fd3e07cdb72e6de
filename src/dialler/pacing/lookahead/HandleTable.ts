import { type CurvePoints, type DurationCurve, pointsOf } from "../../learning/DurationCurve.ts"
import { slotCount, type Slots } from "./slots.ts"

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

/** Row for an agent who has been in the state for `millis`. */
const rowOfAge = (millis: number): number => {
  const seconds = millis / 1_000
  return rowOfSecond[seconds >= secondsMax ? secondsMax : seconds | 0]
}

/** What a table is made over, the same for all tables of one slot form and speed. */
interface Grid {
  /** By age: the age itself, then the age at the end of each slot. */
  readonly wrapAt: CurvePoints
  /** Wrap-ups that fit into what is left of the horizon after so many steps, and after the last part of one. */
  readonly wrapFits: CurvePoints
  /** By age: the age, then after each step, then the end of each slot. */
  readonly talkAt: CurvePoints
  /** Whole steps in the horizon of the first slot; two more in each later one. */
  readonly whole: number
  readonly steps: number
}

const makeGrid = ({ graceMillis, lengthMillis }: Slots, speed: number): Grid => {
  const step = lengthMillis / 2_000 / speed
  // Every horizon is so many whole steps and the same part of one.
  const horizon = 1 + (2 * graceMillis) / lengthMillis
  const whole = Math.floor(horizon)
  const part = horizon - whole
  const steps = whole + 2 * (slotCount - 1)
  const wrapAt: Array<number> = []
  const talkAt: Array<number> = []
  for (let row = 0; row < ageCount; row += 1) {
    const age = ages[row] / speed
    wrapAt.push(age)
    for (let slot = 0; slot < slotCount; slot += 1) wrapAt.push(age + (horizon + 2 * slot) * step)
    for (let i = 0; i <= steps; i += 1) talkAt.push(age + i * step)
    for (let slot = 0; slot < slotCount; slot += 1) talkAt.push(age + (horizon + 2 * slot) * step)
  }
  const wrapFits = Array.from({ length: steps }, (_, i) => (i + 0.5 + part) * step)
  return {
    wrapAt: pointsOf(wrapAt),
    wrapFits: pointsOf([...wrapFits, (part / 2) * step]),
    talkAt: pointsOf(talkAt),
    whole,
    steps
  }
}

/** Room to read one row of a curve into, and for what ends in its steps: used by one table at a time; as long as the longest grid. */
let longer = new Float64Array(0)
let ends = new Float64Array(0)

/** Grids made so far; a floor has few slot forms, and five speeds. */
const grids = new Map<string, Grid>()
const gridsMax = 100

const gridOf = (slots: Slots, speed: number): Grid => {
  const key = `${slots.lengthMillis} ${slots.graceMillis} ${speed}`
  const known = grids.get(key)
  if (known !== undefined) return known
  if (grids.size === gridsMax) grids.clear()
  const grid = makeGrid(slots, speed)
  if (grid.steps + 1 + slotCount > longer.length) {
    longer = new Float64Array(grid.steps + 1 + slotCount)
    ends = new Float64Array(longer.length)
  }
  grids.set(key, grid)
  return grid
}

/**
 * Chance that an agent at a given age of talk, or of wrap-up, is free by the end of each slot: from the survival of the
 * rest of talk and the whole of wrap-up, for agents of one speed. A row is made when it is asked for, and anew when enough
 * has been learnt since.
 */
export class HandleTable {
  /** Row by age, `slotCount` columns; read it at what `talkRow` and `wrapRow` return. */
  readonly talk = new Float64Array(ageCount * slotCount)
  readonly wrap = new Float64Array(ageCount * slotCount)
  readonly #talk: DurationCurve
  readonly #wrap: DurationCurve
  readonly #grid: Grid
  readonly #fits: Float64Array
  #version = 0
  #rebuildAt = -1
  /** Version of each row, 0 for none. */
  readonly #talkVersion = new Int32Array(ageCount)
  readonly #wrapVersion = new Int32Array(ageCount)

  /** `speed`: the agents' times as a multiple of the team's. */
  constructor(slots: Slots, speed: number, talk: DurationCurve, wrap: DurationCurve) {
    this.#grid = gridOf(slots, speed)
    this.#talk = talk
    this.#wrap = wrap
    this.#fits = new Float64Array(this.#grid.wrapFits.bins.length)
  }

  /** First cell of the row for an agent who has talked for `millis`. */
  talkRow(millis: number): number {
    const row = rowOfAge(millis)
    if (this.#talk.observed >= this.#rebuildAt) this.#age()
    if (this.#talkVersion[row] !== this.#version) this.#makeTalk(row)
    return row * slotCount
  }

  /** The same for wrap-up. */
  wrapRow(millis: number): number {
    const row = rowOfAge(millis)
    if (this.#talk.observed >= this.#rebuildAt) this.#age()
    if (this.#wrapVersion[row] !== this.#version) this.#makeWrap(row)
    return row * slotCount
  }

  /** Every row is out of date. */
  #age(): void {
    const { steps, wrapFits } = this.#grid
    this.#version += 1
    this.#rebuildAt = this.#talk.observed + Math.min(250, 4 + (this.#talk.observed >> 3))
    this.#wrap.read(wrapFits, 0, steps + 1, this.#fits)
    for (let i = 0; i <= steps; i += 1) this.#fits[i] = 1 - this.#fits[i]
  }

  #makeWrap(row: number): void {
    this.#wrapVersion[row] = this.#version
    this.#wrap.read(this.#grid.wrapAt, row * (slotCount + 1), slotCount + 1, longer)
    for (let slot = 0; slot < slotCount; slot += 1) this.wrap[row * slotCount + slot] = 1 - longer[slot + 1] / longer[0]
  }

  /** Talk may end in any step of the horizon; what is left of it then must hold the whole wrap-up. */
  #makeTalk(row: number): void {
    this.#talkVersion[row] = this.#version
    const fits = this.#fits
    const { steps, talkAt, whole } = this.#grid
    const length = steps + 1 + slotCount
    this.#talk.read(talkAt, row * length, length, longer)
    const now = longer[0]
    for (let i = 0; i < steps; i += 1) ends[i] = longer[i] - longer[i + 1]
    // Two slots at a time, since each sum waits for its own last step.
    for (let slot = 0; slot < slotCount; slot += 2) {
      const count = whole + 2 * slot
      let free = (longer[count] - longer[steps + 1 + slot]) * fits[steps]
      let freeNext = (longer[count + 2] - longer[steps + 2 + slot]) * fits[steps]
      for (let i = 0; i < count; i += 1) {
        free += ends[i] * fits[count - 1 - i]
        freeNext += ends[i] * fits[count + 1 - i]
      }
      freeNext += ends[count] * fits[1]
      freeNext += ends[count + 1] * fits[0]
      this.talk[row * slotCount + slot] = free / now
      this.talk[row * slotCount + slot + 1] = freeNext / now
    }
  }
}
