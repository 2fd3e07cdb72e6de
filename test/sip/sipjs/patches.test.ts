import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { sipjs } from "../../../src/sip/sipjs/package.ts"
import { patch, patchedVersion } from "../../../src/sip/sipjs/patches.ts"

/** Every name inside the package that our code replaces, calls or reads. */
const names = {
  Utils: ["createRandomToken", "generateFakeSDP", "defer"],
  Timers: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"],
  Transactions: ["InviteClientTransaction", "NonInviteClientTransaction", "checkTransaction"]
}
const prototypes = {
  UA: ["newTransaction", "destroyTransaction", "receiveRequest", "onTransportConnected"],
  RequestSender: ["receiveResponse", "send"],
  Session: ["receiveRequest", "sendRequest", "setInvite2xxTimer", "setACKTimer", "terminated"],
  InviteClientContext: ["invite", "receiveInviteResponse", "onRequestTimeout", "onTransportError"],
  InviteServerContext: ["accept", "reject", "receiveRequest"],
  Dialog: ["terminate"]
}
const statuses = { STATUS_1XX_RECEIVED: 2, STATUS_WAITING_FOR_ACK: 7, STATUS_TERMINATED: 9, STATUS_CONFIRMED: 12 }

describe("sipjs-udp", () => {
  it("is the version the repairs were made for, and pinned to it", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: Record<string, string> }
    assert.deepStrictEqual([sipjs.version, manifest.dependencies["sipjs-udp"]], [patchedVersion, patchedVersion])
    assert.throws(() => patch({ ...sipjs, version: "0.0.19" }), /sipjs-udp 0\.0\.19 is installed/)
  })
  it("has all that the repairs touch", () => {
    const inside = sipjs as unknown as Record<string, Record<string, unknown> & { prototype: Record<string, unknown> }>
    const missing: Array<string> = []
    for (const [owner, members] of Object.entries(names)) {
      for (const name of members) if (typeof inside[owner][name] !== "function") missing.push(`${owner}.${name}`)
    }
    for (const [owner, members] of Object.entries(prototypes)) {
      for (const name of members)
        if (typeof inside[owner].prototype[name] !== "function") missing.push(`${owner}#${name}`)
    }
    assert.deepStrictEqual(missing, [])
    for (const [name, value] of Object.entries(statuses)) assert.strictEqual(sipjs.Session.C[name], value)
  })
  it("loads without a word on the error output", () => {
    const program = 'await import("./src/sip/sipjs/package.ts")'
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", `${program}; console.log("loaded")`], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"]
    })
    assert.strictEqual(output, "loaded\n")
    assert.strictEqual(
      execFileSync(process.execPath, ["--throw-deprecation", "--input-type=module", "-e", program], {
        encoding: "utf8"
      }),
      ""
    )
  })
  it("draws tokens nobody can guess", () => {
    const tokens = new Set(Array.from({ length: 1_000 }, () => sipjs.Utils.createRandomToken(10)))
    assert.strictEqual(tokens.size, 1_000)
    for (const token of tokens) assert.match(token, /^[0-9a-v]{10}$/)
  })
})
