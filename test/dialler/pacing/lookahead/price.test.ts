import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Price } from "../../../../src/dialler/pacing/lookahead/Price.ts"
import { drawsFor } from "../../learning/drawing.ts"

const priceMin = 1e-4
const priceMax = 0.95
const times = (count: number, what: () => void) => {
  for (let i = 0; i < count; i += 1) what()
}

/** Answers of which each is a person served or abandoned, or a machine as likely as not. */
const Answers = Schema.Array(
  Schema.Struct({
    abandoned: Schema.Boolean,
    person: Schema.Literals([0, 0.25, 0.5, 1]),
    times: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 60 }))
  })
).check(Schema.isMaxLength(25))

describe("price", () => {
  // Worlds in which an answer is abandoned with a chance that rises with the price, more or less than the price says.
  const worlds: ReadonlyArray<[string, (price: number) => number]> = [
    ["as priced", (price) => price / 2],
    ["worse than priced", (price) => Math.min(1, 3 * price)],
    ["better than priced", (price) => price ** 2 / 2],
    ["mostly by mischance", (price) => Math.min(1, 0.004 + price)]
  ]
  const settings = [0.01, 0.03, 0.05].flatMap((target) => [0.05, 0.1].map((gain) => ({ gain, target })))
  it.each(settings)("brings the long-run rate to the target $target with a step of $gain", ({ gain, target }) => {
    for (const [name, chance] of worlds) {
      const draws = drawsFor(`${name} ${target} ${gain}`)
      const price = new Price(target, gain, 0.02, 0.03, false)
      const answers = 60_000
      let abandoned = 0
      times(answers, () => {
        if (draws.nextChance(chance(price.now))) {
          abandoned += 1
          price.abandoned(1)
        } else price.served(1)
      })
      assert.approximately(abandoned / answers, target, 0.0006 + 0.03 * target, name)
    }
  })
  it.prop("is the balance of the abandon budget while no bound binds", { answers: Answers }, ({ answers }) => {
    const [target, gain, start] = [0.03, 0.001, 0.01]
    const price = new Price(target, gain, start, 0.03, false)
    let live = 0
    let abandoned = 0
    for (const answer of answers) {
      times(answer.times, () => (answer.abandoned ? price.abandoned(answer.person) : price.served(answer.person)))
      live += answer.times * answer.person
      if (answer.abandoned) abandoned += answer.times * answer.person
    }
    assert.approximately(Math.log(price.now / start) / gain, target * live - abandoned, 1e-6)
  })
  it("stays within its bounds", () => {
    const price = new Price(0.03, 0.1, 0.02, 0.03, false)
    times(3_000, () => price.served(1))
    assert.strictEqual(price.now, priceMax)
    times(300, () => price.abandoned(1))
    assert.strictEqual(price.now, priceMin)
  })
  it("does not count machines", () => {
    const price = new Price(0.03, 0.1, 0.02, 0.03, true)
    times(100, () => price.served(0))
    times(100, () => price.abandoned(0))
    assert.strictEqual(price.unguarded, 0.02)
    assert.isTrue(price.guarded)
  })
})

describe("price with a guard", () => {
  it.each([
    { limit: 0.03, served: 33 },
    { limit: 0.02, served: 49 },
    { limit: 0.05, served: 19 },
    { limit: 0.1, served: 9 }
  ])("allows the first abandonment at $limit after $served people served", ({ limit, served }) => {
    const price = new Price(0.02, 0.1, 0.02, limit, true)
    times(served - 1, () => price.served(1))
    assert.strictEqual(price.now, 0)
    price.served(1)
    assert.isAbove(price.now, 0)
    price.abandoned(1)
    assert.strictEqual(price.now, 0)
  })
  it.prop(
    "is 0, and does not rise, while one more abandonment would break the limit",
    { answers: Answers },
    ({ answers }) => {
      const limit = 0.03
      const price = new Price(0.025, 0.1, 0.02, limit, true)
      let live = 0
      let abandoned = 0
      for (const answer of answers) {
        times(answer.times, () => {
          const before = price.unguarded
          if (answer.abandoned) price.abandoned(answer.person)
          else price.served(answer.person)
          live += answer.person
          if (answer.abandoned) abandoned += answer.person
          const wouldBreak = (abandoned + 1) / (live + 1) > limit
          assert.strictEqual(price.now === 0, wouldBreak)
          if (wouldBreak) assert.isAtMost(price.unguarded, before)
          else assert.strictEqual(price.now, price.unguarded)
        })
      }
    }
  )
  it("without the guard never stops at the limit", () => {
    const price = new Price(0.025, 0.1, 0.02, 0.03, false)
    times(5, () => price.abandoned(1))
    assert.isAbove(price.now, 0)
  })
})
