import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Stream } from "effect"
import { type InboundLeg, Sip } from "../../../src/sip/Sip.ts"
import { sdp } from "../pair/pair.ts"
import { clean, edge, follow } from "./edge.ts"
import { call, description, expects, pause, receive, receiveResponse, respondWithin, type Step } from "./scenario.ts"
import { sipp } from "./sipp.ts"

const invite = call("INVITE", 1, [], description)
const progress = [receiveResponse(100, 'optional="true"'), receiveResponse(180)]
const answered = [invite, ...progress, receiveResponse(200), call("ACK", 1)]
const refused = (status: number, action = "") => [
  receiveResponse(100, 'optional="true"'),
  receiveResponse(180, 'optional="true"'),
  receiveResponse(status, "", action),
  call("ACK", 1, [], "", "[branch-1]").replace("[peer_tag_param]", "[peer_tag_param]")
]

/** SIPp calls us; `take` handles the call, if one comes. Answers what became of it. */
const inbound = (name: string, steps: ReadonlyArray<Step>, take: (leg: InboundLeg) => Effect.Effect<unknown>) =>
  Effect.gen(function* () {
    const sip = yield* Sip
    const lines: Array<string> = []
    const handle = (leg: InboundLeg) =>
      Effect.gen(function* () {
        lines.push(`${leg.from} calls ${leg.to}`)
        yield* Effect.forkChild(take(leg))
        lines.push(...(yield* follow(leg)))
      })
    const taking = yield* Effect.forkChild(Stream.runForEach(Stream.take(sip.inbound, 1), handle))
    const far = yield* sipp(name, steps, { remote: sip.address })
    const { code, errors } = yield* far.done
    assert.strictEqual(code, 0, errors)
    if (lines.length > 0) yield* Effect.timeout(Fiber.join(taking), "40 seconds")
    yield* clean
    return lines
  }).pipe(Effect.scoped, Effect.provide(edge()), Effect.timeout("60 seconds"))

const answer = (leg: InboundLeg) => Effect.andThen(Effect.sleep("100 millis"), leg.answer(sdp(4_000)))

describe("calls to us from SIPp", () => {
  it.live("answered, hung up by the caller", () =>
    Effect.gen(function* () {
      const steps = [...answered, pause(200), call("BYE", 2), receiveResponse(200)]
      assert.deepStrictEqual(yield* inbound("in", steps, answer), [
        "+4930123 calls agent",
        "Answered sendrecv",
        "Ended by them"
      ])
    })
  )
  it.live("answered, hung up by us as soon as it is", () =>
    Effect.gen(function* () {
      const steps = [...answered, receive("BYE"), respondWithin("200 OK")]
      const take = (leg: InboundLeg) => Effect.andThen(answer(leg), leg.hangUp)
      assert.deepStrictEqual((yield* inbound("we end", steps, take)).at(-1), "Ended by us")
    })
  )
  it.live("cancelled by the caller", () =>
    Effect.gen(function* () {
      const steps = [
        invite,
        ...progress,
        call("CANCEL", 1, [], "", "[branch-3]"),
        receiveResponse(200),
        receiveResponse(487),
        call("ACK", 1, [], "", "[branch-6]")
      ]
      assert.deepStrictEqual(yield* inbound("cancel", steps, () => Effect.void), [
        "+4930123 calls agent",
        "Ended by them"
      ])
    })
  )
  it.live("rejected by us", () =>
    Effect.gen(function* () {
      const steps = [invite, ...progress, receiveResponse(486), call("ACK", 1, [], "", "[branch-4]")]
      const lines = yield* inbound("reject", steps, (leg) => leg.reject(486))
      assert.deepStrictEqual(lines, ["+4930123 calls agent", "Ended by us"])
    })
  )
  it.live("ended by BYE before it is answered", () =>
    Effect.gen(function* () {
      const steps = [
        invite,
        ...progress,
        call("BYE", 2),
        receiveResponse(200),
        receiveResponse(487),
        call("ACK", 1, [], "", "[branch-6]")
      ]
      assert.deepStrictEqual((yield* inbound("early bye", steps, () => Effect.void)).at(-1), "Ended by them")
    })
  )
  it.live("without an offer: ours goes into the 200, the answer comes in the ACK", () =>
    Effect.gen(function* () {
      const ours = '<ereg regexp="m=audio 4000" search_in="msg" check_it="true" assign_to="5"/>'
      const steps = [
        call("INVITE", 1),
        ...progress,
        receiveResponse(200, "", ours),
        call("ACK", 1, [], description.replace("sendrecv", "recvonly")),
        pause(200),
        call("BYE", 2),
        receiveResponse(200)
      ]
      assert.deepStrictEqual((yield* inbound("no offer", steps, answer)).slice(1), [
        "Answered recvonly",
        "Ended by them"
      ])
    })
  )
  it.live("with an odd spelling of its Content-Type", () =>
    Effect.gen(function* () {
      const odd = invite.replace("Content-Type: application/sdp", "c: Application/SDP;charset=utf-8")
      const steps = [odd, ...answered.slice(1), pause(100), call("BYE", 2), receiveResponse(200)]
      assert.deepStrictEqual((yield* inbound("odd", steps, answer)).slice(1), ["Answered sendrecv", "Ended by them"])
    })
  )
  it.live(
    "in compact forms, through two proxies told in one line, with an escaped name: each part comes back as it was",
    () =>
      Effect.gen(function* () {
        const odd = invite
          .replace(/^Via: (.*)$/m, "v: $1;Received=1.2.3.4 , SIP / 2.0 / UDP proxy.example : 5070 ;branch=z9hG4bKp")
          .replace(/^From: /m, 'f : "A \\"B\\" <c>; tag=no" ')
          .replace(/^To: /m, "t:")
          .replace(/^Call-ID: /m, "i: ")
          .replace(/^CSeq: 1 INVITE/m, "cSEQ:  1   INVITE")
          .replace(/^Contact: /m, "m: ")
          .replace("Content-Length", "l")
          .replace("Max-Forwards: 70", "Max-Forwards: 70\nsUpPoRtEd: x , 100rel,y")
        const back = [
          '<ereg regexp="Via: SIP / 2.0 / UDP proxy.example : 5070 ;branch=z9hG4bKp" search_in="msg" check_it="true" assign_to="5"/>',
          '<ereg regexp="A .*B.* &lt;c&gt;; tag=no" search_in="msg" check_it="true" assign_to="6"/>'
        ].join("")
        const steps = [
          odd,
          receiveResponse(100, 'optional="true"'),
          receiveResponse(180, "", back),
          receiveResponse(200, "", back),
          call("ACK", 1),
          pause(100),
          call("BYE", 2),
          receiveResponse(200)
        ]
        assert.deepStrictEqual(yield* inbound("compact", steps, answer), [
          "+4930123 calls agent",
          "Answered sendrecv",
          "Ended by them"
        ])
      })
  )
  const reliably = call("INVITE", 1, ["Supported: 100rel", "Require: 100rel"], description)
  const keepRseq =
    expects("Require", "100rel", 5) +
    '<ereg regexp="[0-9]+" search_in="hdr" header="RSeq:" check_it="true" assign_to="6"/>'
  it.live("that requires reliable ringing: its PRACK is taken, one for another is not known", () =>
    Effect.gen(function* () {
      const steps = [
        reliably,
        receiveResponse(100, 'optional="true"'),
        receiveResponse(180, "", keepRseq),
        // SIPp passes over what is repeated.
        pause(1_000),
        call("PRACK", 2, ["RAck: 0 1 INVITE"]),
        receiveResponse(481),
        call("PRACK", 3, ["RAck: [$6] 1 INVITE"]),
        receiveResponse(200, "", expects("CSeq", "3 PRACK", 7)),
        // Repeated no more: the next is the answer.
        receiveResponse(200, "", expects("CSeq", "1 INVITE", 8)),
        call("ACK", 1),
        pause(100),
        call("BYE", 4),
        receiveResponse(200)
      ]
      const late = (leg: InboundLeg) => Effect.andThen(Effect.sleep("3 seconds"), leg.answer(sdp(4_000)))
      assert.deepStrictEqual((yield* inbound("reliable", steps, late)).slice(1), ["Answered sendrecv", "Ended by them"])
    })
  )
  it.live("that requires reliable ringing, and is answered before its PRACK comes", () =>
    Effect.gen(function* () {
      const steps = [
        reliably,
        receiveResponse(100, 'optional="true"'),
        receiveResponse(180, "", keepRseq),
        receiveResponse(200),
        call("ACK", 1),
        call("PRACK", 2, ["RAck: [$6] 1 INVITE"]),
        receiveResponse(200),
        call("BYE", 3),
        receiveResponse(200)
      ]
      assert.deepStrictEqual((yield* inbound("at once", steps, answer)).slice(1), [
        "Answered sendrecv",
        "Ended by them"
      ])
    })
  )
  it.live("that requires what nobody knows: 420, and nobody is disturbed", () =>
    Effect.gen(function* () {
      const steps = [
        call("INVITE", 1, ["Require: nothing-we-know"], description),
        ...refused(420, expects("Unsupported", "nothing-we-know", 5)).slice(2, 3),
        call("ACK", 1, [], "", "[branch-2]")
      ]
      assert.deepStrictEqual(yield* inbound("require", steps, () => Effect.void), [])
    })
  )
})

describe("requests outside calls", () => {
  it.live("OPTIONS is answered, a BYE for no call is not known, a phone with the password is registered", () =>
    Effect.gen(function* () {
      const sip = yield* Sip
      const steps = [
        call("OPTIONS", 1),
        receiveResponse(200, "", expects("Allow", ".*INVITE.*", 5)),
        call("BYE", 2).replace("[peer_tag_param]", ";tag=none"),
        receiveResponse(481),
        registers(3),
        receiveResponse(401, 'auth="true"'),
        registers(4, ["[authentication username=agent password=phone]"]),
        receiveResponse(200, "", expects("Contact", ".*expires=600", 6))
      ]
      const far = yield* sipp("outside", steps, { remote: sip.address })
      const { code, errors } = yield* far.done
      assert.strictEqual(code, 0, errors)
      const [binding] = yield* sip.contactsOf("agent")
      assert.deepStrictEqual([binding.source, binding.uri], [far.address, `sip:agent@127.0.0.3:${far.address.port}`])
    }).pipe(Effect.scoped, Effect.provide(edge()))
  )
})

const registers = (cseq: number, headers: ReadonlyArray<string> = []) =>
  call("REGISTER", cseq, ["Expires: 600", ...headers])
    .replace("[peer_tag_param]", "")
    .replace("<sip:+4930123@[local_ip]:[local_port]>\nMax", "<sip:agent@[local_ip]:[local_port]>\nMax")

describe("session timers against SIPp", () => {
  const asking = (headers: ReadonlyArray<string>) => call("INVITE", 1, headers, description)
  it.live("a caller that requires them gets what it asks for", () =>
    Effect.gen(function* () {
      const terms = expects("Session-Expires", "^ *300;refresher=uac", 5) + expects("Require", " *timer", 6)
      const steps = [
        asking(["Require: timer", "Supported: timer", "Session-Expires: 300", "Min-SE: 90"]),
        ...progress,
        receiveResponse(200, "", terms),
        call("ACK", 1),
        call("UPDATE", 2, ["Supported: timer", "Session-Expires: 300;refresher=uac"]),
        receiveResponse(200, "", terms),
        call("BYE", 3),
        receiveResponse(200)
      ]
      assert.deepStrictEqual((yield* inbound("timer", steps, answer)).slice(1), ["Answered sendrecv", "Ended by them"])
    })
  )
  it.live("a caller that wants too short a time is told which would do", () =>
    Effect.gen(function* () {
      const steps = [asking(["Supported: timer", "Session-Expires: 60"]), ...refused(422, expects("Min-SE", " *90", 5))]
      assert.deepStrictEqual(yield* inbound("short", steps, answer), [])
    })
  )
})
