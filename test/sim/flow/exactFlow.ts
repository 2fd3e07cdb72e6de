import type { FlowPeople, StepPeople } from "../../../sim/flow/FlowPeople.ts"
import type { CallFlow, FlowStep } from "../../../src/domain/flow/CallFlow.ts"

/** Exact expectations of one call. */
export interface Exact {
  /** Chance of every end. */
  readonly ends: ReadonlyMap<string, number>
  readonly meanSeconds: number
  readonly doNotCall: number
}

type Law = StepPeople["keySeconds"]

/** Mean of the smaller of a time and a bound, for the laws the tests use. */
export const meanWithin = (law: Law, most: number): number => {
  if (typeof law === "number") return Math.min(law, most)
  if (!("kind" in law)) return law.reduce((sum, each) => sum + Math.min(each, most), 0) / law.length
  switch (law.kind) {
    case "constant":
      return Math.min(law.value, most)
    case "uniform": {
      if (most >= law.max) return (law.min + law.max) / 2
      if (most <= law.min) return most
      return ((most * most - law.min * law.min) / 2 + most * (law.max - most)) / (law.max - law.min)
    }
    case "exponential":
      return law.mean * (1 - Math.exp(-most / law.mean))
    default:
      throw new Error(`no exact mean of ${law.kind}`)
  }
}

interface Outcome {
  readonly chance: number
  readonly seconds: number
  /** The step it leads to, or how the call ends. */
  readonly to: string | null
  readonly end: string | null
  /** Keys pressed at a question. */
  readonly keys?: string
}

/**
 * A call as a Markov chain over (step, times each question was asked, last keys of each question): the chances and means
 * worked out from the flow and the people as they are written, along every course there is.
 */
export const exactly = (flow: CallFlow, people: FlowPeople): Exact => {
  const ends = new Map<string, number>()
  let meanSeconds = 0
  let doNotCall = 0
  const follow = (name: string, chance: number, asked: Asked): void => {
    if (chance < 1e-15) return
    const index = flow.steps.findIndex((step) => step.name === name)
    const step = flow.steps[index]
    if (step.do === "do-not-call") doNotCall += chance
    const times = asked.times.get(name) ?? 0
    const then: Asked = step.do === "collect" ? { ...asked, times: new Map(asked.times).set(name, times + 1) } : asked
    for (const outcome of outcomesOf(flow, people, index, asked)) {
      const part = chance * outcome.chance
      meanSeconds += part * outcome.seconds
      if (outcome.end !== null) ends.set(outcome.end, (ends.get(outcome.end) ?? 0) + part)
      else if (outcome.to !== null) {
        const keys = outcome.keys === undefined ? asked.keys : new Map(asked.keys).set(name, outcome.keys)
        follow(outcome.to, part, { times: then.times, keys })
      }
    }
  }
  follow(flow.steps[0].name, 1, { times: new Map(), keys: new Map() })
  return { ends, meanSeconds, doNotCall }
}

interface Asked {
  readonly times: ReadonlyMap<string, number>
  readonly keys: ReadonlyMap<string, string>
}

const outcomesOf = (flow: CallFlow, people: FlowPeople, index: number, asked: Asked): ReadonlyArray<Outcome> => {
  const step = flow.steps[index]
  const own = people.steps[step.name]
  const next = "next" in step && step.next !== undefined ? step.next : flow.steps[index + 1]?.name
  const goes = (chance: number, seconds: number, to: string, keys?: string): Outcome => ({
    chance,
    seconds,
    to,
    end: null,
    ...(keys === undefined ? {} : { keys })
  })
  const ends = (chance: number, seconds: number, end: string): Outcome => ({ chance, seconds, to: null, end })
  switch (step.do) {
    case "hang-up":
      return [ends(1, 0, step.result)]
    case "do-not-call":
    case "set":
      return [goes(1, 0, next)]
    case "branch":
      return branch(step, own?.holds ?? [], asked).map(({ chance, to }) => goes(chance, 0, to))
    case "transfer": {
      if ("group" in step) return [ends(1, 0, `group ${step.group}`)]
      const seconds = meanWithin(own.answerSeconds, Infinity)
      const failed = 1 - own.answered
      return [
        ends(own.answered, seconds + meanWithin(own.talkSeconds, Infinity), "transferred"),
        step.failed === undefined ? ends(failed, seconds, "transfer-failed") : goes(failed, seconds, step.failed)
      ]
    }
    default: {
      const asks = step.do === "collect" ? (step.repeats ?? 2) + 1 : 0
      const times = asked.times.get(step.name) ?? 0
      if (step.do === "collect" && times === asks) return [goes(1, 0, step.noInput)]
      const prompt = promptOf(step, people)
      const [leave, leaveSeconds] = leaving(own, prompt, people.hangUpPerSecond)
      const stay = 1 - leave
      const gone = ends(leave, leaveSeconds, "hung-up")
      if (step.do !== "collect") {
        const length = step.do === "record" ? meanWithin(own.recordSeconds, step.secondsMax ?? 60) : 0
        return [gone, goes(stay, prompt + length, next)]
      }
      const last = times + 1 === asks
      return [gone, ...pressing(step, own, prompt, stay, last, goes)]
    }
  }
}

const pressing = (
  step: Extract<FlowStep, { do: "collect" }>,
  own: StepPeople,
  prompt: number,
  stay: number,
  last: boolean,
  goes: (chance: number, seconds: number, to: string, keys?: string) => Outcome
): ReadonlyArray<Outcome> => {
  const timeout = step.timeoutSeconds ?? 5
  const early = step.bargeIn === false ? 0 : own.earlyShare
  const seconds = (keys: number) =>
    early * (prompt / 2) + (1 - early) * (prompt + meanWithin(own.keySeconds, timeout * keys))
  const shares = Object.entries(own.keys ?? {})
  const named = shares.reduce((sum, [, share]) => sum + share, 0) + own.invalid
  return [
    // People press single keys, or the one entry that fits, so that the pattern is the entry.
    ...shares.map(([keys, share]) =>
      goes(stay * share, seconds(keys.length), step.keys[keys] ?? step.keys["[1-5]"] ?? "", keys)
    ),
    goes(stay * own.invalid, seconds(1), last ? (step.invalid ?? step.noInput) : step.name),
    goes(stay * (1 - named), prompt + timeout, last ? step.noInput : step.name)
  ]
}

/** Chance to hang up during the prompt, and the mean time then. */
const leaving = (own: StepPeople | undefined, prompt: number, perSecond: number): readonly [number, number] => {
  if (own?.hangUp !== undefined) {
    const { hangUpSeconds } = own
    return [own.hangUp, hangUpSeconds === undefined ? prompt / 2 : meanWithin(hangUpSeconds, prompt)]
  }
  const left = Math.exp(-perSecond * prompt)
  return left === 1 ? [0, 0] : [1 - left, 1 / perSecond - (prompt * left) / (1 - left)]
}

const promptOf = (step: FlowStep, people: FlowPeople): number => {
  const given = people.steps[step.name]?.promptSeconds
  if (given !== undefined) return given
  const prompt = "prompt" in step ? step.prompt : "text" in step ? step : undefined
  if (prompt === undefined) return 0
  if (!("text" in prompt)) throw new Error(`no length of ${step.name}`)
  return (prompt.text.split(" ").length / people.wordsPerMinute) * 60
}

const branch = (
  step: Extract<FlowStep, { do: "branch" }>,
  holds: ReadonlyArray<number>,
  asked: Asked
): ReadonlyArray<{ readonly chance: number; readonly to: string }> => {
  const ways: Array<{ readonly chance: number; readonly to: string }> = []
  let left = 1
  let contacts = 0
  for (const each of step.cases) {
    if ("contact" in each) {
      ways.push({ chance: holds[contacts], to: each.next })
      left -= holds[contacts]
      contacts += 1
    } else {
      const does =
        "tries" in each
          ? (asked.times.get(each.question) ?? 0) >= each.tries
          : asked.keys.get(each.question) === each.keys
      if (!does) continue
      ways.push({ chance: left, to: each.next })
      return ways
    }
  }
  ways.push({ chance: left, to: step.otherwise })
  return ways
}
