import { Result, Schema } from "effect"
import { type FieldProblem, foundText, isSmall, problemsMax, problemsOfIssue } from "../rules/fieldProblems.ts"
import { type Path, pathText, valueAt } from "../plainData.ts"
import { callerIdsMax, CallerIdSettings, looksAtPrefixes, prefixesMax } from "./CallerIdSettings.ts"

const decode = Schema.decodeUnknownResult(CallerIdSettings, { errors: "all", onExcessProperty: "error" })

/** Values in the largest settings: every number with its fields and its prefixes. */
const sizeMax = callerIdsMax * (prefixesMax + 5) + 10

type Report = (path: Path, allowed: string) => void

/**
 * The caller IDs of a campaign from plain data, such as parsed YAML or JSON. A failure lists what is wrong, where, and what
 * would be right, two hundred things at most.
 */
export const decodeCallerIds = (input: unknown): Result.Result<CallerIdSettings, ReadonlyArray<FieldProblem>> => {
  const base: Path = ["callerIds"]
  if (!isSmall(input, 4, sizeMax)) {
    return Result.fail([
      { path: "callerIds", found: "more than anybody reads", allowed: `at most ${callerIdsMax} numbers, not nested` }
    ])
  }
  const decoded = decode(input)
  if (Result.isFailure(decoded)) return Result.fail(problemsOfIssue(decoded.failure.issue, input, base))
  const problems: Array<FieldProblem> = []
  const report: Report = (path, allowed) => {
    problems.push({ path: pathText([...base, ...path]), found: foundText(valueAt(input, path)), allowed })
  }
  checkNumbers(decoded.success, report)
  checkPrefixes(decoded.success, report)
  checkFallback(decoded.success, report)
  return problems.length === 0 ? Result.succeed(decoded.success) : Result.fail(problems.slice(0, problemsMax))
}

const checkNumbers = ({ fallback, numbers }: CallerIdSettings, report: Report): void => {
  const seen = new Map<string, number>()
  for (const [index, { number }] of numbers.entries()) {
    const earlier = seen.get(number)
    if (earlier === undefined) seen.set(number, index)
    else report(["numbers", index, "number"], `a number of its own; numbers[${earlier}] has this one`)
  }
  const same = fallback === undefined ? undefined : seen.get(fallback.number)
  if (same !== undefined) {
    report(["fallback", "number"], `a number outside the rotation; numbers[${same}] has this one`)
  }
}

const checkPrefixes = ({ numbers, rotation }: CallerIdSettings, report: Report): void => {
  for (const [index, { prefixes = [] }] of numbers.entries()) {
    if (prefixes.length > 0 && !looksAtPrefixes(rotation)) {
      report(["numbers", index, "prefixes"], `none where rotation is ${rotation}; by-prefix and sticky look at them`)
    }
    for (const [at, prefix] of prefixes.entries()) {
      if (prefixes.indexOf(prefix) < at) report(["numbers", index, "prefixes", at], "each prefix once")
    }
  }
  if (rotation === "by-prefix" && numbers.every(({ prefixes }) => prefixes === undefined)) {
    report(["rotation"], "by-prefix with prefixes for a number at least, or round-robin")
  }
}

const checkFallback = ({ fallback, numbers, whenCapped }: CallerIdSettings, report: Report): void => {
  if (fallback !== undefined) return
  if (whenCapped === "fallback") report(["fallback"], "a number, as whenCapped is fallback")
  else if (numbers.every(({ prefixes }) => prefixes !== undefined)) {
    report(["fallback"], "a number for contacts no prefix fits, or a number without prefixes in numbers")
  }
}
