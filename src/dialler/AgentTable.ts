import { AgentState, agentStateCount } from "../domain/AgentState.ts"

/** What an agent does once the work in hand is finished. */
export const Leaving = { no: 0, pause: 1, signOut: 2 } as const

/**
 * Agents as columns, with the queue of the ready ones of each group (longest idle first) and counts by state. The
 * queues are lists linked through `next` and `previous`, so that any agent can leave in constant time.
 */
export class AgentTable {
  readonly size: number
  readonly state: Uint8Array
  readonly group: Int32Array
  /** Call slot in hand, -1 without one. */
  readonly call: Int32Array
  /** Campaign of the call in hand or the last one, -1 before the first. */
  readonly campaign: Int32Array
  readonly leaving: Uint8Array
  readonly since: Float64Array
  /** When the talk now under way, or just ended, began. */
  readonly talkSince: Float64Array
  /** Ready and reserved time since the last connected call, milliseconds. */
  readonly idleMillis: Float64Array
  readonly alwaysOn: Uint8Array
  /** By group and state: `counts[group * agentStateCount + state]`. */
  readonly counts: Int32Array
  readonly #next: Int32Array
  readonly #previous: Int32Array
  readonly #first: Int32Array
  readonly #last: Int32Array

  constructor(groupOfAgent: ReadonlyArray<number>, groupCount: number) {
    const size = groupOfAgent.length
    this.size = size
    this.state = new Uint8Array(size)
    this.group = Int32Array.from(groupOfAgent)
    this.call = new Int32Array(size).fill(-1)
    this.campaign = new Int32Array(size).fill(-1)
    this.leaving = new Uint8Array(size)
    this.since = new Float64Array(size)
    this.talkSince = new Float64Array(size)
    this.idleMillis = new Float64Array(size)
    this.alwaysOn = new Uint8Array(size).fill(1)
    this.counts = new Int32Array(groupCount * agentStateCount)
    for (const group of groupOfAgent) this.counts[group * agentStateCount + AgentState.signedOut] += 1
    this.#next = new Int32Array(size).fill(-1)
    this.#previous = new Int32Array(size).fill(-1)
    this.#first = new Int32Array(groupCount).fill(-1)
    this.#last = new Int32Array(groupCount).fill(-1)
  }

  /** How many of the group are signed in and not on a break. */
  workingIn(group: number): number {
    let working = 0
    for (let state: number = AgentState.ready; state < agentStateCount; state += 1) {
      working += this.counts[group * agentStateCount + state]
    }
    return working
  }

  /** The ready agent of the group who has waited longest, or -1. */
  longestIdle(group: number): number {
    return this.#first[group]
  }

  /** Changes the state, keeps counts and queue; returns how long the old state lasted, in milliseconds. */
  enter(agent: number, state: number, now: number): number {
    const old = this.state[agent]
    const group = this.group[agent]
    const lasted = now - this.since[agent]
    if (old === AgentState.ready) {
      this.idleMillis[agent] += lasted
      this.#leaveQueue(agent, group)
    } else if (old === AgentState.reserved) this.idleMillis[agent] += lasted
    this.counts[group * agentStateCount + old] -= 1
    this.counts[group * agentStateCount + state] += 1
    this.state[agent] = state
    this.since[agent] = now
    if (state === AgentState.ready) this.#joinQueue(agent, group)
    return lasted
  }

  #joinQueue(agent: number, group: number): void {
    const last = this.#last[group]
    this.#previous[agent] = last
    this.#next[agent] = -1
    if (last < 0) this.#first[group] = agent
    else this.#next[last] = agent
    this.#last[group] = agent
  }

  #leaveQueue(agent: number, group: number): void {
    const next = this.#next[agent]
    const previous = this.#previous[agent]
    if (previous < 0) this.#first[group] = next
    else this.#next[previous] = next
    if (next < 0) this.#last[group] = previous
    else this.#previous[next] = previous
    this.#next[agent] = -1
    this.#previous[agent] = -1
  }
}
