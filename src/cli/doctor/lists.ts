import { Effect, FileSystem } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { systemError } from "../../store/writeProblem.ts"
import { type Finding, ok, problem } from "./Finding.ts"

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
    findings.push(
      wrong.length === 0
        ? ok(check, files.join(", "))
        : problem(check, `cannot be read: ${wrong.join(", ")}`, "Put them there, or change the campaign's list.")
    )
  }
  return findings
})
