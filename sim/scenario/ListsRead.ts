import type { ListFile } from "../../src/config/campaign/ListFile.ts"
import type { ContactTable } from "../lists/ContactTable.ts"
import type { ListOfFile } from "../lists/ListOfFile.ts"

/** A file of contacts that a campaign names, and what is wanted of it. */
export interface ListAsked extends ListFile {
  /** As the scenario names it. */
  readonly name: string
  /** Fields and parameters that filters, rules and flows ask for, by their names in filters. */
  readonly asked: ReadonlyArray<string>
}

/** What came of reading it. */
export interface ListRead extends Omit<ListOfFile, "shiftMillis" | "table"> {
  /** Names of the columns; none where the file was not read so far. */
  readonly columns: ReadonlyArray<string>
  readonly table: ContactTable | null
  /** Why there is no table. */
  readonly unread: Unread | null
}

export interface Unread {
  /** Of the list: `file`, or that of a do-not-call list. */
  readonly path: ReadonlyArray<string | number>
  readonly found: string
  readonly allowed: string
}

/** By campaign; null for those whose list is of no file. */
export type ListsRead = ReadonlyArray<ListRead | null>
