import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** Where an agent's phone can be reached, until its registration is over. */
export interface RegisteredPhone {
  readonly user: string
  /** SIP URI. */
  readonly contact: string
  /** Unix milliseconds. */
  readonly expiresAt: number
}

/** Keeps a registration in place of the one the user had. */
export const keepPhone = Effect.fn("keepPhone")(function* ({ contact, expiresAt, user }: RegisteredPhone) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`INSERT OR REPLACE INTO phones ${sql.insert({ user, contact, expires_at: expiresAt })}`
})

export const forgetPhone = Effect.fn("forgetPhone")(function* (user: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DELETE FROM phones WHERE user = ${user}`
})

/** The registrations that hold at `now`, by user; those that are over are forgotten. */
export const phonesAt = Effect.fn("phonesAt")(function* (now: number) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DELETE FROM phones WHERE expires_at <= ${now}`
  const rows = yield* sql<{ readonly user: string; readonly contact: string; readonly expires_at: number }>`
    SELECT user, contact, expires_at FROM phones ORDER BY user`
  return rows.map(({ contact, expires_at: expiresAt, user }): RegisteredPhone => ({ user, contact, expiresAt }))
})
