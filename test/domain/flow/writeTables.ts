import { writeFileSync } from "node:fs"
import { docsFile, docsText, withTables } from "./flowTables.ts"

/** Brings the tables of `docs/call-flows.md` up to date: `node test/domain/flow/writeTables.ts`. */
writeFileSync(docsFile, withTables(docsText()))
