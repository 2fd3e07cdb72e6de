import { assert } from "@effect/vitest"
import { Result } from "effect"
import { decodeFilter } from "../../../src/contacts/decodeFilter.ts"
import { decodeDispositions } from "../../../src/domain/disposition/decodeDispositions.ts"
import { type DecodedRules, decodeRules } from "../../../src/domain/rules/decodeRules.ts"
import type { FieldProblem } from "../../../src/domain/rules/fieldProblems.ts"
import type { Known } from "../../../src/domain/rules/Known.ts"
import type { Rule } from "../../../src/domain/rules/Rule.ts"

/** A campaign with something of everything. */
export const known: Known = {
  dispositions: Result.getOrThrow(
    decodeDispositions([
      { code: "sale", label: "Sale", success: true, rightParty: true, final: true },
      { code: "refused", label: "Not interested", rightParty: true, final: true },
      { code: "call-later", label: "Call later", rightParty: true, asksCallbackTime: true },
      { code: "not-in", label: "Not in" }
    ])
  ),
  segments: ["north", "south"],
  campaigns: ["winter", "reminders"],
  questions: [
    { name: "interested", answers: ["yes", "no", "maybe"] },
    { name: "rating", answers: null },
    { name: "owns-car", answers: ["true", "false"] }
  ],
  parameters: ["Balance", "Stage"],
  attemptsMax: 20
}

/** Some rule that can stand for any. */
export const finish = { name: "done", then: { finish: "done" } }

export const decoded = (input: unknown, campaign: Known = known): DecodedRules =>
  Result.match(decodeRules(input, campaign, decodeFilter), {
    onFailure: (problems) => assert.fail(problemLines(problems).join("\n")),
    onSuccess: (rules) => rules
  })

/** Rules that must be right; those without a name get one. */
export const rulesOf = (...inputs: ReadonlyArray<object>): ReadonlyArray<Rule> =>
  decoded(inputs.map((input, index) => ({ name: `rule ${index}`, ...input }))).rules

const problemLines = (problems: ReadonlyArray<FieldProblem>): ReadonlyArray<string> =>
  problems.map(({ allowed, found, path }) => `${path} | ${found} | ${allowed}`)

/** `path | found | allowed`, for each problem. */
export const problemsOf = (input: unknown, campaign: Known = known): ReadonlyArray<string> =>
  Result.match(decodeRules(input, campaign, decodeFilter), { onFailure: problemLines, onSuccess: () => [] })

export const dispositionProblems = (input: unknown): ReadonlyArray<string> =>
  Result.match(decodeDispositions(input), { onFailure: problemLines, onSuccess: () => [] })
