import { Clock, Effect, FileSystem, Stream } from "effect"
import type { DoNotCallFile } from "../../config/campaign/ListFile.ts"
import type { FloorCampaign } from "../../config/floor/FloorConfig.ts"
import { forbiddenBy } from "../../contacts/doNotCall.ts"
import { importList } from "../../contacts/importList.ts"
import { type Problem, type ProblemGroup, ProblemSummary } from "../../contacts/Problem.ts"
import type { Forbidden } from "../../contacts/ListOptions.ts"
import { readDoNotCall } from "../../contacts/readDoNotCall.ts"
import type { Contact, E164 } from "../../domain/Contact.ts"
import { numbersInClear } from "../../store/floor/erasures.ts"
import type { OpenFloor } from "../store/openFloor.ts"
import { ContactDesk } from "./ContactDesk.ts"

/** What came of reading a list. */
export interface ListLoaded {
  readonly added: number
  readonly rows: number
  readonly problems: ReadonlyArray<ProblemGroup>
}

/** Contacts put into the store at a time. */
const batchMax = 1_000

/**
 * Puts the contacts of a campaign's list into it that it does not have yet, in bounded memory. What is wrong with rows is
 * told; the rest is loaded. `told` hears of progress in rows.
 */
export const loadList = Effect.fn("loadList")(function* (
  { list }: FloorCampaign,
  campaign: number,
  { contacts, erased }: Pick<OpenFloor, "contacts" | "erased">,
  told: (rows: number) => void
) {
  const files = yield* FileSystem.FileSystem
  const desk = yield* ContactDesk
  const onList = forbiddenBy(yield* Effect.forEach(list.doNotCall, doNotCallList), erased, "calls")
  const inClear = yield* numbersInClear
  const problems = new ProblemSummary()
  let waiting: Array<Contact> = []
  let added = 0
  let rows = 0
  const put = Effect.suspend(() => {
    const batch = waiting
    waiting = []
    added += batch.length
    return desk.add(campaign, batch)
  })
  const options = {
    ...list.options,
    forbidden: (number: E164) => (inClear.has(number) ? erasedPeople : onList(number)),
    isKnown: (number: Contact["numbers"][number]["number"]) =>
      contacts.contactsWith(number).some((each) => each.campaign === campaign)
  }
  yield* importList(files.stream(list.file), options).pipe(
    Stream.runForEach((item) => {
      if (item.kind === "problem") problems.add(withoutErased(item.problem))
      else if (item.kind === "progress") {
        rows = item.rows
        told(rows)
      } else if (waiting.push(item.contact) >= batchMax) return put
      return Effect.void
    })
  )
  yield* put
  const loaded: ListLoaded = { added, rows, problems: problems.groups }
  return loaded
})

const erasedPeople: Forbidden = { list: "erased people", wholeContact: true }

/** Reports and logs are no place for a number that was erased. */
const withoutErased = (problem: Problem): Problem =>
  problem.kind === "do-not-call" && problem.message.endsWith(erasedPeople.list)
    ? { ...problem, value: "", message: "somebody who was erased" }
    : problem

const doNotCallList = Effect.fnUntraced(function* ({ file, name, options, source, wholeContact }: DoNotCallFile) {
  const files = yield* FileSystem.FileSystem
  const readAt = yield* Clock.currentTimeMillis
  const { list } = yield* readDoNotCall(files.stream(file), { name, source, wholeContact, readAt }, options)
  return list
})
