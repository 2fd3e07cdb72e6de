import { Clock, Effect, Queue } from "effect"
import { SqlClient } from "effect/sql"
import type { KeptPhones, PhoneChange } from "../../sip/registrar/KeptPhones.ts"
import { forgetPhone, keepPhone, phonesAt } from "../../store/floor/phones.ts"

/** Changes not yet written at most; beyond that the oldest are dropped, and made good when the phone registers again. */
const changesMax = 10_000

/**
 * Registrations of phones as the store has them, which it keeps while the scope is open. They are no part of the journal: an
 * error is logged, and costs no more than the wait for a phone's next registration after a restart.
 */
export const keepPhones = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const changes = yield* Queue.sliding<PhoneChange>(changesMax)
  const write = (all: ReadonlyArray<PhoneChange>) =>
    sql.withTransaction(
      Effect.forEach(
        all,
        (change) => (change.kind === "registered" ? keepPhone(change) : forgetPhone(change.user, change.contact)),
        { discard: true }
      )
    )
  const lost = (error: unknown) => Effect.logError("registrations of phones are not in the store", error)
  const keep = Effect.flatMap(Queue.takeAll(changes), write).pipe(Effect.catch(lost), Effect.catchDefect(lost))
  const known = yield* phonesAt(yield* Clock.currentTimeMillis).pipe(
    Effect.catch((error) => Effect.as(Effect.logError("registrations of phones cannot be read", error), []))
  )
  yield* Effect.forkScoped(Effect.forever(keep))
  const kept: KeptPhones = { known, changed: (change) => void Queue.offerUnsafe(changes, change) }
  return kept
})
