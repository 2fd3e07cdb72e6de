// The whole verdict on a tree: system packages, checks, tests, and one last line with the count.
import { existsSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { check } from "./check.mjs"
import { installDeno } from "./deno.mjs"
import { nodePath, root, run } from "./setup.mjs"
import { installSystemPackages } from "./systemPackages.mjs"

const resultFile = join(root, "node_modules", ".cache", "outpace", "test-results.json")

/** A test that did not run has not passed; a file that could not be loaded is one failure. */
export const count = ({ testResults }) => {
  let passed = 0
  let failed = 0
  for (const { status, assertionResults } of testResults) {
    const passedHere = assertionResults.filter((result) => result.status === "passed").length
    const failedHere = assertionResults.length - passedHere
    passed += passedHere
    failed += failedHere === 0 && status === "failed" ? 1 : failedHere
  }
  return { passed, failed }
}

/** Answers the exit code. With arguments (file names, `-t name`), vitest gets them and runs only those tests. */
export const test = async (args) => {
  if (!(await installSystemPackages())) return 1
  if (!(await installDeno())) return 1
  const failedChecks = await check()
  rmSync(resultFile, { force: true })
  const code = await run(nodePath(), [join(root, "node_modules", "vitest", "vitest.mjs"), "run", ...args], {
    cwd: root
  })
  if (failedChecks.length > 0) console.error(`npm run check failed: ${failedChecks.join(", ")} (see above)`)
  if (!existsSync(resultFile)) {
    console.error("the tests left no result")
    return 1
  }
  const { passed, failed } = count(JSON.parse(readFileSync(resultFile, "utf8")))
  console.log(`${passed} passed, ${failed} failed`)
  return code === 0 && failedChecks.length === 0 && failed === 0 && passed > 0 ? 0 : 1
}
