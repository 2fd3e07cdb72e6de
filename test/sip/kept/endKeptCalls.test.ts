import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { type AskEnd, endKeptCalls } from "../../../src/sip/kept/endKeptCalls.ts"
import type { CallsLeft, KeptCall } from "../../../src/sip/kept/KeptCalls.ts"
import { headerValue } from "../../../src/sip/wire/message.ts"

const callOf = (id: string, trunk: string | null = null, method = "BYE"): KeptCall => ({
  id,
  trunk,
  address: "127.0.0.11:5060",
  message: `${method} sip:a@127.0.0.11 SIP/2.0\r\nCall-ID: ${id}\r\nCSeq: 100 ${method}\r\n\r\n`
})

/** Ends calls whose far ends give these statuses, one after the other, each a second after it was asked. */
const ended = (known: ReadonlyArray<KeptCall>, statuses: Readonly<Record<string, ReadonlyArray<number>>>) =>
  Effect.gen(function* () {
    const asked: Array<string> = []
    const over: Array<string> = []
    const told: Array<CallsLeft> = []
    const ask: AskEnd = ({ message }, credentials) => {
      const id = headerValue(message, "Call-ID") ?? ""
      const before = asked.filter((line) => line.startsWith(`${id} `)).length
      asked.push(`${id} ${headerValue(message, "CSeq")} ${credentials?.user ?? "nobody"}`)
      return Effect.delay(Effect.succeed(statuses[id][before]), "1 second")
    }
    const kept = {
      known,
      credentialsOf: (trunk: string) => (trunk === "north" ? { user: "u", password: "p" } : undefined),
      changed: (change: { readonly kind: string; readonly id: string }) =>
        void over.push(`${change.kind} ${change.id}`),
      told: (left: CallsLeft) => Effect.sync(() => void told.push(left))
    }
    const fiber = yield* Effect.forkChild(endKeptCalls(kept, ask))
    yield* TestClock.adjust("20 seconds")
    yield* Fiber.join(fiber)
    return { asked, over, told }
  })

describe("the calls another process left", () => {
  it.effect("are ended side by side, each forgotten as it is done with, and counted by what came of it", () =>
    Effect.gen(function* () {
      const known = [callOf("a", "north"), callOf("b", "gone"), callOf("c"), callOf("d", null, "CANCEL"), callOf("e")]
      const { asked, over, told } = yield* ended(known, { a: [200], b: [481], c: [408], d: [500], e: [200] })
      assert.deepStrictEqual(asked, [
        "a 100 BYE u",
        "b 100 BYE nobody",
        "c 100 BYE nobody",
        "d 100 CANCEL nobody",
        "e 100 BYE nobody"
      ])
      assert.deepStrictEqual(
        over,
        ["a", "b", "c", "d", "e"].map((id) => `over ${id}`)
      )
      assert.deepStrictEqual(told, [{ ended: 2, gone: 1, silent: 1, refused: 1 }])
    })
  )
  it.effect("are asked four times to end where they refuse, with numbers that rise", () =>
    Effect.gen(function* () {
      const { asked, told } = yield* ended([callOf("a"), callOf("b")], { a: [500, 503, 200], b: [403, 403, 403, 403] })
      assert.deepStrictEqual(
        asked.filter((line) => line.startsWith("b")),
        [100, 102, 104, 106].map((cseq) => `b ${cseq} BYE nobody`)
      )
      assert.strictEqual(asked.length, 7)
      assert.deepStrictEqual(told, [{ ended: 1, gone: 0, silent: 0, refused: 1 }])
    })
  )
  it.effect("are forgotten when they cannot be read; nothing is told where there were none", () =>
    Effect.gen(function* () {
      const { over, told } = yield* ended([{ ...callOf("a"), message: "?" }], {})
      assert.deepStrictEqual([over, told.length], [["over a"], 1] as unknown)
      assert.deepStrictEqual((yield* ended([], {})).told, [])
    })
  )
})
