import { Result, Schema } from "effect"
import type { Filter } from "../Filter.ts"
import { checkRule, parametersOf } from "./checkRule.ts"
import { type FieldProblem, foundText, isSmall, problemsMax, problemsOfIssue } from "./fieldProblems.ts"
import { type Path, pathText, valueAt } from "../plainData.ts"
import type { Known } from "./Known.ts"
import { Rule, rulesMax } from "./Rule.ts"
import { type RuleWarning, warningsOf } from "./warningsOf.ts"

/** How filters are read, which the rules leave to `decodeFilter` of the contacts. */
export type DecodeFilter = (
  input: unknown,
  parameters: ReadonlyArray<string> | null
) => Result.Result<Filter, ReadonlyArray<{ readonly path: string; readonly message: string }>>

export interface DecodedRules {
  readonly rules: ReadonlyArray<Rule>
  /** What can be meant, but hardly is. */
  readonly warnings: ReadonlyArray<RuleWarning>
}

const depthMax = 40
const sizeMax = 100_000

/**
 * The rules of a campaign from plain data, such as parsed YAML or JSON, checked against what the campaign has. A failure
 * lists what is wrong, where, and what would be right, two hundred things at most.
 */
export const decodeRules = (
  input: unknown,
  known: Known,
  decodeFilter: DecodeFilter
): Result.Result<DecodedRules, ReadonlyArray<FieldProblem>> => {
  const whole = (found: string, allowed: string) => Result.fail([{ path: "rules", found, allowed }])
  if (!Array.isArray(input)) return whole(foundText(input), "a list of rules")
  const items: ReadonlyArray<unknown> = input
  if (items.length > rulesMax) return whole(`${items.length} rules`, `at most ${rulesMax} rules`)
  if (!isSmall(items, depthMax, sizeMax)) {
    return whole("more than anybody reads", `at most ${sizeMax} values, nested at most ${depthMax} deep`)
  }
  const parameters = known.parameters === null ? null : [...known.parameters, ...parametersOf(items)]
  const problems: Array<FieldProblem> = []
  const rules: Array<Rule> = []
  const names = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    if (problems.length >= problemsMax) break
    const base: Path = ["rules", index]
    const report = (path: Path, allowed: string) => {
      problems.push({ path: pathText([...base, ...path]), found: foundText(valueAt(item, path)), allowed })
    }
    const decoded = decodeRule(readFilter(item, parameters, decodeFilter, report))
    if (Result.isFailure(decoded)) {
      problems.push(...problemsOfIssue(decoded.failure.issue, item, base))
      continue
    }
    const rule = decoded.success
    const earlier = names.get(rule.name)
    if (earlier !== undefined) report(["name"], `a name of its own; rules[${earlier}] has this one`)
    names.set(rule.name, index)
    checkRule(rule, known, report)
    rules.push(rule)
  }
  if (problems.length > 0) return Result.fail(problems.slice(0, problemsMax))
  return Result.succeed({ rules, warnings: warningsOf(rules, known) })
}

const decodeRule = Schema.decodeUnknownResult(Rule, { errors: "all", onExcessProperty: "error" })

/**
 * The rule with its filter read, which knows how to limit its depth and to say what is wrong with it. One that cannot be
 * read is reported and left out, so that the rest can be looked at.
 */
const readFilter = (
  item: unknown,
  parameters: ReadonlyArray<string> | null,
  decodeFilter: DecodeFilter,
  report: (path: Path, allowed: string) => void
): unknown => {
  const when = valueAt(item, ["when"])
  if (typeof when !== "object" || when === null || !Object.hasOwn(when, "contact")) return item
  const { contact, ...others } = when as { readonly contact: unknown }
  const filter = decodeFilter(contact, parameters)
  if (Result.isSuccess(filter)) {
    return { ...(item as object), when: { ...others, contact: filter.success } }
  }
  for (const { message, path } of filter.failure) report(["when", "contact", ...keysOf(path)], message)
  return { ...(item as object), when: others }
}

/** The keys of a path such as `of[1].filter.value`. */
const keysOf = (path: string): Path =>
  [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) => (index === undefined ? key : Number(index)))
