import { assert, describe, it } from "@effect/vitest"
import type { Call } from "../../../src/sip/Leg.ts"
import type { SipjsLeg } from "../../../src/sip/sipjs/SipjsLeg.ts"
import { headerValue, type SipMessage, type SipRequest } from "../../../src/sip/wire/message.ts"
import { Pair, sdp } from "./pair.ts"
import { reply, Scripted } from "./Scripted.ts"

const contact = { Contact: "<sip:far@127.0.0.11>" }
const call: Call = { to: "sip:+4930123@127.0.0.11", from: "sip:+4930999@outpace.example", sdp: sdp(4_000) }
type Headers = Readonly<Record<string, string>>
const ok = (invite: SipRequest, headers: Headers = {}, body = sdp(6_000)) =>
  reply(invite, 200, { ...contact, "Content-Type": "application/sdp", ...headers }, body)
const shown = (request: SipRequest) =>
  ["Session-Expires", "Min-SE"].map((name) => headerValue(request, name) ?? "-").join(" ")

/** A call of ours to a far end that answers the first INVITE with these headers, and what follows as told. */
const calling = (first: Headers, then: (request: SipRequest, scripted: Scripted) => ReadonlyArray<SipMessage>) => {
  const scripted = new Scripted()
  let begun = false
  scripted.answer = (request) => {
    if (request.method === "ACK") return []
    if (begun) return then(request, scripted)
    begun = true
    return [ok(request, first)]
  }
  const leg = scripted.edge.place(call, (one) => one.listen(scripted.listen), 0)
  return { scripted, leg }
}
const yes =
  (headers: Headers) =>
  (request: SipRequest): ReadonlyArray<SipMessage> =>
    request.method === "INVITE"
      ? [ok(request, headers)]
      : [reply(request, 200, request.method === "BYE" ? {} : headers)]
const after = (scripted: Scripted) =>
  scripted.requests.filter((line) => !/ (ACK|INVITE) /.test(line) || !/^(0|20) /.test(line))

describe("session timers: a call of ours", () => {
  it("offers half an hour, and says that it knows timers", () => {
    const { scripted } = calling({}, () => [])
    scripted.run(10)
    const [invite] = scripted.requestsOf("INVITE")
    assert.deepStrictEqual([shown(invite), headerValue(invite, "Supported")], ["1800 -", "100rel, timer"])
  })
  it("is refreshed by UPDATE at half its time when the far end takes UPDATE, each time anew", () => {
    const terms = { "Session-Expires": "600;refresher=uac", Require: "timer" }
    const { scripted } = calling({ ...terms, Allow: "INVITE, ACK, UPDATE" }, yes(terms))
    scripted.run(700_000)
    assert.deepStrictEqual(after(scripted), ["300050 UPDATE 127.0.0.11:5060", "600100 UPDATE 127.0.0.11:5060"])
    const [update] = scripted.requestsOf("UPDATE")
    assert.deepStrictEqual([shown(update), update.body], ["600;refresher=uac -", ""])
    assert.deepStrictEqual(scripted.events, ["20 Answered"])
    assert.deepStrictEqual(scripted.faults, [])
  })
  it("is refreshed by a re-INVITE with the description as it was when the far end does not, or refuses it", () => {
    const terms = { "Session-Expires": "600;refresher=uac" }
    for (const allow of ["INVITE, ACK", "INVITE, ACK, UPDATE"]) {
      const { scripted } = calling({ ...terms, Allow: allow }, (request) =>
        request.method === "UPDATE" ? [reply(request, 405)] : yes(terms)(request)
      )
      scripted.run(590_000)
      const [first, again] = scripted.requestsOf("INVITE")
      assert.strictEqual(again.body, first.body)
      assert.strictEqual(shown(again), "600;refresher=uac -")
      assert.strictEqual(scripted.requestsOf("INVITE").length, 2)
      assert.strictEqual(scripted.requestsOf("ACK").length, 2)
      assert.deepStrictEqual(scripted.events, ["20 Answered"])
      assert.deepStrictEqual(scripted.faults, [])
    }
  })
  it("tells when the far end answers a refresh with another description", () => {
    const { scripted } = calling({ "Session-Expires": "600;refresher=uac" }, (request) => [
      ok(request, { "Session-Expires": "600;refresher=uac" }, sdp(7_000))
    ])
    scripted.run(310_000)
    assert.deepStrictEqual(scripted.events, ["20 Answered", "300070 Reoffered"])
  })
  it("is hung up when the far end has vanished: found by the refresh", () => {
    const { scripted } = calling({ "Session-Expires": "600;refresher=uac", Allow: "UPDATE" }, () => [])
    scripted.run(400_000)
    assert.deepStrictEqual(scripted.events, ["20 Answered", "364050 Ended by us, unconfirmed"])
    assert.strictEqual(scripted.requestsOf("UPDATE").length, 11)
    const byes = scripted.requestsOf("BYE")
    assert.isAbove(byes.length, 8)
    assert.strictEqual(new Set(byes.map((bye) => headerValue(bye, "CSeq"))).size, 1)
  })
  it.each([
    [600, 568_050],
    [90, 60_050]
  ])("that the far end must refresh is hung up with BYE a margin before its %i s are over", (seconds, at) => {
    const { scripted } = calling({ "Session-Expires": `${seconds};refresher=uas`, Require: "timer" }, (request) => [
      reply(request, 200)
    ])
    scripted.run(seconds * 1_000)
    assert.deepStrictEqual(after(scripted), [`${at} BYE 127.0.0.11:5060`])
    assert.deepStrictEqual(scripted.events, ["20 Answered", `${at + 20} Ended by us`])
  })
  it.each(["UPDATE", "INVITE"])("stays up while the far end refreshes it by %s, and says so", (method) => {
    const { leg, scripted } = calling({ "Session-Expires": "90;refresher=uas" }, (request) => [reply(request, 200)])
    scripted.run(1_000)
    const [invite] = scripted.requestsOf("INVITE")
    const ours = headerValue(invite, "From") ?? ""
    for (let count = 1; count <= 5; count += 1) {
      const request: SipRequest = {
        kind: "request",
        method,
        uri: "sip:outpace@127.0.0.1:5080",
        version: "SIP/2.0",
        headers: [
          { name: "Via", value: `SIP/2.0/UDP 127.0.0.11;branch=z9hG4bK${count}` },
          { name: "From", value: `${headerValue(invite, "To")};tag=far` },
          { name: "To", value: ours },
          { name: "Call-ID", value: leg.id },
          { name: "CSeq", value: `${count} ${method}` },
          { name: "Contact", value: contact.Contact },
          { name: "Supported", value: "timer" },
          { name: "Session-Expires", value: "90;refresher=uac" },
          ...(method === "INVITE" ? [{ name: "Content-Type", value: "application/sdp" }] : [])
        ],
        body: method === "INVITE" ? sdp(6_000) : ""
      }
      const far = { host: "127.0.0.11", port: 5_060 }
      scripted.inject(request, far)
      if (method === "INVITE") {
        const ack = {
          ...request,
          method: "ACK",
          body: "",
          headers: request.headers.map((one) => ({
            ...one,
            value: one.value.replace("INVITE", "ACK").replace("branch=", "branch=z9hG4bKack")
          }))
        }
        scripted.later(100, () => scripted.inject(ack, far))
      }
      scripted.run(45_000)
    }
    assert.deepStrictEqual(
      scripted.events.filter((line) => line.includes("Ended")),
      []
    )
    const replies = scripted.sent.flatMap(({ message }) =>
      message.kind === "response" && message.status >= 200 ? [message] : []
    )
    assert.deepStrictEqual(
      replies.map((one) => [one.status, headerValue(one, "Session-Expires"), headerValue(one, "Require")].join(" ")),
      Array<string>(5).fill("200 90;refresher=uac timer")
    )
    scripted.run(60_000)
    assert.match(scripted.events.at(-1) ?? "", /Ended by us$/)
    assert.deepStrictEqual(scripted.faults, [])
  })
  it("keeps the terms of the phone that answered first, whatever a second one of the fork says", () => {
    const scripted = new Scripted()
    scripted.answer = (request) => {
      if (request.method !== "INVITE") return request.method === "ACK" ? [] : [reply(request, 200)]
      const other = ok(request, { "Session-Expires": "90;refresher=uas" })
      const headers = other.headers.map((one) => ({ ...one, value: one.value.replace("tag=far", "tag=other") }))
      return [ok(request, { "Session-Expires": "600;refresher=uac", Allow: "UPDATE" }), { ...other, headers }]
    }
    scripted.edge.place(call, (one) => one.listen(scripted.listen), 0)
    scripted.run(310_000)
    assert.deepStrictEqual(scripted.events, ["20 Answered"])
    assert.deepStrictEqual(scripted.requestsOf("UPDATE").map(shown), ["600;refresher=uac -"])
  })
  it("has no timer when the far end knows none", () => {
    const { scripted } = calling({ Allow: "UPDATE" }, () => [])
    scripted.run(4_000_000)
    assert.deepStrictEqual(after(scripted), [])
    assert.deepStrictEqual(scripted.events, ["20 Answered"])
  })
  it.each([
    [491, 303_100],
    [500, 310_100]
  ])("a refresh refused with %i is tried again", (status, at) => {
    let count = 0
    const terms = { "Session-Expires": "600;refresher=uac" }
    const { scripted } = calling({ ...terms, Allow: "UPDATE" }, (request) => {
      count += 1
      return count === 1 ? [reply(request, status)] : yes(terms)(request)
    })
    scripted.run(320_000)
    assert.deepStrictEqual(after(scripted), ["300050 UPDATE 127.0.0.11:5060", `${at} UPDATE 127.0.0.11:5060`])
  })
  it.each([
    [481, "UPDATE"],
    [408, "UPDATE"],
    [481, "BYE"],
    [408, "BYE"]
  ])("a refresh to which the far end says %i ends it (it takes %s)", (status, allow) => {
    const { scripted } = calling({ "Session-Expires": "600;refresher=uac", Allow: allow }, (request) => [
      reply(request, request.method === "BYE" ? 200 : status)
    ])
    scripted.run(320_000)
    assert.deepStrictEqual(scripted.events, ["20 Answered", "300090 Ended by us"])
  })
})

describe("session timers: 422", () => {
  const refusing = (least: string) => (request: SipRequest) =>
    Number(headerValue(request, "Session-Expires")?.split(";")[0]) < 3_600
      ? [reply(request, 422, { "Min-SE": least })]
      : [ok(request)]
  it("to an INVITE of ours: it is sent again, once, with the time wanted", () => {
    const scripted = new Scripted()
    scripted.answer = (request) => (request.method === "INVITE" ? refusing("3600")(request) : [])
    scripted.edge.place(call, (one) => one.listen(scripted.listen), 0)
    scripted.run(1_000)
    const invites = scripted.requestsOf("INVITE")
    assert.deepStrictEqual(invites.map(shown), ["1800 -", "3600 3600"])
    const [first, second] = invites.map((invite) => Number(headerValue(invite, "CSeq")?.split(" ")[0]))
    assert.strictEqual(second, first + 1)
    assert.deepStrictEqual(new Set(invites.map((invite) => headerValue(invite, "Call-ID"))).size, 1)
    assert.deepStrictEqual(scripted.events, ["40 Answered"])
    assert.deepStrictEqual(scripted.faults, [])
  })
  it("also after a challenge, which is then answered anew", () => {
    const scripted = new Scripted()
    let asked = 0
    scripted.answer = (request) => {
      if (request.method !== "INVITE") return []
      if (headerValue(request, "Proxy-Authorization") !== undefined) return refusing("3600")(request)
      asked += 1
      return [reply(request, 407, { "Proxy-Authenticate": `Digest realm="r", nonce="n${asked}", qop="auth"` })]
    }
    scripted.edge.place({ ...call, credentials: { user: "u", password: "p" } }, (one) => one.listen(scripted.listen), 0)
    scripted.run(1_000)
    assert.deepStrictEqual(scripted.requestsOf("INVITE").map(shown), ["1800 -", "1800 -", "3600 3600", "3600 3600"])
    assert.deepStrictEqual(scripted.events, ["80 Answered"])
  })
  it.each(["90", "", "86401"])("that never ends, or wants %j, fails the call", (least) => {
    const scripted = new Scripted()
    scripted.answer = (request) => (request.method === "INVITE" ? [reply(request, 422, { "Min-SE": least })] : [])
    scripted.edge.place(call, (one) => one.listen(scripted.listen), 0)
    scripted.run(1_000)
    assert.deepStrictEqual(scripted.events, ["20 Failed 422"])
  })
  it("to a refresh: it is sent again with the time wanted", () => {
    const { scripted } = calling({ "Session-Expires": "600;refresher=uac", Allow: "UPDATE" }, (request) =>
      shown(request).startsWith("600")
        ? [reply(request, 422, { "Min-SE": "900" })]
        : [reply(request, 200, { "Session-Expires": "900;refresher=uac" })]
    )
    scripted.run(320_000)
    assert.deepStrictEqual(scripted.requestsOf("UPDATE").map(shown), ["600;refresher=uac -", "900;refresher=uac 900"])
    scripted.run(440_000)
    assert.strictEqual(scripted.requestsOf("UPDATE").length, 3)
    assert.deepStrictEqual(scripted.events, ["20 Answered"])
  })
})

describe("session timers: two edges", () => {
  /** Answers at once; `change` writes on the INVITE before it arrives. */
  const pairOf = (change: (text: string) => string, farTimers = true) => {
    const pair = new Pair(0, 1, farTimers)
    const legs: Array<SipjsLeg> = []
    pair.onInbound = (leg) => {
      legs.push(leg)
      pair.onFar(leg, 0, (one) => one.accept(sdp(6_000)))
    }
    const receive = pair.far.receive.bind(pair.far)
    pair.far.receive = (bytes, source, now) => {
      const text = new TextDecoder().decode(bytes)
      receive(text.startsWith("INVITE") ? new TextEncoder().encode(change(text)) : bytes, source, now)
    }
    const leg = pair.place()
    return { pair, leg, legs }
  }
  const count = (pair: Pair, start: string) => pair.texts.filter((text) => text.startsWith(start)).length
  it("the caller refreshes, every quarter of an hour, for hours", () => {
    const { leg, pair } = pairOf((text) => text)
    pair.run(7_210_000)
    assert.strictEqual(count(pair, "near: UPDATE"), 8)
    assert.strictEqual(count(pair, "far: UPDATE"), 0)
    pair.onNear(leg, 0, (one) => one.hangUp())
    pair.run(100_000)
    assert.deepStrictEqual(pair.faults, [])
    assert.deepStrictEqual(pair.left, [
      [0, 0],
      [0, 0]
    ])
    assert.deepStrictEqual(pair.log.slice(-2), ["7210020 far Ended by them", "7210030 near Ended by us"])
  })
  it("the called refreshes when the caller wants that", () => {
    const { pair } = pairOf((text) => text.replace("Session-Expires: 1800", "Session-Expires: 200;refresher=uas"))
    pair.run(310_000)
    assert.deepStrictEqual([count(pair, "near: UPDATE"), count(pair, "far: UPDATE")], [0, 3])
    assert.deepStrictEqual(pair.faults, [])
  })
  it("when the network between breaks for good, both ends are free within the time", () => {
    const { pair } = pairOf((text) => text)
    pair.later(10_000, () => (pair.loses = () => true))
    pair.run(2_000_000)
    assert.deepStrictEqual(
      pair.log.slice(-2).map((line) => line.replace(/^(\d+)\d{5} /, "$1 ")),
      ["9 near Ended by us, unconfirmed", "18 far Ended by us, unconfirmed"]
    )
    assert.deepStrictEqual(pair.left, [
      [0, 0],
      [0, 0]
    ])
  })
  it("less than 90 s is refused with 422 and what would do", () => {
    const { pair } = pairOf((text) => text.replace("Session-Expires: 1800", "Session-Expires: 89"))
    pair.run(1_000)
    const refusal = pair.texts.find((text) => text.startsWith("far: SIP/2.0 422")) ?? ""
    assert.match(refusal, /\r\nMin-SE: 90\r\n/)
    assert.deepStrictEqual(pair.log, ["20 near Failed 422"])
  })
  it("from one that does not know timers, less than 90 s is taken, and we refresh", () => {
    const { pair } = pairOf((text) =>
      text.replace("Session-Expires: 1800", "Session-Expires: 60").replace(", timer", "")
    )
    pair.run(100_000)
    const answer = pair.texts.find((text) => text.startsWith("far: SIP/2.0 200")) ?? ""
    assert.match(answer, /\r\nSession-Expires: 60;refresher=uas\r\n/)
    assert.notMatch(answer, /Require/)
    assert.strictEqual(count(pair, "far: UPDATE"), 3)
  })
  it("off: nothing is offered, asked for or watched, and what requires it is refused with 420", () => {
    const { pair } = pairOf((text) => text, false)
    pair.run(4_000_000)
    assert.deepStrictEqual([count(pair, "near: UPDATE"), count(pair, "far: UPDATE")], [0, 0])
    const answers = pair.texts.filter((text) => text.startsWith("far: "))
    for (const text of answers) assert.notMatch(text, /timer|Session-Expires/)
    const strict = pairOf((text) => text.replace("Session-Expires", "Require: timer\r\nSession-Expires"), false)
    strict.pair.run(1_000)
    assert.deepStrictEqual(strict.pair.log, ["20 near Failed 420"])
    const scripted = new Scripted({ sessionTimers: false })
    scripted.edge.place(call, () => {}, 0)
    const [invite] = scripted.requestsOf("INVITE")
    assert.deepStrictEqual([shown(invite), headerValue(invite, "Supported")], ["- -", "100rel"])
  })
  it("the answer sent again holds the same terms", () => {
    const pair = new Pair()
    pair.onInbound = (leg) => pair.onFar(leg, 0, (one) => one.accept(sdp(6_000)))
    pair.loses = (text) => text.startsWith("ACK") && pair.now < 5_000
    pair.place()
    pair.run(10_000)
    const answers = pair.texts.filter((text) => text.startsWith("far: SIP/2.0 200"))
    assert.isAbove(answers.length, 3)
    for (const text of answers) assert.match(text, /\r\nSession-Expires: 1800;refresher=uac\r\nRequire: timer\r\n/)
  })
})
