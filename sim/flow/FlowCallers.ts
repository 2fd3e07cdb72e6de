import { FlowAction, type FlowProgram } from "../../src/dialler/flow/FlowProgram.ts"
import type { CallFlow, FlowStep } from "../../src/domain/flow/CallFlow.ts"
import { allKeys, type KeyPattern, parseKeyPattern, setAt } from "../../src/domain/flow/keyPattern.ts"
import type { Draws } from "../random/Draws.ts"
import { type Sampler, samplerOf } from "../random/distributions.ts"
import { seedOf } from "../random/seed.ts"
import { toDistribution } from "../scenario/Distribution.ts"
import { patternsOf, promptOfStep, wrongEntry } from "./checkFlowPeople.ts"
import { type FlowPeople, ofUnnamed, type StepPeople } from "./FlowPeople.ts"
import { promptSeconds } from "./promptLength.ts"

/** What happens after an action of a flow; all but `hungUp` are events of `FlowRuns`. */
export const FlowEvent = {
  played: 0,
  keys: 1,
  timedOut: 2,
  recorded: 3,
  looked: 4,
  transferred: 5,
  transferFailed: 6,
  /** The person hangs up. */
  hungUp: 7
} as const

interface Entry {
  /** Share of the entries up to this one. */
  readonly upTo: number
  readonly keys: KeyPattern | null
}

/** One step, ready to be asked. Times are seconds. */
interface Listener {
  readonly prompt: number
  /** Who hang up during the prompt, and when. */
  readonly hangUp: number
  readonly hangUpAt: (draws: Draws) => number
  /** Cumulative shares: entries of keys, last the wrong one; above them nothing is pressed. */
  readonly entries: ReadonlyArray<Entry>
  readonly wrong: string
  readonly early: number
  readonly timeout: number
  readonly keySeconds: Sampler
  readonly recordSeconds: Sampler
  readonly recordMax: number
  /** Cumulative shares of the cases of a branch. */
  readonly holds: ReadonlyArray<number>
  readonly answered: number
  readonly answerSeconds: Sampler
  readonly talkSeconds: Sampler
}

const hashBits = 16

/**
 * The people who hear one flow. What a person does at a step belongs to (seed, contact, attempt, name of the step, how many
 * times it was done in the call), and to nothing else: neither the order of events nor changes of other steps move it. What
 * is true of a contact belongs to the contact alone.
 */
export class FlowCallers {
  /** Filled by `hears`: what happens next, and after how many milliseconds. */
  event: number = FlowEvent.played
  millis = 0
  /** With `keys`. */
  keys = ""
  /** With `looked`. */
  cases = 0
  /** With `transferred`: talk there after. */
  talkMillis = 0
  readonly #draws: Draws
  readonly #source: number
  readonly #listeners: ReadonlyArray<Listener>
  /** By step: what its draws are keyed by. */
  readonly #keyOfStep: ReadonlyArray<number>

  /** `source`: the number of these draws, of `sources.ts`, plus that of the campaign. The people must fit the flow. */
  constructor(flow: CallFlow, program: FlowProgram, people: FlowPeople, draws: Draws, source: number) {
    this.#draws = draws
    this.#source = source
    this.#listeners = flow.steps.map((step, index) => listenerOf(step, index, program, people))
    const taken = new Set<number>()
    this.#keyOfStep = flow.steps.map(({ name }) => {
      let key = seedOf(name, 0)[0] >>> (32 - hashBits)
      while (taken.has(key)) key = (key + 1) & ((1 << hashBits) - 1)
      taken.add(key)
      return key
    })
  }

  /**
   * The answer to an action of the flow; the result is in the fields. `visit`: `FlowRuns.visits` of the step. Actions that
   * nobody answers (`transferToGroup`, `doNotCall`, `set`, `hangUp`) have none. A machine hears everything and does nothing.
   */
  hears(action: number, step: number, visit: number, contact: number, attempt: number, isMachine: boolean): void {
    const listener = this.#listeners[step]
    if (action === FlowAction.look) {
      this.#at(step, 0, contact, 0)
      return this.#isLookedAt(listener)
    }
    this.#at(step, visit, contact, attempt)
    if (action === FlowAction.transferToNumber) return this.#isTransferred(listener)
    if (!isMachine && this.#hangsUp(listener)) return
    switch (action) {
      case FlowAction.collect:
        return isMachine ? this.#after(FlowEvent.timedOut, listener.prompt + listener.timeout) : this.#presses(listener)
      case FlowAction.record: {
        const length = isMachine ? 0 : listener.recordSeconds(this.#draws)
        return this.#after(FlowEvent.recorded, listener.prompt + Math.min(length, listener.recordMax))
      }
      default:
        return this.#after(FlowEvent.played, listener.prompt)
    }
  }

  #at(step: number, visit: number, contact: number, attempt: number): void {
    this.#draws.at(this.#source, contact, (this.#keyOfStep[step] << 16) | ((visit & 255) << 8) | (attempt & 255))
  }

  #after(event: number, seconds: number): void {
    this.event = event
    this.millis = Math.round(seconds * 1_000)
  }

  /** Takes two draws whether or not the person hangs up, so that the others stay what they are. */
  #hangsUp({ hangUp, hangUpAt, prompt }: Listener): boolean {
    const does = this.#draws.nextChance(hangUp)
    const at = hangUpAt(this.#draws)
    if (does) this.#after(FlowEvent.hungUp, Math.min(at, prompt))
    return does
  }

  #presses(listener: Listener): void {
    const { early, entries, keySeconds, prompt, timeout, wrong } = listener
    const u = this.#draws.next()
    const isEarly = this.#draws.nextChance(early)
    const v = this.#draws.next()
    const delay = keySeconds(this.#draws)
    const entry = entries.find(({ upTo }) => u < upTo)
    if (entry === undefined) return this.#after(FlowEvent.timedOut, prompt + timeout)
    this.keys = entry.keys === null ? wrong : this.#entryOf(entry.keys)
    this.#after(FlowEvent.keys, isEarly ? v * prompt : prompt + Math.min(delay, timeout * this.keys.length))
  }

  /** Any entry that fits, of the shortest. */
  #entryOf(pattern: KeyPattern): string {
    let keys = ""
    for (let place = 0; place < pattern.sets.length; place += 1) {
      const possible = keysIn(setAt(pattern, place))
      keys += possible.length === 1 ? possible : possible[this.#draws.nextBelow(possible.length)]
    }
    return keys
  }

  #isLookedAt({ holds }: Listener): void {
    const u = this.#draws.next()
    const held = holds.findIndex((upTo) => u < upTo)
    this.cases = held < 0 ? 0 : 1 << held
    this.#after(FlowEvent.looked, 0)
  }

  #isTransferred({ answered, answerSeconds, talkSeconds }: Listener): void {
    const isTaken = this.#draws.nextChance(answered)
    const seconds = answerSeconds(this.#draws)
    this.talkMillis = isTaken ? Math.round(talkSeconds(this.#draws) * 1_000) : 0
    this.#after(isTaken ? FlowEvent.transferred : FlowEvent.transferFailed, seconds)
  }
}

const keysIn = (set: number): string => [...allKeys].filter((_, bit) => (set & (1 << bit)) !== 0).join("")

const cumulative = (shares: ReadonlyArray<number>): ReadonlyArray<number> => {
  let total = 0
  return shares.map((share) => (total += share))
}

const listenerOf = (step: FlowStep, index: number, program: FlowProgram, people: FlowPeople): Listener => {
  const own = Object.hasOwn(people.steps, step.name) ? people.steps[step.name] : ofUnnamed
  const prompt = promptSeconds(promptOfStep(step), own.promptSeconds, people.wordsPerMinute) ?? 0
  const timeout = program.timeoutMillis[index] / 1_000
  return {
    prompt,
    ...hangingUp(own, prompt, people.hangUpPerSecond),
    ...entriesOf(step, own),
    early: program.bargeIn[index] === 1 ? own.earlyShare : 0,
    timeout,
    keySeconds: samplerOf(toDistribution(own.keySeconds)),
    recordSeconds: samplerOf(toDistribution(own.recordSeconds)),
    recordMax: program.recordMillisMax[index] / 1_000,
    holds: cumulative(own.holds ?? []),
    answered: own.answered,
    answerSeconds: samplerOf(toDistribution(own.answerSeconds)),
    talkSeconds: samplerOf(toDistribution(own.talkSeconds))
  }
}

/** A share at its own times, or a constant chance per second of listening: an exponential time, if it is within the prompt. */
const hangingUp = (own: StepPeople, prompt: number, perSecond: number): Pick<Listener, "hangUp" | "hangUpAt"> => {
  if (own.hangUp === undefined) {
    const hangUp = -Math.expm1(-perSecond * prompt)
    return { hangUp, hangUpAt: (draws) => -Math.log1p(-draws.next() * hangUp) / (perSecond === 0 ? 1 : perSecond) }
  }
  const at = own.hangUpSeconds
  return {
    hangUp: own.hangUp,
    hangUpAt: at === undefined ? (draws) => draws.next() * prompt : samplerOf(toDistribution(at))
  }
}

const entriesOf = (step: FlowStep, own: StepPeople): Pick<Listener, "entries" | "wrong"> => {
  if (step.do !== "collect") return { entries: [], wrong: "" }
  const pressed = Object.entries(own.keys ?? {})
  const upTo = cumulative([...pressed.map(([, share]) => share), own.invalid])
  return {
    entries: upTo.map((each, i) => ({ upTo: each, keys: i < pressed.length ? parseKeyPattern(pressed[i][0]) : null })),
    wrong: wrongEntry(patternsOf(Object.keys(step.keys)), step.terminator) ?? ""
  }
}
