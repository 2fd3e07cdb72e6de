import { assert, describe, it } from "@effect/vitest"
import { outcomeOf, q850Outcomes, statusOutcomes } from "../../src/sip/outcomeOf.ts"

const of = (status: number, q850?: number, rang = false) => outcomeOf({ status, reason: "", q850 }, rang)

/** Every status of RFC 3261 §21 and its later additions that the dialler can get, as written in the plan of retries. */
const expected = {
  busy: { statuses: [486, 600], causes: [17] },
  "no-answer": { statuses: [480, 487], causes: [18, 19, 20, 26] },
  rejected: { statuses: [401, 402, 403, 407, 433, 603, 607, 608], causes: [21, 55, 57, 87] },
  invalid: { statuses: [301, 404, 410, 484, 485, 604], causes: [1, 3, 4, 22, 23, 28] },
  congestion: {
    statuses: [400, 405, 406, 481, 482, 483, 488, 500, 501, 502, 503, 504, 505, 513, 606],
    causes: [2, 25, 27, 29, 34, 38, 41, 42, 44, 47, 58, 65, 70, 79, 88, 102, 111]
  }
}

describe("outcomes of calls that were not answered", () => {
  it.each(Object.entries(expected))("%s", (outcome, { causes, statuses }) => {
    for (const status of statuses) assert.strictEqual(of(status), outcome, `status ${status}`)
    // The cause goes before the status, whatever that is.
    for (const cause of causes) assert.strictEqual(of(500, cause), outcome, `cause ${cause}`)
    for (const cause of causes) assert.strictEqual(of(486, cause), outcome, `cause ${cause}`)
  })
  it("every row of the tables is among them", () => {
    const rows = Object.values(expected)
    assert.sameMembers(
      rows.flatMap(({ statuses }) => statuses),
      [...statusOutcomes.keys()]
    )
    assert.sameMembers(
      rows.flatMap(({ causes }) => causes),
      [...q850Outcomes.keys()]
    )
  })
  it("causes that say nothing leave it to the status", () => {
    for (const cause of [16, 31, 127, 99]) assert.strictEqual(of(486, cause), "busy")
  })
  it("408 is silence of the trunk, unless it rang", () => {
    assert.deepStrictEqual(
      [of(408), of(408, undefined, true), of(408, 34, true)],
      ["congestion", "no-answer", "congestion"]
    )
  })
  it("unknown statuses go by their class", () => {
    assert.deepStrictEqual(
      [302, 399, 499, 599, 699, 200].map((status) => of(status)),
      ["rejected", "rejected", "congestion", "congestion", "rejected", "congestion"]
    )
  })
})
