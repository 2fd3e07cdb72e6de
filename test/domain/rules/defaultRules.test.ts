import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { compose } from "../../../src/domain/compliance/compose.ts"
import { profiles } from "../../../src/domain/compliance/profiles.ts"
import { profileOf } from "../../../src/domain/compliance/select.ts"
import { defaultRules } from "../../../src/domain/rules/defaultRules.ts"
import type { Again } from "../../../src/domain/rules/Rule.ts"
import { decoded, known, problemsOf } from "./setting.ts"

const againOf = (name: string, redial: Parameters<typeof defaultRules>[0]): Again | undefined =>
  defaultRules(redial).find((rule) => rule.name === name)?.then.again
const underProfiles = (name: string, ...ids: ReadonlyArray<string>): Again | undefined =>
  againOf(name, compose(ids.map((id) => Result.getOrThrow(profileOf(id)))).rules.redial)

describe("the default rules", () => {
  it("are right, all reached and explained, under every profile and none", () => {
    const sets = [defaultRules(), ...profiles.map((profile) => defaultRules(profile.rules.redial))]
    for (const rules of sets) {
      assert.deepStrictEqual(problemsOf(rules), [])
      assert.deepStrictEqual(decoded(rules).warnings, [])
      assert.isTrue(rules.every((rule) => rule.why !== undefined))
    }
    // They name nothing a campaign might not have.
    assert.deepStrictEqual(problemsOf(defaultRules(), { ...known, dispositions: [], segments: [], questions: [] }), [])
  })
  it("call busy numbers after 5 to 10 minutes, unanswered ones after hours, invalid ones never", () => {
    assert.deepStrictEqual(againOf("busy again soon", {}), { afterMinutes: { from: 5, to: 10 } })
    assert.deepStrictEqual(againOf("no answer after hours", {}), { afterMinutes: { from: 120, to: 240 } })
    assert.isUndefined(againOf("invalid never", {}))
  })
  it("wait out the lock-out of the profile after an abandoned call", () => {
    const name = "abandoned by profile"
    assert.deepStrictEqual(underProfiles(name, "uk-ofcom-2017"), { afterMinutes: 72 * 60 })
    assert.deepStrictEqual(underProfiles(name, "house-strict"), { afterMinutes: 120 * 60 })
    // Five full days after the day of the call.
    assert.deepStrictEqual(underProfiles(name, "it-garante-2014"), { at: { days: 6, time: "00:00" } })
    assert.deepStrictEqual(underProfiles(name, "it-garante-2014", "house-strict"), { at: { days: 6, time: "00:00" } })
    assert.deepStrictEqual(underProfiles(name, "in-trai"), { afterMinutes: 72 * 60 })
  })
  it("and after a machine", () => {
    const name = "machine later"
    assert.deepStrictEqual(underProfiles(name, "uk-ofcom-2017"), { at: { days: 1, time: "00:00" } })
    assert.deepStrictEqual(underProfiles(name, "in-trai"), { afterMinutes: { from: 120, to: 240 } })
    const hours = { afterAmd: [{ kind: "hours", n: 30, liftedBy: "none" }] } as const
    assert.deepStrictEqual(againOf(name, hours), { afterMinutes: 30 * 60 })
    const both = (n: number) => ({
      afterAmd: [...hours.afterAmd, { kind: "calendarDay", n, liftedBy: "none" } as const]
    })
    assert.deepStrictEqual(againOf(name, both(1)), { afterMinutes: 30 * 60 })
    assert.deepStrictEqual(againOf(name, both(2)), { at: { days: 2, time: "00:00" } })
  })
})
