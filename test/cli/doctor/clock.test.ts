import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { aheadOf, clock, readClocks } from "../../../src/cli/doctor/clock.ts"

const noon = Date.UTC(2026, 10, 23, 12)
const bytesOf = (date: string) =>
  new TextEncoder().encode(
    `SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a;branch=z9hG4bKx\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n${date}\r\n\r\n`
  )
const passing = (date: string, direction: "sent" | "received" = "received") => ({
  direction,
  peer: { host: "127.0.0.3", port: 5_060 },
  bytes: bytesOf(date),
  atMillis: 0
})

describe("the clock of a floor", () => {
  it("is compared with the Date of answers, which tells whole seconds", () => {
    const ahead = (second: number, millis = 0) =>
      aheadOf(passing(`Date: ${new Date(noon + second * 1_000).toUTCString()}`), noon + millis)
    assert.deepStrictEqual([ahead(10), ahead(0, 999), ahead(0, 1_000), ahead(-60)], [10_000, 0, 0, -59_000])
    assert.strictEqual(aheadOf(passing("Subject: none"), noon), null)
    assert.strictEqual(aheadOf(passing("Date: Mon, 23 Nov 2026 12:00:00 GMT", "sent"), noon), null)
  })

  const judged = (ahead: ReadonlyArray<number>, at = noon) =>
    Effect.gen(function* () {
      yield* TestClock.setTime(at)
      const { found, level } = yield* clock(yield* readClocks, ahead)
      return `${level}: ${found}`
    })
  it.effect("is fine, doubtful or wrong by how far it is off", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        [
          yield* judged([]),
          yield* judged([-90_000, 400]),
          yield* judged([7_000]),
          yield* judged([-61_000]),
          yield* judged([], Date.UTC(2020, 0, 1))
        ],
        [
          "ok: 2026-11-23T12:00:00Z; no answer of a trunk had a Date to compare it with",
          "ok: 2026-11-23T12:00:00Z, as the trunk's",
          "warning: 2026-11-23T12:00:00Z is 7 s behind the trunk's",
          "problem: 2026-11-23T12:00:00Z is 61 s ahead of the trunk's",
          "problem: 2020-01-01T00:00:00Z cannot be"
        ]
      )
    })
  )
})
