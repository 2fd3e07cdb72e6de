import { assert, describe, it } from "@effect/vitest"
import { Pair, sdp } from "./pair.ts"

/** A pair whose far end answers after so many milliseconds. */
const answering = (millis: number) => {
  const pair = new Pair()
  pair.onInbound = (leg) => pair.onFar(leg, millis, (one) => one.accept(sdp(6_000)))
  return pair
}
const finish = (pair: Pair) => {
  // An INVITE whose answer was lost is remembered for 10 minutes, to end a late answer.
  pair.run(700_000)
  assert.deepStrictEqual(pair.faults, [])
  assert.deepStrictEqual(pair.left, [
    [0, 0],
    [0, 0]
  ])
  return pair.log
}
const methods = (pair: Pair, side: string) =>
  pair.texts.filter((text) => text.startsWith(`${side}: `)).map((text) => text.slice(side.length + 2).split(" ")[0])

describe("a call of ours", () => {
  it("rings, is answered, carries keys both ways, and is hung up", () => {
    const pair = answering(1_000)
    const results: Array<string> = []
    const leg = pair.place()
    pair.onNear(leg, 2_000, (one) => one.sendKey({ key: "#", durationMillis: 160 }, ({ _tag }) => results.push(_tag)))
    pair.later(3_000, () => {
      for (const far of pair.far.legs.values())
        pair.onFar(far, 0, (one) => one.sendKey({ key: "A", durationMillis: 90 }, ({ _tag }) => results.push(_tag)))
    })
    pair.onNear(leg, 4_000, (one) => one.hangUp())
    assert.deepStrictEqual(finish(pair), [
      "20 near Ringing 180",
      "1020 near Answered sendrecv 6000",
      "1030 far Answered sendrecv 4000",
      "2010 far Key # 160",
      "3020 near Key A 90",
      "4010 far Ended by them",
      "4020 near Ended by us"
    ])
    assert.deepStrictEqual(results, ["Done", "Done"])
    assert.deepStrictEqual(methods(pair, "near").slice(0, 2), ["INVITE", "ACK"])
  })
  it("is hung up by the far end", () => {
    const pair = answering(0)
    pair.place()
    pair.later(5_000, () => {
      for (const leg of pair.far.legs.values()) pair.onFar(leg, 0, (one) => one.hangUp())
    })
    assert.deepStrictEqual(finish(pair).slice(-2), ["5020 near Ended by them", "5030 far Ended by us"])
  })
  it.each([404, 486, 503, 603])("is refused with %i", (status) => {
    const pair = new Pair()
    pair.onInbound = (leg) => pair.onFar(leg, 500, (one) => one.hangUp(status))
    pair.place()
    assert.deepStrictEqual(finish(pair).slice(-2), ["510 far Ended by us", `520 near Failed ${status}`])
    assert.deepStrictEqual(methods(pair, "near"), ["INVITE", "ACK"])
  })
  it("is cancelled while it rings: over when the far end says so", () => {
    const pair = new Pair()
    const leg = pair.place()
    pair.onNear(leg, 3_000, (one) => one.hangUp())
    assert.deepStrictEqual(finish(pair), ["20 near Ringing 180", "3010 far Ended by them", "3020 near Ended by us"])
    assert.deepStrictEqual(methods(pair, "near"), ["INVITE", "CANCEL", "ACK"])
  })
  it("is cancelled before anything came back: the CANCEL waits for that", () => {
    const pair = new Pair()
    pair.loses = () => pair.now < 400
    const leg = pair.place()
    pair.onNear(leg, 100, (one) => one.hangUp())
    assert.deepStrictEqual(finish(pair).slice(-1), ["540 near Ended by us"])
    assert.deepStrictEqual(methods(pair, "near"), ["INVITE", "INVITE", "CANCEL", "ACK"])
  })
  it("is answered while the CANCEL is on its way: acknowledged, then ended", () => {
    const pair = answering(1_000)
    const leg = pair.place()
    pair.onNear(leg, 1_010, (one) => one.hangUp())
    assert.deepStrictEqual(finish(pair).slice(-2), ["1030 far Ended by them", "1040 near Ended by us"])
    assert.notInclude(pair.log.join(), "near Answered")
    assert.deepStrictEqual(methods(pair, "near"), ["INVITE", "CANCEL", "ACK", "BYE"])
  })
  it("finds nobody: failed with 408 after 32 s", () => {
    const pair = new Pair(100)
    pair.place()
    assert.deepStrictEqual(finish(pair), ["32000 near Failed 408"])
  })
  it("cancelled when the far end has gone silent: given up after 32 s, and said to be unconfirmed", () => {
    const pair = new Pair()
    const leg = pair.place()
    pair.onNear(leg, 3_000, (one) => one.hangUp())
    pair.later(2_500, () => (pair.loses = () => true))
    pair.run(120_000)
    assert.deepStrictEqual(pair.log.slice(-1), ["35000 near Ended by us, unconfirmed"])
    // The far end would ring on; it is answered long after we gave up, and ended at once all the same.
    pair.loses = () => false
    for (const far of pair.far.legs.values()) pair.onFar(far, 0, (one) => one.accept(sdp(6_000)))
    pair.run(120_000)
    assert.match(pair.log.slice(-1)[0], /far Ended by them$/)
    assert.strictEqual(pair.near.status.counters.orphans, 1)
    assert.deepStrictEqual(pair.left[1], [0, 0])
  })
  it("hung up when the far end has vanished: asked for 32 s, then unconfirmed", () => {
    const pair = answering(0)
    const leg = pair.place()
    pair.later(4_000, () => (pair.loses = (_, { port }) => port === pair.nearAddress.port))
    pair.onNear(leg, 5_000, (one) => one.hangUp())
    pair.run(60_000)
    assert.deepStrictEqual(pair.log.slice(-1), ["37000 near Ended by us, unconfirmed"])
    assert.isAbove(methods(pair, "near").filter((method) => method === "BYE").length, 8)
  })
  it("hung up twice, and hung up from both ends at once, ends once", () => {
    const pair = answering(0)
    const leg = pair.place()
    pair.later(5_000, () => {
      pair.onNear(leg, 0, (one) => one.hangUp())
      pair.onNear(leg, 5, (one) => one.hangUp())
      for (const far of pair.far.legs.values()) pair.onFar(far, 0, (one) => one.hangUp())
    })
    const log = finish(pair)
    assert.strictEqual(log.filter((line) => line.includes("near Ended")).length, 1)
    assert.strictEqual(log.filter((line) => line.includes("far Ended")).length, 1)
  })
  it("is ended when a request within it is lost for good", () => {
    const pair = answering(0)
    const leg = pair.place()
    const results: Array<unknown> = []
    pair.later(4_000, () => (pair.loses = () => true))
    pair.onNear(leg, 5_000, (one) => one.sendKey({ key: "1", durationMillis: 100 }, (outcome) => results.push(outcome)))
    pair.run(100_000)
    assert.deepStrictEqual(results, [{ _tag: "Refused", status: 408 }])
    assert.match(pair.log.slice(-1)[0], /^69\d\d\d near Ended by us, unconfirmed$/)
  })
})

describe("keys", () => {
  it("that no telephone has are refused", () => {
    const pair = answering(0)
    const leg = pair.place()
    const results: Array<unknown> = []
    for (const key of ["a", "", "12", "5\r\nSignal=6"]) {
      pair.onNear(leg, 1_000, (one) => one.sendKey({ key, durationMillis: 100 }, (outcome) => results.push(outcome)))
    }
    pair.onNear(leg, 2_000, (one) => one.hangUp())
    finish(pair)
    assert.deepStrictEqual(results, Array(4).fill({ _tag: "Refused", status: 400 }))
  })
})

describe("changing the session", () => {
  it("hold and resume, from both ends", () => {
    const pair = answering(0)
    const leg = pair.place()
    const answers: Array<string> = []
    const offer = (side: typeof leg, direction: string, port: number) =>
      side.reoffer(sdp(port, direction), (outcome) =>
        answers.push(outcome._tag === "Done" ? (/a=(\w+)/.exec(outcome.sdp)?.[1] ?? "") : String(outcome.status))
      )
    pair.onNear(leg, 1_000, (one) => offer(one, "sendonly", 4_000))
    pair.onNear(leg, 2_000, (one) => offer(one, "sendrecv", 4_000))
    pair.later(3_000, () => {
      for (const far of pair.far.legs.values()) pair.onFar(far, 0, (one) => offer(one, "inactive", 6_000))
    })
    pair.onNear(leg, 5_000, (one) => one.hangUp())
    const log = finish(pair)
    assert.deepStrictEqual(answers, ["recvonly", "sendrecv", "inactive"])
    assert.deepStrictEqual(
      log.filter((line) => line.includes("Reoffered")),
      ["1010 far Reoffered sendonly 4000", "2010 far Reoffered sendrecv 4000", "3020 near Reoffered inactive 6000"]
    )
  })
  it("two offers that cross are both refused with 491, and the call goes on", () => {
    const pair = answering(0)
    const leg = pair.place()
    const statuses: Array<number> = []
    const offer = (side: typeof leg) =>
      side.reoffer(sdp(4_000), (outcome) => statuses.push(outcome._tag === "Refused" ? outcome.status : 200))
    pair.later(1_000, () => {
      pair.onNear(leg, 0, offer)
      for (const far of pair.far.legs.values()) pair.onFar(far, 0, offer)
    })
    pair.onNear(leg, 5_000, (one) => one.hangUp())
    assert.deepStrictEqual(finish(pair).slice(-2), ["5010 far Ended by them", "5020 near Ended by us"])
    assert.deepStrictEqual(statuses, [491, 491])
  })
  it("is refused before there is a call, and after", () => {
    const pair = answering(1_000)
    const leg = pair.place()
    const statuses: Array<number> = []
    const offer = () =>
      leg.reoffer(sdp(4_000), (outcome) => statuses.push(outcome._tag === "Refused" ? outcome.status : 0))
    pair.onNear(leg, 500, offer)
    pair.onNear(leg, 2_000, (one) => one.hangUp())
    pair.onNear(leg, 3_000, offer)
    finish(pair)
    assert.deepStrictEqual(statuses, [491, 491])
  })
})

describe("a call to us", () => {
  it("hung up before our answer is acknowledged: ended when it is", () => {
    const pair = answering(100)
    pair.loses = (text) => text.startsWith("ACK") && pair.now < 3_000
    pair.place()
    pair.later(1_000, () => {
      for (const far of pair.far.legs.values()) pair.onFar(far, 0, (one) => one.hangUp())
    })
    const log = finish(pair)
    assert.match(log.slice(-2)[0], /^3[67]\d\d near Ended by them$/)
    assert.match(log.slice(-1)[0], /^3[67]\d\d far Ended by us$/)
  })
  it("whose answer is never acknowledged is ended after 32 s", () => {
    const pair = answering(100)
    pair.loses = (text) => text.startsWith("ACK")
    pair.place()
    const log = finish(pair)
    assert.match(log.slice(-2).join(), /near Ended by them.*|far Ended/)
    assert.strictEqual(log.filter((line) => line.includes("Ended")).length, 2)
  })
  it("is refused by a second copy of the same call, and left alone", () => {
    const pair = answering(1_000)
    const leg = pair.place()
    const invite = pair.texts[0].slice(6).replace(/branch=\w+/, "branch=z9hG4bKother")
    pair.later(500, () => pair.far.receive(new TextEncoder().encode(invite), pair.nearAddress, pair.now))
    pair.onNear(leg, 3_000, (one) => one.hangUp())
    finish(pair)
    assert.include(pair.texts.join("\n"), "far: SIP/2.0 482")
    assert.include(pair.log.join(), "near Answered")
  })
  it("rejected with a status that rejects nothing is rejected with 480", () => {
    const pair = new Pair()
    pair.onInbound = (leg) => pair.onFar(leg, 500, (one) => one.hangUp(200))
    pair.place()
    assert.deepStrictEqual(finish(pair).slice(-1), ["520 near Failed 480"])
  })
  it("is rejected with 503 while the edge closes", () => {
    const pair = answering(1_000)
    pair.far.close(0)
    pair.place()
    assert.include(finish(pair).join(), "near Failed 503")
  })
})
