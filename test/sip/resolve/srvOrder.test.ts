import { assert, describe, it } from "@effect/vitest"
import { srvOrder } from "../../../src/sip/resolve/srvOrder.ts"

const server = (name: string, priority: number, weight: number) => ({ name, priority, weight })
const keys = Array.from({ length: 10_000 }, (_, index) => `call${index}`)
const firsts = (servers: ReadonlyArray<ReturnType<typeof server>>) => {
  const counts = new Map<string, number>()
  for (const key of keys) {
    const [{ name }] = srvOrder(servers, key)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

describe("the order of servers", () => {
  it("is by priority first, whatever the weights", () => {
    const servers = [server("c", 20, 65_535), server("a", 5, 0), server("b", 10, 9)]
    for (const key of keys.slice(0, 100)) {
      assert.deepStrictEqual(
        srvOrder(servers, key).map(({ name }) => name),
        ["a", "b", "c"]
      )
    }
  })
  it("has every server once, and is the same for the same key", () => {
    const servers = [server("a", 1, 1), server("b", 1, 5), server("c", 1, 0), server("d", 2, 3), server("e", 2, 3)]
    for (const key of keys.slice(0, 500)) {
      const order = srvOrder(servers, key)
      assert.deepStrictEqual(srvOrder(servers, key), order)
      assert.deepStrictEqual(order.map(({ name }) => name).sort(), ["a", "b", "c", "d", "e"])
    }
  })
  it("falls among equals by weight: of ten thousand calls, three quarters to 75 of 100", () => {
    const counts = firsts([server("a", 1, 75), server("b", 1, 25)])
    // A draw from 0 to 100 gives 76 and 25 of 101; four standard deviations are 174.
    assert.closeTo(counts.get("a") ?? 0, 7_525, 174)
  })
  it("gives a server of weight 0 a small chance beside others, and an equal one among its like", () => {
    const small = firsts([server("a", 1, 99), server("b", 1, 0)]).get("b") ?? 0
    assert.closeTo(small, 100, 40)
    // RFC 2782 draws from 0 to the sum, both included: 0 or 1 here; four standard deviations are 200.
    assert.closeTo(firsts([server("a", 1, 1), server("b", 1, 0)]).get("b") ?? 0, 5_000, 200)
    const alone = firsts([server("b", 1, 0), server("c", 1, 0)])
    assert.deepStrictEqual([...alone.values()], [10_000])
  })
})
