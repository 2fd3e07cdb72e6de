import { Result } from "effect"
import { readFileSync } from "node:fs"
import { parse } from "yaml"
import { describe, expect, it } from "vitest"
import { decodeScenario } from "../../../sim/scenario/decodeScenario.ts"
import { readScenario } from "../../../sim/scenario/readScenario.ts"
import { refused, smallFile } from "./smallFile.ts"
import { variants } from "../../yaml/variants.ts"

const firstLines = (text: string) =>
  refused(text)
    .split("\n\n")[0]
    .split("\n")
    .filter((line) => !line.includes(" | "))
const laughs = [
  "a: &a [x, x]",
  ..."bcdefghijkl".split("").map((name, i) => `${name}: &${name} [${`*${"abcdefghijk"[i]},`.repeat(9)}]`)
]

describe("a hostile file is refused, quickly and without a crash", () => {
  const cases: ReadonlyArray<readonly [name: string, text: string, found: string]> = [
    ["too large", `# ${"x".repeat(1_048_576)}`, "a file of 1048578 bytes"],
    ["too deep", `name: ${"[".repeat(100_000)}`, "more than 100 blocks opened in a row"],
    ["deep lists in lists", `${"- ".repeat(200_000)}a`, "more than 100 blocks opened in a row"],
    ["aliases that expand", laughs.join("\n"), "Excessive alias count indicates a resource exhaustion attack"],
    ["an alias within itself", "name: &a [*a]", "the alias *a within its own anchor"],
    ["a tag of its own", "name: !!js/function x", "Unresolved tag: tag:yaml.org,2002:js/function"],
    ["a second document", `${smallFile}---\n${smallFile}`, "a second document"],
    ["a key that is a list", "? [a]\n: 1", "With stringKeys, all keys must be strings"],
    ["a prototype", `__proto__: { seed: 2 }\n${smallFile}`, 'an unknown field "__proto__"'],
    ["far too many groups", `groups: [${"{},".repeat(100_000)}]`, "100000 items"],
    ["far too many fields", Array.from({ length: 50_000 }, (_, i) => `k${i}: 1`).join("\n"), 'an unknown field "k0"']
  ]
  it.each(cases)("%s", (_, text, found) => {
    expect(firstLines(text)[1]).toBe(`  found:   ${found}`)
  })
})

it("any value of a scenario may be replaced by nonsense: it is decoded or refused with problems, never a crash", () => {
  const file = readFileSync(new URL("../../../scenarios/mixed-floor.yaml", import.meta.url), "utf8")
  let refusals = 0
  for (const input of variants(parse(file), [null, -1, 1e9, "x", [], {}, true, [{}], { kind: "normal" }])) {
    const result = decodeScenario(input)
    if (Result.isSuccess(result)) continue
    refusals += 1
    expect(result.failure.length).toBeGreaterThan(0)
    for (const problem of result.failure) expect(`${problem.found}${problem.allowed}`).not.toContain("[object")
  }
  expect(refusals).toBeGreaterThan(500)
})

it("any line of a scenario may be missing: every problem has a place in the file", () => {
  const lines = readFileSync(new URL("../../../scenarios/sample.yaml", import.meta.url), "utf8").split("\n")
  for (const i of lines.keys()) {
    const result = readScenario(lines.toSpliced(i, 1).join("\n"), "s.yaml")
    if (Result.isSuccess(result)) continue
    for (const { column, line, source } of result.failure.problems) {
      expect(line).toBeLessThan(lines.length)
      expect(column).toBeLessThanOrEqual(source.length + 1)
    }
  }
})
