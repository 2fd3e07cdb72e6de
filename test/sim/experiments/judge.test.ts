import { assert, describe, it } from "@effect/vitest"
import { chanceOf } from "../../../sim/experiments/estimates.ts"
import { Judge } from "../../../sim/experiments/Judge.ts"
import type { SettingResult } from "../../../sim/experiments/Result.ts"
import { settingOf } from "../../../sim/experiments/settingOf.ts"
import { emptyCounts } from "../../../src/domain/Counts.ts"
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
  it("needs no shifts where an agent is held for every call", () => {
    assert.strictEqual(judge.verdict(seen(0, 1, settingOf("progressive", { kind: "one-per-agent" }))), "kept")
    const lines = settingOf("automatic", { kind: "lines", linesMax: 5, callsPerSecondMax: 1 })
    assert.strictEqual(judge.verdict(seen(0, 1, lines)), "open")
    const alone = { ...campaign, settings: { ...campaign.settings, groups: [] } }
    assert.strictEqual(new Judge(alone, 0.05, 0.95, 200).verdict(seen(0, 1, lines)), "kept")
  })
})
