import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"

const deno = join("node_modules", ".cache", "deno-2.9.6", "node_modules", ".bin", "deno")
const program = join("test", "sip", "deno", "call.ts")

const output = (command: string, args: ReadonlyArray<string>): string => {
  const { error, status, stderr, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" }
  })
  if (error !== undefined) throw error
  assert.strictEqual(status, 0, stderr)
  assert.notInclude(stderr, "DeprecationWarning")
  return stdout
}

describe("Node and Deno", () => {
  it("place the same call over SIP, and see the same happen", () => {
    const expected = [
      "far Answered",
      "far Ended",
      "far Key",
      "near Answered",
      "near Ended",
      "near Ringing",
      "legs 0",
      "faults 0"
    ]
    for (const printed of [
      output(process.execPath, [program]),
      output(deno, ["run", "--allow-all", "--unstable-net", "--node-modules-dir=manual", program])
    ]) {
      assert.deepStrictEqual(printed.trim().split("\n"), expected)
    }
  })
  it("have sockets of their own: Deno's say what they need, and what is wrong", () => {
    const opens = join("test", "sip", "deno", "sockets.ts")
    const args = ["--allow-all", "--node-modules-dir=manual", opens]
    assert.deepStrictEqual(
      output(deno, ["run", ...args])
        .trim()
        .split("\n"),
      ["UDP socket 127.0.0.1:0: no Deno sockets. Start Deno with --unstable-net."]
    )
    const problems = [
      "opened",
      "address in use",
      "address not of this machine",
      "20 datagrams of 60000 bytes, whole and in order",
      "closed, and free again"
    ]
    const node = output(process.execPath, [opens])
    assert.deepStrictEqual(node.trim().split("\n"), problems)
    assert.strictEqual(output(deno, ["run", "--unstable-net", ...args]), node)
  })
})
