import { AgentState } from "../../domain/AgentState.ts"
import type { CampaignSettings } from "../../domain/Campaign.ts"
import type { LookAheadSettings } from "../../domain/Pacing.ts"
import { type AgentTable, Leaving } from "../AgentTable.ts"
import type { CallTable } from "../CallTable.ts"
import type { CampaignState } from "../CampaignState.ts"
import { ringBinMillis, ringBins, type RingShape } from "../learning/RingShape.ts"
import { HandleTables } from "./lookahead/HandleTables.ts"
import { Price } from "./lookahead/Price.ts"
import { Risk } from "./lookahead/Risk.ts"
import { answersAt, slotCount, type Slots, slotsOf } from "./lookahead/slots.ts"
import { Bound, type Floor, type Policy, Seen } from "./Policy.ts"

/** Teams below this size are reckoned exactly. */
const exactAgents = 20
/** A ringing call is taken back when its own risk is so many times the price. */
const releaseFactor = 4
const tickMillis = 1_000
const tickMillisLarge = 500

/**
 * Look-ahead pacing: one more call as long as the chance that it causes an abandonment stays under a price, which follows
 * the abandon budget. It knows how long each call has been ringing and each agent busy, and what the campaign has learnt
 * of answers, rings, talk and wrap-up. One agent or many; never slower than one line per idle agent.
 */
export class LookAhead implements Policy {
  askAt = 0
  bound: number = Bound.price
  readonly #settings: LookAheadSettings
  readonly #price: Price
  readonly #slots: Slots
  /** Bins of ring time from now to each slot. */
  readonly #offsets: Int32Array
  readonly #risk = new Risk()
  readonly #without = new Risk()
  readonly #chances = new Float64Array(slotCount)
  readonly #weights = new Float64Array(slotCount)
  #campaign!: CampaignState
  #agents!: AgentTable
  #calls!: CallTable
  #handles: ReadonlyArray<HandleTables> = []
  #serves: ReadonlyArray<number> = []
  /** The decision the risk was reckoned for, and the chance of the call placed since. */
  #decision = -1
  #placedChance = -1
  /** Whether anything has lowered the risk since the last no. */
  #relieved = true
  #lastRisk = 0

  constructor(settings: LookAheadSettings, campaign: CampaignSettings) {
    this.#settings = settings
    this.#slots = slotsOf(campaign.ringMillisMax, campaign.dropMillis)
    this.#offsets = Int32Array.from({ length: slotCount }, (_, k) => answersAt(this.#slots, k) / ringBinMillis)
    const { abandonTarget, gain, guard, priceStart } = settings
    this.#price = new Price(abandonTarget, gain, priceStart, campaign.abandonLimit, guard)
  }

  attach(campaign: CampaignState, agents: AgentTable, calls: CallTable): void {
    this.#campaign = campaign
    this.#agents = agents
    this.#calls = calls
    const byCampaign: Array<HandleTables> = []
    for (const other of campaign.pool) byCampaign[other.index] = new HandleTables(other.learned, this.#slots)
    this.#handles = byCampaign
    this.#serves = Array.from({ length: agents.size }, (_, agent) => agent).filter((agent) =>
      campaign.groups.includes(agents.group[agent])
    )
  }

  saw(what: number): void {
    switch (what) {
      case Seen.connected:
        this.#price.served()
        break
      case Seen.hungUpWaiting:
        this.#price.served()
        this.#relieved = true
        break
      case Seen.abandoned:
        this.#price.abandoned()
        this.#relieved = true
        break
      case Seen.failed:
      case Seen.machine:
      case Seen.talked:
      case Seen.disposed:
        this.#relieved = true
        break
    }
  }

  oneMore(_floor: Floor, chance: number): boolean {
    const floor = this.#campaign
    const lines = floor.ringing + floor.waiting
    const { now } = floor
    if (lines < floor.idle) {
      // Even if every call is answered there is an agent for each.
      this.#placedChance = -1
      this.#decision = -1
      this.#relieved = true
      return true
    }
    const price = this.#price.now
    if (price === 0) return this.#no(Bound.budget, now, Number.POSITIVE_INFINITY)
    if (floor.decision === this.#decision && this.#placedChance >= 0) this.#addPlaced()
    else {
      if (!this.#relieved && now < this.askAt && floor.pool.length === 1) return false
      this.#reckon(floor)
      this.#decision = floor.decision
    }
    this.#lastRisk = this.#risk.price(this.#weights)
    if (this.#lastRisk <= price) {
      this.#placedChance = chance
      return true
    }
    this.#placedChance = -1
    return this.#no(Bound.price, now, this.#lastRisk / price)
  }

  /** Asks again sooner when little was missing. */
  #no(bound: number, now: number, excess: number): boolean {
    this.bound = bound
    this.#relieved = false
    const tick = this.#serves.length < exactAgents ? tickMillis : tickMillisLarge
    this.askAt = now + tick * (excess < 2 ? 1 : excess < 8 ? 2 : 4)
    return false
  }

  takeBack(now: number): number {
    if (!this.#settings.release || this.#decision !== this.#campaign.decision) return -1
    const limit = releaseFactor * this.#price.now
    if (this.#risk.worst[0] <= limit) return -1
    const { ringingCount, ringingSlots, settings } = this.#campaign
    for (let i = 0; i < ringingCount; i += 1) {
      const call = ringingSlots[i]
      const since = this.#calls.ringingAt[call]
      if (since < 0 || now - since < settings.ringMillisMin || this.#calls.agent[call] >= 0) continue
      if (this.#ownRisk(call, this.#risk, now) <= limit) continue
      this.#gather(this.#campaign, this.#without, call)
      this.#without.price(this.#weights)
      if (this.#ownRisk(call, this.#without, now) <= limit) continue
      // What follows is a new situation, reckoned at the next call.
      this.#gather(this.#campaign, this.#risk, call)
      this.#risk.price(this.#weights)
      return call
    }
    return -1
  }

  /** Expected risk at the moment this ringing call is answered. */
  #ownRisk(call: number, risk: Risk, now: number): number {
    this.#answerChances(call, this.#campaign.learned.rings, now)
    const chances = this.#chances
    const total = chances[slotCount - 1]
    if (total <= 0) return 0
    let sum = 0
    let before = 0
    for (let slot = 0; slot < slotCount; slot += 1) {
      sum += (chances[slot] - before) * risk.worst[slot]
      before = chances[slot]
    }
    return sum / total
  }

  #reckon(floor: CampaignState): void {
    const { answeredBy } = floor.learned.rings
    const perSlot = this.#slots.lengthMillis / ringBinMillis
    for (let slot = 0; slot < slotCount; slot += 1) {
      const end = slot === slotCount - 1 ? ringBins : Math.min(ringBins, (slot + 1) * perSlot)
      this.#weights[slot] = answeredBy[end] - answeredBy[Math.min(ringBins, slot * perSlot)]
    }
    this.#gather(floor, this.#risk, -1)
  }

  /** Adds the call that was placed after the last yes. */
  #addPlaced(): void {
    const { answeredBy } = this.#campaign.learned.rings
    for (let slot = 0; slot < slotCount; slot += 1) {
      this.#chances[slot] = this.#placedChance * answeredBy[Math.min(ringBins, this.#offsets[slot])]
    }
    this.#risk.addAnswer(this.#chances)
  }

  /** Puts every call in flight (but `without`) and every busy agent who will come back into the reckoning. */
  #gather(floor: CampaignState, risk: Risk, without: number): void {
    const agents = this.#agents
    let returning = 0
    for (const agent of this.#serves) if (this.#comesBack(agent)) returning += 1
    const exact = this.#serves.length < exactAgents
    const waiting = floor.waiting
    risk.begin(floor.idle + returning - waiting, exact, floor.learned.chanceDeviation)
    const { now } = floor
    for (const agent of this.#serves) {
      if (!this.#comesBack(agent)) continue
      const table = this.#handles[agents.campaign[agent]].of(agent)
      if (agents.state[agent] === AgentState.wrap) risk.addAgent(table.wrap, table.row(now - agents.since[agent]))
      else risk.addAgent(table.talk, table.row(now - agents.talkSince[agent]))
    }
    for (const campaign of floor.pool) {
      const { learned, ringingCount, ringingSlots } = campaign
      for (let i = 0; i < ringingCount; i += 1) {
        const call = ringingSlots[i]
        if (call === without || this.#calls.agent[call] >= 0) continue
        this.#answerChances(call, learned.rings, now)
        risk.addAnswer(this.#chances)
      }
    }
  }

  /** Talking or wrapping up, and neither a break nor the end of the shift is due first. */
  #comesBack(agent: number): boolean {
    const { leaving, state } = this.#agents
    const s = state[agent]
    return (s === AgentState.talk || s === AgentState.hold || s === AgentState.wrap) && leaving[agent] === Leaving.no
  }

  /** Chance, given that the call still rings, that it is answered by a person by the end of each slot. */
  #answerChances(call: number, rings: RingShape, now: number): void {
    const { answeredBy, stillRinging } = rings
    const chances = this.#chances
    const p = this.#calls.chance[call]
    const age = Math.min(ringBins - 1, Math.floor((now - this.#calls.placedAt[call]) / ringBinMillis))
    const already = answeredBy[age]
    const ringing = p * (1 - already) + (1 - p) * stillRinging[age]
    const scale = ringing > 1e-9 ? p / ringing : 0
    for (let slot = 0; slot < slotCount; slot += 1) {
      const by = age + this.#offsets[slot]
      chances[slot] = scale * (answeredBy[by > ringBins ? ringBins : by] - already)
    }
  }
}
