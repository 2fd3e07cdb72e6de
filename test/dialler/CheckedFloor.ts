import { assert } from "@effect/vitest"
import { AgentState, agentStateCount } from "../../src/domain/AgentState.ts"
import { modes } from "../../src/domain/Mode.ts"
import { Outcome, outcomeCount } from "../../src/domain/Outcome.ts"
import { CallFlag, CallState } from "../../src/dialler/CallTable.ts"
import { Dialler } from "../../src/dialler/Dialler.ts"
import type { DiallerSettings } from "../../src/dialler/DiallerSettings.ts"
import type { Port } from "../../src/dialler/Port.ts"

const timersMax = 200
const answeredOutcomes: ReadonlyArray<number> = [
  Outcome.connected,
  Outcome.abandoned,
  Outcome.hungUpWaiting,
  Outcome.scripted,
  Outcome.machine
]
/** Agent state that goes with each state of a call the agent has in hand. */
const agentStateOf: Record<number, number> = {
  [CallState.preview]: AgentState.preview,
  [CallState.agentFirst]: AgentState.reserved,
  [CallState.queued]: AgentState.reserved,
  [CallState.ringing]: AgentState.reserved,
  [CallState.joining]: AgentState.reserved,
  [CallState.ending]: AgentState.reserved,
  [CallState.talk]: AgentState.talk,
  [CallState.hold]: AgentState.hold,
  [CallState.wrap]: AgentState.wrap
}

const expectSame = (what: string, actual: ArrayLike<number>, expected: ArrayLike<number>): void => {
  for (let i = 0; i < expected.length; i += 1) {
    if (actual[i] !== expected[i])
      assert.fail(`${what}: ${Array.from(actual).join()} for ${Array.from(expected).join()}`)
  }
}

interface Placed {
  readonly key: string
  readonly campaign: number
  ringingAt: number
}

/**
 * A core under watch: keeps its own account of every command and holds it, and the core's tables after every event, to
 * what must always be true.
 */
export class CheckedFloor implements Port {
  now = 0
  readonly dialler: Dialler
  readonly log: Array<string> = []
  /** Calls whose hang-up or message the far end has still to confirm, oldest first. */
  readonly toConfirm: Array<number> = []
  readonly outcomes = new Array<number>(outcomeCount).fill(0)
  dialled = 0
  /** Callers taken and customers handed on; of these, those that are over. */
  arrived = 0
  arrivals = 0
  readonly #settings: DiallerSettings
  readonly #up = new Map<number, Placed>()
  readonly #dueAt = new Map<string, number>()
  readonly #dialledAt: ReadonlyArray<Array<number>>
  readonly #trunkDialledAt: Array<number> = []
  readonly #agentState: Uint8Array
  readonly #agentSince: Float64Array
  #ready = false

  constructor(settings: DiallerSettings) {
    this.#settings = settings
    this.#dialledAt = settings.campaigns.map(() => [])
    const agents = settings.groups.reduce((sum, group) => sum + group.agents, 0)
    this.#agentState = new Uint8Array(agents)
    this.#agentSince = new Float64Array(agents)
    this.dialler = new Dialler(settings, this)
    this.#ready = true
  }

  /** Lets time pass; what is due at the new instant itself is left for later. */
  pass(millis: number): void {
    const until = this.now + millis
    let atOneInstant = 0
    while (this.dialler.nextTimerAt < until) {
      const at = Math.max(this.now, this.dialler.nextTimerAt)
      atOneInstant = at === this.now ? atOneInstant + 1 : 0
      assert.isBelow(atOneInstant, timersMax, `timers run for ever at ${at}`)
      this.now = at
      this.dialler.timers(at)
      this.check()
    }
    this.now = until
  }

  does(event: (dialler: Dialler, now: number) => void): void {
    event(this.dialler, this.now)
    this.check()
  }

  /** The contact of the agent's card is away until `dueAt`. */
  skipped(agent: number, dueAt: number): void {
    const call = this.dialler.agents.call[agent]
    if (call >= 0 && this.dialler.calls.state[call] === CallState.preview) this.#dueAt.set(this.#keyOf(call), dueAt)
  }

  rings(call: number): void {
    const placed = this.#up.get(call)
    if (placed !== undefined && this.dialler.calls.state[call] === CallState.ringing && placed.ringingAt < 0) {
      placed.ringingAt = this.now
    }
  }

  get callsUp(): number {
    return this.#up.size
  }

  /* ---- what is true after every event ---- */

  check(): void {
    this.#checkAgents()
    this.#checkCalls()
  }

  #checkAgents(): void {
    const { agents, calls } = this.dialler
    const counts = new Int32Array(agents.counts.length)
    for (let agent = 0; agent < agents.size; agent += 1) {
      const state = agents.state[agent]
      const call = agents.call[agent]
      counts[agents.group[agent] * agentStateCount + state] += 1
      if (state !== this.#agentState[agent]) assert.fail(`a${agent} is in state ${state} unannounced`)
      if (call >= 0 !== state > AgentState.ready) assert.fail(`a${agent} has call ${call} in state ${state}`)
      if (call < 0) continue
      if (calls.agent[call] !== agent) assert.fail(`a${agent} has call ${call}, which has a${calls.agent[call]}`)
      if (agentStateOf[calls.state[call]] !== state) {
        assert.fail(`a${agent} is in state ${state} with a call in state ${calls.state[call]}`)
      }
    }
    expectSame("agents by state", agents.counts, counts)
  }

  #checkCalls(): void {
    const { agents, calls, campaigns } = this.dialler
    const counted = campaigns.map(() => ({
      ringing: 0,
      detecting: 0,
      waiting: 0,
      callers: 0,
      bridged: 0,
      scripts: 0,
      lines: 0
    }))
    const contacts = new Set<number>()
    let attempts = 0
    let size = 0
    let up = 0
    for (let call = 0; call < calls.state.length; call += 1) {
      const state = calls.state[call]
      if (state === CallState.free) continue
      size += 1
      const campaign = calls.campaign[call]
      const count = counted[campaign]
      const hasArrived = (calls.flags[call] & CallFlag.arrived) !== 0
      if (!hasArrived) {
        attempts += 1
        contacts.add(campaign * 1e6 + calls.contact[call])
      }
      const agent = calls.agent[call]
      // The record of a call may name an agent who is gone.
      if (agent >= 0 && state !== CallState.ending && agents.call[agent] !== call) {
        assert.fail(`call ${call} in state ${state} has a${agent}, who has ${agents.call[agent]}`)
      }
      if (state > CallState.queued) up += 1
      if (state > CallState.queued && state < CallState.wrap) count.lines += 1
      if (state === CallState.ringing) count.ringing += 1
      if (state === CallState.detecting) count.detecting += 1
      if (state === CallState.script) count.scripts += 1
      if (state === CallState.joining || state === CallState.talk || state === CallState.hold) count.bridged += 1
      if (state === CallState.ending && calls.connectedAt[call] >= 0) count.bridged += 1
      if (state !== CallState.waiting) continue
      if (hasArrived) count.callers += 1
      else count.waiting += 1
      if (this.#idle(campaign, false)) assert.fail(`call ${call} waits while an agent is idle`)
    }
    if (contacts.size !== attempts) assert.fail("a contact is in two calls")
    if (calls.size !== size) assert.fail(`${size} slots are taken, not ${calls.size}`)
    if (this.#up.size !== up) assert.fail(`${up} calls are placed and not closed, not ${this.#up.size}`)
    campaigns.forEach((campaign, index) => {
      const { bridged, callers, detecting, lines, ringing, scripts, waiting } = counted[index]
      expectSame(
        `${campaign.settings.name}: ringing, detecting, waiting, callers, bridged, scripts, lines`,
        [
          campaign.ringingCount,
          campaign.detectingCount,
          campaign.waitingCount,
          campaign.callersWaiting,
          campaign.bridgedCount,
          campaign.scriptCount,
          campaign.lines
        ],
        [ringing, detecting, waiting, callers, bridged, scripts, lines]
      )
    })
  }

  #idle(campaign: number, alwaysOn: boolean): boolean {
    const { agents, campaigns } = this.dialler
    return campaigns[campaign].groups.some((group) => {
      const agent = agents.longestIdle(group)
      return agent >= 0 && (!alwaysOn || agents.alwaysOn[agent] === 1)
    })
  }

  #keyOf(call: number): string {
    const { calls } = this.dialler
    return `${calls.campaign[call]}:${calls.contact[call]}`
  }

  /* ---- commands ---- */

  #say(line: string): void {
    this.log.push(`${this.now} ${line}`)
  }

  dial(call: number): void {
    const { agents, calls, campaigns } = this.dialler
    const key = this.#keyOf(call)
    this.#say(`dial ${key}/${calls.attempt[call]} in ${call}`)
    this.dialled += 1
    assert.isFalse(this.#up.has(call), `slot ${call} is up`)
    const index = calls.campaign[call]
    const campaign = campaigns[index]
    this.#up.set(call, { key, campaign: index, ringingAt: this.#settings.trunk.ringingReported ? -1 : this.now })
    assert.isTrue(campaign.running, `${key} is dialled after the pause`)
    assert.isAtMost(this.#dueAt.get(key) ?? 0, this.now, `${key} is not due yet`)
    if (modes[campaign.mode.name].servedBy === "agent") {
      const isHeld = (calls.flags[call] & CallFlag.reserved) !== 0
      const callers = campaign.pool.some(({ callersWaiting }) => callersWaiting > 0)
      assert.isTrue(isHeld || !callers, `${key} is dialled while a caller waits`)
      assert.isTrue(
        campaign.groups.some((group) => agents.workingIn(group) > 0),
        `${key} is dialled with nobody at work`
      )
    }
    this.#checkLimits(index)
  }

  #checkLimits(index: number): void {
    const { callsPerSecondMax, linesMax } = this.#settings.campaigns[index]
    const { trunk } = this.#settings
    this.#dialledAt[index].push(this.now)
    this.#trunkDialledAt.push(this.now)
    assert.isAtMost(this.dialler.campaigns[index].lines, linesMax, "lines of the campaign")
    let lines = 0
    for (const campaign of this.dialler.campaigns) lines += campaign.lines
    assert.isAtMost(lines, trunk.linesMax, "lines of the trunk")
    const inLastSecond = (instants: ReadonlyArray<number>) => instants.filter((at) => at > this.now - 1_000).length
    assert.isAtMost(inLastSecond(this.#dialledAt[index]), callsPerSecondMax, "calls per second of the campaign")
    assert.isAtMost(inLastSecond(this.#trunkDialledAt), trunk.callsPerSecondMax, "calls per second of the trunk")
  }

  hangUp(call: number): void {
    this.#say(`hangUp ${call}`)
    const { calls } = this.dialler
    const placed = this.#placed(call)
    // A call the trunk never reported as ringing ends as congestion.
    if (calls.answeredAt[call] < 0 && calls.outcome[call] !== Outcome.congestion) {
      const { ringMillisMin } = this.#settings.campaigns[placed.campaign]
      assert.isAtLeast(placed.ringingAt, 0, "a call is taken back that does not ring yet")
      assert.isAtLeast(this.now - placed.ringingAt, ringMillisMin, "a call is taken back before its legal minimum")
    } else this.#checkAbandoned(call)
    this.toConfirm.push(call)
  }
  playAbandoned(call: number): void {
    this.#say(`message ${call}`)
    this.#placed(call)
    this.#checkAbandoned(call)
    this.toConfirm.push(call)
  }
  #checkAbandoned(call: number): void {
    const { calls } = this.dialler
    if (calls.outcome[call] !== Outcome.abandoned) return
    // At the limit a phone that must ring first is too late.
    assert.isFalse(this.#idle(calls.campaign[call], true), "a person is abandoned while an agent is idle")
  }
  #placed(call: number): Placed {
    return this.#up.get(call) ?? assert.fail(`call ${call} is not up`)
  }

  welcome(call: number): void {
    this.#say(`welcome ${this.#keyOf(call)} in ${call}`)
    const index = this.dialler.calls.campaign[call]
    const { callersWaiting, groups, stopping } = this.dialler.campaigns[index]
    const { queue } = this.#settings.campaigns[index]
    const staffed = groups.some((group) => this.dialler.agents.workingIn(group) > 0)
    assert.isTrue(queue !== null && !stopping && staffed, "a caller is taken who is to be turned away")
    assert.isTrue(callersWaiting < (queue?.callersMax ?? 0) || this.#idle(index, false), "the queue is full")
    this.#arrives(call)
  }
  #arrives(call: number): void {
    assert.isFalse(this.#up.has(call), `slot ${call} is up`)
    this.#up.set(call, { key: this.#keyOf(call), campaign: this.dialler.calls.campaign[call], ringingAt: this.now })
    this.arrived += 1
  }
  turnAway(campaign: number, contact: number): void {
    this.#say(`turned away ${campaign}:${contact}`)
  }
  queueOver(call: number): void {
    this.#say(`queue over ${call}`)
    this.#placed(call)
    assert.isFalse(this.#idle(this.dialler.calls.campaign[call], false), "a caller is let go while an agent is idle")
    this.toConfirm.push(call)
  }
  handedOver(call: number, next: number): void {
    this.#say(`handed over ${call} to ${next}`)
    this.#placed(call)
    this.#arrives(next)
  }
  arrivalClosed(call: number): void {
    const { calls } = this.dialler
    const { key } = this.#placed(call)
    this.#say(`closed the arrival ${key} ${calls.outcome[call]} again ${calls.retryAt[call]}`)
    this.#up.delete(call)
    this.arrivals += 1
    if (calls.retryAt[call] >= 0) this.#dueAt.set(key, calls.retryAt[call])
    assert.strictEqual(calls.connectedAt[call] >= 0, calls.outcome[call] === Outcome.connected)
    const at = this.toConfirm.indexOf(call)
    if (at >= 0) this.toConfirm.splice(at, 1)
  }
  ringAgent(agent: number, call: number): void {
    this.#say(`ring a${agent} for ${call}`)
    assert.strictEqual(this.dialler.agents.alwaysOn[agent], 0)
  }
  releaseAgent(agent: number): void {
    this.#say(`release a${agent}`)
  }
  connect(call: number, agent: number): void {
    this.#say(`connect ${call} a${agent}`)
    this.#placed(call)
  }
  preview(agent: number, call: number): void {
    this.#say(`preview a${agent} ${call}`)
  }
  wrapUp(agent: number, call: number): void {
    this.#say(`wrapUp a${agent} ${call}`)
  }
  detect(call: number): void {
    this.#say(`detect ${call}`)
    this.#placed(call)
  }
  startScript(call: number): void {
    this.#say(`script ${call}`)
    this.#placed(call)
  }
  agentChanged(agent: number, old: number, lasted: number, now: number): void {
    const state = this.dialler.agents.state[agent]
    this.#say(`a${agent} ${old} -> ${state}`)
    assert.strictEqual(now, this.now)
    assert.strictEqual(old, this.#agentState[agent], `a${agent}: spans follow one another`)
    assert.strictEqual(now - lasted, this.#agentSince[agent], `a${agent}: spans leave no gap`)
    this.#agentState[agent] = state
    this.#agentSince[agent] = now
  }
  attemptClosed(call: number): void {
    const { calls } = this.dialler
    const { key } = this.#placed(call)
    const outcome = calls.outcome[call]
    this.#say(`closed ${key} ${outcome} again ${calls.retryAt[call]}`)
    this.#up.delete(call)
    this.outcomes[outcome] += 1
    this.#dueAt.set(key, calls.retryAt[call] < 0 ? Number.POSITIVE_INFINITY : calls.retryAt[call])
    assert.strictEqual(
      answeredOutcomes.includes(outcome),
      calls.answeredAt[call] >= 0,
      `${key}: outcome ${outcome} of a call answered at ${calls.answeredAt[call]}`
    )
    assert.strictEqual(calls.connectedAt[call] >= 0 && outcome !== Outcome.machine, outcome === Outcome.connected)
    for (const [before, after] of [
      [calls.placedAt[call], calls.answeredAt[call]],
      [calls.answeredAt[call], calls.connectedAt[call]],
      [calls.connectedAt[call], calls.endedAt[call]]
    ]) {
      if (before >= 0 && after >= 0) assert.isAtMost(before, after)
    }
    const at = this.toConfirm.indexOf(call)
    if (at >= 0) this.toConfirm.splice(at, 1)
  }
  heldBack(): void {}
  campaignDone(): void {}
  ruled(): void {}
  flowDoes(): void {}
  flowSets(): void {}
  answered(): void {}
  flowLooks(): number {
    return 0
  }
  moved(): void {}
  fits(): boolean {
    return false
  }
  answersTo(): ReadonlyArray<string> {
    return []
  }
  listLow(campaign: number): void {
    if (this.#ready) assert.strictEqual(this.dialler.campaigns[campaign].list.freshCount, 0)
  }
}
