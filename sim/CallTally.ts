import type { CallTable } from "../src/dialler/CallTable.ts"
import type { CampaignState } from "../src/dialler/CampaignState.ts"
import { Closed } from "../src/dialler/ContactList.ts"
import type { FlowRuns } from "../src/dialler/flow/FlowRuns.ts"
import { type CallFigures, noDisposition, promiseGraceMillis } from "../src/domain/CallFigures.ts"
import { modeNames, modes } from "../src/domain/Mode.ts"
import { Outcome } from "../src/domain/Outcome.ts"
import { FlowTally } from "./FlowTally.ts"

/** Counts what came of the calls of one campaign, beyond their outcomes. */
export class CallTally {
  readonly #campaign: CampaignState
  readonly #calls: CallTable
  readonly #from: number
  readonly #flow: FlowTally | null
  /** By disposition; the last place has talks without one. */
  readonly #chosen: Float64Array
  /** Promises that were not kept yet, by contact. */
  readonly #promised = new Map<number, { readonly dueAt: number; readonly agent: number }>()
  readonly #kept = { due: 0, inTime: 0, late: 0, byOther: 0 }
  #doNotCall = 0

  /** Attempts placed before `from` do not count. */
  constructor(campaign: CampaignState, calls: CallTable, runs: FlowRuns, from: number) {
    const { flow, known } = campaign.settings
    this.#campaign = campaign
    this.#calls = calls
    this.#from = from
    this.#flow = flow === null ? null : new FlowTally(flow, runs)
    this.#chosen = new Float64Array(known.dispositions.length + 1)
  }

  /** A call is placed: perhaps one that was promised. */
  dialled(call: number, now: number): void {
    const contact = this.#calls.contact[call]
    const promise = this.#promised.get(contact)
    if (promise === undefined) return
    this.#promised.delete(contact)
    this.#kept.due += 1
    if (now <= promise.dueAt + promiseGraceMillis) this.#kept.inTime += 1
    else this.#kept.late += 1
    if (this.#calls.agent[call] !== promise.agent) this.#kept.byOther += 1
  }

  /** Keys were pressed in a flow. */
  answered(call: number, step: number, keys: string): void {
    if (this.#calls.placedAt[call] >= this.#from) this.#flow?.answered(call, step, keys)
  }

  /** The attempt is complete; true for a call that went on without the agent it asked for. */
  attempt(call: number): boolean {
    const calls = this.#calls
    if (calls.placedAt[call] < this.#from) return false
    const { list } = this.#campaign
    const contact = calls.contact[call]
    const outcome = calls.outcome[call]
    const disposition = calls.disposition[call]
    if (outcome === Outcome.connected) {
      this.#chosen[disposition < 0 ? this.#chosen.length - 1 : disposition] += 1
    }
    if (list.closedAs[contact] === Closed.doNotCall) this.#doNotCall += 1
    if (list.promises.has(contact)) {
      this.#promised.set(contact, { dueAt: list.dueAt[contact], agent: calls.agent[call] })
    }
    const isLost = this.#flow !== null && this.#wasInFlow(call) && this.#flow.over(calls, call)
    return isLost && outcome === Outcome.scripted
  }

  #wasInFlow(call: number): boolean {
    const begunAs = this.#calls.begunAs[call]
    const mode = begunAs < 0 ? this.#campaign.mode : modes[modeNames[begunAs]]
    return mode.servedBy === "script" && this.#calls.wantedAt[call] >= 0
  }

  /** What came of the calls. Promises for a time after `until` are not due yet. */
  figures(until: number): CallFigures {
    const { dispositions } = this.#campaign.settings.known
    const total = (counts: (place: number) => boolean): number =>
      this.#chosen.reduce((sum, count, place) => sum + (counts(place) ? count : 0), 0)
    const missed = [...this.#promised.values()].filter(({ dueAt }) => dueAt <= until).length
    return {
      talks: total(() => true),
      dispositions: [...dispositions.map(({ code }) => code), noDisposition].map((name, place) => ({
        name,
        count: this.#chosen[place]
      })),
      successes: total((place) => dispositions.at(place)?.success === true),
      rightParties: total((place) => dispositions.at(place)?.rightParty === true),
      promises: { ...this.#kept, due: this.#kept.due + missed },
      flow: this.#flow?.figures() ?? null,
      doNotCall: this.#doNotCall
    }
  }
}
