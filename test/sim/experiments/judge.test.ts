import { assert, describe, it } from "@effect/vitest"
import { chanceOf, overLimitChance } from "../../../sim/experiments/estimates.ts"
import { Judge } from "../../../sim/experiments/Judge.ts"
import type { SettingResult } from "../../../sim/experiments/Result.ts"
import { settingOf } from "../../../sim/experiments/settingOf.ts"
import { emptyCounts } from "../../../src/domain/Counts.ts"
import { Outcome } from "../../../src/domain/Outcome.ts"
import { smallScenario } from "./smallScenario.ts"

const [campaign] = smallScenario().campaigns
const judge = new Judge(campaign, 0.05, 0.95, 200)
const ratio = settingOf("predictive", { kind: "fixed-ratio", linesPerAgent: 2 })
const seen = (overLimit: number, n: number, setting = ratio): SettingResult => ({
  setting,
  replications: n,
  counts: Array.from({ length: n }, emptyCounts),
  estimates: {} as SettingResult["estimates"],
  overLimit: chanceOf(overLimit, n),
  bounds: []
})

/** Large shifts with these abandoned of 10,000 answers each. */
const large = (...abandoned: ReadonlyArray<number>): SettingResult => {
  const counts = abandoned.map((lost) => {
    const one = emptyCounts()
    one.outcomes[Outcome.connected] = 10_000 - lost
    one.outcomes[Outcome.abandoned] = lost
    return one
  })
  return { ...seen(0, counts.length), counts, overLimit: overLimitChance(counts, 0.03) }
}
/** Mean `mean` and standard deviation 10. */
const ten = (mean: number): ReadonlyArray<number> =>
  Array.from({ length: 10 }, (_, i) => mean + (i % 2 === 0 ? 1 : -1) * Math.sqrt(90))

describe("the judge of the abandon limit", () => {
  it("takes 73 clean shifts to show 5 % with 95 % confidence, and more for every one over the limit", () => {
    assert.deepStrictEqual(
      [0, 1, 2, 3].map((overLimit) => judge.shiftsToShow(overLimit)),
      [73, 110, 142, 173]
    )
    assert.strictEqual(judge.shiftsToShow(4), Number.POSITIVE_INFINITY)
    assert.strictEqual(judge.verdict(seen(0, 72)), "open")
    assert.strictEqual(judge.verdict(seen(0, 73)), "kept")
    assert.strictEqual(judge.verdict(seen(1, 109)), "open")
    assert.strictEqual(judge.verdict(seen(1, 110)), "kept")
  })
  it("calls a setting broken when it is shown to break the limit, or cannot be shown to keep it any more", () => {
    assert.strictEqual(judge.verdict(seen(1, 8)), "open")
    assert.strictEqual(judge.verdict(seen(2, 8)), "broken")
    assert.strictEqual(judge.verdict(seen(4, 150)), "broken")
    assert.strictEqual(new Judge(campaign, 0.05, 0.95, 20).verdict(seen(0, 20)), "broken")
    assert.strictEqual(new Judge(campaign, 0, 0.95, 200).verdict(seen(0, 200)), "broken")
  })
  it("gives up on a first look with two shifts over the limit, if that is more than is tolerated", () => {
    assert.isFalse(judge.looksBroken(seen(1, 24)))
    assert.isTrue(judge.looksBroken(seen(2, 24)))
    assert.isFalse(judge.looksBroken(seen(2, 40)))
  })
  it("tells large shifts by their spread: ten show it where the limit is 3.26 standard deviations away", () => {
    assert.strictEqual(judge.verdict(large(...ten(267.3))), "kept")
    assert.strictEqual(judge.verdict(large(...ten(267.5))), "open")
    assert.isBelow(judge.chance(large(...ten(267.3))).high, 0.05)
    assert.isTrue(judge.chance(large(...ten(267.3))).bySpread)
  })
  it("wants ten of them, however clear the first are, and as many as their spread says otherwise", () => {
    const clear = large(100, 101, 102, 103)
    assert.strictEqual(judge.verdict(clear), "open")
    assert.strictEqual(judge.shiftsNeeded(clear), 10)
    // 2.6 standard deviations away: the factor for 20 values is 2.576, for 19 it is 2.60.
    assert.strictEqual(judge.shiftsNeeded(large(...ten(274))), 20)
    assert.strictEqual(judge.shiftsNeeded(large(...ten(290))), Number.POSITIVE_INFINITY)
    assert.strictEqual(judge.verdict(large(...ten(290))), "broken")
    assert.strictEqual(judge.verdict(large(...ten(320))), "broken")
  })
  it("counts large shifts that do not differ, or of which more are over the limit than their spread explains", () => {
    assert.deepStrictEqual(large(...Array.from({ length: 12 }, () => 0)).overLimit, chanceOf(0, 12))
    const odd = large(...Array.from({ length: 24 }, (_, i) => (i === 0 ? 301 : 100 + (i % 2))))
    assert.deepStrictEqual(odd.overLimit, chanceOf(1, 24))
    assert.isTrue(large(...ten(290), 301).overLimit.bySpread)
  })
  it("needs no shifts where an agent is held for every call", () => {
    assert.strictEqual(judge.verdict(seen(0, 1, settingOf("progressive", { kind: "one-per-agent" }))), "kept")
    const lines = settingOf("automatic", { kind: "lines", linesMax: 5, callsPerSecondMax: 1 })
    assert.strictEqual(judge.verdict(seen(0, 1, lines)), "open")
    const alone = { ...campaign, settings: { ...campaign.settings, groups: [] } }
    assert.strictEqual(new Judge(alone, 0.05, 0.95, 200).verdict(seen(0, 1, lines)), "kept")
  })
})
