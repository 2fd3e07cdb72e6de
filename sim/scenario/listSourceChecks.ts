import type { Report } from "../../src/config/campaign/Campaign.ts"
import type { FieldPath } from "../../src/yaml/FieldProblem.ts"
import type { LooseCampaign } from "./crossChecks.ts"
import type { ListRead } from "./ListsRead.ts"

type ListBlock = NonNullable<LooseCampaign["list"]>

/** Columns shown in a message at most. */
const columnsShown = 30

/**
 * Whether a list says where its contacts come from, a file or shares, and nothing that belongs to the other. `read`: what came
 * of its file; null where it has none or none can be read, undefined as long as nobody has tried.
 */
export const listSourceChecks = (
  list: ListBlock,
  at: FieldPath,
  read: ListRead | null | undefined,
  report: Report
): void => {
  if (list.file === undefined) return checkMadeUp(list, at, report)
  checkOfFile(list, at, report)
  if (read === null) report([...at, "file"], "contacts in place of it: no file can be read here")
  else if (read !== undefined) checkRead(list, at, read, report)
}

const isSet = (value: unknown, otherwise: unknown): boolean =>
  value !== undefined && JSON.stringify(value) !== JSON.stringify(otherwise)

/** Contacts that are made up have no columns. */
const checkMadeUp = (list: ListBlock, at: FieldPath, report: Report): void => {
  if (list.contacts === undefined) report([...at, "contacts"], "a whole number from 0 to 10000000, or a file")
  const { country, delimiter, doNotCall, encoding, fields, header, ignored, numbers } = list
  const ofFile = { country, numbers, header, delimiter, encoding }
  for (const [key, value] of Object.entries(ofFile)) if (isSet(value, undefined)) report([...at, key], withoutFile)
  if (isSet(fields, {})) report([...at, "fields"], withoutFile)
  if (isSet(ignored, [])) report([...at, "ignored"], withoutFile)
  if (isSet(doNotCall, [])) report([...at, "doNotCall"], withoutFile)
  list.segments?.forEach((each, index) => {
    if (typeof each === "string") report([...at, "segments", index], "a block with name and share, without a file")
    else if (each.share === undefined) report([...at, "segments", index, "share"], "a share above 0, at most 1")
  })
  list.zones?.forEach((each, index) => {
    if (typeof each === "string") report([...at, "zones", index], "a block with zone and share, without a file")
  })
}

const withoutFile = "nothing without a file"

/** What the file says is not to be made up. */
const checkOfFile = (list: ListBlock, at: FieldPath, report: Report): void => {
  const { contacts, country, numbers, parameters, prefixes, priorities } = list
  if (country === undefined)
    report([...at, "country"], "the country of numbers written without one, such as GB: a file needs it")
  if (numbers === undefined) report([...at, "numbers"], "a list of the columns that hold numbers: a file needs it")
  for (const [key, value] of Object.entries({ contacts, parameters, prefixes, priorities })) {
    if (value !== undefined) report([...at, key], "nothing beside a file, which says it")
  }
  for (const key of ["unknownZoneShare", "doNotCallShare", "repeatedNumberShare"] as const) {
    if (list[key] > 0) report([...at, key], "nothing beside a file, which says it")
  }
  if (list.endless) report([...at, "endless"], "false: a file has an end")
  list.segments?.forEach((each, index) => {
    if (typeof each === "object" && each.share !== undefined)
      report([...at, "segments", index, "share"], "nothing beside a file, which says it")
  })
  list.zones?.forEach((each, index) => {
    if (typeof each === "object")
      report([...at, "zones", index], "the name of a zone: the file says where contacts are")
  })
}

const checkRead = (list: ListBlock, at: FieldPath, { columns, table, unread }: ListRead, report: Report): void => {
  const missing = columns.length === 0 ? 0 : checkColumns(list, at, columns, report)
  if (unread !== null) {
    if (missing === 0) report([...at, ...unread.path], unread.allowed, undefined, unread.found)
  } else if (table?.size === 0) {
    report(
      [...at, "file"],
      "a file with contacts that may be called",
      undefined,
      `${list.file}, all of whose rows are left out`
    )
  }
}

/** Columns the list names and the file does not have; how many there are. */
const checkColumns = (list: ListBlock, at: FieldPath, columns: ReadonlyArray<string>, report: Report): number => {
  const named: ReadonlyArray<readonly [path: FieldPath, column: string | undefined]> = [
    ...(list.numbers ?? []).map((column, index) => [["numbers", index], column] as const),
    ...Object.entries(list.fields).map(([field, column]) => [["fields", field], column] as const),
    ...list.ignored.map((column, index) => [["ignored", index], column] as const)
  ]
  const missing = named.filter(([, column]) => column !== undefined && !columns.includes(column))
  const shown = columns.slice(0, columnsShown).join(", ")
  for (const [path] of missing) report([...at, ...path], `a column of ${list.file}: ${shown}`)
  return missing.length
}
