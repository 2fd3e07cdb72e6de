import { assert, describe, it } from "@effect/vitest"
import { type CallChange, endingOf, type KeptCall } from "../../../src/sip/kept/KeptCalls.ts"
import type { Call, Credentials } from "../../../src/sip/Leg.ts"
import {
  formatMessage,
  headerValue,
  headerValues,
  type SipMessage,
  type SipRequest
} from "../../../src/sip/wire/message.ts"
import { branchOf, topVia } from "../../../src/sip/wire/via.ts"
import { sdp } from "../pair/pair.ts"
import { digestProblem, reply, Scripted } from "../pair/Scripted.ts"

const first = { host: "127.0.0.11", port: 5_060 }
const second = { host: "127.0.0.12", port: 5_060 }
const password = { user: "u", password: "p" }
const call: Call = {
  to: "sip:+4930123@trunk.example",
  from: "sip:+4930999@outpace.example",
  sdp: sdp(4_000),
  trunk: "north",
  credentials: password
}
type Answer = (request: SipRequest, to: string) => ReadonlyArray<SipMessage>
const answerOf = (request: SipRequest, headers: Readonly<Record<string, string>> = {}) =>
  reply(request, 200, { Contact: "<sip:far@127.0.0.11>", "Content-Type": "application/sdp", ...headers }, sdp(6_000))
const branch = (message: SipMessage): string => branchOf(topVia(message)!)
const cseq = (request: SipRequest): number => Number(headerValue(request, "CSeq")?.split(" ")[0])

/** One process, and what it has kept. `changes` are the first words of what it keeps. */
const process = (answer: Answer) => {
  const kept = new Map<string, KeptCall>()
  const changes: Array<string> = []
  const callChanged = (change: CallChange): void => {
    changes.push(change.kind === "over" ? "over" : change.message.split(" ").slice(0, 2).join(" "))
    if (change.kind === "kept") kept.set(change.id, change)
    else kept.delete(change.id)
  }
  const scripted = new Scripted({ callChanged })
  scripted.names.set("trunk.example", [first, second])
  scripted.answer = answer
  const only = (): KeptCall => {
    assert.strictEqual(kept.size, 1)
    return [...kept.values()][0]
  }
  return { scripted, changes, only }
}
const placed = (answer: Answer) => {
  const one = process(answer)
  const leg = one.scripted.edge.place(call, () => {}, 0)
  one.scripted.run(2_000)
  return { ...one, leg }
}

/** Another process ends a call: the final status, and what was sent. */
const ended = (kept: KeptCall, answer: Answer, credentials?: Credentials) => {
  const scripted = new Scripted()
  scripted.answer = answer
  const statuses: Array<number> = []
  const ending = endingOf(kept)
  assert.isDefined(ending)
  scripted.edge.endKept(ending, credentials, (status) => statuses.push(status), 0)
  scripted.run(700_000)
  assert.deepStrictEqual(scripted.faults, [])
  assert.strictEqual(scripted.edge.status.heldCount, 0)
  return { scripted, statuses }
}

describe("a call of ours that rings", () => {
  it("is ended by CANCEL: of the INVITE that left last, where that went (RFC 3261 §9.1)", () => {
    const { only, scripted } = placed((request, to) =>
      request.method === "INVITE" ? [reply(request, to === "127.0.0.11:5060" ? 503 : 180)] : []
    )
    const invites = scripted.requestsOf("INVITE")
    assert.strictEqual(invites.length, 2)
    const { scripted: next, statuses } = ended(only(), (request) =>
      request.method === "CANCEL" ? [reply(request, 200), reply(invites[1], 487)] : []
    )
    assert.deepStrictEqual(statuses, [200])
    assert.deepStrictEqual(next.requests, ["0 CANCEL 127.0.0.12:5060", "20 ACK 127.0.0.12:5060"])
    const [cancel] = next.requestsOf("CANCEL")
    assert.strictEqual(branch(cancel), branch(invites[1]))
    for (const name of ["From", "To", "Call-ID"]) {
      assert.strictEqual(headerValue(cancel, name), headerValue(invites[1], name))
    }
    assert.deepStrictEqual([cancel.uri, cseq(cancel)], [invites[1].uri, cseq(invites[1])])
    assert.notInclude(only().message, "Authorization")
  })
  it("is ended by ACK and BYE when it is answered all the same, with the trunk's credentials", () => {
    const { only, scripted } = placed((request) => (request.method === "INVITE" ? [reply(request, 180)] : []))
    const [invite] = scripted.requestsOf("INVITE")
    const { scripted: next, statuses } = ended(
      only(),
      (request) => {
        if (request.method === "CANCEL") return [reply(request, 200), answerOf(invite)]
        if (request.method !== "BYE") return []
        const problem = digestProblem(request, "Proxy-Authorization", { ...password, realm: "r", nonce: "n" })
        return [
          reply(request, problem === undefined ? 200 : 407, { "Proxy-Authenticate": 'Digest realm="r", nonce="n"' })
        ]
      },
      password
    )
    assert.deepStrictEqual(statuses, [200])
    assert.deepStrictEqual(
      next.requests.map((line) => line.split(" ")[1]),
      ["CANCEL", "ACK", "BYE", "BYE"]
    )
  })
  it("is kept no more when it has failed or was taken back", () => {
    const { changes } = placed((request) => (request.method === "INVITE" ? [reply(request, 486)] : []))
    assert.deepStrictEqual(changes, ["CANCEL sip:+4930123@trunk.example", "over"])
  })
})

describe("a call of ours that is up", () => {
  const routes = { "Record-Route": "<sip:127.0.0.22;lr>, <sip:127.0.0.21;lr>" }
  const up = (more: Answer = () => []) =>
    placed((request, to) => (request.method === "INVITE" ? [answerOf(request, routes)] : more(request, to)))

  it("is ended by BYE in its dialog: tags, target, and the route set from the far end on (RFC 3261 §12.2.1.1)", () => {
    const { only, scripted } = up()
    const [invite] = scripted.requestsOf("INVITE")
    assert.strictEqual(only().trunk, "north")
    const { scripted: next, statuses } = ended(only(), (request) => [reply(request, 200)])
    assert.deepStrictEqual(statuses, [200])
    assert.deepStrictEqual(next.requests, ["0 BYE 127.0.0.21:5060"])
    const [bye] = next.requestsOf("BYE")
    assert.strictEqual(bye.uri, "sip:far@127.0.0.11")
    assert.deepStrictEqual(headerValues(bye, "Route"), ["<sip:127.0.0.21;lr>", "<sip:127.0.0.22;lr>"])
    assert.strictEqual(headerValue(bye, "From"), headerValue(invite, "From"))
    assert.strictEqual(headerValue(bye, "To"), `${headerValue(invite, "To")};tag=far`)
    assert.strictEqual(headerValue(bye, "Call-ID"), headerValue(invite, "Call-ID"))
    assert.strictEqual(cseq(bye), cseq(invite) + 100_000)
  })
  it("is ended though the BYE is challenged: once more, counted on, with the credentials of its trunk", () => {
    let serial = 0
    const told: Array<string> = []
    const { scripted: next, statuses } = ended(
      up().only(),
      (request) => {
        const given = { ...password, realm: "r", nonce: `n${serial}` }
        const problem = digestProblem(request, "Authorization", given)
        told.push(problem ?? "right")
        serial += 1
        const challenge = { "WWW-Authenticate": `Digest realm="r", nonce="n${serial}", qop="auth", algorithm=SHA-256` }
        return [problem === undefined ? reply(request, 200) : reply(request, 401, challenge)]
      },
      password
    )
    assert.deepStrictEqual([statuses, told], [[200], ["no Authorization", "right"]] as unknown)
    const [asked, given] = next.requestsOf("BYE")
    assert.strictEqual(cseq(given), cseq(asked) + 1)
    assert.notStrictEqual(branch(given), branch(asked))
  })
  it("tells what the far end says: known no more, refused, or nothing within 32 s though asked again and again", () => {
    const { only } = up()
    assert.deepStrictEqual(ended(only(), (request) => [reply(request, 481)]).statuses, [481])
    assert.deepStrictEqual(ended(only(), (request) => [reply(request, 403)]).statuses, [403])
    const silent = ended(only(), () => [])
    assert.deepStrictEqual(silent.statuses, [408])
    assert.strictEqual(silent.scripted.requests.length, 11)
  })
  it("is asked where the far end is by now", () => {
    const { changes, only, scripted } = up()
    const bye = endingOf(only())?.message
    assert.isDefined(bye)
    const update: SipMessage = {
      kind: "request",
      method: "UPDATE",
      uri: "sip:outpace@127.0.0.1:5080",
      version: "SIP/2.0",
      headers: [
        { name: "Via", value: "SIP/2.0/UDP 127.0.0.11:5060;branch=z9hG4bKu" },
        { name: "Max-Forwards", value: "70" },
        { name: "From", value: headerValue(bye, "To") ?? "" },
        { name: "To", value: headerValue(bye, "From") ?? "" },
        { name: "Call-ID", value: headerValue(bye, "Call-ID") ?? "" },
        { name: "CSeq", value: "7 UPDATE" },
        { name: "Contact", value: "<sip:moved@127.0.0.13:5070>" }
      ],
      body: ""
    }
    scripted.inject(update, first)
    scripted.run(1_000)
    assert.deepStrictEqual(changes.slice(-1), ["BYE sip:moved@127.0.0.13:5070"])
    // Nobody who does not know the call moves it.
    scripted.inject(
      {
        ...update,
        headers: update.headers.map((one) =>
          one.name === "From"
            ? { name: "From", value: "<sip:a@b>;tag=other" }
            : one.name === "Contact"
              ? { name: "Contact", value: "<sip:x@127.0.0.14>" }
              : one
        )
      },
      first
    )
    scripted.run(1_000)
    assert.strictEqual(changes.at(-1), "BYE sip:moved@127.0.0.13:5070")
  })
  it("is kept no more when it is over, whoever ended it", () => {
    const { changes, leg, scripted } = up((request) => (request.method === "BYE" ? [reply(request, 200)] : []))
    scripted.edge.command(() => leg.hangUp(), scripted.now)
    scripted.run(1_000)
    assert.deepStrictEqual(changes, ["CANCEL sip:+4930123@trunk.example", "BYE sip:far@127.0.0.11", "over"])
  })
})

describe("a kept call that cannot be read", () => {
  const kept: KeptCall = { id: "c", trunk: null, address: "127.0.0.11:5060", message: "BYE sip:a@b SIP/2.0\r\n\r\n" }
  it("has no ending", () => {
    assert.isDefined(endingOf(kept))
    for (const wrong of [{ message: "BYE" }, { message: "" }, { address: "north.example:5060" }, { address: "" }]) {
      assert.isUndefined(endingOf({ ...kept, ...wrong }))
    }
  })
})

describe("an answer to an INVITE nobody knows of", () => {
  const via = "SIP/2.0/UDP 127.0.0.1:5080;branch=z9hG4bKold;rport=5080"
  const stray = (changed: Readonly<Record<string, string>> = {}): SipMessage => ({
    kind: "response",
    status: 200,
    reason: "OK",
    headers: Object.entries({
      Via: via,
      From: "<sip:+4930999@outpace.example>;tag=us",
      To: "<sip:+4930123@trunk.example>;tag=them",
      "Call-ID": "old-call",
      CSeq: "5 INVITE",
      Contact: "<sip:far@127.0.0.11>",
      ...changed
    }).map(([name, value]) => ({ name, value })),
    body: ""
  })
  const sent = (...answers: ReadonlyArray<SipMessage>) => {
    const scripted = new Scripted()
    scripted.answer = (request) => (request.method === "BYE" ? [reply(request, 200)] : [])
    for (const answer of answers) {
      scripted.inject(answer, first)
      scripted.run(500)
    }
    scripted.run(100_000)
    assert.deepStrictEqual([scripted.faults, scripted.edge.status.heldCount], [[], 0] as unknown)
    return scripted
  }
  it("is acknowledged as often as it comes, and ended once", () => {
    const scripted = sent(stray(), stray())
    assert.deepStrictEqual(scripted.requests, [
      "20 ACK 127.0.0.11:5060",
      "20 BYE 127.0.0.11:5060",
      "520 ACK 127.0.0.11:5060"
    ])
    const [bye] = scripted.requestsOf("BYE")
    assert.include(formatMessage(bye), "To: <sip:+4930123@trunk.example>;tag=them\r\n")
    assert.strictEqual(cseq(bye), 6)
  })
  it("is left alone when it went to another, answers something else, or would lead us to a stranger", () => {
    const others = [
      stray({ Via: via.replace(":5080;", ":5090;") }),
      stray({ CSeq: "5 OPTIONS" }),
      stray({ Contact: "<sip:far@192.0.2.1>" }),
      stray({ "Record-Route": "<sip:192.0.2.1;lr>" })
    ]
    for (const other of others) assert.deepStrictEqual(sent(other).requests, [])
  })
  it("is left alone when its sender is over its rate", () => {
    const scripted = new Scripted({ requestsPerSecond: 1 })
    for (const call of ["a", "b", "c", "d"]) {
      scripted.inject(stray({ "Call-ID": call, Via: via.replace("z9hG4bKold", `z9hG4bK${call}`) }), first)
    }
    scripted.run(100)
    assert.deepStrictEqual(
      scripted.requestsOf("BYE").map((bye) => headerValue(bye, "Call-ID")),
      ["a", "b"]
    )
    assert.strictEqual(scripted.edge.status.counters.limited, 2)
  })
  it("is left alone while its call is up", () => {
    const { leg, scripted } = placed((request) => (request.method === "INVITE" ? [answerOf(request)] : []))
    scripted.run(60_000)
    const [invite] = scripted.requestsOf("INVITE")
    const before = scripted.requests.length
    scripted.inject(answerOf(invite), first)
    scripted.run(5_000)
    assert.strictEqual(scripted.requests.length, before)
    assert.isTrue(leg.machine.isUp)
  })
})
