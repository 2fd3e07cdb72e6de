// Formatting, lint and types in one go. All three always run and report, whichever fails.
import { spawn } from "node:child_process"
import { join } from "node:path"
import { nodePath, root } from "./setup.mjs"

const colour = process.stdout.isTTY === true

const checks = [
  {
    name: "types",
    script: "typescript-7/bin/tsc",
    args: ["--project", "tsconfig.json", "--pretty", String(colour)]
  },
  { name: "formatting", script: "prettier/bin/prettier.cjs", args: ["--check", "--log-level", "warn", "."] },
  {
    name: "lint",
    script: "eslint/bin/eslint.js",
    args: ["--max-warnings", "0", colour ? "--color" : "--no-color", "."]
  }
]

const runCheck = ({ name, script, args }) =>
  new Promise((resolve, reject) => {
    const started = performance.now()
    const file = join(root, "node_modules", script)
    const child = spawn(nodePath(), [file, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
    const output = []
    child.stdout.on("data", (chunk) => output.push(chunk))
    child.stderr.on("data", (chunk) => output.push(chunk))
    child.on("error", reject)
    child.on("close", (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${name}: ${code === 0 ? "ok" : "FAILED"} (${seconds} s)`)
      process.stdout.write(Buffer.concat(output))
      resolve(code === 0 ? [] : [name])
    })
  })

/** Runs every check side by side. Answers the names of those that failed. */
export const check = async () => (await Promise.all(checks.map(runCheck))).flat()
