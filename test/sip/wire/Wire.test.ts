import { assert, describe, it } from "@effect/vitest"
import { headerValue, headerValues, parseText, type SipRequest } from "../../../src/sip/wire/message.ts"
import { replyTo } from "../../../src/sip/wire/reply.ts"
import { firstLines, openWire, ourRequest, responseTo, theirRequest, trunk } from "./harness.ts"

const request = (text: string): SipRequest => {
  const message = parseText(text)
  if (message.kind !== "request") throw new Error(`no request: ${JSON.stringify(message)}`)
  return message
}
/** At which moments something was sent again, in milliseconds from the start. */
const repeats = (method: string, provisionalAt = Infinity) => {
  const { wire, sent, receive } = openWire()
  wire.send(request(ourRequest(method)), trunk, 0)
  const times: Array<number> = []
  for (let now = 0; now <= 40_000; now += 50) {
    if (now === provisionalAt) receive(responseTo(method, 100), now)
    const before = sent.length
    wire.sweep(now)
    if (sent.length > before) times.push(now)
  }
  return times
}
const inviteAnd = (method: string, on = {}) => {
  const opened = openWire(on)
  opened.wire.send(request(ourRequest(method)), trunk, 0)
  return opened
}

describe("requests of ours", () => {
  it("an INVITE is repeated after 0.5, 1, 2 … s, for 32 s", () => {
    assert.deepStrictEqual(repeats("INVITE"), [500, 1_500, 3_500, 7_500, 15_500, 31_500])
  })
  it("any other request every 4 s at most, for 32 s", () => {
    assert.deepStrictEqual(repeats("BYE"), [500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500])
  })
  it("a provisional response stops an INVITE's repeats and slows the others to 4 s", () => {
    assert.deepStrictEqual(repeats("INVITE", 1_000), [500])
    assert.deepStrictEqual(repeats("BYE", 1_000), [500, 1_500, 5_500, 9_500, 13_500, 17_500, 21_500, 25_500, 29_500])
  })
  it("asks for the response at its own port and has a limit of hops", () => {
    const { sent } = inviteAnd("OPTIONS")
    const message = request(sent[0].text)
    assert.strictEqual(headerValue(message, "Via"), "SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKa1;rport")
    assert.strictEqual(headerValue(message, "Max-Forwards"), "70")
    assert.strictEqual(headerValue(message, "Content-Length"), "0")
  })
  it("a response is handed up once, however often it comes", () => {
    const { receive, responses, sweep, sent, wire } = inviteAnd("BYE")
    for (const now of [100, 200, 300]) receive(responseTo("BYE", 200), now)
    sweep(300, 40_000)
    assert.deepStrictEqual([responses.length, sent.length, wire.counters.duplicates, wire.size], [1, 1, 2, 0])
  })
  it("a response to nothing we asked, with a second Via or of another method is dropped", () => {
    const { receive, responses, wire } = inviteAnd("BYE")
    receive(responseTo("BYE", 200, "them", "z9hG4bKother"), 10)
    receive(responseTo("INVITE", 200), 10)
    receive(responseTo("BYE", 200).replace("Contact:", "Via: SIP/2.0/UDP 1.2.3.4;branch=z9\r\nContact:"), 10)
    assert.strictEqual(responses.length, 0)
    assert.deepStrictEqual([wire.counters.unknownResponses, wire.counters.malformed], [2, 1])
  })
  it("a CANCEL goes where its INVITE went, whatever address it is given", () => {
    const { sent, wire } = inviteAnd("INVITE")
    wire.send(request(ourRequest("CANCEL")), { host: "192.0.2.200", port: 9 }, 10)
    assert.deepStrictEqual(sent[1].to, trunk)
  })
})

describe("acknowledging", () => {
  it("a repeated failure gets the same ACK again and is not handed up", () => {
    const opened = inviteAnd("INVITE", {
      response: () => opened.wire.send(request(ourRequest("ACK", "z9hG4bKa1", ["X-Mark: mine"])), trunk, 0)
    })
    for (const now of [100, 600, 1_600]) opened.receive(responseTo("INVITE", 486), now)
    assert.strictEqual(opened.responses.length, 1)
    const acks = opened.sent.slice(1)
    assert.deepStrictEqual(
      acks.map(({ text }) => headerValue(request(text), "X-Mark")),
      ["mine", "mine", "mine"]
    )
  })
  it("a failure nobody acknowledges is acknowledged by the wire", () => {
    const { receive, sent } = inviteAnd("INVITE")
    receive(responseTo("INVITE", 503), 100)
    const ack = request(sent[1].text)
    assert.deepStrictEqual([ack.method, headerValue(ack, "CSeq"), sent[1].to], ["ACK", "1 ACK", trunk])
    assert.include(headerValue(ack, "Via"), "branch=z9hG4bKa1")
    assert.include(headerValue(ack, "To"), "tag=them")
  })
  it("a repeated answer gets its own ACK again; another fork's answer is handed up", () => {
    const opened = inviteAnd("INVITE", {
      response: (response: { readonly headers: ReadonlyArray<{ name: string; value: string }> }) => {
        const to = response.headers.find(({ name }) => name === "To")?.value ?? ""
        const ack = ourRequest("ACK", "z9hG4bKack").replace(/To: .*/, `To: ${to}`)
        opened.wire.send(request(ack), { host: "192.0.2.3", port: 5071 }, 0)
      }
    })
    opened.receive(responseTo("INVITE", 200, "one"), 100)
    opened.receive(responseTo("INVITE", 200, "two"), 110)
    opened.receive(responseTo("INVITE", 200, "one"), 600)
    assert.strictEqual(opened.responses.length, 2)
    const acks = opened.sent.slice(1)
    assert.deepStrictEqual(
      acks.map(({ text, to }) => [headerValue(request(text), "To")?.slice(-7), to.port]),
      [
        ["tag=one", 5071],
        ["tag=two", 5071],
        ["tag=one", 5071]
      ]
    )
    assert.strictEqual(opened.wire.counters.orphans, 0)
  })
})

describe("answers nobody wants", () => {
  const ended = (opened: ReturnType<typeof openWire>) =>
    opened.sent.slice(-2).map(({ text, to }) => [request(text).method, headerValue(request(text), "CSeq"), to.host])
  it("one that is not acknowledged when it is handed up is acknowledged and ended by its own route", () => {
    const opened = inviteAnd("INVITE")
    opened.receive(responseTo("INVITE", 200), 100)
    assert.deepStrictEqual(ended(opened), [
      ["ACK", "1 ACK", "192.0.2.88"],
      ["BYE", "2 BYE", "192.0.2.88"]
    ])
    const bye = request(opened.sent[2].text)
    assert.strictEqual(bye.uri, "sip:gw@192.0.2.1:5070")
    assert.deepStrictEqual(headerValues(bye, "Route"), ["<sip:192.0.2.88;lr>", "<sip:192.0.2.77;lr>"])
    assert.include(headerValue(bye, "To"), "tag=them")
    assert.strictEqual(opened.wire.counters.orphans, 1)
  })
  it("one that comes after 32 s of silence is not handed up, only ended; its BYE is repeated until answered", () => {
    const opened = inviteAnd("INVITE")
    opened.sweep(0, 60_000)
    const before = opened.sent.length
    opened.receive(responseTo("INVITE", 200), 60_000)
    opened.sweep(60_000, 62_000)
    assert.deepStrictEqual([opened.responses.length, opened.wire.counters.orphans], [0, 1])
    const methods = firstLines(opened.sent.slice(before)).map((line) => line.split(" ")[0])
    assert.deepStrictEqual(methods, ["ACK", "BYE", "BYE", "BYE"])
    opened.receive(responseTo("BYE", 200, "them", "z9hG4bKtoken2").replace("1 BYE", "2 BYE"), 62_000)
    opened.sweep(62_000, 90_000)
    assert.strictEqual(opened.sent.length, before + 4)
    assert.strictEqual(opened.responses.length, 0)
  })
  it("one whose handling throws is ended too, and the exception stays inside", () => {
    const opened = inviteAnd("INVITE", {
      response: () => {
        throw new Error("broken")
      }
    })
    opened.receive(responseTo("INVITE", 200), 100)
    assert.deepStrictEqual([opened.wire.counters.faults, opened.wire.counters.orphans], [1, 1])
    assert.strictEqual(opened.faults.length, 1)
  })
})

describe("requests of others", () => {
  it("are handed up once with the packet's source, and answered there", () => {
    const opened = openWire()
    const source = { host: "192.0.2.55", port: 40_001 }
    opened.receive(theirRequest("INFO"), 0, source)
    opened.receive(theirRequest("INFO"), 10, source)
    assert.strictEqual(opened.requests.length, 1)
    assert.strictEqual(
      headerValue(opened.requests[0], "Via"),
      "SIP/2.0/UDP 10.9.9.9:5060;branch=z9hG4bKb1;received=192.0.2.55;rport=40001"
    )
    assert.isFalse(opened.wire.isAnswered(opened.requests[0]))
    opened.wire.reply(opened.requests[0], 200, 20)
    assert.isTrue(opened.wire.isAnswered(opened.requests[0]))
    opened.receive(theirRequest("INFO"), 500, source)
    assert.deepStrictEqual(firstLines(opened.sent), ["SIP/2.0 200 OK", "SIP/2.0 200 OK"])
    assert.deepStrictEqual(opened.sent[1].to, source)
    assert.strictEqual(opened.sent[0].text, opened.sent[1].text)
  })
  it("a refused INVITE hears the refusal again until it acknowledges", () => {
    const opened = openWire()
    opened.receive(theirRequest("INVITE"), 0)
    opened.wire.reply(opened.requests[0], 500, 0)
    opened.sweep(0, 4_000)
    assert.strictEqual(opened.sent.length, 4)
    opened.receive(
      theirRequest("ACK").replace("To: <sip:outpace@192.0.2.9>", "To: <sip:outpace@192.0.2.9>;tag=x"),
      4_000
    )
    opened.sweep(4_000, 20_000)
    assert.deepStrictEqual([opened.sent.length, opened.requests.length], [4, 1])
  })
  it("a refusal never acknowledged is repeated every 4 s at most, and forgotten after 32 s", () => {
    const opened = openWire()
    opened.receive(theirRequest("INVITE"), 0)
    opened.wire.reply(opened.requests[0], 500, 0)
    opened.sweep(0, 60_000)
    assert.deepStrictEqual([opened.sent.length, opened.wire.size], [11, 0])
  })
  it("the first final response stands; a 2xx to INVITE may be repeated from above", () => {
    const opened = openWire()
    opened.receive(theirRequest("INVITE"), 0)
    const [invite] = opened.requests
    for (const status of [180, 200, 200, 500]) opened.wire.respond(replyTo(invite, status, "t"), 10)
    assert.deepStrictEqual(firstLines(opened.sent), ["SIP/2.0 180 ", "SIP/2.0 200 OK", "SIP/2.0 200 OK"])
    opened.receive(theirRequest("ACK", "z9hG4bKother"), 20)
    assert.strictEqual(opened.requests[1].method, "ACK")
  })
  it("a response to nothing we were asked goes nowhere", () => {
    const opened = openWire()
    opened.wire.respond(replyTo(request(theirRequest("OPTIONS")), 200, "t"), 0)
    assert.deepStrictEqual([opened.sent.length, opened.wire.counters.unaskedResponses], [0, 1])
  })
  it("one whose handling throws is answered 500", () => {
    const opened = openWire({
      request: () => {
        throw new TypeError("null")
      }
    })
    opened.receive(theirRequest("OPTIONS"), 0)
    assert.deepStrictEqual(firstLines(opened.sent), ["SIP/2.0 500 Server Internal Error"])
    assert.strictEqual(opened.wire.counters.faults, 1)
  })
  it.each([
    ["420 Bad Extension", theirRequest("INVITE", "z9hG4bK1", ["Require: 100rel, nothing-we-know"])],
    ["416 Unsupported URI Scheme", theirRequest("OPTIONS").replace("OPTIONS sip:", "OPTIONS tel:")],
    ["505 Version Not Supported", theirRequest("OPTIONS").replace("SIP/2.0\r\nVia", "SIP/7.0\r\nVia")],
    ["415 Unsupported Media Type", theirRequest("INVITE", "z9hG4bK2", ["Content-Type: text/plain"]) + "hello"],
    ["400 Bad Request", theirRequest("OPTIONS").replace("CSeq: 7 OPTIONS", "CSeq: 7 INVITE")],
    ["400 Bad Request", theirRequest("OPTIONS", "z9hG4bK3", ["Content-Length: 9999"])],
    ["400 Bad Request", theirRequest("INVITE").replace(/Contact: .*\r\n/, "")]
  ])("are refused with %s without being handed up", (expected, text) => {
    const opened = openWire()
    opened.receive(text, 0)
    opened.receive(text, 10)
    assert.deepStrictEqual(firstLines(opened.sent), [`SIP/2.0 ${expected}`, `SIP/2.0 ${expected}`])
    assert.strictEqual(opened.requests.length, 0)
    assert.deepStrictEqual(opened.sent[0].to, trunk)
  })
  it("names what is not supported", () => {
    const opened = openWire()
    opened.receive(theirRequest("INVITE", "z9hG4bK1", ["Require: timer", "Require: 100rel, path"]), 0)
    assert.match(opened.sent[0].text, /\r\nUnsupported: timer, path\r\n/)
  })
  it("an ACK is never answered, however wrong", () => {
    const opened = openWire()
    opened.receive(theirRequest("ACK", "z9hG4bK1", ["Require: timer", "Content-Length: 99"]), 0)
    assert.strictEqual(opened.sent.length, 0)
  })
})

describe("who may speak, and how much", () => {
  it("strangers get nothing, not even an error", () => {
    const opened = openWire()
    opened.receive(theirRequest("OPTIONS"), 0, { host: "203.0.113.1", port: 5060 })
    assert.deepStrictEqual([opened.requests.length, opened.sent.length, opened.wire.counters.strangers], [0, 0, 1])
  })
  it("a source over its rate is not heard until its tokens are back; its BYE always is", () => {
    const opened = openWire({}, ["192.0.2.1", "192.0.2.2"], 10)
    for (let i = 0; i < 50; i += 1) opened.receive(theirRequest("OPTIONS", `z9hG4bK${i}`), 0)
    assert.deepStrictEqual([opened.requests.length, opened.wire.counters.limited], [20, 30])
    opened.receive(theirRequest("BYE", "z9hG4bKbye"), 0)
    opened.receive(theirRequest("OPTIONS", "z9hG4bKx"), 0, { host: "192.0.2.2", port: 5060 })
    opened.receive(theirRequest("OPTIONS", "z9hG4bKy"), 100)
    opened.receive(theirRequest("OPTIONS", "z9hG4bKz"), 100)
    assert.deepStrictEqual(
      opened.requests.slice(20).map(({ method }) => method),
      ["BYE", "OPTIONS", "OPTIONS"]
    )
  })
  it("empty lines and STUN are keep-alives, noise is counted", () => {
    const opened = openWire()
    opened.receive("\r\n\r\n", 0)
    opened.wire.receive(Uint8Array.of(0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42), trunk, 0)
    opened.receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 0)
    assert.deepStrictEqual([opened.wire.counters.keepAlives, opened.wire.counters.malformed], [2, 1])
    assert.strictEqual(opened.sent.length, 0)
  })
})
