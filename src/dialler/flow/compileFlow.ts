import type { E164 } from "../../domain/Contact.ts"
import type { BranchCase, CallFlow, FlowStep, Prompt } from "../../domain/flow/CallFlow.ts"
import { checkFlow, type FlowKnown } from "../../domain/flow/checkFlow.ts"
import { flowDefaults } from "../../domain/flow/flowLimits.ts"
import type { FlowProblem } from "../../domain/flow/FlowProblem.ts"
import { asksOf, waysOf } from "../../domain/flow/flowWays.ts"
import { parseKeyPattern } from "../../domain/flow/keyPattern.ts"
import { branchCode, FlowAction, type FlowProgram, givenResults, type Setting, WayKind } from "./FlowProgram.ts"

export interface CompiledFlow {
  /** Null when a problem is an error. Its groups are `known.groups`. */
  readonly program: FlowProgram | null
  readonly problems: ReadonlyArray<FlowProblem>
}

/** Makes a flow ready to run, if nothing is wrong with it. */
export const compileFlow = (flow: CallFlow, known: FlowKnown): CompiledFlow => {
  const problems = checkFlow(flow, known)
  const isWrong = problems.some(({ severity }) => severity === "error")
  return { program: isWrong ? null : programOf(flow, known.groups), problems }
}

const codes = {
  play: FlowAction.play,
  say: FlowAction.play,
  collect: FlowAction.collect,
  branch: branchCode,
  record: FlowAction.record,
  "do-not-call": FlowAction.doNotCall,
  set: FlowAction.set,
  "hang-up": FlowAction.hangUp
} as const

const codeOf = (step: FlowStep): number => {
  if (step.do !== "transfer") return codes[step.do]
  return "group" in step ? FlowAction.transferToGroup : FlowAction.transferToNumber
}

/** Lists that steps point into; what is in a list already is not put there again. */
class Lists {
  readonly prompts: Array<Prompt> = []
  readonly numbers: Array<E164> = []
  readonly settings: Array<Setting> = []
  readonly results: Array<string> = [...givenResults]

  prompt(prompt: Prompt | undefined): number {
    return prompt === undefined ? -1 : this.prompts.push(prompt) - 1
  }

  once<T>(list: Array<T>, value: T): number {
    const place = list.indexOf(value)
    return place < 0 ? list.push(value) - 1 : place
  }
}

const promptOf = (step: FlowStep): Prompt | undefined => {
  switch (step.do) {
    case "play":
      return { file: step.file }
    case "say": {
      const { language, text, voice } = step
      return { text, ...(language === undefined ? {} : { language }), ...(voice === undefined ? {} : { voice }) }
    }
    case "collect":
    case "record":
      return step.prompt
    default:
      return undefined
  }
}

const settingOf = (step: Extract<FlowStep, { do: "set" }>): Setting =>
  "answer" in step
    ? { to: "answer", name: step.answer, value: step.value }
    : { to: "parameter", name: step.parameter, value: step.value }

const detailOf = (step: FlowStep, lists: Lists, groups: ReadonlyArray<string>): number => {
  switch (step.do) {
    case "transfer":
      return "group" in step ? groups.indexOf(step.group) : lists.once(lists.numbers, step.number)
    case "set":
      return lists.settings.push(settingOf(step)) - 1
    case "hang-up":
      return lists.once(lists.results, step.result)
    default:
      return -1
  }
}

/** One row of the columns by way. */
interface WayRow {
  readonly kind: number
  readonly step: number
  readonly of: number
  readonly amount: number
  /** Pattern of keys, or none. */
  readonly keys: string | null
}

const programOf = (flow: CallFlow, groups: ReadonlyArray<string>): FlowProgram => {
  const { steps } = flow
  const stepNames = steps.map(({ name }) => name)
  const numberOf = (name: string): number => stepNames.indexOf(name)
  const lists = new Lists()
  const question = new Int16Array(steps.length).fill(-1)
  let questions = 0
  steps.forEach((step, index) => {
    if (step.do === "collect") question[index] = questions++
  })
  const ways: Array<WayRow> = []
  const wayFrom = new Int16Array(steps.length)
  const wayTo = new Int16Array(steps.length)
  steps.forEach((step, index) => {
    wayFrom[index] = ways.length
    ways.push(...waysBy(step, numberOf, question))
    wayTo[index] = ways.length
  })
  const column = (of: (step: FlowStep, index: number) => number) => steps.map(of)
  return {
    name: flow.name,
    language: flow.language ?? null,
    voice: flow.voice ?? null,
    stepNames,
    code: Uint8Array.from(column(codeOf)),
    next: Int16Array.from(column((_, index) => numberOf(waysOf(flow, index).at(-1)?.to ?? ""))),
    invalid: Int16Array.from(column((step) => (step.do === "collect" ? numberOf(step.invalid ?? step.noInput) : -1))),
    asksMax: Uint8Array.from(column(asksOf)),
    question,
    wayFrom,
    wayTo,
    detail: Int16Array.from(column((step) => detailOf(step, lists, groups))),
    prompt: Int16Array.from(column((step) => lists.prompt(promptOf(step)))),
    ...wayColumns(ways),
    ...mediaColumns(steps),
    prompts: lists.prompts,
    groups,
    numbers: lists.numbers,
    settings: lists.settings,
    results: lists.results
  }
}

const waysBy = (step: FlowStep, numberOf: (name: string) => number, question: Int16Array): ReadonlyArray<WayRow> => {
  if (step.do === "collect") {
    return Object.entries(step.keys).map(([keys, next]) => ({
      kind: WayKind.keys,
      step: numberOf(next),
      of: question[numberOf(step.name)],
      amount: 0,
      keys
    }))
  }
  if (step.do !== "branch") return []
  let contacts = 0
  return step.cases.map((each) => {
    const row = wayOfCase(each, numberOf, question, contacts)
    if (row.kind === WayKind.contact) contacts += 1
    return row
  })
}

const wayOfCase = (
  each: BranchCase,
  numberOf: (name: string) => number,
  question: Int16Array,
  contacts: number
): WayRow => {
  const step = numberOf(each.next)
  if ("contact" in each) return { kind: WayKind.contact, step, of: -1, amount: contacts, keys: null }
  const of = numberOf(each.question)
  return "tries" in each
    ? { kind: WayKind.tries, step, of, amount: each.tries, keys: null }
    : { kind: WayKind.keys, step, of: question[of], amount: 0, keys: each.keys }
}

const wayColumns = (ways: ReadonlyArray<WayRow>) => {
  const patterns = ways.map(({ keys }) => (keys === null ? null : parseKeyPattern(keys)))
  const keySets: Array<number> = []
  const wayKeys = patterns.map((pattern) => {
    const first = keySets.length
    keySets.push(...(pattern?.sets ?? []))
    return first
  })
  return {
    wayKind: Uint8Array.from(ways.map(({ kind }) => kind)),
    wayStep: Int16Array.from(ways.map(({ step }) => step)),
    wayOf: Int16Array.from(ways.map(({ of }) => of)),
    wayAmount: Uint8Array.from(ways.map(({ amount }) => amount)),
    wayKeys: Int32Array.from(wayKeys),
    wayLength: Uint8Array.from(patterns.map((pattern) => pattern?.sets.length ?? 0)),
    wayMore: Uint8Array.from(patterns.map((pattern) => (pattern?.more === true ? 1 : 0))),
    keySets: Uint16Array.from(keySets)
  }
}

const mediaColumns = (steps: ReadonlyArray<FlowStep>) => {
  const millis = (of: (step: FlowStep) => number): Int32Array =>
    Int32Array.from(steps.map((step) => Math.round(of(step) * 1_000)))
  const flags = (of: (step: FlowStep) => boolean): Uint8Array =>
    Uint8Array.from(steps.map((step) => (of(step) ? 1 : 0)))
  const { beep, bargeIn, secondsMax, silenceSeconds, timeoutSeconds } = flowDefaults
  return {
    timeoutMillis: millis((step) => (step.do === "collect" ? (step.timeoutSeconds ?? timeoutSeconds) : 0)),
    bargeIn: flags((step) => step.do === "collect" && (step.bargeIn ?? bargeIn)),
    terminator: Uint8Array.from(
      steps.map((step) => (step.do === "collect" ? (step.terminator?.charCodeAt(0) ?? 0) : 0))
    ),
    beep: flags((step) => step.do === "record" && (step.beep ?? beep)),
    recordMillisMax: millis((step) => (step.do === "record" ? (step.secondsMax ?? secondsMax) : 0)),
    silenceMillis: millis((step) => (step.do === "record" ? (step.silenceSeconds ?? silenceSeconds) : 0))
  }
}
