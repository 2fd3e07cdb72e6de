import { assert, describe, it } from "@effect/vitest"
import { isTooShort, SessionTimer } from "../../src/sip/SessionTimer.ts"
import { parseText, type SipRequest, type SipResponse } from "../../src/sip/wire/message.ts"

const message = (lines: ReadonlyArray<string>) => parseText([...lines, "CSeq: 5 INVITE", "", ""].join("\r\n"))
const request = (...headers: ReadonlyArray<string>): SipRequest => {
  const made = message(["INVITE sip:a@b SIP/2.0", ...headers])
  if (made.kind !== "request") throw new Error("no request")
  return made
}
const response = (...headers: ReadonlyArray<string>): SipResponse => {
  const made = message(["SIP/2.0 200 OK", ...headers])
  if (made.kind !== "response") throw new Error("no response")
  return made
}
const timerHeaders = (made: SipRequest | SipResponse) =>
  made.headers.filter(({ name }) => name !== "CSeq").map(({ name, value }) => `${name}: ${value}`)
/** What falls due, by the second. */
const due = (timer: SessionTimer, from: number, to: number) => {
  for (let second = from; second <= to; second += 1) {
    const what = timer.due(1_000 * second)
    if (what !== undefined) return `${second} ${what}`
  }
  return "nothing"
}

describe("the answer to a request with a session time (RFC 4028 §9, table 2)", () => {
  it.each([
    ["", "", "nothing"],
    ["timer", "", "nothing"],
    ["timer", "300", "them 300;refresher=uac timer"],
    ["timer", "300;refresher=uac", "them 300;refresher=uac timer"],
    ["timer", "300;refresher=uas", "us 300;refresher=uas timer"],
    ["100rel, TIMER", "300 ; Refresher=UAS", "us 300;refresher=uas timer"],
    ["", "300", "us 300;refresher=uas -"],
    ["", "300;refresher=uac", "us 300;refresher=uas -"],
    ["100rel", "300;refresher=uas", "us 300;refresher=uas -"],
    ["timer", "soon", "nothing"],
    ["timer", "9999999", "them 86400;refresher=uac timer"]
  ])("Supported %j, Session-Expires %j: %s", (supported, expires, expected) => {
    const timer = new SessionTimer()
    timer.asked(request(`Supported: ${supported}`, `Session-Expires: ${expires}`))
    const answer = timer.stamp(response(), false, 0)
    const [terms = "", require = "Require: -"] = timerHeaders(answer)
    if (terms === "") assert.strictEqual(expected, "nothing")
    else {
      const who = timer.due(150_000) === "refresh" ? "us" : "them"
      const shown = `${who} ${terms.slice("Session-Expires: ".length)} ${require.slice("Require: ".length)}`
      assert.strictEqual(shown, expected)
    }
  })
  it("sent again is the same, and does not begin the time again", () => {
    const timer = new SessionTimer()
    timer.asked(request("Supported: timer", "Session-Expires: 300;refresher=uas"))
    const first = timer.stamp(response(), false, 0)
    assert.deepStrictEqual(timer.stamp(response(), false, 30_000), first)
    assert.strictEqual(due(timer, 0, 400), "150 refresh")
  })
  it("goes with no other response", () => {
    const timer = new SessionTimer()
    timer.asked(request("Supported: timer", "Session-Expires: 300"))
    for (const status of [100, 183, 491]) {
      assert.deepStrictEqual(timerHeaders(timer.stamp({ ...response(), status }, false, 0)), [])
    }
    const other = { ...response(), headers: [{ name: "CSeq", value: "6 INVITE" }] }
    assert.deepStrictEqual(timerHeaders(timer.stamp(other, false, 0)), [])
    assert.strictEqual(due(timer, 0, 400), "nothing")
  })
  it("within a call without a time in it leaves the terms as they are", () => {
    const timer = new SessionTimer()
    timer.answered(response("Session-Expires: 600;refresher=uas"), 0)
    timer.asked(request("Supported: timer"))
    assert.deepStrictEqual(timerHeaders(timer.stamp(response(), false, 100_000)), [
      "Session-Expires: 600;refresher=uac",
      "Require: timer"
    ])
    assert.strictEqual(due(timer, 100, 900), "668 end")
  })
})

describe("the time of a session", () => {
  it.each([
    ["600;refresher=uac", "300 refresh"],
    ["600", "300 refresh"],
    ["600;refresher=uas", "568 end"],
    ["96;refresher=uas", "64 end"],
    ["90;refresher=uas", "60 end"],
    ["1;refresher=uas", "7 end"],
    ["", "nothing"]
  ])("granted as %j: %s", (expires, expected) => {
    const timer = new SessionTimer()
    timer.answered(response(`Session-Expires: ${expires}`), 0)
    assert.strictEqual(due(timer, 0, 700), expected)
  })
  it("is over when no refresh of ours was taken, however often it was tried", () => {
    const timer = new SessionTimer()
    timer.answered(response("Session-Expires: 100;refresher=uac"), 0)
    assert.strictEqual(due(timer, 0, 99), "50 refresh")
    assert.strictEqual(due(timer, 50, 99), "nothing")
    timer.again(70_000)
    assert.strictEqual(due(timer, 50, 99), "70 refresh")
    assert.strictEqual(due(timer, 70, 200), "100 end")
  })
  it.each([
    ["Supported: timer", "89", true],
    ["Supported: timer", "90", false],
    ["Supported: 100rel", "89", false],
    ["Supported: timer", "", false]
  ])("%s, Session-Expires %j is too short: %s", (supported, expires, expected) => {
    assert.strictEqual(isTooShort(request(supported, `Session-Expires: ${expires}`)), expected)
  })
})
