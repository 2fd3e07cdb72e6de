import type { ProblemKind } from "../../src/contacts/Problem.ts"
import type { Scenario } from "../Scenario.ts"
import type { ContactTable } from "./ContactTable.ts"

/** A list whose contacts stand in a file. */
export interface ListOfFile {
  /** As the scenario names it. */
  readonly name: string
  /** SHA-256 of it, hexadecimal. */
  readonly sha256: string
  readonly rows: number
  readonly contacts: number
  /** What was wrong with rows, without what stands in them. */
  readonly problems: ReadonlyArray<{
    readonly kind: ProblemKind
    readonly title: string
    readonly count: number
    /** Contacts left out because of it. */
    readonly leftOut: number
  }>
  /** By place of the table: how much further its clock is than the day's. */
  readonly shiftMillis: ReadonlyArray<number>
  /** Null where they were not kept, as in results: nothing can be rehearsed then. */
  readonly table: ContactTable | null
}

/** A scenario to be kept with a result: what its lists are, without the people on them. */
export const withoutContacts = (scenario: Scenario): Scenario => ({
  ...scenario,
  campaigns: scenario.campaigns.map((campaign) => {
    const { file } = campaign.list
    return file === undefined ? campaign : { ...campaign, list: { ...campaign.list, file: { ...file, table: null } } }
  })
})

/** The contacts of a list; null where they are not of a file. */
export const tableOf = (list: Scenario["campaigns"][number]["list"]): ContactTable | null => {
  if (list.file === undefined) return null
  if (list.file.table === null) throw new Error(`the contacts of ${list.file.name} were not read`)
  return list.file.table
}

/**
 * The row of the table a contact stands in, -1 for none: whoever comes later, by a request or a rule, is in no file. Where a
 * rehearsal wants more contacts than the file has, as for a larger team, its rows come again.
 */
export const rowOf = ({ contacts, file }: Scenario["campaigns"][number]["list"]): ((contact: number) => number) => {
  const size = file?.contacts ?? 0
  const known = size === 0 ? 0 : contacts
  return (contact) => (contact < known ? contact % size : -1)
}
