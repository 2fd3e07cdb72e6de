import { dayMillis } from "../domain/compliance/civil.ts"
import type { CallerIdSettings } from "../domain/callerId/CallerIdSettings.ts"
import { CallerIds, Refusal } from "./callerId/CallerIds.ts"
import type { CampaignLaw } from "../domain/compliance/CampaignLaw.ts"
import type { ZoneTable } from "../domain/compliance/zoneTable.ts"
import { dayStart, localDay } from "./compliance/localTime.ts"

/** Which of its numbers a campaign shows on each call, by the campaign's own clock. */
export class ShownNumbers {
  readonly ids: CallerIds
  /** The campaign's zone; null without a law, whose clock is that of the core. */
  readonly #zone: ZoneTable | null
  /** From the core's clock to the one days are counted by. */
  readonly #shiftMillis: number
  /** By contact: 1 + the class of its number, 0 where no number was told. */
  #classes = new Int32Array(0)
  readonly #unknownClass: number
  #day = 0
  #midnight = Number.NEGATIVE_INFINITY

  constructor(settings: CallerIdSettings, seed: number, law: CampaignLaw | null, startMinutes: number) {
    this.ids = new CallerIds(settings, seed)
    this.#zone = law === null ? null : (law.tables.find(({ id }) => id === law.zone) ?? null)
    this.#shiftMillis = this.#zone === null ? startMinutes * 60_000 : (law?.epochMillis ?? 0)
    this.#unknownClass = this.ids.classOf("")
  }

  /** The number a contact is called at, E.164, for numbers that serve prefixes. */
  setNumber(contact: number, number: string): void {
    if (contact >= this.#classes.length) {
      const grown = new Int32Array(Math.max(64, contact + 1, 2 * this.#classes.length))
      grown.set(this.#classes)
      this.#classes = grown
    }
    this.#classes[contact] = 1 + this.ids.classOf(number)
  }

  /** The index of the number for this attempt, -1 for none: then `heldUntil` says how long. */
  pick(contact: number, attempt: number, now: number): number {
    if (now >= this.#midnight) this.#turn(now)
    const known = contact < this.#classes.length ? this.#classes[contact] : 0
    return this.ids.pick(contact, known === 0 ? this.#unknownClass : known - 1, attempt, this.#day)
  }

  /** After a `pick` of -1: the next local midnight, or Infinity where no number serves the contact. */
  get heldUntil(): number {
    return this.ids.refusal === Refusal.capped ? this.#midnight : Number.POSITIVE_INFINITY
  }

  placed(contact: number, index: number): void {
    this.ids.placed(index, contact, this.#day)
  }

  /** A call of the past showed this number; calls come in the order they were placed. One that is in use no more is left out. */
  recall(contact: number, number: string, placedAt: number): void {
    if (placedAt >= this.#midnight) this.#turn(placedAt)
    const index = this.ids.indexOf(number)
    if (index >= 0) this.placed(contact, index)
  }

  #turn(now: number): void {
    const local = now + this.#shiftMillis
    if (this.#zone === null) {
      this.#day = Math.floor(local / dayMillis)
      this.#midnight = (this.#day + 1) * dayMillis - this.#shiftMillis
    } else {
      this.#day = localDay(this.#zone, local)
      this.#midnight = dayStart(this.#zone, this.#day + 1) - this.#shiftMillis
    }
  }
}
