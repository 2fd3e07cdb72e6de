import { assert, describe, it } from "@effect/vitest"
import type { LegEvent } from "../../../src/sip/Leg.ts"
import { SipEdge } from "../../../src/sip/SipEdge.ts"
import type { SipjsLeg } from "../../../src/sip/sipjs/SipjsLeg.ts"
import { parseNameAddress } from "../../../src/sip/wire/headers.ts"
import {
  formatMessage,
  headerValue,
  headerValues,
  parseText,
  type SipMessage,
  type SipRequest
} from "../../../src/sip/wire/message.ts"
import { parseVia } from "../../../src/sip/wire/via.ts"
import { sdp } from "./pair.ts"
import { reply } from "./Scripted.ts"

const encoder = new TextEncoder()
const far = { host: "127.0.0.11", port: 5_060 }

/** Rewrites the head of a message, line by line; the body stays. */
const eachLine =
  (rewrite: (name: string, value: string) => string) =>
  (text: string): string => {
    const [head, ...body] = text.split("\r\n\r\n")
    const [first, ...lines] = head.split("\r\n")
    const written = lines.map((line) => {
      const colon = line.indexOf(":")
      return rewrite(line.slice(0, colon), line.slice(colon + 1).trim())
    })
    return [[first, ...written].join("\r\n"), ...body].join("\r\n\r\n")
  }
const compact: Readonly<Record<string, string>> = {
  ...{ Via: "v", From: "f", To: "t", "Call-ID": "i", Contact: "m", Supported: "k" },
  ...{ "Content-Type": "c", "Content-Length": "l", "Session-Expires": "x" }
}
const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter, at: number) => (at % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase()))
const isAddress = (name: string): boolean => name === "From" || name === "To"

/** Legal ways to write a message that few send (RFC 3261 §7.3 and §25.1). */
const spellings: Readonly<Record<string, (text: string) => string>> = {
  "compact names": eachLine((name, value) => `${compact[name] ?? name}: ${value}`),
  "names in any case": eachLine((name, value) => `${swapCase(name)}:${value}`),
  "space around the colon": eachLine((name, value) => `${name} \t :  ${value}  `),
  "folded lines": eachLine((name, value) => `${name}:\r\n ${value.replaceAll(/;(?![^<]*>)/g, "\r\n\t;")}`),
  "space around separators": eachLine((name, value) => {
    if (name === "CSeq") return `${name}: ${value.replace(" ", "   \t")}`
    if (name !== "Via" && !isAddress(name) && name !== "Contact") return `${name}: ${value}`
    const [first, ...parameters] = value.split(/;(?![^<]*>)/)
    const spaced = parameters.map((parameter) => parameter.replace("=", " =\t"))
    return `${name}: ${[first.replace(/SIP\/2\.0\/UDP/, "SIP / 2.0 / UDP "), ...spaced].join(" ; ")}`
  }),
  "parameters in any case": eachLine((name, value) =>
    isAddress(name)
      ? `${name}: ${value.replace(/;tag=/, ";TaG=")}`
      : `${name}: ${value.replace(/;branch=/, ";BRANCH=")}`
  ),
  "unknown parameters": eachLine((name, value) =>
    isAddress(name) || name === "Contact" || name === "Via"
      ? `${name}: ${value};x-flag;x-quoted="a;b,c\\"<d>";x-token=%41`
      : `${name}: ${value}`
  ),
  "quoted names with escapes": eachLine((name, value) =>
    isAddress(name) || name === "Contact"
      ? `${name}: "Anna \\"the <sip:nobody@127.0.0.99>\\" \\\\ Bell; tag=no, Jr" ${value}`
      : `${name}: ${value}`
  ),
  "names without quotes, in UTF-8": eachLine((name, value) =>
    isAddress(name) ? `${name}: ${name === "From" ? "Anna  Maria Bell" : '"Jürgen Ä"'} ${value}` : `${name}: ${value}`
  ),
  "unknown headers": (text) => text.replace("\r\n", '\r\nX-Odd: a, b;c="d\r\n e"\r\nSubject:\r\nDate: now\r\n'),
  "several of all of these": (text) =>
    ["unknown parameters", "quoted names with escapes", "space around the colon", "folded lines"].reduce(
      (written, kind) => spellings[kind](written),
      text
    )
}

/** An edge whose far end writes all its messages in one of these ways. Everything takes no time. */
class Odd {
  now = 0
  readonly sent: Array<SipMessage> = []
  readonly faults: Array<unknown> = []
  readonly events: Array<string> = []
  readonly edge: SipEdge
  readonly #spell: (text: string) => string

  constructor(spell: (text: string) => string) {
    this.#spell = spell
    this.edge = new SipEdge(
      {
        transmit: (text) => {
          const message = parseText(text)
          if (message.kind === "malformed") throw new Error(message.problem)
          this.sent.push(message)
        },
        lookUp: () => false,
        inbound: () => true,
        fault: (error) => this.faults.push(error)
      },
      {
        contact: { host: "127.0.0.1", port: 5_080 },
        peers: ["127.0.0.0/8"],
        requestsPerSecond: 1_000,
        phones: { realm: "r", digests: [], passwordOf: () => undefined }
      },
      0
    )
  }

  says(message: SipMessage): void {
    this.edge.receive(encoder.encode(this.#spell(formatMessage(message))), far, this.now)
  }

  readonly listen = (event: LegEvent): void => {
    this.events.push(event._tag)
  }

  /** The last request of a method, or the last response to one. */
  last(method: string): SipRequest {
    const found = this.sent.findLast((message) => message.kind === "request" && message.method === method)
    if (found?.kind !== "request") throw new Error(`no ${method}`)
    return found
  }
  statusOf(method: string): number | undefined {
    const found = this.sent.findLast(
      (message) => message.kind === "response" && headerValue(message, "CSeq")?.endsWith(method) === true
    )
    return found?.kind === "response" ? found.status : undefined
  }
}

/** A request of the far end's. */
const request = (method: string, cseq: number, from: string, to: string, more: SipRequest["headers"] = [], body = "") =>
  ({
    kind: "request",
    method,
    uri: "sip:outpace@127.0.0.1:5080",
    version: "SIP/2.0",
    headers: [
      { name: "Via", value: `SIP/2.0/UDP 127.0.0.11:5060;branch=z9hG4bKfar${method}${cseq}` },
      { name: "Max-Forwards", value: "70" },
      { name: "From", value: from },
      { name: "To", value: to },
      { name: "Call-ID", value: "far-call" },
      { name: "CSeq", value: `${cseq} ${method}` },
      { name: "Contact", value: "<sip:far@127.0.0.11;line=AbC>" },
      ...more
    ],
    body
  }) satisfies SipRequest
const isSdp = [{ name: "Content-Type", value: "application/sdp" }]
const tagOf = (value: string | undefined) => parseNameAddress(value ?? "")?.parameters.get("tag")

describe.each(Object.keys(spellings))("a far end that writes legally, but oddly: %s", (kind) => {
  it("is called: rings, answers over two proxies, and hangs up", () => {
    const odd = new Odd(spellings[kind])
    const leg: SipjsLeg = odd.edge.place(
      { to: "sip:+4930123@127.0.0.11", from: "sip:+4930999@outpace.example", sdp: sdp(4_000) },
      (one) => one.listen(odd.listen),
      0
    )
    const invite = odd.last("INVITE")
    const contact = { Contact: "<sip:far@127.0.0.11;line=AbC>" }
    odd.says(reply(invite, 180, contact))
    const routes = { "Record-Route": '<sip:a@127.0.0.11;lr>, "B, <b>" <sip:b@127.0.0.11;lr>;x=1' }
    odd.says(reply(invite, 200, { ...contact, ...routes, "Content-Type": "application/sdp" }, sdp(6_000)))
    const ack = odd.last("ACK")
    assert.strictEqual(ack.uri, "sip:far@127.0.0.11;line=AbC")
    const uris = headerValues(ack, "Route").map((route) => parseNameAddress(route)?.uri)
    assert.deepStrictEqual(uris, ["sip:b@127.0.0.11;lr", "sip:a@127.0.0.11;lr"])
    assert.strictEqual(tagOf(headerValue(ack, "To")), "far")
    const from = headerValue(ack, "To") ?? ""
    const to = headerValue(invite, "From") ?? ""
    const bye = request("BYE", 7, from, to)
    const headers = bye.headers.map((header) =>
      header.name === "Call-ID" ? { name: "Call-ID", value: leg.id } : header
    )
    odd.says({ ...bye, headers })
    assert.strictEqual(odd.statusOf("BYE"), 200)
    assert.deepStrictEqual(odd.events, ["Ringing", "Answered", "Ended"])
    assert.deepStrictEqual(odd.faults, [])
  })
  it("calls us: is answered, asks for a hold, is asked back, and is hung up", () => {
    const odd = new Odd(spellings[kind])
    const [caller, us] = ["<sip:+4930123@127.0.0.11>;tag=caller", "<sip:agent@127.0.0.1>"]
    odd.says(request("INVITE", 1, caller, us, isSdp, sdp(6_000)))
    const [leg] = odd.edge.legs.values()
    assert.strictEqual(parseNameAddress(leg.caller)?.uri, "sip:+4930123@127.0.0.11")
    leg.listen(odd.listen)
    odd.edge.command(() => leg.accept(sdp(4_000)), 0)
    assert.strictEqual(odd.statusOf("INVITE"), 200)
    const answer = odd.sent.findLast(({ kind }) => kind === "response")
    const [via] = headerValues(answer as SipMessage, "Via")
    assert.deepInclude(parseVia(via), { host: "127.0.0.11", port: 5_060 })
    assert.strictEqual(parseVia(via)?.parameters.get("branch"), "z9hG4bKfarINVITE1")
    const within = headerValue(answer as SipMessage, "To") ?? ""
    odd.says(request("ACK", 1, caller, within))
    odd.says(request("INVITE", 2, caller, within, isSdp, sdp(6_000, "sendonly")))
    odd.says(request("ACK", 2, caller, within))
    odd.edge.command(() => leg.hangUp(), 0)
    const bye = odd.last("BYE")
    assert.deepStrictEqual([bye.uri, tagOf(headerValue(bye, "To"))], ["sip:far@127.0.0.11;line=AbC", "caller"])
    odd.says(reply(bye, 200))
    assert.deepStrictEqual(odd.events, ["Answered", "Reoffered", "Ended"])
    assert.deepStrictEqual(odd.faults, [])
  })
})

describe("IPv6, which is not served", () => {
  const v6 = "<sip:far@[2001:db8::1]:5060>"
  it("in the Contact of an answer: what follows goes to where the call went, and so it can be ended", () => {
    const odd = new Odd((text) => text)
    const leg: SipjsLeg = odd.edge.place(
      { to: "sip:+4930123@127.0.0.11", from: "sip:+4930999@outpace.example", sdp: sdp(4_000) },
      (one) => one.listen(odd.listen),
      0
    )
    odd.says(reply(odd.last("INVITE"), 200, { Contact: v6, "Content-Type": "application/sdp" }, sdp(6_000)))
    assert.strictEqual(odd.last("ACK").uri, "sip:far@[2001:db8::1]:5060")
    odd.edge.command(() => leg.hangUp(), 0)
    odd.says(reply(odd.last("BYE"), 200))
    assert.deepStrictEqual([odd.events, odd.faults], [["Answered", "Ended"], []])
  })
  it("in the Contact and the Via of a call to us: the same", () => {
    const odd = new Odd((text) => text.replaceAll("UDP 127.0.0.11:5060", "UDP [2001:db8::1]:5060"))
    const [caller, us] = ["<sip:+4930123@[2001:db8::1]>;tag=caller", "<sip:agent@127.0.0.1>"]
    const invite = request("INVITE", 1, caller, us, isSdp, sdp(6_000))
    const headers = invite.headers.map((header) =>
      header.name === "Contact" ? { name: "Contact", value: v6 } : header
    )
    odd.says({ ...invite, headers })
    const [leg] = odd.edge.legs.values()
    leg.listen(odd.listen)
    odd.edge.command(() => leg.accept(sdp(4_000)), 0)
    const answer = odd.sent.findLast(({ kind }) => kind === "response") as SipMessage
    odd.says(request("ACK", 1, caller, headerValue(answer, "To") ?? ""))
    odd.edge.command(() => leg.hangUp(), 0)
    odd.says(reply(odd.last("BYE"), 200))
    assert.deepStrictEqual([odd.events, odd.faults], [["Answered", "Ended"], []])
  })
})
