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

/** Teams with fewer agents at work are reckoned exactly. */
const exactAgents = 20
/** So many calls make the chance of an answer certain enough for a small team. */
const coldCalls = 150
/** More lines than this for each agent at work are never worth it: what calls for them is a mistaken belief. */
const linesPerAgentMax = 40
/** Teams from this size up are reckoned at most every quarter of a millisecond per agent, half a second at the most. */
const pacedAgents = 100
const pacedMillisMax = 500
/** A ringing call is taken back when its own risk is so many times the price. */
const releaseFactor = 4
const tickMillis = 2_000
const tickMillisLarge = 500

/**
 * Look-ahead pacing: one more call as long as the chance that it causes an abandonment stays under a price, which follows
 * the abandon budget. It knows how long each call has been ringing and each agent busy, and what the campaign has learnt
 * of answers, rings, talk and wrap-up. One agent or many; never slower than one line per idle agent.
 */
export class LookAhead implements Policy {
  askAt = 0
  bound: number = Bound.price
  readonly weighsAbandonment = true
  readonly learns = true
  readonly #settings: LookAheadSettings
  readonly #price: Price
  readonly #slots: Slots
  /** Bins of ring time from now to each slot. */
  readonly #offsets: Int32Array
  readonly #risk: Risk
  readonly #without: Risk
  readonly #weights = new Float64Array(slotCount)
  readonly #order = Array.from({ length: slotCount }, (_, slot) => slot)
  /** Version of the ring curves the weights are from. */
  #weightsOf = -1
  #campaign!: CampaignState
  #agents!: AgentTable
  #calls!: CallTable
  #handles: ReadonlyArray<HandleTables> = []
  #serves: ReadonlyArray<number> = []
  /** The decision the risk was reckoned for, and the chance of the call placed since. */
  #decision = -1
  #placedChance = 0
  /** Whether anything has lowered the risk since the last no; idle agents at the last question; when to reckon again. */
  #relieved = true
  #idle = 0
  #restUntil = Number.NEGATIVE_INFINITY

  constructor(settings: LookAheadSettings, campaign: CampaignSettings) {
    this.#settings = settings
    this.#slots = slotsOf(campaign.ringMillisMax, campaign.dropMillis)
    this.#offsets = Int32Array.from({ length: slotCount }, (_, k) => answersAt(this.#slots, k) / ringBinMillis)
    this.#risk = new Risk(this.#offsets)
    this.#without = new Risk(this.#offsets)
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

  saw(what: number, _now: number, person = 1): void {
    switch (what) {
      case Seen.connected:
        this.#price.served(person)
        // An agent less: calls that ring may have become too risky.
        if (this.#settings.release) this.#relieved = true
        break
      case Seen.hungUpWaiting:
        this.#price.served(1)
        this.#relieved = true
        break
      case Seen.abandoned:
        this.#price.abandoned(person)
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
    const { now } = floor
    // An agent who signs in or comes back is seen in the count alone.
    if (floor.idle > this.#idle) this.#relieved = true
    this.#idle = floor.idle
    if (this.#lines(floor) + floor.waiting < floor.idle) {
      // Even if every call is answered there is an agent for each.
      this.#decision = -1
      this.#relieved = true
      return true
    }
    const price = this.#price.now
    if (price === 0) return this.#wait(Bound.budget, Number.POSITIVE_INFINITY)
    if (floor.ringing >= linesPerAgentMax * workingOn(floor)) return this.#wait(Bound.price, now + tickMillis)
    const { rings } = floor.learned
    if (floor.decision === this.#decision) this.#risk.addLine(rings.answeredBy, 0, 0, this.#placedChance)
    else {
      if (!this.#relieved && now < this.askAt && floor.pool.length === 1) return false
      if (now < this.#restUntil) return this.#rest()
      if (rings.version !== this.#weightsOf) this.#weigh(rings)
      this.#gather(this.#risk, -1, now)
      this.#decision = floor.decision
    }
    if (this.#risk.exceeds(price, this.#weights, this.#order)) return this.#refuse(price, now)
    this.#placedChance = chance
    return true
  }

  /** Calls ringing that may each want an agent; those of a script seldom do. */
  #lines(floor: CampaignState): number {
    const { pool } = floor
    let lines = floor.ringing
    for (let i = 0; i < pool.length; i += 1) if (pool[i].mode.servedBy === "script") lines -= pool[i].ringingCount
    return lines
  }

  /** No, until `askAt` or the next event, whatever the risk: the allowance of the window is spent, or lines are many. */
  #wait(bound: number, askAt: number): boolean {
    this.bound = bound
    this.askAt = askAt
    this.#relieved = true
    return false
  }

  /** Only time lowers the risk until the next event: asks again soon, and later when much is missing. */
  #refuse(price: number, now: number): boolean {
    this.bound = Bound.price
    this.#relieved = false
    const working = workingOn(this.#campaign)
    const tick = working < exactAgents ? tickMillis : tickMillisLarge
    this.askAt = now + Math.round(tick * Math.min(4, 1 + Math.log(this.#risk.estimate / price)))
    if (this.#settings.release) this.askAt = Math.min(this.askAt, this.#releaseAt(now))
    if (working >= pacedAgents) this.#restUntil = now + Math.min(pacedMillisMax, working >> 2)
    return false
  }

  /** When a ringing call is to be judged for release: as soon as it may be, and then now and again. */
  #releaseAt(now: number): number {
    const { ringingCount, ringingSlots, settings } = this.#campaign
    let at = Number.POSITIVE_INFINITY
    for (let i = 0; i < ringingCount; i += 1) {
      const since = this.#calls.ringingAt[ringingSlots[i]]
      if (since < 0) continue
      const mayAt = since + settings.ringMillisMin
      at = Math.min(at, mayAt > now ? mayAt : now + tickMillis)
    }
    return at
  }

  #rest(): boolean {
    if (this.#restUntil < this.askAt) this.askAt = this.#restUntil
    return false
  }

  takeBack(now: number): number {
    if (!this.#settings.release || this.#decision !== this.#campaign.decision) return -1
    const limit = releaseFactor * this.#price.unguarded
    const calls = this.#calls
    const { ringingCount, ringingSlots, settings } = this.#campaign
    let reckoned = false
    for (let i = 0; i < ringingCount; i += 1) {
      const call = ringingSlots[i]
      const since = calls.ringingAt[call]
      if (since < 0 || now - since < settings.ringMillisMin || calls.agent[call] >= 0) continue
      if (!reckoned) {
        this.#risk.worstFrom()
        // The risk of every call is a mean of these.
        if (this.#risk.worst[0] <= limit) return -1
        reckoned = true
      }
      // The call's own answer is in the risk; without it the risk can only be less.
      if (this.#ownRisk(call, this.#risk, now) <= limit) continue
      if (this.#staysRisky(call, now, limit)) return call
    }
    return -1
  }

  /** Whether the call's risk is above the limit even without its own answer, which is then out of the reckoning. */
  #staysRisky(call: number, now: number, limit: number): boolean {
    const { rings } = this.#campaign.learned
    const age = ringAge(now - this.#calls.placedAt[call])
    const scale = scaleOf(rings, this.#calls.chance[call], age)
    if (this.#risk.alterBy(-1, rings.answeredBy, age, rings.answeredBy[age], scale)) {
      this.#risk.worstFrom()
      if (this.#ownRisk(call, this.#risk, now) > limit) return true
      this.#risk.alterBy(1, rings.answeredBy, age, rings.answeredBy[age], scale)
      this.#risk.worstFrom()
      return false
    }
    this.#gather(this.#without, call, now)
    this.#without.worstFrom()
    if (this.#ownRisk(call, this.#without, now) <= limit) return false
    this.#gather(this.#risk, call, now)
    return true
  }

  /** Expected risk at the moment this ringing call is answered. */
  #ownRisk(call: number, risk: Risk, now: number): number {
    const { answeredBy } = this.#campaign.learned.rings
    const age = ringAge(now - this.#calls.placedAt[call])
    const total = answeredBy[age + this.#offsets[slotCount - 1]] - answeredBy[age]
    if (total <= 0) return 0
    let sum = 0
    let before = answeredBy[age]
    for (let slot = 0; slot < slotCount; slot += 1) {
      const by = answeredBy[age + this.#offsets[slot]]
      sum += (by - before) * risk.worst[slot]
      before = by
    }
    return sum / total
  }

  /** Chance that the answer to a new call falls in each slot, and the slots by that chance. */
  #weigh({ answeredBy, version }: RingShape): void {
    this.#weightsOf = version
    const perSlot = this.#slots.lengthMillis / ringBinMillis
    for (let slot = 0; slot < slotCount; slot += 1) {
      const end = slot === slotCount - 1 ? 1 : answeredBy[(slot + 1) * perSlot]
      // Nobody is abandoned where a machine answered.
      const person = this.#campaign.learned.persons.at((slot + 0.5) * this.#slots.lengthMillis)
      this.#weights[slot] = (end - answeredBy[slot * perSlot]) * person
    }
    this.#order.sort((a, b) => this.#weights[b] - this.#weights[a] || a - b)
  }

  /** Puts every call in flight (but `without`) and every busy agent who will come back into the reckoning. */
  #gather(risk: Risk, without: number, now: number): void {
    const floor = this.#campaign
    const { campaign, leaving, since, state, talkSince } = this.#agents
    const serves = this.#serves
    const handles = this.#handles
    floor.learned.underWay(floor.ringingCount)
    const exact = workingOn(floor) < exactAgents
    risk.begin(exact, exact && floor.learned.rings.observed >= coldCalls ? 0 : floor.learned.chanceDeviation)
    for (let i = 0; i < serves.length; i += 1) {
      const agent = serves[i]
      const is = state[agent]
      // A break or the end of the shift comes first for an agent who is leaving.
      if (is < AgentState.talk || leaving[agent] !== Leaving.no) continue
      const table = handles[campaign[agent]].of(agent)
      if (is === AgentState.wrap) risk.addAgent(table.wrap, table.wrapRow(now - since[agent]))
      else risk.addAgent(table.talk, table.talkRow(now - talkSince[agent]))
    }
    risk.free = floor.idle - floor.waiting
    for (let i = 0; i < floor.pool.length; i += 1) {
      if (floor.pool[i].mode.servedBy === "agent") this.#gatherLines(risk, floor.pool[i], now, without)
    }
  }

  #gatherLines(risk: Risk, campaign: CampaignState, now: number, without: number): void {
    const { ringingCount, ringingSlots } = campaign
    const { rings } = campaign.learned
    const { agent, chance, placedAt } = this.#calls
    for (let i = 0; i < ringingCount; i += 1) {
      const call = ringingSlots[i]
      if (call === without || agent[call] >= 0) continue
      const age = ringAge(now - placedAt[call])
      risk.addLine(rings.answeredBy, age, rings.answeredBy[age], scaleOf(rings, chance[call], age))
    }
  }
}

/**
 * Chance of an answer, given that a call placed with chance `p` still rings at this age, for each part of the answers still
 * to come: competing risks, one curve for each.
 */
const scaleOf = ({ answeredBy, stillRinging }: RingShape, p: number, age: number): number => {
  const ringing = p * (1 - answeredBy[age]) + (1 - p) * stillRinging[age]
  return ringing > 1e-9 ? p / ringing : 0
}

/** Agents signed in and not on a break. */
const workingOn = (floor: Floor): number => floor.idle + floor.busy + floor.wrapping

const ringAge = (millis: number): number => Math.min(ringBins - 1, (millis / ringBinMillis) | 0)
