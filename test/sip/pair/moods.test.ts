import { assert, describe, it } from "@effect/vitest"
import { cseqOf, headerValue, type SipMessage, type SipRequest } from "../../../src/sip/wire/message.ts"
import { parseNameAddress } from "../../../src/sip/wire/headers.ts"
import { randomBelow, sdp } from "./pair.ts"
import { reply, Scripted } from "./Scripted.ts"

const hosts = ["127.0.0.11", "127.0.0.12", "127.0.0.13"]
const statuses = [200, 200, 200, 183, 180, 302, 401, 407, 408, 422, 423, 481, 486, 491, 500, 503, 503, 603]
const wild = [
  "",
  "0",
  "-1",
  "90",
  "600;refresher=uac",
  "600;refresher=uas",
  "3600",
  "99999999999",
  "x;;;=",
  "60;refresher=",
  '"',
  "7 (no"
]

/** A far end that says anything, with any headers, or nothing. What it must have got is noted. */
const moody = (seed: number) => {
  const scripted = new Scripted()
  const random = randomBelow(seed)
  const pick = <A>(all: ReadonlyArray<A>): A => all[random(all.length)]
  const answered = new Set<string>()
  const acknowledged = new Set<string>()
  const ended = new Set<string>()
  scripted.names.set(
    "trunk.example",
    hosts.map((host) => ({ host, port: 5_060 }))
  )
  const idOf = (message: SipMessage) =>
    `${headerValue(message, "Call-ID")} ${parseNameAddress(headerValue(message, "To") ?? "")?.parameters.get("tag")}`
  const one = (request: SipRequest, to: string): SipMessage => {
    const status = pick(statuses)
    const challenge = `Digest realm="r", nonce="${random(3)}", qop="${pick(["auth", "auth-int", "odd"])}", stale=${pick(["true", "false"])}`
    const headers: Record<string, string> = {
      Contact: pick([`<sip:far@${to}>`, `<sip:far@${to}>;expires=${pick(wild)}`]),
      Allow: pick(["INVITE, UPDATE", "INVITE", ""]),
      "WWW-Authenticate": challenge,
      "Proxy-Authenticate": challenge,
      "Retry-After": pick(wild),
      "Min-SE": pick(wild),
      "Min-Expires": pick(wild),
      Expires: pick(["60", "0", "3600"])
    }
    if (random(2) === 0) headers["Session-Expires"] = pick(wild)
    const invite = request.method === "INVITE"
    const body = invite && (status === 200 || status === 183) ? sdp(6_000) : ""
    if (body !== "") headers["Content-Type"] = "application/sdp"
    const made = reply(request, status, headers, body)
    const tag = `tag=${to.replaceAll(/\W/g, "")}`
    const told = {
      ...made,
      headers: made.headers.map((line) =>
        line.name === "To" ? { ...line, value: line.value.replace("tag=far", tag) } : line
      )
    }
    const begins = parseNameAddress(headerValue(request, "To") ?? "")?.parameters.has("tag") !== true
    if (invite && begins && status === 200) answered.add(idOf(told))
    return told
  }
  const answer = (request: SipRequest, to: string): ReadonlyArray<SipMessage> => {
    if (request.method === "ACK") {
      acknowledged.add(idOf(request))
      return []
    }
    if (request.method === "BYE") {
      ended.add(idOf(request))
      return [reply(request, pick([200, 200, 481]))]
    }
    // Nothing, something provisional, a final response, or both; never two final ones, which no far end may send.
    const said: Array<SipMessage> = []
    for (let count = random(3); count > 0; count -= 1) {
      const next = one(request, to)
      said.push(next)
      if (next.kind === "response" && next.status >= 200) break
    }
    return said
  }
  scripted.answer = answer
  return { scripted, random, answered, acknowledged, ended }
}

describe("a far end of any mood", () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    "does no harm, and is never left with a call: seed %i",
    (seed) => {
      const { acknowledged, answered, ended, random, scripted } = moody(seed)
      const finals = new Map<string, number>()
      const states: Array<number> = []
      const registration = { address: "sip:a@trunk.example", credentials: { user: "u", password: "p" } }
      const registering = scripted.edge.register(registration, ({ lastStatus }) => states.push(lastStatus), 0)
      for (let count = 0; count < 25; count += 1) {
        scripted.later(random(400_000), () => {
          const call = {
            to: "sip:1@trunk.example",
            from: "sip:2@outpace.example",
            sdp: sdp(4_000),
            credentials: { user: "u", password: "p" }
          }
          const leg = scripted.edge.place(
            call,
            (placed) =>
              placed.listen(({ _tag }) => {
                if (_tag === "Failed" || _tag === "Ended") finals.set(placed.id, (finals.get(placed.id) ?? 0) + 1)
              }),
            scripted.now
          )
          finals.set(leg.id, finals.get(leg.id) ?? 0)
          scripted.later(random(700_000), () => scripted.edge.command(() => leg.hangUp(), scripted.now))
        })
      }
      scripted.run(1_200_000)
      scripted.edge.leave(registering, () => {}, scripted.now)
      scripted.run(700_000)
      assert.deepStrictEqual(scripted.faults, [])
      assert.deepStrictEqual([...finals.values()], Array<number>(25).fill(1))
      assert.isNotEmpty(states)
      const { heldCount, legCount } = scripted.edge.status
      assert.deepStrictEqual([legCount, heldCount], [0, 0])
      for (const id of answered) {
        assert.isTrue(acknowledged.has(id), `${id} was not acknowledged`)
        assert.isTrue(ended.has(id), `${id} was left up`)
      }
      for (const { message } of scripted.sent) {
        if (message.kind === "request") assert.isBelow(cseqOf(message)?.number ?? Infinity, 2 ** 31)
      }
    }
  )
})
