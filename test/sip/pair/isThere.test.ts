import { assert, describe, it } from "@effect/vitest"
import type { Call } from "../../../src/sip/Leg.ts"
import type { Outcome, SipjsLeg } from "../../../src/sip/sipjs/SipjsLeg.ts"
import { headerValue, type SipMessage, type SipRequest } from "../../../src/sip/wire/message.ts"
import { Pair, sdp } from "./pair.ts"
import { reply, Scripted } from "./Scripted.ts"

const call: Call = { to: "sip:+4930123@127.0.0.11", from: "sip:+4930999@outpace.example", sdp: sdp(4_000) }

/** A call of ours that is up, to a far end that allows these methods; asked after ten seconds whether it is there. */
const asked = (allow: string, then: (request: SipRequest) => ReadonlyArray<SipMessage>, sessionTimers = true) => {
  const scripted = new Scripted({ sessionTimers })
  scripted.answer = (request) => {
    if (request.method === "ACK") return []
    if (request.method !== "INVITE") return then(request)
    const headers = { Contact: "<sip:far@127.0.0.11>", "Content-Type": "application/sdp", Allow: allow }
    return [reply(request, 200, headers, sdp(6_000))]
  }
  const leg: SipjsLeg = scripted.edge.place(call, (one) => one.listen(scripted.listen), 0)
  const outcomes: Array<string> = []
  const done = (outcome: Outcome) =>
    outcomes.push(`${scripted.now} ${outcome._tag === "Done" ? "there" : outcome.status}`)
  scripted.run(10_000)
  scripted.edge.command(() => leg.askWhether(done), scripted.now)
  const run = (millis: number) => {
    scripted.run(millis)
    return { outcomes, events: scripted.events.slice(1), requests: scripted.requests.slice(2) }
  }
  return { scripted, run }
}

describe("a far end that is asked whether it still has a call", () => {
  it("is asked by UPDATE where it takes that: who has lost the call cannot answer with 200", () => {
    const { run, scripted } = asked("INVITE, ACK, BYE, UPDATE, OPTIONS", (request) => [reply(request, 200)])
    const { events, outcomes, requests } = run(60_000)
    assert.deepStrictEqual([outcomes, events, requests], [["10020 there"], [], ["10000 UPDATE 127.0.0.11:5060"]])
    const [update] = scripted.requestsOf("UPDATE")
    assert.strictEqual(update.body, "")
    assert.deepStrictEqual(scripted.faults, [])
  })
  it.each([
    ["that says nothing of UPDATE", "INVITE, ACK, BYE", true],
    ["without session timers", "INVITE, ACK, BYE, UPDATE", false]
  ])("is asked by OPTIONS within the call: one %s", (_, allow, sessionTimers) => {
    const { run, scripted } = asked(allow, (request) => [reply(request, 200)], sessionTimers)
    assert.deepStrictEqual(run(60_000).requests, ["10000 OPTIONS 127.0.0.11:5060"])
    const [options] = scripted.requestsOf("OPTIONS")
    const [invite] = scripted.requestsOf("INVITE")
    assert.strictEqual(headerValue(options, "Call-ID"), headerValue(invite, "Call-ID"))
    assert.match(headerValue(options, "To") ?? "", /;tag=far$/)
  })
  it.each([403, 405, 488, 491, 500, 501])("is there when it refuses to say so with %i", (status) => {
    const { run } = asked("INVITE", (request) => [reply(request, status)])
    assert.deepStrictEqual(run(60_000), {
      outcomes: [`10020 ${status}`],
      events: [],
      requests: ["10000 OPTIONS 127.0.0.11:5060"]
    })
  })
  it("has the call ended when it knows of no such call", () => {
    const { run } = asked("INVITE", (request) => [reply(request, request.method === "BYE" ? 200 : 481)])
    const { events, outcomes, requests } = run(60_000)
    assert.deepStrictEqual([outcomes, events], [["10020 481"], ["10040 Ended by us"]])
    assert.deepStrictEqual(requests, ["10000 OPTIONS 127.0.0.11:5060", "10020 BYE 127.0.0.11:5060"])
  })
  it("has the call ended when it says nothing for 32 s", () => {
    const { run } = asked("INVITE", () => [])
    const { events, outcomes } = run(80_000)
    assert.deepStrictEqual(outcomes, ["42000 408"])
    assert.match(events.join(), /^\d+ Ended by us, unconfirmed$/)
  })
  it("is answered by us when it asks so itself", () => {
    const pair = new Pair()
    pair.onInbound = (leg) => pair.onFar(leg, 0, (one) => one.accept(sdp(6_000)))
    pair.place()
    const outcomes: Array<string> = []
    pair.later(5_000, () => {
      for (const leg of pair.far.legs.values()) {
        pair.onFar(leg, 0, (one) => one.askWhether((outcome) => outcomes.push(outcome._tag)))
      }
    })
    pair.run(6_000)
    assert.deepStrictEqual(outcomes, ["Done"])
  })
})
