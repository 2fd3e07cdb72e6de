import { assert, describe, it } from "@effect/vitest"
import { Effect, Logger } from "effect"
import { SqlClient } from "effect/sql"
import { TestClock } from "effect/testing"
import { keepPhones } from "../../../src/runtime/serve/keepPhones.ts"
import type { KeptPhone } from "../../../src/sip/registrar/KeptPhones.ts"
import { phonesAt } from "../../../src/store/floor/phones.ts"
import { onStore } from "../../store/floor/onStore.ts"

const ann: KeptPhone = { user: "ann", contact: "sip:ann@192.0.2.1", source: "192.0.2.1:5060", expiresAt: 60_000 }
const desk: KeptPhone = { ...ann, contact: "sip:ann@192.0.2.2" }
const ben: KeptPhone = { ...ann, user: "ben", expiresAt: 90_000 }
/** Lets the fibre that writes go on until it has nothing to do. */
const settle = TestClock.adjust("1 milli")

describe("registrations of phones in the store", () => {
  it.effect("are those of the last time, less what was taken back or is over", () =>
    onStore(() =>
      Effect.gen(function* () {
        yield* Effect.scoped(
          Effect.gen(function* () {
            const { changed, known } = yield* keepPhones
            assert.deepStrictEqual(known, [])
            for (const phone of [ann, desk, ben]) changed({ kind: "registered", ...phone })
            changed({ kind: "removed", user: "ann", contact: desk.contact })
            yield* settle
          })
        )
        assert.deepStrictEqual((yield* Effect.scoped(keepPhones)).known, [ann, ben])
        yield* TestClock.setTime(60_000)
        assert.deepStrictEqual((yield* Effect.scoped(keepPhones)).known, [ben])
      })
    )
  )

  it.effect("go on being kept after the store refused some, which is logged", () => {
    const logged: Array<unknown> = []
    const logger = Logger.layer([Logger.make(({ message }) => void logged.push(message))])
    return onStore(() =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        const { changed } = yield* keepPhones
        yield* sql`ALTER TABLE phones RENAME TO elsewhere`
        changed({ kind: "registered", ...ann })
        yield* settle
        assert.strictEqual(logged.length, 1)
        assert.deepStrictEqual((yield* Effect.scoped(keepPhones)).known, [])
        assert.strictEqual(logged.length, 2)
        yield* sql`ALTER TABLE elsewhere RENAME TO phones`
        changed({ kind: "registered", ...ben })
        yield* settle
        assert.deepStrictEqual(yield* phonesAt(0), [ben])
      }).pipe(Effect.scoped)
    ).pipe(Effect.provide(logger))
  })
})
