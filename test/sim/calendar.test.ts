import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Calendar } from "../../sim/Calendar.ts"

const int = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))
const Steps = Schema.Array(Schema.Struct({ wait: int(0, 5), pops: int(0, 2) })).check(Schema.isMaxLength(400))

/** A list kept in order of time; equal times in the order they were put in. */
class SortedList {
  readonly entries: Array<readonly [at: number, kind: number, subject: number, generation: number]> = []

  push(at: number, kind: number, subject: number, generation: number): void {
    const later = this.entries.findIndex((entry) => entry[0] > at)
    this.entries.splice(later < 0 ? this.entries.length : later, 0, [at, kind, subject, generation])
  }
}
const popped = (calendar: Calendar) => {
  calendar.pop()
  return [calendar.at, calendar.kind, calendar.subject, calendar.generation]
}

describe("calendar", () => {
  it("is empty at first: the next event is never", () => {
    assert.deepStrictEqual([new Calendar().size, new Calendar().nextAt], [0, Number.POSITIVE_INFINITY])
  })
  it("gives events of one instant back in the order they were put in, thousands of them", () => {
    const calendar = new Calendar()
    for (let subject = 0; subject < 5_000; subject += 1) calendar.push(7, subject % 20, subject, subject * 2)
    for (let subject = 0; subject < 5_000; subject += 1) {
      assert.deepStrictEqual(popped(calendar), [7, subject % 20, subject, subject * 2])
    }
    assert.strictEqual(calendar.nextAt, Number.POSITIVE_INFINITY)
  })
  it("takes instants of a year in milliseconds, and events put in while others are taken out", () => {
    const calendar = new Calendar()
    const year = 366 * 86_400_000
    calendar.push(year, 1, 1, 1)
    calendar.push(year - 1, 2, 2, 2)
    assert.deepStrictEqual(popped(calendar), [year - 1, 2, 2, 2])
    calendar.push(year, 3, 3, 3)
    assert.deepStrictEqual(popped(calendar), [year, 1, 1, 1])
    assert.deepStrictEqual(popped(calendar), [year, 3, 3, 3])
  })
  it.prop(
    "is a list kept in order of time and arrival",
    { steps: Steps },
    ({ steps }) => {
      const calendar = new Calendar()
      const model = new SortedList()
      let now = 0
      steps.forEach(({ pops, wait }, number) => {
        calendar.push(now + wait, number % 22, number, number + 1)
        model.push(now + wait, number % 22, number, number + 1)
        for (let i = 0; i < pops && model.entries.length > 0; i += 1) {
          const [first] = model.entries.splice(0, 1)
          assert.strictEqual(calendar.nextAt, first[0])
          assert.deepStrictEqual(popped(calendar), [...first])
          now = first[0]
        }
        assert.strictEqual(calendar.size, model.entries.length)
        assert.strictEqual(calendar.nextAt, model.entries[0]?.[0] ?? Number.POSITIVE_INFINITY)
      })
      for (const entry of model.entries) assert.deepStrictEqual(popped(calendar), [...entry])
    },
    { arbitrary: { runs: 200, size: 400, seed: 3 } }
  )
})
