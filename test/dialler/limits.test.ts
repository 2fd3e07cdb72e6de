import { assert, describe, it } from "@effect/vitest"
import { team, TestFloor } from "./TestFloor.ts"

const ratio = (linesPerAgent: number) => ({ kind: "fixed-ratio", linesPerAgent }) as const
const agents = (count: number) => Array.from({ length: count }, (_, agent) => agent)
const dials = (lines: ReadonlyArray<string>): ReadonlyArray<number> =>
  lines.filter((line) => line.includes(" dial ")).map((line) => Number.parseInt(line, 10))

/** The largest number of calls started in any window of a second. */
const burst = (instants: ReadonlyArray<number>): number =>
  Math.max(0, ...instants.map((at) => instants.filter((other) => other >= at && other < at + 1_000).length))

describe("limits", () => {
  it("space calls evenly at the campaign's calls per second, from the first burst on", () => {
    const floor = new TestFloor({
      groups: team(5),
      campaigns: [{ mode: "predictive", pacing: ratio(1), callsPerSecondMax: 2, contacts: 50 }]
    })
    floor.signIn(...agents(5)).until(10_000)
    assert.deepStrictEqual(dials(floor.said()), [0, 500, 1_000, 1_500, 2_000])
  })
  it("start no burst after a pause: unused calls are not saved up", () => {
    const floor = new TestFloor({
      groups: team(5),
      campaigns: [{ mode: "predictive", pacing: ratio(1), callsPerSecondMax: 2, contacts: 0 }]
    })
    floor
      .signIn(...agents(5))
      .at(60_000)
      .does((dialler, now) => void dialler.addContacts(0, 9, 0, now))
      .until(70_000)
    assert.deepStrictEqual(dials(floor.said()), [60_000, 60_500, 61_000, 61_500, 62_000])
  })
  it("hold all campaigns together to the trunk's calls per second", () => {
    const floor = new TestFloor({
      groups: team(6),
      trunk: { callsPerSecondMax: 4 },
      campaigns: [
        { name: "x", mode: "predictive", pacing: ratio(2), contacts: 50 },
        { name: "y", mode: "progressive", contacts: 50 },
        { name: "z", mode: "automatic", contacts: 50, groups: [] }
      ]
    })
    floor.signIn(...agents(6)).until(5_000)
    const instants = dials(floor.said())
    assert.strictEqual(burst(instants), 4)
    assert.strictEqual(instants.length, 20)
  })
  it("never have more lines up than the campaign may, and go on when one is free", () => {
    const floor = new TestFloor({
      groups: team(5),
      campaigns: [{ mode: "predictive", pacing: ratio(3), linesMax: 4, contacts: 50 }]
    })
    floor.signIn(...agents(5)).expectOf("dial", "0 dial c0", "0 dial c1", "0 dial c2", "0 dial c3")
    floor.at(1_000).answers("c0").expectOf("dial")
    floor.at(2_000).fails("c1").expectOf("dial", "2000 dial c4")
    floor.at(3_000).ends("c0").expectOf("dial", "3000 dial c5")
  })
  it("count a line until the far end has confirmed its end", () => {
    const floor = new TestFloor({
      groups: team(1),
      confirms: false,
      campaigns: [{ mode: "predictive", linesMax: 1, contacts: 50 }]
    })
    floor.signIn(0).until(20_000).expectOf("dial", "0 dial c0")
    floor.at(21_000).ends("c0").expectOf("dial", "21000 dial c1")
  })
  it("never have more lines up on the trunk than it has; a campaign that was stopped goes on", () => {
    const floor = new TestFloor({
      groups: team(4),
      trunk: { linesMax: 3 },
      campaigns: [
        { name: "x", mode: "automatic", groups: [], contacts: 2 },
        { name: "y", mode: "predictive", contacts: 9 }
      ]
    })
    floor.signIn(...agents(4)).expectOf("dial", "0 dial y:c0")
    floor.at(1_000).fails("x:c0").expectOf("dial", "1000 dial y:c1")
    floor.at(2_000).fails("y:c0").expectOf("dial", "2000 dial y:c2")
  })
  it("stop agents who hold a contact before the call as well: calls per second", () => {
    const floor = new TestFloor({
      groups: team(5),
      campaigns: [{ mode: "preview", callsPerSecondMax: 2, contacts: 50 }]
    })
    floor.signIn(...agents(5)).until(60_000)
    assert.strictEqual(burst(dials(floor.said())), 2)
  })
  it("stop agents who hold a contact before the call as well: lines", () => {
    const floor = new TestFloor({
      groups: team(5),
      campaigns: [{ mode: "preview", linesMax: 2, contacts: 50 }]
    })
    floor.signIn(...agents(5)).until(30_000)
    assert.strictEqual(dials(floor.said()).length, 2)
  })
  it("stop agents whose phones ring first as well: lines of the trunk", () => {
    const floor = new TestFloor({ groups: team(5, false), trunk: { linesMax: 2 }, campaigns: [{ contacts: 50 }] })
    floor.signIn(...agents(5)).at(3_000)
    for (const agent of agents(5)) floor.picksUp(agent)
    assert.strictEqual(dials(floor.said()).length, 2)
  })
  it("end a call that never rings where the trunk would have told", () => {
    const floor = new TestFloor({ groups: team(1), trunk: { ringingReported: true } })
    floor.signIn(0).until(600_000)
    assert.isAbove(dials(floor.said()).length, 1)
  })
  it("let calls go at once when they are far apart from binding", () => {
    const floor = new TestFloor({
      groups: team(5),
      trunk: { callsPerSecondMax: 1e9 },
      campaigns: [{ mode: "predictive", pacing: ratio(1), callsPerSecondMax: 1e9, contacts: 50 }]
    })
    floor.signIn(...agents(5)).until(60)
    assert.deepStrictEqual(dials(floor.said()), [0, 0, 0, 0, 0])
  })
  it("reach a rate that is no whole number of milliseconds, and never pass it in any second", () => {
    const floor = new TestFloor({
      groups: team(100),
      campaigns: [{ mode: "predictive", pacing: ratio(1), callsPerSecondMax: 30, contacts: 500 }]
    })
    floor.signIn(...agents(100)).until(3_000)
    const instants = dials(floor.said())
    assert.strictEqual(burst(instants), 30)
    assert.strictEqual(instants.filter((at) => at < 3_000).length, 90)
  })
  it("let agents read their cards while calls per second bind", () => {
    const floor = new TestFloor({
      groups: team(5),
      campaigns: [{ mode: "preview", callsPerSecondMax: 1, contacts: 50 }]
    })
    floor.signIn(...agents(5)).expectOf("preview", ...agents(5).map((agent) => `0 preview a${agent} c${agent}`))
  })
  it("place nothing while no trunk is up, and take no contact for it; all goes on when one is back", () => {
    const floor = new TestFloor({ groups: team(2), campaigns: [{ contacts: 9 }] })
    floor
      .does((dialler, now) => dialler.setTrunk(0, 0, now))
      .signIn(0, 1)
      .until(60_000)
    floor.expectOf("dial")
    assert.strictEqual(floor.dialler.campaigns[0].list.attempted, 0)
    floor.at(70_000).does((dialler, now) => dialler.setTrunk(1, 10, now))
    floor.expectOf("dial", "70000 dial c0")
    floor.at(71_000).does((dialler, now) => dialler.setTrunk(2, 10, now))
    floor.expectOf("dial", "71000 dial c1")
  })
})
