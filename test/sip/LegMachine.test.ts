import { assert, describe, it } from "@effect/vitest"
import { LegMachine } from "../../src/sip/LegMachine.ts"
import { type LegInput, type LegState, legTransitions } from "../../src/sip/legTransitions.ts"

const start = (state: "Calling" | "Offered") => {
  const actions: Array<string> = []
  const machine = new LegMachine(state, 0, (action) => actions.push(action))
  const play = (...inputs: ReadonlyArray<LegInput>) => {
    for (const input of inputs) machine.input(input, 0)
    return [machine.state, ...actions]
  }
  return { machine, actions, play }
}
const inputs: ReadonlyArray<LegInput> = [
  ...["answered", "failed", "accept", "acknowledged", "hangUp", "farHangUp"],
  ...["byeDone", "byeRefused", "broken", "gone", "giveUp"]
] as ReadonlyArray<LegInput>
const last = ["tellFailed", "tellEndedByUs", "tellEndedByThem", "tellGivenUp"]

describe("the leg's states", () => {
  it("a normal call", () => {
    assert.deepStrictEqual(start("Calling").play("answered", "hangUp", "byeDone"), [
      "Ended",
      "tellAnswered",
      "bye",
      "tellEndedByUs"
    ])
    assert.deepStrictEqual(start("Calling").play("answered", "answered", "farHangUp"), [
      "Ended",
      "tellAnswered",
      "tellEndedByThem"
    ])
    assert.deepStrictEqual(start("Offered").play("accept", "acknowledged", "farHangUp"), [
      "Ended",
      "answer",
      "tellAnswered",
      "tellEndedByThem"
    ])
  })
  it("an answer that crosses the CANCEL is hung up and not told as an answer", () => {
    assert.deepStrictEqual(start("Calling").play("hangUp", "answered", "byeDone"), [
      "Ended",
      "cancel",
      "bye",
      "tellEndedByUs"
    ])
  })
  it("after 32 s of silence a leg is given up, not sooner", () => {
    for (const before of [["hangUp"], ["answered", "hangUp"]] as ReadonlyArray<ReadonlyArray<LegInput>>) {
      const { actions, machine, play } = start("Calling")
      play(...before)
      machine.sweep(31_999)
      assert.notStrictEqual(machine.state, "Ended")
      machine.sweep(32_000)
      assert.deepStrictEqual([machine.state, actions.at(-1)], ["Ended", "tellGivenUp"])
    }
  })
  it("a call that rings for three minutes is cancelled", () => {
    const { actions, machine } = start("Calling")
    machine.sweep(179_999)
    assert.deepStrictEqual(actions, [])
    machine.sweep(180_000)
    assert.deepStrictEqual([machine.state, ...actions], ["Cancelling", "cancel"])
  })
  it("a refused BYE is sent again every 4 s, within the 32 s", () => {
    const { actions, machine } = start("Calling")
    machine.input("answered", 0)
    machine.input("hangUp", 0)
    const byes = () => actions.filter((action) => action === "bye").length
    machine.input("byeRefused", 0)
    for (let now = 0; now <= 40_000; now += 50) {
      const before = byes()
      machine.sweep(now)
      if (byes() > before) machine.input("byeRefused", now)
    }
    assert.strictEqual(byes(), 8)
    assert.strictEqual(actions.at(-1), "tellGivenUp")
  })
  it("every way ends at most once, and every state that waits can be given up", () => {
    for (const first of ["Calling", "Offered"] as const) {
      const walk = (path: ReadonlyArray<LegInput>, depth: number): void => {
        const { actions, machine, play } = start(first)
        play(...path)
        const ends = actions.filter((action) => last.includes(action)).length
        assert.strictEqual(ends, machine.state === "Ended" ? 1 : 0, path.join())
        if (depth > 0 && machine.state !== "Ended") for (const input of inputs) walk([...path, input], depth - 1)
      }
      walk([], 4)
    }
    for (const state of ["Cancelling", "EndingOnAck", "HangingUp"] as ReadonlyArray<LegState>) {
      assert.isDefined(legTransitions[state].giveUp)
      assert.isDefined(legTransitions[state].gone)
    }
  })
})
