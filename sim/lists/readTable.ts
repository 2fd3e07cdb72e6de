import { Effect, Result, Stream } from "effect"
import { createHash } from "node:crypto"
import type { ListFile } from "../../src/config/campaign/ListFile.ts"
import { columnNames } from "../../src/contacts/columnNames.ts"
import { type DoNotCallList, forbiddenBy } from "../../src/contacts/doNotCall.ts"
import { importRows } from "../../src/contacts/importList.ts"
import { ListImport, type RowSink } from "../../src/contacts/ListImport.ts"
import { ListUnreadable } from "../../src/contacts/ListUnreadable.ts"
import { type ProblemGroup, ProblemSummary } from "../../src/contacts/Problem.ts"
import { RowReader } from "../../src/contacts/RowReader.ts"
import type { ContactTable } from "./ContactTable.ts"
import { TableBuilder } from "./TableBuilder.ts"

/** Contacts of one list at most. */
export const contactsMax = 10_000_000

/** What came of reading a file of contacts. */
export interface TableRead {
  /** Names of the columns; none where the file was not read so far. */
  readonly columns: ReadonlyArray<string>
  readonly rows: number
  readonly problems: ReadonlyArray<ProblemGroup>
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string
  /** The contacts, or why there are none. */
  readonly table: Result.Result<ContactTable, ListUnreadable>
}

/**
 * Reads a file of contacts as the live floor does, row by row: what it leaves out is left out, and told. `asked`: fields and
 * parameters that are kept, by their names in filters.
 */
export const readTable = Effect.fnUntraced(function* <E, R>(
  source: Stream.Stream<Uint8Array, E, R>,
  { options }: Pick<ListFile, "options">,
  doNotCall: ReadonlyArray<DoNotCallList>,
  asked: ReadonlyArray<string>
): Effect.fn.Return<TableRead, E, R> {
  const builder = new TableBuilder(asked)
  const problems = new ProblemSummary()
  const hash = createHash("sha256")
  let columns: ReadonlyArray<string> = []
  let rows = 0
  const start = () => {
    const whole = { ...options, forbidden: forbiddenBy(doNotCall, null, "calls"), isKnown: () => false }
    const reader = new RowReader(whole)
    const sink: RowSink = {
      start: (header) => {
        columns = columnNames(header)
        return reader.start(header)
      },
      read: (row, out) => reader.read(row, out)
    }
    return new ListImport(whole, sink)
  }
  const hashed = Stream.map(source, (bytes) => {
    hash.update(bytes)
    return bytes
  })
  const end = yield* importRows(hashed, start).pipe(
    Stream.runForEach((item) => {
      if (item.kind === "problem") problems.add(item.problem)
      else if (item.kind === "progress") rows = item.rows
      else if (builder.size === contactsMax) return Effect.fail(tooMany)
      else builder.push(item.contact)
      return Effect.void
    }),
    Effect.map(() => Result.succeed(builder.build())),
    Effect.catchIf(
      (error): error is ListUnreadable => error instanceof ListUnreadable,
      (error) => Effect.succeed(Result.fail(error))
    )
  )
  return { columns, rows, problems: problems.groups, sha256: hash.digest("hex"), table: end }
})

const tooMany = new ListUnreadable({
  reason: "broken",
  sentence: `The file has more than ${contactsMax} contacts.`
})
