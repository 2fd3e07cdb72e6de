import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { CallingOrder, inOrder, type OrderColumns, ranksOf } from "../../src/contacts/orders.ts"

const columns = (size: number): OrderColumns => ({
  size,
  key: Float64Array.from({ length: size }, (_, i) => 420_600_000_000 + i),
  loadedAt: new Float64Array(size),
  priority: new Int32Array(size),
  attempts: new Uint8Array(size),
  bestHour: new Int8Array(size).fill(-1),
  localHour: new Int8Array(size).fill(-1)
})
const five: OrderColumns = {
  ...columns(5),
  loadedAt: Float64Array.of(30, 10, 20, 10, 50),
  priority: Int32Array.of(0, 5, -1, 5, 0),
  attempts: Uint8Array.of(2, 1, 0, 3, 0),
  bestHour: Int8Array.of(9, 23, -1, 18, 10),
  localHour: Int8Array.of(10, 1, 10, 10, 10)
}
const positions = (...orders: ReadonlyArray<CallingOrder>): ReadonlyArray<number> => [...inOrder(five, orders)]

describe("orders of calling", () => {
  it("are as their names say, ties as loaded in the list", () => {
    assert.deepStrictEqual(positions(), [0, 1, 2, 3, 4])
    assert.deepStrictEqual(positions({ by: "loaded" }), [1, 3, 2, 0, 4])
    assert.deepStrictEqual(positions({ by: "newest" }), [4, 0, 2, 1, 3])
    assert.deepStrictEqual(positions({ by: "priority" }), [1, 3, 0, 4, 2])
    assert.deepStrictEqual(positions({ by: "fewest-attempts" }), [2, 4, 1, 0, 3])
    // Distances: 1, 2 over midnight, unknown, 8, 0.
    assert.deepStrictEqual(positions({ by: "best-hour" }), [4, 0, 1, 3, 2])
  })
  it("can be several, one after the other", () => {
    assert.deepStrictEqual(positions({ by: "priority" }, { by: "fewest-attempts" }), [1, 3, 4, 0, 2])
  })
  it("have a rank for each contact", () => {
    assert.deepStrictEqual([...ranksOf(Uint32Array.of(2, 0, 1))], [1, 2, 0])
  })
})

const random = (seed: string | number, size = 1_000, of = columns(size)): Uint32Array =>
  inOrder(of, [{ by: "random", seed }])

describe("a random order", () => {
  it("is the same for the same seed, also written as text, and another for another", () => {
    assert.deepStrictEqual(random(7), random("7"))
    assert.notDeepEqual([...random(7)], [...random(8)])
  })
  it("does not change for the others when contacts come or go", () => {
    const all = random(7)
    const even = columns(500)
    even.key.forEach((_, i) => (even.key[i] = columns(1_000).key[i * 2]))
    const half = [...random(7, 500, even)].map((position) => position * 2)
    assert.deepStrictEqual(
      half,
      [...all].filter((position) => position % 2 === 0)
    )
  })
  it("puts each contact anywhere with the same chance", () => {
    // Contact 0's place among 100, under 4,000 seeds, in ten bins of 400: chi-square with 9 degrees of freedom.
    const bins = new Float64Array(10)
    for (let seed = 0; seed < 4_000; seed += 1) bins[Math.floor(random(seed, 100).indexOf(0) / 10)] += 1
    const chiSquare = bins.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0)
    assert.isBelow(chiSquare, 27.9)
    // Neighbours of one list: ascents and descents in equal shares.
    const order = random("neighbours", 20_000)
    const ascents = order.reduce((sum, position, i) => sum + (i > 0 && position > order[i - 1] ? 1 : 0), 0)
    assert.approximately(ascents / 20_000, 0.5, 0.01)
  })
})

const Orders = Schema.Array(CallingOrder).check(Schema.isMaxLength(3))
const Values = Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3 }))).check(
  Schema.isMaxLength(30)
)

describe("every order", () => {
  it.prop("is a permutation, and keeps to its first key", { orders: Orders, values: Values }, ({ orders, values }) => {
    const some: OrderColumns = { ...columns(values.length), attempts: Uint8Array.from(values) }
    const order = [...inOrder(some, [{ by: "fewest-attempts" }, ...orders])]
    assert.deepStrictEqual(
      order.toSorted((a, b) => a - b),
      values.map((_, i) => i)
    )
    assert.deepStrictEqual(
      order.map((position) => values[position]),
      values.toSorted((a, b) => a - b)
    )
  })
})
