import { Effect } from "effect"
import { spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { until } from "../test/live/harness/host.ts"

const main = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url))

/** `outpace serve` in a process of its own. */
export interface Serving {
  /** Of every call joined so far: from the customer's answer to the agent hearing them, milliseconds. */
  readonly joined: ReadonlyArray<number>
  /** Processor time of the process so far, all threads. */
  readonly coreSeconds: () => number
  /** How long its main thread was ready to run so far while other work had the processors. */
  readonly heldUpSeconds: () => number
  readonly isRunning: () => boolean
  /** Warnings and errors it has logged, the first few. */
  readonly complaints: () => string
}

const readySeconds = 60
const complaintsMax = 10
/** Characters kept of what it says, to show when it does not start. */
const saidMax = 4_000
/** USER_HZ of Linux, the unit of times in /proc. */
const ticksPerSecond = 100

/** Runs the floor of a folder's outpace.yaml while the scope is open, and waits until it can be steered. */
export const serving = Effect.fnUntraced(function* (cwd: string, socket: string) {
  const joined: Array<number> = []
  const complaints: Array<string> = []
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      // Should this process die before, the kernel tells the floor.
      spawn("setpriv", ["--pdeathsig", "TERM", "--", process.execPath, main, "serve", "--stop-seconds", "15"], {
        cwd,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, NO_COLOR: "1" }
      })
    ),
    (running) => Effect.sync(() => running.kill("SIGKILL"))
  )
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  let said = ""
  const heard = (text: string): void => void (said = (said + text).slice(-saidMax))
  let kind = ""
  let rest = ""
  const readLog = (text: string): void => {
    const lines = (rest + text).split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines) {
      kind = / (?:INFO|WARN|ERROR|FATAL) \([^)]*\): (.*?)(?: \{.*)?$/.exec(line)?.[1] ?? kind
      const millis = /\bmillis: ([\d.e-]+)/.exec(line)
      if (kind === "joined" && millis !== null) joined.push(Number(millis[1]))
      if (/ (?:WARN|ERROR|FATAL) \(/.test(line) && complaints.length < complaintsMax) complaints.push(line)
    }
  }
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", heard)
  child.stdout.on("data", readLog)
  yield* until(
    () => `the floor is ready: ${said}`,
    () => existsSync(socket) || !isRunning(),
    readySeconds
  )
  if (!isRunning()) yield* Effect.die(new Error(`the floor did not start: ${said}`))
  const serving: Serving = {
    joined,
    coreSeconds: () => coreSecondsOf(child.pid ?? 0),
    heldUpSeconds: () => heldUpSecondsOf(child.pid ?? 0),
    isRunning,
    complaints: () => complaints.join("\n")
  }
  return serving
})

const coreSecondsOf = (pid: number): number => {
  // The name before the last bracket may hold blanks; then state is the first field, user and system time the 12th and 13th.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Nanoseconds it ran, nanoseconds it waited on a run queue, and how often. */
const heldUpSecondsOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[1]) / 1e9
