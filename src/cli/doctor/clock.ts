import { dayMillis } from "../../domain/compliance/civil.ts"
import { Clock, Effect } from "effect"
import { headerValue, parseMessage } from "../../sip/wire/message.ts"
import type { Passing } from "../call/wireTap.ts"
import { ok, problem, warning } from "./Finding.ts"

/** Before this nobody can have run this version. */
const plausibleFrom = Date.UTC(2026, 0, 1)
const apartWarned = 5_000
const apartWrong = 60_000
/** A system clock that was set while the checks ran. */
const steppedMillis = 500

/** How far a response's Date is ahead of our clock, in milliseconds; null where it has none. It tells whole seconds. */
export const aheadOf = ({ bytes, direction }: Passing, nowMillis: number): number | null => {
  if (direction !== "received") return null
  const message = parseMessage(bytes)
  if (message.kind === "malformed") return null
  const date = Date.parse(headerValue(message, "Date") ?? "")
  if (Number.isNaN(date)) return null
  const apart = date - nowMillis
  return apart > 0 ? apart : Math.min(0, apart + 1_000)
}

interface Reading {
  readonly wall: number
  readonly monotonic: number
}

export const readClocks: Effect.Effect<Reading> = Effect.gen(function* () {
  const monotonic = Number(yield* Clock.monotonicTimeNanos) / 1e6
  return { wall: yield* Clock.currentTimeMillis, monotonic }
})

/** Whether the clock can be right: calling hours and reports go by it. `ahead`: what trunks' answers said. */
export const clock = Effect.fnUntraced(function* (before: Reading, ahead: ReadonlyArray<number>) {
  const now = yield* readClocks
  const stepped = now.wall - before.wall - (now.monotonic - before.monotonic)
  const todo = "Let the machine set its clock by NTP: calling hours and reports go by it."
  const time = new Date(now.wall).toISOString().replace(/\.\d+Z$/, "Z")
  if (now.wall < plausibleFrom) return problem("clock", `${time} cannot be`, todo)
  if (Math.abs(stepped) > steppedMillis) {
    return warning("clock", `it was set by ${(stepped / 1_000).toFixed(1)} s while it was watched`, todo)
  }
  if (ahead.length === 0) return ok("clock", `${time}; no answer of a trunk had a Date to compare it with`)
  const apart = ahead.reduce((least, each) => (Math.abs(each) < Math.abs(least) ? each : least))
  const words = `${lengthText(Math.abs(apart))} ${apart > 0 ? "behind" : "ahead of"} the trunk's`
  if (Math.abs(apart) > apartWrong) return problem("clock", `${time} is ${words}`, todo)
  if (Math.abs(apart) > apartWarned) return warning("clock", `${time} is ${words}`, todo)
  return ok("clock", `${time}, as the trunk's`)
})

const lengthText = (millis: number): string =>
  millis < 2 * dayMillis ? `${Math.round(millis / 1_000)} s` : `${Math.round(millis / dayMillis)} days`
