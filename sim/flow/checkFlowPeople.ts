import type { CallFlow, FlowStep, Prompt } from "../../src/domain/flow/CallFlow.ts"
import type { FlowPath } from "../../src/domain/flow/FlowProblem.ts"
import {
  allKeys,
  isPartOf,
  type KeyPattern,
  matchesKeys,
  overlap,
  parseKeyPattern
} from "../../src/domain/flow/keyPattern.ts"
import { shareTolerance } from "../scenario/Distribution.ts"
import type { FlowPeople, StepPeople } from "./FlowPeople.ts"
import { promptSeconds } from "./promptLength.ts"

/** The prompt of a step, if it has one. */
export const promptOfStep = (step: FlowStep): Prompt | undefined =>
  "file" in step
    ? { file: step.file }
    : "text" in step
      ? { text: step.text }
      : "prompt" in step
        ? step.prompt
        : undefined

/** An entry the step does not take; null where it takes every key there is. */
export const wrongEntry = (patterns: ReadonlyArray<KeyPattern>, terminator: string | undefined): string | null =>
  [...allKeys].find((key) => key !== terminator && !patterns.some((pattern) => matchesKeys(pattern, key))) ?? null

export const patternsOf = (keys: ReadonlyArray<string>): ReadonlyArray<KeyPattern> =>
  keys.flatMap((text) => parseKeyPattern(text) ?? [])

type Report = (path: FlowPath, allowed: string) => void

/**
 * What no field can know alone: whether the people fit the flow, which is one without errors. `isOfFile`: whether the contacts
 * are those of a file, which says what is true of them.
 */
export const checkFlowPeople = (flow: CallFlow, people: FlowPeople, report: Report, isOfFile = false): void => {
  const names = flow.steps.map(({ name }) => name)
  for (const name of Object.keys(people.steps)) {
    if (!names.includes(name)) report(["steps", name], `a step of the flow: ${names.slice(0, 30).join(", ")}`)
  }
  for (const step of flow.steps) {
    const own = Object.hasOwn(people.steps, step.name) ? people.steps[step.name] : undefined
    const path = ["steps", step.name]
    if (promptSeconds(promptOfStep(step), own?.promptSeconds, people.wordsPerMinute) === null) {
      report([...path, "promptSeconds"], "the length of the sound file in seconds")
    }
    checkStep(step, own, isOfFile, (at, allowed) => report([...path, ...at], allowed))
  }
}

const checkStep = (step: FlowStep, own: StepPeople | undefined, isOfFile: boolean, report: Report): void => {
  if (own?.hangUpSeconds !== undefined && own.hangUp === undefined) report(["hangUp"], "a share, with hangUpSeconds")
  if (isOfFile) {
    if (own?.holds !== undefined) report(["holds"], "nothing: the file of the list says it")
  } else if (step.do === "branch") {
    const cases = step.cases.filter((each) => "contact" in each).length
    const holds = own?.holds ?? []
    if (holds.length !== cases) report(["holds"], `a list of ${cases}, a share for each case that looks at the contact`)
    if (sum(holds) > 1 + shareTolerance) report(["holds"], `shares that add to at most 1 (these add to ${sum(holds)})`)
  } else if (own?.holds !== undefined) report(["holds"], "nothing: only branches have it")
  if (step.do === "collect") checkKeys(step, own, report)
  else if (own?.keys !== undefined) report(["keys"], "nothing: only steps that collect keys have it")
}

const sum = (shares: ReadonlyArray<number>): number =>
  Number(shares.reduce((total, share) => total + share, 0).toFixed(9))

const checkKeys = (step: Extract<FlowStep, { do: "collect" }>, own: StepPeople | undefined, report: Report): void => {
  if (own?.keys === undefined) return report(["keys"], `shares of the keys ${Object.keys(step.keys).join(", ")}`)
  const taken = patternsOf(Object.keys(step.keys))
  const seen: Array<KeyPattern> = []
  for (const text of Object.keys(own.keys)) {
    const pattern = parseKeyPattern(text)
    if (pattern === null || !taken.some((other) => isPartOf(pattern, other))) {
      report(["keys", text], `keys the step takes: ${Object.keys(step.keys).join(", ")}`)
    } else if (seen.some((other) => overlap(pattern, other))) report(["keys", text], "every key once")
    if (pattern !== null) seen.push(pattern)
  }
  const named = sum([...Object.values(own.keys), own.invalid])
  if (own.noInput === undefined) {
    if (named > 1 + shareTolerance)
      report(["keys"], `shares that add to at most 1 (with invalid these add to ${named})`)
  } else if (Math.abs(named + own.noInput - 1) > shareTolerance) {
    report(["noInput"], `shares that add to 1 (with keys and invalid these add to ${sum([named, own.noInput])})`)
  }
  if (own.invalid > 0 && wrongEntry(taken, step.terminator) === null) {
    report(["invalid"], "0: the step takes every key there is")
  }
}
