import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, describe, it } from "@effect/vitest"

const deno = join("node_modules", ".cache", "deno-2.9.6", "node_modules", ".bin", "deno")
const program = join("test", "media", "deno", "bridge.ts")
const folder = mkdtempSync(join(tmpdir(), "media-"))
afterAll(() => rmSync(folder, { recursive: true }))

const output = (command: string, args: ReadonlyArray<string>): unknown => {
  const { error, status, stderr, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    timeout: 100_000,
    env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" }
  })
  if (error !== undefined) throw error
  assert.strictEqual(status, 0, stderr)
  return JSON.parse(stdout)
}
const expected = {
  payloads: Array.from({ length: 20 }, (_, i) => 0x80 + i),
  dropped: { malformed: 0, stranger: 0, payloadType: 0, early: 0 },
  lost: 0,
  packets: 20,
  late: 0
}

describe("the media thread, over UDP, with a recording, to the end of the program", () => {
  it("on Node", () => {
    assert.deepStrictEqual(output(process.execPath, [program, join(folder, "node.wav"), "27300"]), expected)
  })
  it("on Deno, over its own sockets", () => {
    const args = ["run", "--allow-all", "--unstable-net", "--node-modules-dir=manual", program]
    assert.deepStrictEqual(output(deno, [...args, join(folder, "deno.wav"), "27400"]), expected)
  })
  it("on Deno, says what is missing without its flag", () => {
    const args = ["run", "--allow-all", "--node-modules-dir=manual", program, join(folder, "none.wav"), "27500"]
    const { status, stderr } = spawnSync(deno, args, { encoding: "utf8", timeout: 100_000 })
    assert.notStrictEqual(status, 0)
    assert.match(stderr, /Deno must be started with --unstable-net/)
  })
})
