import { assert, describe, it } from "@effect/vitest"
import { chooseTrunk, objectionOf } from "../../../src/sip/trunks/chooseTrunk.ts"
import { Trunk } from "../../../src/sip/trunks/Trunk.ts"
import { TrunkHealth } from "../../../src/sip/trunks/TrunkHealth.ts"
import type { TrunkData } from "../../../src/sip/trunks/TrunkSettings.ts"
import { trunkOf } from "./trunkOf.ts"

const trunk = (name: string, more: Partial<TrunkData> = {}) =>
  new Trunk(trunkOf(name, { callsPerSecondMax: 500, ...more }), new TrunkHealth(false, 0, () => {}))
/** Uses lines of a trunk, long before the times the tests speak of. */
const busy = (one: Trunk, lines: number): Trunk => {
  for (let line = 0; line < lines; line += 1) one.take(-1e6)
  return one
}
const none = new Set<Trunk>()
const chosen = (now: number, ...trunks: ReadonlyArray<Trunk>) => chooseTrunk(trunks, none, now)?.settings.name

describe("the trunk for a call", () => {
  it("is the first by priority, however busy", () => {
    assert.strictEqual(chosen(0, trunk("b", { priority: 2 }), busy(trunk("a"), 9)), "a")
  })
  it("is of equal ones the one with the smallest share of its lines in use, or the first", () => {
    assert.strictEqual(chosen(0, busy(trunk("a"), 3), busy(trunk("b", { linesMax: 100 }), 20)), "b")
    assert.strictEqual(chosen(0, busy(trunk("a"), 3), busy(trunk("b"), 2)), "b")
    assert.strictEqual(chosen(0, trunk("a"), trunk("b")), "a")
  })
  it("is of equal ones rather one whose turn is now", () => {
    const [a, b] = [trunk("a", { callsPerSecondMax: 2 }), busy(trunk("b"), 5)]
    a.take(0)
    assert.strictEqual(chosen(499, a, b), "b")
    assert.strictEqual(chosen(500, a, b), "a")
  })
  it("is one that has to be waited for a second, but no longer", () => {
    const [a, b] = [trunk("a", { callsPerSecondMax: 2, linesMax: 100 }), trunk("b", { priority: 2 })]
    const turns = [a.take(0), a.take(0), a.take(0)]
    assert.deepStrictEqual(turns, [0, 500, 1_000])
    assert.strictEqual(chosen(499, a, b), "b")
    assert.strictEqual(objectionOf(a, none, 499), "has its 2 calls a second")
    assert.strictEqual(chosen(500, a, b), "a")
  })
  it("is none that is full, was tried, or is not up", () => {
    const full = busy(trunk("full", { linesMax: 2 }), 2)
    const down = trunk("down")
    down.health.pinged(408, 0)
    const tried = trunk("tried")
    assert.isUndefined(chooseTrunk([full, down, tried], new Set([tried]), 0))
    assert.deepStrictEqual(
      [full, down, tried].map((each) => objectionOf(each, new Set([tried]), 0)),
      ["has all of its 2 lines in use", "is down (OPTIONS is not answered)", "was tried"]
    )
    full.release()
    assert.strictEqual(chosen(0, full, down), "full")
  })
})

describe("a trunk's turns", () => {
  it("keep their distance when a call begins late", () => {
    const one = trunk("a", { callsPerSecondMax: 10 })
    assert.deepStrictEqual([one.take(0), one.take(0)], [0, 100])
    one.begin(70)
    assert.deepStrictEqual([one.untilTurn(100), one.untilTurn(170)], [70, 0])
    one.begin(170)
    assert.strictEqual(one.waitMillis(170), 100)
  })
  it("defend themselves against calls out of turn, lines that are not there and lines freed twice", () => {
    const one = trunk("a", { callsPerSecondMax: 3, linesMax: 1 })
    one.take(0)
    one.begin(0)
    assert.throws(() => one.take(0), "no line left")
    assert.throws(() => one.begin(333), "out of turn")
    one.release()
    assert.throws(() => one.release(), "frees a line that nobody had")
  })
})
