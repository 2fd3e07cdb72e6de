import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { SlotQueue } from "../../src/dialler/SlotQueue.ts"

const drain = (queue: SlotQueue): ReadonlyArray<readonly [slot: number, generation: number, at: number]> => {
  const entries: Array<readonly [number, number, number]> = []
  for (; queue.size > 0; queue.pop()) entries.push([queue.headSlot, queue.headGeneration, queue.headAt])
  return entries
}
const small = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 9 }))
const Steps = Schema.Array(Schema.Struct({ at: small, pops: Schema.Boolean })).check(Schema.isMaxLength(120))

describe("the queue of slots", () => {
  it("is empty at first and after it was cleared", () => {
    const queue = new SlotQueue()
    assert.strictEqual(queue.headAt, Number.POSITIVE_INFINITY)
    queue.push(1, 1, 5)
    queue.clear()
    assert.deepStrictEqual([queue.size, queue.headAt], [0, Number.POSITIVE_INFINITY])
    queue.push(2, 7, 9)
    assert.deepStrictEqual(drain(queue), [[2, 7, 9]])
  })
  it("lets an entry that is due earlier go ahead of later ones, behind those of its own instant", () => {
    const queue = new SlotQueue()
    for (const at of [30, 31, 5, 31, 5, 30]) queue.push(queue.size, 0, at)
    assert.deepStrictEqual(
      drain(queue).map(([slot, , at]) => [at, slot]),
      [
        [5, 2],
        [5, 4],
        [30, 0],
        [30, 5],
        [31, 1],
        [31, 3]
      ]
    )
  })
  it.prop(
    "is a list kept in order, however it grows and wraps",
    { steps: Steps },
    ({ steps }) => {
      const queue = new SlotQueue()
      const model: Array<readonly [number, number, number]> = []
      steps.forEach(({ at, pops }, number) => {
        if (pops && model.length > 0) {
          assert.deepStrictEqual([queue.headSlot, queue.headGeneration, queue.headAt], [...model[0]])
          model.shift()
          queue.pop()
        } else {
          queue.push(number, number + 1, at)
          const later = model.findIndex((entry) => entry[2] > at)
          model.splice(later < 0 ? model.length : later, 0, [number, number + 1, at])
        }
        assert.strictEqual(queue.size, model.length)
      })
      assert.deepStrictEqual(drain(queue), model)
    },
    { arbitrary: { runs: 300, seed: 1 } }
  )
})
