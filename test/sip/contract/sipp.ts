import { spawn } from "node:child_process"
import { createSocket } from "node:dgram"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Schedule, type Scope } from "effect"
import type { Address } from "../../../src/sip/wire/Address.ts"
import { scenario, type Step } from "./scenario.ts"

export interface SippResult {
  /** 0: the scenario was followed to the letter by all calls. */
  readonly code: number | null
  readonly errors: string
}
export interface Sipp {
  readonly address: Address
  readonly done: Effect.Effect<SippResult>
}

/** A UDP port nobody has at the moment. */
export const freePort = (host: string): Effect.Effect<number> =>
  Effect.callback<number>((resume) => {
    const socket = createSocket("udp4")
    socket.bind(0, host, () => {
      const { port } = socket.address()
      socket.close(() => resume(Effect.succeed(port)))
    })
  })

/** Waits until somebody has the port, 10 s at most: Linux lists the sockets with ports in hex. */
const listening = (port: number): Effect.Effect<void> => {
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")} `
  const isListed = Effect.sync(() => readFileSync("/proc/net/udp", "utf8").includes(local))
  return Effect.asVoid(
    Effect.repeat(isListed, { until: (listed) => listed, schedule: Schedule.spaced("20 millis"), times: 500 })
  )
}

interface Options {
  readonly callCount?: number
  /** To call, for a scenario that begins with a send. */
  readonly remote?: Address
  readonly timeoutSeconds?: number
}

/** Runs SIPp through a scenario; it ends by itself, or is killed when the scope closes. */
export const sipp = (
  name: string,
  steps: ReadonlyArray<Step>,
  { callCount = 1, remote, timeoutSeconds = 40 }: Options = {}
): Effect.Effect<Sipp, never, Scope.Scope> =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "sipp-"))),
      (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
    )
    const host = "127.0.0.3"
    const port = yield* freePort(host)
    const file = join(folder, "scenario.xml")
    writeFileSync(file, scenario(name, steps))
    const args = ["-sf", file, "-i", host, "-p", String(port), "-m", String(callCount), "-nostdin", "-trace_err"]
    args.push("-timeout", `${timeoutSeconds}s`, "-timeout_error", "-recv_timeout", "35000")
    if (remote !== undefined) args.unshift(`${remote.host}:${remote.port}`, "-r", "10", "-l", String(callCount))
    const child = yield* Effect.acquireRelease(
      Effect.sync(() => spawn("sipp", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] })),
      (process) =>
        Effect.sync(() => {
          if (process.exitCode === null) process.kill("SIGKILL")
        })
    )
    let output = ""
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()))
    const exited = new Promise<number | null>((resolve) => child.once("exit", resolve))
    const errors = () =>
      readdirSync(folder)
        .filter((entry) => entry.endsWith("_errors.log"))
        .map((entry) => readFileSync(join(folder, entry), "utf8"))
        .join("\n")
    const done = Effect.map(
      Effect.promise(() => exited),
      (code): SippResult => ({ code, errors: `${output}\n${errors()}` })
    )
    yield* listening(port)
    return { address: { host, port }, done }
  })
