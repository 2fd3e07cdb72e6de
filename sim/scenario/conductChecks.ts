import { Equal, Result, Schema } from "effect"
import { decodeDispositions } from "../../src/domain/disposition/decodeDispositions.ts"
import { valueAt } from "../../src/domain/plainData.ts"
import { Retry } from "./Campaign.ts"
import type { LooseCampaign, Report } from "./crossChecks.ts"
import type { FieldPath } from "./FieldProblem.ts"
import { pathOfText } from "./pathOfText.ts"
import { decodeRulesOf, knownOf } from "./toConduct.ts"

/** Whether dispositions can be told apart, and rules name what there is. */
export const conductChecks = (
  campaign: LooseCampaign,
  campaigns: ReadonlyArray<LooseCampaign>,
  path: FieldPath,
  report: Report
): void => {
  const areRight = checkDispositions(campaign, path, report)
  const { afterAttempt, rules } = campaign
  if (afterAttempt === undefined) return
  if (rules !== undefined && !Equal.equals(rules.retry, silentRetry)) {
    report([...path, "rules", "retry"], "nothing beside afterAttempt, which says when contacts are called again")
  }
  if (afterAttempt !== "default" && areRight) checkRules(afterAttempt, campaign, campaigns, path, report)
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
  const plain = dispositions.map(({ askedAfterMinutes: _, share: _share, ...disposition }) => disposition)
  const decoded = decodeDispositions(plain)
  const problems = Result.isFailure(decoded) ? decoded.failure : []
  for (const problem of problems) {
    report([...path, ...pathOfText(problem.path, { dispositions })], problem.allowed, undefined, problem.found)
  }
  return problems.length === 0
}

const checkRules = (
  rules: ReadonlyArray<unknown>,
  campaign: LooseCampaign,
  campaigns: ReadonlyArray<LooseCampaign>,
  path: FieldPath,
  report: Report
): void => {
  const decoded = decodeRulesOf(rules, knownOf(campaign, campaigns))
  if (Result.isSuccess(decoded)) return
  for (const { allowed, found, path: place } of decoded.failure) {
    const [, ...keys] = pathOfText(place, { rules })
    report([...path, "afterAttempt", ...keys], allowed.replace(/\brules\[/u, "afterAttempt["), undefined, found)
  }
}
