import { Closed } from "../../src/dialler/ContactList.ts"
import type { Core } from "../../src/dialler/Core.ts"
import type { Dialler } from "../../src/dialler/Dialler.ts"
import type { ModeName } from "../../src/domain/Mode.ts"
import type { PacingSettings } from "../../src/domain/Pacing.ts"
import type { CallKey, FloorEvent } from "../../src/runtime/floor/FloorEvent.ts"
import type { ListSource } from "../Lists.ts"

/** Hands an event to the floor; when it returns, the floor has dealt with it. */
export type Tell = (event: FloorEvent) => void

/** The core as the simulated world sees it when a floor stands between the two: everything said to it becomes an event. */
export class ToldCore implements Core {
  readonly flows: Core["flows"]
  readonly arrivals: Core["arrivals"]
  readonly #dialler: Dialler
  readonly #tell: Tell

  constructor(dialler: Dialler, tell: Tell) {
    this.#dialler = dialler
    this.#tell = tell
    this.arrivals = { arrives: (campaign, contact) => tell({ kind: "arrives", campaign, contact }) }
    const { flows } = dialler
    this.flows = {
      get runs() {
        return flows.runs
      },
      played: (call, turn) => tell({ kind: "flowPlayed", ...this.#key(call), turn }),
      keys: (call, turn, keys) => tell({ kind: "flowKeys", ...this.#key(call), turn, keys }),
      timedOut: (call, turn) => tell({ kind: "flowTimedOut", ...this.#key(call), turn }),
      recorded: (call, turn) => tell({ kind: "flowRecorded", ...this.#key(call), turn }),
      transferred: (call, turn) => tell({ kind: "flowTransferred", ...this.#key(call), turn }),
      transferFailed: (call, turn) => tell({ kind: "flowTransferFailed", ...this.#key(call), turn })
    }
  }

  get agents() {
    return this.#dialler.agents
  }
  get calls() {
    return this.#dialler.calls
  }
  get campaigns() {
    return this.#dialler.campaigns
  }
  get nextTimerAt(): number {
    return this.#dialler.nextTimerAt
  }

  #key(call: number): CallKey {
    return { call, generation: this.#dialler.calls.generation[call] }
  }

  /** Of what an agent does to the call in hand; nothing without one. */
  #ofAgent(kind: "dials" | "skips" | "phoneAnswered" | "phoneMissed", agent: number): void {
    const call = this.#dialler.agents.call[agent]
    if (call >= 0) this.#tell({ kind, agent, ...this.#key(call) })
  }

  timers(): void {
    this.#tell({ kind: "timers" })
  }
  addContacts(campaign: number, count: number, segment: number): number {
    const first = this.#dialler.campaigns[campaign].list.size
    this.#tell({ kind: "contactsAdded", campaign, count, segment })
    return first
  }
  switchSegment(campaign: number, segment: number, on: boolean): void {
    this.#tell({ kind: "segmentSwitched", campaign, segment, on })
  }
  change(campaign: number, mode: ModeName, pacing: PacingSettings): void {
    this.#tell({ kind: "changed", campaign, mode, pacing })
  }
  setPolicy(): void {
    throw new Error("a floor takes its pacing from settings alone")
  }
  pause(campaign: number): void {
    this.#tell({ kind: "paused", campaign })
  }
  sampled(campaign: number, isPerson: boolean, placedAt: number): void {
    this.#tell({ kind: "sampled", campaign, isPerson, placedAt })
  }
  agentSignedIn(agent: number): void {
    this.#tell({ kind: "signedIn", agent })
  }
  agentPauses(agent: number): void {
    this.#tell({ kind: "pauses", agent })
  }
  agentSignsOut(agent: number): void {
    this.#tell({ kind: "signsOut", agent })
  }
  agentReturns(agent: number): void {
    this.#tell({ kind: "returns", agent })
  }
  agentTakes(agent: number, campaign: number): boolean {
    this.#tell({ kind: "takes", agent, campaign })
    return this.#dialler.agents.call[agent] >= 0
  }
  agentDials(agent: number): void {
    this.#ofAgent("dials", agent)
  }
  agentSkips(agent: number): void {
    this.#ofAgent("skips", agent)
  }
  agentAnswered(agent: number): void {
    this.#ofAgent("phoneAnswered", agent)
  }
  agentMissed(agent: number): void {
    this.#ofAgent("phoneMissed", agent)
  }
  wrapUpDone(agent: number, _now: number, disposition = -1, askedAt = -1): void {
    const call = this.#dialler.agents.call[agent]
    if (call >= 0) this.#tell({ kind: "wrapUpDone", agent, ...this.#key(call), disposition, askedAt })
  }
  ringing(call: number): void {
    this.#tell({ kind: "ringing", ...this.#key(call) })
  }
  answered(call: number, _now: number, machine = false): void {
    this.#tell({ kind: "answered", ...this.#key(call), machine })
  }
  detected(call: number, machine: boolean, _now: number, wrong = false): void {
    this.#tell({ kind: "detected", ...this.#key(call), machine, wrong })
  }
  scriptEnded(call: number, transfer: boolean): void {
    this.#tell({ kind: "scriptEnded", ...this.#key(call), transfer })
  }
  failed(call: number, outcome: number): void {
    this.#tell({ kind: "failed", ...this.#key(call), outcome })
  }
  ended(call: number, _now: number, machine = false): void {
    this.#tell({ kind: "ended", ...this.#key(call), machine })
  }
}

/** The lists of the simulated world as it sees them then. */
export const toldLists = (lists: ListSource, tell: Tell): ListSource => ({
  add: (campaign, count) => tell({ kind: "contactsAdded", campaign, count, segment: null }),
  request: (campaign) => tell({ kind: "callbackRequested", campaign }),
  caller: (campaign) => tell({ kind: "callerAdded", campaign }),
  order: (campaign) => tell({ kind: "ordered", campaign }),
  withdraw: (campaign, contact) => tell({ kind: "withdrawn", campaign, contact, as: Closed.doNotCall }),
  ordersByHour: (campaign) => lists.ordersByHour(campaign)
})
