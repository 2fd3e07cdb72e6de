import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { firstLines, openWire, theirRequest, trunk } from "./harness.ts"

const folder = join("test", "sip", "torture")
const files = (kind: string) => readdirSync(join(folder, kind)).map((name) => [name, join(folder, kind, name)])
/** Responses of the valid set: nothing of ours asked for them, so they are dropped as unknown, not as malformed. */
const responses = ["noreason.dat", "unreason.dat"]
/** What each invalid message gets (RFC 4475 §3.1.2 to §3.4): a status, silence (0), or a hearing (1). */
const treatment: Readonly<Record<string, number>> = {
  "badaspec.dat": 1,
  "badbranch.dat": 1,
  "baddate.dat": 1,
  // Its empty line is missing in the file; unquoted commas in names are held to 400 beside this.
  "baddn.dat": 0,
  "badinv01.dat": 400,
  "badvers.dat": 505,
  "bcast.dat": 0,
  "bext01.dat": 420,
  "bigcode.dat": 0,
  "clerr.dat": 400,
  "cparam01.dat": 1,
  "cparam02.dat": 1,
  "escruri.dat": 1,
  "insuf.dat": 0,
  "inv2543.dat": 400,
  "invut.dat": 415,
  "ltgtruri.dat": 400,
  "lwsruri.dat": 400,
  "lwsstart.dat": 1,
  "mcl01.dat": 400,
  "mismatch01.dat": 400,
  "mismatch02.dat": 400,
  "multi01.dat": 0,
  "ncl.dat": 400,
  "novelsc.dat": 416,
  "quotbal.dat": 400,
  "regaut01.dat": 1,
  "regbadct.dat": 1,
  "regescrt.dat": 1,
  "scalar02.dat": 400,
  "scalarlg.dat": 0,
  "sdp01.dat": 1,
  "trws.dat": 1,
  "unkscm.dat": 416,
  "unksm2.dat": 1,
  "zeromf.dat": 1
}

/** Whole numbers below a bound, the same ones for the same seed (mulberry32). */
const randomBelow = (seed: number) => {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const give = (path: string) => {
  const opened = openWire()
  opened.wire.receive(readFileSync(path), trunk, 0)
  const status = opened.sent.length === 0 ? 0 : Number(opened.sent[0].text.slice(8, 11))
  return { ...opened, treated: opened.requests.length > 0 ? 1 : status }
}

describe("RFC 4475", () => {
  it.each(files("valid"))("takes the valid message %s", (name, path) => {
    const { treated, wire } = give(path)
    assert.strictEqual(wire.counters.malformed, 0)
    if (responses.includes(name)) assert.strictEqual(wire.counters.unknownResponses, 1)
    else assert.strictEqual(treated, 1)
  })
  it.each(files("invalid"))("survives the invalid message %s and treats it right", (name, path) => {
    const { treated, wire } = give(path)
    assert.strictEqual(treated, treatment[name])
    assert.strictEqual(wire.counters.faults, 0)
  })
  it("answers 400 to a name with an unquoted comma", () => {
    const opened = openWire()
    opened.receive(theirRequest("OPTIONS").replace("From: <", "From: Bell, Alexander <"), 0)
    assert.deepStrictEqual(firstLines(opened.sent), ["SIP/2.0 400 Bad Request"])
  })
  it("never throws on pieces and mutations of them, and answers nobody but the sender", () => {
    const random = randomBelow(1)
    const originals = [...files("valid"), ...files("invalid")].map(([, path]) => readFileSync(path, "latin1"))
    const opened = openWire({}, ["192.0.2.0/24"], 1e9)
    for (let i = 0; i < 15_000; i += 1) {
      // A branch of its own, or it would be taken for a repetition.
      const text = originals[random(originals.length)].replaceAll(/branch *= *z9hG4bK/g, `branch=z9hG4bK${i}`)
      const bytes = Buffer.from(text, "latin1")
      for (let changes = random(6); changes >= 0; changes -= 1) bytes[random(bytes.length)] = random(256)
      opened.wire.receive(bytes.subarray(0, random(8) === 0 ? random(bytes.length) : bytes.length), trunk, i)
    }
    assert.strictEqual(opened.wire.counters.faults, 0)
    assert.isAbove(opened.requests.length, 1_000)
    assert.isTrue(opened.sent.every(({ to }) => to === trunk))
  })
})
