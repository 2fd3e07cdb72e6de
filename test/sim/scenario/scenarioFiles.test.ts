import { Result, Schema } from "effect"
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { scenarioJsonSchemaText } from "../../../sim/scenario/jsonSchema.ts"
import { ScenarioFile } from "../../../sim/scenario/ScenarioFile.ts"
import { scenarioReference } from "../../../sim/scenario/reference.ts"
import { opened, samplePath, sampleScenario } from "./sample.ts"

const root = new URL("../../../", import.meta.url)
const folder = new URL("scenarios/", root)
const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"))
const read = (name: string) => readFileSync(new URL(name, folder), "utf8")

describe("the scenarios that come with Outpace", () => {
  it("are these", () => {
    expect(names.toSorted()).toEqual([
      "callback-desk.yaml",
      "canvass.yaml",
      "clinic-robot.yaml",
      "consumer-80.yaml",
      "mixed-floor.yaml",
      "museum-friends.yaml",
      "renewal-team.yaml",
      "sample.yaml",
      "small-b2b.yaml",
      "survey-robot.yaml"
    ])
  })
  it.each(names)("%s can be run", (name) => {
    const problems = Result.match(opened(read(name), samplePath(name)), {
      onSuccess: () => "",
      onFailure: (error) => error.message
    })
    expect(problems).toBe("")
  })
  it.each(names)("%s says to editors what it is, and to managers what is in it", (name) => {
    const lines = read(name).split("\n")
    expect(lines[0]).toBe("# yaml-language-server: $schema=outpace.schema.json")
    expect(lines.filter((line) => line.trimStart().startsWith("# ")).length).toBeGreaterThan(7)
  })
  it.each(names)("%s written out again, defaults and all, is the same scenario", (name) => {
    const file = Schema.decodeUnknownSync(ScenarioFile)(parse(read(name)))
    const again = opened(JSON.stringify(Schema.encodeSync(ScenarioFile)(file)), samplePath(name))
    expect(Result.getOrThrow(again).scenario).toEqual(sampleScenario(name))
  })
  it("the sample is a team of twenty that may dial in every mode with agents", () => {
    const { campaigns, groups } = sampleScenario("sample.yaml")
    expect(groups.map((group) => group.agents)).toEqual([20])
    expect(campaigns[0].modesAllowed).toEqual(["manual", "preview", "progressive", "predictive"])
  })
  it("the canvass holds the measured sample whole", () => {
    const { people } = sampleScenario("canvass.yaml").campaigns[0]
    const values = people.talk.kind === "empirical" ? people.talk.values : []
    expect(values.length).toBe(39)
    expect(values.reduce((sum, value) => sum + value, 0) / 39).toBeCloseTo(63.7, 1)
    const answered = (people.dials ?? []).filter((dial) => dial.answered)
    expect([people.dials?.length, answered.length]).toEqual([35, 17])
    expect(answered.reduce((sum, dial) => sum + dial.ringSeconds, 0) / 17).toBe(14)
  })
})

describe("what is generated is up to date (node sim/scenario/writeGenerated.ts)", () => {
  it("the JSON Schema", () => {
    expect(readFileSync(new URL("scenarios/outpace.schema.json", root), "utf8")).toBe(scenarioJsonSchemaText())
  })
  it("the reference", () => {
    expect(readFileSync(new URL("docs/scenarios.md", root), "utf8")).toBe(scenarioReference())
  })
})
