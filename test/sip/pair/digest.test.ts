import { assert, describe, it } from "@effect/vitest"
import type { Call } from "../../../src/sip/Leg.ts"
import { headerValue, type SipMessage, type SipRequest } from "../../../src/sip/wire/message.ts"
import { sdp } from "./pair.ts"
import { digestProblem, reply, Scripted } from "./Scripted.ts"

const password = { user: "outpace", password: "s3cret" }
const far = { host: "127.0.0.11", port: 5_060 }
const contact = { Contact: "<sip:far@127.0.0.11>" }
const call: Call = {
  to: "sip:+4930123@127.0.0.11",
  from: "sip:+4930999@outpace.example",
  sdp: sdp(4_000),
  credentials: password
}
const ok = (invite: SipRequest, tag = "far") => {
  const made = reply(invite, 200, { ...contact, "Content-Type": "application/sdp" }, sdp(6_000))
  return {
    ...made,
    headers: made.headers.map((one) =>
      one.name === "To" ? { ...one, value: one.value.replace("tag=far", `tag=${tag}`) } : one
    )
  }
}

/**
 * A far end that lets nothing through but what answers its challenge; each nonce is good for one request. `told` is what
 * became of each request, judged by RFC 7616 alone.
 */
const judge = (kind: "WWW-Authenticate" | "Proxy-Authenticate", rest: string) => {
  const header = kind === "WWW-Authenticate" ? "Authorization" : "Proxy-Authorization"
  const told: Array<string> = []
  let serial = 0
  return {
    told,
    lets: (request: SipRequest): SipMessage | undefined => {
      const nonce = `n${serial}`
      const given = headerValue(request, header) !== undefined
      const problem = given ? digestProblem(request, header, { ...password, realm: "trunk", nonce }) : "asked"
      told.push(`${request.method} ${problem ?? "right"}`)
      serial += 1
      if (problem === undefined) return undefined
      return reply(request, kind === "WWW-Authenticate" ? 401 : 407, {
        ...{ [kind]: `Digest realm="trunk", nonce="n${serial}"${rest === "" ? "" : `, ${rest}`}` }
      })
    }
  }
}

const kinds = [
  ["Proxy-Authenticate", ""],
  ["Proxy-Authenticate", 'qop="auth"'],
  ["WWW-Authenticate", 'algorithm=MD5-sess, qop="auth"'],
  ["WWW-Authenticate", 'algorithm=SHA-256, qop="auth", opaque="o"'],
  ["Proxy-Authenticate", 'algorithm=SHA-256, qop="auth-int"'],
  ["Proxy-Authenticate", 'algorithm=SHA-512-256, qop="auth-int,auth"']
] as const

describe("the answer to a challenge, by RFC 7616 computed anew,", () => {
  it.each(kinds)("is right in INVITE, re-INVITE, INFO and BYE: %s %s", (kind, rest) => {
    const scripted = new Scripted()
    const { lets, told } = judge(kind, rest)
    scripted.answer = (request) => {
      if (request.method === "ACK") return []
      const refusal = lets(request)
      if (refusal !== undefined) return [refusal]
      return request.method === "INVITE" ? [ok(request)] : [reply(request, 200)]
    }
    const outcomes: Array<string> = []
    const leg = scripted.edge.place(call, (one) => one.listen(scripted.listen), 0)
    const later = (millis: number, act: () => void) =>
      scripted.later(millis, () => scripted.edge.command(act, scripted.now))
    later(1_000, () => leg.reoffer(sdp(4_000, "sendonly"), ({ _tag }) => outcomes.push(_tag)))
    later(2_000, () => leg.sendKey({ key: "5", durationMillis: 100 }, ({ _tag }) => outcomes.push(_tag)))
    later(3_000, () => leg.hangUp())
    scripted.run(40_000)
    assert.deepStrictEqual(scripted.faults, [])
    assert.deepStrictEqual(
      told,
      ["INVITE", "INVITE", "INFO", "BYE"].flatMap((one) => [`${one} asked`, `${one} right`])
    )
    assert.deepStrictEqual(outcomes, ["Done", "Done"])
    assert.deepStrictEqual(scripted.events, ["40 Answered", "3040 Ended by us"])
  })
})

describe("an answer nobody wanted is ended, though the BYE is challenged:", () => {
  const ends = (scripted: Scripted, told: ReadonlyArray<string>) => {
    assert.deepStrictEqual(scripted.faults, [])
    assert.deepStrictEqual(
      told.filter((line) => line.startsWith("BYE")),
      ["BYE asked", "BYE right"]
    )
    const byes = scripted.requestsOf("BYE")
    const [first, second] = byes.map((bye) => headerValue(bye, "CSeq"))
    assert.strictEqual(Number(second?.split(" ")[0]), Number(first?.split(" ")[0]) + 1)
    assert.strictEqual(byes.length, 2)
  }
  it.each(kinds)("one that came after the call was given up: %s %s", (kind, rest) => {
    const scripted = new Scripted()
    const { lets, told } = judge(kind, rest)
    scripted.answer = (request) => (request.method === "BYE" ? [lets(request) ?? reply(request, 200)] : [])
    scripted.edge.place(call, (one) => one.listen(scripted.listen), 0)
    scripted.run(40_000)
    assert.deepStrictEqual(scripted.events, ["32000 Failed 408"])
    scripted.inject(ok(scripted.requestsOf("INVITE")[0]), far)
    scripted.run(40_000)
    ends(scripted, told)
  })
  it("that of a second phone of a forked call", () => {
    const scripted = new Scripted()
    const { lets, told } = judge("Proxy-Authenticate", 'qop="auth"')
    scripted.answer = (request) => {
      if (request.method === "INVITE") return [ok(request), ok(request, "other")]
      if (request.method !== "BYE") return []
      return headerValue(request, "To")?.endsWith("tag=other")
        ? [lets(request) ?? reply(request, 200)]
        : [reply(request, 200)]
    }
    scripted.edge.place(call, (one) => one.listen(scripted.listen), 0)
    scripted.run(10_000)
    assert.deepStrictEqual(scripted.events, ["20 Answered"])
    ends(scripted, told)
  })
  it("a wrong password is not tried twice", () => {
    const scripted = new Scripted()
    scripted.answer = (request) =>
      request.method === "BYE" ? [reply(request, 407, { "Proxy-Authenticate": 'Digest realm="r", nonce="n"' })] : []
    scripted.edge.place(call, () => {}, 0)
    scripted.run(40_000)
    scripted.inject(ok(scripted.requestsOf("INVITE")[0]), far)
    scripted.run(40_000)
    assert.strictEqual(scripted.requestsOf("BYE").length, 2)
  })
})
