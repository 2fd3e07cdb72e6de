import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import {
  type AbandonReading,
  judge,
  machineErrorShare,
  mayAbandonOneMore,
  pacingCeiling,
  partsOf
} from "../../../src/dialler/compliance/abandonment.ts"
import { AbandonLedger } from "../../../src/dialler/compliance/AbandonLedger.ts"
import { lengthDays, windowAt } from "../../../src/dialler/compliance/abandonWindows.ts"
import { machineErrors, upperExact, upperWilson } from "../../../src/dialler/compliance/machineErrors.ts"
import { addVector, emptyVector, type RawVector } from "../../../src/dialler/compliance/RawVector.ts"
import { type AbandonRule, Denominator } from "../../../src/domain/compliance/Rules.ts"
import { at, profile, zone } from "./setting.ts"

const reading: AbandonReading = { lateCounts: true, abandonedIncludesMachines: false, clearsMachines: true }
const rule = (denominator: Denominator, ceiling: number | null): AbandonRule => ({
  ceiling,
  denominator,
  includeAmdFalse: "estimate",
  breach: "above",
  scope: "campaign",
  window: { kind: "campaign" },
  basis: "law"
})
const vector = (counts: Partial<RawVector>): RawVector => ({ ...emptyVector(), ...counts })

describe("people taken for machines", () => {
  it("has the estimate and both upper bounds of the worked example", () => {
    const { estimate, upper } = machineErrors(600, 200, 4)
    assert.strictEqual(estimate, 12)
    assert.closeTo(upper, 27.1, 0.05)
    assert.closeTo(600 * upperWilson(4, 200), 26.3, 0.05)
  })
  it("needs a sample of 299 without a person to claim one in a hundred", () => {
    assert.isAbove(upperExact(0, 298), 0.01)
    assert.isAtMost(upperExact(0, 299), 0.01)
  })
  it("is 1 at most, and everything when every sampled call was a person", () => {
    assert.strictEqual(upperExact(5, 5), 1)
  })
  it("is no number without a sample, never zero, and the window is not assessable", () => {
    assert.isNaN(machineErrors(600, 0, 0).estimate)
    const counts = vector({ inTime: 900, abandonedMessage: 1, machines: 600 })
    assert.strictEqual(judge(rule("D_UK", 0.03), counts, reading).verdict, "not assessable")
    assert.isFalse(mayAbandonOneMore(rule("D_UK", 0.03), counts, reading))
    const withoutClearing = { ...reading, clearsMachines: false }
    assert.strictEqual(judge(rule("D_UK", 0.03), counts, withoutClearing).verdict, "green")
  })
  it("does not hide a ceiling that is broken without it", () => {
    const counts = vector({ inTime: 100, abandonedMessage: 10, machines: 600 })
    assert.strictEqual(judge(rule("D_UK", 0.03), counts, reading).verdict, "red")
  })
  it("takes its share out of what pacing may abandon", () => {
    assert.closeTo(pacingCeiling(0.03, 0.02), 0.0102, 0.00005)
    assert.strictEqual(pacingCeiling(0.03, 0.03), 0)
    assert.strictEqual(pacingCeiling(0.03, 0.5), 0)
    const parts = partsOf(
      vector({ inTime: 970, abandonedMessage: 10, machines: 400, sampled: 200, samplePeople: 10 }),
      reading
    )
    assert.closeTo(machineErrorShare(parts), 0.02, 1e-12)
    // Holding the rest to the pacing ceiling leaves the whole at the ceiling.
    const share = 0.02
    const kept = pacingCeiling(0.03, share)
    assert.closeTo(share + (1 - share) * kept, 0.03, 1e-12)
  })
})

describe("the ceiling as an allowance", () => {
  const firstAllowed = (own: AbandonRule): number => {
    for (let connected = 0; ; connected += 1) {
      if (mayAbandonOneMore(own, vector({ inTime: connected, attempts: connected + 1 }), reading)) return connected
    }
  }
  it("allows the first abandoned call where the table has it", () => {
    assert.strictEqual(firstAllowed(rule("D_UK", 0.01)), 99)
    assert.strictEqual(firstAllowed(rule("D_UK", 0.03)), 33)
    assert.strictEqual(firstAllowed(rule("D_UK", 0.05)), 19)
    assert.strictEqual(firstAllowed(rule("D_PER_CONNECT", 0.03)), 34)
    // L = 34 with the abandoned call itself.
    assert.strictEqual(firstAllowed(rule("D_LIVE", 0.03)), 33)
  })
  it("has c / (1 − c) of the connected calls by Ofcom's formula", () => {
    for (const [ceiling, share] of [
      [0.01, 0.010101],
      [0.03, 0.030928],
      [0.05, 0.052632]
    ]) {
      const { allowanceLeft } = judge(rule("D_UK", ceiling), vector({ inTime: 1_000_000 }), reading)
      assert.closeTo(allowanceLeft, share * 1_000_000, 1)
    }
  })
  it("is without end where there is no ceiling", () => {
    assert.strictEqual(judge(rule("D_COUNT", null), vector({}), reading).allowanceLeft, Number.POSITIVE_INFINITY)
  })
  const Count = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 5_000 }))
  it.prop(
    "is exactly what may be abandoned before the window turns red",
    {
      denominator: Denominator,
      percent: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 20 })),
      inTime: Count,
      abandoned: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 300 })),
      early: Count,
      attempts: Count,
      strict: Schema.Boolean
    },
    ({ abandoned, attempts, denominator, early, inTime, percent, strict }) => {
      const own: AbandonRule = { ...rule(denominator, percent / 100), breach: strict ? "atOrAbove" : "above" }
      const counts = vector({
        inTime,
        calleeEarly: early,
        abandonedMessage: abandoned,
        attempts: attempts + inTime + early + abandoned
      })
      const { allowanceLeft, verdict } = judge(own, counts, reading)
      const after = (more: number) =>
        judge(own, { ...counts, abandonedMessage: abandoned + more }, reading).verdict === "red"
      if (verdict === "red") return assert.strictEqual(allowanceLeft, 0)
      assert.isFalse(after(allowanceLeft))
      assert.isTrue(after(allowanceLeft + 1))
    },
    { arbitrary: { runs: 200, seed: 11 } }
  )
})

describe("what counts as abandoned", () => {
  it("a person who left early is in the American base only; one who left late counts everywhere", () => {
    const early = partsOf(vector({ inTime: 9, calleeEarly: 1 }), reading)
    assert.deepStrictEqual([early.abandoned, early.connected, early.live], [0, 9, 10])
    const late = partsOf(vector({ inTime: 9, calleeLate: 1 }), reading)
    assert.deepStrictEqual([late.abandoned, late.connected, late.live], [1, 9, 10])
  })
  it("a person connected late is abandoned or connected, never both", () => {
    const counts = vector({ inTime: 9, late: 1 })
    const counted = partsOf(counts, reading)
    assert.deepStrictEqual([counted.abandoned, counted.connected, counted.live], [1, 9, 10])
    const uncounted = partsOf(counts, { ...reading, lateCounts: false })
    assert.deepStrictEqual([uncounted.abandoned, uncounted.connected, uncounted.live], [0, 10, 10])
  })
  it("Ofcom's correction equals raw abandoned over raw agent calls", () => {
    const counts = vector({ inTime: 1_000, agentMachines: 200, abandonedMessage: 50 })
    const own = { ...reading, abandonedIncludesMachines: true, clearsMachines: false }
    assert.closeTo(judge(rule("D_UK", 0.03), counts, own).ratio, 50 / 1_050, 1e-12)
  })
  it("machines that detection let through to agents are nobody who was put through", () => {
    const counts = vector({ inTime: 100, agentMachines: 20, abandonedMessage: 3 })
    const { abandoned, connected } = partsOf(counts, reading)
    // Whether those it abandoned were machines nobody knows: they count.
    assert.deepStrictEqual([abandoned, connected], [3, 80])
    assert.strictEqual(judge(rule("D_UK", 0.03), counts, reading).verdict, "red")
  })
  it("nothing called is green, and no ratio", () => {
    const { ratio, verdict } = judge(rule("D_UK", 0.03), emptyVector(), reading)
    assert.isNaN(ratio)
    assert.strictEqual(verdict, "green")
  })
  it("sums the sites of one seller", () => {
    const sum = addVector(vector({ inTime: 3, machines: 1 }), vector({ inTime: 4, shortRings: 2 }))
    assert.deepStrictEqual(sum, vector({ inTime: 7, machines: 1, shortRings: 2 }))
  })
})

describe("windows", () => {
  const campaign = { from: at("2026-03-01T00:00Z"), until: Number.POSITIVE_INFINITY }
  const day = { kind: "calendarDay" } as const
  const length = (id: string, text: string) => lengthDays(windowAt(day, zone(id), campaign, at(text))) * 24
  it("days have 23 or 25 hours where the clock changes", () => {
    assert.strictEqual(length("Europe/London", "2026-03-29T12:00Z"), 23)
    assert.strictEqual(length("Europe/London", "2026-10-25T12:00Z"), 25)
    assert.strictEqual(length("Europe/London", "2026-10-26T12:00Z"), 24)
    assert.strictEqual(length("Australia/Lord_Howe", "2026-04-05T03:00Z"), 24.5)
    assert.strictEqual(length("Australia/Lord_Howe", "2026-10-04T03:00Z"), 23.5)
  })
  it("a day begins when the clock skips midnight", () => {
    const santiago = zone("America/Santiago")
    // 2026-09-06 00:00 does not exist there.
    const { from } = windowAt(day, santiago, campaign, at("2026-09-06T12:00Z"))
    assert.strictEqual(new Date(from).toISOString(), "2026-09-06T04:00:00.000Z")
    assert.strictEqual(length("America/Santiago", "2026-09-06T12:00Z"), 23)
  })
  it("months are local, leap days and year ends included", () => {
    const kiritimati = zone("Pacific/Kiritimati")
    const february = windowAt({ kind: "calendarMonth" }, kiritimati, campaign, at("2028-02-29T09:59Z"))
    assert.strictEqual(lengthDays(february), 29)
    const next = windowAt({ kind: "calendarMonth" }, kiritimati, campaign, at("2028-02-29T10:00Z"))
    assert.strictEqual(next.from, february.until)
    const december = windowAt({ kind: "calendarMonth" }, zone("Europe/London"), campaign, at("2027-12-31T23:59:59Z"))
    assert.strictEqual(new Date(december.until).toISOString(), "2028-01-01T00:00:00.000Z")
  })
  it("a campaign shorter than a block is one block, and its whole life one window", () => {
    const short = { from: at("2026-03-01T00:00Z"), until: at("2026-03-10T00:00Z") }
    const block = windowAt({ kind: "successiveDays", days: 30 }, zone("Europe/London"), short, at("2026-03-09T12:00Z"))
    assert.deepStrictEqual([block.index, block.from, block.until], [0, short.from, short.until])
    const life = windowAt({ kind: "campaign" }, zone("Europe/London"), short, at("2026-03-09T12:00Z"))
    assert.deepStrictEqual([life.from, life.until], [short.from, short.until])
  })
  it("a call stays in the window of its dial instant, and every ceiling has its say", () => {
    const london = zone("Europe/London")
    const rules = profile("house-strict").rules.abandon ?? []
    const ledger = new AbandonLedger(rules, [london], london.id, campaign, reading)
    const evening = at("2026-03-02T23:59:59Z")
    ledger.add("inTime", evening, 200)
    ledger.add("attempts", at("2026-03-03T00:00:01Z"))
    ledger.add("abandonedMessage", evening, 1)
    assert.isTrue(ledger.mayAbandonOneMore(evening))
    // The next day has no calls to draw an allowance from.
    assert.isFalse(ledger.mayAbandonOneMore(at("2026-03-03T08:00Z")))
    assert.strictEqual(ledger.allowanceLeft(evening), 5)
    const days = ledger.reports().filter((report) => report.rule.window.kind === "calendarDay")
    assert.deepStrictEqual(
      days.filter((report) => report.rule.denominator === "D_UK").map(({ vector }) => [vector.inTime, vector.attempts]),
      [
        [200, 0],
        [0, 1]
      ]
    )
    assert.strictEqual(days.length, 6)
  })
})
