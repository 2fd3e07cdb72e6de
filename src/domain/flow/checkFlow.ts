import type { Filter, parameterPrefix } from "../Filter.ts"
import type { BranchCase, CallFlow, FlowStep, Prompt } from "./CallFlow.ts"
import { flowLimits } from "./flowLimits.ts"
import { type FlowPath, type FlowProblem, foundText } from "./FlowProblem.ts"
import { asksOf, FlowGraph, waysOf } from "./flowWays.ts"
import { beginsWithin, isPartOf, type KeyPattern, overlap, parseKeyPattern, setAt } from "./keyPattern.ts"
import { answerPrefix, placeholdersOf } from "./spokenText.ts"

/** What a flow may speak of. */
export interface FlowKnown {
  /** Groups that serve the campaign. */
  readonly groups: ReadonlyArray<string>
  /** Columns of the contacts; null when they are not known yet, then any is taken. */
  readonly parameters: ReadonlyArray<string> | null
  /** Sound files there are; null when they are not known yet. */
  readonly files: ReadonlyArray<string> | null
}

type Report = (path: FlowPath, found: string, allowed: string, severity?: "warning") => void

/** What no field can know alone. Any problem that is no warning means that the flow cannot be used. */
export const checkFlow = (flow: CallFlow, known: FlowKnown): ReadonlyArray<FlowProblem> => {
  const problems: Array<FlowProblem> = []
  const report: Report = (path, found, allowed, severity) =>
    void problems.push({ path, found, allowed, severity: severity ?? "error" })
  if (flow.steps.length === 0) report(["steps"], "[]", `a list of 1 to ${flowLimits.steps} steps`)
  flow.steps.forEach((step, index) => {
    const { name } = step
    if (flow.steps.findIndex((other) => other.name === name) !== index) {
      report(["steps", index, "name"], foundText(name), "a name that no other step has")
    }
    checkStep(flow, step, known, (path, ...rest) => report(["steps", index, ...path], ...rest))
  })
  checkQuestions(flow, report)
  // The ways of a flow with unknown targets or equal names mean nothing.
  if (checkTargets(flow, report) && problems.every(({ path }) => path.at(-1) !== "name")) checkWays(flow, report)
  return problems
}

const quoted = (names: ReadonlyArray<string>, none: string): string =>
  names.length === 0 ? none : `one of ${names.slice(0, 30).join(", ")}`

const checkQuestions = ({ steps }: CallFlow, report: Report): void => {
  const questions = steps.filter((step) => step.do === "collect").length
  if (questions > flowLimits.questions) {
    report(["steps"], `${questions} steps that collect keys`, `at most ${flowLimits.questions}`)
  }
}

const checkStep = (flow: CallFlow, step: FlowStep, known: FlowKnown, report: Report): void => {
  switch (step.do) {
    case "play":
    case "say":
      return checkPrompt(flow, step, known, [], report)
    case "record":
      if (step.prompt !== undefined) checkPrompt(flow, step.prompt, known, ["prompt"], report)
      return
    case "collect":
      if (step.prompt !== undefined) checkPrompt(flow, step.prompt, known, ["prompt"], report)
      return checkKeys(step, report)
    case "branch":
      step.cases.forEach((each, i) => checkCase(flow, each, known, ["cases", i], report))
      return checkOrder(step.cases, report)
    case "transfer":
      if ("group" in step && !known.groups.includes(step.group)) {
        report(["group"], foundText(step.group), quoted(known.groups, "no group: none serves the campaign"))
      }
      return
    case "set":
      if ("parameter" in step) checkColumn(step.parameter, known, ["parameter"], report)
      return checkText(flow, step.value, known, ["value"], report)
    default:
      return
  }
}

const checkPrompt = (flow: CallFlow, prompt: Prompt, known: FlowKnown, path: FlowPath, report: Report): void => {
  if ("text" in prompt) return checkText(flow, prompt.text, known, [...path, "text"], report)
  if (known.files !== null && !known.files.includes(prompt.file)) {
    report([...path, "file"], foundText(prompt.file), quoted(known.files, "no file: there is none yet"))
  }
}

const prefix = "parameter." satisfies typeof parameterPrefix

const checkText = (flow: CallFlow, text: string, known: FlowKnown, path: FlowPath, report: Report): void => {
  const answers = flow.steps.flatMap((step) =>
    step.do === "collect" ? [step.name] : "answer" in step ? [step.answer] : []
  )
  for (const { field } of placeholdersOf(text)) {
    if (field.startsWith(prefix)) checkColumn(field.slice(prefix.length), known, path, report)
    else if (field.startsWith(answerPrefix) && !answers.includes(field.slice(answerPrefix.length))) {
      report(path, foundText(`{${field}}`), `answers of this flow: ${quoted(answers, "it has none")}`)
    }
  }
}

const checkColumn = (column: string, { parameters }: FlowKnown, path: FlowPath, report: Report): void => {
  if (parameters !== null && !parameters.includes(column)) {
    report(path, `the column ${foundText(column)}`, quoted(parameters, "no column: there is none"))
  }
}

/* ---- questions ---- */

const checkKeys = (step: Extract<FlowStep, { do: "collect" }>, report: Report): void => {
  const entries = Object.keys(step.keys)
  if (entries.length === 0) report(["keys"], "{}", "at least one key")
  const patterns = entries.flatMap((text): ReadonlyArray<readonly [string, KeyPattern]> => {
    const pattern = parseKeyPattern(text)
    if (pattern === null) report(["keys", text], foundText(text), "keys such as 1, *, [1-5], X, XXXX or XX+")
    return pattern === null ? [] : [[text, pattern]]
  })
  const end = step.terminator === undefined ? null : parseKeyPattern(step.terminator)
  for (const [index, [text, pattern]] of patterns.entries()) {
    const path = ["keys", text]
    const others = patterns.slice(0, index)
    const same = others.find(([, other]) => overlap(pattern, other))
    if (same !== undefined) report(path, foundText(text), `keys that ${same[0]} does not take as well`)
    if (end !== null && hasKeyOf(pattern, end)) {
      report(path, foundText(text), `keys without the terminator ${step.terminator}`)
    }
    if (end !== null) continue
    const longer = patterns.find(([, other]) => beginsWithin(pattern, other))
    if (longer !== undefined) {
      const entry = longer[0] === text ? "more keys" : longer[0]
      report(path, foundText(text), `a terminator, since ${entry} may follow and nobody could know the end`)
    }
  }
}

const hasKeyOf = (pattern: KeyPattern, single: KeyPattern): boolean => {
  for (let place = 0; setAt(pattern, place) !== 0; place += 1) {
    if ((setAt(pattern, place) & single.sets[0]) !== 0) return true
  }
  return false
}

/* ---- branches ---- */

const checkCase = (flow: CallFlow, each: BranchCase, known: FlowKnown, path: FlowPath, report: Report): void => {
  if ("contact" in each) return checkColumns(each.contact, known, [...path, "contact"], report)
  const question = flow.steps.find((step) => step.name === each.question)
  if (question?.do !== "collect") {
    const names = flow.steps.filter((step) => step.do === "collect").map(({ name }) => name)
    return report(
      [...path, "question"],
      foundText(each.question),
      quoted(names, "the name of a step that collects keys, but there is none")
    )
  }
  if ("tries" in each) {
    const asks = asksOf(question)
    if (each.tries > asks) {
      report([...path, "tries"], String(each.tries), `1 to ${asks}: ${question.name} is not asked more often`)
    }
    return
  }
  const pattern = parseKeyPattern(each.keys)
  const taken = Object.keys(question.keys).map(parseKeyPattern)
  if (pattern === null || !taken.some((other) => other !== null && overlap(pattern, other))) {
    report(
      [...path, "keys"],
      foundText(each.keys),
      `keys that ${question.name} takes: ${Object.keys(question.keys).join(", ")}`
    )
  }
}

/** A case of keys that another takes before it never decides. */
const checkOrder = (cases: ReadonlyArray<BranchCase>, report: Report): void => {
  const patterns = cases.flatMap((each, index) => {
    const pattern = "keys" in each ? parseKeyPattern(each.keys) : null
    return "keys" in each && pattern !== null ? [{ index, question: each.question, pattern, keys: each.keys }] : []
  })
  for (const { index, keys, pattern, question } of patterns) {
    const before = patterns.find(
      (other) => other.index < index && other.question === question && isPartOf(pattern, other.pattern)
    )
    if (before === undefined) continue
    report(["cases", index, "keys"], foundText(keys), `keys that ${before.keys}, a case before it, leaves`, "warning")
  }
}

const checkColumns = (filter: Filter, known: FlowKnown, path: FlowPath, report: Report): void => {
  if ("of" in filter) {
    filter.of.forEach((each, i) => checkColumns(each, known, [...path, "of", i], report))
  } else if ("filter" in filter) checkColumns(filter.filter, known, [...path, "filter"], report)
  else if (filter.field.startsWith(prefix)) {
    checkColumn(filter.field.slice(prefix.length), known, [...path, "field"], report)
  }
}

/* ---- ways ---- */

const checkTargets = (flow: CallFlow, report: Report): boolean => {
  const names = new Set(flow.steps.map(({ name }) => name))
  let whole = true
  flow.steps.forEach((step, index) => {
    for (const { path, to } of waysOf(flow, index)) {
      if (names.has(to)) continue
      whole = false
      report(["steps", index, ...path], foundText(to), `the name of a step: ${[...names].slice(0, 30).join(", ")}`)
    }
    const ends = step.do === "hang-up" || step.do === "transfer"
    if (!ends && waysOf(flow, index).length === 0) {
      whole = false
      report(
        ["steps", index, "next"],
        "nothing",
        "the name of a step, or a step after this one: a call ends with hang-up or transfer"
      )
    }
  })
  return whole
}

const checkWays = (flow: CallFlow, report: Report): void => {
  if (flow.steps.length === 0) return
  const graph = new FlowGraph(flow)
  const reached = graph.after(0)
  flow.steps.forEach(({ name }, index) => {
    if (index > 0 && !reached.has(index)) {
      report(["steps", index], `${foundText(name)}, to which no way leads`, "a step that some way leads to", "warning")
    }
  })
  const loop = graph.unboundedLoop()
  if (loop !== null) {
    const names = [...loop, loop[0]].map((step) => flow.steps[step].name)
    report(
      ["steps", loop[0]],
      `a loop without end: ${names.join(" → ")}`,
      "loops that go through a key of a question, so that its repeats end them"
    )
    return
  }
  const turns = graph.turnsMax()
  if (turns > flowLimits.turns) {
    report(
      ["steps"],
      `calls of up to ${turns} steps`,
      `calls of at most ${flowLimits.turns} steps: fewer repeats, or fewer ways back`
    )
  }
}
