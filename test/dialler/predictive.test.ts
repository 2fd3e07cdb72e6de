import { describe, it } from "@effect/vitest"
import { team, TestFloor } from "./TestFloor.ts"

const ratio = (linesPerAgent: number) => ({ kind: "fixed-ratio", linesPerAgent }) as const
const power = (linesPerAgent: number, agents: number, alwaysOn = true) =>
  new TestFloor({
    groups: team(agents, alwaysOn),
    campaigns: [{ mode: "predictive", pacing: ratio(linesPerAgent), contacts: 20 }]
  })

describe("predictive", () => {
  it("dials the customer first and gives the answer to the longest idle agent", () => {
    const floor = power(1.5, 2)
    floor.signIn(1).at(1_000).signIn(0)
    floor.expect("0 a1 ready", "0 dial c0", "1000 a0 ready", "1000 dial c1", "1000 dial c2")
    floor.at(5_000).answers("c2").expect("5000 a1 talk", "5000 connect c2 a1")
    floor.at(6_000).answers("c0").expect("6000 a0 talk", "6000 connect c0 a0")
  })
  it("lets a person wait for the first agent to be free, two seconds at most", () => {
    const floor = power(2, 1)
    floor.signIn(0).said()
    floor.at(3_000).answers("c0").expect("3000 a0 talk", "3000 connect c0 a0")
    floor.at(8_000).answers("c1").expect()
    floor.at(9_000).ends("c0").at(9_900).wrapped(0)
    floor.expect(
      "9000 a0 wrap",
      "9000 wrapUp a0 c0",
      "9900 closed c0 connected",
      "9900 a0 ready",
      "9900 a0 talk",
      "9900 connect c1 a0"
    )
  })
  it("abandons a person nobody was free for in time, silently without a message", () => {
    const floor = power(2, 1)
    floor.signIn(0).at(3_000).answers("c0").at(8_000).answers("c1").said()
    floor.until(9_999).expect()
    floor.until(10_000).expect("10000 hangUp c1", "10000 closed c1 abandoned silent")
  })
  it("plays the message where there is one; the far end ends the call", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [{ mode: "predictive", pacing: ratio(2), abandonMessage: true }]
    })
    floor.signIn(0).at(3_000).answers("c0").at(8_000).answers("c1").said()
    floor.until(10_000).expect("10000 message c1")
    floor.at(16_000).ends("c1").expect("16000 closed c1 abandoned")
  })
  it("serves waiting people in the order they answered", () => {
    const floor = power(4, 1)
    floor.signIn(0).at(3_000).answers("c0").at(8_000).answers("c3").at(8_500).answers("c1").said()
    floor.at(9_000).ends("c0").wrapped(0).expectOf("connect", "9000 connect c3 a0")
    floor.at(9_100).ends("c3").wrapped(0).expectOf("connect", "9100 connect c1 a0")
  })
  it("forgets a person who left while waiting", () => {
    const floor = power(4, 1)
    floor.signIn(0).at(3_000).answers("c0").at(8_000).answers("c3").at(8_500).answers("c1").said()
    floor.at(8_600).ends("c3").expectOf("closed", "8600 closed c3 hung-up-waiting")
    floor.at(9_000).ends("c0").wrapped(0).expectOf("connect", "9000 connect c1 a0")
  })
  it("marks a person connected after the legal wait as late, where it waits longer than that", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [{ mode: "predictive", pacing: ratio(2), waitMillisMax: 2_000, dropMillis: 5_000 }]
    })
    floor.signIn(0).at(3_000).answers("c0").at(8_000).answers("c1")
    floor.at(10_500).ends("c0").wrapped(0).at(20_000).ends("c1").wrapped(0)
    floor.expectOf("closed", "10500 closed c0 connected", "20000 closed c1 connected late")
  })
  it("connects a wait of exactly the limit in time", () => {
    const floor = power(2, 1)
    floor.signIn(0).at(3_000).answers("c0").at(8_000).answers("c1").at(9_000).ends("c0")
    floor.at(10_000).wrapped(0).until(10_000).at(11_000).ends("c1").wrapped(0)
    floor.expectOf("closed", "10000 closed c0 connected", "11000 closed c1 connected")
  })
  it("rings an idle agent's phone when the person answers, and connects when it is picked up", () => {
    const floor = power(1, 1, false)
    floor.signIn(0).expect("0 a0 ready", "0 dial c0")
    floor.at(4_000).answers("c0").expect("4000 a0 reserved", "4000 ring a0 c0")
    floor.at(5_200).picksUp(0).expect("5200 a0 talk", "5200 connect c0 a0")
  })
  it("stops dialling with the last agent gone and takes back what rings, not before its legal minimum", () => {
    const floor = power(1, 1)
    floor.signIn(0).said()
    floor.at(500).pauses(0).expect("500 a0 paused")
    floor.until(14_999).expect()
    floor.until(16_000).expect("15500 hangUp c0", "15500 closed c0 cancelled")
    floor.until(100_000).expect()
  })
  it("keeps a ringing call when somebody is back in time", () => {
    const floor = power(1, 1)
    floor.signIn(0).at(500).pauses(0).at(15_200).returns(0).said()
    floor.until(19_000).expect()
    floor.answers("c0").expect("19000 a0 talk", "19000 connect c0 a0")
  })

  describe("with detection of machines", () => {
    const listening = (settings = {}) =>
      new TestFloor({
        groups: team(1),
        campaigns: [{ mode: "predictive", detection: true, pacing: ratio(2), ...settings }]
      })
    it("gives a person to an agent and ends the call of a machine", () => {
      const floor = listening()
      floor.signIn(0).at(3_000).answers("c0").answers("c1").expectOf("detect", "3000 detect c0", "3000 detect c1")
      floor.at(3_800).detects("c0", false).expect("3800 a0 talk", "3800 connect c0 a0")
      floor.at(4_000).detects("c1", true).expect("4000 hangUp c1", "4000 closed c1 machine")
    })
    it("starts the clock of the wait limit at the answer, not at the verdict", () => {
      const floor = listening()
      floor.signIn(0).at(3_000).answers("c0").at(3_100).detects("c0", false)
      floor.at(8_000).answers("c1").at(9_500).detects("c1", false).said()
      floor.until(9_999).expect()
      floor.until(10_000).expectOf("closed", "10000 closed c1 abandoned silent")
    })
    it("gives a call without a verdict to a free agent at the limit, rather than abandoning it", () => {
      const floor = listening()
      floor.signIn(0).at(3_000).answers("c0").said()
      floor.until(5_000).expect("5000 a0 talk", "5000 connect c0 a0")
      floor.at(5_500).detects("c0", true).expect()
    })
    it("abandons a call without a verdict when nobody is free", () => {
      const floor = listening()
      floor.signIn(0).at(3_000).answers("c0").at(3_100).detects("c0", false).at(8_000).answers("c1").said()
      floor.until(10_000).expect("10000 hangUp c1", "10000 closed c1 abandoned silent")
    })
    it("notes who hangs up while it listens", () => {
      const floor = listening()
      floor.signIn(0).at(3_000).answers("c0").at(3_500).ends("c0")
      floor.expectOf("closed", "3500 closed c0 hung-up-waiting")
    })
  })
})
