import type { Draws } from "./random/Draws.ts"
import { lawOf } from "./random/distributions.ts"
import type { Law } from "./random/Law.ts"
import { Source } from "./random/sources.ts"
import type { AgentGroup, AgentWork } from "./Scenario.ts"

/** What an agent's phone does when it rings. */
export const PhoneAnswer = { pickedUp: 0, missed: 1, refused: 2 } as const

/**
 * How agents work: reading, wrapping up, picking up, coming and going. An agent's times belong to (seed, agent, number of
 * the piece of work), never to the order of events.
 */
export class Agents {
  readonly #draws: Draws
  readonly #groups: ReadonlyArray<AgentGroup>
  readonly #groupOf: Int32Array
  readonly #speeds: Float64Array
  /** Pieces of work so far. */
  readonly #workCount: Uint32Array
  readonly #phoneCount: Uint32Array
  readonly #work: ReadonlyArray<Readonly<Record<"wrap" | "preview" | "noAnswerWrap" | "machine", Law>>>
  readonly #skipShares: ReadonlyArray<number>
  readonly #pickUp: ReadonlyArray<Law>
  /** Filled by `phone`. */
  phoneAnswer: number = PhoneAnswer.pickedUp

  constructor(groups: ReadonlyArray<AgentGroup>, works: ReadonlyArray<AgentWork>, draws: Draws) {
    this.#draws = draws
    this.#groups = groups
    this.#groupOf = Int32Array.from(groups.flatMap((group, index) => new Array<number>(group.agents).fill(index)))
    const size = this.#groupOf.length
    this.#workCount = new Uint32Array(size)
    this.#phoneCount = new Uint32Array(size)
    this.#speeds = new Float64Array(size).fill(1)
    for (let agent = 0; agent < size; agent += 1) {
      const { speedCv } = groups[this.#groupOf[agent]]
      if (speedCv === 0) continue
      draws.at(Source.agentSpeed, agent, 0)
      const sigma = Math.sqrt(Math.log(1 + speedCv * speedCv))
      this.#speeds[agent] = Math.exp(sigma * draws.nextNormal() - (sigma * sigma) / 2)
    }
    this.#work = works.map((work) => ({
      wrap: lawOf(work.wrap),
      preview: lawOf(work.preview),
      noAnswerWrap: lawOf(work.noAnswerWrap),
      machine: lawOf(work.machine)
    }))
    this.#skipShares = works.map((work) => work.skipShare)
    this.#pickUp = groups.map((group) => lawOf(group.phone.answerDelay))
  }

  get size(): number {
    return this.#groupOf.length
  }

  /** This agent's times as a multiple of the usual. */
  speed(agent: number): number {
    return this.#speeds[agent]
  }

  /** Milliseconds of after-call work. */
  wrapMillis(agent: number, campaign: number, connected: boolean): number {
    return this.#next(Source.wrap, agent, connected ? this.#work[campaign].wrap : this.#work[campaign].noAnswerWrap)
  }

  /** Milliseconds an agent loses on a machine. */
  machineMillis(agent: number, campaign: number): number {
    return this.#next(Source.wrap, agent, this.#work[campaign].machine)
  }

  /** Milliseconds of reading; `skips` holds afterwards whether the agent passes the contact over. */
  previewMillis(agent: number, campaign: number): number {
    const millis = this.#next(Source.previewRead, agent, this.#work[campaign].preview)
    this.skips = this.#draws.nextChance(this.#skipShares[campaign])
    return millis
  }
  skips = false

  #next(source: number, agent: number, law: Law): number {
    this.#workCount[agent] += 1
    this.#draws.at(source, agent, this.#workCount[agent])
    return Math.round(law.draw(this.#draws) * this.#speeds[agent] * 1_000)
  }

  /** Milliseconds until the ringing phone is picked up, missed or refused; which of them is in `phoneAnswer`. */
  phone(agent: number): number {
    const group = this.#groupOf[agent]
    const { missAfterSeconds, missShare, refuseShare } = this.#groups[group].phone
    this.#phoneCount[agent] += 1
    this.#draws.at(Source.agentAnswer, agent, this.#phoneCount[agent])
    const u = this.#draws.next()
    const delay = Math.round(this.#pickUp[group].draw(this.#draws) * 1_000)
    this.phoneAnswer =
      u < missShare ? PhoneAnswer.missed : u < missShare + refuseShare ? PhoneAnswer.refused : PhoneAnswer.pickedUp
    return this.phoneAnswer === PhoneAnswer.missed ? Math.round(missAfterSeconds * 1_000) : delay
  }

  /** Sign-in and sign-out, milliseconds. */
  shift(agent: number): readonly [start: number, end: number] {
    const { endSeconds, spreadSeconds, startSeconds } = this.#groups[this.#groupOf[agent]].shift
    this.#draws.at(Source.signIn, agent, 0)
    const late = Math.round(this.#draws.next() * spreadSeconds * 1_000)
    const early = Math.round(this.#draws.next() * spreadSeconds * 1_000)
    return [startSeconds * 1_000 + late, endSeconds * 1_000 - early]
  }

  /** Breaks as (leaves, returns) in milliseconds. */
  breaks(agent: number): ReadonlyArray<readonly [at: number, lengthMillis: number]> {
    return this.#groups[this.#groupOf[agent]].breaks.map((pause, index) => {
      this.#draws.at(Source.breaks, agent, index)
      const at = (pause.atSeconds + this.#draws.next() * pause.spreadSeconds) * 1_000
      return [Math.round(at), Math.round(pause.lengthSeconds * 1_000)] as const
    })
  }
}
