import type { Filter } from "../Filter.ts"
import { type Path, valueAt } from "../plainData.ts"
import type { Known } from "./Known.ts"
import type { Rule } from "./Rule.ts"

type Report = (path: Path, allowed: string) => void

/** What the schema cannot know: whether the campaign has what a rule names. */
export const checkRule = ({ then, when = {} }: Rule, known: Known, report: Report): void => {
  const codes = known.dispositions.map((each) => each.code)
  named(when.disposition ?? [], codes, ["when", "disposition"], "a disposition of the campaign", report)
  named(when.segment ?? [], known.segments, ["when", "segment"], "a segment of the campaign", report)
  for (const [question, values] of Object.entries(when.answers ?? {})) checkAnswers(question, values, known, report)
  if (when.contact !== undefined) checkFilter(when.contact, ["when", "contact"], report)
  if (then.segment !== undefined) {
    named([then.segment], known.segments, ["then", "segment"], "a segment of the campaign", report)
  }
  if (then.campaign !== undefined) {
    named([then.campaign], known.campaigns, ["then", "campaign"], "another campaign", report)
  }
  if (then.again === undefined) return
  for (const [index, code] of (when.disposition ?? []).entries()) {
    const disposition = known.dispositions.find((each) => each.code === code)
    const path = ["when", "disposition", index]
    if (disposition?.final === true) report(path, "a disposition that is not final, as the contact is called again")
    if (disposition?.asksCallbackTime === false && then.again.at === "asked") {
      report(path, "a disposition that asks for a callback time, as the rule has at: asked")
    }
  }
}

const wordsMax = 50

const oneOf = (what: string, names: ReadonlyArray<string>): string =>
  names.length === 0 ? `${what}; there is none` : `${what}: ${names.slice(0, wordsMax).join(", ")}`

/** `path` is that of the list, or of the only name. */
const named = (
  used: ReadonlyArray<string>,
  names: ReadonlyArray<string>,
  path: Path,
  what: string,
  report: Report
): void => {
  for (const [index, name] of used.entries()) {
    if (!names.includes(name)) report(path[0] === "when" ? [...path, index] : path, oneOf(what, names))
  }
}

const checkAnswers = (
  question: string,
  values: ReadonlyArray<string | number | boolean>,
  known: Known,
  report: Report
): void => {
  const path = ["when", "answers", question]
  const asked = known.questions.find((each) => each.name === question)
  if (asked === undefined) {
    const names = known.questions.map((each) => each.name)
    return report(path, oneOf("a question of the script", names))
  }
  const { answers } = asked
  if (answers !== null) named(values.map(String), answers, path, "an answer to this question", report)
}

/** Fields a filter has elsewhere, and what a rule says in their place. */
const fieldsElsewhere: Readonly<Record<string, string>> = {
  attempts: "attempts of the rule, beside contact",
  lastOutcome: "outcome of the rule, beside contact",
  state: "no state: the attempt has just ended",
  lastAttemptAt: "hours of the rule, beside contact: the last attempt has just ended",
  dueAt: "no due time: the rules decide it",
  segment: "segment of the rule, beside contact"
}

const checkFilter = (filter: Filter, path: Path, report: Report): void => {
  switch (filter.op) {
    case "and":
    case "or":
      return filter.of.forEach((each, index) => checkFilter(each, [...path, "of", index], report))
    case "not":
      return checkFilter(filter.filter, [...path, "filter"], report)
    default:
      if (Object.hasOwn(fieldsElsewhere, filter.field)) report([...path, "field"], fieldsElsewhere[filter.field])
  }
}

/** Names of the parameters the rules set, as far as they can be read: filters may ask for those as well. */
export const parametersOf = (rules: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  rules.flatMap((rule) => {
    const set = valueAt(rule, ["then", "set"])
    return typeof set === "object" && set !== null ? Object.keys(set) : []
  })
