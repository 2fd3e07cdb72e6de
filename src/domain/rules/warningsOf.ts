import { outcomeCount, outcomeNames } from "../Outcome.ts"
import type { Known } from "./Known.ts"
import type { Rule } from "./Rule.ts"
import { attemptsCounted, decides, outcomesOf } from "./ruleParts.ts"

/** Something about a rule that is allowed, but is hardly what was meant. */
export interface RuleWarning {
  readonly path: string
  readonly message: string
}

/** Rules nothing can reach, and callback times nobody looks at. */
export const warningsOf = (rules: ReadonlyArray<Rule>, known: Known): ReadonlyArray<RuleWarning> => [
  ...unreachable(rules, known.attemptsMax),
  ...unheard(rules, known)
]

/**
 * Every pair of an outcome and a count of attempts has a cell, which belongs to the first rule that decides it whatever else
 * is the case. A rule whose cells all belong to earlier ones is never reached.
 */
const unreachable = (rules: ReadonlyArray<Rule>, attemptsMax: number): ReadonlyArray<RuleWarning> => {
  const last = Math.min(attemptsCounted, attemptsMax)
  const owner = new Int16Array(outcomeCount * (attemptsCounted + 1)).fill(-1)
  return rules.flatMap((rule, index) => {
    const { max = last, min = 1 } = rule.when?.attempts ?? {}
    const message =
      min > last
        ? `is never reached: after ${last} attempts a contact is finished`
        : shadow(rule, index, min, Math.min(max, last), owner, rules)
    return message === null ? [] : [{ path: `rules[${index}]`, message: `“${rule.name}” ${message}` }]
  })
}

const shadow = (
  rule: Rule,
  index: number,
  min: number,
  max: number,
  owner: Int16Array,
  rules: ReadonlyArray<Rule>
): string | null => {
  const owners = new Set<number>()
  const takes = decides(rule.then) && isPlain(rule)
  let reached = false
  for (const outcome of outcomesOf(rule.when)) {
    const row = outcomeNames.indexOf(outcome) * (attemptsCounted + 1)
    for (let attempts = min; attempts <= max; attempts += 1) {
      const cell = row + attempts
      if (owner[cell] >= 0) owners.add(owner[cell])
      else {
        reached = true
        if (takes) owner[cell] = index
      }
    }
  }
  if (reached) return null
  const names = [...owners].sort((a, b) => a - b).map((each) => `“${rules[each].name}”`)
  return `is never reached: ${names.join(", ")} before it ${names.length === 1 ? "decides" : "decide"} all its cases`
}

/** Whether outcome and attempts alone tell that the rule holds. */
const isPlain = ({ then, when = {} }: Rule): boolean =>
  then.again?.at !== "asked" &&
  Object.keys(when).every((key) => key === "outcome" || key === "connected" || key === "attempts")

/** Dispositions that ask for a time while no rule calls again at it. */
const unheard = (rules: ReadonlyArray<Rule>, known: Known): ReadonlyArray<RuleWarning> =>
  known.dispositions
    .filter(
      ({ asksCallbackTime, code }) =>
        asksCallbackTime &&
        !rules.some(({ then, when }) => then.again?.at === "asked" && (when?.disposition?.includes(code) ?? true))
    )
    .map(({ code }) => ({
      path: "rules",
      message: `no rule with at: asked holds for the disposition ${code}, which asks for a callback time`
    }))
