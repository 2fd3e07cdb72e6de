import { Result, Schema } from "effect"
import { outcomeNames } from "../Outcome.ts"
import { type FieldProblem, foundText, isSmall, problemsMax, problemsOfIssue } from "../rules/fieldProblems.ts"
import { Disposition } from "./Disposition.ts"

export const dispositionsMax = 100

const decodeDisposition = Schema.decodeUnknownResult(Disposition, { errors: "all", onExcessProperty: "error" })

/**
 * A campaign's own dispositions from plain data, in the order the agent sees. None at all is allowed, as campaigns without
 * agents have it. A failure lists what is wrong, where, and what would be right.
 */
export const decodeDispositions = (
  input: unknown
): Result.Result<ReadonlyArray<Disposition>, ReadonlyArray<FieldProblem>> => {
  const whole = (found: string, allowed: string) => Result.fail([{ path: "dispositions", found, allowed }])
  if (!Array.isArray(input)) return whole(foundText(input), "a list of dispositions")
  const items: ReadonlyArray<unknown> = input
  if (items.length > dispositionsMax) return whole(`${items.length} items`, `at most ${dispositionsMax} dispositions`)
  if (!isSmall(items, 3, dispositionsMax * 20)) return whole(foundText(input), "dispositions without blocks in them")
  const problems: Array<FieldProblem> = []
  const own: Array<Disposition> = []
  const codes = new Map<string, number>()
  const labels = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    const base = ["dispositions", index]
    const decoded = decodeDisposition(item)
    if (Result.isFailure(decoded)) {
      problems.push(...problemsOfIssue(decoded.failure.issue, item, base))
      continue
    }
    own.push(decoded.success)
    checkAlone(decoded.success, index, problems)
    const { code, label } = decoded.success
    const unique = (key: "code" | "label", value: string, seen: Map<string, number>) => {
      const first = seen.get(value.toLowerCase())
      if (first === undefined) seen.set(value.toLowerCase(), index)
      else problems.push(problem(index, key, value, `a ${key} of its own; dispositions[${first}] has this one`))
    }
    unique("code", code, codes)
    unique("label", label, labels)
  }
  if (problems.length > 0) return Result.fail(problems.slice(0, problemsMax))
  if (own.length > 0 && !own.some((each) => each.final)) {
    return whole("none that is final", "at least one with final: true, so that an agent can close a contact")
  }
  return Result.succeed(own)
}

const problem = (index: number, key: keyof Disposition, found: unknown, allowed: string): FieldProblem => ({
  path: `dispositions[${index}].${key}`,
  found: foundText(found),
  allowed
})

const checkAlone = (disposition: Disposition, index: number, problems: Array<FieldProblem>): void => {
  const { asksCallbackTime, code, final } = disposition
  if (outcomeNames.some((name) => name === code)) {
    problems.push(
      problem(index, "code", code, `no name of an outcome, which the system uses: ${outcomeNames.join(", ")}`)
    )
  }
  if (final && asksCallbackTime) {
    problems.push(problem(index, "asksCallbackTime", true, "false where final is true: nobody is called again"))
  }
}
