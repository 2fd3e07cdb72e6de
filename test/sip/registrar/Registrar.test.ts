import { assert, describe, it } from "@effect/vitest"
import { authorization, chooseChallenge } from "../../../src/sip/digest/digest.ts"
import type { BindingChange } from "../../../src/sip/registrar/Bindings.ts"
import { type KnownBinding, Registrar } from "../../../src/sip/registrar/Registrar.ts"
import { headerValue, headerValues, type SipRequest, type SipResponse } from "../../../src/sip/wire/message.ts"

const source = { host: "10.0.0.7", port: 40_123 }
const phone = "<sip:anna@10.0.0.7:5062;line=aBc>"

interface Register {
  readonly contacts?: ReadonlyArray<string>
  readonly expires?: string
  readonly user?: string
  readonly callId?: string
  readonly cseq?: number
}
const register = ({ callId = "reg-1", contacts = [], cseq = 1, expires, user = "anna" }: Register): SipRequest => ({
  kind: "request",
  method: "REGISTER",
  uri: "sip:outpace.test",
  version: "SIP/2.0",
  headers: [
    { name: "Via", value: "SIP/2.0/UDP 10.0.0.7:5062;branch=z9hG4bKr1" },
    { name: "From", value: `<sip:${user}@outpace.test>;tag=1` },
    { name: "To", value: `<sip:${user}@outpace.test>` },
    { name: "Call-ID", value: callId },
    { name: "CSeq", value: `${cseq} REGISTER` },
    ...contacts.map((value) => ({ name: "Contact", value })),
    ...(expires === undefined ? [] : [{ name: "Expires", value: expires }])
  ],
  body: ""
})

const open = (
  digests: ReadonlyArray<"SHA-256" | "MD5"> = ["SHA-256", "MD5"],
  known: ReadonlyArray<KnownBinding> = []
) => {
  let tokens = 0
  const told: Array<BindingChange> = []
  const passwords = new Map([
    ["anna", "s3cret"],
    ["bert", "t0psecret"]
  ])
  const registrar = new Registrar({
    realm: "outpace",
    digests,
    passwordOf: (user) => passwords.get(user),
    newToken: () => `token${(tokens += 1)}`,
    known,
    changed: (change) => told.push(change)
  })
  const signed = (
    request: SipRequest,
    challenge: SipResponse,
    { count = 1, password = "s3cret", user = "anna", only = "SHA-256" } = {}
  ): SipRequest => {
    const offered = headerValues(challenge, "WWW-Authenticate").filter((value) => value.includes(only))
    const chosen = chooseChallenge(offered)
    if (chosen === undefined) throw new Error("no challenge")
    const subject = { method: "REGISTER", uri: request.uri, body: "", cnonce: "c", count }
    const value = authorization(chosen, { user, password }, subject)
    return { ...request, headers: [...request.headers, { name: "Authorization", value }] }
  }
  /** Registers with a fresh challenge each time. */
  const enter = (wish: Register, now = 0, as = {}) => {
    const request = register(wish)
    return registrar.receive(signed(request, registrar.receive(request, source, now), as), source, now)
  }
  const uris = (now = 0) => registrar.contactsOf("anna", now).map(({ uri }) => uri)
  return { registrar, signed, enter, uris, told }
}

describe("who may register", () => {
  it("nobody without a password; the strongest digest is offered first", () => {
    const { registrar, uris } = open()
    const response = registrar.receive(register({ contacts: [phone] }), source, 0)
    assert.strictEqual(response.status, 401)
    assert.deepStrictEqual(
      headerValues(response, "WWW-Authenticate").map((value) => chooseChallenge([value])?.algorithm),
      ["SHA-256", "MD5"]
    )
    assert.deepStrictEqual(uris(), [])
  })
  it.each(["SHA-256", "MD5"])("who knows the password, by %s", (only) => {
    const { enter, registrar } = open()
    const response = enter({ contacts: [phone] }, 0, { only })
    assert.deepStrictEqual([response.status, headerValue(response, "Contact")], [200, `${phone};expires=3600`])
    assert.deepStrictEqual(registrar.contactsOf("anna", 0), [
      { uri: "sip:anna@10.0.0.7:5062;line=aBc", source, callId: "reg-1", cseq: 1, expiresAt: 3_600_000 }
    ])
  })
  it("not by a digest that is not offered", () => {
    const { enter, registrar, signed } = open(["MD5"])
    assert.strictEqual(enter({ contacts: [phone] }, 0, { only: "MD5" }).status, 200)
    const request = register({ cseq: 2 })
    const challenge = registrar.receive(request, source, 0)
    const other = {
      name: "WWW-Authenticate",
      value: 'Digest realm="outpace", nonce="n", qop="auth", algorithm=SHA-256'
    }
    const stronger = { ...challenge, headers: [...challenge.headers, other] }
    assert.strictEqual(registrar.receive(signed(request, stronger), source, 0).status, 401)
  })
  it("not with a wrong password, an unknown name, or another's name", () => {
    const { enter, uris } = open()
    assert.strictEqual(enter({ contacts: [phone] }, 0, { password: "guess" }).status, 401)
    assert.strictEqual(enter({ contacts: [phone], user: "carl" }, 0, { user: "carl" }).status, 401)
    assert.strictEqual(enter({ contacts: [phone] }, 0, { user: "bert", password: "t0psecret" }).status, 403)
    assert.deepStrictEqual(uris(), [])
  })
  it("not with a recorded message: a count is good once, and is told as stale", () => {
    const { registrar, signed } = open()
    const request = register({ contacts: [phone] })
    const challenge = registrar.receive(request, source, 0)
    const statuses = [1, 1, 3, 2, 4].map((count) => {
      const response = registrar.receive(signed(register({ cseq: 10 + count }), challenge, { count }), source, 10)
      return [response.status, /stale=true/.test(headerValue(response, "WWW-Authenticate") ?? "")]
    })
    assert.deepStrictEqual(statuses, [
      [200, false],
      [401, true],
      [200, false],
      [401, true],
      [200, false]
    ])
  })
  it("not with a nonce older than 5 minutes, or one that is not ours", () => {
    const { registrar, signed } = open()
    const request = register({})
    const challenge = registrar.receive(request, source, 0)
    const late = registrar.receive(signed(request, challenge), source, 300_001)
    assert.strictEqual(late.status, 401)
    assert.include(headerValue(late, "WWW-Authenticate"), "stale=true")
    assert.strictEqual(registrar.receive(signed(request, challenge), source, 299_000).status, 200)
    const other = open().registrar.receive(request, source, 0)
    const forged = {
      ...other,
      headers: other.headers.map(({ name, value }) => ({ name, value: value.replace(/nonce="0/, 'nonce="1') }))
    }
    assert.strictEqual(registrar.receive(signed(request, forged), source, 0).status, 401)
  })
  it("not with a digest made for another request", () => {
    const { registrar, signed } = open()
    const request = register({})
    const made = signed(request, registrar.receive(request, source, 0))
    assert.strictEqual(registrar.receive({ ...made, uri: "sip:elsewhere.test" }, source, 0).status, 401)
  })
})

describe("what is registered", () => {
  it("several phones, each for its own time, until it runs out", () => {
    const { enter, registrar, uris } = open()
    const response = enter({ contacts: [`${phone};expires=60`, "<sip:anna@10.0.0.8>"], expires: "600" })
    assert.deepStrictEqual(headerValues(response, "Contact"), [
      `${phone};expires=60`,
      "<sip:anna@10.0.0.8>;expires=600"
    ])
    assert.deepStrictEqual(uris(59_999), ["sip:anna@10.0.0.7:5062;line=aBc", "sip:anna@10.0.0.8"])
    assert.deepStrictEqual(uris(60_000), ["sip:anna@10.0.0.8"])
    registrar.sweep(600_000)
    assert.deepStrictEqual(uris(0), [])
  })
  it("a time too short is refused with the shortest, one too long is cut, one unreadable is the usual", () => {
    const { enter } = open()
    const short = enter({ contacts: [`${phone};expires=59`] })
    assert.deepStrictEqual([short.status, headerValue(short, "Min-Expires")], [423, "60"])
    assert.strictEqual(
      headerValue(enter({ contacts: [`${phone};expires=999999`] }), "Contact"),
      `${phone};expires=3600`
    )
    assert.strictEqual(
      headerValue(enter({ contacts: [`${phone};expires=soon`], cseq: 2 }), "Contact"),
      `${phone};expires=3600`
    )
  })
  it("0 takes one away, * with 0 takes all", () => {
    const { enter, uris } = open()
    enter({ contacts: [phone, "<sip:anna@10.0.0.8>", "<sip:anna@10.0.0.9>"] })
    assert.strictEqual(enter({ contacts: [`${phone};expires=0`], cseq: 2 }).status, 200)
    assert.deepStrictEqual(uris(), ["sip:anna@10.0.0.8", "sip:anna@10.0.0.9"])
    assert.strictEqual(enter({ contacts: ["*"], cseq: 3 }).status, 400)
    assert.strictEqual(enter({ contacts: ["*", phone], expires: "0", cseq: 3 }).status, 400)
    assert.strictEqual(enter({ contacts: ["*"], expires: "0", cseq: 4 }).status, 200)
    assert.deepStrictEqual(uris(), [])
  })
  it("nothing asked for: the answer lists what there is", () => {
    const { enter } = open()
    enter({ contacts: [phone] })
    assert.deepStrictEqual(headerValues(enter({ cseq: 2 }, 1_500), "Contact"), [`${phone};expires=3599`])
  })
  it("an older request of the same call changes nothing, one of a new call does", () => {
    const { enter, uris } = open()
    enter({ contacts: [phone], cseq: 5 })
    assert.strictEqual(enter({ contacts: [`${phone};expires=0`], cseq: 4 }).status, 500)
    assert.strictEqual(enter({ contacts: ["<sip:anna@10.0.0.8>", `${phone};expires=0`], cseq: 5 }).status, 500)
    assert.deepStrictEqual(uris(), ["sip:anna@10.0.0.7:5062;line=aBc"])
    assert.strictEqual(enter({ contacts: [`${phone};expires=0`], cseq: 1, callId: "reg-2" }).status, 200)
    assert.deepStrictEqual(uris(), [])
  })
  it("at most five phones: the one registered longest ago gives way", () => {
    const { enter, uris } = open()
    for (let i = 1; i <= 7; i += 1) enter({ contacts: [`<sip:anna@10.0.0.${i}>`], cseq: i })
    assert.deepStrictEqual(
      uris(),
      [3, 4, 5, 6, 7].map((i) => `sip:anna@10.0.0.${i}`)
    )
  })
  it("no contact that could not be called", () => {
    const { enter } = open()
    for (const contact of ["<tel:+4930>", "nonsense", "<sip:anna@10.0.0.7:0>"]) {
      assert.strictEqual(enter({ contacts: [contact] }).status, 400)
    }
  })
})

describe("what was registered before", () => {
  const before = { user: "anna", uri: "sip:anna@10.0.0.7:5062;line=aBc", source: { host: "10.0.0.1", port: 1_024 } }
  it("is reachable at its source until it expires, and told as gone then", () => {
    const { registrar, told, uris } = open(undefined, [{ ...before, expiresAt: 60_000 }])
    assert.deepStrictEqual(
      registrar.contactsOf("anna", 59_999).map(({ source, uri }) => ({ source, uri })),
      [{ source: before.source, uri: before.uri }]
    )
    assert.deepStrictEqual(uris(60_000), [])
    registrar.sweep(59_999)
    assert.deepStrictEqual(told, [])
    registrar.sweep(60_000)
    assert.deepStrictEqual(told, [{ user: "anna", uri: before.uri, binding: undefined }])
  })
  it("gives way to any new REGISTER of the same contact", () => {
    const { enter, registrar } = open(undefined, [{ ...before, expiresAt: 60_000 }])
    assert.strictEqual(enter({ contacts: [phone], cseq: 0 }, 1_000).status, 200)
    assert.deepStrictEqual(registrar.contactsOf("anna", 1_000), [
      { uri: before.uri, source, callId: "reg-1", cseq: 0, expiresAt: 3_601_000 }
    ])
  })
  it("can be taken back", () => {
    const { enter, uris } = open(undefined, [{ ...before, expiresAt: 60_000 }])
    assert.strictEqual(enter({ contacts: [`${phone};expires=0`] }).status, 200)
    assert.deepStrictEqual(uris(), [])
  })
  it("counts no more where the name has no password now, or the contact leads nowhere", () => {
    const carl = { ...before, user: "carl", expiresAt: 60_000 }
    const { registrar, uris } = open(undefined, [carl, { ...before, uri: "tel:+493012345", expiresAt: 60_000 }])
    assert.deepStrictEqual([registrar.contactsOf("carl", 0), uris()], [[], []])
  })
})

describe("who keeps registrations", () => {
  const uri = "sip:anna@10.0.0.7:5062;line=aBc"
  it("is told of new and refreshed ones, and of those taken back", () => {
    const { enter, told } = open()
    enter({ contacts: [`${phone};expires=60`] })
    enter({ contacts: [`${phone};expires=60`], cseq: 2 }, 30_000)
    enter({ contacts: ["*"], expires: "0", cseq: 3 }, 40_000)
    const binding = { uri, source, callId: "reg-1", cseq: 1, expiresAt: 60_000 }
    assert.deepStrictEqual(told, [
      { user: "anna", uri, binding },
      { user: "anna", uri, binding: { ...binding, cseq: 2, expiresAt: 90_000 } },
      { user: "anna", uri, binding: undefined }
    ])
  })
  it("is told which gave way to a sixth, and nothing of what is refused or changes nothing", () => {
    const { enter, told } = open()
    for (let i = 1; i <= 6; i += 1) enter({ contacts: [`<sip:anna@10.0.0.${i}>`], cseq: i })
    enter({ contacts: [`${phone};expires=59`], cseq: 7 })
    enter({ contacts: [phone], cseq: 8 }, 0, { password: "guess" })
    enter({ contacts: [`${phone};expires=0`], cseq: 9 })
    enter({ cseq: 10 })
    assert.deepStrictEqual(
      told.map(({ binding, uri }) => `${binding === undefined ? "-" : "+"}${uri}`),
      ["+1", "+2", "+3", "+4", "+5", "-1", "+6"].map((each) => `${each[0]}sip:anna@10.0.0.${each[1]}`)
    )
  })
})
