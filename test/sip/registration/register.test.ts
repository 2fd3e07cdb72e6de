import { assert, describe, it } from "@effect/vitest"
import type { Registration, RegistrationState } from "../../../src/sip/registration/Registration.ts"
import { cseqOf, headerValue, type SipMessage, type SipRequest } from "../../../src/sip/wire/message.ts"
import { digestProblem, reply, Scripted } from "../pair/Scripted.ts"

const registration: Registration = {
  address: "sip:outpace@127.0.0.9:5070",
  credentials: { user: "outpace", password: "s3cret" }
}
const contact = "<sip:outpace@127.0.0.1:5080>"

const setup = (answer: (request: SipRequest, count: number) => ReadonlyArray<SipMessage>, wish = registration) => {
  const scripted = new Scripted()
  const states: Array<string> = []
  let count = 0
  scripted.answer = (request) => answer(request, (count += 1))
  const changed = (state: RegistrationState) => states.push(`${scripted.now} ${summary(state)}`)
  const registering = scripted.edge.register(wish, changed, 0)
  return { scripted, states, registering }
}
const summary = ({ failingSinceMillis, lastStatus, registeredUntilMillis }: RegistrationState) =>
  [
    lastStatus,
    registeredUntilMillis === undefined ? "out" : `in until ${registeredUntilMillis}`,
    ...(failingSinceMillis === undefined ? [] : [`failing since ${failingSinceMillis}`])
  ].join(", ")
const granted = (request: SipRequest, seconds: number) =>
  reply(request, 200, { Contact: `${contact};expires=${headerValue(request, "Expires") === "0" ? 0 : seconds}` })
const times = (scripted: Scripted) =>
  scripted.sent.flatMap(({ at, message }) =>
    message.kind === "request" ? [[at, headerValue(message, "Expires"), cseqOf(message)?.number].join(" ")] : []
  )

describe("a registration", () => {
  it("asks the registrar for itself, by its own rules", () => {
    const { scripted } = setup((request) => [granted(request, 3_600)])
    scripted.run(100)
    const [request] = scripted.requestsOf("REGISTER")
    assert.strictEqual(request.uri, "sip:127.0.0.9:5070")
    const shown = ["From", "To", "Contact", "Expires", "CSeq", "Max-Forwards"].map((name) => headerValue(request, name))
    shown[0] = shown[0]?.replace(/tag=\w{20}$/, "tag=T")
    const address = "<sip:outpace@127.0.0.9:5070>"
    assert.deepStrictEqual(shown, [`${address};tag=T`, address, contact, "3600", "1 REGISTER", "70"])
    assert.deepStrictEqual(scripted.faults, [])
  })
  it("is refreshed at six tenths of the time granted, in one Call-ID, counted on", () => {
    const { scripted, states } = setup((request) => [granted(request, 100)])
    scripted.run(130_000)
    assert.deepStrictEqual(times(scripted), ["0 3600 1", "60050 3600 2", "120100 3600 3"])
    assert.deepStrictEqual(states, [
      "20 200, in until 100020",
      "60070 200, in until 160070",
      "120120 200, in until 220120"
    ])
    assert.strictEqual(new Set(scripted.requestsOf("REGISTER").map((one) => headerValue(one, "Call-ID"))).size, 1)
  })
  it("takes the time of its own contact, else that of the answer, else what it asked for", () => {
    const until = (headers: Readonly<Record<string, string>>) => {
      const { registering, scripted } = setup((request) => [reply(request, 200, headers)])
      scripted.run(100)
      return registering.state.registeredUntilMillis
    }
    const other = "<sip:outpace@127.0.0.7:5080>;expires=7, <sip:other@127.0.0.1:5080>;expires=8"
    assert.strictEqual(until({ Contact: `${other}, ${contact};q=0.5;expires=90`, Expires: "70" }), 90_020)
    assert.strictEqual(until({ Contact: `${other}, ${contact}`, Expires: "70" }), 70_020)
    assert.strictEqual(until({}), 3_600_020)
  })
  it("offers the Service-Route, in order", () => {
    const routes = "<sip:p1.example;lr>, <sip:p2.example;lr>"
    const { registering, scripted } = setup((request) => [reply(request, 200, { "Service-Route": routes })])
    scripted.run(100)
    assert.deepStrictEqual(registering.state.serviceRoute, ["<sip:p1.example;lr>", "<sip:p2.example;lr>"])
  })
  it("asks once more, for longer, when the registrar says 423, and stays with that", () => {
    const { scripted } = setup(
      (request) => [
        Number(headerValue(request, "Expires")) < 300
          ? reply(request, 423, { "Min-Expires": "300" })
          : granted(request, 300)
      ],
      { ...registration, expirySeconds: 60 }
    )
    scripted.run(200_000)
    assert.deepStrictEqual(times(scripted), ["0 60 1", "20 300 2", "180050 300 3"])
  })
  it("does not follow a registrar that always wants more", () => {
    let wanted = 100
    const { scripted, states } = setup((request) => [reply(request, 423, { "Min-Expires": String((wanted += 100)) })], {
      ...registration,
      expirySeconds: 60
    })
    scripted.run(1_000)
    assert.deepStrictEqual(times(scripted), ["0 60 1", "20 200 2"])
    assert.deepStrictEqual(states, ["40 423, out, failing since 40"])
  })
})

describe("a registration that fails", () => {
  it("is tried again after 30 s, then twice as long each time, up to 15 minutes", () => {
    const { scripted, states } = setup((request) => [reply(request, 500)])
    scripted.run(4_000_000)
    const at = scripted.sent.map(({ at: sentAt }) => sentAt)
    const waits = at.slice(1).map((time, index) => Math.round((time - at[index]) / 1_000))
    assert.deepStrictEqual(waits, [30, 60, 120, 240, 480, 900, 900, 900])
    assert.strictEqual(states[8], `${at[8] + 20} 500, out, failing since 20`)
  })
  it("counts as failed with 408 when nobody answers for 32 s", () => {
    const { states, scripted } = setup(() => [])
    scripted.run(33_000)
    assert.deepStrictEqual(states, ["32000 408, out, failing since 32000"])
    assert.strictEqual(scripted.requestsOf("REGISTER").length, 11)
  })
  it("is tried again when Retry-After says, and lost at the end of its time", () => {
    const { scripted, states } = setup((request, count) => [
      count === 1 ? granted(request, 60) : reply(request, 503, { "Retry-After": "20 (busy);duration=9" })
    ])
    scripted.run(61_000)
    assert.deepStrictEqual(times(scripted), ["0 3600 1", "36050 3600 2", "56100 3600 3"])
    assert.deepStrictEqual(states, [
      "20 200, in until 60020",
      "36070 503, in until 60020, failing since 36070",
      "56120 503, in until 60020, failing since 36070",
      "60050 503, out, failing since 36070"
    ])
  })
  it("recovers, and counts failures anew", () => {
    const { scripted, states } = setup((request, count) => [count === 2 ? granted(request, 60) : reply(request, 500)])
    scripted.run(100_000)
    assert.deepStrictEqual(times(scripted), ["0 3600 1", "30050 3600 2", "66100 3600 3", "96150 3600 4"])
    assert.strictEqual(states[1], "30070 200, in until 90070")
  })
})

describe("a registrar's challenge", () => {
  const known = { realm: "trunk", user: "outpace", password: "s3cret" }
  /** A registrar that gives a nonce each `life` requests, and judges every answer by itself. */
  const judging = (algorithm: string, life: number, extra = 'qop="auth"') => {
    const problems: Array<string> = []
    const spent = new Set<string>()
    let serial = 0
    let uses = 0
    const answer = (request: SipRequest) => {
      const nonce = `nonce${serial}`
      const problem =
        serial === 0 ? "no nonce yet" : digestProblem(request, "Authorization", { ...known, nonce }, spent)
      const stale = problem === undefined && uses >= life
      if (problem === undefined && !stale) {
        uses += 1
        return [granted(request, 100)]
      }
      if (problem !== undefined) problems.push(problem)
      serial += 1
      uses = 0
      const challenge = `Digest realm="trunk", nonce="nonce${serial}", algorithm=${algorithm}${extra === "" ? "" : `, ${extra}`}`
      return [reply(request, 401, { "WWW-Authenticate": `${challenge}${stale ? ", stale=TRUE" : ""}` })]
    }
    return { answer, problems }
  }
  it.each([
    ["MD5", ""],
    ["MD5", 'qop="auth"'],
    ["MD5-sess", 'qop="auth"'],
    ["SHA-256", 'qop="auth,auth-int"'],
    ["SHA-256", 'qop="auth-int", opaque="x"'],
    ["SHA-512-256", 'qop="auth"']
  ])("%s %s is answered rightly, also before it is made again, until the nonce is stale", (algorithm, extra) => {
    const { answer, problems } = judging(algorithm, 2, extra)
    const { scripted, states } = setup(answer)
    scripted.run(130_000)
    assert.deepStrictEqual(problems, ["no nonce yet"])
    assert.deepStrictEqual(times(scripted), ["0 3600 1", "20 3600 2", "60050 3600 3", "120100 3600 4", "120120 3600 5"])
    assert.deepStrictEqual(states.at(-1), "120140 200, in until 220140")
  })
  it("of several kinds: the first one known is answered", () => {
    const nonce = "n1"
    const { scripted, states } = setup((request, count) => {
      if (count > 1)
        return digestProblem(request, "Authorization", { ...known, nonce }) === undefined ? [granted(request, 60)] : []
      const both = reply(request, 401)
      const offer = (algorithm: string) => ({
        name: "WWW-Authenticate",
        value: `Digest realm="trunk", nonce="${nonce}", algorithm=${algorithm}, qop="auth"`
      })
      return [{ ...both, headers: [...both.headers, offer("SHA3-512"), offer("SHA-256"), offer("MD5")] }]
    })
    scripted.run(1_000)
    assert.deepStrictEqual(states, ["40 200, in until 60040"])
    assert.match(headerValue(scripted.requestsOf("REGISTER")[1], "Authorization") ?? "", /algorithm=SHA-256/)
  })
  it("of a proxy and of the registrar are both answered, together", () => {
    const challenge = (realm: string) => `Digest realm="${realm}", nonce="n", qop="auth"`
    const { scripted, states } = setup((request) => {
      const judge = (header: "Authorization" | "Proxy-Authorization", realm: string) =>
        digestProblem(request, header, { ...known, realm, nonce: "n" })
      if (judge("Proxy-Authorization", "proxy") !== undefined)
        return [reply(request, 407, { "Proxy-Authenticate": challenge("proxy") })]
      if (judge("Authorization", "trunk") !== undefined)
        return [reply(request, 401, { "WWW-Authenticate": challenge("trunk") })]
      return [granted(request, 60)]
    })
    scripted.run(1_000)
    assert.deepStrictEqual(states, ["60 200, in until 60060"])
  })
  it("made again means a wrong password: tried again by the back-off, not at once", () => {
    const { scripted, states } = setup((request, count) => [
      reply(request, 401, { "WWW-Authenticate": `Digest realm="trunk", nonce="n${count}", qop="auth"` })
    ])
    scripted.run(29_000)
    assert.deepStrictEqual(times(scripted), ["0 3600 1", "20 3600 2"])
    assert.deepStrictEqual(states, ["40 401, out, failing since 40"])
    scripted.run(2_000)
    const given = scripted.requestsOf("REGISTER").map((one) => headerValue(one, "Authorization") !== undefined)
    assert.deepStrictEqual(given, [false, true, false, true])
  })
  it("always stale is not answered for ever", () => {
    const { scripted } = setup((request, count) => [
      reply(request, 401, { "WWW-Authenticate": `Digest realm="trunk", nonce="n${count}", qop="auth", stale=true` })
    ])
    scripted.run(29_000)
    assert.strictEqual(scripted.requestsOf("REGISTER").length, 3)
  })
})

describe("the end of a registration", () => {
  const leave = (run: ReturnType<typeof setup>) => {
    let left = Infinity
    run.scripted.edge.leave(run.registering, () => (left = run.scripted.now), run.scripted.now)
    run.scripted.run(40_000)
    assert.strictEqual(run.scripted.edge.status.heldCount, 0)
    return left
  }
  it("takes it back, with the digest", () => {
    const nonce = "n"
    const problems: Array<unknown> = []
    const run = setup((request, count) => {
      if (count === 1)
        return [reply(request, 401, { "WWW-Authenticate": `Digest realm="r", nonce="${nonce}", qop="auth"` })]
      problems.push(digestProblem(request, "Authorization", { realm: "r", user: "outpace", password: "s3cret", nonce }))
      return [granted(request, 60)]
    })
    run.scripted.run(1_000)
    assert.strictEqual(leave(run), 1_020)
    assert.deepStrictEqual(times(run.scripted), ["0 3600 1", "20 3600 2", "1000 0 3"])
    assert.deepStrictEqual(problems, [undefined, undefined])
    assert.strictEqual(run.states.at(-1), "1020 200, out")
  })
  it("is waited for 4 s at most", () => {
    const run = setup((request, count) => (count === 1 ? [granted(request, 60)] : []))
    run.scripted.run(1_000)
    assert.strictEqual(leave(run), 5_000)
  })
  it("asks nobody who never said yes", () => {
    const run = setup((request) => [reply(request, 403)])
    run.scripted.run(1_000)
    assert.strictEqual(leave(run), 1_000)
    assert.deepStrictEqual(times(run.scripted), ["0 3600 1"])
  })
  it("waits for the answer under way, then takes it back", () => {
    const run = setup((request) => [granted(request, 60)])
    run.scripted.run(10)
    assert.strictEqual(leave(run), 40)
    assert.deepStrictEqual(times(run.scripted), ["0 3600 1", "20 0 2"])
  })
})
