import type { Address } from "../../../src/sip/wire/Address.ts"
import type { SipRequest, SipResponse } from "../../../src/sip/wire/message.ts"
import { PeerList } from "../../../src/sip/wire/PeerList.ts"
import { Wire, type WirePort } from "../../../src/sip/wire/Wire.ts"

const encoder = new TextEncoder()
export const trunk: Address = { host: "192.0.2.1", port: 5060 }

export interface Sent {
  readonly text: string
  readonly to: Address
}

/** A wire with its surroundings recorded; `on` may react to what is handed up. */
export const openWire = (on: Partial<WirePort> = {}, peers = ["192.0.2.0/24"], requestsPerSecond = 100) => {
  const sent: Array<Sent> = []
  const requests: Array<SipRequest> = []
  const responses: Array<SipResponse> = []
  const faults: Array<unknown> = []
  let tokens = 0
  const wire = new Wire(
    {
      transmit: (text, to) => sent.push({ text, to }),
      request: (request, source) => {
        requests.push(request)
        on.request?.(request, source)
      },
      response: (response, source) => {
        responses.push(response)
        on.response?.(response, source)
      },
      stray: (answer, source) => on.stray?.(answer, source),
      fault: (error) => faults.push(error)
    },
    {
      peers: new PeerList(peers),
      requestsPerSecond,
      extensions: new Set(["100rel"]),
      newToken: () => `token${(tokens += 1)}`
    }
  )
  const receive = (text: string, now: number, source: Address = trunk) =>
    wire.receive(encoder.encode(text), source, now)
  /** Runs the sweep every 50 ms from one moment to another. */
  const sweep = (from: number, to: number) => {
    for (let now = from; now <= to; now += 50) wire.sweep(now)
  }
  return { wire, sent, requests, responses, faults, receive, sweep }
}

/** The first lines of what was sent, and to whom. */
export const firstLines = (sent: ReadonlyArray<Sent>) => sent.map(({ text }) => text.split("\r\n")[0])

export const head = (...lines: ReadonlyArray<string>) => `${lines.join("\r\n")}\r\n\r\n`

export const ourRequest = (method: string, branch = "z9hG4bKa1", extra: ReadonlyArray<string> = []) =>
  head(
    `${method} sip:+4930123@192.0.2.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 192.0.2.9:5060;branch=${branch}`,
    "From: <sip:outpace@192.0.2.9>;tag=us",
    `To: <sip:+4930123@192.0.2.1>${method === "INVITE" || method === "CANCEL" ? "" : ";tag=them"}`,
    "Call-ID: call-1",
    `CSeq: 1 ${method}`,
    ...extra
  )

export const responseTo = (method: string, status: number, tag = "them", branch = "z9hG4bKa1", body = "") =>
  head(
    `SIP/2.0 ${status} Whatever`,
    `Via: SIP/2.0/UDP 192.0.2.9:5060;branch=${branch};rport=5060`,
    "From: <sip:outpace@192.0.2.9>;tag=us",
    `To: <sip:+4930123@192.0.2.1>;tag=${tag}`,
    "Call-ID: call-1",
    `CSeq: 1 ${method}`,
    "Contact: <sip:gw@192.0.2.1:5070>",
    "Record-Route: <sip:192.0.2.77;lr>, <sip:192.0.2.88;lr>"
  ) + body

export const theirRequest = (method: string, branch = "z9hG4bKb1", extra: ReadonlyArray<string> = []) =>
  head(
    `${method} sip:outpace@192.0.2.9 SIP/2.0`,
    `Via: SIP/2.0/UDP 10.9.9.9:5060;rport;branch=${branch}`,
    "From: <sip:+4930123@192.0.2.1>;tag=them",
    "To: <sip:outpace@192.0.2.9>",
    "Call-ID: call-2",
    `CSeq: 7 ${method}`,
    "Contact: <sip:gw@192.0.2.1:5070>",
    "Max-Forwards: 70",
    ...extra
  )
