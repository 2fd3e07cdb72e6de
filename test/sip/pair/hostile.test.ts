import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Pair, randomBelow, sdp } from "./pair.ts"

const folder = join("test", "sip", "torture")
const torture = ["valid", "invalid"].flatMap((kind) =>
  readdirSync(join(folder, kind)).map((name) => readFileSync(join(folder, kind, name), "latin1"))
)
const empty = [
  [0, 0],
  [0, 0]
]

/** All texts of a call with keys, hold and hang-up, both directions. */
const callTexts = () => {
  const pair = new Pair()
  pair.onInbound = (leg) => pair.onFar(leg, 100, (one) => one.accept(sdp(6_000)))
  const leg = pair.place()
  pair.onNear(leg, 1_000, (one) => one.sendKey({ key: "5", durationMillis: 100 }, () => {}))
  pair.onNear(leg, 2_000, (one) => one.reoffer(sdp(4_000, "sendonly"), () => {}))
  pair.onNear(leg, 3_000, (one) => one.hangUp())
  pair.run(10_000)
  // A BYE would end what is to be attacked.
  return pair.texts.filter((text) => !text.startsWith("near: BYE"))
}

const mutate = (text: string, random: (below: number) => number, number: number): Uint8Array => {
  // Branches of their own, or they would be taken for repetitions.
  const bytes = Buffer.from(text.replaceAll(/branch *= *z9hG4bK/g, `branch=z9hG4bK${number}`), "latin1")
  for (let changes = random(8); changes > 0; changes -= 1) bytes[random(bytes.length)] = random(256)
  return bytes.subarray(0, random(10) === 0 ? random(bytes.length) : bytes.length)
}

/** A call that is up, and messages about to be thrown at its far end. */
const target = (seed: number) => {
  const pair = new Pair(0, seed)
  pair.onInbound = (leg) => pair.onFar(leg, 100, (one) => one.accept(sdp(6_000)))
  const leg = pair.place()
  pair.run(1_000)
  return { pair, leg, random: randomBelow(seed) }
}

describe("hostile messages", () => {
  it("RFC 4475, as it is and mutated 6,000 times: nothing throws, nothing stays, the call that is up goes on", () => {
    const { leg, pair, random } = target(1)
    pair.onInbound = () => {}
    for (let i = 0; i < 6_000; i += 1) {
      const text = torture[i % torture.length]
      const bytes = i < torture.length ? Buffer.from(text, "latin1") : mutate(text, random, i)
      pair.far.receive(bytes, { host: "127.0.0.9", port: 5_060 }, pair.now)
      if (i % 20 === 0) pair.run(50)
    }
    assert.deepStrictEqual(pair.faults, [])
    assert.isTrue(leg.machine.isUp)
    pair.onNear(leg, 0, (one) => one.hangUp())
    pair.run(1_000_000)
    assert.deepStrictEqual(pair.left, empty)
  })
  it("a call's own messages mutated 6,000 times, to both sides: nothing throws and everything ends", () => {
    const texts = callTexts()
    const { pair, random } = target(2)
    // They are made to be of the call that is up: its Call-ID and tags.
    const live = pair.texts.find((text) => text.startsWith("far: SIP/2.0 200")) ?? ""
    const part = (pattern: RegExp) => pattern.exec(live)?.[1] ?? ""
    const [callId, from, to] = [part(/Call-ID: (.*)\r/), part(/From: .*tag=(\w+)/), part(/To: .*tag=(\w+)/)]
    for (let i = 0; i < 6_000; i += 1) {
      const [side, original] = texts[random(texts.length)].split(/: (.*)/s)
      const text = original
        .replace(/Call-ID: .*\r/, `Call-ID: ${callId}\r`)
        .replace(/(From: .*tag=)\w+/, `$1${from}`)
        .replace(/(To: .*tag=)\w+/, `$1${to}`)
        .replace(/CSeq: \d+/, `CSeq: ${20_000 + i}`)
      const bytes = mutate(text, random, i)
      const [edge, source] = side === "near" ? [pair.far, pair.nearAddress] : [pair.near, pair.farAddress]
      edge.receive(bytes, source, pair.now)
      if (i % 20 === 0) pair.run(50)
    }
    assert.deepStrictEqual(pair.faults, [])
    // Some got through to the call, or this would show nothing.
    assert.isAbove(pair.log.filter((line) => /Key|Reoffered/.test(line)).length, 100)
    for (const side of [pair.near, pair.far]) side.close(pair.now)
    pair.run(1_000_000)
    assert.deepStrictEqual(pair.left, empty)
  })
  it.each([
    ["a branch that objects inherit", "branch=z9hG4bK1", "branch=constructor"],
    ["a Call-ID that objects inherit", /Call-ID: .*\r/, "Call-ID: __proto__\r"],
    ["a tag that objects inherit", /(From: .*tag=)\w+/, "$1constructor"],
    ["a user that cannot be decoded", /From: <sip:[^@]*@/, "From: <sip:%zz%80@"],
    ["a contact that is a name nobody has", /Contact: <sip:[^>]*>/, "Contact: <sip:x@nowhere.invalid:1>"],
    ["a contact of the new internet", /Contact: <sip:[^>]*>/, "Contact: <sip:x@[2001:db8::1]>"],
    ["a via without a port", /(Via: SIP\/2\.0\/UDP [\d.]+):\d+/, "$1"],
    ["a via of an impossible port", /(Via: SIP\/2\.0\/UDP [\d.]+):\d+/, "$1:99999"],
    [
      "a disposition without a description",
      "Content-Type: application/sdp",
      "Content-Type: text/plain\r\nContent-Disposition: session"
    ],
    [
      "a disposition with one",
      "Content-Type: application/sdp",
      "Content-Type: application/sdp\r\nContent-Disposition: render"
    ],
    ["a record-route that is none", "Contact:", 'Record-Route: "<x>\r\nContact:'],
    [
      "a record-route with a name",
      "Contact:",
      'Record-Route: "Proxy, of course" <sip:127.0.0.1:5080;lr;x=a==>\r\nContact:'
    ],
    ["a call to Replaces", "Contact:", "Replaces: x;to-tag=1;from-tag=2\r\nContact:"],
    ["an Expires of nothing", "Contact:", "Expires: 0\r\nContact:"],
    ["a required PRACK", "Contact:", "Require: 100rel\r\nContact:"]
  ])("an INVITE with %s", (_, search, replacement) => {
    const { pair, leg } = target(3)
    const invite = pair.texts[0]
      .replace(/^near: /, "")
      .replace(/Call-ID: .*\r/, "Call-ID: another\r")
      .replace(/branch=\w+/, "branch=z9hG4bK1")
      .replace(search, replacement)
    pair.far.receive(Buffer.from(invite), pair.nearAddress, pair.now)
    pair.run(5_000)
    assert.deepStrictEqual(pair.faults, [])
    const answer = pair.texts.filter((text) => text.startsWith("far: SIP/2.0")).at(-1) ?? ""
    assert.match(answer, /^far: SIP\/2\.0 (200|180|400|415|420|487)/)
    assert.isTrue(leg.machine.isUp)
    for (const side of [pair.near, pair.far]) side.close(pair.now)
    pair.run(1_000_000)
    assert.deepStrictEqual(pair.left, empty)
  })
})
