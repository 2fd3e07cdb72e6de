import { assert, describe, it } from "@effect/vitest"
import { Effect, Logger } from "effect"
import { SqlClient } from "effect/sql"
import { TestClock } from "effect/testing"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import { keepCalls } from "../../../src/runtime/serve/keepCalls.ts"
import { CallBook } from "../../../src/runtime/store/CallBook.ts"
import { layer as layerStoredJournal } from "../../../src/runtime/store/storedJournal.ts"
import { type OpenCall, openCalls } from "../../../src/store/floor/openCalls.ts"
import { insertWindow } from "../../../src/store/floor/windows.ts"
import { onStore } from "../../store/floor/onStore.ts"
import { trunkOf } from "../../sip/trunks/trunkOf.ts"

const anna: OpenCall = { id: "a", trunk: "north", address: "192.0.2.1:5060", message: "CANCEL sip:a SIP/2.0\r\n\r\n" }
const ben: OpenCall = { ...anna, id: "b", trunk: null }
const records = { attempts: [], arrivals: [], spans: [], holds: [], notes: [] }
const trunks = [trunkOf("north", { credentials: { user: "u", password: "p" } }), trunkOf("south")]

/** Runs with a store whose journal takes the book's changes along; */
const onFloor = <A, E>(use: (book: CallBook) => Effect.Effect<A, E, Journal | SqlClient.SqlClient>) =>
  onStore((path) =>
    Effect.gen(function* () {
      const book = new CallBook()
      const window = yield* insertWindow({ openedAt: 0, epoch: 0, settings: {}, opening: {} })
      const journal = layerStoredJournal({ path, window, eventCount: 0, takeCalls: () => book.take() })
      return yield* Effect.provide(use(book), journal)
    })
  )

describe("calls in the store", () => {
  it.effect("are written with the journal's next commit, and by themselves 20 ms later", () =>
    onFloor((book) =>
      Effect.gen(function* () {
        const journal = yield* Journal
        const { changed, known } = yield* keepCalls(book, trunks)
        assert.deepStrictEqual(known, [])
        changed({ kind: "kept", ...anna })
        yield* journal.commit([], records)
        assert.deepStrictEqual(yield* openCalls, [anna])
        yield* TestClock.adjust("1 second")
        changed({ kind: "kept", ...ben })
        changed({ kind: "over", id: "a" })
        yield* TestClock.adjust("19 millis")
        assert.deepStrictEqual(yield* openCalls, [anna])
        yield* TestClock.adjust("1 millis")
        assert.deepStrictEqual(yield* openCalls, [ben])
      }).pipe(Effect.scoped)
    )
  )
  it.effect("are those of the last time, and what ends with the floor is written before it ends", () =>
    onFloor((book) =>
      Effect.gen(function* () {
        const floor = (id: string, kind: "kept" | "over") =>
          Effect.scoped(
            Effect.gen(function* () {
              const { changed, known } = yield* keepCalls(book, trunks)
              changed(kind === "kept" ? { kind, ...anna, id } : { kind, id })
              return known
            })
          )
        assert.deepStrictEqual(yield* floor("a", "kept"), [])
        assert.deepStrictEqual(yield* floor("b", "kept"), [anna])
        assert.deepStrictEqual(yield* floor("a", "over"), [anna, { ...anna, id: "b" }])
        assert.deepStrictEqual(yield* floor("b", "over"), [{ ...anna, id: "b" }])
        assert.deepStrictEqual(yield* openCalls, [])
      })
    )
  )
  it.effect("of which each is written once, whatever it has been through since the last commit", () => {
    const book = new CallBook()
    book.note({ kind: "kept", ...anna })
    book.note({ kind: "kept", ...ben })
    book.note({ kind: "over", id: "a" })
    assert.deepStrictEqual(book.take(), [
      { kind: "over", id: "a" },
      { kind: "kept", ...ben }
    ])
    assert.isTrue(book.isEmpty)
    return Effect.void
  })
  it.effect("are ended with the credentials of their trunks, and what came of that is told", () => {
    const logged: Array<unknown> = []
    const logger = Logger.layer([Logger.make(({ message }) => void logged.push(message))])
    return onFloor((book) =>
      Effect.gen(function* () {
        const { credentialsOf, told } = yield* keepCalls(book, trunks)
        assert.deepStrictEqual(["north", "south", "gone"].map(credentialsOf), [
          { user: "u", password: "p" },
          undefined,
          undefined
        ])
        yield* told({ ended: 3, gone: 1, silent: 0, refused: 0 })
        yield* told({ ended: 0, gone: 0, silent: 2, refused: 1 })
        assert.deepStrictEqual(logged.flat(), [
          "calls that were up when the floor was killed: 3 ended, 1 gone already, 0 silent",
          "calls that were up when the floor was killed: 0 ended, 0 gone already, 2 silent, 1 not to be ended"
        ])
      }).pipe(Effect.scoped)
    ).pipe(Effect.provide(logger))
  })
  it.effect("cost nothing but a line in the log when they cannot be read", () => {
    const logged: Array<unknown> = []
    const logger = Logger.layer([Logger.make(({ message }) => void logged.push(message))])
    return onFloor((book) =>
      Effect.gen(function* () {
        yield* SqlClient.SqlClient.use((sql) => sql`DROP TABLE open_calls`)
        assert.deepStrictEqual((yield* keepCalls(book, trunks)).known, [])
        assert.strictEqual(logged.length, 1)
      }).pipe(Effect.scoped)
    ).pipe(Effect.provide(logger))
  })
})
