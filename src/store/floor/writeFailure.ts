import type { SqlError } from "effect/sql"
import { closeSync, openSync, rmSync, writeSync } from "node:fs"
import { dirname, join } from "node:path"
import process from "node:process"
import { sqliteCode } from "../Sqlite.ts"

const probeBytes = 1_048_576

/**
 * Why a store could not be written, in a sentence that says what to do. SQLite's WebAssembly build says no more than "disk
 * I/O error" of most of it, so the folder is written to once more. Waits for nothing but the disk.
 */
export const writeFailure = (path: string, error: SqlError.SqlError): string => {
  const code = sqliteCode(error)
  const system = probe(dirname(path))
  const what = advice[system] ?? adviceOfSqlite[code] ?? "Look at the disk and the file, then start the floor again"
  return `The floor has stopped: its store ${path} cannot be written (${error.reason.message}${system === "" ? "" : `, ${system}`}). ${what}. Nothing that was said to be kept is lost.`
}

const advice: Readonly<Record<string, string>> = {
  ENOSPC: "There is no space left on the disk: free some, then start the floor again",
  EDQUOT: "This user may keep no more on the disk: free some space, then start the floor again",
  EROFS: "The disk can only be read: have it mounted for writing, then start the floor again",
  EACCES: "This user may not write there: change the permissions of the folder, then start the floor again",
  EPERM: "This user may not write there: change the permissions of the folder, then start the floor again",
  ENOENT: "The folder is gone: put it back with the store in it, then start the floor again",
  EIO: "The disk fails: put the store on another one, then start the floor again"
}

const adviceOfSqlite: Readonly<Record<string, string>> = {
  SQLITE_FULL: advice["ENOSPC"],
  SQLITE_READONLY: advice["EACCES"],
  SQLITE_CORRUPT: "The file is damaged: put a backup in its place, then start the floor again",
  SQLITE_NOTADB: "The file is damaged: put a backup in its place, then start the floor again"
}

/** The system's code for what keeps a folder from being written; empty where nothing does. */
const probe = (folder: string): string => {
  const file = join(folder, `.probe-${process.pid}`)
  try {
    const opened = openSync(file, "w")
    try {
      writeSync(opened, new Uint8Array(probeBytes))
      return ""
    } finally {
      closeSync(opened)
    }
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : ""
  } finally {
    rmSync(file, { force: true })
  }
}
