import { Outcome } from "../domain/Outcome.ts"

/** Where a call is on its way. */
export const CallState = {
  free: 0,
  /** Card before the call; not dialled yet. */
  preview: 1,
  /** The agent's phone rings first; not dialled yet. */
  agentFirst: 2,
  /** An agent is ready for it, a limit of lines or calls per second keeps it back; not dialled yet. */
  queued: 3,
  /** Placed; not ringing yet as far as the trunk said, or ringing. */
  ringing: 4,
  /** Answered; answering-machine detection listens. */
  detecting: 5,
  /** Answered; served by the script of an automatic campaign. */
  script: 6,
  /** Answered; waits for an agent. */
  waiting: 7,
  /** Answered; the chosen agent's phone rings. */
  joining: 8,
  talk: 9,
  hold: 10,
  /** The dialler hung up and waits for the far end to confirm. */
  ending: 11,
  /** Over; the agent's wrap-up is still to come or under way. */
  wrap: 12
} as const

/** Whether the customer's leg of a call in this state is still to be placed. */
export const isBeforePlacing = (state: number): boolean => state >= CallState.preview && state <= CallState.queued

/** Bits of `flags`. */
export const CallFlag = {
  /** Connected after the legal wait limit. */
  late: 1,
  /** Abandoned without a message. */
  silent: 2,
  /** An agent was held for it before it was placed. */
  reserved: 4,
  /** A person taken for a machine; set by a driver that knows the truth. */
  machineFalse: 8,
  /** The customer's leg was placed. */
  attempted: 16,
  /** The clock of the wait limit runs. */
  clocked: 32,
  /** A machine answered; set by a driver that knows the truth, whatever the dialler took it for. */
  machineAnswered: 64,
  /** The customer called us, or was handed on by another agent: no attempt, and nothing of the law of attempts. */
  arrived: 128
} as const

/**
 * The outcome as it goes on record. Without detection a dialler cannot tell whom it abandoned; where the driver knows that
 * it was a machine, no person was abandoned. The live floor's estimate corrects for it (Ofcom: A = A_raw × (1 − m)).
 */
export const recordedOutcome = (calls: CallTable, call: number): number =>
  calls.outcome[call] === Outcome.abandoned && (calls.flags[call] & CallFlag.machineAnswered) !== 0
    ? Outcome.machine
    : calls.outcome[call]

const columns = {
  state: Uint8Array,
  flags: Uint8Array,
  outcome: Uint8Array,
  attempt: Uint8Array,
  /** Mode it began in, by position in `modeNames`; -1 where the campaign still has it. */
  begunAs: Int8Array,
  campaign: Int32Array,
  contact: Int32Array,
  /** -1 without one. */
  agent: Int32Array,
  /** Counts the uses of a slot, so that a late message to an earlier call is known as such. */
  generation: Int32Array,
  /** Place in its campaign's list of ringing calls. */
  ringingIndex: Int32Array,
  /** The chance of an answer it was placed with. */
  chance: Float64Array,
  placedAt: Float64Array,
  ringingAt: Float64Array,
  answeredAt: Float64Array,
  /** From when on an agent is wanted: answer, verdict of the detection, or key press. */
  wantedAt: Float64Array,
  connectedAt: Float64Array,
  endedAt: Float64Array,
  heldAt: Float64Array,
  holdMillis: Float64Array,
  previewMillis: Float64Array,
  wrapMillis: Float64Array,
  idleMillis: Float64Array,
  retryAt: Float64Array,
  /** The group a flow transfers to, by its number in the core; -1 for any of the campaign. */
  transferGroup: Int16Array,
  /** Index of the number shown, see `CallerIds`; -1 for the trunk's own. */
  callerId: Int32Array,
  /** What the agent chose, by position in the campaign's dispositions; -1 for nothing. */
  disposition: Int8Array,
  /** When the person asked to be called, -1 for no time. */
  askedAt: Float64Array,
  /** The agent who handed on a call that arrived, -1 for nobody; of no meaning for attempts. */
  handedBy: Int32Array
} as const

/** Calls under way, one slot each, as columns. Instants are milliseconds, -1 where something has not happened. */
export class CallTable {
  state = new Uint8Array(0)
  flags = new Uint8Array(0)
  outcome = new Uint8Array(0)
  attempt = new Uint8Array(0)
  begunAs = new Int8Array(0)
  campaign = new Int32Array(0)
  contact = new Int32Array(0)
  agent = new Int32Array(0)
  generation = new Int32Array(0)
  ringingIndex = new Int32Array(0)
  chance = new Float64Array(0)
  placedAt = new Float64Array(0)
  ringingAt = new Float64Array(0)
  answeredAt = new Float64Array(0)
  wantedAt = new Float64Array(0)
  connectedAt = new Float64Array(0)
  endedAt = new Float64Array(0)
  heldAt = new Float64Array(0)
  holdMillis = new Float64Array(0)
  previewMillis = new Float64Array(0)
  wrapMillis = new Float64Array(0)
  idleMillis = new Float64Array(0)
  retryAt = new Float64Array(0)
  transferGroup = new Int16Array(0)
  callerId = new Int32Array(0)
  disposition = new Int8Array(0)
  askedAt = new Float64Array(0)
  handedBy = new Int32Array(0)
  /** Slots in use. */
  size = 0
  #free: Int32Array = new Int32Array(0)
  #freeCount = 0

  constructor(capacity = 64) {
    this.#grow(capacity)
  }

  /** Takes a slot; every column is reset. */
  take(campaign: number, contact: number): number {
    if (this.#freeCount === 0) this.#grow(this.state.length * 2)
    this.#freeCount -= 1
    const slot = this.#free[this.#freeCount]
    this.size += 1
    this.flags[slot] = 0
    this.outcome[slot] = 0
    this.attempt[slot] = 0
    this.begunAs[slot] = -1
    this.campaign[slot] = campaign
    this.contact[slot] = contact
    this.agent[slot] = -1
    this.ringingIndex[slot] = -1
    this.placedAt[slot] = -1
    this.ringingAt[slot] = -1
    this.answeredAt[slot] = -1
    this.wantedAt[slot] = -1
    this.connectedAt[slot] = -1
    this.endedAt[slot] = -1
    this.holdMillis[slot] = 0
    this.previewMillis[slot] = 0
    this.wrapMillis[slot] = 0
    this.idleMillis[slot] = -1
    this.retryAt[slot] = -1
    this.transferGroup[slot] = -1
    this.callerId[slot] = -1
    this.disposition[slot] = -1
    this.askedAt[slot] = -1
    return slot
  }

  release(slot: number): void {
    this.state[slot] = CallState.free
    this.generation[slot] = (this.generation[slot] + 1) | 0
    this.#free[this.#freeCount] = slot
    this.#freeCount += 1
    this.size -= 1
  }

  /** Whether the core did not place it. */
  hasArrived(slot: number): boolean {
    return (this.flags[slot] & CallFlag.arrived) !== 0
  }

  /** The calls of a campaign that are under way finish in this mode, by position in `modeNames`. */
  keepMode(campaign: number, mode: number): void {
    for (let slot = 0; slot < this.state.length; slot += 1) {
      if (this.state[slot] === CallState.free || this.campaign[slot] !== campaign) continue
      if (this.begunAs[slot] < 0) this.begunAs[slot] = mode
    }
  }

  #grow(capacity: number): void {
    const old = this.state.length
    const names = Object.keys(columns) as Array<keyof typeof columns>
    const widths = names.map((name) => capacity * columns[name].BYTES_PER_ELEMENT)
    // All of them in one piece of memory. Capacities are powers of 2 from 8 up, so that every column begins at a whole number.
    const memory = new ArrayBuffer(widths.reduce((sum, width) => sum + width, 0))
    let from = 0
    names.forEach((name, index) => {
      const column = new columns[name](memory, from, capacity)
      from += widths[index]
      column.set(this[name])
      // Each column has the type its table entry names.
      ;(this as Record<string, unknown>)[name] = column
    })
    const free = new Int32Array(capacity)
    free.set(this.#free.subarray(0, this.#freeCount))
    for (let slot = capacity - 1; slot >= old; slot -= 1) {
      free[this.#freeCount] = slot
      this.#freeCount += 1
    }
    this.#free = free
  }
}
