import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { Window } from "happy-dom"
import { readFileSync } from "node:fs"
import { countBlocks } from "../../../reports/live/countBlocks.ts"
import { liveEstimates, methodOf } from "../../../reports/live/liveEstimates.ts"
import { liveReport } from "../../../reports/live/liveReport.ts"
import type { LiveSubject } from "../../../reports/live/LiveSubject.ts"
import { runShift, wholeShift } from "../../../sim/runShift.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { readScenario } from "../../../sim/scenario/readScenario.ts"
import { wilson } from "../../../sim/statistics/proportion.ts"
import { liveJson } from "../../../src/cli/live/liveJson.ts"
import { readLive } from "../../../src/cli/live/readLive.ts"
import { addCounts, type Counts, emptyCounts } from "../../../src/domain/Counts.ts"
import { type MeasureKey, measures } from "../../../src/domain/measures.ts"
import { onStore } from "../../store/floor/onStore.ts"
import { fillStore } from "./filledStore.ts"

const dayMillis = 86_400_000
const scenarioOf = (name: string): Scenario => {
  const text = readFileSync(new URL(`../../../scenarios/${name}.yaml`, import.meta.url), "utf8")
  return Result.getOrThrow(readScenario(text, name))
}
const epochOf = ({ campaigns }: Scenario): number => campaigns[0].settings.law?.epochMillis ?? Date.UTC(2026, 10, 23, 9)

const request = { campaign: null, from: null, to: null }

const read = new Map<string, LiveSubject>()

/** Days of a scenario in a store of their own, one after the other, and what is read of them; each is made once. */
const lived = Effect.fn("lived")(function* (
  name: string,
  days: number,
  asked: Partial<Parameters<typeof readLive>[1]> = {},
  isOpen?: boolean
) {
  const key = JSON.stringify([name, days, asked, isOpen])
  const known = read.get(key)
  if (known !== undefined) return known
  const scenario: Scenario = scenarioOf(name)
  const epoch = epochOf(scenario)
  const subject = yield* onStore((path) =>
    Effect.gen(function* () {
      for (let day = 0; day < days; day += 1) {
        const options = { epoch: epoch + day * dayMillis, replication: day, untilMillis: dayMillis }
        yield* fillStore(scenario, { ...options, isOpen: isOpen === true && day === days - 1 })
      }
      return yield* readLive(path, { ...request, ...asked })
    })
  )
  read.set(key, subject)
  return subject
})

/** Counts without those of the whole list. */
const ofCalls = (counts: Counts): Counts => ({
  ...counts,
  contactsLoaded: 0,
  contactsAttempted: 0,
  contactsReached: 0,
  contactsClosed: 0
})

const keys = Object.keys(measures) as ReadonlyArray<MeasureKey>

describe("a live campaign read from its store", () => {
  for (const name of ["sample", "survey-robot", "canvass", "callback-desk", "mixed-floor"]) {
    it.effect(`has the figures of the same day in the simulator: ${name}`, () =>
      Effect.gen(function* () {
        const scenario = scenarioOf(name)
        const shift = runShift(scenario, { ...wholeShift, replication: 0, untilMillis: dayMillis })
        for (const [index, { settings }] of scenario.campaigns.entries()) {
          const subject = yield* lived(name, 1, { campaign: settings.name })
          assert.deepStrictEqual(subject.counts, shift.counts[index])
          assert.deepStrictEqual(subject.list, shift.counts[index])
          const estimates = liveEstimates(subject)
          for (const key of keys) {
            assert.deepStrictEqual(estimates[key].mean, measures[key].of(shift.counts[index]), key)
          }
          const held = shift.figures[index].law?.holds ?? {}
          assert.deepStrictEqual(Object.fromEntries(subject.holds.map(({ reason, times }) => [reason, times])), {
            ...held
          })
        }
      })
    )
  }

  it.effect.each(["survey-robot", "renewal-team", "callback-desk"])(
    "has the law's windows as the dialler counted them: %s",
    (name) =>
      Effect.gen(function* () {
        const shift = runShift(scenarioOf(name), { ...wholeShift, replication: 0, untilMillis: dayMillis })
        const campaign = scenarioOf(name).campaigns[0].settings.name
        const { law } = yield* lived(name, 1, { campaign })
        const own = shift.figures[0].law?.windows ?? []
        assert.isAbove(own.length, 0)
        assert.deepStrictEqual(
          law?.windows.map(({ rule, standing }) => ({ rule, standing })),
          own.map(({ ledger, rule }) => ({ rule, standing: ledger }))
        )
      })
  )

  it.effect("has what agents chose, and how promises were kept, as the simulator counts them", () =>
    Effect.gen(function* () {
      const shift = runShift(scenarioOf("renewal-team"), { ...wholeShift, replication: 0, untilMillis: dayMillis })
      const { results } = yield* lived("renewal-team", 1)
      const own = shift.figures[0].calls
      const chosen = Object.fromEntries(results.dispositions.map(({ code, count }) => [code, count]))
      for (const { count, name } of own?.dispositions ?? []) {
        if (name !== "none") assert.strictEqual(chosen[name], count, name)
      }
      const { byOther, inTime, late } = results.promises
      assert.isAbove(inTime, 0)
      assert.deepStrictEqual(
        { byOther, inTime, late },
        {
          byOther: own?.promises.byOther,
          inTime: own?.promises.inTime,
          late: own?.promises.late
        }
      )
      assert.strictEqual(results.doNotCall, own?.doNotCall)
    })
  )

  it.effect("falls into half hours that add up to it", () =>
    Effect.gen(function* () {
      const subject = yield* lived("sample", 1)
      const blocks = countBlocks(subject.attempts, subject.spans)
      assert.isAbove(blocks.length, 16)
      assert.deepStrictEqual(ofCalls(blocks.reduce(addCounts, emptyCounts())), ofCalls(subject.counts))
    })
  )

  it.effect("has intervals around its figures: binomial of shares of calls, by half hours of the others", () =>
    Effect.gen(function* () {
      const subject = yield* lived("sample", 1)
      const estimates = liveEstimates(subject)
      const [abandoned, live] = [
        subject.counts.outcomes[1],
        measures.liveRate.of(subject.counts) * subject.attempts.length
      ]
      const { high, low } = wilson(abandoned, Math.round(live), 0.95)
      assert.approximately(estimates.abandonRate.low, low, 1e-12)
      assert.approximately(estimates.abandonRate.high, high, 1e-12)
      for (const key of keys.filter((each) => methodOf(each) === "bootstrap")) {
        assert.isAtMost(estimates[key].low, estimates[key].mean, key)
        assert.isAtLeast(estimates[key].high, estimates[key].mean, key)
      }
      assert.isBelow(estimates.occupancy.low, estimates.occupancy.high)
      assert.deepStrictEqual(liveEstimates(subject), estimates)
    })
  )

  it.effect("may be several days: calls add up, the list is one", () =>
    Effect.gen(function* () {
      const scenario = "renewal-team"
      const all = yield* lived(scenario, 2, { from: "2026-01-01" })
      const first = yield* lived(scenario, 1)
      const second = yield* lived(scenario, 2)
      assert.strictEqual(all.windowCount, 2)
      const sum = addCounts(addCounts(emptyCounts(), first.counts), second.counts)
      assert.deepStrictEqual(ofCalls(all.counts), ofCalls(sum))
      assert.isAtMost(all.list.contactsAttempted, sum.contactsAttempted)
      assert.strictEqual(all.list.contactsLoaded, first.list.contactsLoaded)
      assert.match(liveReport(all), /Day by day/)
      // The first day alone is what was there before the second.
      const [day] = new Date(first.from).toISOString().split("T")
      const again = yield* lived(scenario, 2, { from: day, to: day })
      assert.deepStrictEqual(again.counts, first.counts)
    })
  )

  it.effect.each([
    [{ from: "23.11.2026" }, /--from 23\.11\.2026 is no day: write it like 2026-11-23/],
    [{ from: "2026-11-25", to: "2026-11-24" }, /--from 2026-11-25 is after --to 2026-11-24/],
    [{ from: "2030-01-01" }, /no call is on record .* from 2030-01-01 on/],
    [{ campaign: "Nobody" }, /there is no campaign "Nobody" .* the last window of its floor has [A-Z]/]
  ] as const)("says what is wrong with %o", ([asked, sentence]) =>
    Effect.gen(function* () {
      const failed = yield* Effect.flip(lived("small-b2b", 1, asked))
      assert.match(failed.message, sentence)
    })
  )
})

/** What somebody reads on the page: no scripts, styles or links with data in them. */
const wordsOf = (page: string): string => {
  const { document } = new Window()
  document.write(page)
  for (const hidden of document.querySelectorAll("script, style")) hidden.remove()
  return document.documentElement.textContent
}

describe("the report of a live campaign", () => {
  const words = (subject: LiveSubject): string => wordsOf(liveReport(subject)).replace(/\s+/g, " ")

  it.effect.each(["sample", "survey-robot", "renewal-team"])("speaks of nothing that did not happen: %s", (name) =>
    Effect.gen(function* () {
      const subject = yield* lived(name, 1)
      const page = liveReport(subject)
      assert.notMatch(page, /rehears|simulat|replicat|scenario/i)
      assert.notMatch(words(subject), /\bshifts?\b|NaN|undefined|Infinity/i)
      assert.match(words(subject), /Live campaign/)
      assert.strictEqual(page, liveReport(subject))
    })
  )

  it.effect("tells time and window on the campaign's own clocks, and what is still open", () =>
    Effect.gen(function* () {
      const scenario = "sample"
      const open = words(yield* lived(scenario, 1, {}, true))
      assert.match(open, /Live, Monday 23 November 2026, 09:00 to 17:\d\d: 5,\d\d\d calls/)
      assert.match(open, /Time zone ?Europe\/London/)
      assert.match(open, /The window is still open/)
      assert.notMatch(words(yield* lived(scenario, 1)), /still open/)
    })
  )

  it.effect("has the ceilings, what agents chose, and every definition", () =>
    Effect.gen(function* () {
      const text = words(yield* lived("renewal-team", 1))
      assert.match(text, /Each ceiling, window by window/)
      assert.match(text, /What the agents chose/)
      for (const { definition } of Object.values(measures)) assert.include(text, definition.replace(/\s+/g, " "))
    })
  )

  it.effect("is there as JSON, too", () =>
    Effect.gen(function* () {
      const subject = yield* lived("sample", 1)
      const body = JSON.parse(liveJson(subject, "report.html")) as {
        readonly kind: string
        readonly figures: Readonly<Record<string, { readonly value: number; readonly interval: string }>>
        readonly from: string
      }
      assert.strictEqual(body.kind, "live")
      assert.strictEqual(body.figures["occupancy"].value, measures.occupancy.of(subject.counts))
      assert.strictEqual(body.figures["occupancy"].interval, "bootstrap")
      assert.match(body.from, /^2026-11-23T09:00/)
    })
  )
})
