import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Window } from "happy-dom"
import { lawLine } from "../../src/cli/lawLine.ts"
import { readJson, writeJson } from "../../src/store/losslessJson.ts"
import { ceilings } from "../../reports/ceilings.ts"
import { ceilingTable } from "../../reports/compliance.ts"
import { holdRows } from "../../reports/heldBack.ts"
import { ceilingWords, reasonWords, saidBy, windowDays } from "../../reports/lawWords.ts"
import { plainRules } from "../../reports/plainRules.ts"
import { report } from "../../reports/report.ts"
import { attemptNumberRows } from "../../reports/retries.ts"
import { subject } from "../../reports/Subject.ts"
import { reasonNames } from "../../src/dialler/compliance/Reason.ts"
import { compose } from "../../src/domain/compliance/compose.ts"
import { profiles } from "../../src/domain/compliance/profiles.ts"
import type { Result } from "../../sim/experiments/Result.ts"
import { simulate } from "../../sim/experiments/simulate.ts"
import { Workers } from "../../sim/workers/Workers.ts"
import { scenarioOf, smallText } from "../sim/experiments/smallScenario.ts"
import { simulated, tuned } from "./fixture.ts"

const rows = { attempts: [], spans: [] }
const rehearsed = (law: string, replications = 3, pacing?: string): Promise<Result> => {
  const changed = pacing === undefined ? {} : { pacing }
  const text = smallText({ law, hours: 3, ...changed, more: '    changes: [{ at: "11:30", mode: progressive }]\n' })
  const options = { replications, precision: 0.01, replicationsMax: replications, campaign: null }
  const experiment = simulate(scenarioOf(text), { text, version: "1" }, options)
  return Effect.runPromise(experiment.pipe(Effect.provide(Workers.layerInline)))
}
const override = "override: { reason: a late shift, by: J. Ortiz }"
const house = `house: { id: late hours, rules: { redial: { afterAmd: [{ kind: calendarDay, n: 1, liftedBy: reservedAgent }] }, hours: [{ monFri: ["09:00-20:00"] }] }, ${override} }`
const lawful = rehearsed(`{ profiles: [house-strict, uk-ofcom-2017], ${house} }`)
const watched = rehearsed(
  "{ profiles: [us-federal], enforceCeilings: false }",
  3,
  "{ kind: fixed-ratio, linesPerAgent: 4 }"
)

const section = (text: string, id: string) => {
  const window = new Window()
  window.document.write(text.replace(/<script>[^]*<\/script>/, ""))
  return window.document.querySelector(`section#${id}`)
}
const words = (text: string, id: string): string => section(text, id)?.textContent.replace(/\s+/g, " ") ?? ""
const plain = (text: string): string => text.replaceAll("\u00a0", " ")
const csvOf = (text: string, id: string): string =>
  plain(
    decodeURIComponent(section(text, "compliance")?.querySelector(`#${id} a[download]`)?.getAttribute("href") ?? "")
  )

describe("the pages on compliance", () => {
  it("have each ceiling in words with its source, figure, margin and worst window", async () => {
    const text = report({ result: await lawful, ...rows })
    const found = words(text, "compliance")
    assert.include(
      found,
      "house-strict, as read on 2026-11-21: Our own values, where a customer has not chosen others. Confidence high."
    )
    assert.include(found, "late hours: rules of the house.")
    const csv = csvOf(text, "ceiling-rules")
    assert.include(
      csv,
      '"Less than 3 %, aiming at 0 %: people abandoned, people taken for machines included, of those abandoned or put through, in a day",uk-ofcom-2017 2026-11-21,'
    )
    assert.include(
      csv,
      '"At most 3 %, aiming at 1 %: people abandoned, of all people who answered, in 30 days in a row",house-strict 2026-11-21,'
    )
    assert.include(csv, "\r\nAiming at 0: people abandoned in a day,uk-ofcom-2017 2026-11-21,")
    assert.match(csv, /% of \d+|\d+ of \d+; 2026-11-23 to 2026-12-22, shift [123]"/)
    assert.include(found, "0 of 3")
  })
  it("show every ceiling that is a share, once, with the worst shift", async () => {
    const of = subject({ result: await lawful, ...rows })
    const figure = ceilings(of)
    const rules = of.main?.law?.rules.filter(({ rule }) => rule.denominator !== "D_COUNT") ?? []
    assert.deepStrictEqual(
      figure?.table.rows.map(([name, ceiling, ratio, , , , worst]) => [name, ceiling, ratio, worst]),
      rules.map(({ ratio, rule, worst }) => [ceilingWords(rule), 0.03, ratio.mean, worst?.ratio ?? null])
    )
    assert.lengthOf(new Set(figure?.panels[0].plots[0].y?.domain as ReadonlyArray<string>), rules.length)
  })
  it("have the other rules, and what the house allows all the same", async () => {
    const text = report({ result: await lawful, ...rows })
    const found = words(text, "compliance")
    assert.include(
      found,
      'hours.monFri: ["09:00-20:00"] in place of ["10:00-13:00","14:00-20:00"] (a late shift; J. Ortiz)'
    )
    assert.include(csvOf(text, "other-rules"), "Hours,Monday to Friday 09:00–20:00; Saturday any time")
    const sources = csvOf(text, "other-rules").match(/.*late hours.*/g) ?? []
    assert.deepStrictEqual(
      sources.map((line) => line.slice(0, 5)),
      ["Hours"]
    )
    assert.include(
      csvOf(text, "other-rules"),
      "Waiting for an agent,at most 2 s from the answer; at most 2 s from the start of the greeting,"
    )
  })
  it("say that ceilings were only watched, and by how much they were broken", async () => {
    const result = await watched
    const text = report({ result, ...rows })
    assert.include(words(text, "compliance"), "Ceilings were watched, not enforced")
    const { law } = result.settings[0]
    assert.isAbove(law?.rules[0].broken.successes ?? 0, 0)
    const cells = ceilingTable(law!).rows[0]
    assert.include(String(cells[5]), "−")
    assert.strictEqual(cells[7], `${law?.rules[0].broken.successes} of 3`)
  })
  it("have who was held back, by reason", async () => {
    const result = await rehearsed("{}")
    const text = report({ result, ...rows })
    assert.match(words(text, "held"), /contacts were held back [\d,]+ times; (none|[\d,.]+) still wait/)
    assert.match(words(text, "held"), /outside the hours/)
    const [first] = holdRows(subject({ result, ...rows }))
    assert.deepStrictEqual([first.reason, first.words, first.times.n], ["hours", "outside the hours", 3])
  })
  it("have attempts by number and penetration, with a law and without", async () => {
    for (const law of ["none", "{ profiles: [uk-ofcom-2017] }"]) {
      const result = await rehearsed(law)
      const { list } = result.settings[0]
      const shown = attemptNumberRows(subject({ result, ...rows }))
      assert.strictEqual(shown[0].attempts.mean, list?.attempts[0].mean)
      assert.closeTo(
        shown.reduce((sum, { share }) => sum + share, 0),
        1,
        1e-12
      )
      assert.match(words(report({ result, ...rows }), "retries"), /Of [\d,]+ contacts [\d,]+ \([\d.]+ %\) were called/)
    }
  })
  it("say plainly that no law was applied", async () => {
    const result = await rehearsed("none")
    const text = report({ result, ...rows })
    assert.include(words(text, "compliance"), "No law was applied.")
    assert.isNull(section(text, "held"))
    assert.strictEqual(
      lawLine(result),
      "No law was applied: no calling hours, limits of attempts or enforced ceilings."
    )
  })
  it("are left out of results of versions that knew no law, which open as before", () => {
    for (const result of [tuned(), simulated()]) {
      const text = report({ result: readJson(writeJson(result)) as Result, ...rows })
      for (const id of ["compliance", "held", "retries"]) assert.isNull(section(text, id))
      assert.strictEqual(lawLine(result), "")
    }
  })
  it("are the same to the byte from a stored result", async () => {
    const result = await lawful
    const again = readJson(writeJson(result)) as Result
    assert.deepStrictEqual(again, result)
    assert.isTrue(report({ result: again, ...rows }) === report({ result, ...rows }))
  })
})

describe("the printed line on the law", () => {
  it("says that the ceilings were kept, which came closest, and who was held back", async () => {
    assert.match(
      plain(lawLine(await lawful)),
      /^Law house-strict 2026-11-21, late hours, uk-ofcom-2017 2026-11-21: no ceiling was broken in 3 shifts, the worst came to \d\.\d\d % of 3 % \(.*\); held back [\d.]+ times a shift \(attempts of the day used up [\d.]+\)\.$/
    )
  })
  it("says in how many shifts a ceiling was broken", async () => {
    assert.match(
      plain(lawLine(await watched)),
      /the ceiling 3 % \(of answers \+F, 30 days\) was broken in [123] of 3 shifts; nobody was held back\.$/
    )
  })
  it("names the most frequent reasons", async () => {
    assert.match(
      plain(lawLine(await rehearsed("{}", 1))),
      /in 1 shift, .*; held back [\d,]+ times a shift \(outside the hours [\d,]+\)\.$/
    )
  })
})

describe("words of the law", () => {
  it("are there for every reason", () => {
    for (const reason of reasonNames.slice(1)) assert.notStrictEqual(reasonWords(reason), reason)
  })
  it("are there for every rule of every profile, each with the profile as its source", () => {
    for (const profile of profiles) {
      const composed = compose([profile])
      for (const { by, words: text } of plainRules(composed)) {
        assert.strictEqual(by, `${profile.id} ${profile.version}`)
        assert.notMatch(text, /undefined|NaN|\[object/)
      }
      for (const rule of composed.rules.abandon ?? []) assert.notMatch(ceilingWords(rule), /undefined|NaN/)
      const { caps, cli, connect, dnc, hours, message, redial, ring } = composed.rules
      const groups = [
        hours,
        caps,
        redial?.afterAbandon,
        redial?.afterAmd,
        redial?.afterRefusalDays,
        redial?.afterConversationDays
      ]
      const others = [ring, connect?.waits, message?.required, cli, dnc]
      assert.lengthOf(
        plainRules(composed),
        [...groups, ...others].filter((group) => group !== undefined).length,
        profile.id
      )
    }
  })
  it("name the house where no profile says so", () => {
    const from = ["house-strict 2026-11-21", "our rules"]
    assert.strictEqual(
      saidBy(from, () => false),
      "our rules"
    )
    assert.strictEqual(
      saidBy(from, ({ ring }) => ring !== undefined),
      "house-strict 2026-11-21"
    )
  })
  it("tell windows by their local days", () => {
    assert.strictEqual(windowDays(20_780, 20_781), "2026-11-23")
    assert.strictEqual(windowDays(20_780, 20_810), "2026-11-23 to 2026-12-22")
    assert.strictEqual(windowDays(20_780, Number.POSITIVE_INFINITY), "from 2026-11-23")
  })
})
