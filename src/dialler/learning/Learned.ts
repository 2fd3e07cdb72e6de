import type { Expectations } from "../../domain/Campaign.ts"
import type { CallTable } from "../CallTable.ts"
import { AnswerChance } from "./AnswerChance.ts"
import { DurationCurve } from "./DurationCurve.ts"
import { figuresVersion, type LearnedFigures } from "./LearnedFigures.ts"
import { PersonShare } from "./PersonShare.ts"
import { RingShape } from "./RingShape.ts"

/** Calls after which an agent's own speed counts as much as the team's. */
const ownSpeedPrior = 40
/** Agents are told apart by steps of a fifth in speed, so many steps either way. */
const stepSize = Math.log(1.2)
export const speedStepsMax = 2

/** Handling time of an agent of this step as a multiple of the team's. */
export const speedOfStep = (step: number): number => Math.exp(step * stepSize)

/** Where the steps meet, half-way between them on the logarithmic scale. */
const stepEdges = Float64Array.from({ length: 2 * speedStepsMax }, (_, i) => speedOfStep(i - speedStepsMax + 0.5))

const stepOf = (speed: number): number => {
  let step = -speedStepsMax
  for (let i = 0; i < stepEdges.length; i += 1) if (speed >= stepEdges[i]) step += 1
  return step
}

/** So many observations wait until somebody asks what they teach: few enough for the fastest memory. */
const waitingMax = 512
const handledMax = 128

/** What an observation is of. */
const Of = { answer: 0, failure: 1, takenBack: 2, placing: 3, person: 4, machine: 5 } as const
const attemptShift = 3
const segmentShift = 11

/**
 * What a campaign has learnt from its own calls; kept whatever the pacing, so that a change of pacing starts warm. Many
 * policies never ask: observations are written down, and learnt in their order, many at once, when somebody asks or the
 * room for them is full.
 */
export class Learned {
  readonly #chance: AnswerChance
  readonly #rings: RingShape
  readonly #persons = new PersonShare()
  readonly #talk: DurationCurve
  readonly #wrap: DurationCurve
  #ownCalls = new Float64Array(0)
  #ownSum = new Float64Array(0)
  #ownStep = new Int8Array(0)
  /** Observations of calls that wait: what of, with attempt and segment, and milliseconds or the call. */
  readonly #codes = new Int32Array(waitingMax)
  readonly #numbers = new Float64Array(waitingMax)
  /** Of calls that were placed: which use of its slot the call is. */
  readonly #generations = new Int32Array(waitingMax)
  #waiting = 0
  #calls: CallTable | null = null
  /** Finished calls of agents that wait. */
  readonly #handledBy = new Int32Array(handledMax)
  readonly #talkMillis = new Float64Array(handledMax)
  readonly #wrapMillis = new Float64Array(handledMax)
  #handled = 0

  constructor(expected: Expectations, ringMillisMax: number) {
    this.#chance = new AnswerChance(expected.pickupRate)
    this.#rings = new RingShape(expected.ringMillis, ringMillisMax)
    this.#talk = new DurationCurve(Math.max(1, expected.talkMillis / 1_000), 1)
    this.#wrap = new DurationCurve(Math.max(1, expected.wrapMillis / 1_000), 0.7)
  }

  get rings(): RingShape {
    if (this.#waiting > 0) this.#learnCalls()
    return this.#rings
  }

  get persons(): PersonShare {
    if (this.#waiting > 0) this.#learnCalls()
    return this.#persons
  }

  get talk(): DurationCurve {
    if (this.#handled > 0) this.#learnHandled()
    return this.#talk
  }

  get wrap(): DurationCurve {
    if (this.#handled > 0) this.#learnHandled()
    return this.#wrap
  }

  /** The chance that a contact of this segment is answered by a person at this attempt (from 1). */
  chance(segment: number, attempt: number): number {
    if (this.#waiting > 0) this.#learnCalls()
    return this.#chance.of(segment, attempt)
  }

  /** Relative standard deviation of that chance's common level. */
  get chanceDeviation(): number {
    if (this.#waiting > 0) this.#learnCalls()
    return this.#chance.relativeDeviation
  }

  /** So many calls ring at once: what is learnt of them together must not outweigh everything else. */
  underWay(calls: number): void {
    if (this.#waiting > 0) this.#learnCalls()
    this.#chance.underWay(calls)
  }

  /** The call goes to a contact of this segment: its chance, as it is now, is in the table when anything here is asked for. */
  placed(calls: CallTable, call: number, segment: number, attempt: number): void {
    this.#calls = calls
    this.#note(Of.placing, segment, attempt, call)
    this.#generations[this.#waiting - 1] = calls.generation[call]
  }

  /** A call left the ringing phase after `ringMillis`; `wanted`: somebody is there who needs an agent. */
  rang(segment: number, attempt: number, wanted: boolean, ringMillis: number): void {
    this.#note(wanted ? Of.answer : Of.failure, segment, attempt, ringMillis)
  }

  /** The dialler took back a call after `ringMillis`: it counts by the chance that it would still have been answered. */
  tookBack(segment: number, attempt: number, ringMillis: number): void {
    this.#note(Of.takenBack, segment, attempt, ringMillis)
  }

  /** An agent heard who had answered after `ringMillis`. */
  met(person: boolean, ringMillis: number): void {
    this.#note(person ? Of.person : Of.machine, 0, 0, ringMillis)
  }

  #note(of: number, segment: number, attempt: number, number: number): void {
    if (this.#waiting === waitingMax) this.#learnCalls()
    this.#codes[this.#waiting] = of | (attempt << attemptShift) | (segment << segmentShift)
    this.#numbers[this.#waiting] = number
    this.#waiting += 1
  }

  #learnCalls(): void {
    const chance = this.#chance
    const rings = this.#rings
    const count = this.#waiting
    this.#waiting = 0
    for (let i = 0; i < count; i += 1) {
      const code = this.#codes[i]
      const number = this.#numbers[i]
      const of = code & ((1 << attemptShift) - 1)
      const attempt = (code >> attemptShift) & ((1 << (segmentShift - attemptShift)) - 1)
      const segment = code >>> segmentShift
      if (of <= Of.failure) {
        chance.add(segment, attempt, of === Of.answer ? 1 : 0)
        rings.add(of === Of.answer, number)
      } else if (of === Of.placing) this.#setChance(number, this.#generations[i], chance.of(segment, attempt))
      else if (of === Of.takenBack) {
        chance.add(segment, attempt, rings.chanceLater(chance.of(segment, attempt), number))
      } else this.#persons.add(of === Of.person, number)
    }
  }

  #setChance(call: number, generation: number, chance: number): void {
    const calls = this.#calls
    // The slot may be another call's by now, of another campaign.
    if (calls !== null && calls.generation[call] === generation) calls.chance[call] = chance
  }

  /** An agent finished a call. */
  handled(agent: number, talkMillis: number, wrapMillis: number): void {
    if (this.#handled === handledMax) this.#learnHandled()
    this.#handledBy[this.#handled] = agent
    this.#talkMillis[this.#handled] = talkMillis
    this.#wrapMillis[this.#handled] = wrapMillis
    this.#handled += 1
  }

  #learnHandled(): void {
    const talk = this.#talk
    const wrap = this.#wrap
    const count = this.#handled
    this.#handled = 0
    for (let i = 0; i < count; i += 1) {
      const agent = this.#handledBy[i]
      const talkMillis = this.#talkMillis[i]
      const wrapMillis = this.#wrapMillis[i]
      talk.add(talkMillis / 1_000)
      wrap.add(wrapMillis / 1_000)
      if (agent >= this.#ownCalls.length) this.#grow(agent)
      this.#ownCalls[agent] += 1
      this.#ownSum[agent] += (talkMillis + wrapMillis) / 1_000 / (talk.meanSeconds + wrap.meanSeconds)
      this.#ownStep[agent] = stepOf((ownSpeedPrior + this.#ownSum[agent]) / (ownSpeedPrior + this.#ownCalls[agent]))
    }
  }

  /** The agent's handling time as a multiple of the team's, drawn towards 1. */
  speed(agent: number): number {
    if (this.#handled > 0) this.#learnHandled()
    if (agent >= this.#ownCalls.length) return 1
    return (ownSpeedPrior + this.#ownSum[agent]) / (ownSpeedPrior + this.#ownCalls[agent])
  }

  /** That multiple in steps, see `speedOfStep`: from -`speedStepsMax` to `speedStepsMax`. */
  speedStep(agent: number): number {
    if (this.#handled > 0) this.#learnHandled()
    return agent < this.#ownStep.length ? this.#ownStep[agent] : 0
  }

  /** All of it as plain numbers: what is learnt of one day is what the next expects. */
  get figures(): LearnedFigures {
    if (this.#waiting > 0) this.#learnCalls()
    const { persons, rings, talk, wrap } = this
    const speeds = Array.from(this.#ownCalls, (calls, agent) => ({ agent, calls, sum: this.#ownSum[agent] }))
    return {
      version: figuresVersion,
      answer: this.#chance.figures,
      rings: rings.figures,
      persons: persons.figures,
      talk: talk.figures,
      wrap: wrap.figures,
      speeds: speeds.filter(({ calls }) => calls > 0)
    }
  }

  /** Begins with those of another day, before anything is seen. */
  begin({ answer, persons, rings, speeds, talk, wrap }: LearnedFigures): void {
    this.#chance.begin(answer)
    this.#rings.begin(rings)
    this.#persons.begin(persons)
    this.#talk.begin(talk)
    this.#wrap.begin(wrap)
    for (const { agent, calls, sum } of speeds) {
      if (agent >= this.#ownCalls.length) this.#grow(agent)
      this.#ownCalls[agent] = calls
      this.#ownSum[agent] = sum
      this.#ownStep[agent] = stepOf((ownSpeedPrior + sum) / (ownSpeedPrior + calls))
    }
  }

  #grow(agent: number): void {
    const size = Math.max(64, 2 * agent)
    const calls = new Float64Array(size)
    calls.set(this.#ownCalls)
    this.#ownCalls = calls
    const sum = new Float64Array(size)
    sum.set(this.#ownSum)
    this.#ownSum = sum
    const step = new Int8Array(size)
    step.set(this.#ownStep)
    this.#ownStep = step
  }
}
