import { assert, describe, it } from "@effect/vitest"
import { Pair, randomBelow, sdp } from "./pair.ts"

/** Calls of all fates through a network that loses packets; answers what became of them. */
const campaign = (lossPercent: number, callCount: number, seed: number) => {
  const pair = new Pair(lossPercent, seed)
  const random = randomBelow(seed + 1_000)
  pair.onInbound = (leg) => {
    const fate = random(10)
    const after = random(4_000)
    if (fate < 7) pair.onFar(leg, after, (one) => one.accept(sdp(6_000)))
    else if (fate < 9) pair.onFar(leg, after, (one) => one.hangUp(486))
    if (fate < 2) pair.onFar(leg, after + 2_000 + random(8_000), (one) => one.hangUp())
  }
  const outcomes: Array<string> = []
  for (let i = 0; i < callCount; i += 1) {
    pair.later(20 * i, () => {
      const leg = pair.place((event) => {
        if (event._tag === "Answered") outcomes.push("answered")
        if (event._tag === "Failed") outcomes.push("failed")
        if (event._tag === "Ended") outcomes.push(event.confirmed ? "ended" : "unconfirmed")
        if (event._tag === "Answered") {
          pair.onNear(leg, 500, (one) => one.sendKey({ key: "1", durationMillis: 100 }, () => {}))
          pair.onNear(leg, 1_000, (one) => one.reoffer(sdp(4_000, "sendonly"), () => {}))
        }
      })
      pair.onNear(leg, random(15_000), (one) => one.hangUp())
    })
  }
  pair.run(20 * callCount + 700_000)
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length
  return { pair, count }
}

describe("packet loss", () => {
  it.each([
    [0, 60],
    [10, 60],
    [30, 60],
    [50, 40]
  ])("of %i %%: every leg ends on both sides, and nothing is left", (lossPercent, callCount) => {
    for (const seed of [1, 2, 3]) {
      const { count, pair } = campaign(lossPercent, callCount, seed)
      assert.strictEqual(count("failed") + count("ended") + count("unconfirmed"), callCount)
      assert.deepStrictEqual(pair.faults, [])
      assert.deepStrictEqual([pair.near.status.legCount, pair.far.status.legCount], [0, 0])
      assert.deepStrictEqual(pair.left, [
        [0, 0],
        [0, 0]
      ])
      if (lossPercent <= 30) assert.strictEqual(count("unconfirmed"), 0)
      assert.isAbove(count("answered"), callCount / 6)
    }
  })
  it("of 10 and 30 %: no call fails that would be answered without", () => {
    for (const lossPercent of [10, 30]) {
      const pair = new Pair(lossPercent, 7)
      let answered = 0
      pair.onInbound = (leg) => pair.onFar(leg, 1_000, (one) => one.accept(sdp(6_000)))
      for (let i = 0; i < 100; i += 1) {
        pair.later(20 * i, () => {
          const leg = pair.place((event) => {
            if (event._tag === "Answered") answered += 1
          })
          pair.onNear(leg, 40_000, (one) => one.hangUp())
        })
      }
      pair.run(800_000)
      assert.strictEqual(answered, 100)
      assert.deepStrictEqual(pair.left, [
        [0, 0],
        [0, 0]
      ])
    }
  })
})
