import { assert, describe, it } from "@effect/vitest"
import { clopperPearson } from "../../../sim/statistics/proportion.ts"
import { Refusal } from "../../../src/dialler/callerId/CallerIds.ts"
import type { CallerIdData } from "../../../src/domain/callerId/CallerIdSettings.ts"
import { Line, number, plain } from "./setting.ts"

const contacts = (count: number) => Array.from({ length: count }, (_, i) => i)
const numbers = (...last: ReadonlyArray<number>) => last.map(number)

/** Whether a count is what so many trials of this chance give, but for one in a million. */
const isBinomial = (count: number, trials: number, chance: number): void => {
  const { high, low } = clopperPearson(count, trials, 0.999_999)
  assert.isTrue(low <= chance && chance <= high, `${count} of ${trials} for a chance of ${chance}`)
}

describe("round robin", () => {
  it("shows each number in its turn", () => {
    assert.deepStrictEqual(new Line(plain("round-robin", 3)).calls(5, 5, 9, 0, 5), numbers(0, 1, 2, 0, 1))
  })
  it("goes on with those below their caps, stops when none is left, and begins again after midnight", () => {
    const line = new Line({
      rotation: "round-robin",
      numbers: [{ number: number(0), capPerDay: 1 }, { number: number(1) }, { number: number(2), capPerDay: 2 }]
    })
    assert.deepStrictEqual(line.calls(...contacts(7)), numbers(0, 1, 2, 1, 2, 1, 1))
    const capped = new Line(plain("round-robin", 2, 1))
    assert.deepStrictEqual(capped.calls(0, 1, 2, 3), [...numbers(0, 1), "capped", "capped"])
    capped.day = 1
    assert.deepStrictEqual(capped.calls(2, 3, 4), [...numbers(0, 1), "capped"])
    assert.deepStrictEqual([capped.ids.shownOn(0, 1), capped.ids.shownOn(0, 2)], [1, 0])
    // A clock that is set back does not give the day anew.
    capped.day = 0
    assert.deepStrictEqual(capped.calls(5), ["capped"])
  })
  it("takes a new number in when it comes, and does not make it catch up", () => {
    const line = new Line(plain("round-robin", 2))
    line.calls(...contacts(10))
    line.change(plain("round-robin", 3))
    assert.deepStrictEqual(line.calls(0, 1, 2, 3, 4, 5), numbers(2, 0, 1, 2, 0, 1))
  })
  it("counts only what was placed", () => {
    const { ids } = new Line(plain("round-robin", 2, 1))
    assert.deepStrictEqual([ids.pick(0, 0, 1, 0), ids.pick(0, 0, 1, 0)], [0, 0])
    ids.placed(0, 0, 0)
    assert.strictEqual(ids.pick(0, 0, 1, 0), 1)
  })
})

describe("the fall-back", () => {
  const data: CallerIdData = {
    ...plain("round-robin", 2, 1),
    whenCapped: "fallback",
    fallback: { number: number(9), capPerDay: 2 }
  }
  it("is shown when all are at their caps, up to its own", () => {
    const line = new Line(data)
    assert.deepStrictEqual(line.calls(...contacts(5)), [...numbers(0, 1, 9, 9), "capped"])
    line.day = 1
    assert.deepStrictEqual(line.calls(5), numbers(0))
  })
  it("is not where the campaign is to stop", () => {
    const line = new Line({ ...data, whenCapped: "stop" })
    assert.deepStrictEqual(line.calls(...contacts(3)), [...numbers(0, 1), "capped"])
  })
  it("may become a number of the rotation, and keeps what was counted", () => {
    const line = new Line(data)
    line.calls(0, 1, 2)
    line.change({ rotation: "round-robin", numbers: [{ number: number(9), capPerDay: 2 }] })
    assert.deepStrictEqual(line.calls(3, 4), [...numbers(9), "capped"])
  })
})

describe("a number that is gone", () => {
  it("leaves nobody served where it was the only one", () => {
    const { ids } = new Line(plain("round-robin", 1))
    // No settings that can be decoded leave a contact without; those that were not decoded may.
    ids.change({ rotation: "round-robin", numbers: [], whenCapped: "stop" })
    assert.deepStrictEqual([ids.pick(0, 0, 1, 0), ids.refusal, ids.isInUse(0)], [-1, Refusal.unserved, false])
    assert.deepStrictEqual([ids.size, ids.indexOf(number(0)), ids.indexOf(number(1))], [1, 0, -1])
  })
})

describe("by prefix", () => {
  const data: CallerIdData = {
    rotation: "by-prefix",
    numbers: [
      { number: number(0), prefixes: ["+44"] },
      { number: number(1), prefixes: ["+4420", "+49"], capPerDay: 1 },
      { number: number(2), prefixes: ["+4420"], capPerDay: 2 },
      { number: number(3) }
    ]
  }
  const london = "+442079460000"
  const leeds = "+441134960000"
  const berlin = "+4930901820"
  const prague = "+420220514000"
  it("shows a number of the longest prefix, each in its turn, then of the next shorter one", () => {
    const line = new Line(data)
    assert.deepStrictEqual(
      [london, london, london, london, leeds, leeds].map((to, i) => line.call(i, to)),
      numbers(1, 2, 2, 0, 0, 0)
    )
  })
  it("shows the numbers for everybody where no prefix fits, or theirs are at their caps", () => {
    const line = new Line(data)
    assert.deepStrictEqual(
      [prague, berlin, berlin].map((to, i) => line.call(i, to)),
      numbers(3, 1, 3)
    )
  })
  it("shows the fall-back to contacts no number serves, whatever it does at the caps", () => {
    const line = new Line({
      rotation: "by-prefix",
      numbers: [{ number: number(0), prefixes: ["+44"], capPerDay: 1 }],
      fallback: { number: number(9), capPerDay: 2 }
    })
    assert.deepStrictEqual(
      [prague, london, london, berlin, prague].map((to, i) => line.call(i, to)),
      [...numbers(9, 0), "capped", ...numbers(9), "capped"]
    )
  })
  it("keeps the classes of contacts when numbers come and go, and says when they are to be worked out again", () => {
    const { ids } = new Line(data)
    const classes = [london, leeds, berlin, prague].map((to) => ids.classOf(to))
    assert.deepStrictEqual([new Set(classes).size, classes[3]], [4, 0])
    const { classesMade } = ids
    const without: CallerIdData = { ...data, numbers: data.numbers.slice(0, 1), fallback: { number: number(9) } }
    const line = new Line(data).change(without)
    assert.deepStrictEqual([line.call(0, london), line.call(1, berlin)], numbers(0, 9))
    assert.strictEqual(line.ids.classesMade, classesMade)
    line.change({ ...data, numbers: [...data.numbers, { number: number(5), prefixes: ["+44113"] }] })
    assert.strictEqual(line.ids.classesMade, classesMade + 1)
    assert.strictEqual(line.ids.classOf(london), classes[0])
    assert.strictEqual(line.call(2, leeds), number(5))
    // A class from before still holds.
    assert.strictEqual(line.ids.numberOf(line.ids.pick(3, classes[1], 1, 0)), number(0))
  })
})

describe("sticky", () => {
  it("shows a contact the number it saw first", () => {
    const line = new Line(plain("sticky", 5))
    const first = line.calls(...contacts(200))
    for (let i = 0; i < 3; i += 1) assert.deepStrictEqual(line.calls(...contacts(200)), first)
    for (let i = 0; i < 5; i += 1) {
      isBinomial(first.filter((shown) => shown === number(i)).length, 200, 0.2)
    }
  })
  it("shows one other number, always the same, while that one cannot be shown, and goes back to it", () => {
    const line = new Line(plain("sticky", 5))
    const [first] = line.calls(7)
    const others: CallerIdData = {
      rotation: "sticky",
      numbers: plain("sticky", 5).numbers.filter((each) => each.number !== first)
    }
    const [second, ...more] = line.change(others).calls(7, 7, 7, 7)
    assert.notStrictEqual(second, first)
    assert.deepStrictEqual(more, [second, second, second])
    assert.deepStrictEqual(line.change(plain("sticky", 5)).calls(7), [first])
  })
  it("does so where that one is at its cap, until midnight", () => {
    const line = new Line(plain("sticky", 2, 2))
    const [first, again, other] = line.calls(3, 3, 3)
    assert.deepStrictEqual([first === again, first === other], [true, false])
    line.day = 1
    assert.deepStrictEqual(line.calls(3), [first])
  })
  it("begins with a number of the longest prefix", () => {
    const line = new Line({
      rotation: "sticky",
      numbers: [{ number: number(0), prefixes: ["+44"] }, { number: number(1) }]
    })
    assert.deepStrictEqual([line.call(0, "+442079460000"), line.call(1)], numbers(0, 1))
  })
  it("knows what contacts saw before the rotation was sticky", () => {
    const line = new Line(plain("round-robin", 3))
    const first = line.calls(...contacts(30))
    assert.deepStrictEqual(line.change(plain("sticky", 3)).calls(...contacts(30)), first)
    assert.deepStrictEqual([line.ids.shownFirst(1), line.ids.shownFirst(30), line.ids.shownFirst(9_999)], [1, -1, -1])
  })
})

describe("random", () => {
  const trials = 20_000
  it("gives every number its share, and every pair of a contact's first two attempts", () => {
    const line = new Line(plain("random", 4))
    const first = line.calls(...contacts(trials))
    const second = line.calls(...contacts(trials))
    for (let a = 0; a < 4; a += 1) {
      isBinomial(first.filter((shown) => shown === number(a)).length, trials, 1 / 4)
      isBinomial(second.filter((shown) => shown === number(a)).length, trials, 1 / 4)
      for (let b = 0; b < 4; b += 1) {
        const both = first.filter((shown, i) => shown === number(a) && second[i] === number(b)).length
        isBinomial(both, trials, 1 / 16)
      }
    }
  })
  it("gives neighbours, seeds and long runs of attempts the same shares", () => {
    const ids = new Line(plain("random", 3), 12_345).ids
    const shown = (contact: number, attempt: number) => ids.pick(contact, 0, attempt, 0)
    const repeats = contacts(trials).filter((contact) => shown(contact, 1) === shown(contact + 1, 1)).length
    isBinomial(repeats, trials, 1 / 3)
    const other = new Line(plain("random", 3), 12_346).ids
    isBinomial(contacts(trials).filter((i) => shown(i, 1) === other.pick(i, 0, 1, 0)).length, trials, 1 / 3)
    for (let a = 0; a < 3; a += 1) {
      isBinomial(contacts(trials).filter((attempt) => shown(0, attempt) === a).length, trials, 1 / 3)
    }
  })
  it("tells numbers apart by all their digits", () => {
    // Alike in their last 32 bits.
    const far: CallerIdData = {
      rotation: "random",
      numbers: [{ number: "+10000000000" }, { number: "+14294967296" }]
    }
    const shown = new Line(far).calls(...contacts(1_000))
    isBinomial(shown.filter((each) => each === "+10000000000").length, 1_000, 1 / 2)
  })
  it("is the contact's and the attempt's own, whatever was placed before", () => {
    const one = new Line(plain("random", 7)).calls(...contacts(100))
    const backwards = new Line(plain("random", 7)).calls(...contacts(100).reverse())
    assert.deepStrictEqual(backwards.toReversed(), one)
    assert.notDeepEqual(new Line(plain("random", 7), 2).calls(...contacts(100)), one)
  })
  it("moves only the contacts of a number that is withdrawn, and those a new one takes", () => {
    const all = new Line(plain("random", 5)).calls(...contacts(500))
    const four = new Line(plain("random", 4)).calls(...contacts(500))
    for (let i = 0; i < 500; i += 1) if (all[i] !== number(4)) assert.strictEqual(four[i], all[i])
    isBinomial(all.filter((shown) => shown === number(4)).length, 500, 1 / 5)
  })
})
