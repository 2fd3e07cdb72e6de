import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { parse } from "yaml"
import { checkFlowPeople } from "../../../sim/flow/checkFlowPeople.ts"
import { FlowPeople } from "../../../sim/flow/FlowPeople.ts"
import { compileFlow } from "../../../src/dialler/flow/compileFlow.ts"
import type { CallFlow } from "../../../src/domain/flow/CallFlow.ts"
import { flowOf, problemsOf } from "../../domain/flow/flows.ts"
import { docsText, withTables } from "../../domain/flow/flowTables.ts"
import { Rehearsal } from "./rehearse.ts"

const known = { groups: ["billing"], parameters: ["Amount", "Due", "Visits", "Feedback"], files: ["hello.wav"] }
const blocks = [...docsText().matchAll(/^```yaml (flow|people of (.+))\n([\s\S]*?)^```$/gm)]
const flows: ReadonlyArray<CallFlow> = blocks
  .filter(([, kind]) => kind === "flow")
  .map(([, , , text]) => flowOf(parse(text), known))

describe("docs/call-flows.md", () => {
  it("has flows, and people for each", () => {
    assert.deepStrictEqual(
      flows.map(({ name }) => name),
      ["Bill reminder", "Feedback"]
    )
    assert.deepStrictEqual(
      blocks.flatMap(([, , name]) => name ?? []),
      ["Bill reminder", "Feedback"]
    )
  })
  it.each(flows)("$name is without fault", (flow) => {
    assert.deepStrictEqual(problemsOf(JSON.parse(JSON.stringify(flow)), known), [])
  })
  it.each(flows)("$name can be rehearsed with its people, to every end it has", (flow) => {
    const [, , , text] = blocks.find(([, , name]) => name === flow.name) ?? assert.fail("no people")
    const people = Schema.decodeUnknownSync(FlowPeople, { onExcessProperty: "error" })(parse(text))
    checkFlowPeople(flow, people, (path, allowed) => assert.fail(`${path.join(".")}: ${allowed}`))
    const { program } = compileFlow(flow, known)
    if (program === null) return assert.fail("the flow has faults")
    const rehearsal = new Rehearsal(flow, program, people)
    const ends = new Set(Array.from({ length: 3_000 }, (_, contact) => rehearsal.call(contact).end))
    assert.deepStrictEqual(
      [...ends].toSorted(),
      flow.name === "Feedback"
        ? ["hung-up", "served", "transferred"]
        : ["group billing", "hung-up", "refused", "served"]
    )
  })
  it("shows every field as the schema has it (node test/domain/flow/writeTables.ts)", () => {
    assert.strictEqual(docsText(), withTables(docsText()))
  })
})
