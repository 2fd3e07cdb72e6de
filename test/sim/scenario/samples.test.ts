import { describe, expect, it } from "vitest"
import type { CallFigures } from "../../../src/domain/CallFigures.ts"
import { defaultRules } from "../../../src/domain/rules/defaultRules.ts"
import { Recorder } from "../../../src/store/Recorder.ts"
import { runShift, type ShiftOptions, wholeShift } from "../../../sim/runShift.ts"
import { sampleScenario } from "./sample.ts"

const rehearse = (name: string, options: Partial<ShiftOptions> = {}) => {
  const scenario = sampleScenario(name)
  const recorder = new Recorder(scenario)
  const shift = runShift(scenario, { ...wholeShift, replication: 1, ...options, recorder })
  const figures = shift.figures.map(({ calls }) => calls)
  return { scenario, recorder, shift, figures }
}
const told = (figures: CallFigures | undefined): CallFigures => {
  if (figures === undefined) throw new Error("the shift does not tell what came of the calls")
  return figures
}
const sum = (counted: ReadonlyArray<{ readonly count: number }>) =>
  counted.reduce((total, { count }) => total + count, 0)
const share = (counted: ReadonlyArray<{ readonly name: string; readonly count: number }>, name: string) =>
  (counted.find((each) => each.name === name)?.count ?? Number.NaN) / sum(counted)
/** Within four standard deviations of a share of so many. */
const near = (observed: number, expected: number, of: number) =>
  expect(Math.abs(observed - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / of))

describe("samples rehearsed from end to end", () => {
  it("small-b2b: agents keep the calls they promised, most of them in time", () => {
    const { figures, recorder, scenario } = rehearse("small-b2b.yaml")
    const { dispositions, doNotCall, promises, talks } = told(figures[0])
    const conduct = scenario.campaigns[0].conduct?.dispositions ?? []
    expect(conduct.length).toBe(6)
    conduct.forEach((each, place) => near(dispositions[place].count / talks, each.share, talks))
    expect(doNotCall).toBe(dispositions.find(({ name }) => name === "no-more-calls")?.count)
    expect(promises.due).toBeGreaterThan(20)
    expect(promises.inTime).toBeGreaterThan(promises.due / 2)
    expect(promises.byOther).toBeLessThan(promises.due / 4)
    // Whoever wants no calls, or said so for good, was the last to be called.
    const closed = recorder.notes.flatMap((note) =>
      note.kind === "disposition" && ["no-more-calls", "appointment", "no-need"].includes(note.detail.code)
        ? [note]
        : []
    )
    for (const { at, contact } of closed) {
      expect(recorder.attempts.some((each) => each.contact === contact && each.placedAt > at)).toBe(false)
    }
  })
  it("renewal-team: rules call again, move on and finish by what was chosen, answered and listed", () => {
    const { figures, recorder, shift } = rehearse("renewal-team.yaml")
    const { attempts, notes } = recorder
    const moved = notes.filter(({ kind }) => kind === "moved").length
    const rules = new Set(notes.flatMap((note) => (note.kind === "rule" ? [note.detail.rule] : [])))
    expect(moved).toBeGreaterThan(5)
    expect(shift.counts[1].contactsLoaded).toBe(moved)
    expect(attempts.filter(({ campaign }) => campaign === "Win back").length).toBeGreaterThan(moved / 2)
    for (const rule of ["thinks it over, small tariff", "wants no calls"]) expect([...rules]).toContain(rule)
    expect(told(figures[0]).successes).toBeGreaterThan(30)
    expect(told(figures[0]).promises.due).toBeGreaterThan(40)
    expect(told(figures[1]).talks).toBeGreaterThan(5)
    // "Not in" is called again at four o'clock, seven hours after the start.
    const four = 7 * 3_600_000
    const notIn = notes.flatMap((note) =>
      note.kind === "disposition" && note.detail.code === "not-in" && note.at < four ? [note] : []
    )
    expect(notIn.length).toBeGreaterThan(20)
    for (const note of notIn) {
      const row = attempts.find(
        ({ attempt, campaign, contact }) =>
          campaign === "Renewals" && contact === note.contact && attempt === note.detail.attempt
      )
      expect(row?.retryAt).toBe((row?.attempt ?? 0) > 4 ? null : four)
    }
  })
  it("survey-robot: people answer, hang up, ask for a person or for no more calls", () => {
    const { figures, recorder } = rehearse("survey-robot.yaml")
    const { doNotCall, flow } = told(figures[0])
    if (flow === null) throw new Error("there is no flow")
    expect(flow.calls).toBe(sum(flow.results))
    expect(share(flow.results, "hung-up")).toBeGreaterThan(0.3)
    expect(share(flow.results, "hung-up")).toBeLessThan(0.5)
    near(flow.transfers / flow.calls, 0.05, flow.calls)
    const nine = flow.keys.flatMap(({ entries }) => entries.filter(({ name }) => name === "9"))
    expect(doNotCall).toBe(sum(nine))
    expect(doNotCall).toBeGreaterThan(50)
    const served = recorder.attempts.filter(({ outcome }) => outcome === "connected").length
    expect(flow.results.find(({ name }) => name === "transferred")?.count).toBe(served)
    expect(flow.transfersLost).toBe(flow.transfers - served)
  })
  it("consumer-80: the rules where nothing is said, with the lock-outs of its law", () => {
    const { recorder, scenario } = rehearse("consumer-80.yaml", { untilMillis: 2 * 3_600_000 })
    const { law, rules } = scenario.campaigns[0].settings
    expect(rules).toEqual(defaultRules(law?.composed.rules.redial))
    const minutes = (outcome: string) =>
      recorder.attempts.flatMap((row) =>
        row.outcome === outcome && row.attempt === 1 && row.retryAt !== null
          ? [(row.retryAt - row.endedAt - row.wrapMillis) / 60_000]
          : []
      )
    const busy = minutes("busy")
    expect(busy.length).toBeGreaterThan(100)
    expect(Math.min(...busy)).toBeGreaterThanOrEqual(5)
    expect(Math.max(...busy)).toBeLessThanOrEqual(10)
    const rang = minutes("no-answer")
    expect(rang.length).toBeGreaterThan(100)
    expect([Math.min(...rang) >= 120, Math.max(...rang) <= 240]).toEqual([true, true])
    expect(minutes("invalid")).toEqual([])
  })
})
