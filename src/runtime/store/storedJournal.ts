import { Effect, Layer, Semaphore } from "effect"
import { SqlClient } from "effect/sql"
import type { E164 } from "../../domain/Contact.ts"
import { insertHistory } from "../../store/contactHistory.ts"
import { appendEvents } from "../../store/floor/journalRows.ts"
import { type OpenCallChange, writeOpenCalls } from "../../store/floor/openCalls.ts"
import { liveRows } from "../../store/floor/liveRows.ts"
import { type FloorWindow, runOf } from "../../store/floor/windows.ts"
import { writeFailure } from "../../store/floor/writeFailure.ts"
import type { Records } from "../../store/Recorder.ts"
import { insertShift } from "../../store/rows.ts"
import type { Stamped } from "../floor/FloorEvent.ts"
import { Journal, JournalFailed } from "../floor/Journal.ts"
import { handOver, isMove } from "./handOver.ts"
import { type Kept, nothingKept, writeKept } from "./kept.ts"
import type { OpenFloor } from "./openFloor.ts"

export interface StoredJournalOptions {
  /** Of the store, for messages. */
  readonly path: string
  readonly window: Pick<FloorWindow, "id" | "epoch">
  /** How many events the window has already. */
  readonly eventCount: number
  /** What the events have made known of contacts, since it was asked last: it goes into the same transaction. */
  readonly takeKept?: () => Kept
  /** Whose contacts rules move from one campaign to another: they arrive in the same transaction. */
  readonly floor?: Pick<OpenFloor, "adding" | "contacts" | "core" | "erased">
  /** What became of calls since it was asked last: it goes into the same transaction. */
  readonly takeCalls?: () => ReadonlyArray<OpenCallChange>
  /** Told numbers that people have just asked not to be called at, once that is kept. It must not wait for the floor. */
  readonly objected?: (numbers: ReadonlyArray<E164>) => Effect.Effect<void>
}

/**
 * The journal in the store: one transaction for a batch of events and all that is recorded of them, on the disk when it is
 * done. After a commit that failed the window takes no more: what the core knows is not what the store has.
 */
export const layer = (options: StoredJournalOptions): Layer.Layer<Journal, never, SqlClient.SqlClient> =>
  Layer.effect(
    Journal,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const one = yield* Semaphore.make(1)
      const {
        floor,
        objected = () => Effect.void,
        path,
        takeCalls = () => [],
        takeKept = () => nothingKept,
        window
      } = options
      let seq = options.eventCount
      let failed: JournalFailed | null = null
      const write = Effect.fnUntraced(
        function* (events: ReadonlyArray<Stamped>, records: Records, kept: Kept) {
          if (failed !== null) return yield* failed
          if (events.length > 0) yield* appendEvents(window.id, seq, events)
          const run = runOf(window.id)
          const rows = liveRows(records, window.epoch)
          yield* insertShift(run, rows.attempts, rows.spans, rows.arrivals)
          yield* insertHistory(run, rows.holds, rows.notes)
          yield* writeKept(run, kept)
          yield* writeOpenCalls(takeCalls())
          if (floor !== undefined) yield* handOver(floor, rows.notes)
        },
        (writing, _, { notes }) => {
          const whole = sql.withTransaction(writing)
          return floor !== undefined && notes.some(isMove) ? floor.adding.withPermits(1)(whole) : whole
        },
        Effect.provideService(SqlClient.SqlClient, sql),
        Effect.catchTag("SqlError", (error) => {
          failed = new JournalFailed({ sentence: writeFailure(path, error) })
          return Effect.fail(failed)
        })
      )
      return Journal.of({
        commit: (events, records) =>
          Effect.suspend(() => {
            const kept = takeKept()
            return Effect.andThen(write(events, records, kept), () => {
              seq += events.length
              return kept.doNotCall.length === 0 ? Effect.void : objected(kept.doNotCall.map(({ number }) => number))
            })
          }).pipe(one.withPermits(1))
      })
    })
  )
