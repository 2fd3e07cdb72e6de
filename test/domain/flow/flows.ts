import { assert } from "@effect/vitest"
import { Result } from "effect"
import { decodeFilter } from "../../../src/contacts/decodeFilter.ts"
import type { CallFlow } from "../../../src/domain/flow/CallFlow.ts"
import type { FlowKnown } from "../../../src/domain/flow/checkFlow.ts"
import { decodeFlow } from "../../../src/domain/flow/decodeFlow.ts"
import { flowProblemText } from "../../../src/domain/flow/FlowProblem.ts"

export const known: FlowKnown = { groups: ["desk"], parameters: ["Amount"], files: ["hello.wav", "bye.wav"] }
const filterDecoder = (input: unknown) => decodeFilter(input, null)

export const decode = (input: unknown, having: FlowKnown = known) => decodeFlow(input, having, filterDecoder)

/** The flow, which must be one. */
export const flowOf = (input: unknown, having: FlowKnown = known): CallFlow =>
  Result.match(decode(input, having), {
    onFailure: (problems) => assert.fail(problems.map(flowProblemText).join("\n")),
    onSuccess: ({ flow }) => flow
  })

/** Everything that is wrong, or worth a look. */
export const problemsOf = (input: unknown, having: FlowKnown = known): ReadonlyArray<string> =>
  Result.match(decode(input, having), {
    onFailure: (problems) => problems.map(flowProblemText),
    onSuccess: ({ warnings }) => warnings.map(flowProblemText)
  })

/** Steps as they are written, with an end after them. */
export const withEnd = (...steps: ReadonlyArray<Readonly<Record<string, unknown>>>) => ({
  name: "test",
  steps: [...steps, { name: "end", do: "hang-up", result: "served" }]
})
