/** Slots the look-ahead divides the ring time into. */
export const slotCount = 8

/**
 * The slots of a campaign: answers are looked for at t_k = (k + ½) · length, agents at t_k + grace. The length is 2 s for
 * the usual ring limits and grows with a longer one, in steps of half a second.
 */
export interface Slots {
  readonly lengthMillis: number
  readonly graceMillis: number
}

export const slotsOf = (ringMillisMax: number, graceMillis: number): Slots => ({
  lengthMillis: Math.max(2_000, Math.ceil(ringMillisMax / slotCount / 1_000) * 1_000),
  graceMillis
})

export const answersAt = (slots: Slots, slot: number): number => (slot + 0.5) * slots.lengthMillis
