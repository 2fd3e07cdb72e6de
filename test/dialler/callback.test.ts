import { assert, describe, it } from "@effect/vitest"
import { team, TestFloor } from "./TestFloor.ts"

const callback = { name: "back", mode: "callback", contacts: 0, previewMillisMax: 20_000 } as const
const asks = (floor: TestFloor, campaign = 0) =>
  floor.does((dialler, now) => void dialler.requestCallback(campaign, 0, now))

describe("callback", () => {
  it("pops the card first, dials at its limit or at a click, and lets the agent code the call", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [callback] })
    floor.signIn(0).said()
    asks(floor.at(1_000)).expect("1000 a0 preview", "1000 preview a0 c0")
    floor.until(21_000).expect("21000 a0 reserved", "21000 dial c0")
    floor.at(25_000).answers("c0").expect("25000 a0 talk", "25000 connect c0 a0")
    floor.at(90_000).ends("c0").expect("90000 a0 wrap", "90000 wrapUp a0 c0")
    asks(floor)
    floor.at(95_000).wrapped(0)
    floor.expect("95000 closed c0 connected", "95000 a0 ready", "95000 a0 preview", "95000 preview a0 c1")
    floor.at(97_000).dials(0).expect("97000 a0 reserved", "97000 dial c1")
  })
  it("serves requests first come, first served", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [callback] })
    for (let i = 0; i < 4; i += 1) asks(floor.at(i * 1_000))
    floor.signIn(0)
    for (let i = 0; i < 4; i += 1) floor.dials(0).ends(`c${i}`).wrapped(0)
    floor.expectOf("preview", "3000 preview a0 c0", "3000 preview a0 c1", "3000 preview a0 c2", "3000 preview a0 c3")
  })
  it("comes ahead of every other campaign, whatever its priority, and of loaded contacts", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [
        { name: "sales", priority: 9 },
        { ...callback, contacts: 2, priority: -5 }
      ]
    })
    floor.signIn(0).expectOf("preview", "0 preview a0 back:c0")
    asks(floor, 1)
    floor.at(1_000).dials(0).at(2_000).fails("back:c0").wrapped(0)
    floor.expectOf("preview", "2000 preview a0 back:c2")
    floor.dials(0).at(3_000).fails("back:c2").wrapped(0).expectOf("preview", "3000 preview a0 back:c1")
    floor.dials(0).at(4_000).fails("back:c1").wrapped(0).expectOf("dial", "3000 dial back:c1", "4000 dial sales:c0")
  })
  it("gives a request that could not be dialled back its turn", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [callback] })
    asks(asks(floor.signIn(0))).expectOf("preview", "0 preview a0 c0")
    floor.at(1_000).lost(0).at(2_000).signIn(0).expectOf("preview", "2000 preview a0 c0")
    floor.dials(0).fails("c0").wrapped(0).expectOf("preview", "2000 preview a0 c1")
  })
  it("does not lose count of contacts never called", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ ...callback, contacts: 1 }] })
    const { list } = floor.dialler.campaigns[0]
    asks(floor)
    assert.strictEqual(list.freshCount, 1)
    floor.signIn(0)
    assert.strictEqual(list.freshCount, 1)
    floor.dials(0).fails("c1").wrapped(0)
    assert.strictEqual(list.freshCount, 0)
    assert.deepStrictEqual(floor.lowLists(), [0])
  })
})
