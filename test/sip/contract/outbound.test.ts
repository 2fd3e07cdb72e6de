import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, Scope, Stream } from "effect"
import { Sip } from "../../../src/sip/Sip.ts"
import { callTo, clean, edge, follow, outbound } from "./edge.ts"
import {
  description,
  expects,
  pause,
  receive,
  receiveInvite,
  receiveResponse,
  request,
  requestWithBody,
  respond,
  respondWithin
} from "./scenario.ts"
import { sipp } from "./sipp.ts"

const answer = (headers: ReadonlyArray<string> = []) => respond("200 OK", { body: description, headers, retrans: true })
const theyHangUp = [request("BYE", 90), receiveResponse(200)]
const weHangUp = [receive("BYE"), respondWithin("200 OK")]
const answered = [receiveInvite(), respond("180 Ringing"), answer(), receive("ACK")]
const rings = [receiveInvite(), respond("180 Ringing")]
const cancelled = [
  receive("CANCEL"),
  respond("200 OK"),
  respond("487 Request Terminated", { toInvite: true, retrans: true }),
  receive("ACK")
]
const wait = () => () => Effect.void

describe("calls of ours against SIPp", () => {
  it.live("answered, hung up by us", () =>
    Effect.gen(function* () {
      const lines = yield* outbound("answer", [...answered, ...weHangUp])
      assert.deepStrictEqual(lines, ["Ringing 180", "Answered sendrecv", "Ended by us"])
    })
  )
  it.live("answered, hung up by the far end", () =>
    Effect.gen(function* () {
      const lines = yield* outbound("far end", [...answered, pause(200), ...theyHangUp], { on: wait })
      assert.deepStrictEqual(lines, ["Ringing 180", "Answered sendrecv", "Ended by them"])
    })
  )
  it.live.each([302, 403, 404, 480, 486, 488, 500, 503, 600, 603])("refused with %i", (status) =>
    Effect.gen(function* () {
      const headers = status === 486 ? ['Reason: SIP;cause=486, Q.850;cause=17;text="busy"'] : []
      const lines = yield* outbound("refused", [
        receiveInvite(),
        respond("100 Trying", { tag: "" }),
        respond(`${status} No`, { headers, retrans: true }),
        receive("ACK")
      ])
      assert.deepStrictEqual(lines, [`Failed ${status}${status === 486 ? " 17" : ""}`])
    })
  )
  it.live("not answered, and cancelled", () =>
    Effect.gen(function* () {
      const steps = [...rings, ...cancelled]
      const on = (leg: { readonly hangUp: Effect.Effect<unknown> }) => () => Effect.forkChild(leg.hangUp)
      assert.deepStrictEqual(yield* outbound("cancel", steps, { on }), ["Ringing 180", "Ended by us"])
    })
  )
  it.live("answered while the CANCEL is on its way: acknowledged and hung up", () =>
    Effect.gen(function* () {
      const steps = [
        receiveInvite(),
        respond("180 Ringing"),
        receive("CANCEL"),
        respond("200 OK"),
        respond("200 OK", { toInvite: true, body: description, retrans: true }),
        receive("ACK"),
        ...weHangUp
      ]
      const on = (leg: { readonly hangUp: Effect.Effect<unknown> }) => () => Effect.forkChild(leg.hangUp)
      assert.deepStrictEqual(yield* outbound("race", steps, { on }), ["Ringing 180", "Ended by us"])
    })
  )
  it.live("early media, unreliable", () =>
    Effect.gen(function* () {
      const steps = [receiveInvite(), respond("183 Session Progress", { body: description }), answer(), receive("ACK")]
      const lines = yield* outbound("early", [...steps, ...weHangUp])
      assert.deepStrictEqual(lines, ["EarlyMedia sendrecv", "Answered sendrecv", "Ended by us"])
    })
  )
  it.live("early media, reliable, then ringing: acknowledged by PRACK; the answer has no description", () =>
    Effect.gen(function* () {
      const steps = [
        receiveInvite(),
        respond("183 Session Progress", { body: description, headers: ["Require: 100rel", "RSeq: 77"] }),
        receive("PRACK", expects("RAck", "77 [0-9]+ INVITE", 5)),
        respondWithin("200 OK"),
        respond("180 Ringing", { toInvite: true, headers: ["Require: 100rel", "RSeq: 78"] }),
        receive("PRACK", expects("RAck", "78 [0-9]+ INVITE", 6)),
        respondWithin("200 OK"),
        respond("180 Ringing", { toInvite: true }),
        pause(100)
      ]
      const lines = yield* outbound("reliable", [
        ...steps,
        respond("200 OK", { toInvite: true, retrans: true }),
        receive("ACK"),
        ...weHangUp
      ])
      assert.deepStrictEqual(lines, [
        "EarlyMedia sendrecv",
        "Ringing 180",
        "Ringing 180",
        "Answered sendrecv",
        "Ended by us"
      ])
    })
  )
  it.live("answered by two phones: both acknowledged, the second ended", () =>
    Effect.gen(function* () {
      const steps = [
        receiveInvite(),
        respond("180 Ringing"),
        respond("200 OK", { body: description }),
        receive("ACK", expects("To", "tag=far", 5)),
        respond("200 OK", { body: description, tag: "other", toInvite: true }),
        receive("ACK", expects("To", "tag=other", 6)),
        receive("BYE", expects("To", "tag=other", 7)),
        respondWithin("200 OK"),
        pause(300),
        ...theyHangUp
      ]
      const lines = yield* outbound("forked", steps, { on: wait })
      assert.deepStrictEqual(lines, ["Ringing 180", "Answered sendrecv", "Ended by them"])
    })
  )
  it.live("through three proxies: routes reversed, the contact as written", () =>
    Effect.gen(function* () {
      const routes = ["a", "b", "c"].map(
        (name) => `Record-Route: <sip:${name}@[local_ip]:[local_port];lr;Ftag=${name}==>`
      )
      const contact = "Contact: <sip:Gw;X=aBc%41@[local_ip]:[local_port];Line=AbC>"
      const ok = respond("200 OK", { body: description, retrans: true, headers: [...routes, contact] })
      const uri = "sip:Gw;X=aBc%41@[0-9.:]+;Line=AbC "
      const first = `<ereg regexp="${uri}" search_in="msg" check_it="true" assign_to="5"/>`
      const order = expects("Route", "sip:c@.*Ftag=c==.*", 6)
      const steps = [
        receiveInvite(),
        ok.replace(/Contact: <sip:far.*\n/, ""),
        receive("ACK", first + order),
        receive("BYE", first + order),
        respondWithin("200 OK")
      ]
      assert.deepStrictEqual(yield* outbound("routes", steps), ["Answered sendrecv", "Ended by us"])
    })
  )
})

describe("what a far end does within a call", () => {
  const within = (name: string, steps: ReadonlyArray<string>) =>
    outbound(name, [...answered, pause(100), ...steps, ...theyHangUp], { on: wait })
  const middle = (lines: ReadonlyArray<string>) => lines.slice(2, -1)

  it.live("holds and resumes by re-INVITE", () =>
    Effect.gen(function* () {
      const hold = description.replace("sendrecv", "sendonly")
      const lines = yield* within("hold", [
        request("INVITE", 10, [], hold),
        receiveResponse(100, 'optional="true"'),
        receiveResponse(200),
        request("ACK", 10),
        request("INVITE", 11, [], description),
        receiveResponse(100, 'optional="true"'),
        receiveResponse(200),
        request("ACK", 11)
      ])
      assert.deepStrictEqual(middle(lines), ["Reoffered sendonly", "Reoffered sendrecv"])
    })
  )
  it.live("asks for our offer by a re-INVITE without a description", () =>
    Effect.gen(function* () {
      const lines = yield* within("no description", [
        request("INVITE", 10),
        receiveResponse(100, 'optional="true"'),
        receiveResponse(200, "", '<ereg regexp="m=audio 4000" search_in="msg" check_it="true" assign_to="7"/>'),
        request("ACK", 10, [], description.replace("sendrecv", "recvonly"))
      ])
      assert.deepStrictEqual(middle(lines), ["Reoffered recvonly"])
    })
  )
  it.live("sends UPDATE, with a description and without", () =>
    Effect.gen(function* () {
      const lines = yield* within("update", [
        request("UPDATE", 10),
        receiveResponse(200),
        request("UPDATE", 11, [], description.replace("sendrecv", "inactive")),
        receiveResponse(200, "", '<ereg regexp="a=inactive" search_in="msg" check_it="true" assign_to="7"/>')
      ])
      assert.deepStrictEqual(middle(lines), ["Reoffered inactive"])
    })
  )
  it.live("sends keys by INFO in every shape, and INFO that is none", () =>
    Effect.gen(function* () {
      const relay = "Content-Type: application/dtmf-relay"
      const lines = yield* within("keys", [
        requestWithBody("INFO", 10, [relay], "Signal=5\nDuration=160\n"),
        receiveResponse(200),
        requestWithBody("INFO", 11, [relay], "Signal=#\n"),
        receiveResponse(200),
        requestWithBody("INFO", 12, ["Content-Type: application/dtmf"], "7\n"),
        receiveResponse(200),
        request("INFO", 13),
        receiveResponse(200),
        requestWithBody("INFO", 14, ["Content-Type: application/media_control+xml"], "<x/>\n"),
        receiveResponse(415)
      ])
      assert.deepStrictEqual(middle(lines), ["Key 5 160", "Key # 100", "Key 7 100"])
    })
  )
  it.live("asks for our options, refers us elsewhere, notifies and sends what nobody knows: the call goes on", () =>
    Effect.gen(function* () {
      const lines = yield* within("others", [
        request("OPTIONS", 10),
        receiveResponse(200, "", expects("Allow", ".*INVITE.*", 7)),
        request("REFER", 11, ["Refer-To: <sip:elsewhere@127.0.0.9>"]),
        receiveResponse(202),
        receive("NOTIFY", expects("Event", "refer", 8)),
        respondWithin("200 OK"),
        request("NOTIFY", 12, ["Event: talk", "Subscription-State: active"]),
        receiveResponse(489),
        request("PUBLISH", 13),
        receiveResponse(501)
      ])
      assert.deepStrictEqual(middle(lines), [])
    })
  )
})

const challenge = (status: string, header: string, value: string) => [
  respond(status, { headers: [`${header}: ${value}`], retrans: true }),
  receive("ACK")
]
const verify = '<verifyauth assign_to="ok" username="outpace" password="s3cret"/>'
const judge =
  '<nop condexec="ok" condexec_inverse="true" hide="true"><action><error message="digest was wrong"/></action></nop>'
/** SIPp 3.6 checks digests without qop only. */
const md5 = 'Digest realm="trunk", nonce="47ebe028cda119c35d4877b383027d28da013815", algorithm=MD5'
const sha = 'Digest realm="trunk", nonce="a1b2c3", algorithm=SHA-256, qop="auth"'

describe("digest challenges", () => {
  const rest = [respond("180 Ringing"), answer(), receive("ACK"), ...weHangUp]
  it.live("401", () =>
    Effect.gen(function* () {
      const steps = [receiveInvite(), ...challenge("401 Unauthorized", "WWW-Authenticate", md5)]
      const lines = yield* outbound("401", [...steps, receiveInvite(verify), judge, ...rest])
      assert.deepStrictEqual(lines, ["Ringing 180", "Answered sendrecv", "Ended by us"])
    })
  )
  it.live("407, whose answer SIPp can only look at", () =>
    Effect.gen(function* () {
      const given = expects("Proxy-Authorization", " Digest .*realm=.trunk.*response=.[0-9a-f]{32}.*", 5)
      const steps = [receiveInvite(), ...challenge("407 Proxy Authentication Required", "Proxy-Authenticate", md5)]
      const lines = yield* outbound("407", [...steps, receiveInvite(given), ...rest])
      assert.deepStrictEqual(lines, ["Ringing 180", "Answered sendrecv", "Ended by us"])
    })
  )
  it.live("the first of several challenges that we know", () =>
    Effect.gen(function* () {
      const unknown = 'Digest realm="trunk", nonce="x", algorithm=SHA3-256'
      const steps = [
        receiveInvite(),
        respond("407 Proxy Authentication Required", {
          headers: [`Proxy-Authenticate: ${unknown}`, `Proxy-Authenticate: ${sha}`, `Proxy-Authenticate: ${md5}`],
          retrans: true
        }),
        receive("ACK"),
        receiveInvite(
          expects("Proxy-Authorization", '.*response="[0-9a-f]{64}".*algorithm=SHA-256.*'.replaceAll('"', "&quot;"), 5)
        ),
        ...rest
      ]
      assert.deepStrictEqual((yield* outbound("several", steps)).at(-1), "Ended by us")
    })
  )
  it.live("one of the proxy, then one of the far end", () =>
    Effect.gen(function* () {
      const steps = [
        receiveInvite(),
        ...challenge("407 Proxy Authentication Required", "Proxy-Authenticate", md5),
        receiveInvite(),
        ...challenge("401 Unauthorized", "WWW-Authenticate", md5.replace("trunk", "gateway")),
        receiveInvite(
          ["Proxy-Authorization: Digest .*realm=.trunk", "Authorization: Digest [^,]*, realm=.gateway"]
            .map((text, at) => `<ereg regexp="${text}" search_in="msg" check_it="true" assign_to="${at + 5}"/>`)
            .join("")
        ),
        ...rest
      ]
      assert.deepStrictEqual((yield* outbound("both", steps)).at(-1), "Ended by us")
    })
  )
  it.live("the same challenge again means a wrong password: no third try", () =>
    Effect.gen(function* () {
      const refuse = challenge("407 Proxy Authentication Required", "Proxy-Authenticate", md5)
      const steps = [receiveInvite(), ...refuse, receiveInvite(), ...refuse]
      assert.deepStrictEqual(yield* outbound("wrong", steps), ["Failed 407"])
    })
  )
  it.live("none without credentials", () =>
    Effect.gen(function* () {
      const steps = [receiveInvite(), ...challenge("401 Unauthorized", "WWW-Authenticate", md5)]
      assert.deepStrictEqual(yield* outbound("nobody", steps, { credentials: false }), ["Failed 401"])
    })
  )
  it.live("of a BYE: it is sent again with the digest, counted on", () =>
    Effect.gen(function* () {
      const steps = [
        ...answered,
        receive("BYE"),
        respondWithin("401 Unauthorized", { headers: [`WWW-Authenticate: ${md5}`] }),
        receive("BYE", verify),
        judge,
        respondWithin("200 OK")
      ]
      assert.deepStrictEqual((yield* outbound("bye", steps)).at(-1), "Ended by us")
    })
  )
  it.live("a BYE refused is tried again until it is taken", () =>
    Effect.gen(function* () {
      const steps = [...answered, receive("BYE"), respondWithin("500 No"), receive("BYE"), respondWithin("200 OK")]
      assert.deepStrictEqual((yield* outbound("refused bye", steps)).at(-1), "Ended by us")
    })
  )
})

describe("scopes", () => {
  it.live("leaving the scope of a call hangs it up, and waits for that", () =>
    Effect.gen(function* () {
      const far = yield* sipp("scope", [...answered, ...weHangUp])
      const place = Sip.use((sip) => sip.place(callTo(far.address)))
      yield* Effect.scoped(
        Effect.gen(function* () {
          const leg = yield* place
          yield* Stream.runHead(Stream.filter(leg.events, ({ _tag }) => _tag === "Answered"))
        })
      )
      yield* clean
      assert.strictEqual((yield* far.done).code, 0)
    }).pipe(Effect.scoped, Effect.provide(edge()))
  )
  it.live("closing the edge ends the calls that are up and those that ring", () =>
    Effect.gen(function* () {
      const up = yield* sipp("up", [...answered, ...weHangUp])
      const ringing = yield* sipp("ringing", [...rings, ...cancelled])
      yield* Effect.scoped(
        Effect.gen(function* () {
          const sip = (yield* Layer.build(edge())).pipe(Context.get(Sip))
          const calls = yield* Scope.make()
          for (const { address } of [up, ringing]) {
            const leg = yield* Scope.provide(sip.place(callTo(address)), calls)
            yield* Stream.runHead(
              Stream.filter(leg.events, ({ _tag }) => _tag === (address === up.address ? "Answered" : "Ringing"))
            )
          }
        })
      )
      assert.deepStrictEqual([(yield* up.done).code, (yield* ringing.done).code], [0, 0])
    }).pipe(Effect.scoped)
  )
  it.live("a name that nobody knows fails the call at once", () =>
    Effect.gen(function* () {
      const sip = yield* Sip
      const leg = yield* sip.place({ ...callTo({ host: "127.0.0.3", port: 5_060 }), to: "sip:1@nowhere.invalid" })
      assert.deepStrictEqual(yield* follow(leg), ["Failed 503"])
      yield* clean
    }).pipe(Effect.scoped, Effect.provide(edge()))
  )
})

describe("session timers against SIPp", () => {
  const terms = ["Session-Expires: 600;refresher=uas", "Require: timer", "Allow: INVITE, ACK, BYE, UPDATE"]
  it.live("the far end wants more with 422, gets it, and refreshes by UPDATE and by re-INVITE", () =>
    Effect.gen(function* () {
      const asks = (seconds: number) => expects("Session-Expires", `^ *${seconds} *$`, 5)
      const steps = [
        receiveInvite(expects("Supported", ".*timer.*", 6) + asks(1_800)),
        respond("422 Session Interval Too Small", { headers: ["Min-SE: 3600"], retrans: true }),
        receive("ACK"),
        receiveInvite(expects("Min-SE", " *3600", 7) + asks(3_600)),
        answer(terms),
        receive("ACK"),
        request("UPDATE", 10, ["Supported: timer", "Session-Expires: 600;refresher=uac"]),
        receiveResponse(
          200,
          "",
          expects("Session-Expires", " *600;refresher=uac", 8) + expects("Require", " *timer", 10)
        ),
        request("INVITE", 11, ["Supported: timer", "Session-Expires: 600;refresher=uac"], description),
        receiveResponse(100, 'optional="true"'),
        receiveResponse(200, "", expects("Session-Expires", " *600;refresher=uac", 11)),
        request("ACK", 11),
        request("UPDATE", 12, ["Supported: timer", "Session-Expires: 60;refresher=uac"]),
        receiveResponse(422, "", expects("Min-SE", " *90", 12)),
        ...theyHangUp
      ]
      const lines = yield* outbound("timer", steps, { on: wait })
      assert.deepStrictEqual(lines, ["Answered sendrecv", "Reoffered sendrecv", "Ended by them"])
    })
  )
})
