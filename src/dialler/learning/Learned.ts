import type { Expectations } from "../../domain/Campaign.ts"
import { AnswerChance } from "./AnswerChance.ts"
import { DurationCurve } from "./DurationCurve.ts"
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

/** What a campaign has learnt from its own calls; kept whatever the pacing, so that a change of pacing starts warm. */
export class Learned {
  readonly #chance: AnswerChance
  readonly rings: RingShape
  readonly persons = new PersonShare()
  readonly talk: DurationCurve
  readonly wrap: DurationCurve
  #ownCalls = new Float64Array(0)
  #ownSum = new Float64Array(0)
  #ownStep = new Int8Array(0)

  constructor(expected: Expectations, ringMillisMax: number) {
    this.#chance = new AnswerChance(expected.pickupRate)
    this.rings = new RingShape(expected.ringMillis, ringMillisMax)
    this.talk = new DurationCurve(Math.max(1, expected.talkMillis / 1_000), 1)
    this.wrap = new DurationCurve(Math.max(1, expected.wrapMillis / 1_000), 0.7)
  }

  /** The chance that a contact of this segment is answered by a person at this attempt (from 1). */
  chance(segment: number, attempt: number): number {
    return this.#chance.of(segment, attempt)
  }

  /** Relative standard deviation of that chance's common level. */
  get chanceDeviation(): number {
    return this.#chance.relativeDeviation
  }

  /** So many calls ring at once: what is learnt of them together must not outweigh everything else. */
  underWay(calls: number): void {
    this.#chance.underWay(calls)
  }

  /** A call left the ringing phase after `ringMillis`; `wanted`: somebody is there who needs an agent. */
  rang(segment: number, attempt: number, wanted: boolean, ringMillis: number): void {
    this.#chance.add(segment, attempt, wanted ? 1 : 0)
    this.rings.add(wanted, ringMillis)
  }

  /** The dialler took back a call after `ringMillis`: it counts by the chance that it would still have been answered. */
  tookBack(segment: number, attempt: number, ringMillis: number): void {
    this.#chance.add(segment, attempt, this.rings.chanceLater(this.chance(segment, attempt), ringMillis))
  }

  /** An agent finished a call. */
  handled(agent: number, talkMillis: number, wrapMillis: number): void {
    this.talk.add(talkMillis / 1_000)
    this.wrap.add(wrapMillis / 1_000)
    if (agent >= this.#ownCalls.length) this.#grow(agent)
    this.#ownCalls[agent] += 1
    this.#ownSum[agent] += (talkMillis + wrapMillis) / 1_000 / (this.talk.meanSeconds + this.wrap.meanSeconds)
    this.#ownStep[agent] = stepOf(this.speed(agent))
  }

  /** The agent's handling time as a multiple of the team's, drawn towards 1. */
  speed(agent: number): number {
    if (agent >= this.#ownCalls.length) return 1
    return (ownSpeedPrior + this.#ownSum[agent]) / (ownSpeedPrior + this.#ownCalls[agent])
  }

  /** That multiple in steps, see `speedOfStep`: from -`speedStepsMax` to `speedStepsMax`. */
  speedStep(agent: number): number {
    return agent < this.#ownStep.length ? this.#ownStep[agent] : 0
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
