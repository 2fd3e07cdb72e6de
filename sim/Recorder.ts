import { agentStateNames } from "../src/domain/AgentState.ts"
import { Outcome, outcomeNames } from "../src/domain/Outcome.ts"
import { CallFlag, recordedOutcome } from "../src/dialler/CallTable.ts"
import type { Dialler } from "../src/dialler/Dialler.ts"
import { reasonNames } from "../src/dialler/compliance/Reason.ts"
import type { AttemptRow, HoldRow, SpanRow } from "../src/store/schema.ts"
import type { Scenario } from "./Scenario.ts"

/** Keeps every attempt and every agent span of a run as rows of the store. */
export class Recorder {
  readonly attempts: Array<AttemptRow> = []
  readonly spans: Array<SpanRow> = []
  readonly holds: Array<HoldRow> = []
  readonly #scenario: Scenario
  readonly #groupNames: ReadonlyArray<string>

  constructor(scenario: Scenario) {
    this.#scenario = scenario
    this.#groupNames = scenario.groups.flatMap((group) => new Array<string>(group.agents).fill(group.name))
  }

  attempt(dialler: Dialler, call: number): void {
    const { calls } = dialler
    const campaign = this.#scenario.campaigns[calls.campaign[call]]
    const contact = calls.contact[call]
    const segment = dialler.campaigns[calls.campaign[call]].list.segment[contact]
    const orNull = (instant: number): number | null => (instant < 0 ? null : instant)
    const flags = calls.flags[call]
    const connectedAt = calls.connectedAt[call]
    this.attempts.push({
      id: this.attempts.length + 1,
      campaign: campaign.settings.name,
      contact,
      attempt: calls.attempt[call],
      segment: campaign.list.segments[segment]?.name ?? "",
      agent: orNull(calls.agent[call]),
      reserved: (flags & CallFlag.reserved) !== 0,
      placedAt: calls.placedAt[call],
      answeredAt: orNull(calls.answeredAt[call]),
      connectedAt: orNull(connectedAt),
      endedAt: calls.endedAt[call],
      outcome: outcomeNames[recordedOutcome(calls, call)],
      late: (flags & CallFlag.late) !== 0,
      silent: (flags & CallFlag.silent) !== 0 && recordedOutcome(calls, call) === Outcome.abandoned,
      machineFalse: (flags & CallFlag.machineFalse) !== 0,
      previewMillis: calls.previewMillis[call],
      talkMillis: connectedAt < 0 ? 0 : calls.endedAt[call] - connectedAt - calls.holdMillis[call],
      holdMillis: calls.holdMillis[call],
      wrapMillis: calls.wrapMillis[call],
      idleMillis: connectedAt < 0 ? null : calls.idleMillis[call],
      retryAt: orNull(calls.retryAt[call])
    })
  }

  heldBack(campaign: number, contact: number, reason: number, until: number, now: number): void {
    this.holds.push({
      campaign: this.#scenario.campaigns[campaign].settings.name,
      contact,
      at: now,
      reason: reasonNames[reason],
      until: until === Number.POSITIVE_INFINITY ? null : until
    })
  }

  span(agent: number, state: number, campaign: number, from: number, to: number): void {
    if (to === from) return
    this.spans.push({
      agent,
      group: this.#groupNames[agent],
      state: agentStateNames[state],
      campaign: campaign < 0 ? null : this.#scenario.campaigns[campaign].settings.name,
      from,
      to
    })
  }
}
