import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { isOverLimit } from "../../../sim/experiments/estimates.ts"
import { Progress, type ProgressState } from "../../../sim/experiments/Progress.ts"
import type { Result, Setting } from "../../../sim/experiments/Result.ts"
import { tune, type TuneOptions } from "../../../sim/experiments/tune.ts"
import { wilson } from "../../../sim/statistics/proportion.ts"
import { chanceAt, type MadeUpRule, madeUpWorkers } from "./madeUpWorkers.ts"
import { smallScenario, type SmallOptions } from "./smallScenario.ts"

const options: TuneOptions = {
  replications: "auto",
  precision: 0.005,
  replicationsMax: 200,
  campaign: null,
  confidence: 0.95,
  overLimitMax: 0.05,
  modes: null,
  baselines: false
}
const limit = 30
const noise = (replication: number): number => 0.01 * (chanceAt(7 * replication) - 0.5)

/** Tunes in a made-up world: 4 in 10 calls are answered, 30 of 1,000 answers may be abandoned. */
const tuned = (rule: MadeUpRule, changes: Partial<TuneOptions> = {}, small: SmallOptions = {}): Promise<Result> =>
  Effect.runPromise(
    tune(smallScenario(small), { text: "", version: "1" }, { ...options, ...changes }).pipe(
      Effect.provide(madeUpWorkers(rule))
    )
  )
const chosen = ({ recommendation }: Result): string => recommendation?.settingKey ?? ""
const sentences = ({ recommendation }: Result): string => (recommendation?.sentences ?? []).join("\n")
const lines = ({ knob, pacing }: Setting): number | null => (pacing.kind === "fixed-ratio" ? knob : null)

/** Fixed ratios get busier by 10 points a line; the others are no good. */
const ratiosOnly =
  (abandoned: (linesPerAgent: number, replication: number) => number): MadeUpRule =>
  (setting, replication) => {
    const linesPerAgent = lines(setting)
    if (linesPerAgent === null)
      return { occupancy: 0.6 + noise(replication), abandoned: setting.knob === null ? 0 : 99 }
    return {
      occupancy: 0.6 + 0.1 * linesPerAgent + noise(replication),
      abandoned: abandoned(linesPerAgent, replication)
    }
  }

describe("the search for the busiest setting that keeps the limit", () => {
  it("finds the last ratio before the limit is broken, as trying every ratio does", async () => {
    for (const last of [1.1, 1.35, 1.5, 2.05, 3.3]) {
      const rule = ratiosOnly((linesPerAgent) => (linesPerAgent > last + 1e-9 ? limit + 1 : limit))
      const result = await tuned(rule)
      assert.strictEqual(chosen(result), `predictive/fixed-ratio/${last}`)
      const { overLimit } = result.settings.find(({ setting }) => setting.key === chosen(result))!
      assert.deepStrictEqual([overLimit.successes, overLimit.n], [0, 73])
    }
  })
  it("recommends only what 200 shifts can show, close to the boldest ratio for which they do", async () => {
    // The chance of a shift over the limit grows by 1 % for every 0.1 lines.
    const rule = ratiosOnly((linesPerAgent, replication) =>
      chanceAt(replication) < 0.1 * (linesPerAgent - 1) ? limit + 1 : 0
    )
    const grid = Array.from({ length: 56 }, (_, i) => Number((1 + 0.05 * i).toFixed(2)))
    const shown = grid.filter((linesPerAgent) =>
      [73, 110, 142, 173].some((n, over) => {
        const replications = Array.from({ length: n }, (_, replication) => replication)
        const seen = replications.filter((each) => chanceAt(each) < 0.1 * (linesPerAgent - 1)).length
        return seen <= over && wilson(seen, n, 0.95).high <= 0.05
      })
    )
    const boldest = Math.max(...shown)
    const result = await tuned(rule)
    const own = result.settings.find(({ setting }) => setting.key === chosen(result))!
    assert.isAtMost(wilson(own.overLimit.successes, own.overLimit.n, 0.95).high, 0.05)
    assert.closeTo(lines(own.setting)!, boldest, 0.15)
    assert.strictEqual(own.overLimit.successes, own.counts.filter((one) => isOverLimit(one, 0.03)).length)
  })
  it("finds a peak: bolder settings that keep the limit and are less busy do not win", async () => {
    const result = await tuned(
      ratiosOnly(() => 10),
      {}
    )
    assert.strictEqual(chosen(result), "predictive/fixed-ratio/3.75")
    const peaked: MadeUpRule = (setting, replication) => {
      const linesPerAgent = lines(setting)
      return linesPerAgent === null
        ? { occupancy: 0.5, abandoned: setting.knob === null ? 0 : 99 }
        : { occupancy: 0.9 - (linesPerAgent - 1.85) ** 2 / 2 + noise(replication), abandoned: 10 }
    }
    assert.closeTo(Number(chosen(await tuned(peaked)).split("/")[2]), 1.85, 0.1)
  })
  it("does not look between positions that differ by less than the precision asked for", async () => {
    const flat =
      (curve: number): MadeUpRule =>
      (setting, replication) => {
        const linesPerAgent = lines(setting)
        return linesPerAgent === null
          ? { occupancy: 0.3, abandoned: setting.knob === null ? 0 : 99 }
          : { occupancy: 0.9 - curve * (linesPerAgent - 1.85) ** 2 + noise(replication), abandoned: 10 }
      }
    const tried = async (curve: number) =>
      (await tuned(flat(curve))).settings.filter(({ setting }) => lines(setting) !== null).length
    assert.strictEqual(await tried(0.02), 8)
    assert.isAbove(await tried(0.5), 8)
  })
  it("never recommends to plan for more than the limit, even where a guard would keep it", async () => {
    const result = await tuned((setting) =>
      setting.pacing.kind === "look-ahead"
        ? { occupancy: 0.7 + 2 * setting.pacing.abandonTarget, abandoned: 0 }
        : { occupancy: 0.5, abandoned: setting.knob === null ? 0 : 99 }
    )
    assert.strictEqual(chosen(result), "predictive/look-ahead/0.03")
    assert.include(
      result.settings.map(({ setting }) => setting.key),
      "predictive/look-ahead/0.05"
    )
  })
  it("stops searching a pacing that cannot be the busiest", async () => {
    const result = await tuned((setting) =>
      setting.pacing.kind === "look-ahead"
        ? { occupancy: 0.9 + setting.pacing.abandonTarget, abandoned: 10 }
        : { occupancy: 0.6 + (lines(setting) ?? 0) / 100, abandoned: 0 }
    )
    assert.strictEqual(chosen(result), "predictive/look-ahead/0.03")
    const spent = result.settings.filter(({ setting }) => lines(setting) !== null).map((one) => one.replications)
    assert.isAtMost(Math.max(...spent), 24)
    assert.include(sentences(result), "Less busy at every setting that keeps the limit: fixed ratio")
  })
})

describe("the recommendation", () => {
  it("is progressive when no predictive setting keeps the limit", async () => {
    const result = await tuned((setting) => ({ occupancy: 0.8, abandoned: setting.mode === "predictive" ? 200 : 0 }))
    assert.strictEqual(chosen(result), "progressive")
    assert.include(sentences(result), "Launch with progressive dialling.")
    assert.include(sentences(result), "At no setting tried could it be shown that less than 5 % of the shifts")
    assert.strictEqual(result.recordedKey, "progressive")
  })
  it("is the least risky, and says so, when nothing that is allowed keeps the limit", async () => {
    const rule: MadeUpRule = (setting) => ({ occupancy: 0.8, abandoned: setting.mode === "predictive" ? 200 : 0 })
    const result = await tuned(rule, { modes: ["predictive"] })
    assert.match(chosen(result), /^predictive/)
    assert.include(sentences(result), "No allowed setting could be shown to keep")
  })
  it("says when too few shifts were allowed to show anything", async () => {
    const rule = ratiosOnly(() => 0)
    const result = await tuned(rule, { replications: 20 })
    assert.strictEqual(chosen(result), "progressive")
    const alone = await tuned(rule, { replications: 20, modes: ["predictive"] })
    assert.include(sentences(alone), "With at most 20 rehearsed shifts of a setting it cannot be")
  })
  it("prefers the mode that never abandons when predictive is not clearly busier", async () => {
    const rule: MadeUpRule = (setting, replication) =>
      setting.mode === "predictive"
        ? { occupancy: 0.8 + 0.001 + 2 * noise(replication), abandoned: 10 }
        : { occupancy: 0.8, abandoned: 0 }
    const result = await tuned(rule)
    assert.strictEqual(chosen(result), "progressive")
    assert.match(
      sentences(result),
      /brings as much talk within the uncertainty \(difference -?\d\.\d+ minutes an hour \(-\d\.\d+ to \d\.\d+\)\), but abandons 1\.0 %/
    )
  })
  it("takes the busiest of several modes, and tells what the others reach", async () => {
    const rule: MadeUpRule = ({ mode }, replication) => ({
      occupancy: { manual: 0.5, preview: 0.6, progressive: 0.7, predictive: 0.8 }[mode as string]! + noise(replication),
      abandoned: mode === "predictive" ? 20 : 0
    })
    const result = await tuned(rule, {}, { modesAllowed: "[manual, preview, predictive]" })
    assert.match(chosen(result), /^predictive/)
    assert.include(sentences(result), "Progressive dialling never abandons but keeps agents busy 70.0 % of the time")
    assert.include(sentences(result), "It is not allowed for this campaign.")
    assert.include(sentences(result), "Preview dialling never abandons")
  })
  it("lists safer settings of the same pacing with the occupancy they cost, most occupied first", async () => {
    const result = await tuned((setting, replication) =>
      setting.pacing.kind === "look-ahead"
        ? {
            occupancy: 0.7 + 2 * setting.pacing.abandonTarget + noise(replication),
            abandoned: Math.round(900 * setting.pacing.abandonTarget)
          }
        : { occupancy: 0.5, abandoned: setting.knob === null ? 0 : 99 }
    )
    const safer = result.recommendation!.safer
    assert.strictEqual(safer[0].settingKey, "predictive/look-ahead/0.025")
    assert.closeTo(safer[0].occupancyLost.mean, 0.01, 1e-9)
    assert.closeTo(safer[0].occupancyLost.high - safer[0].occupancyLost.low, 0, 1e-9)
    assert.deepStrictEqual(
      safer.map(({ settingKey }) => Number(settingKey.split("/")[2])),
      [0.025, 0.02, 0.015, 0.01, 0.005, 0.002]
    )
  })
  it("rehearses other diallers' pacing only when asked to", async () => {
    const rule: MadeUpRule = (setting) => ({ occupancy: 0.8, abandoned: setting.mode === "predictive" ? 200 : 0 })
    const kinds = (result: Result) => new Set(result.settings.map(({ setting }) => setting.pacing.kind))
    assert.isFalse(kinds(await tuned(rule)).has("vicidial"))
    const withBaselines = await tuned(rule, { baselines: true })
    assert.isTrue(kinds(withBaselines).has("unicom"))
    assert.deepStrictEqual(
      withBaselines.settings
        .filter(({ setting }) => setting.pacing.kind === "vicidial")
        .map((one) => one.setting.label),
      ["VICIdial average, 3 %", "VICIdial hard-limit, 3 %", "VICIdial tapered, 3 %"]
    )
  })
  it("finds the smallest team that gains, and stops at three in a row", async () => {
    // Predictive gains a point for every agent above 2.
    const rule: MadeUpRule = (setting, replication, { groups }) => {
      const gain = setting.mode === "predictive" ? 0.01 * (groups[0].agents - 2) : 0
      return { occupancy: 0.7 + gain + noise(replication), abandoned: setting.mode === "predictive" ? 10 : 0 }
    }
    const { smallestTeam, teams } = await tuned(rule, {}, { agents: 12 })
    assert.strictEqual(smallestTeam, 3)
    assert.deepStrictEqual(
      teams.map(({ agents }) => agents),
      [1, 2, 3, 5, 8, 12]
    )
    assert.closeTo(teams[4].difference.mean, 0.06, 1e-9)
  })
})

describe("large shifts", () => {
  // 30,000 answers a shift; look-ahead abandons as many as it is told to, the same to a few people every day.
  const world =
    (answers: number): MadeUpRule =>
    (setting, replication) => {
      const { pacing } = setting
      const share = pacing.kind === "look-ahead" ? pacing.abandonTarget : setting.knob === null ? 0 : 0.3
      return {
        occupancy: 0.7 + 2 * Math.min(share, 0.05) + noise(replication),
        abandoned: Math.round(answers * (share + (share === 0 ? 0 : 0.03 * noise(3 * replication)))),
        answers
      }
    }
  const spent = ({ settings }: Result) => settings.reduce((sum, { replications }) => sum + replications, 0)

  it("take a quarter of the shifts for the same answer, and say what they are told from", async () => {
    const few = await tuned(world(30_000))
    const many = await tuned(world(3_000))
    assert.strictEqual(chosen(few), chosen(many))
    const of = (result: Result) => result.settings.find(({ setting }) => setting.key === chosen(result))!
    assert.strictEqual(of(many).replications, 73)
    assert.isAtLeast(of(few).replications, 10)
    assert.isAtMost(of(few).replications, 20)
    assert.isAtMost(spent(few), 0.55 * spent(many))
    assert.match(
      sentences(few),
      /In 1\d rehearsed shifts 0 ended above the limit of 3 %\. Shifts of this size differ little \(2\.\d\d to [23]\.\d\d % abandoned\): told from their spread, the chance is (below \d\.\d|under 0\.1) % with 95 % confidence\./
    )
    assert.match(sentences(many), /In 73 rehearsed shifts 0 ended above the limit of 3 %: the chance is below 5\.0 %/)
  })
  it("never take fewer than four, and worlds that differ no more than a first look", async () => {
    const result = await tuned(world(30_000))
    assert.strictEqual(Math.min(...result.settings.map(({ replications }) => replications)), 4)
    assert.isTrue(result.sensitivity.every(({ label, occupancy }) => label === "as assumed" || occupancy.n === 4))
    assert.isTrue(result.settings.every(({ estimates }) => Number.isFinite(estimates.occupancy.low)))
  })
  it("are no more than sixteen for the sake of precision alone", async () => {
    const rough: MadeUpRule = (setting, replication) => ({
      ...world(30_000)(setting, replication, smallScenario()),
      occupancy: 0.7 + 8 * noise(replication) + (setting.pacing.kind === "look-ahead" ? 0.1 : 0)
    })
    const result = await tuned(rough)
    const own = result.settings.find(({ setting }) => setting.key === chosen(result))!
    assert.strictEqual(own.replications, 16)
    assert.isAbove(own.estimates.occupancy.high - own.estimates.occupancy.low, 0.01)
  })
})

describe("the recommended setting", () => {
  it("is rehearsed until its occupancy is as precise as asked, also where nobody can be abandoned", async () => {
    const rough: MadeUpRule = (setting, replication) => ({
      occupancy: 0.6 + 8 * noise(replication),
      abandoned: setting.mode === "predictive" ? 200 : 0
    })
    const result = await tuned(rough)
    assert.strictEqual(chosen(result), "progressive")
    const { estimates, replications } = result.settings.find(({ setting }) => setting.key === "progressive")!
    assert.isAbove(replications, 24)
    assert.isAtMost(replications, 200)
    const half = (estimates.occupancy.high - estimates.occupancy.low) / 2
    assert.isTrue(half <= 0.005 || replications === 200)
    const others = result.settings.filter(({ setting }) => setting.key !== "progressive")
    assert.isAtMost(Math.max(...others.map((one) => one.replications)), 24)
  })
  it("is expected by the progress figure as long as its precision takes", async () => {
    const seen: Array<ProgressState> = []
    const rough: MadeUpRule = (setting, replication) => ({
      occupancy: 0.6 + 8 * noise(replication),
      abandoned: setting.mode === "predictive" ? 200 : 0
    })
    const progress = { report: (state: ProgressState) => Effect.sync(() => seen.push(state)) }
    await Effect.runPromise(
      tune(smallScenario(), { text: "", version: "1" }, options).pipe(
        Effect.provide(madeUpWorkers(rough)),
        Effect.provideService(Progress, progress)
      )
    )
    const own = seen.filter(({ label }) => label === "progressive")
    assert.isAbove(own.length, 24)
    // Beyond the first 24, what is left falls with every report and never runs out before the end.
    const late = own.slice(own.findIndex(({ done }, i) => i > 0 && done > own[i - 1].done + 30))
    assert.isAbove(late[0].total - late[0].done, 100)
    assert.isTrue(late.every(({ done, total }, i) => i === 0 || total - done < late[i - 1].total - late[i - 1].done))
  })
})
