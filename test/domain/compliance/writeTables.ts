import { writeFileSync } from "node:fs"
import { docsFile, docsText, withTables } from "./tablesInDocs.ts"

/** Brings the tables of `docs/compliance.md` up to date: `node test/domain/compliance/writeTables.ts`. */
writeFileSync(docsFile, withTables(docsText()))
