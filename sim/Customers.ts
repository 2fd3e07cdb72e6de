import { Outcome } from "../src/domain/Outcome.ts"
import type { Draws } from "./random/Draws.ts"
import { lawOf } from "./random/distributions.ts"
import type { Law } from "./random/Law.ts"
import { Source, sourcesOf } from "./random/sources.ts"
import type { CampaignScenario, People } from "./Scenario.ts"

/** What answered. */
export const Answer = { nobody: 0, person: 1, machine: 2 } as const

const minute = 60_000

/**
 * The people of one campaign's list. What a person does belongs to (seed, contact, attempt) and to nothing else, so that
 * every pacing meets the same people.
 */
export class Customers {
  /** Filled by `dialled`: what becomes of the attempt, and after how many milliseconds of ringing. */
  answer: number = Answer.nobody
  outcome: number = Outcome.noAnswer
  ringMillis = 0
  readonly #draws: Draws
  readonly #people: People
  readonly #pickup: ReadonlyArray<number>
  readonly #source: number
  readonly #startMinutes: number
  readonly #alike: boolean
  readonly #answerByAttempt: number
  readonly #congestionShare: number
  readonly #thresholds: { machine: number; busy: number; rejected: number; invalid: number }
  readonly #ring: Readonly<Record<keyof People["ring"], Law>>
  readonly #talk: Law
  readonly #patience: Law | null
  readonly #delay: Law
  readonly #scriptLength: Law
  readonly #scriptUntil: Law

  constructor(campaign: CampaignScenario, index: number, draws: Draws, startMinutes: number, congestionShare: number) {
    const { people } = campaign
    this.#people = people
    this.#draws = draws
    this.#pickup = campaign.list.segments.length === 0 ? [1] : campaign.list.segments.map((segment) => segment.pickup)
    this.#source = sourcesOf(index)
    this.#startMinutes = startMinutes
    this.#alike = people.unreachableShare === 0 && people.reachabilitySpread === 0
    this.#answerByAttempt = people.answerByAttempt
    this.#congestionShare = congestionShare
    const { otherwise, ring } = people
    const machine = otherwise.machine
    const busy = machine + otherwise.busy
    const rejected = busy + otherwise.rejected
    this.#thresholds = { machine, busy, rejected, invalid: rejected + otherwise.invalid }
    this.#ring = {
      person: lawOf(ring.person),
      machine: lawOf(ring.machine),
      busy: lawOf(ring.busy),
      rejected: lawOf(ring.rejected),
      invalid: lawOf(ring.invalid),
      congestion: lawOf(ring.congestion),
      noAnswer: lawOf(ring.noAnswer)
    }
    this.#talk = lawOf(people.talk)
    this.#patience = people.patience === null ? null : lawOf(people.patience)
    this.#delay = lawOf(people.detection.delay)
    this.#scriptLength = lawOf(people.script.length)
    this.#scriptUntil = lawOf(people.script.until)
  }

  /**
   * Decides this attempt; the result is in the fields. `localNow`: the instant by the clock where the contact is; `pickup`
   * multiplies the chance that a person answers.
   */
  dialled(contact: number, attempt: number, segment: number, localNow: number, pickup = 1): void {
    const draws = this.#draws
    const { dials } = this.#people
    if (this.#congestionShare > 0) {
      draws.at(this.#source + Source.trunk, contact, attempt)
      if (draws.nextChance(this.#congestionShare)) return this.#fails(Outcome.congestion, this.#ring.congestion)
    }
    if (dials !== null) {
      draws.at(this.#source + Source.outcome, contact, attempt)
      const dial = dials[draws.nextBelow(dials.length)]
      this.answer = dial.answered ? Answer.person : Answer.nobody
      this.outcome = Outcome.noAnswer
      this.ringMillis = Math.round(dial.ringSeconds * 1_000)
      return
    }
    const chance = this.#chance(contact, attempt, segment, localNow, pickup)
    draws.at(this.#source + Source.outcome, contact, attempt)
    const u = draws.next()
    if (u < chance) {
      this.answer = Answer.person
      this.ringMillis = Math.round(this.#ring.person.draw(draws) * 1_000)
      return
    }
    const rest = (u - chance) / (1 - chance)
    const { machine, busy, rejected, invalid } = this.#thresholds
    if (rest < machine) {
      this.answer = Answer.machine
      this.ringMillis = Math.round(this.#ring.machine.draw(draws) * 1_000)
    } else if (rest < busy) this.#fails(Outcome.busy, this.#ring.busy)
    else if (rest < rejected) this.#fails(Outcome.rejected, this.#ring.rejected)
    else if (rest < invalid) this.#fails(Outcome.invalid, this.#ring.invalid)
    else this.#fails(Outcome.noAnswer, this.#ring.noAnswer)
  }

  #fails(outcome: number, ring: Law): void {
    this.answer = Answer.nobody
    this.outcome = outcome
    this.ringMillis = Math.round(ring.draw(this.#draws) * 1_000)
  }

  /** The true chance that a person answers. */
  #chance(contact: number, attempt: number, segment: number, localNow: number, pickup: number): number {
    const people = this.#people
    // A day's more: where the clock is behind, a morning may be the evening before.
    const hour = ((((this.#startMinutes + 24 * 60) * minute + localNow) / (60 * minute)) | 0) % 24
    let chance = people.answerShare * this.#pickup[segment] * people.answerByHour[hour] * pickup
    for (let i = 1; i < attempt; i += 1) chance *= this.#answerByAttempt
    if (!this.#alike) {
      const draws = this.#draws
      draws.at(this.#source + Source.reachability, contact, 0)
      if (draws.nextChance(people.unreachableShare)) return 0
      if (people.reachabilitySpread > 0) {
        const odds = (chance / Math.max(1e-9, 1 - chance)) * Math.exp(people.reachabilitySpread * draws.nextNormal())
        chance = odds / (1 + odds)
      }
    }
    return Math.min(0.999, chance)
  }

  talkMillis(contact: number, attempt: number): number {
    this.#draws.at(this.#source + Source.talk, contact, attempt)
    return Math.round(this.#talk.draw(this.#draws) * 1_000)
  }

  /** How long the person waits in silence after answering; Infinity when longer than any dialler lets them. */
  patienceMillis(contact: number, attempt: number): number {
    if (this.#patience === null) return Number.POSITIVE_INFINITY
    this.#draws.at(this.#source + Source.patience, contact, attempt)
    return Math.round(this.#patience.draw(this.#draws) * 1_000)
  }

  /** Delay of the detection in milliseconds; `verdictIsMachine` holds the verdict afterwards. */
  detectionMillis(contact: number, attempt: number, isMachine: boolean): number {
    this.#draws.at(this.#source + Source.detection, contact, attempt)
    const { detection } = this.#people
    const wrong = this.#draws.nextChance(isMachine ? detection.machineAsPerson : detection.personAsMachine)
    this.verdictIsMachine = isMachine !== wrong
    return Math.round(this.#delay.draw(this.#draws) * 1_000)
  }
  verdictIsMachine = false

  /**
   * How long the person stays with the script; `wantsTransfer` holds afterwards whether an agent was asked for. A machine
   * takes it all and presses no key.
   */
  scriptMillis(contact: number, attempt: number, isMachine: boolean): number {
    this.#draws.at(this.#source + Source.disposition, contact, attempt)
    const { hangUpShare, transferShare } = this.#people.script
    const u = isMachine ? 1 : this.#draws.next()
    this.wantsTransfer = u >= hangUpShare && u < hangUpShare + transferShare
    const law = u < hangUpShare + transferShare ? this.#scriptUntil : this.#scriptLength
    return Math.round(law.draw(this.#draws) * 1_000)
  }
  wantsTransfer = false
}
