import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Closed, ContactList, ContactState } from "../../src/dialler/ContactList.ts"

const takeAll = (list: ContactList, now: number): ReadonlyArray<number> => {
  const taken: Array<number> = []
  for (let contact = list.peek(now); contact >= 0; contact = list.peek(now)) {
    list.take(contact)
    taken.push(contact)
  }
  return taken
}

/** Contacts 0 to 5, of segments 0, 1, 2 in turn. */
const three = (): ContactList => {
  const list = new ContactList(0)
  const first = list.add(6, 0)
  list.setSegments(first, [0, 1, 2, 0, 1, 2])
  return list
}

describe("segments of a list", () => {
  it("are left out while they are off, and keep their place", () => {
    const list = three()
    list.switchSegment(1, false)
    assert.deepStrictEqual([list.freshCount, list.peek(0)], [4, 0])
    list.take(0)
    list.take(list.peek(0))
    assert.strictEqual(list.state[2], ContactState.inWork)
    list.switchSegment(1, true)
    assert.deepStrictEqual(takeAll(list, 0), [1, 3, 4, 5])
  })
  it("hold back retries that fall due meanwhile, and give them back when on again", () => {
    const list = three()
    for (let i = 0; i < 6; i += 1) list.take(list.peek(0))
    for (let i = 0; i < 6; i += 1) list.retry(i, 100 + i)
    list.switchSegment(0, false)
    assert.deepStrictEqual(takeAll(list, 1_000), [1, 2, 4, 5])
    assert.strictEqual(list.peek(1_000), -1)
    list.switchSegment(0, true)
    assert.deepStrictEqual(takeAll(list, 1_000), [0, 3])
  })
  it("hold back promised calls too", () => {
    const list = three()
    list.take(list.peek(0))
    list.promise(0, 100, 200, 7)
    list.switchSegment(0, false)
    assert.strictEqual(list.peekPromised(7, 150), -1)
    list.switchSegment(0, true)
    assert.strictEqual(list.peek(150), 0)
  })
  it("take in what is added to them", () => {
    const list = three()
    list.switchSegment(1, false)
    list.add(2, 1)
    list.add(1, 2)
    assert.deepStrictEqual(takeAll(list, 0), [0, 2, 3, 5, 8])
    list.switchSegment(1, true)
    assert.deepStrictEqual(takeAll(list, 0), [1, 4, 6, 7])
  })
  it("may be changed contact by contact", () => {
    const list = three()
    list.switchSegment(1, false)
    list.move(0, 1)
    list.move(4, 2)
    assert.deepStrictEqual(takeAll(list, 0), [2, 3, 4, 5])
  })
})

describe("a filter of a list", () => {
  it("leaves out contacts with a mark, new ones without a column not", () => {
    const list = three()
    list.setFilter(Uint8Array.of(1, 0, 1, 0, 1, 0))
    list.add(1, 0)
    assert.deepStrictEqual([list.freshCount, ...takeAll(list, 0)], [4, 1, 3, 5, 6])
    list.setFilter(null)
    assert.deepStrictEqual(takeAll(list, 0), [0, 2, 4])
  })
})

describe("the order of a list", () => {
  it("goes by the keys, ties as loaded, and takes in new contacts at their place", () => {
    const list = three()
    const keys = Float64Array.of(5, 3, 4, 3, 1, 9, 2, 3)
    list.setOrder([keys], false)
    list.take(list.peek(0))
    list.add(2, 0)
    assert.deepStrictEqual(takeAll(list, 0), [6, 1, 3, 7, 2, 0, 5])
  })
  it("can ask those with the fewest attempts first", () => {
    const list = three()
    for (let i = 0; i < 4; i += 1) {
      list.take(list.peek(0))
      list.attempt(i)
    }
    list.attempt(0)
    list.retry(0, 10)
    list.setOrder([], true)
    list.retry(1, 20)
    list.attempt(2)
    list.retry(2, 5)
    list.retry(3, 30)
    assert.deepStrictEqual(takeAll(list, 25), [4, 5, 1, 2, 0])
    assert.strictEqual(list.nextDueAt, 30)
    list.setOrder([], false)
    assert.deepStrictEqual(takeAll(list, 30), [3])
  })
  const Keys = Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 5 }))).check(
    Schema.isMaxLength(60)
  )
  it.prop(
    "is the sorted order, however the contacts came in",
    { keys: Keys, loaded: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 60 })) },
    ({ keys, loaded }) => {
      const list = new ContactList(0)
      const early = Math.min(loaded, keys.length)
      list.add(early, 0)
      list.setOrder([keys], false)
      for (let i = early; i < keys.length; i += 1) list.add(1, 0)
      const expected = keys.map((_, i) => i).sort((a, b) => keys[a] - keys[b] || a - b)
      assert.deepStrictEqual(takeAll(list, 0), expected)
    },
    { arbitrary: { runs: 200, seed: 3 } }
  )
})

describe("promised calls", () => {
  it("wait for their agent, then for anyone", () => {
    const list = three()
    list.take(list.peek(0))
    list.promise(0, 100, 500, 7)
    assert.deepStrictEqual([list.peekPromised(7, 99), list.promises.nextAt], [-1, 100])
    assert.deepStrictEqual([list.peekPromised(7, 100), list.peekPromised(8, 499)], [0, -1])
    assert.strictEqual(list.promises.nextAt, 500)
    assert.strictEqual(list.peekPromised(8, 500), 0)
    list.take(0)
    assert.deepStrictEqual([list.peekPromised(7, 500), list.promises.nextAt], [-1, Number.POSITIVE_INFINITY])
  })
  it("come in the order of their instants, own ones first, and never through the common list", () => {
    const list = three()
    for (let i = 0; i < 6; i += 1) list.take(list.peek(0))
    list.promise(0, 300, 900, -1)
    list.promise(1, 200, 900, -1)
    list.promise(2, 400, 900, 7)
    assert.strictEqual(list.peek(1_000), -1)
    const order: Array<number> = []
    for (let next = list.peekPromised(7, 450); next >= 0; next = list.peekPromised(7, 450)) {
      list.take(next)
      order.push(next)
    }
    assert.deepStrictEqual(order, [2, 1, 0])
  })
  it("are void once the contact is planned anew or withdrawn", () => {
    const list = three()
    for (let i = 0; i < 2; i += 1) list.take(list.peek(0))
    list.promise(0, 100, 500, 7)
    list.promise(1, 100, 500, 7)
    assert.strictEqual(list.peekPromised(7, 100), 0)
    list.take(0)
    list.retry(0, 200)
    list.withdraw(1, Closed.removed)
    assert.strictEqual(list.peekPromised(7, 600), -1)
    assert.strictEqual(list.peek(600), 0)
  })
})

describe("withdrawn contacts", () => {
  it("are called no more, wherever they waited", () => {
    const list = three()
    const asked = list.request(0)
    list.take(asked)
    list.attempt(asked)
    const other = list.request(0)
    list.take(0)
    list.retry(0, 10)
    list.take(list.peek(5))
    assert.strictEqual(list.state[other], ContactState.inWork)
    for (const contact of [0, 1, 3, other]) list.withdraw(contact, Closed.doNotCall)
    assert.deepStrictEqual(takeAll(list, 100), [2, 4, 5])
    assert.deepStrictEqual([list.closed, list.freshCount, list.closedAs[3]], [3, 0, Closed.doNotCall])
    // In work: once that is over.
    assert.deepStrictEqual([list.state[other], list.closedAs[other]], [ContactState.inWork, Closed.doNotCall])
  })
})

describe("contacts that were held back", () => {
  it("come again behind retries if nobody ever called them, and before those never looked at", () => {
    const list = three()
    for (let i = 0; i < 3; i += 1) list.hold(list.peek(0), 100, 1)
    list.take(3)
    list.attempt(3)
    list.retry(3, 150)
    assert.deepStrictEqual([list.peek(99), list.nextDueAt], [4, 100])
    assert.strictEqual(list.peek(120), 0)
    assert.deepStrictEqual(takeAll(list, 150), [3, 0, 1, 2, 4, 5])
    assert.strictEqual(list.heldCount, 0)
  })
  it("stay behind retries when the order changes, or when their segment was off as their time came", () => {
    const held = (): ContactList => {
      const list = three()
      list.hold(list.peek(0), 100, 1)
      list.take(list.peek(0))
      list.attempt(1)
      list.retry(1, 150)
      return list
    }
    const reordered = held()
    reordered.setOrder([], true)
    reordered.setOrder([], false)
    assert.deepStrictEqual(takeAll(reordered, 150), [1, 0, 2, 3, 4, 5])
    const parked = held()
    parked.switchSegment(0, false)
    assert.strictEqual(parked.peek(120), 2)
    parked.switchSegment(0, true)
    assert.deepStrictEqual(takeAll(parked, 150), [1, 0, 2, 3, 4, 5])
  })
  it("can be held again, and withdrawn", () => {
    const list = three()
    for (let i = 0; i < 3; i += 1) list.hold(list.peek(0), 100, 1)
    list.hold(list.peek(100), 200, 2)
    list.withdraw(1, Closed.removed)
    assert.deepStrictEqual(takeAll(list, 150), [2, 3, 4, 5])
    assert.deepStrictEqual(takeAll(list, 200), [0])
  })
})

describe("contacts withdrawn more than once", () => {
  const { byRule, doNotCall, forbidden, invalid, moved, removed } = Closed
  it("keep the stronger reason, in whatever order the two came", () => {
    const weakestFirst = [byRule, invalid, moved, removed, forbidden, doNotCall]
    weakestFirst.forEach((weaker, i) => {
      for (const stronger of weakestFirst.slice(i)) {
        for (const [first, second] of [
          [weaker, stronger],
          [stronger, weaker]
        ]) {
          const list = three()
          list.withdraw(0, first)
          list.withdraw(0, second)
          assert.deepStrictEqual([list.closedAs[0], list.closed], [stronger, 1])
        }
      }
    })
  })
  it("in work, too, until the call is over", () => {
    const list = three()
    list.take(list.peek(0))
    list.withdraw(0, doNotCall)
    list.withdraw(0, removed)
    assert.deepStrictEqual([list.closedAs[0], list.closed], [doNotCall, 0])
  })
})
