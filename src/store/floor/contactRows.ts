import { Array as Arr, Effect, Option, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { Contact, ContactNumber } from "../../domain/Contact.ts"
import type { ContactPast } from "../../domain/copyCampaign.ts"

/** A contact of a campaign as it is kept. Instants, those of its past included, are Unix milliseconds. */
export interface ContactRow {
  /** Its number in the core. */
  readonly contact: number
  /** As it was when the window was opened, or when it was loaded. */
  readonly is: Contact
  /** All its parameters, where rules or a flow have set some in this window. */
  readonly changed: Contact["parameters"] | null
  /** By name; empty for none. */
  readonly segment: string
  readonly loadedAt: number
  /** Whether it asked to be called. */
  readonly requested: boolean
  /** Whether it is known from its own call alone; it waits for none of ours. Not where nothing is said. */
  readonly calledIn?: boolean
  /** Whether it was on a do-not-call list when the window was opened, or when it was loaded. */
  readonly forbidden: boolean
  /** What it had behind it when the window was opened. */
  readonly past: ContactPast | null
}

/** Rows in one statement, and read at a time. */
const chunkSize = 1_000

/** Writes contacts behind those that are there; the first gets this number. */
export const insertContacts = Effect.fn("insertContacts")(function* (
  campaign: string,
  rows: ReadonlyArray<Omit<ContactRow, "changed" | "past">>
) {
  const sql = yield* SqlClient.SqlClient
  for (const chunk of Arr.chunksOf(rows, chunkSize)) {
    const values = JSON.stringify(
      chunk.map(({ calledIn = false, contact, forbidden, is, loadedAt, requested, segment }) => [
        contact,
        is.numbers,
        is.fields,
        is.parameters,
        segment,
        loadedAt,
        Number(requested),
        Number(forbidden),
        Number(calledIn)
      ])
    )
    yield* sql`
      INSERT INTO contacts
        (campaign, contact, numbers, fields, parameters, segment, loaded_at, requested, forbidden, called_in)
      SELECT ${campaign}, value ->> 0, value -> 1, value -> 2, value -> 3, value ->> 4, value ->> 5, value ->> 6,
        value ->> 7, value ->> 8
      FROM json_each(${values})`
  }
})

/** How many contacts a campaign has. */
export const contactCount = Effect.fnUntraced(function* (campaign: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly count: number }>`
    SELECT count(*) AS count FROM contacts WHERE campaign = ${campaign}`
  return rows[0].count
})

/** The contacts of a campaign in the order of their numbers, read page by page. */
export const contactRowsOf = (campaign: string) =>
  Stream.paginate(0, (from) =>
    Effect.map(
      contactPage(campaign, from),
      (page) => [page, page.length < chunkSize ? Option.none() : Option.some(from + page.length)] as const
    )
  )

const contactPage = Effect.fnUntraced(function* (campaign: string, from: number) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{
    readonly contact: number
    readonly numbers: string
    readonly fields: string
    readonly parameters: string
    readonly changed: string | null
    readonly segment: string
    readonly loaded_at: number
    readonly requested: number
    readonly forbidden: number
    readonly called_in: number
    readonly past: string | null
  }>`
    SELECT contact, numbers, fields, parameters, changed, segment, loaded_at, requested, forbidden, called_in, past
    FROM contacts
    WHERE campaign = ${campaign} AND contact >= ${from} ORDER BY contact LIMIT ${chunkSize}`
  return rows.map((row): ContactRow => {
    const { changed, contact, past, segment } = row
    const numbers = JSON.parse(row.numbers) as ReadonlyArray<ContactNumber>
    const fields = JSON.parse(row.fields) as Contact["fields"]
    return {
      contact,
      is: { numbers, fields, parameters: JSON.parse(row.parameters) as Contact["parameters"] },
      changed: changed === null ? null : (JSON.parse(changed) as Contact["parameters"]),
      segment,
      loadedAt: row.loaded_at,
      requested: row.requested === 1,
      forbidden: row.forbidden === 1,
      ...(row.called_in === 1 ? { calledIn: true } : {}),
      past: past === null ? null : (JSON.parse(past) as ContactPast)
    }
  })
})

/** A contact by its campaign and number. */
export interface ContactKey {
  readonly campaign: string
  readonly contact: number
}

/** Keeps what parameters contacts have now. One statement, however many. */
export const keepChanged = Effect.fnUntraced(function* (
  changes: ReadonlyArray<ContactKey & { readonly parameters: Contact["parameters"] }>
) {
  const sql = yield* SqlClient.SqlClient
  const values = JSON.stringify(changes.map(({ campaign, contact, parameters }) => [campaign, contact, parameters]))
  yield* sql`
    UPDATE contacts SET changed = each.value -> 2 FROM json_each(${values}) AS each
    WHERE campaign = each.value ->> 0 AND contact = each.value ->> 1`
})

/** Makes what happened to contacts in a window that is to be closed their past. */
export const keepPasts = Effect.fn("keepPasts")(function* (
  campaign: string,
  pasts: ReadonlyArray<{
    readonly contact: number
    readonly segment: string
    readonly requested: boolean
    readonly past: ContactPast
  }>
) {
  const sql = yield* SqlClient.SqlClient
  for (const chunk of Arr.chunksOf(pasts, chunkSize)) {
    const values = JSON.stringify(
      chunk.map(({ contact, past, requested, segment }) => [contact, segment, Number(requested), past])
    )
    yield* sql`
      UPDATE contacts SET past = each.value -> 3, segment = each.value ->> 1, requested = each.value ->> 2,
        parameters = coalesce(changed, parameters), changed = NULL
      FROM json_each(${values}) AS each WHERE campaign = ${campaign} AND contact = each.value ->> 0`
  }
})
