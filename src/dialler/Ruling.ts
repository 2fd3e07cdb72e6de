import { Outcome } from "../domain/Outcome.ts"
import type { CampaignState } from "./CampaignState.ts"
import { Closed } from "./ContactList.ts"
import type { CoreState } from "./CoreState.ts"
import { AttemptFacts } from "./AttemptFacts.ts"
import { anyone } from "./Appointments.ts"
import { notPlain } from "./rules/PlainRetries.ts"
import { type Verdict, VerdictKind } from "./rules/Verdict.ts"

/** After an attempt the rules of the campaign are asked, and what they say of the contact is done. */
export class Ruling {
  readonly #core: CoreState
  /** By campaign. */
  readonly #facts: ReadonlyArray<AttemptFacts>

  constructor(core: CoreState) {
    this.#core = core
    this.#facts = core.campaigns.map((campaign) => new AttemptFacts(campaign, core.startMinutes, core.port))
  }

  /** Decides what becomes of the contact of a call that is over; returns when it is due again, or -1. */
  decide(campaign: CampaignState, call: number, now: number): number {
    const { calls } = this.#core
    const { book, list } = campaign
    const contact = calls.contact[call]
    const outcome = calls.outcome[call]
    list.lastOutcome[contact] = outcome
    const countsAt = contact * list.ruleCount
    book.count(list.byRule, countsAt, outcome)
    if (calls.disposition[call] < 0 && list.closedAs[contact] === Closed.not) {
      const plain = book.plain.dueAt(outcome, list.attempts[contact], list.byRule, countsAt, now)
      if (plain !== notPlain) return this.#plainly(campaign, contact, outcome, plain)
    }
    return this.#obey(campaign, call, this.#ask(campaign, call, now))
  }

  /**
   * The same after a talk with somebody who had called us, or was handed on: no attempt is counted. Where the contact is not
   * this call's to decide on (`isOurs`), nothing counts but that it is never to be called again.
   */
  afterArrival(campaign: CampaignState, call: number, isOurs: boolean, now: number): number {
    const { calls } = this.#core
    const { book, list } = campaign
    const contact = calls.contact[call]
    const outcome = calls.outcome[call]
    const isPlain = calls.disposition[call] < 0 && list.closedAs[contact] === Closed.not
    if (isPlain && isOurs) {
      const plain = book.plain.dueAt(outcome, list.attempts[contact], list.byRule, contact * list.ruleCount, now)
      if (plain !== notPlain) return this.#plainly(campaign, contact, outcome, plain)
    }
    const verdict = this.#ask(campaign, call, now)
    if (isOurs) return this.#obey(campaign, call, verdict)
    const as = verdict.doNotCall ? Closed.doNotCall : verdict.kind === VerdictKind.removed ? Closed.removed : Closed.not
    if (as === Closed.not) return -1
    if (campaign.settings.rules !== null) this.#core.port.ruled(call, verdict)
    if (as === Closed.doNotCall) campaign.compliance?.calling.forbid(contact)
    list.withdraw(contact, as)
    return -1
  }

  /** What the rules say of a call that is over. */
  #ask(campaign: CampaignState, call: number, now: number): Verdict {
    const { calls } = this.#core
    const { book, list } = campaign
    const contact = calls.contact[call]
    const facts = this.#facts[campaign.index]
    facts.contact = contact
    facts.call = call
    facts.outcome = calls.outcome[call]
    facts.disposition = calls.disposition[call]
    facts.attempts = list.attempts[contact]
    facts.counts = list.byRule
    facts.countsAt = contact * list.ruleCount
    facts.segment = list.segment[contact]
    facts.now = now
    facts.askedAt = calls.askedAt[call]
    return book.decide(facts)
  }

  #obey(campaign: CampaignState, call: number, verdict: Verdict): number {
    // Rules made of retry settings have names nobody gave them.
    if (verdict.ranCount > 0 && campaign.settings.rules !== null) this.#core.port.ruled(call, verdict)
    if (verdict.segment >= 0) campaign.list.move(this.#core.calls.contact[call], verdict.segment)
    return this.#follow(campaign, call, verdict)
  }

  #plainly({ list }: CampaignState, contact: number, outcome: number, dueAt: number): number {
    if (dueAt < 0) list.close(contact, closedBy(VerdictKind.finished, outcome))
    else list.retry(contact, dueAt)
    return dueAt
  }

  #follow(campaign: CampaignState, call: number, verdict: Verdict): number {
    const { calls, port } = this.#core
    const { list } = campaign
    const contact = calls.contact[call]
    if (verdict.doNotCall) campaign.compliance?.calling.forbid(contact)
    const withdrawn = list.closedAs[contact]
    if (withdrawn !== Closed.not) {
      list.close(contact, verdict.doNotCall ? Closed.doNotCall : withdrawn)
      return -1
    }
    if (verdict.kind === VerdictKind.again) return this.#again(campaign, call, verdict)
    if (verdict.kind === VerdictKind.moved) port.moved(campaign.index, contact, verdict.campaign)
    list.close(contact, verdict.doNotCall ? Closed.doNotCall : closedBy(verdict.kind, calls.outcome[call]))
    return -1
  }

  #again(campaign: CampaignState, call: number, verdict: Verdict): number {
    const { list } = campaign
    const { dueAt } = verdict
    const contact = this.#core.calls.contact[call]
    if (verdict.nextNumber) list.number[contact] = (list.number[contact] + 1) % list.numbers[contact]
    const agent = verdict.sameAgent ? this.#core.calls.agent[call] : anyone
    // A time somebody was promised, or an agent who is to keep it: the call gets an agent before it is placed.
    if (agent !== anyone) list.promise(contact, dueAt, dueAt + verdict.windowMillis, agent)
    else if (verdict.asked) list.promise(contact, dueAt, dueAt, anyone)
    else {
      list.retry(contact, dueAt)
      return dueAt
    }
    this.#core.expect(campaign, dueAt)
    return dueAt
  }
}

const closedBy = (kind: number, outcome: number): number => {
  if (kind === VerdictKind.moved) return Closed.moved
  if (kind === VerdictKind.removed) return Closed.removed
  return outcome === Outcome.invalid ? Closed.invalid : Closed.byRule
}
