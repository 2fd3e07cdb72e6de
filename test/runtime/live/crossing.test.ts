import { assert, describe, it } from "@effect/vitest"
import { hasCrossed } from "../../../src/runtime/live/Line.ts"
import type { LegEvent } from "../../../src/sip/Leg.ts"
import { Pair, sdp } from "../../sip/pair/pair.ts"

/** Rings, and answers at an instant; we take the call back at another. Returns what we heard, and whether they had answered. */
const race = (answerMillis: number, hangUpMillis: number) => {
  const pair = new Pair()
  const heard: Array<LegEvent> = []
  pair.onInbound = (leg) => pair.onFar(leg, answerMillis, (one) => one.accept(sdp(6_000)))
  const leg = pair.place((event) => heard.push(event))
  pair.onNear(leg, hangUpMillis, (one) => one.hangUp())
  pair.run(60_000)
  // Only an answer is ended by BYE.
  return { heard, wasAnswered: pair.texts.some((text) => text.startsWith("near: BYE ")) }
}

describe("a call that is taken back as it is answered", () => {
  it("is known to have been answered, whichever way the two crossed", () => {
    const seen = new Set<string>()
    for (let hangUpMillis = 900; hangUpMillis <= 1_100; hangUpMillis += 10) {
      const { heard, wasAnswered } = race(1_000, hangUpMillis)
      const final = heard[heard.length - 1]
      if (final._tag !== "Ended") throw new Error(`it ended with ${final._tag}`)
      const wasHeard = heard.some(({ _tag }) => _tag === "Answered")
      assert.strictEqual(wasHeard || hasCrossed(final), wasAnswered, `${hangUpMillis} ms`)
      seen.add(wasHeard ? "heard" : wasAnswered ? "crossed" : "cancelled")
    }
    assert.deepStrictEqual(seen, new Set(["cancelled", "crossed", "heard"]))
  })
  it("and never heard of again was not answered, as far as anybody knows", () => {
    const pair = new Pair()
    const heard: Array<LegEvent> = []
    const leg = pair.place((event) => heard.push(event))
    pair.later(500, () => (pair.loses = () => true))
    pair.onNear(leg, 1_000, (one) => one.hangUp())
    pair.run(60_000)
    const final = heard[heard.length - 1]
    assert.deepInclude(final, { _tag: "Ended", confirmed: false })
    assert.isFalse(final._tag === "Ended" && hasCrossed(final))
  })
})
