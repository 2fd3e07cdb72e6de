import { assert, describe, it } from "@effect/vitest"
import { Window } from "happy-dom"
import { callLine } from "../../src/cli/callLine.ts"
import { report } from "../../reports/report.ts"
import type { CallResult } from "../../sim/experiments/callResult.ts"
import type { Estimate, Result } from "../../sim/experiments/Result.ts"
import { day, simulated } from "./fixture.ts"

const about = (mean: number): Estimate => ({ mean, low: mean - 1, high: mean + 1, n: 20 })
const counted = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([name, mean]) => ({ name, times: about(mean) }))
const calls: CallResult = {
  talks: about(200),
  dispositions: counted({ sale: 30, "call-later": 50, none: 120 }),
  successes: about(30),
  rightParties: about(80),
  promises: { due: about(40), inTime: about(30), late: about(6), missed: about(4), byOther: about(3) },
  flow: null,
  doNotCall: about(2)
}
const flow: CallResult["flow"] = {
  calls: about(1_000),
  results: counted({ answered: 500, refused: 100, transferred: 50, "hung-up": 340, "transfer-failed": 10 }),
  keys: [{ question: "marks", entries: counted({ "[1-5]": 600, "9": 100, "0": 60 }) }],
  transfers: about(60),
  transfersLost: about(10)
}
const off = { success: false, rightParty: false, final: false, asksCallbackTime: false }
const dispositions = [
  { ...off, code: "sale", label: "Sold <b>it</b>" },
  { ...off, code: "call-later", label: "Call later" }
]
const resultWith = (told: CallResult | undefined): Result => {
  const result = simulated()
  const [first, ...rest] = result.settings
  const campaigns = result.scenario.campaigns.map((campaign) => ({
    ...campaign,
    settings: { ...campaign.settings, known: { ...campaign.settings.known, dispositions } }
  }))
  return {
    ...result,
    scenario: { ...result.scenario, campaigns },
    settings: [{ ...first, ...(told === undefined ? {} : { calls: told }) }, ...rest]
  }
}
const tableOf = (told: CallResult | undefined, id: string): ReadonlyArray<ReadonlyArray<string>> => {
  const window = new Window()
  window.document.write(report({ result: resultWith(told), ...day }).replace(/<script>[^]*<\/script>/, ""))
  return [...window.document.querySelectorAll(`#${id} tr`)].map((row) =>
    [...row.querySelectorAll("th, td")].map((cell) => cell.textContent.trim().replaceAll("\u00a0", " "))
  )
}

describe("what came of it, in the report", () => {
  it("is what the agents chose, by its label", () => {
    assert.deepStrictEqual(tableOf(calls, "dispositions"), [
      ["Disposition", "A shift", "from", "to", "Share"],
      ["Sold <b>it</b>", "30", "29", "31", "15.0 %"],
      ["Call later", "50", "49", "51", "25.0 %"],
      ["Nothing chosen", "120", "119", "121", "60.0 %"],
      ["Successes", "30", "29", "31", "15.0 %"],
      ["Right party", "80", "79", "81", "40.0 %"]
    ])
  })
  it("is how promises were kept", () => {
    assert.deepStrictEqual(tableOf(calls, "promises").slice(1), [
      ["Due on the day", "40", "39", "41", "100.0 %"],
      ["Called in time", "30", "29", "31", "75.0 %"],
      ["Called later", "6.0", "5.0", "7.0", "15.0 %"],
      ["Not called", "4.0", "3.0", "5.0", "10.0 %"],
      ["Called by another agent", "3.0", "2.0", "4.0", "7.5 %"]
    ])
    assert.deepStrictEqual(tableOf({ ...calls, promises: null }, "promises"), [])
  })
  it("is how calls of a flow ended, and the keys pressed", () => {
    const told = { ...calls, dispositions: [], promises: null, flow }
    assert.deepStrictEqual(
      tableOf(told, "flow-ends").map(([name, times, , , share]) => [name, times, share]),
      [
        ["End of the flow", "A shift", "Share"],
        ["answered", "500", "50.0 %"],
        ["refused", "100", "10.0 %"],
        ["transferred", "50", "5.0 %"],
        ["hung-up", "340", "34.0 %"],
        ["transfer-failed", "10", "1.0 %"],
        ["Asked for an agent", "60", "6.0 %"],
        ["Asked in vain", "10", "1.0 %"],
        ["Want no more calls", "2.0", "0.2 %"]
      ]
    )
    assert.deepStrictEqual(
      tableOf(told, "flow-keys").map(([question, keys, , , , share]) => [question, keys, share]),
      [
        ["Question", "Keys", "Share"],
        ["marks", "0", "7.9 %"],
        ["marks", "9", "13.2 %"],
        ["marks", "[1-5]", "78.9 %"]
      ]
    )
    assert.deepStrictEqual(tableOf(told, "dispositions"), [])
  })
  it("is not there where the scenario does not say", () => {
    assert.deepStrictEqual(tableOf(undefined, "results"), [])
    assert.strictEqual(callLine(resultWith(undefined)), "")
  })
})

describe("what came of it, in a line", () => {
  const line = (told: CallResult) => callLine(resultWith(told)).replaceAll("\u00a0", " ")
  it("of agents", () => {
    assert.strictEqual(
      line(calls),
      "What came of a shift: 200 talks, 80 with the right party, 30 successes (15.0 %); of 40 calls promised for the day " +
        "75 % in time, 15 % later, 3 by another agent; 2 want no more calls."
    )
  })
  it("of a flow", () => {
    assert.strictEqual(
      line({ ...calls, dispositions: [], promises: null, doNotCall: about(0.4), flow }),
      "What came of a shift: 1,000 calls heard the flow (answered 50 %, hung-up 34 %, refused 10 %, transferred 5 %); 60 " +
        "asked for an agent, 10 in vain; under 1 want no more calls."
    )
  })
})
