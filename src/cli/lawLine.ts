import { count, decimal, percent, percentShort } from "../../reports/format.ts"
import { ceilingName, reasonWords } from "../../reports/lawWords.ts"
import { type LawResult, type RuleResult, setsCeiling } from "../../sim/experiments/lawResult.ts"
import type { Result } from "../../sim/experiments/Result.ts"
import { toldSetting } from "./toldSetting.ts"

/** Reasons named, the most frequent first. */
const reasonsMax = 3

/** One sentence on the law a campaign was rehearsed under: ceilings, and who was held back. Empty for older results. */
export const lawLine = (result: Result): string => {
  const law = toldSetting(result)?.law
  if (law === undefined) return ""
  if (law === null) return "No law was applied: no calling hours, limits of attempts or enforced ceilings."
  return `Law ${law.from.join(", ")}: ${[ceilingText(law), holdText(law)].filter((part) => part !== "").join("; ")}.`
}

const ceilingText = ({ rules }: LawResult): string => {
  const bound = rules.filter(({ rule }) => setsCeiling(rule))
  if (bound.length === 0) return "it has no ceiling of abandoned calls"
  const broken = bound.filter((each) => each.broken.successes > 0)
  const shifts = bound[0].broken.n
  if (broken.length > 0) {
    const worst = broken.reduce((most, each) => (each.broken.successes > most.broken.successes ? each : most))
    return `the ceiling ${nameOf(worst)} was broken in ${count(worst.broken.successes)} of ${count(shifts)} shifts`
  }
  const known = bound.filter(({ worst }) => worst !== null)
  const kept = `no ceiling was broken in ${count(shifts)} ${shifts === 1 ? "shift" : "shifts"}`
  if (known.length === 0) return kept
  const nearest = known.reduce((least, each) => (marginOf(each) < marginOf(least) ? each : least))
  return `${kept}, the worst came to ${percent(nearest.worst?.ratio ?? Number.NaN, 2)} of ${nameOf(nearest)}`
}

const nameOf = ({ rule }: RuleResult): string => `${percentShort(rule.ceiling ?? Number.NaN)} (${ceilingName(rule)})`

/** What was left under the ceiling in the worst shift. */
const marginOf = ({ rule, worst }: RuleResult): number => (rule.ceiling ?? 0) - (worst?.ratio ?? 0)

const holdText = ({ holds }: LawResult): string => {
  if (holds.length === 0) return "nobody was held back"
  const named = holds.slice(0, reasonsMax).map(({ reason, times }) => `${reasonWords(reason)} ${amount(times.mean)}`)
  const total = holds.reduce((sum, { times }) => sum + times.mean, 0)
  return `held back ${amount(total)} times a shift (${named.join(", ")})`
}

const amount = (mean: number): string => decimal(mean, mean < 10 ? 1 : 0)
