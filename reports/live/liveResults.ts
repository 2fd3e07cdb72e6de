import { connected } from "../../src/domain/measures.ts"
import { shown } from "../callResults.ts"
import { count, percent } from "../format.ts"
import type { Html } from "../html.ts"
import type { Cell, Table } from "../Table.ts"
import { shareOf } from "./liveEstimates.ts"
import type { LiveAnswer, LiveSubject } from "./LiveSubject.ts"

export const figures: Table["columns"] = [
  { name: "times", label: "Times", show: count },
  { name: "share", label: "Share", show: (v) => percent(v) },
  { name: "share_low", label: "from", show: (v) => percent(v) },
  { name: "share_high", label: "to", show: (v) => percent(v) }
]

/** A count, and its share of another one with its interval. */
const cells = (part: number, whole: number): ReadonlyArray<Cell> => {
  const { high, low, mean } = shareOf(part, whole)
  return [part, mean, low, high]
}

const sum = (counted: ReadonlyArray<{ readonly count: number }>): number =>
  counted.reduce((total, each) => total + each.count, 0)

/** What the agents chose after their talks, in the campaign's own order, and none. */
export const dispositionTable = ({ counts, results: { dispositions }, settings }: LiveSubject): Table => {
  const talks = connected(counts)
  const own = settings.known.dispositions
  const timesOf = (code: string): number => dispositions.find((each) => each.code === code)?.count ?? 0
  const foreign = dispositions.filter(({ code }) => own.every((each) => each.code !== code))
  const flagged = (flag: "success" | "rightParty"): number =>
    own.reduce((total, each) => total + (each[flag] === true ? timesOf(each.code) : 0), 0)
  return {
    columns: [{ name: "disposition", label: "Disposition" }, ...figures],
    rows: [
      ...own.map(({ code, label }) => [label, ...cells(timesOf(code), talks)]),
      ...foreign.map(({ code, count: times }) => [code, ...cells(times, talks)]),
      ["Nothing chosen", ...cells(Math.max(0, talks - sum(dispositions)), talks)],
      ["Successes", ...cells(flagged("success"), talks)],
      ["Right party", ...cells(flagged("rightParty"), talks)]
    ]
  }
}

const promiseTable = ({ results: { promises } }: LiveSubject): Table => {
  const { byOther, due, inTime, late } = promises
  return {
    columns: [{ name: "promise", label: "Promised calls" }, ...figures],
    rows: [
      ["Due in the time", due, null, null, null],
      ["Called in time", ...cells(inTime, due)],
      ["Called later", ...cells(late, due)],
      ["Not called", ...cells(due - inTime - late, due)],
      ["Called by another agent", ...cells(byOther, due)]
    ]
  }
}

/** Answers that are one of a few; others are as many as calls, and perhaps about persons. */
const isChoice = ({ kind }: LiveAnswer, isOfScript: boolean): boolean =>
  !isOfScript || kind === "single" || kind === "multiple" || kind === "yes-no"

/** Different values of one step of a flow that are listed; the others are one row. */
const valuesShown = 20

const valueWords = (value: string, kind: string): string =>
  kind !== "yes-no" ? value : value === "true" ? "yes" : "no"

/** The answers to a script, or what was pressed in a call flow, question by question. */
export const answerTable = (of: LiveSubject, form: string): Table => {
  const { answers, script } = of.results
  const isOfScript = script?.id === form
  const own = answers.filter((each) => each.form === form)
  const steps = isOfScript ? script.steps : []
  const order = (step: string): number => steps.findIndex(({ id }) => id === step)
  const named = [...Map.groupBy(own, ({ step }) => step)].sort(([a], [b]) => order(a) - order(b))
  const rows = named.flatMap(([step, given]) => {
    const asked = steps.find(({ id }) => id === step)
    const [{ kind }] = given
    const whole = sum(given)
    if (!isChoice(given[0], isOfScript)) return [[step, `answered (${kind})`, whole, null, null, null]]
    const choices = asked?.question !== undefined && "choices" in asked.question ? asked.question.choices : []
    const label = (value: string): string => choices.find(({ id }) => id === value)?.label ?? valueWords(value, kind)
    // Of several choices one person may have taken more than one.
    const row = (name: string, times: number): ReadonlyArray<Cell> =>
      kind === "multiple" ? [step, name, times, times / whole, null, null] : [step, name, ...cells(times, whole)]
    const rest = given.slice(valuesShown)
    return [
      ...given.slice(0, valuesShown).map((each) => row(label(each.value), each.count)),
      ...(rest.length === 0 ? [] : [row(`${count(rest.length)} others`, sum(rest))])
    ]
  })
  return { columns: [{ name: "question", label: "Question" }, { name: "answer", label: "Answer" }, ...figures], rows }
}

/** What came of the calls beyond their outcomes. */
export const liveResults = (of: LiveSubject): ReadonlyArray<Html> => {
  const { answers, dispositions, promises, script } = of.results
  const binomial = "with 95 % binomial (Wilson) intervals"
  const parts: Array<Html> = []
  if (dispositions.length > 0 || of.settings.known.dispositions.length > 0) {
    const caption = `Counted live, from the notes of the calls; shares of the people an agent talked to, ${binomial}.`
    parts.push(shown("dispositions", "What the agents chose", dispositionTable(of), caption))
  }
  if (promises.due > 0) {
    const caption = `Shares of those that fell due, ${binomial}. In time is up to ten minutes after the time promised.`
    parts.push(shown("promises", "Promised calls", promiseTable(of), caption))
  }
  for (const [index, form] of [...new Set(answers.map(({ form }) => form))].entries()) {
    const title = script?.id === form ? `Answers to the script “${script.title}”` : `Answers in the call flow “${form}”`
    const caption = `Shares of the answers to each question, ${binomial}. Numbers, dates and free texts are only counted.`
    parts.push(shown(`answers-${index + 1}`, title, answerTable(of, form), caption))
  }
  return parts
}
