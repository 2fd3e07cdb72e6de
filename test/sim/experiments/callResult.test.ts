import { assert, describe, it } from "@effect/vitest"
import type { CallFigures, FlowFigures } from "../../../src/domain/CallFigures.ts"
import type { ShiftFigures } from "../../../src/domain/LawFigures.ts"
import { callResult } from "../../../sim/experiments/callResult.ts"

const counted = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([name, count]) => ({ name, count }))
const nothing: CallFigures = {
  talks: 0,
  dispositions: counted({ none: 0 }),
  successes: 0,
  rightParties: 0,
  promises: { due: 0, inTime: 0, late: 0, byOther: 0 },
  flow: null,
  doNotCall: 0
}
const flow = (calls: number, served: number, one: number): FlowFigures => ({
  calls,
  results: counted({ transferred: 0, served, "hung-up": calls - served }),
  keys: [{ question: "marks", entries: counted({ "1": one, "2": 3 }) }],
  transfers: 4,
  transfersLost: 1
})
const shifts = (...calls: ReadonlyArray<CallFigures | undefined>) =>
  calls.map((each) => ({ figures: (each === undefined ? {} : { calls: each }) as ShiftFigures }))
const resultOf = (...calls: ReadonlyArray<CallFigures>) =>
  callResult(shifts(...calls)).calls ?? assert.fail("there is nothing to tell")
const means = (results: ReadonlyArray<{ readonly name: string; readonly times: { readonly mean: number } }>) =>
  results.map(({ name, times }) => [name, times.mean])

describe("what came of the calls of a setting", () => {
  it("is the mean of its shifts", () => {
    const talks = (sales: number, none: number): CallFigures => ({
      ...nothing,
      talks: sales + none,
      dispositions: counted({ sale: sales, none }),
      successes: sales,
      rightParties: sales + 1,
      promises: { due: 10, inTime: 5 + sales, late: 2, byOther: 1 },
      doNotCall: 2
    })
    const result = resultOf(talks(1, 9), talks(3, 11))
    assert.deepStrictEqual(means(result.dispositions), [
      ["sale", 2],
      ["none", 10]
    ])
    assert.deepStrictEqual([result.talks.mean, result.talks.n], [12, 2])
    assert.deepStrictEqual([result.successes.mean, result.rightParties.mean, result.doNotCall.mean], [2, 3, 2])
    const { byOther, due, inTime, late, missed } = result.promises ?? assert.fail("no promises")
    assert.deepStrictEqual(
      [due, inTime, late, missed, byOther].map(({ mean }) => mean),
      [10, 7, 2, 1, 1]
    )
    assert.isNull(result.flow)
  })
  it("of a flow: the ends there were, and keys by question", () => {
    const result = resultOf({ ...nothing, flow: flow(10, 4, 1) }, { ...nothing, flow: flow(20, 6, 5) })
    const told = result.flow ?? assert.fail("no flow")
    assert.deepStrictEqual(means(told.results), [
      ["served", 5],
      ["hung-up", 10]
    ])
    assert.deepStrictEqual(
      told.keys.map(({ question }) => question),
      ["marks"]
    )
    assert.deepStrictEqual(means(told.keys[0].entries), [
      ["1", 3],
      ["2", 3]
    ])
    assert.deepStrictEqual([told.calls.mean, told.transfers.mean, told.transfersLost.mean], [15, 4, 1])
    assert.deepStrictEqual(result.dispositions, [])
  })
  it("is nothing where there is nothing to tell", () => {
    assert.deepStrictEqual(callResult([]), {})
    assert.deepStrictEqual(callResult(shifts(undefined)), {})
    assert.deepStrictEqual(callResult(shifts({ ...nothing, talks: 50, dispositions: counted({ none: 50 }) })), {})
    assert.property(callResult(shifts({ ...nothing, doNotCall: 1 })), "calls")
  })
})
