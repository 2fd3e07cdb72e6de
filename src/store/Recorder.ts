import { agentStateNames } from "../domain/AgentState.ts"
import type { CampaignSettings } from "../domain/Campaign.ts"
import type { ContactNote } from "../domain/ContactNote.ts"
import type { InboundOutcome } from "../domain/InboundCall.ts"
import { Outcome, outcomeNames } from "../domain/Outcome.ts"
import { CallFlag, recordedOutcome } from "../dialler/CallTable.ts"
import { Closed } from "../dialler/ContactList.ts"
import type { Core } from "../dialler/Core.ts"
import { reasonNames } from "../dialler/compliance/Reason.ts"
import type { Verdict } from "../dialler/rules/Verdict.ts"
import type { AttemptRow, HoldRow, InboundRow, NoteRow, SpanRow } from "./schema.ts"

/** What rows call things by. */
export interface FloorNames {
  readonly groups: ReadonlyArray<{ readonly name: string; readonly agents: number }>
  readonly campaigns: ReadonlyArray<{
    readonly settings: CampaignSettings
    /** The list's own segments, which come before those the rules know. */
    readonly list: { readonly segments: ReadonlyArray<{ readonly name: string }> }
  }>
}

/** Rows of what happened. */
export interface Records {
  readonly attempts: ReadonlyArray<AttemptRow>
  /** Calls to us and calls handed on. */
  readonly arrivals: ReadonlyArray<InboundRow>
  readonly spans: ReadonlyArray<SpanRow>
  readonly holds: ReadonlyArray<HoldRow>
  readonly notes: ReadonlyArray<NoteRow>
}

/** Keeps every attempt, every agent span and what else happens to contacts as rows of the store. */
export class Recorder {
  attempts: Array<AttemptRow> = []
  arrivals: Array<InboundRow> = []
  spans: Array<SpanRow> = []
  holds: Array<HoldRow> = []
  notes: Array<NoteRow> = []
  #attemptCount = 0
  #arrivalCount = 0
  readonly #floor: FloorNames
  readonly #groupNames: ReadonlyArray<string>

  constructor(floor: FloorNames) {
    this.#floor = floor
    this.#groupNames = floor.groups.flatMap((group) => new Array<string>(group.agents).fill(group.name))
  }

  /** Hands over what was kept since the last time, and forgets it. */
  take(): Records {
    const { arrivals, attempts, holds, notes, spans } = this
    this.attempts = []
    this.arrivals = []
    this.spans = []
    this.holds = []
    this.notes = []
    return { attempts, arrivals, spans, holds, notes }
  }

  attempt(dialler: Pick<Core, "calls" | "campaigns">, call: number): void {
    const { calls } = dialler
    const campaign = this.#floor.campaigns[calls.campaign[call]]
    const contact = calls.contact[call]
    const segment = dialler.campaigns[calls.campaign[call]].list.segment[contact]
    const flags = calls.flags[call]
    const connectedAt = calls.connectedAt[call]
    this.#attemptCount += 1
    this.attempts.push({
      id: this.#attemptCount,
      campaign: campaign.settings.name,
      contact,
      attempt: calls.attempt[call],
      segment: segmentName(campaign, segment),
      agent: orNull(calls.agent[call]),
      reserved: (flags & CallFlag.reserved) !== 0,
      placedAt: calls.placedAt[call],
      answeredAt: orNull(calls.answeredAt[call]),
      connectedAt: orNull(connectedAt),
      endedAt: calls.endedAt[call],
      outcome: outcomeNames[recordedOutcome(calls, call)],
      late: (flags & CallFlag.late) !== 0,
      silent: (flags & CallFlag.silent) !== 0 && isHeardByNobody(recordedOutcome(calls, call)),
      machineFalse: (flags & CallFlag.machineFalse) !== 0,
      previewMillis: calls.previewMillis[call],
      talkMillis: connectedAt < 0 ? 0 : calls.endedAt[call] - connectedAt - calls.holdMillis[call],
      holdMillis: calls.holdMillis[call],
      wrapMillis: calls.wrapMillis[call],
      idleMillis: connectedAt < 0 ? null : calls.idleMillis[call],
      retryAt: orNull(calls.retryAt[call]),
      callerId: shownOn(dialler, call)
    })
    this.#noteEnd(dialler, call)
  }

  arrival(dialler: Pick<Core, "calls" | "campaigns">, call: number): void {
    const { calls } = dialler
    const connectedAt = calls.connectedAt[call]
    const endedAt = calls.endedAt[call]
    this.#arrival(calls.campaign[call], {
      contact: calls.contact[call],
      agent: orNull(calls.agent[call]),
      handedBy: orNull(calls.handedBy[call]),
      arrivedAt: calls.placedAt[call],
      connectedAt: orNull(connectedAt),
      endedAt,
      outcome: inboundOutcome(calls.outcome[call]),
      talkMillis: connectedAt < 0 ? 0 : endedAt - connectedAt - calls.holdMillis[call],
      holdMillis: calls.holdMillis[call],
      wrapMillis: calls.wrapMillis[call]
    })
    if (calls.outcome[call] === Outcome.connected) this.#noteEnd(dialler, call)
  }

  turnedAway(campaign: number, contact: number, at: number): void {
    const nobody = { agent: null, handedBy: null, connectedAt: null, talkMillis: 0, holdMillis: 0, wrapMillis: 0 }
    this.#arrival(campaign, { contact, ...nobody, arrivedAt: at, endedAt: at, outcome: "turned-away" })
  }

  #arrival(
    campaign: number,
    row: Omit<InboundRow, "id" | "campaign" | "outcome"> & { readonly outcome: InboundOutcome }
  ): void {
    this.#arrivalCount += 1
    const { name } = this.#floor.campaigns[campaign].settings
    this.arrivals.push({ id: this.#arrivalCount, campaign: name, ...row })
  }

  /** What the agent chose, and what became of the contact, as far as the attempt's row does not tell. */
  #noteEnd(dialler: Pick<Core, "calls" | "campaigns">, call: number): void {
    const { calls } = dialler
    const index = calls.campaign[call]
    const { book, list } = dialler.campaigns[index]
    const contact = calls.contact[call]
    const attempt = attemptOf(calls, call)
    const at = calls.endedAt[call] + calls.wrapMillis[call]
    if (calls.disposition[call] >= 0) {
      const { code, label } = this.#floor.campaigns[index].settings.known.dispositions[calls.disposition[call]]
      this.note(index, contact, at, {
        kind: "disposition",
        detail: { code, label, agent: orNull(calls.agent[call]), attempt }
      })
    }
    const rule = calls.disposition[call] < 0 && calls.retryAt[call] >= 0 ? book.plain.ruleOf(calls.outcome[call]) : -1
    // Decided without a verdict, see `ruled`. Rules made of retry settings have names nobody gave them.
    if (rule >= 0 && this.#floor.campaigns[index].settings.rules !== null) {
      this.note(index, contact, at, { kind: "rule", detail: { rule: book.rules[rule].name, result: null, attempt } })
    }
    if (list.promises.has(contact)) {
      const agent = orNull(list.promises.agentOf(contact))
      this.note(index, contact, at, { kind: "promise", detail: { dueAt: list.dueAt[contact], agent, attempt } })
    }
    if (list.closedAs[contact] === Closed.removed) {
      this.note(index, contact, at, { kind: "removed", detail: { attempt } })
    }
  }

  /** The rules that held after an attempt, and what they set; before the contact is moved to its new segment. */
  ruled(dialler: Pick<Core, "calls" | "campaigns">, call: number, verdict: Readonly<Verdict>, now: number): void {
    const { calls, campaigns } = dialler
    const index = calls.campaign[call]
    const contact = calls.contact[call]
    const attempt = attemptOf(calls, call)
    const { book, list } = campaigns[index]
    const campaign = this.#floor.campaigns[index]
    const add = (note: ContactNote): void => this.note(index, contact, now, note)
    for (const rule of verdict.ran.subarray(0, verdict.ranCount)) {
      const result = rule === verdict.decidedBy && verdict.result >= 0 ? book.results[verdict.result] : null
      add({ kind: "rule", detail: { rule: book.rules[rule].name, result, attempt } })
    }
    for (const { name, of, value } of verdict.settings.slice(0, verdict.settingCount)) {
      add({ kind: "parameter", detail: { of, name, value, attempt } })
    }
    if (verdict.segment >= 0) {
      const from = segmentName(campaign, list.segment[contact])
      add({ kind: "segment", detail: { from, to: segmentName(campaign, verdict.segment), attempt } })
    }
    if (verdict.doNotCall) add({ kind: "do-not-call", detail: { attempt } })
  }

  /** The contact has left for another campaign, by its position among those the rules can name. */
  moved(
    dialler: Pick<Core, "calls" | "campaigns">,
    campaign: number,
    contact: number,
    target: number,
    now: number
  ): void {
    const attempt = dialler.campaigns[campaign].list.attempts[contact]
    const to = this.#floor.campaigns[campaign].settings.known.campaigns[target]
    this.note(campaign, contact, now, { kind: "moved", detail: { to, attempt: attempt > 0 ? attempt : null } })
  }

  /** Something else happened to a contact. */
  note(campaign: number, contact: number, at: number, note: ContactNote): void {
    this.notes.push({ campaign: this.#floor.campaigns[campaign].settings.name, contact, at, ...note })
  }

  heldBack(campaign: number, contact: number, reason: number, until: number, now: number): void {
    this.holds.push({
      campaign: this.#floor.campaigns[campaign].settings.name,
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
      campaign: campaign < 0 ? null : this.#floor.campaigns[campaign].settings.name,
      from,
      to
    })
  }
}

/** The number of the attempt; null for a call that is none. */
const attemptOf = ({ attempt }: Core["calls"], call: number): number | null =>
  attempt[call] > 0 ? attempt[call] : null

const inboundOutcome = (outcome: number): InboundOutcome => {
  if (outcome === Outcome.connected) return "connected"
  if (outcome === Outcome.interrupted) return "interrupted"
  return outcome === Outcome.noAnswer ? "wait-over" : "gave-up"
}

/** The number a call showed; null for the trunk's own. */
const shownOn = ({ calls, campaigns }: Pick<Core, "calls" | "campaigns">, call: number): string | null => {
  const index = calls.callerId[call]
  return index < 0 ? null : (campaigns[calls.campaign[call]].shown?.ids.numberOf(index) ?? null)
}

/** Abandoned, or waiting for an agent when the dialler itself stopped, which the law takes for the same. */
const isHeardByNobody = (outcome: number): boolean => outcome === Outcome.abandoned || outcome === Outcome.interrupted

/** Columns have -1 where there is nothing. */
const orNull = (value: number): number | null => (value < 0 ? null : value)

const segmentName = ({ list, settings }: FloorNames["campaigns"][number], segment: number): string =>
  list.segments[segment]?.name ?? settings.known.segments[segment] ?? ""
