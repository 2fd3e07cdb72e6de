import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { ContactNumber, E164 } from "../../domain/Contact.ts"
import type { ContactKey } from "./contactRows.ts"
import type { ErasedNumber } from "./erasedPeople.ts"

/**
 * The do-not-call list names people who are to be erased by sources of its own: nobody calls them from the instant on at which
 * they asked. Who was erased stood there, too, before there were entries that show no number (`erasedPeople`).
 */
const sources = { asked: "to be erased", askedWhole: "to be erased, number and all", done: "erased" } as const

/** A number whose people are to be erased. */
export interface ErasureDue {
  readonly number: E164
  /** Whether nothing is to be kept to know it by. */
  readonly forget: boolean
}

/** Keeps that the people of these numbers are to be erased. What was asked for last of a number holds. */
export const askErasure = Effect.fn("askErasure")(function* (
  numbers: ReadonlyArray<E164>,
  forget: boolean,
  now: number
) {
  const sql = yield* SqlClient.SqlClient
  const source = forget ? sources.askedWhole : sources.asked
  const values = JSON.stringify(numbers)
  yield* sql.withTransaction(
    Effect.gen(function* () {
      yield* sql`
        DELETE FROM do_not_call WHERE source IN (${sources.asked}, ${sources.askedWhole})
          AND number IN (SELECT value FROM json_each(${values}))`
      yield* sql`
        INSERT INTO do_not_call (number, source, since)
        SELECT DISTINCT value, ${source}, ${now} FROM json_each(${values})`
    })
  )
})

/** The numbers whose people are still to be erased. */
export const erasuresDue = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly number: E164; readonly forget: number }>`
    SELECT number, source = ${sources.askedWhole} AS forget FROM do_not_call
    WHERE source IN (${sources.asked}, ${sources.askedWhole}) ORDER BY number`
  return rows.map(({ forget, number }): ErasureDue => ({ number, forget: forget === 1 }))
})

/** Numbers that stand there in clear of people who were erased once, and are not to be erased again. */
export const erasedInClear = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  return yield* sql<ErasedNumber>`
    SELECT number, since AS at FROM do_not_call WHERE source = ${sources.done} AND number NOT IN (
      SELECT number FROM do_not_call WHERE source IN (${sources.asked}, ${sources.askedWhole}))
    ORDER BY number`
})

/** Numbers in clear of people who are to be erased or were: lists leave them out, with all else they say of them. */
export const numbersInClear = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly number: E164 }>`
    SELECT DISTINCT number FROM do_not_call WHERE source IN (${sources.asked}, ${sources.askedWhole}, ${sources.done})`
  return new Set<E164>(rows.map(({ number }) => number))
})

/** Takes numbers off the do-not-call list, whoever had put them there. */
export const dropNumbers = Effect.fn("dropNumbers")(function* (numbers: ReadonlyArray<E164>) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DELETE FROM do_not_call WHERE number IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`
})

/** Others who have one of the numbers are not called any more, apart from those who asked to be. Reads all contacts. */
export const forbidOthers = Effect.fn("forbidOthers")(function* (numbers: ReadonlyArray<E164>) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    UPDATE contacts SET forbidden = 1 WHERE forbidden = 0 AND requested = 0 AND EXISTS (
      SELECT 1 FROM json_each(contacts.numbers) AS own
      WHERE own.value ->> 'number' IN (SELECT value FROM json_each(${JSON.stringify(numbers)})))`
})

/** A contact and its numbers. */
export interface ContactNumbers extends ContactKey {
  readonly numbers: ReadonlyArray<E164>
}

/** Every contact that has one of the numbers, of all campaigns there ever were. Reads all contacts. */
export const contactsWithNumbers = Effect.fn("contactsWithNumbers")(function* (numbers: ReadonlyArray<E164>) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<ContactKey & { readonly numbers: string }>`
    SELECT campaign, contact, numbers FROM contacts WHERE EXISTS (
      SELECT 1 FROM json_each(contacts.numbers) AS own
      WHERE own.value ->> 'number' IN (SELECT value FROM json_each(${JSON.stringify(numbers)})))
    ORDER BY campaign, contact`
  return rows.map((row): ContactNumbers => ({
    campaign: row.campaign,
    contact: row.contact,
    numbers: (JSON.parse(row.numbers) as ReadonlyArray<ContactNumber>).map(({ number }) => number)
  }))
})
