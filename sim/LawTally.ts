import { AbandonLedger } from "../src/dialler/compliance/AbandonLedger.ts"
import type { Compliance } from "../src/dialler/compliance/Compliance.ts"
import type { RawVector } from "../src/dialler/compliance/RawVector.ts"
import { localDay } from "../src/dialler/compliance/localTime.ts"
import { reasonNames } from "../src/dialler/compliance/Reason.ts"
import { CallFlag, type CallTable, recordedOutcome } from "../src/dialler/CallTable.ts"
import type { CampaignState } from "../src/dialler/CampaignState.ts"
import { Outcome } from "../src/domain/Outcome.ts"
import type { LawFigures, Standing, WindowFigures } from "../src/domain/LawFigures.ts"
import type { AbandonRule } from "../src/domain/compliance/Rules.ts"
import type { CampaignScenario } from "./Scenario.ts"

/** A call of a campaign that was taken for a machine was listened to; it was placed at `placedAt`. */
export type Heard = (campaign: number, isPerson: boolean, placedAt: number) => void

/**
 * A campaign's ceilings by what really became of its calls, beside the ledger of the dialler, which must estimate: it cannot
 * tell whom it abandoned without listening, nor whom its detection cut off. Also the people who listen to recordings.
 */
export class LawTally {
  readonly #campaign: CampaignState
  readonly #compliance: Compliance
  readonly #truth: AbandonLedger
  /** The rules of the truth in the order of the law's. */
  readonly #rules: ReadonlyArray<AbandonRule>
  readonly #heardShare: number
  /** Recordings that should have been listened to by now; the first one always is. */
  #heardDue = 1
  readonly #heard: Heard

  constructor(campaign: CampaignState, compliance: Compliance, scenario: CampaignScenario, heard: Heard) {
    this.#heard = heard
    const { composed, epochMillis, tables, zone } = compliance.law
    this.#campaign = campaign
    this.#compliance = compliance
    this.#heardShare = scenario.people.detection.heard ?? 0
    // Who knows every person taken for a machine needs no upper bound.
    this.#rules = (composed.rules.abandon ?? []).map((rule) =>
      rule.includeAmdFalse === "upper" ? { ...rule, includeAmdFalse: "estimate" } : { ...rule }
    )
    this.#truth = new AbandonLedger(
      this.#rules,
      tables,
      zone,
      { from: epochMillis, until: Number.POSITIVE_INFINITY },
      {
        lateCounts: composed.rules.connect?.lateCountsAbandoned === true,
        abandonedIncludesMachines: false,
        clearsMachines: true
      }
    )
  }

  /** The attempt is complete. */
  attempt(calls: CallTable, call: number): void {
    const dialledAt = calls.placedAt[call] + this.#compliance.law.epochMillis
    const outcome = recordedOutcome(calls, call)
    this.#truth.add("attempts", dialledAt)
    const became = this.#becameOf(calls, call, outcome)
    if (became !== null) this.#truth.add(became, dialledAt)
    if (outcome !== Outcome.machine || calls.connectedAt[call] >= 0) return
    const isPerson = (calls.flags[call] & CallFlag.machineFalse) !== 0
    this.#truth.add("sampled", dialledAt)
    if (isPerson) this.#truth.add("samplePeople", dialledAt)
    if (calls.outcome[call] === Outcome.machine) this.#listen(isPerson, calls.placedAt[call])
  }

  #becameOf(calls: CallTable, call: number, outcome: number): keyof RawVector | null {
    const flags = calls.flags[call]
    switch (outcome) {
      case Outcome.connected:
        return (flags & CallFlag.late) === 0 ? "inTime" : "late"
      case Outcome.abandoned:
        return (flags & CallFlag.silent) === 0 ? "abandonedMessage" : "abandonedSilent"
      case Outcome.hungUpWaiting: {
        const waited = calls.endedAt[call] - calls.answeredAt[call]
        return waited > this.#campaign.settings.waitMillisMax ? "calleeLate" : "calleeEarly"
      }
      case Outcome.scripted:
        return (flags & CallFlag.machineAnswered) === 0 ? "inTime" : null
      case Outcome.machine:
        // Never counted as put through, so not to be taken off again.
        return calls.connectedAt[call] < 0 ? "machines" : null
      default:
        return null
    }
  }

  /** Somebody listens to every so many calls that were taken for machines, and tells the dialler who it was. */
  #listen(isPerson: boolean, placedAt: number): void {
    if (this.#heardShare === 0) return
    const isDue = this.#heardDue >= 1
    this.#heardDue += this.#heardShare - (isDue ? 1 : 0)
    if (!isDue) return
    this.#heard(this.#campaign.index, isPerson, placedAt)
  }

  /** What the law did up to `now`. */
  figures(now: number): LawFigures {
    const { holds, law } = this.#compliance
    const { list } = this.#campaign
    const held = new Float64Array(reasonNames.length)
    for (let contact = 0; contact < list.size; contact += 1) {
      // Whose time has come is held back by nothing but the others before it.
      if (list.dueAt[contact] > now) held[list.held[contact]] += 1
    }
    held[0] = 0
    const reports = this.#compliance.ledger.reports()
    return {
      from: law.composed.from,
      holds: byReason(holds),
      heldAtEnd: byReason(held),
      shortRings: this.#shortRings(reports),
      windows: this.#windows(reports)
    }
  }

  /** Every track counts them all, so one of them will do. */
  #shortRings(reports: ReturnType<AbandonLedger["reports"]>): number {
    const rule = reports.at(0)?.rule
    return reports.reduce((sum, each) => sum + (each.rule === rule ? each.vector.shortRings : 0), 0)
  }

  #windows(reports: ReturnType<AbandonLedger["reports"]>): ReadonlyArray<WindowFigures> {
    const rules = this.#compliance.law.composed.rules.abandon ?? []
    const truths = this.#truth.reports()
    return reports.map((report) => {
      const { rule, window } = report
      const own = this.#rules[rules.indexOf(rule)]
      const truth = truths.find((each) => each.rule === own && each.window.index === window.index)
      const dayOf = this.#dayOf(rule)
      return {
        rule,
        fromDay: dayOf(window.from),
        untilDay: dayOf(window.until),
        truth: truth === undefined ? nothing : standing(truth),
        ledger: standing(report)
      }
    })
  }

  /** Local days of the windows of a rule. */
  #dayOf(rule: AbandonRule): (instant: number) => number {
    const { tables, zone } = this.#compliance.law
    const id = rule.window.zone ?? zone
    const table = tables.find((each) => each.id === id)
    if (table === undefined) throw new Error(`the law knows no time zone ${id}`)
    return (instant) => (instant === Number.POSITIVE_INFINITY ? instant : localDay(table, instant))
  }
}

/** Before the first call of a window is over. */
const nothing: Standing = { verdict: "green", ratio: Number.NaN, numerator: 0, base: 0, allowanceLeft: 0 }

const standing = ({ allowanceLeft, base, numerator, ratio, verdict }: Standing): Standing => ({
  verdict,
  ratio,
  numerator,
  base,
  allowanceLeft
})

const byReason = (counts: Float64Array): Readonly<Record<string, number>> =>
  Object.fromEntries(reasonNames.flatMap((name, reason) => (counts[reason] > 0 ? [[name, counts[reason]]] : [])))
