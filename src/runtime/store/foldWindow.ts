import { Effect, Stream } from "effect"
import type { CampaignState } from "../../dialler/CampaignState.ts"
import { ContactState } from "../../dialler/ContactList.ts"
import { closedNames, type ContactPast } from "../../domain/copyCampaign.ts"
import { contactStates } from "../../domain/Filter.ts"
import { type OutcomeName, outcomeNames } from "../../domain/Outcome.ts"
import { type ContactRow, contactRowsOf, keepPasts } from "../../store/floor/contactRows.ts"
import { outcomesOf } from "../../store/floor/pastCalls.ts"
import { type FloorWindow, runOf } from "../../store/floor/windows.ts"
import type { Begun } from "./beginWindow.ts"
import type { WindowSettings } from "./WindowSettings.ts"

/** Contacts written at a time. */
const chunkSize = 1_000

/**
 * Makes what happened in a window the past of its contacts. Nothing may be in hand. `agentOf`: who an agent of the window is
 * in the next one, -1 for nobody.
 */
export const foldWindow = Effect.fn("foldWindow")(function* (
  begun: Begun,
  window: FloorWindow,
  agentOf: (agent: number) => number
) {
  const { dialler } = window.settings as WindowSettings
  for (const [campaign, { name }] of dialler.campaigns.entries()) {
    yield* contactRowsOf(name).pipe(
      Stream.grouped(chunkSize),
      Stream.runForEach((rows) => foldContacts(begun, window, campaign, rows, agentOf))
    )
  }
})

const foldContacts = Effect.fnUntraced(function* (
  { contacts, core }: Begun,
  { epoch, id, settings }: FloorWindow,
  campaign: number,
  rows: ReadonlyArray<ContactRow>,
  agentOf: (agent: number) => number
) {
  const state = core.dialler.campaigns[campaign]
  const { name } = (settings as WindowSettings).dialler.campaigns[campaign]
  const { list } = state
  const told = rows.filter(({ contact }) => contact < list.size)
  if (told.length === 0) return
  const outcomes = yield* outcomesOf(runOf(id), name, told[0].contact, told[told.length - 1].contact + 1)
  const pasts = told.flatMap((row) => {
    const { contact } = row
    const segment = segmentName(state, list.segment[contact], row.segment)
    if (isUntouched(state, row) && segment === row.segment) return []
    const attemptsBy: Partial<Record<OutcomeName, number>> = { ...row.past?.attemptsBy }
    for (const { count, outcome } of outcomes.get(contact) ?? []) {
      attemptsBy[outcome] = (attemptsBy[outcome] ?? 0) + count
    }
    const lastAttemptAt = contacts.lastAttemptAt(campaign, contact)
    const past: ContactPast = { ...pastOf(state, contact, epoch, agentOf), attemptsBy, lastAttemptAt }
    return [{ contact, segment, requested: list.isRequest(contact), past }]
  })
  yield* keepPasts(name, pasts)
})

/** Of most contacts of a long list there is nothing to say. */
const isUntouched = ({ list }: CampaignState, { changed, contact, past }: ContactRow): boolean =>
  past === null && changed === null && list.attempts[contact] === 0 && list.state[contact] === ContactState.fresh

const segmentName = ({ settings }: CampaignState, segment: number, otherwise: string): string =>
  settings.known.segments[segment] ?? otherwise

/** Instants are Unix milliseconds. */
const pastOf = (
  { list }: CampaignState,
  contact: number,
  epoch: number,
  agentOf: (agent: number) => number
): Omit<ContactPast, "attemptsBy" | "lastAttemptAt"> => {
  const attempts = list.attempts[contact]
  const promised = list.promises.has(contact)
  const isPlanned = list.state[contact] === ContactState.retry
  // One never called nor talked to that was held back is what it was: its turn comes, and the law is asked again.
  const isReached = list.reached[contact] !== 0
  const waits = isPlanned && (attempts > 0 || promised || isReached || list.isRefused(contact))
  const agent = promised ? agentOf(list.promises.agentOf(contact)) : -1
  return {
    state: isPlanned && !waits ? "fresh" : contactStates[list.state[contact]],
    attempts,
    lastOutcome: attempts === 0 ? null : outcomeNames[list.lastOutcome[contact]],
    reached: isReached,
    dueAt: waits ? epoch + list.dueAt[contact] : null,
    promise: promised ? { agent: agent < 0 ? null : agent, until: epoch + list.promises.untilOf(contact) } : null,
    closedAs: closedNames[list.closedAs[contact]],
    number: list.number[contact]
  }
}
