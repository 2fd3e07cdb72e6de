import { assert, describe, it } from "@effect/vitest"
import { team, TestFloor } from "./TestFloor.ts"

const ratio = (linesPerAgent: number) => ({ kind: "fixed-ratio", linesPerAgent }) as const
const power = (linesPerAgent: number, agents: number) =>
  new TestFloor({
    groups: team(agents),
    campaigns: [{ mode: "predictive", pacing: ratio(linesPerAgent), contacts: 20 }]
  })

describe("stopping", () => {
  it("dials nothing more, takes ringing calls back once they have rung their minimum, and lets people talk", () => {
    const floor = power(2, 2)
    floor.signIn(0, 1).until(0)
    floor.at(1_000).answers("c0").said()
    floor.at(2_000).does((dialler, now) => dialler.stopping.stop(now))
    floor.until(30_000)
    const said = floor.said()
    assert.deepStrictEqual(
      said.filter((line) => line.includes("dial")),
      []
    )
    // They began to ring at 0 and at 1,000 and have a minimum of 15 s.
    assert.deepStrictEqual(said.filter((line) => line.includes("hangUp")).sort(), [
      "15000 hangUp c1",
      "15000 hangUp c2",
      "15000 hangUp c3"
    ])
    floor.at(40_000).ends("c0").at(41_000).wrapped(0).until(60_000)
    assert.strictEqual(floor.callsUp, 0)
  })
  it("takes back the calls of an automatic campaign as well", () => {
    const floor = new TestFloor({ campaigns: [{ mode: "automatic", groups: [], contacts: 2 }], groups: [] })
    floor.until(0).at(1_000)
    floor.does((dialler, now) => dialler.stopping.stop(now)).until(60_000)
    floor.expectOf("hangUp", "15000 hangUp c1", "15000 hangUp c0")
  })
  it("goes on where a campaign is resumed", () => {
    const floor = power(1, 1)
    floor
      .signIn(0)
      .at(1_000)
      .does((dialler, now) => dialler.stopping.stop(now))
      .until(30_000)
      .said()
    floor.at(40_000).does((dialler, now) => dialler.resume(0, now))
    floor.expectOf("dial", "40000 dial c1")
    floor.until(55_000).expectOf("hangUp")
  })
})

describe("after the dialler itself had stopped", () => {
  it("closes calls that rang as interrupted, and gives their contacts back by rule", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [{ retry: { interrupted: { delayMillis: 60_000, attemptsMax: 3 } }, contacts: 1 }]
    })
    floor.signIn(0).at(5_000).said()
    floor.does((dialler, now) => dialler.stopping.interrupted(now))
    floor.expect("5000 closed c0 interrupted again 65000", "5000 a0 ready")
    floor
      .at(9_000)
      .does((dialler, now) => dialler.resume(0, now))
      .until(65_000)
      .expectOf("dial", "65000 dial c0")
  })
  it("keeps who was talked to as connected, with the wrap-up still to do", () => {
    const floor = power(1, 1)
    floor.signIn(0).at(3_000).answers("c0").at(20_000).said()
    floor.does((dialler, now) => dialler.stopping.interrupted(now))
    floor.expect("20000 a0 wrap", "20000 wrapUp a0 c0")
    floor.at(25_000).wrapped(0).expect("25000 closed c0 connected", "25000 a0 ready")
  })
  it("leaves a wrap-up alone, and keeps what a call being ended had come to", () => {
    const floor = new TestFloor({
      groups: team(2),
      campaigns: [{ mode: "predictive", pacing: ratio(1), contacts: 20 }],
      confirms: false
    })
    floor.signIn(0, 1).at(3_000).answers("c0").at(4_000).ends("c0").until(20_000).said()
    floor.at(20_500).does((dialler, now) => dialler.stopping.interrupted(now))
    assert.deepStrictEqual(
      floor.said().filter((line) => line.includes("closed")),
      ["20500 closed c1 no-answer"]
    )
    floor.at(21_000).wrapped(0).expectOf("closed", "21000 closed c0 connected")
  })
  it("sets free an agent whose phone rang for a call, and takes cards back", () => {
    const floor = new TestFloor({
      groups: team(2, false),
      campaigns: [{ mode: "predictive", pacing: ratio(1), contacts: 20 }]
    })
    floor.signIn(0, 1).at(3_000).answers("c0").said()
    floor.at(3_500).does((dialler, now) => dialler.stopping.interrupted(now))
    const said = floor.said()
    assert.include(said, "3500 release a0")
    assert.include(said, "3500 closed c0 interrupted silent")
    assert.strictEqual(floor.callsUp, 0)
    const cards = new TestFloor({ campaigns: [{ mode: "preview", contacts: 3 }] })
    cards.signIn(0).said()
    cards.does((dialler, now) => dialler.stopping.interrupted(now))
    assert.strictEqual(cards.callsUp, 0)
    assert.strictEqual(cards.dialler.campaigns[0].list.attempts[0], 0)
  })
})
