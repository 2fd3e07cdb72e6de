import { Effect } from "effect"
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync
} from "node:fs"
import { hostname } from "node:os"
import { basename, dirname, join } from "node:path"
import process from "node:process"
import { FloorFileProblem } from "./FloorFileProblem.ts"

/** A process, told from all others that had or will have its number. Empty where the system does not say. */
export interface Owner {
  readonly pid: number
  /** When it was started, in the system's own count. */
  readonly started: string
  /** Where its number means something: the run of the machine, and the space of numbers. */
  readonly space: string
  readonly host: string
}

/**
 * Claims a store for this process for as long as the scope lasts, and clears away what a process that is no more has left.
 * Whoever claims puts down a file `<store>.claim-…` of its own first and looks for others then: of two at the same time at
 * least one sees the other and gives way, so nothing is ever taken from a living process.
 */
export const claim = (path: string) =>
  Effect.acquireRelease(
    Effect.try({
      try: () => take(path, ownerOf(process.pid)),
      catch: (error) => (error instanceof FloorFileProblem ? error : unwritable(path, error))
    }),
    (file) => Effect.sync(() => remove(file))
  )

const unwritable = (path: string, error: unknown): FloorFileProblem =>
  new FloorFileProblem({ path, problem: "unwritable", detail: error instanceof Error ? error.message : String(error) })

const claimInfix = ".claim-"

const take = (path: string, own: Owner): string => {
  const prefix = `${basename(path)}${claimInfix}`
  const file = join(dirname(path), `${prefix}${own.pid}-${own.started}`)
  // Twice in one process would be two owners of one name.
  if (existsSync(file)) throw inUse(path, "this process has it open")
  // Under another name first: a claim is there whole or not at all.
  const begun = `${path}.claiming-${own.pid}`
  writeFileSync(begun, JSON.stringify(own))
  renameSync(begun, file)
  const others = readdirSync(dirname(path)).filter((name) => name.startsWith(prefix) && name !== basename(file))
  const dead: Array<string> = []
  for (const name of others) {
    const other = join(dirname(path), name)
    const owner = readOwner(other)
    const alive = owner === null ? "unknown" : isAlive(owner, own)
    if (alive !== "no") {
      remove(file)
      throw inUse(
        path,
        alive === "yes"
          ? `process ${owner?.pid}`
          : `nobody knows whether ${other} still holds; delete it if that floor is gone`
      )
    }
    dead.push(other)
  }
  const lock = `${path}.lock`
  if (dead.length > 0) removeFolder(lock)
  else if (existsSync(lock)) {
    remove(file)
    throw inUse(path, `there is a lock ${lock}; delete that folder if no program has the file open`)
  }
  dead.forEach(remove)
  return file
}

const inUse = (path: string, detail: string): FloorFileProblem =>
  new FloorFileProblem({ path, problem: "in-use", detail })

/** Whether an owner still runs, as far as can be seen from here. */
const isAlive = (owner: Owner, own: Owner): "yes" | "no" | "unknown" => {
  if (owner.host === own.host && owner.space === own.space) return runs(owner) ? "yes" : "no"
  // The same machine or container, started anew: whatever ran before does not.
  return owner.host === own.host ? "no" : "unknown"
}

const runs = ({ pid, started }: Owner): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false
  }
  const { isOver, started: now } = statOf(pid)
  return !isOver && now === started
}

/** This process or another one of this machine. */
export const ownerOf = (pid: number): Owner => ({
  pid,
  started: statOf(pid).started,
  space: `${textOf(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim())} ${textOf(() => readlinkSync("/proc/self/ns/pid"))}`,
  host: hostname()
})

/** Fields 3 and 22 of `stat`, behind the name in brackets, which may have anything in it: proc_pid_stat(5). */
const statOf = (pid: number): { readonly isOver: boolean; readonly started: string } => {
  const stat = textOf(() => readFileSync(`/proc/${pid}/stat`, "latin1"))
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return { isOver: fields[0] === "Z", started: fields[19] ?? "" }
}

const textOf = (read: () => string): string => {
  try {
    return read()
  } catch {
    return ""
  }
}

const readOwner = (file: string): Owner | null => {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner
  } catch {
    return null
  }
}

const remove = (file: string): void => {
  try {
    unlinkSync(file)
  } catch {
    // Gone already.
  }
}

const removeFolder = (path: string): void => {
  try {
    rmdirSync(path)
  } catch {
    // Nobody had got as far as that.
  }
}
