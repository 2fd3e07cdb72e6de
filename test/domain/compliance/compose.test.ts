import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { combine, combineRules, compose, noRules } from "../../../src/domain/compliance/compose.ts"
import { HouseRules, withHouseRules } from "../../../src/domain/compliance/house.ts"
import type { Profile } from "../../../src/domain/compliance/Profile.ts"
import { profiles } from "../../../src/domain/compliance/profiles.ts"
import { Rules } from "../../../src/domain/compliance/Rules.ts"
import { profileOf } from "../../../src/domain/compliance/select.ts"
import { parse } from "yaml"
import { docsText } from "./tablesInDocs.ts"

const profile = (id: string): Profile => Result.getOrThrow(profileOf(id))
const index = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: profiles.length - 1 }))
const some = Schema.Array(index).check(Schema.isMaxLength(3))
const pick = (indices: ReadonlyArray<number>) => compose(indices.map((i) => profiles[i]))

describe("composition", () => {
  it.prop(
    "does not depend on order or grouping, and changes nothing when repeated",
    { a: some, b: some, c: some },
    ({ a, b, c }) => {
      const [left, middle, right] = [pick(a), pick(b), pick(c)]
      assert.deepStrictEqual(combine(left, middle), combine(middle, left))
      assert.deepStrictEqual(combine(combine(left, middle), right), combine(left, combine(middle, right)))
      assert.deepStrictEqual(combine(left, left), left)
      assert.deepStrictEqual(combine(left, noRules), left)
    },
    { arbitrary: { runs: 60, seed: 3 } }
  )
  it.prop(
    "keeps those laws for any rules at all",
    { a: Rules, b: Rules, c: Rules },
    ({ a, b, c }) => {
      const once = combineRules(a, a)
      assert.deepStrictEqual(combineRules(once, once), once)
      assert.deepStrictEqual(combineRules(combineRules(a, b), c), combineRules(a, combineRules(b, c)))
      assert.deepStrictEqual(combineRules(a, b), combineRules(b, a))
    },
    { arbitrary: { runs: 40, size: 30, seed: 5 } }
  )
  it("takes the minimum of ceilings, waits and caps, the maximum of rings and lock-outs, the hours common to all", () => {
    const { rules } = compose([profile("uk-ofcom-2017"), profile("house-strict"), profile("de-kodex")])
    assert.deepStrictEqual(rules.ring, { millisMin: 15_000, millisMax: 40_000 })
    assert.deepStrictEqual(rules.redial?.afterAbandon, [
      { unit: "hours", n: 120, liftedBy: "reservedAgent", thenReserved: false }
    ])
    assert.deepStrictEqual(
      rules.connect?.waits?.map(({ clockStart, millisMax }) => [clockStart, millisMax]),
      [
        ["answer", 2_000],
        ["greetingStart", 2_000]
      ]
    )
    assert.deepStrictEqual(
      rules.dnc?.map(({ source }) => source),
      ["*", "CTPS", "TPS", "own"]
    )
    assert.strictEqual(rules.caps?.filter(({ window }) => window.kind === "localDays" && window.days === 1).length, 1)
    const other = compose([
      { ...profile("pl"), rules: { hours: [{ monFri: ["08:00-12:00", "13:00-20:00"] }] } },
      { ...profile("cz"), rules: { hours: [{ monFri: ["10:00-18:30"], sat: [] }] } }
    ])
    assert.deepStrictEqual(other.rules.hours, [{ monFri: ["10:00-12:00", "13:00-18:30"], sat: [] }])
  })
  it("never merges different denominators or windows", () => {
    const { rules } = compose([profile("uk-ofcom-2010"), profile("us-federal"), profile("it-garante-2014")])
    assert.deepStrictEqual(
      rules.abandon?.map(({ denominator, window }) => `${denominator} ${window.kind}`),
      ["D_LIVE successiveDays", "D_PER_CONNECT campaign", "D_UK calendarDay"]
    )
  })
  it("a missing rule is no rule", () => {
    const { rules } = compose([{ ...profile("pl"), rules: {} }])
    assert.deepStrictEqual(rules, {})
  })
})

const house = (rules: unknown, override?: { readonly reason: string; readonly by: string }): HouseRules =>
  Schema.decodeUnknownSync(HouseRules)({ id: "ours", rules, ...(override === undefined ? {} : { override }) })
const because = { reason: "test calls to our own staff", by: "J. Ortiz" }

describe("house rules", () => {
  it("of the documentation can be used as they are printed", () => {
    const examples = [...docsText().matchAll(/```yaml\n(id: .*?)```/gs)].map(([, text]) => parse(text) as unknown)
    assert.strictEqual(examples.length, 2)
    const [tighter, wider] = examples.map((example) =>
      Schema.decodeUnknownSync(HouseRules, { onExcessProperty: "error" })(example)
    )
    assert.isTrue(Result.isSuccess(withHouseRules(compose([profile("de-kodex")]), tighter)))
    const { overrides } = Result.getOrThrow(withHouseRules(compose([profile("house-strict")]), wider))
    assert.deepStrictEqual(
      overrides.map(({ path }) => path),
      ["hours.monFri"]
    )
  })
  const british = compose([profile("uk-ofcom-2017")])
  const daily = (n: number) => ({
    caps: [{ count: "attempts", n, window: { kind: "localDays", days: 1 }, key: "number", per: "trader" }]
  })
  it("tighten", () => {
    const tighter = { ...daily(2), ring: { millisMin: 20_000 }, hours: [{ monFri: ["09:00-17:00"] }] }
    const { from, overrides, rules } = Result.getOrThrow(withHouseRules(british, house(tighter)))
    assert.strictEqual(rules.caps?.[0].n, 2)
    assert.strictEqual(rules.ring?.millisMin, 20_000)
    assert.strictEqual(rules.hours?.length, 2)
    assert.deepStrictEqual(overrides, [])
    assert.include(from, "ours")
  })
  const looser = {
    ...daily(5),
    ring: { millisMin: 10_000 },
    redial: { afterAbandon: [{ unit: "hours", n: 24, liftedBy: "reservedAgent", thenReserved: false }] },
    hours: [{ monFri: ["07:00-20:00"], sat: ["09:00-12:00"] }],
    cli: { required: false },
    abandon: [
      {
        ceiling: 0.05,
        target: 0.02,
        denominator: "D_UK",
        includeAmdFalse: "estimate",
        breach: "above",
        scope: "campaign",
        window: { kind: "calendarDay", zone: "Europe/London" },
        basis: "house"
      }
    ]
  }
  const paths = [
    "abandon[D_UK estimate campaign calendarDay Europe/London].ceiling",
    "abandon[D_UK estimate campaign calendarDay Europe/London].target",
    "caps[attempts 1 local days number trader].n",
    "cli.required",
    "hours.monFri",
    "redial.afterAbandon[hours reservedAgent].n",
    "ring.millisMin"
  ]
  it("that loosen are refused, each value by name", () => {
    const refused = withHouseRules(british, house(looser))
    assert.isTrue(Result.isFailure(refused))
    if (!Result.isFailure(refused)) return
    assert.strictEqual(refused.failure._tag, "LooserThanProfile")
    assert.deepStrictEqual(refused.failure.values.map(({ path }) => path).sort(), paths)
    assert.include(refused.failure.message, "ring.millisMin: 10000 is looser than 15000")
  })
  it("that loosen with a reason hold, and are on record", () => {
    const { overrides, rules } = Result.getOrThrow(withHouseRules(british, house(looser, because)))
    assert.deepStrictEqual(overrides.map(({ path }) => path).sort(), paths)
    for (const override of overrides)
      assert.deepStrictEqual([override.by, override.reason], [because.by, because.reason])
    assert.strictEqual(rules.caps?.[0].n, 5)
    assert.strictEqual(rules.ring?.millisMin, 10_000)
    assert.strictEqual(rules.redial?.afterAbandon?.[0].n, 24)
    assert.isFalse(rules.cli?.required)
    const uk = rules.abandon?.filter(({ denominator }) => denominator === "D_UK")
    assert.isTrue(uk?.every(({ ceiling }) => ceiling === 0.05))
    assert.isTrue(rules.hours?.every(({ monFri }) => monFri?.join() === "07:00-20:00"))
    // Saturday was tightened all the same; Sunday stays as it was.
    assert.deepStrictEqual(
      rules.hours?.map(({ sat, sun }) => [sat, sun]),
      [
        [["09:00-12:00"], undefined],
        [["08:00-21:00"], ["09:00-21:00"]]
      ]
    )
  })
  it("may remove a ceiling only with a reason", () => {
    const none = { abandon: [{ ...looser.abandon[0], ceiling: null }] }
    assert.isTrue(Result.isFailure(withHouseRules(british, house(none))))
  })
  it("never count as looser for what they do not speak of", () => {
    const silent = { message: { mustHave: ["keypressOptOut"] }, dnc: [{ source: "own" }] }
    const { rules } = Result.getOrThrow(withHouseRules(british, house(silent)))
    assert.deepStrictEqual(rules.message?.mustHave, ["identity", "keypressOptOut", "optOutNumber"])
  })
})
