import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"

const deno = join("node_modules", ".cache", "deno-2.9.6", "node_modules", ".bin", "deno")
const program = join("test", "deno", "printShift.ts")
const scenarios = readdirSync("scenarios").filter((file) => file.endsWith(".yaml"))

const output = (command: string, args: ReadonlyArray<string>): string => {
  const { error, status, stderr, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: 100_000,
    env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" }
  })
  if (error !== undefined) throw error
  assert.strictEqual(status, 0, stderr)
  return stdout
}

describe("Node and Deno", () => {
  it.each(scenarios)("run the shift of %s to the same records, byte for byte", (scenario) => {
    const file = join("scenarios", scenario)
    const onDeno = output(deno, ["run", "--allow-all", "--node-modules-dir=manual", program, file])
    assert.isAbove(onDeno.length, 1_000)
    assert.isTrue(onDeno === output(process.execPath, [program, file]), "the records differ")
  })
})
