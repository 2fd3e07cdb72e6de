import { assert, describe, it } from "@effect/vitest"
import type { LookAheadSettings } from "../../../../src/domain/Pacing.ts"
import { Bound } from "../../../../src/dialler/pacing/Policy.ts"
import { type FloorOptions, team, TestFloor } from "../../TestFloor.ts"

const lookAhead = (given: Partial<LookAheadSettings> = {}): LookAheadSettings => ({
  kind: "look-ahead",
  abandonTarget: 0.03,
  release: false,
  priceStart: 0.1,
  gain: 0.1,
  guard: false,
  ...given
})
/** As many contacts as nobody calls: a number of dials at or near it means that nothing held the pacing back. */
const contacts = 2_000
const floorOf = (
  agents: number,
  pacing: Partial<LookAheadSettings> = {},
  settings: NonNullable<FloorOptions["campaigns"]>[number] = {}
) =>
  new TestFloor({
    groups: team(agents),
    campaigns: [{ mode: "predictive", pacing: lookAhead(pacing), linesMax: 1e6, contacts, ...settings }]
  })
const dialsOf = (floor: TestFloor): ReadonlyArray<string> => floor.said().filter((line) => line.includes(" dial "))
const everybody = (count: number) => Array.from({ length: count }, (_, agent) => agent)

describe("look-ahead decides", () => {
  it("one call for every agent without one, whatever the price", () => {
    const floor = floorOf(7, { priceStart: 1e-4, abandonTarget: 1e-9 })
    for (let agent = 0; agent < 7; agent += 1) {
      floor.signIn(agent)
      assert.strictEqual(dialsOf(floor).length, 1)
    }
    floor.at(3_000).fails("c2").fails("c5")
    assert.strictEqual(dialsOf(floor).length, 2)
  })
  it.each([1, 3, 19, 20, 60])("a bounded number of calls for %d agents at any price", (agents) => {
    for (const priceStart of [0.02, 0.3, 0.95]) {
      const floor = floorOf(agents, { priceStart }, { linesMax: contacts })
      floor.signIn(...everybody(agents))
      const placed = dialsOf(floor).length
      assert.isAtLeast(placed, agents)
      // At a chance of 0.25 and a price near 1 about eleven lines an agent are still a chance worth taking.
      assert.isAtMost(placed, 30 + 12 * agents, `price ${priceStart}`)
    }
  })
  it.each([30_000, 60_000, 96_000, 100_000, 600_000])(
    "a bounded number of calls with a ring limit of %d ms",
    (limit) => {
      const floor = floorOf(3, {}, { ringMillisMax: limit })
      floor.signIn(0, 1, 2)
      assert.isAtMost(dialsOf(floor).length, 30)
      floor.until(Math.min(limit, 60_000) - 1)
      assert.isAtMost(dialsOf(floor).length, 60)
    }
  )
  it("more calls at a higher price", () => {
    const placed = [0.01, 0.05, 0.2, 0.5].map((priceStart) => {
      const floor = floorOf(5, { priceStart })
      floor.signIn(...everybody(5))
      return dialsOf(floor).length
    })
    assert.deepStrictEqual(
      placed,
      placed.toSorted((a, b) => a - b)
    )
    assert.isAbove(placed[3], placed[0])
  })
  it("anew when an agent signs in or comes back, not only at the next tick", () => {
    const floor = floorOf(3, { priceStart: 0.4 })
    floor.signIn(0)
    assert.isAtLeast(dialsOf(floor).length, 2)
    floor.at(300).signIn(1)
    assert.isAtLeast(dialsOf(floor).length, 1)
    floor.at(400).pauses(1).at(500).returns(1)
    assert.deepStrictEqual(dialsOf(floor), [])
    floor.at(600).signIn(2)
    assert.isAtLeast(dialsOf(floor).length, 1)
  })
  it("again by itself while calls grow old unanswered", () => {
    const floor = floorOf(2, { priceStart: 0.05 })
    floor.signIn(0, 1).said()
    floor.until(19_000)
    assert.isAtLeast(dialsOf(floor).length, 1)
  })
})

describe("look-ahead counts on agents", () => {
  /** Three of four agents wrap up for the wrap-up's usual length; `leaves` is done while they talk. */
  const inWrapUp = (leaves: (floor: TestFloor) => TestFloor): number => {
    const floor = floorOf(4, { priceStart: 0.05 })
    floor.signIn(0, 1, 2, 3)
    for (const contact of ["c0", "c1", "c2"]) floor.at(floor.now + 500).answers(contact)
    leaves(floor.at(30_000))
    floor.until(60_000).said()
    for (const contact of ["c0", "c1", "c2"]) floor.ends(contact)
    floor.until(75_000)
    return dialsOf(floor).length
  }
  it("who wrap up", () => {
    assert.isAbove(
      inWrapUp((floor) => floor),
      inWrapUp((floor) => floor.lost(0).lost(1).lost(2))
    )
  })
  it("but not on those who leave when the work in hand is finished", () => {
    const left = inWrapUp((floor) => floor.lost(0).lost(1).lost(2))
    assert.isAtMost(
      inWrapUp((floor) => floor.pauses(0).pauses(1).pauses(2)),
      left
    )
    assert.isAtMost(
      inWrapUp((floor) => floor.signOut(0).signOut(1).signOut(2)),
      left
    )
  })
})

describe("look-ahead takes back", () => {
  it("no call before its legal minimum ring, and those it takes back are cancelled", () => {
    const floor = floorOf(4, { release: true, priceStart: 0.1 }, { ringMillisMax: 30_000, ringMillisMin: 12_000 })
    floor.signIn(0, 1, 2, 3).at(2_000)
    // Four agents are taken by the first answers, a fifth caller is lost: what rings now has nobody to go to.
    for (const contact of ["c0", "c1", "c2", "c3", "c4"]) floor.answers(contact)
    floor.until(11_999)
    assert.deepStrictEqual(
      floor.said().filter((line) => line.includes("cancelled")),
      []
    )
    floor.until(25_000)
    const cancelled = floor.said().filter((line) => line.includes("cancelled"))
    assert.isAbove(cancelled.length, 0)
    for (const line of cancelled) assert.isAtLeast(Number(line.split(" ")[0]), 12_000)
  })
  it("nothing unless it is asked to", () => {
    const floor = floorOf(4, { release: false, priceStart: 0.1 }, { ringMillisMax: 30_000, ringMillisMin: 12_000 })
    floor.signIn(0, 1, 2, 3).at(2_000)
    for (const contact of ["c0", "c1", "c2", "c3", "c4"]) floor.answers(contact)
    floor.until(29_999)
    assert.deepStrictEqual(
      floor.said().filter((line) => line.includes("cancelled")),
      []
    )
  })
})

describe("look-ahead with a guard", () => {
  it("dials one line for each idle agent until the window allows an abandonment, and says why", () => {
    const floor = floorOf(2, { guard: true, priceStart: 0.9 })
    floor.signIn(0, 1)
    assert.strictEqual(dialsOf(floor).length, 2)
    assert.strictEqual(floor.dialler.campaigns[0].policy.bound, Bound.budget)
    for (let served = 0; served < 33; served += 1) {
      floor.at(floor.now + 1_000).answers(`c${served}`)
      floor.at(floor.now + 1_000).ends(`c${served}`)
      if (served < 32) {
        floor.wrapped(served % 2)
        assert.strictEqual(dialsOf(floor).length, 1)
      }
    }
    floor.wrapped(0)
    assert.isAbove(dialsOf(floor).length, 1)
    assert.strictEqual(floor.dialler.campaigns[0].policy.bound, Bound.price)
  })
})

describe("look-ahead whose guard is lifted by a connect", () => {
  it("dials at once", () => {
    const floor = floorOf(4, { guard: true, priceStart: 0.9 })
    floor.signIn(0)
    for (let served = 0; served < 31; served += 1) {
      floor.at(floor.now + 1_000).answers(`c${served}`)
      floor
        .at(floor.now + 1_000)
        .ends(`c${served}`)
        .wrapped(0)
    }
    floor.signIn(1).said()
    // Two lines and two agents: the first answer allows nothing yet, the second makes it 33 people served.
    floor.at(floor.now + 1_000).answers("c31")
    assert.deepStrictEqual(dialsOf(floor), [])
    floor.at(floor.now + 1_000).answers("c32")
    assert.isAbove(dialsOf(floor).length, 0)
  })
})

describe("look-ahead that believes what is not so", () => {
  it("rings no more than forty lines for each agent", () => {
    const expected = { pickupRate: 0.001, ringMillis: 8_000, talkMillis: 120_000, wrapMillis: 20_000 }
    const floor = floorOf(3, { priceStart: 0.95 }, { expected })
    floor.signIn(0, 1, 2)
    assert.strictEqual(dialsOf(floor).length, 120)
    floor.until(15_000).at(15_500).fails("c0").fails("c1")
    assert.strictEqual(dialsOf(floor).length, 2)
  })
})

describe("look-ahead where campaigns share agents", () => {
  const guarded = { mode: "predictive", pacing: lookAhead({ guard: true }), contacts, linesMax: 1e6 } as const
  it("does not take a call that holds an agent already for one that will want an idle agent", () => {
    const floor = new TestFloor({
      groups: [
        { name: "first", agents: 3, alwaysOn: true },
        { name: "second", agents: 2, alwaysOn: true }
      ],
      campaigns: [
        { name: "p", mode: "progressive", groups: ["first"], priority: 1, contacts },
        { name: "l", ...guarded, groups: ["first", "second"] }
      ]
    })
    floor.signIn(0, 1, 2)
    assert.strictEqual(dialsOf(floor).filter((line) => line.includes("dial p:")).length, 3)
    floor.signIn(3, 4)
    assert.strictEqual(dialsOf(floor).filter((line) => line.includes("dial l:")).length, 2)
  })
  it("does not wait for the answers of calls a script serves", () => {
    const floor = new TestFloor({
      groups: team(2),
      campaigns: [
        { name: "s", mode: "automatic", contacts: 50 },
        { name: "l", ...guarded }
      ]
    })
    floor.signIn(0, 1)
    assert.strictEqual(dialsOf(floor).filter((line) => line.includes("dial l:")).length, 2)
  })
})
