import { Effect, Stream } from "effect"
import type { CampaignState } from "../../dialler/CampaignState.ts"
import { Closed, type RestoredPast } from "../../dialler/ContactList.ts"
import { readFigures } from "../../dialler/learning/LearnedFigures.ts"
import { lookBackMillis, recallEnded, type RecalledCall, recallPlaced, recallSample } from "../../dialler/recall.ts"
import { closedNames, type ContactPast } from "../../domain/copyCampaign.ts"
import { type OutcomeName, outcomeNames } from "../../domain/Outcome.ts"
import { type ContactRow, contactRowsOf } from "../../store/floor/contactRows.ts"
import { callsSince, samplesOf } from "../../store/floor/pastCalls.ts"
import { type FloorWindow, runOf } from "../../store/floor/windows.ts"
import type { AttemptRow } from "../../store/schema.ts"
import { FloorCore } from "../floor/FloorCore.ts"
import { StoredContacts } from "./StoredContacts.ts"
import type { CampaignOpening, Opening, WindowSettings } from "./WindowSettings.ts"

/** A core and its contacts. */
export interface Begun {
  readonly core: FloorCore
  readonly contacts: StoredContacts
}

/**
 * The core of a window as it was at its beginning: the contacts it had then with what they had behind them, what the law
 * remembers, every campaign paused. All contacts are loaded, also those that came later. It gives the same each time.
 */
export const beginWindow = Effect.fn("beginWindow")(function* (window: FloorWindow) {
  const settings = window.settings as WindowSettings
  const opening = window.opening as Opening
  const contacts = new StoredContacts(settings, window.epoch)
  const core = new FloorCore(settings.dialler, settings.names, contacts)
  contacts.attach(core)
  for (const [index, each] of opening.campaigns.entries()) {
    core.dialler.pause(index, 0)
    yield* expect(core.dialler.campaigns[index], each)
    if (each.changed !== null) core.dialler.change(index, each.changed.mode, each.changed.pacing, 0)
    const known = settings.dialler.campaigns[index].known.segments
    for (const name of each.segmentsOff) core.dialler.switchSegment(index, known.indexOf(name), false, 0)
    yield* fill({ core, contacts }, index, each, window)
    yield* recall(core.dialler.campaigns[index], each, window)
    contacts.order(core.dialler, index, 0)
    contacts.filter(core.dialler, index, 0)
  }
  forget({ core, contacts })
  const begun: Begun = { core, contacts }
  return begun
})

/** The pacing expects what it had learnt in the window before. */
const expect = Effect.fnUntraced(function* ({ learned }: CampaignState, { learned: kept, name }: CampaignOpening) {
  if (kept === undefined || kept === null) return
  const figures = readFigures(kept, learned.figures)
  if (figures !== null) learned.begin(figures)
  else yield* Effect.logWarning(`${name}: what the pacing had learnt is of another version of Outpace; it learns anew`)
})

/** What was said so far is nobody's business any more: it has happened, or was done before. */
export const forget = ({ contacts, core }: Begun): void => {
  core.takeCommands()
  core.takeRecords()
  contacts.takeKept()
}

const fill = (begun: Begun, campaign: number, { contacts: count, name }: CampaignOpening, { epoch }: FloorWindow) =>
  Stream.runForEach(contactRowsOf(name), (row) =>
    Effect.sync(() => {
      begun.contacts.load(campaign, row)
      if (row.contact < count) enter(begun, campaign, row, epoch)
    })
  )

/** Puts a contact on its list as it was. */
const enter = ({ contacts, core }: Begun, campaign: number, row: ContactRow, epoch: number): void => {
  const { contact, forbidden, past, requested } = row
  const state = core.dialler.campaigns[campaign]
  const { list } = state
  const segment = contacts.segmentOf(campaign, row.segment)
  if (requested) list.request(segment)
  else list.add(1, segment)
  contacts.introduce(core.dialler, campaign, contact)
  if (past !== null) restore(state, contact, past, epoch)
  const lastAttemptAt = past?.lastAttemptAt ?? null
  if (lastAttemptAt !== null) contacts.calledAt(campaign, contact, lastAttemptAt)
  if (forbidden) list.withdraw(contact, Closed.doNotCall)
  if (forbidden || list.closedAs[contact] === Closed.doNotCall) state.compliance?.calling.forbid(contact)
  contacts.showNumber(core.dialler, campaign, contact)
}

const restore = ({ book, list }: CampaignState, contact: number, past: ContactPast, epoch: number): void => {
  const { promise } = past
  const dueAt = past.dueAt === null ? -1 : Math.max(0, past.dueAt - epoch)
  const restored: RestoredPast = {
    attempts: past.attempts,
    lastOutcome: past.lastOutcome === null ? 0 : codeOf(past.lastOutcome),
    reached: past.reached,
    number: Math.min(past.number, list.numbers[contact] - 1),
    closedAs: closedNames.indexOf(past.closedAs),
    dueAt,
    promise: promise === null ? null : { agent: promise.agent ?? -1, until: Math.max(0, promise.until - epoch) }
  }
  const counts = book.countedOutcomes.map((code) => past.attemptsBy[outcomeNames[code]] ?? 0)
  list.restore(contact, restored, counts)
  // Nobody else who was never called, nor talked to, waits without a promise.
  if (past.attempts === 0 && !past.reached && dueAt >= 0 && promise === null) list.refuse(contact, dueAt)
}

const codeOf = (outcome: OutcomeName): number => outcomeNames.indexOf(outcome)

/** Tells the law, and the numbers shown, of the calls of earlier windows that still matter to them. */
const recall = Effect.fnUntraced(function* (
  state: CampaignState,
  { contacts, name }: CampaignOpening,
  { epoch, id }: FloorWindow
) {
  const back = lookBackMillis(state)
  if (back === 0) return
  const ended: Array<RecalledCall> = []
  yield* Stream.runForEach(callsSince(name, epoch - back, runOf(id)), (row) =>
    Effect.sync(() => {
      if (row.contact >= contacts) return
      const call = recalled(row, epoch)
      recallPlaced(state, call)
      ended.push(call)
    })
  )
  for (const { isPerson, placedAt } of yield* samplesOf(name, id)) {
    if (placedAt >= epoch - back) recallSample(state, isPerson, placedAt - epoch)
  }
  ended.sort((a, b) => a.endedAt - b.endedAt)
  for (const call of ended) recallEnded(state, call)
})

const recalled = (row: AttemptRow, epoch: number): RecalledCall => ({
  contact: row.contact,
  placedAt: row.placedAt - epoch,
  answeredAt: row.answeredAt === null ? null : row.answeredAt - epoch,
  connectedAt: row.connectedAt === null ? null : row.connectedAt - epoch,
  endedAt: row.endedAt - epoch,
  outcome: codeOf(row.outcome as OutcomeName),
  late: row.late,
  silent: row.silent,
  callerId: row.callerId
})
