import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Scenario } from "../../sim/Scenario.ts"
import { loadResult } from "../../src/store/resultFile.ts"
import { members, memberText } from "../sim/lists/memberList.ts"
import { emptyFolder, withFiles } from "../store/files.ts"
import { runCli } from "./runCli.ts"

const write = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}

describe("a scenario with a list in a file", () => {
  it.effect("is rehearsed with it, says what was left out, and keeps none of the people", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        write(folder, { "members.yaml": memberText(), "members.csv": members })
        const { code, err, out } = yield* runCli(["simulate", "members.yaml", "--replications", "2"], folder)
        assert.strictEqual(code, 0, err)
        assert.match(out, /Rehearsal of Members, campaign Calls/)
        assert.include(err, "members.yaml: Calls: members.csv: 7 contacts of 8 rows.")
        assert.include(err, "Numbers that cannot exist: 1, such as line 8: no number of CA or with a country code")
        const kept = join(folder, "outpace-results", "members-simulate")
        const { body } = yield* loadResult(join(kept, "result.sqlite"))
        const { file } = (body as { readonly scenario: Scenario }).scenario.campaigns[0].list
        assert.deepStrictEqual([file?.name, file?.contacts, file?.table], ["members.csv", 7, null])
        const report = readFileSync(join(kept, "report.html"), "utf8")
        assert.include(report, file?.sha256 ?? "no hash")
        const all = `${report}${readFileSync(join(kept, "result.sqlite"), "latin1")}`
        for (const known of ["5550101", "Alcock", "Halifax", "Birchall"]) assert.notInclude(all, known)
      })
    )
  )
  it.effect("is refused, with exit code 2, where the file is not there or is a folder", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        write(folder, { "members.yaml": memberText(), "folder.yaml": memberText().replace("members.csv", ".") })
        const missing = yield* runCli(["scenario", "check", "members.yaml"], folder)
        assert.strictEqual(missing.code, 2)
        assert.include(
          missing.err,
          `members.yaml:11:13 campaigns[0].list.file
  11 |       file: members.csv
     |             ^
  found:   members.csv: no such file or directory
  allowed: a file of contacts that can be read`
        )
        const isFolder = yield* runCli(["scenario", "check", "folder.yaml"], folder)
        assert.strictEqual(isFolder.code, 2)
        assert.include(isFolder.err, "illegal operation on a directory")
      })
    )
  )
  it.effect("finds its list from its own folder", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const other = yield* emptyFolder
        write(folder, { "members.yaml": memberText(), "members.csv": members })
        const { code, err, out } = yield* runCli(["scenario", "check", join(folder, "members.yaml")], other)
        assert.strictEqual(code, 0, err)
        assert.include(out, "is fine: Members, 1 agents, Calls (progressive).")
      })
    )
  )
})
