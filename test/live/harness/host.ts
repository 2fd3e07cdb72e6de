import { readFileSync } from "node:fs"
import { Effect, Schedule } from "effect"

let hosts = 0

/**
 * A loopback address of this machine that nobody else has: two bytes of it are the process's id, the last one counts. Each
 * far end gets one of its own and uses the ports it always uses, so test files can run side by side. Linux answers on all
 * of 127.0.0.0/8.
 */
export const newHost = (): string => {
  hosts = (hosts % 254) + 1
  // 127.0 is left to others.
  return `127.${1 + ((process.pid >> 8) % 254)}.${process.pid & 255}.${hosts}`
}

/** Waits until a condition holds; dies with the sentence when it does not within `seconds`. */
export const until = (
  what: string | (() => string),
  condition: Effect.Effect<boolean> | (() => boolean),
  seconds = 10
): Effect.Effect<void> =>
  Effect.gen(function* () {
    const check = Effect.isEffect(condition) ? condition : Effect.sync(condition)
    const schedule = Schedule.spaced("20 millis")
    const holds = yield* Effect.repeat(check, { until: (holds) => holds, schedule, times: seconds * 50 })
    if (!holds) yield* Effect.die(new Error(`not so within ${seconds} s: ${typeof what === "string" ? what : what()}`))
  })

/** An IPv4 address and port as Linux lists its sockets: bytes from the last to the first, in hex. */
const listed = (host: string, port: number): string => {
  const bytes = host.split(".").map((byte) => Number(byte).toString(16).padStart(2, "0"))
  return `${bytes.reverse().join("")}:${port.toString(16).padStart(4, "0")} `.toUpperCase()
}

/** Whether a socket of this machine is bound there. */
export const isBound = (protocol: "udp" | "tcp", host: string, port: number): boolean =>
  readFileSync(`/proc/net/${protocol}`, "utf8").includes(` ${listed(host, port)}`)
