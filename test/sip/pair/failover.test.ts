import { assert, describe, it } from "@effect/vitest"
import type { Call } from "../../../src/sip/Leg.ts"
import { uriHop } from "../../../src/sip/wire/headers.ts"
import { headerValue, headerValues, type SipMessage, type SipRequest } from "../../../src/sip/wire/message.ts"
import { branchOf, topVia } from "../../../src/sip/wire/via.ts"
import { sdp } from "./pair.ts"
import { reply, Scripted } from "./Scripted.ts"

const hosts = ["127.0.0.11", "127.0.0.12", "127.0.0.13"]
const addresses = hosts.map((host) => ({ host, port: 5_060 }))
const [first, second, third] = hosts.map((host) => `${host}:5060`)
const contact = (to: string) => ({ Contact: `<sip:far@${to}>` })
const call: Call = { to: "sip:+4930123@trunk.example", from: "sip:+4930999@outpace.example", sdp: sdp(4_000) }

/** Far ends by address: what each says to an INVITE; to anything else, 200. */
const setup = (says: Readonly<Record<string, (invite: SipRequest) => ReadonlyArray<SipMessage>>>, wish = call) => {
  const scripted = new Scripted()
  scripted.names.set("trunk.example", addresses)
  scripted.names.set("p1.example", [{ host: hosts[0], port: 5_066 }])
  scripted.answer = (request, to) => {
    if (request.method === "ACK") return []
    return request.method === "INVITE" ? (says[to] ?? (() => []))(request) : [reply(request, 200)]
  }
  const leg = scripted.edge.place(wish, (one) => one.listen(scripted.listen), 0)
  const hangUp = (millis: number) =>
    scripted.later(millis, () => scripted.edge.command(() => leg.hangUp(), scripted.now))
  const finish = () => {
    scripted.run(700_000)
    assert.deepStrictEqual(scripted.faults, [])
    const { heldCount, legCount } = scripted.edge.status
    assert.deepStrictEqual([legCount, heldCount], [0, 0])
    return scripted.events
  }
  return { scripted, hangUp, finish }
}
const answers = (to: string) => (invite: SipRequest) => [
  reply(invite, 180, contact(to)),
  reply(invite, 200, { ...contact(to), "Content-Type": "application/sdp" }, sdp(6_000))
]
const refuses =
  (status: number, headers: Readonly<Record<string, string>> = {}) =>
  (invite: SipRequest) => [reply(invite, status, headers)]
const branch = (request: SipRequest) => {
  const via = topVia(request)
  return via === undefined ? "" : branchOf(via)
}

describe("an INVITE to one address, of somebody who has somewhere else to go after six seconds", () => {
  const impatient: Call = {
    ...call,
    to: `sip:+4930123@${hosts[0]}`,
    patience: { millis: 6_000, also: true }
  }
  const [late] = addresses
  it("fails with 408 then, and is not sent again", () => {
    const { finish, scripted } = setup({}, impatient)
    assert.deepStrictEqual(finish(), ["6000 Failed 408"])
    assert.deepStrictEqual(
      scripted.requests,
      [0, 500, 1_500, 3_500].map((at) => `${at} INVITE ${first}`)
    )
  })
  it("goes on as ever once anything was heard, be it 100", () => {
    const { finish, hangUp, scripted } = setup({ [first]: (invite) => [reply(invite, 100)] }, impatient)
    scripted.later(20_000, () => {
      const [invite] = scripted.requestsOf("INVITE")
      for (const response of answers(first)(invite)) scripted.inject(response, late)
    })
    hangUp(25_000)
    assert.deepStrictEqual(finish(), ["20020 Ringing", "20020 Answered", "25020 Ended by us"])
  })
  it("has late ringing cancelled, and a late answer acknowledged and ended", () => {
    const { finish, scripted } = setup({}, impatient)
    scripted.later(7_000, () => {
      const [invite] = scripted.requestsOf("INVITE")
      scripted.inject(reply(invite, 180, contact(first)), late)
    })
    scripted.later(8_000, () => {
      const [invite] = scripted.requestsOf("INVITE")
      scripted.inject(reply(invite, 200, { ...contact(first), "Content-Type": "application/sdp" }, sdp(6_000)), late)
    })
    assert.deepStrictEqual(finish(), ["6000 Failed 408"])
    assert.deepStrictEqual(scripted.requests.slice(4), [
      `7020 CANCEL ${first}`,
      `8020 ACK ${first}`,
      `8020 BYE ${first}`
    ])
  })
  it("taken back before anything was heard sends its CANCEL when that comes", () => {
    const { finish, hangUp, scripted } = setup({}, impatient)
    hangUp(1_000)
    scripted.later(2_000, () => {
      const [invite] = scripted.requestsOf("INVITE")
      scripted.answer = (request) => (request.method === "CANCEL" ? [reply(request, 200), reply(invite, 487)] : [])
      scripted.inject(reply(invite, 180, contact(first)), late)
    })
    assert.deepStrictEqual(finish(), ["2020 Ringing", "2040 Ended by us"].slice(-1))
    assert.include(scripted.requests, `2020 CANCEL ${first}`)
  })
})

describe("an INVITE to a name with several addresses", () => {
  it("goes to the next after 503: the same request but for its branch, and each failure is acknowledged", () => {
    const { finish, hangUp, scripted } = setup({
      [first]: refuses(503),
      [second]: refuses(503),
      [third]: answers(third)
    })
    hangUp(5_000)
    assert.deepStrictEqual(finish(), ["80 Ringing", "80 Answered", "5020 Ended by us"])
    assert.deepStrictEqual(scripted.requests, [
      `20 INVITE ${first}`,
      `40 INVITE ${second}`,
      `40 ACK ${first}`,
      `60 INVITE ${third}`,
      `60 ACK ${second}`,
      `80 ACK ${third}`,
      `5000 BYE ${third}`
    ])
    const invites = scripted.requestsOf("INVITE")
    assert.strictEqual(new Set(invites.map(branch)).size, 3)
    const rest = invites.map((invite) => JSON.stringify(invite).replaceAll(branch(invite), ""))
    assert.strictEqual(new Set(rest).size, 1)
    const acks = scripted.requestsOf("ACK")
    assert.deepStrictEqual(acks.slice(0, 2).map(branch), invites.slice(0, 2).map(branch))
  })
  it("goes to the next after 8 s of silence, and waits 32 s for the last", () => {
    const { finish, scripted } = setup({})
    assert.deepStrictEqual(finish(), ["48050 Failed 408"])
    const invites = scripted.requests.filter((line) => line.includes("INVITE"))
    assert.deepStrictEqual(
      hosts.map((host) => invites.filter((line) => line.includes(host)).length),
      [5, 5, 7]
    )
  })
  it("goes on sooner where whoever calls wants it, also from the last address if there is somewhere else to go", () => {
    const invitesAt = (also: boolean) => {
      const { finish, scripted } = setup({}, { ...call, patience: { millis: 3_000, also } })
      const events = finish()
      const begun = hosts.map((host) => scripted.requests.find((line) => line.includes(`INVITE ${host}`)))
      return { begun: begun.map((line) => line?.split(" ")[0]), events }
    }
    assert.deepStrictEqual(invitesAt(false), { begun: ["20", "3050", "6050"], events: ["38050 Failed 408"] })
    assert.deepStrictEqual(invitesAt(true), { begun: ["20", "3050", "6050"], events: ["9050 Failed 408"] })
  })
  it("fails with what the last address said", () => {
    const { finish } = setup({
      [first]: refuses(503, { "Retry-After": "7" }),
      [second]: refuses(503),
      [third]: refuses(503, { "Retry-After": "120" })
    })
    assert.deepStrictEqual(finish(), ["80 Failed 503, again in 120 s"])
  })
  it.each([404, 486, 500, 603])("does not go on after %i", (status) => {
    const { finish, scripted } = setup({ [first]: refuses(status) })
    assert.deepStrictEqual(finish(), [`40 Failed ${status}`])
    assert.deepStrictEqual(scripted.requests, [`20 INVITE ${first}`, `40 ACK ${first}`])
  })
  it("does not go on once it rings", () => {
    const { finish, scripted } = setup({ [first]: (invite) => [reply(invite, 180, contact(first))] })
    scripted.run(179_000)
    assert.deepStrictEqual(scripted.requests, [`20 INVITE ${first}`])
    scripted.answer = (request) => {
      const [invite] = scripted.requestsOf("INVITE")
      return request.method === "CANCEL" ? [reply(request, 200), reply(invite, 487)] : []
    }
    assert.deepStrictEqual(finish(), ["40 Ringing", "180020 Ended by us"])
    assert.deepStrictEqual(scripted.requests.slice(1), [`180000 CANCEL ${first}`, `180020 ACK ${first}`])
  })
  it("answers a challenge of the second address at the second address", () => {
    const challenge = { "Proxy-Authenticate": 'Digest realm="r", nonce="n", qop="auth"' }
    const { finish, hangUp, scripted } = setup(
      {
        [first]: refuses(503),
        [second]: (invite) =>
          headerValue(invite, "Proxy-Authorization") === undefined
            ? [reply(invite, 407, challenge)]
            : answers(second)(invite)
      },
      { ...call, credentials: { user: "u", password: "p" } }
    )
    hangUp(1_000)
    assert.deepStrictEqual(finish(), ["100 Ringing", "100 Answered", "1020 Ended by us"])
    assert.deepStrictEqual(
      scripted.requests.filter((line) => line.includes("INVITE")),
      [`20 INVITE ${first}`, `40 INVITE ${second}`, `80 INVITE ${second}`]
    )
  })
  it("cancelled before the second address said anything: the CANCEL waits for its first word", () => {
    const { finish, hangUp, scripted } = setup({ [first]: refuses(503), [second]: () => [] })
    scripted.run(200)
    hangUp(50)
    scripted.run(1_000)
    assert.deepStrictEqual(scripted.requestsOf("CANCEL"), [])
    const invite = scripted.requestsOf("INVITE").at(-1)
    assert.isDefined(invite)
    scripted.answer = (request) => (request.method === "CANCEL" ? [reply(request, 200), reply(invite, 487)] : [])
    scripted.inject(reply(invite, 180, contact(second)), addresses[1])
    assert.deepStrictEqual(finish(), ["1240 Ended by us"])
    assert.deepStrictEqual(scripted.requests.slice(-2), [`1220 CANCEL ${second}`, `1240 ACK ${second}`])
    assert.deepStrictEqual(scripted.requestsOf("CANCEL").map(branch), [branch(invite)])
  })
  it("cancelled: no further address is tried", () => {
    const { finish, hangUp, scripted } = setup({ [first]: refuses(503), [second]: () => [] })
    scripted.run(200)
    hangUp(50)
    assert.deepStrictEqual(finish(), ["8050 Ended by us"])
    assert.isEmpty(scripted.requests.filter((line) => line.includes(third)))
  })
  it("a late answer of an address that was given up is acknowledged and ended; late ringing is cancelled", () => {
    const { finish, hangUp, scripted } = setup({ [second]: answers(second) })
    hangUp(20_000)
    scripted.run(9_000)
    const [invite] = scripted.requestsOf("INVITE")
    scripted.inject(reply(invite, 180, contact(first)), addresses[0])
    scripted.run(1_000)
    assert.deepStrictEqual(scripted.requests.slice(-1), [`9020 CANCEL ${first}`])
    const late = reply(invite, 200, { ...contact(first), "Content-Type": "application/sdp" }, sdp(7_000))
    scripted.inject(late, addresses[0])
    scripted.run(500)
    scripted.inject(late, addresses[0])
    scripted.run(500)
    assert.deepStrictEqual(scripted.requests.slice(-3), [
      `10020 ACK ${first}`,
      `10020 BYE ${first}`,
      `10520 ACK ${first}`
    ])
    assert.deepStrictEqual(finish(), ["8070 Ringing", "8070 Answered", "20020 Ended by us"])
  })
  it("a late failure of an address that was given up changes nothing", () => {
    const { finish, hangUp, scripted } = setup({ [second]: (invite) => [reply(invite, 180, contact(second))] })
    scripted.run(10_000)
    const [invite, , , , , ringing] = scripted.requestsOf("INVITE")
    scripted.inject(reply(invite, 486), addresses[0])
    scripted.run(1_000)
    assert.deepStrictEqual(scripted.events, ["8070 Ringing"])
    assert.deepStrictEqual(scripted.requests.slice(-1), [`10020 ACK ${first}`])
    scripted.answer = (request) => (request.method === "CANCEL" ? [reply(request, 200), reply(ringing, 487)] : [])
    hangUp(0)
    assert.deepStrictEqual(finish(), ["8070 Ringing", "11030 Ended by us"])
  })
  it("an address that failed is tried last for a while", () => {
    const { finish, scripted } = setup({ [first]: refuses(503, { "Retry-After": "60" }), [second]: refuses(486) })
    finish()
    const placeAt = (millis: number) => {
      scripted.run(millis - scripted.now)
      const before = scripted.requests.length
      scripted.edge.place(call, () => {}, scripted.now)
      scripted.run(1_000)
      return scripted.requests.slice(before).map((line) => line.split(" ").slice(1).join(" "))
    }
    const fresh = placeAt(800_000)
    assert.deepStrictEqual(fresh.slice(0, 2), [`INVITE ${first}`, `INVITE ${second}`])
    assert.deepStrictEqual(placeAt(859_000), [`INVITE ${second}`, `ACK ${second}`])
    assert.deepStrictEqual(placeAt(861_000).slice(0, 1), [`INVITE ${first}`])
  })
})

describe("other requests to a name", () => {
  it("OPTIONS and REGISTER go to the next address after 503 and after silence", () => {
    const { scripted } = setup({})
    const statuses: Array<number> = []
    const hop = uriHop("sip:trunk.example")
    assert.isDefined(hop)
    scripted.answer = (request, to) =>
      to === first ? [reply(request, 503)] : to === third ? [reply(request, 200)] : []
    scripted.edge.ping(
      { to: "sip:trunk.example", from: "sip:a@b" },
      hop,
      (status) => statuses.push(status),
      scripted.now
    )
    scripted.run(10_000)
    assert.deepStrictEqual(statuses, [200])
    const targets = scripted.requestsOf("OPTIONS").length
    assert.strictEqual(targets, 1 + 5 + 1)
    const states: Array<number> = []
    scripted.edge.register(
      { address: "sip:a@trunk.example" },
      ({ lastStatus }) => states.push(lastStatus),
      scripted.now
    )
    scripted.run(100)
    assert.deepStrictEqual(states, [200])
    // Both others are known to fail by now.
    assert.strictEqual(scripted.requestsOf("REGISTER").length, 1)
  })
  it("a port that is given leads past SRV; a name that leads nowhere fails the call with 503", () => {
    const scripted = new Scripted()
    scripted.names.set("trunk.example:5070", [{ host: hosts[0], port: 5_070 }])
    scripted.edge.place({ ...call, via: "trunk.example:5070" }, () => {}, 0)
    scripted.edge.place({ ...call, to: "sip:1@nowhere.example" }, (leg) => leg.listen(scripted.listen), 0)
    scripted.run(100)
    assert.deepStrictEqual(scripted.requests, [`20 INVITE ${hosts[0]}:5070`])
    assert.deepStrictEqual(scripted.events, ["20 Failed 503"])
  })
})

describe("addresses that are no peers", () => {
  it("are left out", () => {
    const scripted = new Scripted()
    scripted.names.set("trunk.example", [{ host: "192.0.2.1", port: 5_060 }, addresses[0]])
    scripted.edge.place(call, () => {}, 0)
    scripted.run(100)
    assert.deepStrictEqual(scripted.requests, [`20 INVITE ${first}`])
    assert.deepStrictEqual(scripted.faults, [])
  })
  it("alone fail the call with 503 at once, which is reported once", () => {
    const scripted = new Scripted()
    const place = (to: string) =>
      scripted.edge.place({ ...call, to }, (leg) => leg.listen(scripted.listen), scripted.now)
    scripted.names.set("elsewhere.example", [{ host: "192.0.2.1", port: 5_060 }])
    for (const to of ["sip:1@192.0.2.9", "sip:1@elsewhere.example", "sip:2@elsewhere.example"]) place(to)
    scripted.run(100)
    assert.deepStrictEqual(scripted.requests, [])
    assert.deepStrictEqual(scripted.events, ["0 Failed 503", "20 Failed 503", "20 Failed 503"])
    assert.deepStrictEqual(scripted.faults.map(String), [
      "Error: nothing is sent to 192.0.2.9: add its address 192.0.2.9 to the peers",
      "Error: nothing is sent to elsewhere.example: add its address 192.0.2.1 to the peers"
    ])
    scripted.run(100_000)
    assert.deepStrictEqual([scripted.edge.status.legCount, scripted.edge.status.heldCount], [0, 0])
  })
})

describe("a route", () => {
  it("is carried by the INVITE and its CANCEL, which go to its first hop", () => {
    const { finish, hangUp, scripted } = setup({}, { ...call, route: ["<sip:p1.example;lr>", "<sip:p2.example;lr>"] })
    scripted.answer = (request) => {
      const [invite] = scripted.requestsOf("INVITE")
      if (request.method === "INVITE") return [reply(request, 180, contact(first))]
      return request.method === "CANCEL" ? [reply(request, 200), reply(invite, 487)] : []
    }
    hangUp(1_000)
    assert.deepStrictEqual(finish(), ["40 Ringing", "1020 Ended by us"])
    assert.deepStrictEqual(new Set(scripted.sent.map(({ to }) => to)), new Set([`${hosts[0]}:5066`]))
    for (const method of ["INVITE", "CANCEL", "ACK"]) {
      assert.deepStrictEqual(headerValues(scripted.requestsOf(method)[0], "Route"), [
        "<sip:p1.example;lr>",
        "<sip:p2.example;lr>"
      ])
    }
  })
})
