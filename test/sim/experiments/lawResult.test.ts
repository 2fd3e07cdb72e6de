import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { lawAndList } from "../../../sim/experiments/lawResult.ts"
import { simulate } from "../../../sim/experiments/simulate.ts"
import { Workers } from "../../../sim/workers/Workers.ts"
import type { AbandonRule } from "../../../src/domain/compliance/Rules.ts"
import type { ListFigures, ShiftFigures, Standing, WindowFigures } from "../../../src/domain/LawFigures.ts"
import { settingResult } from "../../../sim/experiments/estimates.ts"
import { Judge } from "../../../sim/experiments/Judge.ts"
import { settingOf } from "../../../sim/experiments/settingOf.ts"
import { boundNames } from "../../../src/dialler/pacing/Policy.ts"
import { emptyCounts } from "../../../src/domain/Counts.ts"
import { Outcome } from "../../../src/domain/Outcome.ts"
import { smallScenario, smallText } from "./smallScenario.ts"

const rule: AbandonRule = {
  ceiling: 0.03,
  denominator: "D_LIVE",
  includeAmdFalse: "no",
  breach: "above",
  scope: "campaign",
  window: { kind: "calendarDay" },
  basis: "law"
}
const standing = (numerator: number, base: number): Standing => ({
  verdict: numerator / base > 0.03 ? "red" : "green",
  ratio: numerator / base,
  numerator,
  base,
  allowanceLeft: Math.max(0, Math.floor(0.03 * base - numerator))
})
const unknown: Standing = { verdict: "not assessable", ratio: NaN, numerator: NaN, base: NaN, allowanceLeft: 0 }
const window = (truth: Standing, ledger = truth, fromDay = 10): WindowFigures => ({
  // Workers send copies.
  rule: structuredClone(rule),
  fromDay,
  untilDay: fromDay + 1,
  truth,
  ledger
})
const list: ListFigures = {
  attempts: [60, 30, 10, 0, 0, 0, 0, 0],
  loaded: 100,
  attempted: 60,
  reached: 20,
  closed: { doNotCall: 4 }
}
const shift = (...windows: ReadonlyArray<WindowFigures>): ShiftFigures => ({
  list,
  law: { from: ["house-strict 2026-11-21"], holds: {}, heldAtEnd: {}, shortRings: 0, windows }
})
const resultOf = (...shifts: ReadonlyArray<ShiftFigures>) => {
  const { law } = lawAndList(shifts.map((figures, replication) => ({ replication, figures })))
  if (law === undefined || law === null) throw new Error("no law")
  return law
}

describe("the limit of a setting", () => {
  const setting = settingOf("predictive", { kind: "fixed-ratio", linesPerAgent: 2 })
  /** Shifts of 100 answers of which these were abandoned, with the law's window of each. */
  const settled = (shifts: ReadonlyArray<readonly [abandoned: number, truth: Standing]>, answers = 100) =>
    settingResult(
      setting,
      shifts.map(([abandoned, truth], replication) => {
        const counts = emptyCounts()
        counts.outcomes[Outcome.connected] = answers - abandoned
        counts.outcomes[Outcome.abandoned] = abandoned
        const figures = shift(window(truth))
        return { replication, counts, boundMillis: new Float64Array(boundNames.length), lostWaiting: 0, figures }
      }),
      0.03
    )
  it("is broken by every shift above it, and by every shift that broke a ceiling of the law", () => {
    const kept = standing(2, 100)
    const broken = standing(4, 100)
    const result = settled([
      [2, kept],
      [2, broken],
      [5, kept],
      [5, broken]
    ])
    assert.deepStrictEqual([result.overLimit.successes, result.overLimit.n], [3, 4])
    assert.strictEqual(result.law?.rules[0].broken.successes, 2)
  })
  it("is not told from the spread where a ceiling was broken, and from the nearest ceiling where none was", () => {
    const [campaign] = smallScenario().campaigns
    const judge = new Judge(campaign, 0.05, 0.95, 200)
    const shifts = (ratio: (i: number) => number) =>
      settled(
        Array.from({ length: 12 }, (_, i) => [100 + (i % 2), standing(ratio(i) * 10_000, 10_000)] as const),
        10_000
      )
    const far = shifts((i) => 0.01 + 0.001 * (i % 2))
    assert.strictEqual(judge.verdict(far), "kept")
    const near = shifts((i) => 0.025 + 0.004 * (i % 2))
    assert.isTrue(near.overLimit.bySpread)
    assert.notStrictEqual(judge.verdict(near), "kept")
    const broken = shifts((i) => (i === 0 ? 0.031 : 0.01))
    assert.notProperty(broken.overLimit, "bySpread")
    assert.strictEqual(broken.overLimit.successes, 1)
  })
})

describe("what the law did with a setting", () => {
  it("has the mean, the margin and the worst window of a rule, whichever copy of it a shift names", () => {
    const law = resultOf(
      shift(window(standing(1, 100))),
      shift(window(standing(2, 100))),
      shift(window(standing(6, 200)))
    )
    assert.lengthOf(law.rules, 1)
    const [{ allowanceLeft, broken, margin, ratio, worst }] = law.rules
    assert.closeTo(ratio.mean, 0.02, 1e-12)
    assert.closeTo(margin.mean, 0.01, 1e-12)
    assert.closeTo(allowanceLeft.mean, 1, 1e-12)
    assert.deepStrictEqual([broken.successes, broken.n], [0, 3])
    assert.deepStrictEqual(worst, { replication: 2, fromDay: 10, untilDay: 11, ratio: 0.03, numerator: 6, base: 200 })
  })
  it("counts a shift once, by its worst window", () => {
    const [{ broken, ratio, worst }] = resultOf(
      shift(window(standing(4, 100), undefined, 10), window(standing(0, 100), undefined, 11)),
      shift(window(standing(2, 100)))
    ).rules
    assert.deepStrictEqual([broken.successes, broken.n], [1, 2])
    assert.closeTo(ratio.mean, 0.03, 1e-12)
    assert.deepStrictEqual([worst?.replication, worst?.fromDay], [0, 10])
  })
  it("keeps truth and estimate apart, and tells of how many shifts the dialler could not say", () => {
    const [{ broken, ledgerBroken, ledgerRatio, unknown: blind }] = resultOf(
      shift(window(standing(4, 100), standing(2, 100))),
      shift(window(standing(1, 100), standing(4, 100))),
      shift(window(standing(1, 100), standing(4, 100))),
      shift(window(standing(1, 100), unknown))
    ).rules
    assert.deepStrictEqual([broken.successes, ledgerBroken.successes, blind], [1, 2, 1])
    assert.closeTo(ledgerRatio.mean, 0.1 / 3, 1e-12)
    assert.strictEqual(ledgerRatio.n, 3)
  })
  it("prefers a broken ceiling to a higher ratio of a day on which few answered", () => {
    const green: Standing = { ...standing(1, 20), verdict: "green" }
    const [{ worst }] = resultOf(shift(window(green), window(standing(4, 100)))).rules
    assert.strictEqual(worst?.ratio, 0.04)
  })
  it("says nothing of days on which nobody answered", () => {
    const [{ broken, margin, ratio, worst }] = resultOf(shift(window({ ...standing(0, 0), verdict: "green" }))).rules
    assert.deepStrictEqual([ratio.n, margin.n, worst, broken.successes], [0, 0, null, 0])
  })
  it("has no margin without a ceiling", () => {
    const counted: WindowFigures = {
      ...window(standing(3, 1)),
      rule: { ...rule, ceiling: null, target: 0, denominator: "D_COUNT" }
    }
    const [{ margin, ratio }] = resultOf(shift(counted)).rules
    assert.deepStrictEqual([ratio.mean, margin.n], [3, 0])
  })
  it("averages holds over all shifts, the most frequent first", () => {
    const held = (holds: Readonly<Record<string, number>>): ShiftFigures => ({
      list,
      law: { from: [], holds, heldAtEnd: { hours: 1 }, shortRings: 3, windows: [] }
    })
    const law = resultOf(held({ hours: 4 }), held({ "attempts-per-day": 30 }))
    assert.deepStrictEqual(
      law.holds.map(({ reason, times }) => [reason, times.mean, times.n]),
      [
        ["attempts-per-day", 15, 2],
        ["hours", 2, 2]
      ]
    )
    assert.deepStrictEqual([law.heldAtEnd[0].times.mean, law.shortRings.mean], [1, 3])
  })
  it("tells how far a list was used, with a law and without", () => {
    const { law, list: used } = lawAndList([
      { replication: 0, figures: { list, law: null } },
      { replication: 1, figures: { list: { ...list, loaded: 50, closed: {} }, law: null } }
    ])
    assert.isNull(law)
    assert.deepStrictEqual(
      used?.attempts.map(({ mean }) => mean),
      list.attempts
    )
    assert.closeTo(used?.penetration.mean ?? 0, (0.6 + 1.2) / 2, 1e-12)
    assert.closeTo(used?.reachedShare.mean ?? 0, (0.2 + 0.4) / 2, 1e-12)
    assert.deepStrictEqual(
      used?.closed.map(({ reason, times }) => [reason, times.mean]),
      [["doNotCall", 2]]
    )
  })
  it("is missing where the shifts do not tell", () => {
    assert.deepStrictEqual(lawAndList([{ replication: 0 }]), {})
  })
})

describe("a rehearsed setting", () => {
  const run = (law: string, layer = Workers.layerInline) => {
    const scenario = smallScenario({ law, hours: 2 })
    const options = { replications: 4, precision: 0.01, replicationsMax: 4, campaign: null }
    const experiment = simulate(scenario, { text: smallText(), version: "1" }, options)
    return Effect.runPromise(experiment.pipe(Effect.provide(layer)))
  }
  it("has what the law did, the same from worker threads as from this one", async () => {
    const watched = "{ profiles: [house-strict], enforceCeilings: false }"
    const inline = await run(watched)
    assert.deepStrictEqual(await run(watched, Workers.layer(2)), inline)
    const [{ bounds, law }] = inline.settings
    assert.deepStrictEqual(
      law?.rules.map(({ broken }) => broken.n),
      [4, 4, 4, 4, 4, 4]
    )
    assert.strictEqual(law?.holds[0]?.reason, "hours")
    // Of two hours from nine the first is closed.
    const share = bounds.find(({ reason }) => reason === "calling rules: nobody may be called now")?.share ?? 0
    assert.isAbove(share, 0.5)
  })
  it("says that there was none", async () => {
    const [{ law, list: used }] = (await run("none")).settings
    assert.isNull(law)
    assert.isAbove(used?.attempted.mean ?? 0, 100)
  })
})
