import { Effect, FileSystem } from "effect"
import type { CampaignSettings } from "../../domain/Campaign.ts"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { systemError } from "../../store/writeProblem.ts"
import { type Finding, ok, problem, warning } from "./Finding.ts"

/** Whether the files of contacts and of those who must not be called are there. */
export const lists = Effect.fnUntraced(function* ({ campaigns }: FloorConfig) {
  const fs = yield* FileSystem.FileSystem
  const findings: Array<Finding> = []
  for (const { list, settings } of campaigns) {
    const files = [list.file, ...list.doNotCall.map(({ file }) => file)]
    const wrong: Array<string> = []
    for (const file of files) {
      const found = yield* Effect.result(fs.access(file, { readable: true }))
      if (found._tag === "Failure") wrong.push(`${file} (${systemError(found.failure).message})`)
    }
    const check = `lists of ${settings.name}`
    if (wrong.length > 0) {
      findings.push(
        problem(check, `cannot be read: ${wrong.join(", ")}`, "Put them there, or change the campaign's list.")
      )
    } else findings.push(freshness(check, settings) ?? ok(check, files.join(", ")))
  }
  return findings
})

const hourMillis = 3_600_000
/** Half of what the strictest profile allows. */
const hoursWarned = 12

/** Whether the do-not-call lists are as new as the law wants them; instant 0 is now. */
const freshness = (check: string, { law }: CampaignSettings): Finding | null => {
  const left = law?.listsGoodUntil ?? Infinity
  const todo = "Fetch them anew; without new ones the law lets nobody be called."
  if (left <= 0) return problem(check, "the do-not-call lists are older than the law allows", todo)
  if (left > hoursWarned * hourMillis) return null
  return warning(check, `the do-not-call lists are too old for the law in ${Math.floor(left / hourMillis)} hours`, todo)
}
