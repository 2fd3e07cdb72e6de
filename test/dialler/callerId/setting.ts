import { assert } from "@effect/vitest"
import { Result } from "effect"
import { CallerIds, Refusal } from "../../../src/dialler/callerId/CallerIds.ts"
import type { CallerIdData, CallerIdSettings } from "../../../src/domain/callerId/CallerIdSettings.ts"
import { decodeCallerIds } from "../../../src/domain/callerId/decodeCallerIds.ts"

/** Settings that must be right. */
export const settingsOf = (data: CallerIdData): CallerIdSettings =>
  Result.match(decodeCallerIds(data), {
    onFailure: (problems) => assert.fail(problems.map(({ allowed, path }) => `${path}: ${allowed}`).join("\n")),
    onSuccess: (settings) => settings
  })

/** Numbers of 4 digits after +42060000, by their last one. */
export const number = (last: number): string => `+42060000${1_000 + last}`
export const plain = (rotation: CallerIdData["rotation"], count: number, capPerDay?: number): CallerIdData => ({
  rotation,
  numbers: Array.from({ length: count }, (_, i) => ({
    number: number(i),
    ...(capPerDay === undefined ? {} : { capPerDay })
  }))
})

/** Calls one after the other, each told by what it showed. */
export class Line {
  readonly ids: CallerIds
  day = 0
  #attempts = new Map<number, number>()

  constructor(data: CallerIdData, seed = 1) {
    this.ids = new CallerIds(settingsOf(data), seed)
  }

  change(data: CallerIdData): this {
    this.ids.change(settingsOf(data))
    return this
  }

  /** The number the next call of the contact shows; the reason where there is none. */
  call(contact: number, to = "+420220514000"): string {
    const attempt = (this.#attempts.get(contact) ?? 0) + 1
    const index = this.ids.pick(contact, this.ids.classOf(to), attempt, this.day)
    if (index < 0) return this.ids.refusal === Refusal.capped ? "capped" : "unserved"
    this.ids.placed(index, contact, this.day)
    this.#attempts.set(contact, attempt)
    return this.ids.numberOf(index)
  }

  /** What calls of these contacts show. */
  calls(...contacts: ReadonlyArray<number>): ReadonlyArray<string> {
    return contacts.map((contact) => this.call(contact))
  }
}
