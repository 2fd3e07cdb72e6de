import { describe, it } from "@effect/vitest"
import { team, TestFloor } from "./TestFloor.ts"

const lines = (linesMax: number) => ({ kind: "lines", linesMax, callsPerSecondMax: Number.POSITIVE_INFINITY }) as const
const robot = (linesMax: number, settings = {}) =>
  new TestFloor({ campaigns: [{ mode: "automatic", groups: [], pacing: lines(linesMax), contacts: 9, ...settings }] })

describe("automatic", () => {
  it("needs no agents: dials up to its lines, plays the script and hangs up", () => {
    const floor = robot(2)
    floor.at(1_000).does((dialler, now) => dialler.change(0, "automatic", lines(2), now))
    floor.expect()
    floor.at(3_000).answers("c0").expect("3000 script c0")
    floor.at(40_000).hears("c0", false).expectOf("closed", "20000 closed c1 no-answer", "40000 closed c0 scripted")
  })
  it("starts with the contacts and goes on as lines become free", () => {
    const floor = robot(2)
    floor.does((dialler, now) => void dialler.addContacts(0, 1, 0, now)).expect()
    floor.at(500).fails("c0").expect("500 closed c0 busy", "500 dial c2")
    floor.at(700).fails("c1", "invalid").expect("700 closed c1 invalid", "700 dial c3")
  })
  it("starts no more calls per second than its pacing says, evenly spaced", () => {
    const pacing = { kind: "lines", linesMax: 20, callsPerSecondMax: 4 } as const
    const floor = robot(20, { pacing })
    floor.until(1_000).expect("250 dial c1", "500 dial c2", "750 dial c3", "1000 dial c4")
    floor.at(1_100).fails("c0").expectOf("dial")
    floor.until(1_600).expect("1250 dial c5", "1500 dial c6")
  })
  it("reaches a rate that is no whole number of milliseconds, exactly", () => {
    const pacing = { kind: "lines", linesMax: 100, callsPerSecondMax: 3 } as const
    const floor = robot(20, { pacing })
    floor.until(2_000)
    floor.expect("333 dial c1", "666 dial c2", "1000 dial c3", "1333 dial c4", "1666 dial c5", "2000 dial c6")
  })
  it("takes a person who hangs up during the script as served", () => {
    const floor = robot(1)
    floor.at(3_000).answers("c0").at(9_000).ends("c0").expectOf("closed", "9000 closed c0 scripted")
  })
  it("hears a machine out of it where detection listens, and plays to people", () => {
    const floor = robot(2, { detection: true })
    floor.at(3_000).answers("c0").answers("c1").expect("3000 detect c0", "3000 detect c1")
    floor.at(3_900).detects("c0", false).expect("3900 script c0")
    floor.at(4_000).detects("c1", true).expectOf("closed", "4000 closed c1 machine")
  })
  it("plays the script at the wait limit where detection has no verdict", () => {
    const floor = robot(1, { detection: true })
    floor.at(3_000).answers("c0").expect("3000 detect c0")
    floor.until(5_000).expect("5000 script c0")
    floor.detects("c0", true).expect()
  })

  describe("with a transfer to agents", () => {
    const desk = (agents: number, alwaysOn = true) =>
      new TestFloor({
        groups: team(agents, alwaysOn),
        campaigns: [{ mode: "automatic", pacing: lines(2), contacts: 2 }]
      })
    it("gives the person who pressed the key to an agent; it is a connected call then", () => {
      const floor = desk(1)
      floor.at(1_000).signIn(0).expect("1000 a0 ready")
      floor.at(3_000).answers("c0").at(12_000).hears("c0", true)
      floor.expect("3000 script c0", "12000 a0 talk", "12000 connect c0 a0")
      floor.at(60_000).ends("c0").at(65_000).wrapped(0)
      floor.expectOf("closed", "20000 closed c1 no-answer", "65000 closed c0 connected")
    })
    it("lets the person wait for an agent as long as the wait limit, from the key on", () => {
      const floor = desk(1)
      floor.at(3_000).answers("c0").at(12_000).hears("c0", true).said()
      floor.until(13_999).expect()
      floor.until(14_000).expectOf("closed", "14000 closed c0 abandoned silent")
    })
    it("is not late however long the script was", () => {
      const floor = desk(1)
      floor.signIn(0).at(3_000).answers("c0").at(60_000).hears("c0", true).at(70_000).ends("c0").wrapped(0)
      floor.expectOf("closed", "20000 closed c1 no-answer", "70000 closed c0 connected")
    })
    it("notes who hangs up while waiting for the agent", () => {
      const floor = desk(1)
      floor.at(3_000).answers("c0").at(12_000).hears("c0", true).at(13_000).ends("c0")
      floor.expectOf("closed", "13000 closed c0 hung-up-waiting")
    })
    it("rings the agent's phone for it", () => {
      const floor = desk(1, false)
      floor.signIn(0).at(3_000).answers("c0").said()
      floor.at(12_000).hears("c0", true).expect("12000 a0 reserved", "12000 ring a0 c0")
      floor.at(13_000).picksUp(0).expect("13000 a0 talk", "13000 connect c0 a0")
    })
    it("ends the call where nobody serves the campaign", () => {
      const floor = robot(1)
      floor.at(3_000).answers("c0").said()
      floor.at(9_000).hears("c0", true).expectOf("closed", "9000 closed c0 scripted")
    })
  })
})
