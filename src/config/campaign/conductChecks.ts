import { Equal, Result, Schema } from "effect"
import { decodeDispositions } from "../../domain/disposition/decodeDispositions.ts"
import { valueAt } from "../../domain/plainData.ts"
import type { Known } from "../../domain/rules/Known.ts"
import type { FieldPath } from "../../yaml/FieldProblem.ts"
import { pathOfText } from "../../yaml/pathOfText.ts"
import type { LooseCampaign, Report } from "./Campaign.ts"
import { decodeRulesOf } from "./conduct.ts"
import { plainDispositions } from "./Disposition.ts"
import { Retry } from "./Rules.ts"

/** Whether dispositions can be told apart, and rules name what there is. */
export const conductChecks = (campaign: LooseCampaign, known: Known, path: FieldPath, report: Report): void => {
  const areRight = checkDispositions(campaign, path, report)
  const { afterAttempt, rules } = campaign
  if (afterAttempt === undefined) return
  if (rules !== undefined && !Equal.equals(rules.retry, silentRetry)) {
    report([...path, "rules", "retry"], "nothing beside afterAttempt, which says when contacts are called again")
  }
  if (afterAttempt !== "default" && areRight) checkRules(afterAttempt, known, path, report)
}

/** What `rules.retry` is where a file does not speak of it. */
const silentRetry = Schema.decodeUnknownSync(Retry)({})

/** Campaigns that contacts are moved to by rules. */
export const moveTargets = (campaigns: ReadonlyArray<LooseCampaign>): ReadonlySet<unknown> =>
  new Set(
    campaigns.flatMap(({ afterAttempt }) =>
      Array.isArray(afterAttempt) ? afterAttempt.map((rule) => valueAt(rule, ["then", "campaign"])) : []
    )
  )

const checkDispositions = ({ dispositions }: LooseCampaign, path: FieldPath, report: Report): boolean => {
  if (dispositions === undefined) return true
  const decoded = decodeDispositions(plainDispositions(dispositions))
  const problems = Result.isFailure(decoded) ? decoded.failure : []
  for (const problem of problems) {
    report([...path, ...pathOfText(problem.path, { dispositions })], problem.allowed, undefined, problem.found)
  }
  return problems.length === 0
}

const checkRules = (rules: ReadonlyArray<unknown>, known: Known, path: FieldPath, report: Report): void => {
  const decoded = decodeRulesOf(rules, known)
  if (Result.isSuccess(decoded)) return
  for (const { allowed, found, path: place } of decoded.failure) {
    const [, ...keys] = pathOfText(place, { rules })
    report([...path, "afterAttempt", ...keys], allowed.replace(/\brules\[/u, "afterAttempt["), undefined, found)
  }
}
