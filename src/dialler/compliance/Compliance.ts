import type { CampaignLaw } from "../../domain/compliance/CampaignLaw.ts"
import type { ModeName } from "../../domain/Mode.ts"
import { Outcome } from "../../domain/Outcome.ts"
import { CallFlag, type CallTable } from "../CallTable.ts"
import { AbandonLedger } from "./AbandonLedger.ts"
import { CallingRules } from "./CallingRules.ts"
import { isShortRing } from "./findings.ts"
import { Reason, reasonNames } from "./Reason.ts"

/** Reasons that lie in the campaign, not in a contact: they may pass without the contact changing. */
const ofCampaign: ReadonlySet<number> = new Set([Reason.listStale, Reason.modeForbidden, Reason.callerId])

/** A campaign under its law: who may be called when, what was held back and why, and the windows of abandoned calls. */
export class Compliance {
  readonly law: CampaignLaw
  readonly calling: CallingRules
  readonly ledger: AbandonLedger
  /** How often a contact's turn came and it was held back, by reason. */
  readonly holds = new Float64Array(reasonNames.length)
  #allowance = Number.POSITIVE_INFINITY
  /** Until when the allowance holds if nothing is counted: windows are never shorter than a minute. */
  #allowanceUntil = Number.NEGATIVE_INFINITY

  constructor(law: CampaignLaw, ringMillisMax: number, mode: ModeName, detection: boolean) {
    this.law = law
    const { calendars, callerIdFits, campaignCalendars, composed, epochMillis, listsGoodUntil, tables, zone } = law
    this.calling = new CallingRules(composed, tables, zone, {
      ringMillisMax,
      calendars,
      campaignCalendars,
      epochMillis,
      mode,
      machinesDetected: detection,
      callerIdFits,
      listsGoodUntil
    })
    this.ledger = new AbandonLedger(
      composed.rules.abandon ?? [],
      tables,
      zone,
      { from: law.beganMillis ?? epochMillis, until: Number.POSITIVE_INFINITY },
      {
        lateCounts: composed.rules.connect?.lateCountsAbandoned === true,
        // A dialler without detection cannot tell whom it abandoned.
        abandonedIncludesMachines: !detection,
        clearsMachines: detection
      }
    )
  }

  /** Whether a reason lies in the campaign: then no contact is held, and nothing is dialled. */
  stopsCampaign(reason: number): boolean {
    return ofCampaign.has(reason)
  }

  /** How many more calls may be abandoned now before some ceiling is broken; Infinity without a ceiling to keep. */
  allowance(now: number): number {
    if (!this.law.enforceCeilings) return Number.POSITIVE_INFINITY
    if (now >= this.#allowanceUntil) {
      this.#allowance = this.ledger.allowanceLeft(now + this.law.epochMillis)
      this.#allowanceUntil = now + 60_000
    }
    return this.#allowance
  }

  #count(what: Parameters<AbandonLedger["add"]>[0], placedAt: number): void {
    this.ledger.add(what, placedAt + this.law.epochMillis)
    this.#allowanceUntil = Number.NEGATIVE_INFINITY
  }

  /** Somebody listened to a call taken for a machine, placed then, and says whether a person had answered. */
  sampled(isPerson: boolean, placedAt: number): void {
    this.#count("sampled", placedAt)
    if (isPerson) this.#count("samplePeople", placedAt)
  }

  placed(contact: number, now: number): void {
    this.calling.attempted(contact, now)
    this.ledger.add("attempts", now + this.law.epochMillis)
  }

  connected(calls: CallTable, call: number): void {
    this.#count((calls.flags[call] & CallFlag.late) === 0 ? "inTime" : "late", calls.placedAt[call])
  }

  /** No agent came in time; the message follows, or silence. */
  abandoned(calls: CallTable, call: number): void {
    const silent = (calls.flags[call] & CallFlag.silent) !== 0
    this.#count(silent ? "abandonedSilent" : "abandonedMessage", calls.placedAt[call])
  }

  /** The customer's leg is down; connected and abandoned calls were counted when they became so. */
  over(calls: CallTable, call: number, waitMillisMax: number): void {
    const outcome = calls.outcome[call]
    const placedAt = calls.placedAt[call]
    const late = calls.endedAt[call] - calls.answeredAt[call] > waitMillisMax
    if (outcome === Outcome.hungUpWaiting) this.#count(late ? "calleeLate" : "calleeEarly", placedAt)
    else if (outcome === Outcome.scripted) this.#count("inTime", placedAt)
    else if (outcome === Outcome.machine) {
      this.#count(calls.connectedAt[call] >= 0 ? "agentMachines" : "machines", placedAt)
    } else if (isShortRing(this.law.composed.rules, outcome, rangMillis(calls, call)))
      this.#count("shortRings", placedAt)
    this.calling.ended(calls.contact[call], outcome, calls.endedAt[call], late)
  }
}

const rangMillis = (calls: CallTable, call: number): number => {
  const since = calls.ringingAt[call] >= 0 ? calls.ringingAt[call] : calls.placedAt[call]
  return calls.endedAt[call] - since
}
