import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { Effect, type Scope } from "effect"

export interface Program {
  /** What it has written so far, to standard output and error; the last 200,000 characters. */
  readonly output: () => string
  /** Waits for its end; null when it died of a signal. */
  readonly exited: Effect.Effect<number | null>
  readonly isRunning: () => boolean
  /** Types a line to it. */
  readonly type: (line: string) => void
  /** Ends it without notice, as a power cut does, and waits until it is gone. */
  readonly kill: Effect.Effect<void>
}

const outputMax = 200_000
/** How long a program may take to end by itself before it is killed. */
const goodbye = "2 seconds"

/**
 * Runs a program as long as the scope is open: then it is asked to end, by its own id, and killed when it does not. Should
 * we die before that, the kernel tells it. `cwd` is where it leaves what it writes.
 */
export const program = Effect.fnUntraced(function* (command: string, args: ReadonlyArray<string>, cwd: string) {
  let output = ""
  const child = yield* Effect.sync(() =>
    spawn("setpriv", ["--pdeathsig", "TERM", "--", command, ...args], {
      cwd,
      stdio: "pipe",
      // A process group of its own, so that its children can be ended with it.
      detached: true,
      // What a program keeps for its user goes there, too. Debian has servers where only root's PATH leads.
      env: { ...process.env, HOME: cwd, PATH: [process.env.PATH, "/usr/sbin"].join(delimiter) }
    })
  )
  // Once it has ended there is nobody to read what is typed.
  child.stdin.on("error", () => {})
  const write = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-outputMax))
  child.stdout.on("data", write)
  child.stderr.on("data", write)
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", resolve)
    child.once("error", (error) => {
      output += error.message
      resolve(-1)
    })
  })
  const exited = Effect.promise(() => ended)
  const isRunning = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined
  const killGroup = Effect.sync(() => child.pid !== undefined && signalGroup(child.pid, "SIGKILL"))
  const kill = Effect.andThen(killGroup, exited)
  const end = Effect.andThen(
    Effect.sync(() => isRunning() && child.kill("SIGTERM")),
    exited
  )
  yield* Effect.addFinalizer(() => Effect.timeoutOption(end, goodbye).pipe(Effect.andThen(kill)))
  const type = (line: string): void => void child.stdin.write(`${line}\n`)
  return { output: () => output, exited, isRunning, type, kill: Effect.asVoid(kill) } satisfies Program
})

const signalGroup = (group: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-group, signal)
  } catch {
    // Nobody of it is left.
  }
}

/** A folder of its own, gone with the scope. */
export const folder = (name: string): Effect.Effect<string, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), `${name}-`))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
