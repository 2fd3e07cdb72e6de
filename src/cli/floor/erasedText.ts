import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import type { E164 } from "../../domain/Contact.ts"
import type { Erased } from "../../runtime/store/eraseDue.ts"
import { secretPath } from "../../store/floor/secretFile.ts"

/** What was erased from the store at `path`, for whoever asked for it. */
export const erasedText = (erased: Erased, numbers: ReadonlyArray<E164>, forget: boolean, path: string): string => {
  const who = numbers.join(", ")
  const what =
    erased.contacts.length === 0
      ? `${who}: no campaign knows ${numbers.length === 1 ? "it" : "them"}.`
      : `${who}: erased. ${erasedLine(erased)}`
  return forget
    ? `${what}\nNothing is kept to know ${numbers.length === 1 ? "it" : "them"} by: a list brings the people back.`
    : `${what}\nNobody calls there: lists leave them out, by entries that show a number to nobody without ` +
        `${secretPath(path)}. Keep a copy of that file with copies of the store, though not in the same place.`
}

/** The same in one line, without a number. */
export const erasedLine = ({ answers, calls, contacts, files, missing, notes }: Erased): string => {
  const campaigns = [...new Set(contacts.map(({ campaign }) => campaign))].join(", ")
  const known = contacts.length === 0 ? "no contact" : `${counted(contacts.length, "contact")} (${campaigns})`
  const gone = [counted(answers, "answer"), counted(notes, "note"), counted(files, "recording")].join(", ")
  const stay = calls === 0 ? "" : ` ${counted(calls, "call")} ${calls === 1 ? "stays as a figure" : "stay as figures"}.`
  const lost = missing.length === 0 ? "" : `\nNot where the store had them: ${missing.join(", ")}.`
  return `${known}, ${gone}.${stay}${lost}`
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`

/** What only the people who run the floor can erase. */
export const outOfReach = (config: FloorConfig | null, forget: boolean): string => {
  const lists = [...new Set((config?.campaigns ?? []).map(({ list }) => list.file))].join(", ")
  const files = lists === "" ? "the files of lists" : `the files of lists (${lists})`
  const why = forget ? ", where the next start would find them" : ""
  return `Not erased, as it is out of reach: ${files}${why}; backups of the store; logs, and copies made elsewhere.`
}
