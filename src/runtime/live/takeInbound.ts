import { Deferred, Effect, FiberSet, Result, Schema, Stream } from "effect"
import { campaignNumbers, type CampaignNumbers, matchInbound } from "../../contacts/inbound.ts"
import { NumberIndex } from "../../contacts/NumberIndex.ts"
import type { E164 } from "../../domain/Contact.ts"
import type { InboundLeg } from "../../sip/Sip.ts"
import type { Board } from "./Board.ts"
import { openInbound } from "./inboundLine.ts"
import { serveArrival } from "./serveCall.ts"
import { takeRequest } from "./takeRequest.ts"

/** A number that two campaigns claim. */
export class NumbersTaken extends Schema.TaggedError<NumbersTaken>()("NumbersTaken", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}

/** What those are told who cannot be served: RFC 3261 §21.4, and RFC 5079 for a number that is withheld. */
const statuses = { phone: 403, unknown: 404, unserved: 480, busy: 486, noSound: 488, withheld: 433 }

/**
 * Takes calls to us while the scope is open. Whoever calls a campaign with a queue is a call of the core from then on, if it
 * wants it; whoever else calls a campaign that calls back hears its message, is on its list from then on, and is hung up;
 * everybody else is turned away.
 */
export const takeInbound = Effect.fnUntraced(function* (board: Board) {
  const { campaigns, country, limits } = board.settings
  const rows = campaigns.flatMap(({ name, numbersDialled }) => numbersDialled.map((number) => [number, name] as const))
  const numbers = yield* Effect.fromResult(
    Result.mapError(
      campaignNumbers(rows, country),
      ({ campaigns: both, number }) =>
        new NumbersTaken({ sentence: `the number ${number} is dialled for two campaigns: ${both.join(" and ")}` })
    )
  )
  const calls = yield* FiberSet.make<void>()
  // Callers who are with nobody yet.
  const entrance = new Set<InboundLeg>()
  yield* Effect.forkScoped(
    Stream.runForEach(board.sip.inbound, (leg) =>
      Effect.gen(function* () {
        const isBusy = entrance.size >= limits.inboundMax
        if (!isBusy) entrance.add(leg)
        const isIn = Effect.sync(() => void entrance.delete(leg))
        const served = isBusy ? Effect.asVoid(leg.reject(statuses.busy)) : serve(board, numbers, leg, isIn)
        // Whatever happens, no call is left ringing or up.
        yield* FiberSet.run(calls, Effect.ensuring(served, Effect.ensuring(leg.hangUp, isIn)))
      })
    )
  )
})

const nobody = new NumberIndex()

/** `isIn`: to be done when the core has taken the call. */
const serve = (
  board: Board,
  numbers: CampaignNumbers,
  leg: InboundLeg,
  isIn: Effect.Effect<void>
): Effect.Effect<void> => {
  const { agents, campaigns, country } = board.settings
  const turnAway = (status: number) => Effect.asVoid(leg.reject(status))
  if (agents.some(({ user }) => user === leg.from)) return turnAway(statuses.phone)
  const { campaign: name, number } = matchInbound({ dialled: leg.to, caller: leg.from, country }, numbers, nobody)
  if (name === null) return turnAway(statuses.unknown)
  const campaign = campaigns.findIndex((each) => each.name === name)
  const { putsThrough, takesRequests } = campaigns[campaign]
  if (!putsThrough && !takesRequests) return turnAway(statuses.unserved)
  if (!putsThrough && number === null) return turnAway(statuses.withheld)
  return put(board, { campaign, number, leg, isIn }).pipe(
    Effect.scoped,
    Effect.catch(({ message }) =>
      Effect.andThen(Effect.logWarning(`a caller was not served: ${message}`), turnAway(statuses.noSound))
    ),
    Effect.catchDefect((defect) => Effect.logError("a call to us broke down", defect))
  )
}

interface Caller {
  /** Its number in the core. */
  readonly campaign: number
  /** Null where it is withheld. */
  readonly number: E164 | null
  readonly leg: InboundLeg
  readonly isIn: Effect.Effect<void>
}

const put = Effect.fnUntraced(function* (board: Board, { campaign, isIn, leg, number }: Caller) {
  const { limits } = board.settings
  const { putsThrough, takesRequests } = board.settings.campaigns[campaign]
  const inbound = yield* openInbound(board, leg, putsThrough ? limits.silenceMillis : null)
  const call = putsThrough ? yield* arrive(board, campaign, number) : null
  if (call !== null) {
    yield* isIn
    return yield* serveArrival(board, call, inbound)
  }
  if (takesRequests && number !== null) yield* takeRequest(board, campaign, number, inbound)
  else yield* leg.reject(statuses.unserved)
})

/** Tells the core of a caller, and waits for its word: the call it is from now on, or null. */
const arrive = Effect.fnUntraced(function* (board: Board, campaign: number, number: E164 | null) {
  const contact = yield* board.callers.contactOf(campaign, number)
  if (contact === undefined) return null
  const verdict = board.doors.knock(campaign, contact)
  yield* board.tell({ kind: "arrives", campaign, contact })
  const call = yield* Deferred.await(verdict)
  if (call !== null) call.number = number ?? undefined
  return call
})
