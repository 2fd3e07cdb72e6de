import { assert, describe, it } from "@effect/vitest"
import type { SipjsLeg } from "../../../src/sip/sipjs/SipjsLeg.ts"
import { Pair, randomBelow, sdp } from "../pair/pair.ts"

const callCount = 30

/** Calls both ways, of which none ends by itself, until the near side is killed; what came of each afterwards. */
const killed = (lossPercent: number, seed: number) => {
  const pair = new Pair(lossPercent, seed, false)
  const random = randomBelow(seed + 5_000)
  const statuses: Array<number> = []
  pair.onInbound = (leg) => {
    const { far, near } = pair
    const edge = leg.source.port === pair.nearAddress.port ? far : near
    const after = [0, random(3_000), random(30_000)][random(3)]
    // One in four rings on.
    if (random(4) > 0) pair.later(after, () => edge.command(() => leg.accept(sdp(6_000)), pair.now))
  }
  const killedAt = 2_000 + random(8_000)
  for (let i = 0; i < callCount; i += 1) {
    pair.later(random(killedAt), () => {
      if (random(4) === 0) return void callNear(pair)
      const leg = pair.place((event) => {
        // Keys and new offers count CSeq on.
        if (event._tag !== "Answered") return
        pair.onNear(leg, 100, (one) => one.sendKey({ key: "1", durationMillis: 100 }, () => {}))
        pair.onNear(leg, 400, (one) => one.reoffer(sdp(4_000, "sendonly"), () => {}))
      })
    })
  }
  pair.run(killedAt)
  const isUp = pair.far.status.legCount
  pair.killNear(random(40_000), (status) => statuses.push(status))
  pair.run(120_000)
  return { isUp, pair, statuses }
}

const callNear = (pair: Pair): SipjsLeg => {
  const call = { to: "sip:outpace@127.0.0.1:5080", from: "sip:+4930123@127.0.0.2", sdp: sdp(6_000) }
  return pair.far.place(call, (leg) => leg.listen(() => {}), pair.now)
}

describe("answers to a process that was killed", () => {
  it("are ended though nothing was kept: as long as they are repeated", () => {
    const pair = new Pair(0, 1, false)
    pair.onInbound = (leg) => pair.onFar(leg, 3_000, (one) => one.accept(sdp(6_000)))
    pair.place()
    pair.run(2_000)
    pair.kept.clear()
    pair.killNear(5_000, () => assert.fail("something was kept"))
    pair.run(20_000)
    assert.strictEqual(pair.far.status.legCount, 0)
    assert.include(pair.log.at(-1), "far Ended by them")
    assert.strictEqual(pair.near.status.counters.orphans, 1)
    // One BYE, and an ACK for each repetition.
    const sent = pair.texts.slice(pair.texts.findIndex((text) => text.startsWith("near: ACK")))
    assert.strictEqual(sent.filter((text) => text.startsWith("near: BYE")).length, 1)
  })
})

describe("calls of a process that was killed", () => {
  it.each([0, 10, 30])("end at the far end once another is there, whatever they were at: loss of %i %%", (loss) => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const { isUp, pair, statuses } = killed(loss, seed)
      assert.isAbove(isUp, 10)
      // An INVITE of which only a repetition came through is a call to the new process.
      const left = [...pair.far.legs.values()].filter(({ id }) => !pair.near.legs.has(id))
      // A caller to whom our answer was lost rings on until it gives up.
      const worse = left.filter(({ call, machine }) => loss === 0 || call === undefined || machine.isUp)
      assert.deepStrictEqual(worse, [], `seed ${seed}`)
      assert.deepStrictEqual(pair.faults, [])
      assert.strictEqual(pair.kept.size, pair.near.legs.size)
      const unexpected = statuses.filter((status) => status !== 200 && status !== 481)
      assert.deepStrictEqual(unexpected, [], `seed ${seed}`)
    }
  })
})
