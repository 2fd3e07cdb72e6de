import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { readFileSync } from "node:fs"
import { decodeCard } from "../../../src/domain/card/Card.ts"
import { decodeForm } from "../../../src/domain/form/decodeForm.ts"

const page = readFileSync(new URL("../../../docs/cards-and-forms.md", import.meta.url), "utf8")
const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map((match) => JSON.parse(match[1]) as object)

describe("the page for managers", () => {
  it("has three cards, one of each source, and a form", () => {
    const sources = examples.flatMap((each) => ("source" in each ? [(each.source as { kind: string }).kind] : []))
    assert.deepStrictEqual([sources, examples.length], [["internal", "external", "mixed"], 4])
  })
  it.each(examples.map((example) => ["campaign" in example ? example.campaign : "form", example] as const))(
    "shows what can be used: %s",
    (_, example) => {
      if ("source" in example) {
        const card = decodeCard(example)
        assert.deepStrictEqual(Result.isFailure(card) ? card.failure : [], [])
      } else {
        const form = decodeForm(example)
        assert.deepStrictEqual(Result.isFailure(form) ? form.failure : form.success.warnings, [])
      }
    }
  )
})
