import { assert, describe, it } from "@effect/vitest"
import { team, TestFloor } from "./TestFloor.ts"

const ratio = (linesPerAgent: number) => ({ kind: "fixed-ratio", linesPerAgent }) as const
const predictive = (name: string, settings = {}) =>
  ({ name, mode: "predictive", pacing: ratio(1), contacts: 20, ...settings }) as const
const progressive = (name: string, settings = {}) => ({ name, contacts: 20, ...settings }) as const

const seen = new Set<string>()

describe("campaigns that share agents", () => {
  it("take them by priority; the lower one has those the higher one leaves", () => {
    const floor = new TestFloor({
      campaigns: [progressive("low"), progressive("high", { priority: 5, contacts: 1 })]
    })
    floor.signIn(0, 1).expectOf("dial", "0 dial high:c0", "0 dial low:c0")
    floor.at(1_000).fails("high:c0").expectOf("dial", "1000 dial low:c1")
  })
  it("do not lend an agent to a lower campaign while a predictive one above has calls or contacts", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [progressive("low"), predictive("high", { priority: 5, contacts: 1 })]
    })
    floor.signIn(0).expectOf("dial", "0 dial high:c0")
    floor.at(1_000).fails("high:c0").expectOf("dial", "1000 dial low:c0")
  })
  it("do not both dial for the same idle agent", () => {
    const floor = new TestFloor({ groups: team(2), campaigns: [predictive("x"), predictive("y")] })
    floor.signIn(0, 1).expectOf("dial", "0 dial x:c0", "0 dial y:c0")
  })
  it("of equal priority take turns at dialling for agents: the one served longest ago goes first", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [predictive("x"), predictive("y")] })
    floor.signIn(0).at(1_000).fails("x:c0").at(2_000).fails("y:c0").at(3_000).fails("x:c1")
    floor.expectOf("dial", "0 dial x:c0", "1000 dial y:c0", "2000 dial x:c1", "3000 dial y:c1")
  })
  it("serve people who wait before new calls, those of the higher campaign first", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [predictive("low", { pacing: ratio(2) }), predictive("high", { pacing: ratio(3), priority: 1 })]
    })
    floor.signIn(0).said()
    floor.at(1_000).answers("high:c0").at(2_000).answers("high:c1").at(2_500).ends("high:c0").wrapped(0)
    floor.expectOf("connect", "1000 connect high:c0 a0", "2500 connect high:c1 a0")
  })
  it("are served by the groups they name only", () => {
    const floor = new TestFloor({
      groups: [
        { name: "north", agents: 1, alwaysOn: true },
        { name: "south", agents: 1, alwaysOn: true }
      ],
      campaigns: [
        predictive("n", { groups: ["north"], pacing: ratio(2), priority: 1 }),
        progressive("both", { groups: ["south", "north"], contacts: 1 })
      ]
    })
    floor.signIn(1).expectOf("dial", "0 dial both:c0")
    floor.at(1_000).signIn(0).expectOf("dial", "1000 dial n:c0", "1000 dial n:c1")
    floor.at(2_000).fails("both:c0").said()
    floor.at(3_000).answers("n:c0").expectOf("connect", "3000 connect n:c0 a0")
    floor.at(4_000).fails("n:c0").expectOf("connect")
  })
  it("give a person of a campaign with two groups to the agent who has been idle longest in either", () => {
    const floor = new TestFloor({
      groups: [
        { name: "north", agents: 1, alwaysOn: true },
        { name: "south", agents: 1, alwaysOn: true }
      ],
      campaigns: [predictive("x", { groups: ["north", "south"] })]
    })
    floor.signIn(1).at(1_000).signIn(0).at(2_000).answers("c0").answers("c1")
    floor.expectOf("connect", "2000 connect c0 a1", "2000 connect c1 a0")
  })
  it("let a callback request go before everything at the next free agent", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [predictive("x", { priority: 9 }), { name: "back", mode: "callback", contacts: 0 }]
    })
    floor.signIn(0).does((dialler, now) => void dialler.requestCallback(1, 0, now))
    floor.expectOf("preview", "0 preview a0 back:c0")
  })
  it("of equal priority that hold an agent for each call take turns as well", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [progressive("x"), progressive("y")] })
    floor.signIn(0).at(1_000).fails("x:c0").at(2_000).fails("y:c0").at(3_000).fails("x:c1")
    floor.expectOf("dial", "0 dial x:c0", "1000 dial y:c0", "2000 dial x:c1", "3000 dial y:c1")
  })
  it("of equal priority both have agents, though one dials ahead and the other holds agents", () => {
    for (const campaigns of [
      [predictive("x", { contacts: 200 }), progressive("y", { contacts: 200 })],
      [progressive("y", { contacts: 200 }), predictive("x", { contacts: 200 })]
    ]) {
      const floor = new TestFloor({ groups: team(2), campaigns })
      floor.signIn(0, 1)
      for (let second = 1; second <= 20; second += 1) {
        floor.at(second * 1_000)
        for (const line of floor.said()) {
          const [, , contact] = line.split(" ")
          if (line.includes(" dial ")) seen.add(contact.slice(0, 1))
          if (line.includes(" dial ")) floor.fails(contact)
        }
      }
      assert.deepStrictEqual([...seen].toSorted(), ["x", "y"])
      seen.clear()
    }
  })
  it("are not kept from agents by an automatic one above them, whose script serves the people", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [
        { name: "robot", mode: "automatic", priority: 5, contacts: 50, linesMax: 2 },
        progressive("sales", { contacts: 1 })
      ]
    })
    floor.said()
    floor.signIn(0).expectOf("dial", "0 dial sales:c0")
  })
  it("are dialled for as many agents as are idle, whatever calls others hold agents for", () => {
    const floor = new TestFloor({
      groups: team(3),
      campaigns: [progressive("held", { priority: 5, contacts: 2 }), predictive("open")]
    })
    floor.signIn(0, 1, 2).expectOf("dial", "0 dial held:c0", "0 dial held:c1", "0 dial open:c0")
  })
  it("have a free line by priority", () => {
    const floor = new TestFloor({
      groups: [
        { name: "one", agents: 2, alwaysOn: true },
        { name: "two", agents: 2, alwaysOn: true }
      ],
      trunk: { linesMax: 1 },
      campaigns: [predictive("low", { groups: ["one"] }), predictive("high", { groups: ["two"], priority: 5 })]
    })
    floor.signIn(0, 1, 2, 3).expectOf("dial", "0 dial low:c0")
    floor.at(1_000).fails("low:c0").expectOf("dial", "1000 dial high:c0")
  })
  it("have the trunk's calls per second by priority, and in turns where that is equal", () => {
    const order = (priority: number) => {
      const floor = new TestFloor({
        groups: [
          { name: "one", agents: 4, alwaysOn: true },
          { name: "two", agents: 4, alwaysOn: true }
        ],
        trunk: { callsPerSecondMax: 1 },
        campaigns: [predictive("a", { groups: ["one"] }), predictive("b", { groups: ["two"], priority })]
      })
      floor.signIn(0, 1, 2, 3, 4, 5, 6, 7).until(4_000)
      return floor
        .said()
        .filter((line) => line.includes(" dial "))
        .map((line) => line.split(" ")[2].slice(0, 1))
        .join("")
    }
    assert.strictEqual(order(5), "abbbb")
    assert.strictEqual(order(0), "ababa")
  })
})
