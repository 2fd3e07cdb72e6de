import { assert, describe, it } from "@effect/vitest"
import type { Call } from "../../../src/sip/Leg.ts"
import type { SipjsLeg } from "../../../src/sip/sipjs/SipjsLeg.ts"
import { parseNameAddress } from "../../../src/sip/wire/headers.ts"
import { headerValue, type SipMessage, type SipRequest } from "../../../src/sip/wire/message.ts"
import { sdp } from "./pair.ts"
import { reply, Scripted } from "./Scripted.ts"

const call: Call = { to: "sip:+4930123@127.0.0.11", from: "sip:+4930999@outpace.example", sdp: sdp(4_000) }
const far = { host: "127.0.0.11", port: 5_060 }

/** A response of one of the phones that a proxy has sent our INVITE to. */
const from = (
  invite: SipRequest,
  phone: string,
  status: number,
  { port, rseq }: { readonly port?: number; readonly rseq?: number } = {}
): SipMessage => {
  const response = reply(
    invite,
    status,
    {
      Contact: `<sip:${phone}@127.0.0.11>`,
      ...(rseq === undefined ? {} : { Require: "100rel", RSeq: String(rseq) }),
      ...(port === undefined ? {} : { "Content-Type": "application/sdp" })
    },
    port === undefined ? "" : sdp(port)
  )
  const headers = response.headers.map(({ name, value }) => ({
    name,
    value: name === "To" ? value.replace(/tag=.*$/, `tag=${phone}`) : value
  }))
  return { ...response, headers }
}

const tagIn = (request: SipRequest) => parseNameAddress(headerValue(request, "To") ?? "")?.parameters.get("tag")

/** A call of ours to several phones at once; what they say comes at the times given. */
const ringing = (said: (invite: SipRequest) => ReadonlyArray<readonly [number, SipMessage]>) => {
  const scripted = new Scripted()
  scripted.answer = (request) => {
    if (request.method === "ACK") return []
    if (request.method !== "INVITE") return [reply(request, 200)]
    for (const [at, message] of said(request)) scripted.later(at, () => scripted.inject(message, far))
    return []
  }
  const descriptions: Array<string> = []
  const leg: SipjsLeg = scripted.edge.place(
    call,
    (one) =>
      one.listen((event) => {
        scripted.listen(event)
        if ("sdp" in event) descriptions.push(`${event._tag} ${/m=audio (\d+)/.exec(event.sdp)?.[1]}`)
      }),
    0
  )
  const hangUp = (millis: number) =>
    scripted.later(millis, () => scripted.edge.command(() => leg.hangUp(), scripted.now))
  const finish = () => {
    scripted.run(700_000)
    assert.deepStrictEqual(scripted.faults, [])
    const { heldCount, legCount } = scripted.edge.status
    assert.deepStrictEqual([legCount, heldCount], [0, 0])
    return scripted.events
  }
  /** Requests of a method: whom to, by tag, with their numbers. */
  const sent = (method: string) =>
    scripted
      .requestsOf(method)
      .map((request) => [
        tagIn(request),
        parseInt(headerValue(request, "CSeq") ?? "", 10) - invited(),
        request.uri.slice(4, request.uri.indexOf("@"))
      ])
  const invited = () => parseInt(headerValue(scripted.requestsOf("INVITE")[0], "CSeq") ?? "", 10)
  return { scripted, descriptions, hangUp, finish, sent }
}

describe("a call that several phones ring for", () => {
  it("has the description of the phone that answers, also where others had sound before", () => {
    const { descriptions, finish, hangUp, sent } = ringing((invite) => [
      [100, from(invite, "desk", 183, { port: 7_000 })],
      [200, from(invite, "mobile", 183, { port: 7_002 })],
      [300, from(invite, "laptop", 180)],
      // Its description was in its 183, as of some gateways; that of the other is none of it.
      [1_000, from(invite, "desk", 200)]
    ])
    hangUp(2_000)
    assert.deepStrictEqual(finish().length, 5)
    assert.deepStrictEqual(descriptions, ["EarlyMedia 7000", "EarlyMedia 7002", "Answered 7000"])
    assert.deepStrictEqual([sent("ACK"), sent("BYE")], [[["desk", 0, "desk"]], [["desk", 1, "desk"]]])
  })
  it("fails with 488 when the phone that answers has described nothing, whatever others did", () => {
    const { finish, sent } = ringing((invite) => [
      [100, from(invite, "desk", 183, { port: 7_000 })],
      [1_000, from(invite, "mobile", 200)]
    ])
    assert.deepStrictEqual(finish().at(-1)?.replace(/^\d+ /, ""), "Failed 488")
    assert.deepStrictEqual([sent("ACK"), sent("BYE")], [[["mobile", 0, "mobile"]], [["mobile", 1, "mobile"]]])
  })
  it("acknowledges the reliable ringing of each by PRACK, each with numbers of its own; any of them may answer", () => {
    for (const winner of ["desk", "mobile", "laptop"]) {
      const { descriptions, finish, hangUp, sent, scripted } = ringing((invite) => [
        [100, from(invite, "desk", 183, { port: 7_000, rseq: 9 })],
        [200, from(invite, "mobile", 183, { port: 7_002, rseq: 500 })],
        [300, from(invite, "desk", 180, { rseq: 10 })],
        [400, from(invite, "laptop", 180, { rseq: 1 })],
        [500, from(invite, "mobile", 180, { rseq: 501 })],
        [1_000, from(invite, winner, 200, { port: 7_004 })]
      ])
      hangUp(2_000)
      assert.strictEqual(finish().filter((line) => line.endsWith("Answered")).length, 1)
      assert.strictEqual(descriptions.at(-1), "Answered 7004")
      assert.deepStrictEqual(sent("PRACK"), [
        ["desk", 1, "desk"],
        ["mobile", 1, "mobile"],
        ["desk", 2, "desk"],
        ["laptop", 1, "laptop"],
        ["mobile", 2, "mobile"]
      ])
      const racks = scripted.requestsOf("PRACK").map((prack) => headerValue(prack, "RAck")?.split(" ")[0])
      assert.deepStrictEqual(racks, ["9", "500", "10", "1", "501"])
      // What follows in the call that was answered counts on.
      assert.deepStrictEqual(sent("BYE"), [[winner, winner === "laptop" ? 2 : 3, winner]])
    }
  })
  it("acknowledges no reliable ringing twice, none out of turn, and none that does not ask for it", () => {
    const { finish, hangUp, sent } = ringing((invite) => [
      [100, from(invite, "desk", 180, { rseq: 99 })],
      [200, from(invite, "desk", 180, { rseq: 99 })],
      [300, from(invite, "desk", 180, { rseq: 101 })],
      [400, from(invite, "desk", 180)],
      [500, from(invite, "desk", 183, { rseq: 100, port: 7_000 })],
      [600, from(invite, "desk", 180, { rseq: 101 })]
    ])
    hangUp(1_000)
    const events = finish().map((line) => line.replace(/^\d+ /, ""))
    assert.deepStrictEqual(events.slice(0, 4), ["Ringing", "Ringing", "EarlyMedia", "Ringing"])
    assert.deepStrictEqual(sent("PRACK").length, 3)
  })
  it("that is answered by two is taken from the first; the second is acknowledged and ended", () => {
    const { descriptions, finish, hangUp, sent } = ringing((invite) => [
      [100, from(invite, "desk", 180, { rseq: 1 })],
      [200, from(invite, "mobile", 180, { rseq: 1 })],
      [1_000, from(invite, "mobile", 200, { port: 7_002 })],
      [1_010, from(invite, "desk", 200, { port: 7_000 })]
    ])
    hangUp(5_000)
    assert.deepStrictEqual(
      finish().map((line) => line.replace(/^\d+ /, "")),
      ["Ringing", "Ringing", "Answered", "Ended by us"]
    )
    assert.deepStrictEqual(descriptions, ["Answered 7002"])
    assert.deepStrictEqual(
      sent("ACK").map(([tag]) => tag),
      ["mobile", "desk"]
    )
    assert.deepStrictEqual(
      sent("BYE").map(([tag]) => tag),
      ["desk", "mobile"]
    )
  })
  it("rings on when nobody says that PRACK has come", () => {
    const { finish, hangUp, scripted } = ringing((invite) => [
      [100, from(invite, "desk", 180, { rseq: 1 })],
      [40_000, from(invite, "desk", 200, { port: 7_000 })]
    ])
    const { answer } = scripted
    scripted.answer = (request, to) => (request.method === "PRACK" ? [] : answer(request, to))
    hangUp(50_000)
    assert.deepStrictEqual(
      finish().map((line) => line.replace(/^\d+ /, "")),
      ["Ringing", "Answered", "Ended by us"]
    )
  })
})
