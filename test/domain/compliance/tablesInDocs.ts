import { readFileSync } from "node:fs"
import { profiles } from "../../../src/domain/compliance/profiles.ts"
import { profileTables } from "../../../src/domain/compliance/profileTable.ts"

export const docsFile = new URL("../../../docs/compliance.md", import.meta.url)
export const docsText = (): string => readFileSync(docsFile, "utf8")

const begin = "<!-- tables -->\n"
const end = "<!-- /tables -->"

/** The document with the tables as the profiles have them now. */
export const withTables = (text: string): string => {
  const from = text.indexOf(begin) + begin.length
  return `${text.slice(0, from)}\n${profileTables(profiles)}\n\n${text.slice(text.indexOf(end))}`
}
