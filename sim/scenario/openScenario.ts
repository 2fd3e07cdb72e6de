import { Effect, Result, type Stream } from "effect"
import type { DoNotCallFile } from "../../src/config/campaign/ListFile.ts"
import type { DoNotCallList } from "../../src/contacts/doNotCall.ts"
import type { ListUnreadable } from "../../src/contacts/ListUnreadable.ts"
import type { ProblemGroup } from "../../src/contacts/Problem.ts"
import { readDoNotCall } from "../../src/contacts/readDoNotCall.ts"
import { readTable, type TableRead } from "../lists/readTable.ts"
import type { ListAsked, ListRead, Unread } from "./ListsRead.ts"
import { readListsAsked, readScenario } from "./readScenario.ts"

/** Why a file cannot be read, as a part of a sentence. */
export interface FileUnreadable {
  readonly message: string
}

/** The bytes of a file. */
export type OpenFile<R> = (path: string) => Stream.Stream<Uint8Array, FileUnreadable, R>

/** What was read of a campaign's file, for whoever wants to know what was wrong with it. */
export interface ListReport {
  /** Positions of the campaigns that name it. */
  readonly campaigns: ReadonlyArray<number>
  readonly file: string
  readonly contacts: number
  readonly rows: number
  readonly problems: ReadonlyArray<ProblemGroup>
}

/**
 * The rehearsal in a YAML file, with the contacts of the files it names, which are read as the live floor reads them. A list
 * that several campaigns name is read once, and is in memory once. `path` is that of the file: those in it are from its folder.
 */
export const openScenario = Effect.fn("openScenario")(function* <R>(text: string, path: string, open: OpenFile<R>) {
  const asked = yield* Effect.fromResult(readListsAsked(text, path))
  const reader = new ListsReader(asked, open)
  const lists = yield* Effect.forEach(asked, (list) => (list === null ? Effect.succeed(null) : reader.read(list)))
  const scenario = yield* Effect.fromResult(
    readScenario(
      text,
      path,
      lists.map((list) => list?.read ?? null)
    )
  )
  const reports = [...new Set(lists)].flatMap((list): ReadonlyArray<ListReport> => {
    if (list === null) return []
    const { contacts, name, rows } = list.read
    const campaigns = lists.flatMap((each, campaign) => (each === list ? campaign : []))
    return [{ campaigns, file: name, contacts, rows, problems: list.problems }]
  })
  return { scenario, reports }
})

interface Read {
  readonly read: ListRead
  readonly problems: ReadonlyArray<ProblemGroup>
}

/** What two campaigns name alike is one thing. */
const keyOf = ({ doNotCall, file, options }: Pick<ListAsked, "doNotCall" | "file" | "options">): string =>
  JSON.stringify([file, options, doNotCall])

class ListsReader<R> {
  readonly #asked: ReadonlyArray<ListAsked | null>
  readonly #open: OpenFile<R>
  readonly #lists = new Map<string, Read>()
  readonly #doNotCall = new Map<string, DoNotCallList>()

  constructor(asked: ReadonlyArray<ListAsked | null>, open: OpenFile<R>) {
    this.#asked = asked
    this.#open = open
  }

  read(list: ListAsked): Effect.Effect<Read, never, R> {
    const key = keyOf(list)
    const known = this.#lists.get(key)
    if (known !== undefined) return Effect.succeed(known)
    // What any of the campaigns asks for.
    const asked = this.#asked.flatMap((each) => (each !== null && keyOf(each) === key ? each.asked : []))
    return Effect.tap(
      Effect.gen({ self: this }, function* () {
        const forbidden: Array<DoNotCallList> = []
        for (const [index, each] of list.doNotCall.entries()) {
          const found = yield* Effect.result(this.#numbersOf(each))
          if (Result.isSuccess(found)) forbidden.push(found.success)
          else return unreadable(list, unreadOf(["doNotCall", index], each.file, found.failure))
        }
        const table = yield* Effect.result(readTable(this.#open(list.file), list, forbidden, asked))
        if (Result.isFailure(table)) return unreadable(list, unreadOf([], list.file, table.failure))
        return toRead(list, table.success)
      }),
      (read) => Effect.sync(() => this.#lists.set(key, read))
    )
  }

  #numbersOf(file: DoNotCallFile): Effect.Effect<DoNotCallList, FileUnreadable, R> {
    const key = JSON.stringify(file)
    const known = this.#doNotCall.get(key)
    if (known !== undefined) return Effect.succeed(known)
    const { name, options, source, wholeContact } = file
    return readDoNotCall(this.#open(file.file), { name, source, wholeContact, readAt: 0 }, options).pipe(
      Effect.map(({ list }) => list),
      Effect.tap((list) => Effect.sync(() => this.#doNotCall.set(key, list)))
    )
  }
}

const toRead = (list: ListAsked, { columns, problems, rows, sha256, table }: TableRead): Read => ({
  read: {
    name: list.name,
    sha256,
    rows,
    contacts: Result.isSuccess(table) ? table.success.size : 0,
    problems: problems.map(({ count, kind, leftOut, title }) => ({ kind, title, count, leftOut })),
    columns,
    table: Result.isSuccess(table) ? table.success : null,
    unread: Result.isSuccess(table) ? null : unreadOf([], list.file, table.failure)
  },
  problems
})

const unreadable = (list: ListAsked, unread: Unread): Read => ({
  read: { name: list.name, sha256: "", rows: 0, contacts: 0, problems: [], columns: [], table: null, unread },
  problems: []
})

const unreadOf = (path: Unread["path"], file: string, failure: FileUnreadable | ListUnreadable): Unread => ({
  path: [...path, "file"],
  found: `${file}: ${failure.message.replace(/\.$/, "")}`,
  allowed: path.length === 0 ? "a file of contacts that can be read" : "a file of numbers that can be read"
})
