import { assert, describe, it } from "@effect/vitest"
import { headerName, parseNameAddress, splitOutside, uriTarget, uriUser } from "../../../src/sip/wire/headers.ts"
import { formatMessage, headerValues, parseMessage, parseText } from "../../../src/sip/wire/message.ts"
import { PeerList } from "../../../src/sip/wire/PeerList.ts"
import { parseVia } from "../../../src/sip/wire/via.ts"

describe("headers", () => {
  it("have one spelling, compact forms included", () => {
    assert.deepStrictEqual(
      ["v", "i", "CALL-ID", "cseq", "p-asserted-identity", "WWW-authenticate", "RSEQ", "x"].map(headerName),
      ["Via", "Call-ID", "Call-ID", "CSeq", "P-Asserted-Identity", "WWW-Authenticate", "RSeq", "Session-Expires"]
    )
  })
  it("split only outside quotes and brackets", () => {
    assert.deepStrictEqual(splitOutside('"a,\\",b" <sip:x,y@z>;q=1, <sip:c@d>', ","), [
      '"a,\\",b" <sip:x,y@z>;q=1',
      "<sip:c@d>"
    ])
  })
  it.each([
    ["sip:a@b;tag=1", "sip:a@b", "1"],
    ['"A <x> ;tag=9" <sip:a;line=XyZ@b;lr> ; TAG = 1', "sip:a;line=XyZ@b;lr", "1"],
    ["Ann <sip:a@b>", "sip:a@b", undefined],
    ["<tel:+4930>", "tel:+4930", undefined]
  ])("names and addresses: %s", (text, uri, tag) => {
    const parsed = parseNameAddress(text)
    assert.deepStrictEqual([parsed?.uri, parsed?.parameters.get("tag")], [uri, tag])
  })
  it.each(["", "<sip:a@b", '"open <sip:a@b>', "Bell, A <sip:a@b>", "<sip:a b@c>", "nobody", "<sip:a@b> x"])(
    "no name and address: %s",
    (text) => assert.isUndefined(parseNameAddress(text))
  )
  it("Via, with odd spaces and ports", () => {
    const via = parseVia("SIP  / 2.0  / UDP  HOST.example.com : 5062 ; branch =  z9hG4bK1;rport")
    assert.deepStrictEqual(
      [via?.host, via?.port, via?.parameters.get("branch"), via?.parameters.get("rport")],
      ["host.example.com", 5_062, "z9hG4bK1", ""]
    )
    for (const bad of ["SIP/2.0/UDP h:0", "SIP/2.0/UDP h:65536", "SIP/2.0/UDP", "HTTP/1.1 h", ""]) {
      assert.isUndefined(parseVia(bad))
    }
  })
  it("targets and users of URIs", () => {
    assert.deepStrictEqual(uriTarget("sip:a@192.0.2.1:5070;transport=udp"), { host: "192.0.2.1", port: 5_070 })
    assert.deepStrictEqual(uriTarget("sip:Trunk.Example"), { host: "trunk.example", port: 5_060 })
    for (const bad of ["sip:a@h:0", "sip:a@h:70000", "tel:+49", "sip:a@[2001:db8::1]", "sip:a@"]) {
      assert.isUndefined(uriTarget(bad))
    }
    assert.deepStrictEqual(
      [uriUser("sip:%2B49%C3%A4;x=1@h"), uriUser("sip:50%zz@h"), uriUser("sip:h"), uriUser("sip:a:pw@h")],
      ["+49ä", "50%zz", "", "a"]
    )
  })
})

describe("messages", () => {
  const text = [
    "SIP/2.0 200 OK",
    "v: SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b;branch=2",
    "Reason: Q.850;cause=17",
    "Subject: first",
    "\tsecond",
    "l: 4",
    "",
    "Grüße und mehr"
  ].join("\r\n")
  it("are read: lists a value a line, folded lines joined, the body cut by bytes", () => {
    const message = parseText(text)
    if (message.kind === "malformed") throw new Error(message.problem)
    assert.deepStrictEqual(headerValues(message, "Via"), ["SIP/2.0/UDP a;branch=1", "SIP/2.0/UDP b;branch=2"])
    assert.deepStrictEqual(headerValues(message, "Subject"), ["first second"])
    assert.strictEqual(message.body, "Grü")
  })
  it("are written with the length of the body in bytes, and read back the same", () => {
    const message = parseText(text.replace("l: 4", "l: 16").replace("und mehr", "und mehr"))
    if (message.kind === "malformed") throw new Error(message.problem)
    const again = parseText(formatMessage(message))
    assert.include(formatMessage(message), "\r\nContent-Length: 16\r\n\r\nGrüße und mehr")
    assert.deepStrictEqual(again.kind === "malformed" ? again : again.headers.slice(0, 4), message.headers.slice(0, 4))
  })
  it("that are none say why", () => {
    const problem = (bytes: string) => {
      const message = parseText(bytes)
      return message.kind === "malformed" ? message.problem : "none"
    }
    assert.deepStrictEqual(
      ["hello", "hello\r\n\r\n", "SIP/2.0 99 x\r\n\r\n", "BYE sip:a SIP/2.0\r\nno header\r\n\r\n"].map(problem),
      ["no empty line after the headers", "no start line: hello", "no start line: SIP/2.0 99 x", "no header: no header"]
    )
    assert.strictEqual(parseMessage(new Uint8Array(0)).kind, "malformed")
  })
})

describe("peers", () => {
  it("are addresses and networks", () => {
    const peers = new PeerList(["192.0.2.7", "10.1.0.0/16", "198.51.100.77/30"])
    assert.deepStrictEqual(
      ["192.0.2.7", "192.0.2.8", "10.1.255.255", "10.2.0.0", "198.51.100.76", "198.51.100.80", "name"].map((host) =>
        peers.has(host)
      ),
      [true, false, true, false, true, false, false]
    )
    assert.isTrue(new PeerList(["0.0.0.0/0"]).has("255.255.255.255"))
  })
  it.each(["", "trunk.example", "10.0.0.0/33", "10.0.0.256", "10.0.0.0/8/8", "10.0.0.0/", "::1"])(
    "that are neither are refused: %s",
    (peer) => assert.throws(() => new PeerList([peer]), RangeError, `peer "${peer}"`)
  )
})
