import { Effect } from "effect"
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../", import.meta.url))
const node = join(root, "node_modules", ".bin", "node")
const main = join(root, "src", "cli", "main.ts")

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the real command in a folder. It is killed when it has not ended by itself in time. */
export const startCli = (
  args: ReadonlyArray<string>,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  launcher: ReadonlyArray<string> = []
) => {
  const [command, ...rest] = [...launcher, node, main, ...args]
  const child = spawn(command, rest, {
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...env },
    timeout: 100_000,
    killSignal: "SIGKILL"
  })
  const text = { out: "", err: "" }
  child.stdout.on("data", (chunk: Buffer) => (text.out += chunk.toString()))
  child.stderr.on("data", (chunk: Buffer) => (text.err += chunk.toString()))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, ...text }))
  })
  return { child, ended }
}

export const runCli = (args: ReadonlyArray<string>, cwd: string, env: Readonly<Record<string, string>> = {}) =>
  Effect.promise(() => startCli(args, cwd, env).ended)

/** Resolves once standard error holds a match; with the process ended, whatever it said. */
export const heard = (child: ChildProcessWithoutNullStreams, pattern: RegExp): Promise<void> =>
  new Promise((resolve) => {
    let text = ""
    child.stderr.on("data", (chunk: Buffer) => {
      text += chunk.toString()
      if (pattern.test(text)) resolve()
    })
    child.on("close", () => resolve())
  })

/** A quarter of an hour of three agents: a shift takes milliseconds. */
const tiny = `name: Tiny
seed: 1
day: { start: "09:00", lengthHours: 0.25 }
trunk: { lines: 12 }
groups:
  - { name: team, agents: 3 }
campaigns:
  - name: Calls
    mode: predictive
    pacing: { kind: fixed-ratio, linesPerAgent: 1.5 }
    modesAllowed: [progressive, predictive]
    law: none
    list: { contacts: 400 }
    people: { outcomes: { person: 0.3 }, talkSeconds: { kind: exponential, mean: 60 } }
    work: { wrapSeconds: 10 }
`

/** Writes the small scenario, or a changed one, into the folder. */
export const writeScenario = (
  folder: string,
  name = "tiny.yaml",
  change: (text: string) => string = (text) => text
) => {
  const path = join(folder, name)
  writeFileSync(path, change(tiny))
  return path
}
