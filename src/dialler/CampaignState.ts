import { AgentState, agentStateCount } from "../domain/AgentState.ts"
import type { CampaignSettings, QueueSettings } from "../domain/Campaign.ts"
import { rulesOfRetry } from "../domain/rules/rulesOfRetry.ts"
import { type Mode, modes } from "../domain/Mode.ts"
import type { AgentTable } from "./AgentTable.ts"
import type { CallTable } from "./CallTable.ts"
import { Compliance } from "./compliance/Compliance.ts"
import { ContactList } from "./ContactList.ts"
import { Learned } from "./learning/Learned.ts"
import { Bound, boundNames, type Floor, type Policy } from "./pacing/Policy.ts"
import { compileRules, type RuleBook } from "./rules/RuleBook.ts"
import { ShownNumbers } from "./ShownNumbers.ts"
import { SlotQueue } from "./SlotQueue.ts"

/** One campaign as the core runs it: its list, its calls by state, its timers and what it has learnt. */
export class CampaignState implements Floor {
  readonly index: number
  readonly settings: CampaignSettings
  mode: Mode
  policy: Policy
  readonly book: RuleBook
  readonly list: ContactList
  readonly learned: Learned
  /** Whether its calls are served by a call flow. */
  readonly hasFlow: boolean
  /** Null where it shows no numbers of its own. */
  readonly shown: ShownNumbers | null
  /** How often a call was held back because no number could be shown. */
  uncalled = 0
  /** Null where the campaign is under no law. */
  readonly compliance: Compliance | null
  /** Groups that serve it, and all campaigns (itself included) that share an agent with it. */
  readonly groups: ReadonlyArray<number>
  /** How people who call it wait; null where nobody takes their calls. */
  readonly queue: QueueSettings | null
  pool: ReadonlyArray<CampaignState> = []
  running = true
  /** Whether calls that ring are taken back, because nothing more is to begin. */
  stopping = false
  /** Whether its goal is reached; more contacts begin it anew. */
  done = false

  /** Calls that ring, in no order. */
  ringingSlots = new Int32Array(16)
  ringingCount = 0
  /** Of these, calls an agent is held for. */
  heldRingingCount = 0
  detectingCount = 0
  /** People who answered and wait for an agent, oldest first; entries of calls that ended meanwhile are skipped. */
  readonly waitingQueue = new SlotQueue()
  waitingCount = 0
  /** People who called us and wait for an agent, oldest first, and when each has waited long enough. */
  readonly callers = new SlotQueue()
  readonly callerTimers = new SlotQueue()
  callersWaiting = 0
  bridgedCount = 0
  scriptCount = 0
  /** Lines in use, from placing until the far end has confirmed the end. */
  lines = 0
  /** When the campaign's own limit of calls per second allows the next one. */
  nextCallAt = 0

  /** Calls an agent is ready for, kept back by a limit of lines or calls per second. */
  readonly queued = new SlotQueue()
  /** Ends calls the far end never reports as ringing. */
  readonly setUpTimers = new SlotQueue()
  readonly ringTimers = new SlotQueue()
  readonly dropTimers = new SlotQueue()
  readonly previewTimers = new SlotQueue()
  readonly wrapTimers = new SlotQueue()
  /** When a contact falls due or a limit of calls per second is over, if that is what bound the last decision. */
  resumeAt = Number.POSITIVE_INFINITY
  /** When ringing calls nobody is there for are looked at again. */
  orphansAt = Number.POSITIVE_INFINITY
  wakeAt = Number.POSITIVE_INFINITY
  blockedByTrunk = false
  /** Contacts that had been called when more were asked for because all that were left are held back. */
  attemptedAtLow = -1
  /** Count of decisions at which it last got an agent; the smaller goes first among equal priorities. */
  lastServed = 0

  /** Ready agent time by what bound the decision then in force, milliseconds. */
  readonly boundMillis = new Float64Array(boundNames.length)
  #bound: number = Bound.agents
  #boundSince = 0
  #boundIdle = 0

  /** Counts the times the pacing was asked anew. */
  decision = 0
  now = 0
  idle = 0
  busy = 0
  wrapping = 0
  paused = 0
  ringing = 0
  waiting = 0
  bridged = 0

  constructor(
    index: number,
    settings: CampaignSettings,
    groups: ReadonlyArray<number>,
    policy: Policy,
    startMinutes: number
  ) {
    this.index = index
    this.settings = settings
    this.mode = modes[settings.mode]
    this.policy = policy
    this.groups = groups
    this.book = compileRules(settings.rules ?? rulesOfRetry(settings.retry), {
      ...settings.known,
      attemptsMax: settings.attemptsMax
    })
    this.list = new ContactList(this.book.countedOutcomes.length)
    this.learned = new Learned(settings.expected, settings.ringMillisMax)
    const { callerIds } = settings
    this.shown =
      callerIds === null ? null : new ShownNumbers(callerIds.settings, callerIds.seed, settings.law, startMinutes)
    this.hasFlow = settings.flow !== null
    // Settings a live floor kept before there were queues have none.
    this.queue = settings.queue ?? null
    const { detection, law, mode, ringMillisMax } = settings
    this.compliance = law === null ? null : new Compliance(law, ringMillisMax, mode, detection)
  }

  /** Brings what a policy may see up to date. */
  see(agents: AgentTable, now: number): void {
    this.decision += 1
    this.now = now
    const { counts } = agents
    let idle = 0
    let busy = 0
    let wrapping = 0
    let paused = 0
    for (let i = 0; i < this.groups.length; i += 1) {
      const row = this.groups[i] * agentStateCount
      idle += counts[row + AgentState.ready]
      wrapping += counts[row + AgentState.wrap]
      paused += counts[row + AgentState.paused]
      busy +=
        counts[row + AgentState.preview] +
        counts[row + AgentState.reserved] +
        counts[row + AgentState.talk] +
        counts[row + AgentState.hold]
    }
    this.idle = idle
    this.busy = busy
    this.wrapping = wrapping
    this.paused = paused
    let ringing = 0
    let waiting = 0
    let bridged = 0
    for (let i = 0; i < this.pool.length; i += 1) {
      const campaign = this.pool[i]
      ringing += campaign.ringingCount - campaign.heldRingingCount
      waiting += campaign.waitingCount + campaign.detectingCount
      bridged += campaign.bridgedCount
    }
    this.ringing = ringing
    this.waiting = waiting
    this.bridged = bridged
  }

  /** What bound the decision now in force, a code of `Bound`. */
  get bound(): number {
    return this.#bound
  }

  /** Books the ready time since the last decision under what bound it. */
  bind(bound: number, now: number): void {
    this.boundMillis[this.#bound] += (now - this.#boundSince) * this.#boundIdle
    this.#bound = bound
    this.#boundSince = now
    this.#boundIdle = this.idle
  }

  startRinging(slot: number, calls: CallTable): void {
    if (this.ringingCount === this.ringingSlots.length) {
      const grown = new Int32Array(this.ringingCount * 2)
      grown.set(this.ringingSlots)
      this.ringingSlots = grown
    }
    calls.ringingIndex[slot] = this.ringingCount
    this.ringingSlots[this.ringingCount] = slot
    this.ringingCount += 1
    if (calls.agent[slot] >= 0) this.heldRingingCount += 1
  }

  stopRinging(slot: number, calls: CallTable): void {
    const { ringingIndex } = calls
    const index = ringingIndex[slot]
    this.ringingCount -= 1
    const last = this.ringingSlots[this.ringingCount]
    this.ringingSlots[index] = last
    ringingIndex[last] = index
    ringingIndex[slot] = -1
    if (calls.agent[slot] >= 0) this.heldRingingCount -= 1
  }

  /** Who claims an idle agent first: callback requests, then campaigns by priority. */
  get claim(): number {
    return this.mode.name === "callback" ? Number.POSITIVE_INFINITY : this.settings.priority
  }

  /** Calls that will want an agent of the pool's who is not held yet, of this campaign or of equal or higher claims. */
  get openCount(): number {
    let open = 0
    for (let i = 0; i < this.pool.length; i += 1) {
      const campaign = this.pool[i]
      if (campaign !== this && campaign.claim < this.claim) continue
      if (campaign.mode.servedBy === "agent") open += campaign.ringingCount - campaign.heldRingingCount
      open += campaign.detectingCount
    }
    return open
  }

  /** Whether one more abandoned call would break a ceiling of the law: then an agent is held for every call. */
  keepsStrict(now: number): boolean {
    return this.compliance !== null && this.mode.servedBy === "agent" && this.compliance.allowance(now) < 1
  }

  /**
   * Whether one more call nobody is held for leaves every ceiling unbroken even if everybody who rings answers and only
   * agents who are free now can take them: so many calls as there are free agents, and as may be abandoned. One of these
   * is kept for an agent who leaves while they ring. To be asked after `see`.
   */
  hasRoom(now: number): boolean {
    const { compliance, mode, policy, pool } = this
    if (compliance === null || mode.servedBy === "script" || policy.weighsAbandonment === true) return true
    let open = 0
    for (let i = 0; i < pool.length; i += 1) {
      const { detectingCount, heldRingingCount, ringingCount, waitingCount } = pool[i]
      open += waitingCount
      if (pool[i].mode.servedBy === "agent") open += detectingCount + ringingCount - heldRingingCount
    }
    return open < this.idle + Math.max(0, compliance.allowance(now) - 1)
  }

  /** Whether somebody who called us waits for an agent it may place calls for: then it places none. */
  yieldsToCallers(): boolean {
    if (this.mode.servedBy === "script") return false
    for (let i = 0; i < this.pool.length; i += 1) if (this.pool[i].callersWaiting > 0) return true
    return false
  }

  /** Asks to be woken at `at` at the latest. */
  wake(at: number): void {
    if (at < this.wakeAt) this.wakeAt = at
  }
}
