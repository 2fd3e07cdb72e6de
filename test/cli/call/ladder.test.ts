import { assert, describe, it } from "@effect/vitest"
import { Ladder } from "../../../src/cli/call/Ladder.ts"
import type { Address } from "../../../src/sip/wire/Address.ts"

const ours: Address = { host: "127.0.0.1", port: 5_060 }
const theirs: Address = { host: "198.51.100.10", port: 5_060 }
const bytesOf = (...lines: ReadonlyArray<string>): Uint8Array =>
  new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`)
const options = (cseq: number) =>
  bytesOf(
    "OPTIONS sip:carrier.example SIP/2.0",
    `Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK${cseq}`,
    "From: <sip:a@b>;tag=1",
    "To: <sip:c@d>",
    "Call-ID: x",
    `CSeq: ${cseq} OPTIONS`
  )
const answer = (status: string, ...headers: ReadonlyArray<string>) =>
  bytesOf(
    `SIP/2.0 ${status}`,
    "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1",
    "From: <sip:a@b>;tag=1",
    "To: <sip:c@d>;tag=2",
    "Call-ID: x",
    "CSeq: 1 OPTIONS",
    ...headers
  )

type Datagram = readonly [direction: "sent" | "received", bytes: Uint8Array, peer?: Address]
const ladder = (datagrams: ReadonlyArray<Datagram>, unicode = true): ReadonlyArray<string> => {
  const rungs = new Ladder(ours, (host) => host === theirs.host, unicode)
  return datagrams.flatMap(([direction, bytes, peer = theirs], at) =>
    rungs.linesOf({ direction, bytes, peer, atMillis: 0 }, at * 500)
  )
}

describe("a ladder of SIP messages", () => {
  it("has an arrow for each, with what is worth knowing, and tells repetitions", () => {
    const lines = ladder([
      ["sent", options(1)],
      ["sent", options(1)],
      ["received", answer("503 Service Unavailable", "Retry-After: 30", 'Reason: Q.850;cause=42;text="x"')],
      ["sent", options(2)]
    ])
    assert.deepStrictEqual(lines, [
      "          127.0.0.1:5060                198.51.100.10:5060",
      "   0.000  │── OPTIONS ──────────────────────────────────▶│",
      "   0.500  │── OPTIONS ──────────────────────────────────▶│ again",
      "   1.000  │◀────────────────── 503 Service Unavailable ──│ cause 42, Retry-After 30",
      "   1.500  │── OPTIONS ──────────────────────────────────▶│"
    ])
  })
  it("names every other address, and those nobody listens to", () => {
    const stranger = { host: "192.0.2.99", port: 6_000 }
    assert.deepStrictEqual(
      ladder([
        ["sent", options(1)],
        ["received", options(7), stranger],
        ["sent", options(2)]
      ]),
      [
        "          127.0.0.1:5060                198.51.100.10:5060",
        "   0.000  │── OPTIONS ──────────────────────────────────▶│",
        "          127.0.0.1:5060                   192.0.2.99:6000",
        "   0.500  │◀────────────────────────────────── OPTIONS ──│ not in sip.peers: not heard",
        "          127.0.0.1:5060                198.51.100.10:5060",
        "   1.000  │── OPTIONS ──────────────────────────────────▶│"
      ]
    )
  })
  it("shows what is no SIP, and leaves out what only keeps a way open", () => {
    assert.deepStrictEqual(
      ladder([
        ["received", new TextEncoder().encode("hello there")],
        ["received", new TextEncoder().encode("\r\n\r\n")],
        ["received", Uint8Array.of(0, 1, 0, 0, 0x21, 0x12)]
      ]).slice(1),
      ["   0.000  │◀───────────────────────── 11 bytes, no SIP ──│ no empty line after the headers"]
    )
  })
  it("cuts long phrases, and does with plain characters", () => {
    const long = answer(`486 ${"Busy ".repeat(20)}`)
    assert.deepStrictEqual(ladder([["received", long]], false).slice(1), [
      "   0.000  |<----------- 486 Busy Busy Busy Busy Busy … --|"
    ])
  })
})
