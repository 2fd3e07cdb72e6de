import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { CallerIds, Refusal } from "../../../src/dialler/callerId/CallerIds.ts"
import type { CallerIdData, CallerIdSettings } from "../../../src/domain/callerId/CallerIdSettings.ts"
import { rotations } from "../../../src/domain/callerId/CallerIdSettings.ts"
import { number, settingsOf } from "./setting.ts"

const upTo = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }))

const prefixLists = [undefined, ["+44"], ["+4420", "+49"], ["+4420", "+44"], undefined, ["+1", "+12", "+121"]]
const reached = ["+442079460000", "+441134960000", "+4930901820", "+420220514000", "+12125550100"]

/** Any settings: caps of 0 are none. */
const Written = Schema.Struct({
  rotation: upTo(rotations.length - 1),
  in: Schema.Array(Schema.Boolean).check(Schema.isMinLength(6), Schema.isMaxLength(6)),
  caps: Schema.Array(upTo(4)).check(Schema.isMinLength(7), Schema.isMaxLength(7)),
  prefixes: Schema.Boolean,
  fallback: Schema.Boolean,
  whenCapped: Schema.Boolean
})
const Step = Schema.Struct({ what: upTo(9), contact: upTo(7), written: Written })
const Steps = Schema.Array(Step).check(Schema.isMaxLength(80))

const dataOf = (written: typeof Written.Type): CallerIdData => {
  const rotation = rotations[written.rotation]
  const shown = (i: number) => ({ number: number(i), ...(written.caps[i] > 0 ? { capPerDay: written.caps[i] } : {}) })
  const prefixed = (rotation === "by-prefix" || rotation === "sticky") && written.prefixes
  const numbers = prefixLists.flatMap((prefixes, i) =>
    written.in[i] || i === 0 ? [{ ...shown(i), ...(prefixed && prefixes !== undefined ? { prefixes } : {}) }] : []
  )
  return {
    rotation: rotation === "by-prefix" && numbers.every((each) => !("prefixes" in each)) ? "round-robin" : rotation,
    numbers,
    ...(written.fallback ? { fallback: shown(6) } : {}),
    whenCapped: written.fallback && written.whenCapped ? "fallback" : "stop"
  }
}

/** What may be shown, as plain rules over plain rows. */
class Model {
  settings: CallerIdSettings
  readonly first = new Map<number, string>()
  readonly shownAt = new Map<string, number>()
  today = new Map<string, number>()
  placed = 0

  constructor(settings: CallerIdSettings) {
    this.settings = settings
  }

  isFree(each: string): boolean {
    const { fallback, numbers } = this.settings
    const found = [...numbers, ...(fallback === undefined ? [] : [fallback])].find((other) => other.number === each)
    return found !== undefined && (this.today.get(each) ?? 0) < (found.capPerDay ?? Number.POSITIVE_INFINITY)
  }

  /** Groups of numbers that serve a contact, those to be shown first before. */
  serving(to: string): ReadonlyArray<ReadonlyArray<string>> {
    const { numbers } = this.settings
    const fitting = numbers.flatMap(({ number: each, prefixes = [""] }) =>
      prefixes.filter((prefix) => to.startsWith(prefix)).map((prefix) => ({ each, length: prefix.length }))
    )
    const lengths = [...new Set(fitting.map(({ length }) => length))].sort((a, b) => b - a)
    return lengths.map((length) => fitting.filter((one) => one.length === length).map(({ each }) => each))
  }

  /** All that may be shown; empty with the reason otherwise. */
  allowed(contact: number, to: string): { readonly any: ReadonlyArray<string>; readonly refusal: number } {
    const { fallback, rotation, whenCapped } = this.settings
    const any = (...all: ReadonlyArray<string>) => ({ any: all, refusal: Refusal.none })
    const first = this.first.get(contact)
    if (rotation === "sticky" && first !== undefined && this.isFree(first)) return any(first)
    const groups = this.serving(to)
    for (const group of groups) {
      const free = group.filter((each) => this.isFree(each))
      if (free.length === 0) continue
      if (rotation === "random" || rotation === "sticky") return any(...free)
      return any(free.toSorted((a, b) => (this.shownAt.get(a) ?? 0) - (this.shownAt.get(b) ?? 0))[0])
    }
    if (fallback === undefined) return { any: [], refusal: groups.length > 0 ? Refusal.capped : Refusal.unserved }
    const mayFall = groups.length === 0 || whenCapped === "fallback"
    return mayFall && this.isFree(fallback.number) ? any(fallback.number) : { any: [], refusal: Refusal.capped }
  }

  show(contact: number, each: string): void {
    this.placed += 1
    this.shownAt.set(each, this.placed)
    this.today.set(each, (this.today.get(each) ?? 0) + 1)
    if (!this.first.has(contact)) this.first.set(contact, each)
  }
}

describe("whatever is called, added, withdrawn and capped", () => {
  it.prop(
    "a call shows what the plain rules allow, and nothing is shown more often than its cap allows",
    { start: Written, steps: Steps },
    ({ start, steps }) => {
      const settings = settingsOf(dataOf(start))
      const ids = new CallerIds(settings, 7)
      const model = new Model(settings)
      let day = 0
      steps.forEach(({ contact, what, written }, attempt) => {
        if (what === 0) {
          model.settings = settingsOf(dataOf(written))
          ids.change(model.settings)
        } else if (what === 1) {
          day += 1 + (contact % 3)
          model.today = new Map()
        }
        const to = reached[contact % reached.length]
        const { any, refusal } = model.allowed(contact, to)
        const index = ids.pick(contact, ids.classOf(to), attempt, day)
        if (index < 0) return assert.deepStrictEqual([ids.refusal, any.length], [refusal, 0])
        const shown = ids.numberOf(index)
        assert.include(any, shown)
        assert.isTrue(model.isFree(shown))
        ids.placed(index, contact, day)
        model.show(contact, shown)
        for (const [each, count] of model.today) assert.strictEqual(ids.shownOn(ids.indexOf(each), day), count)
      })
    },
    { arbitrary: { runs: 400, seed: 1 } }
  )

  const Calls = Schema.Array(upTo(30)).check(Schema.isMinLength(1), Schema.isMaxLength(120))
  const Caps = Schema.Array(upTo(5)).check(Schema.isMinLength(1), Schema.isMaxLength(8))
  it.prop(
    "round robin shows numbers without a cap equally often, one call more or less",
    { calls: Calls, caps: Caps },
    ({ calls, caps }) => {
      const numbers = caps.map((cap, i) => ({ number: number(i), ...(cap > 0 ? { capPerDay: cap } : {}) }))
      const ids = new CallerIds(settingsOf({ rotation: "round-robin", numbers }), 1)
      const counts = caps.map(() => 0)
      calls.forEach((contact, i) => {
        const day = Math.floor(i / 25)
        const index = ids.pick(contact, 0, 1, day)
        if (index < 0) return
        ids.placed(index, contact, day)
        counts[index] += 1
      })
      const free = counts.filter((_, i) => caps[i] === 0)
      if (free.length > 0) assert.isAtMost(Math.max(...free) - Math.min(...free), 1)
    },
    { arbitrary: { runs: 200, seed: 2 } }
  )

  it.prop(
    "sticky shows a contact one number for ever, while numbers without a cap come and go around it",
    { contacts: Schema.Array(upTo(40)).check(Schema.isMaxLength(60)), sets: Schema.Array(upTo(127)) },
    ({ contacts, sets }) => {
      const all = Array.from({ length: 8 }, (_, i) => ({ number: number(i) }))
      const ids = new CallerIds(settingsOf({ rotation: "sticky", numbers: all.slice(0, 4) }), 3)
      const first = new Map<number, number>()
      contacts.forEach((contact, i) => {
        // The first four stay.
        const mask = sets.length === 0 ? 0 : sets[i % sets.length]
        ids.change(settingsOf({ rotation: "sticky", numbers: all.filter((_, n) => n < 4 || ((mask >> n) & 1) === 1) }))
        const index = ids.pick(contact, 0, i, i)
        const known = first.get(contact)
        if (known !== undefined && known < 4) assert.strictEqual(index, known)
        if (known === undefined) first.set(contact, index)
        ids.placed(index, contact, i)
      })
    },
    { arbitrary: { runs: 200, seed: 3 } }
  )
})
