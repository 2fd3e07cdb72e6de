import { ringBinMillis, ringBins } from "../../learning/RingShape.ts"

/** Slots the look-ahead divides the ring time into. */
export const slotCount = 8
/** Together the slots reach no further than ring times are told apart. */
const lengthMillisMax = (ringBins * ringBinMillis) / slotCount

/**
 * The slots of a campaign: answers are looked for at t_k = (k + ½) · length, agents at t_k + grace. The length is 2 s for
 * ring limits up to 16 s and grows with a longer one, in steps of a second: 3 s at 22 s, 8 s from 57 s up.
 */
export interface Slots {
  readonly lengthMillis: number
  readonly graceMillis: number
}

export const slotsOf = (ringMillisMax: number, graceMillis: number): Slots => ({
  lengthMillis: Math.min(lengthMillisMax, Math.max(2_000, Math.ceil(ringMillisMax / slotCount / 1_000) * 1_000)),
  graceMillis
})

export const answersAt = (slots: Slots, slot: number): number => (slot + 0.5) * slots.lengthMillis
