import { assert, describe, it } from "@effect/vitest"
import { E164 } from "../../../src/domain/Contact.ts"
import { accountUri, callOf, domainOf, problemOf } from "../../../src/sip/trunks/callOf.ts"
import { sdp } from "../pair/pair.ts"
import { trunkOf } from "./trunkOf.ts"

const wanted = { number: E164.make("+442079460000"), sdp: sdp(4_000) }
const shown = (...[trunk, call]: Parameters<typeof callOf>) => {
  const { anonymous, from, fromName, identity } = callOf(trunk, call)
  return { from, fromName, identity, anonymous }
}
const nobody = { from: "sip:anonymous@anonymous.invalid", fromName: "Anonymous", anonymous: true }
const own = "sip:+4930901820@north.example"
const open = { fromName: undefined, anonymous: undefined }

describe("a call as a trunk wants it", () => {
  it("goes to the host, or to the outbound proxy", () => {
    const { to, via } = callOf(trunkOf("north", { host: "north.example:5080" }), wanted)
    assert.deepStrictEqual([to, via], ["sip:+442079460000@north.example", "north.example:5080"])
    const proxied = callOf(trunkOf("north", { outboundProxy: "192.0.2.10:5070", domain: "carrier.example" }), wanted)
    assert.deepStrictEqual([proxied.to, proxied.via], ["sip:+442079460000@carrier.example", "192.0.2.10:5070"])
  })
  it("has the account's credentials and the trunk's headers", () => {
    const trunk = trunkOf("north", { credentials: { user: "u", password: "p" }, headers: ["X-Account: 7"] })
    const { credentials, headers } = callOf(trunk, wanted)
    assert.deepStrictEqual([credentials, headers], [{ user: "u", password: "p" }, ["X-Account: 7"]] as unknown)
    assert.notProperty(callOf(trunkOf("north"), wanted), "credentials")
    assert.strictEqual(callOf(trunk, wanted).trunk, "north")
  })
  it("has each number in its format, with what a URI cannot hold escaped", () => {
    const trunk = trunkOf("north", {
      calledNumbers: { format: "prefixes", rules: [{ from: "+44", to: "12#*0" }] },
      callerNumbers: { format: "digits" }
    })
    const { from, to } = callOf(trunk, { ...wanted, callerId: "+4930999999" })
    assert.deepStrictEqual([to, from], ["sip:12%23*02079460000@north.example", "sip:4930999999@north.example"])
    // A number that is none of the world's goes as it is.
    assert.strictEqual(callOf(trunk, { ...wanted, callerId: "22833" }).from, "sip:22833@north.example")
  })

  const styles = [
    ["from", false, { from: own, identity: undefined, ...open }],
    ["from", true, { ...nobody, identity: undefined }],
    ["from-and-asserted", false, { from: own, identity: own, ...open }],
    ["from-and-asserted", true, { ...nobody, identity: own }],
    ["asserted-anonymous", false, { ...nobody, identity: own }],
    ["asserted-anonymous", true, { ...nobody, identity: own }]
  ] as const
  it.each(styles)("tells the caller %s, withheld: %s", (callerIdStyle, anonymous, expected) => {
    assert.deepStrictEqual<unknown>(shown(trunkOf("north", { callerIdStyle }), { ...wanted, anonymous }), expected)
  })
  it("shows the call's own number, where it has one", () => {
    const { from, identity } = callOf(trunkOf("north", { callerIdStyle: "from-and-asserted" }), {
      ...wanted,
      callerId: "+4930999999"
    })
    assert.deepStrictEqual([from, identity], ["sip:+4930999999@north.example", "sip:+4930999999@north.example"])
  })
  const given = { ...wanted, onBehalfOf: E164.make("+4930555666") }
  const theirs = "sip:030555666@north.example"
  const ours = "sip:030901820@north.example"
  const transfers = [
    ["from", "trunk", { from: ours, identity: undefined, ...open }],
    ["from", "customer", { from: theirs, identity: ours, ...open }],
    ["from-and-asserted", "trunk", { from: ours, identity: ours, ...open }],
    ["from-and-asserted", "customer", { from: theirs, identity: ours, ...open }],
    ["asserted-anonymous", "customer", { ...nobody, identity: ours }]
  ] as const
  it.each(transfers)("that gives somebody away shows, with %s and %s", (callerIdStyle, transferCallerId, expected) => {
    const callerNumbers = { format: "national", countryCode: "+49" } as const
    const trunk = trunkOf("north", { callerIdStyle, transferCallerId, callerNumbers })
    assert.deepStrictEqual<unknown>(shown(trunk, given), expected)
    // A call of nobody else's is as it was.
    if (transferCallerId === "customer") {
      assert.deepStrictEqual(shown(trunk, wanted), shown(trunkOf("north", { callerIdStyle, callerNumbers }), wanted))
    }
  })
})

describe("a trunk's own address", () => {
  it("is that of its account", () => {
    const credentials = { user: "me@work", password: "p" }
    assert.strictEqual(accountUri(trunkOf("north", { credentials })), "sip:me%40work@north.example")
    assert.strictEqual(accountUri(trunkOf("north", { credentials, registerUser: "+4930" })), "sip:+4930@north.example")
    assert.strictEqual(accountUri(trunkOf("north", { host: "192.0.2.7:5070" })), "sip:outpace@192.0.2.7")
    assert.strictEqual(domainOf(trunkOf("north", { domain: "carrier.example" })), "carrier.example")
  })
})

describe("what is wrong with a call", () => {
  const trunks = [trunkOf("north")]
  it("is nothing with a good one", () => {
    assert.isUndefined(problemOf(trunks, wanted))
    assert.isUndefined(problemOf(trunks, { ...wanted, callerId: "22833", anonymous: true }))
  })
  const cases = [
    [{ ...wanted, number: "030 901820" as E164 }, 'number "030 901820": expected a number in E.164'],
    [{ ...wanted, callerId: "4930@evil.example" }, 'callerId "4930@evil.example": expected up to 20 digits'],
    [{ ...wanted, callerId: "" }, 'callerId "": expected up to 20 digits'],
    [{ ...wanted, onBehalfOf: "0301" as E164 }, 'onBehalfOf "0301": expected a number in E.164'],
    [{ ...wanted, sdp: "" }, "sdp: expected a session description"]
  ] as const
  it.each(cases)("is said of %o", (call, problem) => {
    assert.include(problemOf(trunks, call)?.message, problem)
  })
})
