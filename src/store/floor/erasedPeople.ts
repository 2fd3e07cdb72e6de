import { Effect } from "effect"
import { ErasedNumbers } from "../../contacts/ErasedNumbers.ts"
import type { E164 } from "../../domain/Contact.ts"
import { deleteErased, deleteOthers, erasedRows, insertErased } from "./erasedRows.ts"
import { problemOf } from "./floorFile.ts"
import { readSecret, secretPath } from "./secretFile.ts"

/** Who was erased, as far as the store and its secret tell. */
export interface ErasedPeople {
  /** Null where nobody was, or nobody can tell who. */
  readonly numbers: ErasedNumbers | null
  /** Numbers the store has entries of. */
  readonly entries: number
  /** Of those, such as nobody can read, since the secret they were made with is not there. */
  readonly lost: number
  /** What the secret is instead; null where nothing is lost. */
  readonly why: string | null
}

/** Reads who was erased from the store at `path`. A secret that is not there, or not the right one, is told in `why`. */
export const erasedPeople = Effect.fn("erasedPeople")(
  function* (path: string) {
    const rows = yield* erasedRows
    const all = (numbers: ErasedNumbers | null, lost: number, why: string | null): ErasedPeople => ({
      numbers,
      entries: rows.length,
      lost,
      why: lost === 0 ? null : why
    })
    if (rows.length === 0) return all(null, 0, null)
    const secret = yield* Effect.result(readSecret(path))
    if (secret._tag === "Failure") return all(null, rows.length, secret.failure.message)
    if (secret.success === null) return all(null, rows.length, `there is no ${secretPath(path)}`)
    const { mark } = new ErasedNumbers(secret.success)
    const own = rows.filter(({ madeWith }) => madeWith === mark)
    const numbers = own.length === 0 ? null : new ErasedNumbers(secret.success, own)
    return all(numbers, rows.length - own.length, `${secretPath(path)} is not the secret they were erased with`)
  },
  (reading, path) => Effect.catchTag(reading, "SqlError", (error) => Effect.fail(problemOf(path, error)))
)

/** Deletes entries that nobody can read without a secret that is lost; says how many. */
export const dropLost = Effect.fn("dropLost")(function* (path: string) {
  const secret = yield* readSecret(path)
  return yield* deleteOthers(secret === null ? "" : new ErasedNumbers(secret).mark)
})

/** A number of somebody who was erased. */
export interface ErasedNumber {
  readonly number: E164
  /** Unix milliseconds. */
  readonly at: number
}

/** Keeps that the people of these numbers were erased, and nothing that shows a number without the secret. */
export const keepErased = (secret: Uint8Array, people: ReadonlyArray<ErasedNumber>) => {
  const numbers = new ErasedNumbers(secret)
  return insertErased(
    people.map(({ at, number }) => numbers.add(number, dayOf(at), null)),
    numbers.mark
  )
}

/** Forgets that they were. */
export const forgetErased = (secret: Uint8Array, numbers: ReadonlyArray<E164>) => {
  const erased = new ErasedNumbers(secret)
  return deleteErased(numbers.map((number) => erased.hashOf(number)))
}

/** In UTC: whoever asks for the day of an erasure is content with that. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
