import { Schema } from "effect"
import { posix } from "node:path"
import { delimiters } from "../../contacts/delimiter.ts"
import { encodings } from "../../contacts/encoding.ts"
import type { ListOptions } from "../../contacts/ListOptions.ts"
import { type CountryCode, isCountryCode } from "../../contacts/phoneNumber.ts"
import type { DoNotCallOptions } from "../../contacts/readDoNotCall.ts"
import { contactFields } from "../../domain/Contact.ts"
import { derived, field, Name, required } from "../../yaml/fields.ts"

/** A path as the file writes it: from the folder the file lies in, unless it begins with `/`. */
export const FilePath = Schema.String.check(
  Schema.isPattern(/^[^\p{Cc}]{1,500}$/u, { "x-form": "a path, from the folder of this file unless it begins with /" })
)

/** Where a path of a file leads; `folder` is that the file lies in. */
export const pathFrom = (folder: string, path: string): string =>
  posix.isAbsolute(path) ? path : posix.join(folder, path)

/** Country of numbers written without one. */
export const Country = Schema.String.check(
  Schema.isPattern(/^[A-Z]{2}$/, { "x-form": "a country by its two letters (ISO 3166), such as GB" }),
  Schema.makeFilter((text) => isCountryCode(text) || !/^[A-Z]{2}$/.test(text) || "a country with telephone numbers")
)
const Column = Schema.String.check(
  Schema.isPattern(/^[^\p{Cc}]{1,200}$/u, { "x-form": "the name of a column, as the header has it" })
)
export const NumberColumns = Schema.Array(Column).check(Schema.isMinLength(1), Schema.isMaxLength(10))
const delimiter = Schema.Literals(delimiters.map((each) => (each === "\t" ? ("tab" as const) : each)))

const defaults = { doNotCall: { source: "own", wholeContact: false } } as const

const DoNotCall = Schema.Struct({
  file: required(
    FilePath,
    "A file of numbers, or with a column of them. On a live floor its age, which laws limit, is that of the file."
  ),
  name: required(Name, "What managers call it, such as TPS."),
  source: field(Name, defaults.doNotCall.source, "As compliance profiles name it, such as US national or own."),
  column: derived(Column, "none: a file of nothing but numbers, without header", "Column that holds the number."),
  wholeContact: field(
    Schema.Boolean,
    defaults.doNotCall.wholeContact,
    "Whether it names persons: then a contact is left out with all its numbers."
  )
})

const columnsOfFields = Schema.Struct(
  Object.fromEntries(
    contactFields.map((name) => [name, derived(Column, "no column", `Column that holds the field ${name}.`)])
  ) as Record<(typeof contactFields)[number], ReturnType<typeof derived<typeof Column>>>
)

/** What may be said of a file of contacts beside `file`, `country` and `numbers`. */
export const listFileFields = {
  fields: field(columnsOfFields, {}, "Columns that hold one of the usual fields; all others become parameters."),
  ignored: field(Schema.Array(Column).check(Schema.isMaxLength(200)), [], "Columns that are left out."),
  header: derived(
    Schema.Array(Column).check(Schema.isMinLength(1), Schema.isMaxLength(200)),
    "the first line of the file",
    "Names of the columns of a file without a header line."
  ),
  delimiter: derived(delimiter, "found out from the file", "What stands between two columns."),
  encoding: derived(Schema.Literals(encodings), "found out from the file", "How characters are written."),
  doNotCall: field(
    Schema.Array(DoNotCall).check(Schema.isMaxLength(20)),
    [],
    "Do-not-call lists: contacts on them are left out."
  )
}

/** A file of contacts, and how it is read. Paths are from where the program runs, or from the root. */
export interface ListFile {
  readonly file: string
  /** For `importList`, once the do-not-call lists are read. */
  readonly options: Omit<ListOptions, "forbidden" | "isKnown">
  readonly doNotCall: ReadonlyArray<DoNotCallFile>
}

export interface DoNotCallFile {
  readonly file: string
  readonly name: string
  readonly source: string
  readonly wholeContact: boolean
  readonly options: DoNotCallOptions
}

type ListBlock = Schema.Struct.Type<typeof listFileFields> & {
  readonly file: string
  readonly country: string
  readonly numbers: ReadonlyArray<string>
}

/** The file of a list that was checked. `at`: where a path leads. */
export const toListFile = (list: ListBlock, at: (path: string) => string): ListFile => {
  const country = list.country as CountryCode
  return {
    file: at(list.file),
    options: {
      numberColumns: list.numbers,
      fieldColumns: list.fields,
      ignoredColumns: list.ignored,
      country,
      delimiter: list.delimiter === undefined ? null : list.delimiter === "tab" ? "\t" : list.delimiter,
      encoding: list.encoding ?? null,
      header: list.header ?? null
    },
    doNotCall: list.doNotCall.map((each) => ({
      file: at(each.file),
      name: each.name,
      source: each.source,
      wholeContact: each.wholeContact,
      options: { column: each.column ?? null, country, delimiter: null, encoding: null }
    }))
  }
}
