import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { decodeScenario } from "../../../sim/scenario/decodeScenario.ts"

const text = readFileSync(new URL("../../../docs/scenarios.md", import.meta.url), "utf8")
const examples = [...text.matchAll(/^```yaml (.*)\n([^]*?)^```/gm)].map(
  ([, kind, block]) => [kind, parse(block) as Readonly<Record<string, unknown>>] as const
)

describe("docs/scenarios.md", () => {
  it("has examples of rules and of call flows", () => {
    expect(examples.map(([kind]) => kind)).toEqual(["campaign", "automatic campaign", "automatic campaign"])
  })
  it.each(examples)("has examples that can be used: %s", (kind, fields) => {
    const isAutomatic = kind.startsWith("automatic")
    const needsDesk = !isAutomatic || "groups" in fields
    const scenario = decodeScenario({
      name: "Example",
      groups: needsDesk ? [{ name: "desk", agents: 2 }] : [],
      campaigns: [
        {
          name: "Calls",
          mode: isAutomatic ? "automatic" : "preview",
          list: { contacts: 100 },
          people: { outcomes: { person: 0.3 } },
          ...fields
        }
      ]
    })
    expect(scenario).toMatchObject({ _tag: "Success" })
  })
})
