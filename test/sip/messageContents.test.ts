import { assert, describe, it } from "@effect/vitest"
import { q850Of } from "../../src/sip/causeOf.ts"
import { checkCall } from "../../src/sip/checkCall.ts"
import { infoKey, keyBody } from "../../src/sip/infoKey.ts"
import { reanswer } from "../../src/sip/reanswer.ts"
import { sdpOf } from "../../src/sip/sipjs/sdpOf.ts"
import { parseText, type SipRequest } from "../../src/sip/wire/message.ts"

const message = (headers: ReadonlyArray<string>, body = ""): SipRequest => {
  const parsed = parseText(["INFO sip:a@b SIP/2.0", ...headers, "", body].join("\r\n"))
  if (parsed.kind !== "request") throw new Error("no request")
  return parsed
}

describe("Reason headers", () => {
  it.each([
    [['Reason: Q.850;cause=17;text="busy"'], 17],
    [["Reason: SIP;cause=600", 'Reason: q.850 ; text="x, y" ; cause = 34'], 34],
    [['Reason: SIP;cause=200;text="x", Q.850;cause=16'], 16],
    [["Reason: Q.850;cause=0"], undefined],
    [["Reason: Q.850;cause=128"], undefined],
    [["Reason: SIP;cause=17"], undefined],
    [[], undefined]
  ])("%j", (headers, cause) => assert.strictEqual(q850Of(message(headers)), cause))
})

describe("keys by INFO", () => {
  const relay = ["Content-Type: application/dtmf-relay"]
  it.each([
    [relay, "Signal=5\r\nDuration=160\r\n", { key: "5", durationMillis: 160 }],
    [relay, "Signal= *\r\nDuration= 250", { key: "*", durationMillis: 250 }],
    [relay, "signal = d", { key: "D", durationMillis: 100 }],
    [relay, "Duration=70\nSignal=11", { key: "#", durationMillis: 70 }],
    [["Content-Type: Application/DTMF; x=y"], "7", { key: "7", durationMillis: 100 }],
    [["Content-Type: application/dtmf"], "10\r\n", { key: "*", durationMillis: 100 }],
    [relay, "Signal=E", "unknown"],
    [relay, "nothing", "unknown"],
    [["Content-Type: application/media_control+xml"], "<x/>", "unknown"],
    [[], "5", "unknown"],
    [relay, "", "none"],
    [[], "", "none"]
  ])("%j %j", (headers, body, expected) => assert.deepStrictEqual(infoKey(message(headers, body)), expected))
  it("what is sent is read back", () => {
    for (const key of "0123456789*#ABCD") {
      const sent = { key, durationMillis: 120 }
      assert.deepStrictEqual(infoKey(message(relay, keyBody(sent))), sent)
    }
  })
})

describe("descriptions", () => {
  const ours =
    "v=0\r\no=- 1 9 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\na=sendrecv\r\n"
  it.each([
    ["a=sendonly", "recvonly"],
    ["a=recvonly", "sendonly"],
    ["a=inactive", "inactive"],
    ["a=sendrecv", "sendrecv"],
    ["a=ptime:20", "sendrecv"],
    ["c=IN IP4 0.0.0.0", "recvonly"]
  ])("an offer with %s is answered %s, as a new version of ours", (line, direction) => {
    const answer = reanswer(ours, `v=0\r\nm=audio 5000 RTP/AVP 0\r\n${line}\r\n`)
    assert.strictEqual(answer, ours.replace("1 9 IN", "1 10 IN").replace("a=sendrecv", `a=${direction}`))
  })
  it("are found alone, in odd spelling, without a type, and in a part of several", () => {
    const type = (text: string) => [`Content-Type: ${text}`]
    assert.strictEqual(sdpOf(message(type("Application/SDP; charset=utf-8"), ours)), ours)
    assert.strictEqual(sdpOf(message([], ours)), ours)
    assert.strictEqual(sdpOf(message([], "hello")), "")
    assert.strictEqual(sdpOf(message(type("text/plain"), ours)), "")
    const parts = `--b1\r\nContent-Type: application/isup\r\n\r\n\u0001\u0002\r\n--b1\r\nContent-Type: application/sdp\r\n\r\n${ours}\r\n--b1--\r\n`
    assert.strictEqual(sdpOf(message(type('multipart/mixed; boundary="b1"'), parts)), ours)
    assert.strictEqual(sdpOf(message(type("multipart/mixed;boundary=b2"), parts)), "")
  })
})

describe("a call to place", () => {
  const call = { to: "sip:+4930@trunk.example", from: "sip:us@here.example", sdp: "v=0\r\n" }
  it("is in order", () => {
    assert.isUndefined(checkCall({ ...call, via: "192.0.2.1:5070", identity: "tel:+4930", headers: ["X-A: b"] }))
  })
  it.each([
    [{ to: "+4930" }, 'to "+4930": expected a SIP URI such as sip:+4930123456@trunk.example'],
    [{ to: "tel:+4930" }, 'to "tel:+4930": expected a SIP URI such as sip:+4930123456@trunk.example'],
    [{ to: "sip:+4930@[2001:db8::1]" }, 'to "sip:+4930@[2001:db8::1]": an IPv6 address; calls go over IPv4 only'],
    [{ via: "[::1]:5070" }, 'via "[::1]:5070": an IPv6 address; calls go over IPv4 only'],
    [{ from: "sip:a b@c" }, 'from "sip:a b@c": expected a SIP URI'],
    [{ identity: "4930" }, 'identity "4930": expected a sip: or tel: URI'],
    [{ via: "trunk:99999" }, 'via "trunk:99999": expected host or host:port'],
    [{ fromName: "A\r\nX: y" }, "fromName: has a line break"],
    [{ headers: ["X-A: b\r\nRoute: <sip:evil>"] }, 'header "X-A: b\r\nRoute: <sip:evil>": expected "Name: value"'],
    [{ sdp: "" }, "sdp: expected a session description, beginning with v=0"]
  ])("is refused: %j", (change, problem) => assert.strictEqual(checkCall({ ...call, ...change })?.message, problem))
})
