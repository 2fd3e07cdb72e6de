import { assert, describe, it } from "@effect/vitest"
import { Window } from "happy-dom"
import { report } from "../../reports/report.ts"
import type { Result } from "../../sim/experiments/Result.ts"
import { agentless, day, simulated, tuned } from "./fixture.ts"

const none = { attempts: [], spans: [] }
const full = report({ result: tuned(), ...day })
const documentOf = (text: string) => {
  const window = new Window()
  window.document.write(text.replace(/<script>[^]*<\/script>/, ""))
  return window.document
}
const ids = (text: string) => [...documentOf(text).querySelectorAll("figure")].map((figure) => figure.id)

describe("report", () => {
  it("has every chart of a full run", () => {
    assert.deepStrictEqual(ids(full), [
      "frontier",
      "knob",
      "agent-day",
      "call-day",
      "abandon-day",
      "idle-wait",
      "answer-wait",
      "attempt-outcomes",
      "safer",
      "sensitivity",
      "team-size",
      "bounds"
    ])
  })

  it("stays under 600 KB", () => {
    assert.isBelow(Buffer.byteLength(full), 600_000)
  })

  it("is the same to the byte when made again", () => {
    assert.isTrue(report({ result: tuned(), ...day }) === full)
  })

  it("asks for nothing outside itself", () => {
    const addresses = full.match(/https?:[^"'\s<)]*/g) ?? []
    assert.deepStrictEqual(
      addresses.filter((address) => !address.startsWith("http://www.w3.org/")),
      []
    )
    assert.notMatch(full.replace(/<script>[^]*/, ""), /@import|<link|<iframe|\bsrc=|url\((?!#t-|#part-)/)
  })

  it("carries the data of every chart as CSV, and the scenario", () => {
    const document = documentOf(full)
    for (const figure of document.querySelectorAll("figure")) {
      const link = figure.querySelector("a[download]")!
      assert.strictEqual(link.getAttribute("download"), `${figure.id}.csv`)
      const lines = decodeURIComponent(link.getAttribute("href")!).split("\r\n")
      assert.isAbove(lines.length, 2, figure.id)
    }
    assert.deepStrictEqual(
      [...document.querySelectorAll("p.links a")].map((link) => link.getAttribute("download")).slice(-2),
      ["settings.csv", "scenario.yaml"]
    )
    assert.include(full, encodeURIComponent(tuned().scenarioText))
  })

  it("has unique identifiers, and every drawing a name and a table", () => {
    const document = documentOf(full)
    const all = [...document.querySelectorAll("[id]")].map((element) => element.id)
    assert.deepStrictEqual(
      all.filter((id, i) => all.indexOf(id) !== i),
      []
    )
    for (const svg of document.querySelectorAll("svg.plot")) assert.isNotEmpty(svg.getAttribute("aria-label"))
    for (const figure of document.querySelectorAll("figure")) assert.isNotNull(figure.querySelector("table caption"))
    for (const [, id] of full.matchAll(/url\(#([\w-]+)\)/g)) assert.include(all, id)
  })

  it("says how to get the numbers again", () => {
    assert.include(full, "outpace tune scenario.yaml --seed 42")
    assert.include(full, "0.1.0")
  })
})

describe("report of less", () => {
  it("leaves out what one setting without a recording cannot show", () => {
    const text = report({ result: simulated(), ...none })
    assert.deepStrictEqual(ids(text), ["idle-wait", "bounds"])
    assert.include(text, "The run was not asked for a recommendation.")
    assert.notInclude(text, "NaN")
  })

  it("shows calls instead of occupancy without agents", () => {
    const text = report({ result: agentless(), ...none })
    assert.deepStrictEqual(ids(text), [])
    assert.include(text, "Live rate (measured pickup)")
    assert.notMatch(text, /NaN|Infinity/)
  })

  it("says when a run was stopped early", () => {
    assert.notInclude(full, "Stopped early")
    assert.include(report({ result: { ...tuned(), finished: false }, ...day }), "Stopped early")
  })

  it("copes with nothing at all", () => {
    const nothing: Result = { ...simulated(), settings: [], recordedKey: "", campaign: "unknown", finished: false }
    const text = report({ result: nothing, ...none })
    assert.include(text, "Nothing was simulated.")
    assert.notMatch(text.replace(/<script>[^]*/, ""), /NaN|Infinity|undefined/)
  })
})

describe("report of hostile names", () => {
  const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>`
  const result = tuned()
  const settings = result.settings.map((one, i) =>
    i === 3 ? { ...one, setting: { ...one.setting, label: evil } } : one
  )
  const text = report({
    ...day,
    result: {
      ...result,
      settings,
      seed: evil,
      version: evil,
      scenarioText: evil,
      scenario: { ...result.scenario, name: evil, description: evil },
      recommendation: { ...result.recommendation!, settingKey: settings[3].setting.key, sentences: [evil] },
      sensitivity: result.sensitivity.map((row) => ({ ...row, label: evil }))
    }
  })

  it("has no markup from them", () => {
    assert.notInclude(text, "<img")
    assert.strictEqual(text.split("<script").length, 2)
    assert.include(text, "&lt;script&gt;alert(1)")
    const elements = [...documentOf(text).querySelectorAll("*")]
    assert.isFalse(elements.some((element) => element.tagName === "IMG" || element.hasAttribute("onerror")))
  })
})
