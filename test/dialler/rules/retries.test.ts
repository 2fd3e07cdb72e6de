import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { ContactList } from "../../../src/dialler/ContactList.ts"
import { retryRules } from "../../oracles/retryRules.ts"
import { compileRules } from "../../../src/dialler/rules/RuleBook.ts"
import type { CampaignSettings, RetryRule } from "../../../src/domain/Campaign.ts"
import { outcomeNames } from "../../../src/domain/Outcome.ts"
import type { Known } from "../../../src/domain/rules/Known.ts"
import { rulesOfRetry } from "../../../src/domain/rules/rulesOfRetry.ts"
import { known, problemsOf } from "../../domain/rules/setting.ts"
import { factsOf } from "./setting.ts"

type Settings = Pick<CampaignSettings, "retry" | "attemptsMax">
interface Run {
  readonly outcome: number
  readonly times: number
  readonly waitMillis: number
}

/** When the contact is due after each attempt, -1 for never, as the retry rules have it. */
const byRetryRules = (settings: Settings, history: ReadonlyArray<Run>): ReadonlyArray<number> => {
  const rules = retryRules(settings)
  const list = new ContactList(rules.ruleCount)
  list.add(1, 0)
  return inTurn(history, (outcome, now) => {
    list.attempt(0)
    return rules.after(list, 0, outcome, now)
  })
}

/** The same as the rules have it. */
const byRules = (settings: Settings, history: ReadonlyArray<Run>): ReadonlyArray<number> => {
  const campaign: Known = { ...known, attemptsMax: settings.attemptsMax }
  const book = compileRules(rulesOfRetry(settings.retry), campaign)
  const counts = new Uint8Array(book.countedOutcomes.length)
  let attempts = 0
  return inTurn(history, (outcome, now) => {
    attempts = Math.min(255, attempts + 1)
    book.count(counts, 0, outcome)
    const { dueAt } = book.decide({ ...factsOf(book), outcome, attempts, counts, countsAt: 0, now })
    // What is worked out beforehand must not differ, and is there for all but delays that are spread.
    assert.strictEqual(book.plain.dueAt(outcome, attempts, counts, 0, now), dueAt)
    return dueAt
  })
}

const inTurn = (
  history: ReadonlyArray<Run>,
  after: (outcome: number, now: number) => number
): ReadonlyArray<number> => {
  let now = 0
  return history.flatMap(({ outcome, times, waitMillis }) =>
    Array.from({ length: times }, () => {
      now += waitMillis
      return after(outcome, now)
    })
  )
}

const whole = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))
/** Mostly few, sometimes more than are counted. */
const Maximum = Schema.Union([whole(1, 4), whole(1, 4), whole(250, 260)])
const Retry = Schema.Struct({ delayMillis: whole(0, 90 * 86_400_000), attemptsMax: Maximum })
const retryFields = outcomeNames.map((name) => [name, Schema.optionalKey(Retry)] as const)
const SettingsOf = Schema.Struct({ retry: Schema.Struct(Object.fromEntries(retryFields)), attemptsMax: Maximum })
const RunOf = Schema.Struct({
  outcome: whole(0, outcomeNames.length - 1),
  times: Schema.Union([whole(1, 3), whole(1, 3), whole(100, 140)]),
  waitMillis: whole(0, 86_400_000)
})
const History = Schema.Array(RunOf).check(Schema.isMaxLength(12))

describe("rules made of retry settings", () => {
  it.prop(
    "decide what the retry rules decide, for any settings and history",
    { settings: SettingsOf, history: History },
    ({ history, settings }) => {
      const own: Settings = settings
      assert.deepStrictEqual(byRules(own, history), byRetryRules(own, history))
    },
    { arbitrary: { runs: 500, seed: 11 } }
  )
  it("do so at the limits of what is counted", () => {
    for (const most of [254, 255, 256, 300]) {
      const retry = { busy: { delayMillis: 1, attemptsMax: most }, "no-answer": { delayMillis: 2, attemptsMax: most } }
      for (const attemptsMax of [254, 255, 256, 300]) {
        for (const outcomes of [[5], [6], [6, 10]]) {
          const history = outcomes.map((outcome) => ({ outcome, times: 270, waitMillis: 1 }))
          const settings = { retry, attemptsMax }
          assert.deepStrictEqual(byRules(settings, history), byRetryRules(settings, history))
        }
      }
    }
  })
  it("are rules like any a manager writes, and read like them", () => {
    const again = (minutes: number, attemptsMax: number): RetryRule => ({ delayMillis: minutes * 60_000, attemptsMax })
    const retry = { busy: again(10, 3), "no-answer": again(120, 999), machine: again(5, 1) }
    const rules = rulesOfRetry(retry)
    assert.deepStrictEqual(problemsOf(rules), [])
    assert.deepStrictEqual<unknown>(rules, [
      {
        name: "busy again",
        when: { outcome: ["busy"], attemptsWith: [{ outcome: ["busy"], max: 2 }] },
        then: { again: { afterMinutes: 10 } }
      },
      {
        name: "no-answer again",
        when: { outcome: ["no-answer", "cancelled"] },
        then: { again: { afterMinutes: 120 } }
      }
    ])
  })
})
