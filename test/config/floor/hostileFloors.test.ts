import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { readFileSync } from "node:fs"
import { parse } from "yaml"
import { decodeFloor } from "../../../src/config/floor/decodeFloor.ts"
import { variants } from "../../yaml/variants.ts"
import { read, start } from "./smallFloor.ts"

const sample = readFileSync(new URL("../../../docs/outpace.sample.yaml", import.meta.url), "utf8")
const environment = { TRUNK_USER: "leeds", TRUNK_PASSWORD: "a", AGENT_201_PASSWORD: "b" }
const context = { folder: ".", epochMillis: start, writtenAt: new Map<string, number>() }

describe("a floor that is nonsense somewhere", () => {
  it("is decoded or refused with problems, never a crash, whatever value stands there", () => {
    const known = new Map(Object.entries(environment))
    let refusals = 0
    for (const input of variants(parse(sample), [null, -1, 1e9, "x", [], {}, true, [{}], { kind: "x" }])) {
      const result = decodeFloor(input, known, context)
      if (Result.isSuccess(result)) continue
      refusals += 1
      assert.isAbove(result.failure.length, 0)
      for (const problem of result.failure) assert.notInclude(`${problem.found}${problem.allowed}`, "[object")
    }
    assert.isAbove(refusals, 1_000)
  })
  it("has a place for every problem, whatever line is missing", () => {
    const lines = sample.split("\n")
    for (const i of lines.keys()) {
      const result = read(lines.toSpliced(i, 1).join("\n"), environment)
      if (Result.isSuccess(result)) continue
      for (const { column, line, source } of result.failure.problems) {
        assert.isBelow(line, lines.length)
        assert.isAtMost(column, source.length + 1)
      }
    }
  })
  it("is refused at once when it has far too many groups", () => {
    const result = decodeFloor({ groups: Array.from({ length: 100_000 }, () => ({})) }, new Map(), context)
    assert.deepStrictEqual(
      Result.match(result, { onSuccess: () => [], onFailure: (all) => all.map(({ path }) => path.join(".")) }),
      ["groups"]
    )
  })
})
