import { Effect, FiberSet, Queue, Result, Schema, Stream } from "effect"
import { campaignNumbers, type CampaignNumbers, matchInbound } from "../../contacts/inbound.ts"
import { NumberIndex } from "../../contacts/NumberIndex.ts"
import type { E164 } from "../../domain/Contact.ts"
import { answerOffer, writeOffer } from "../../media/sdp/offerAnswer.ts"
import type { InboundLeg } from "../../sip/Sip.ts"
import type { Board } from "./Board.ts"
import { Course, joinLine, type Line, type LineEvent, localOf } from "./Line.ts"

/** A number that two campaigns claim. */
export class NumbersTaken extends Schema.TaggedError<NumbersTaken>()("NumbersTaken", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}

/** What those are told who cannot be served: RFC 3261 §21.4, and RFC 5079 for a number that is withheld. */
const statuses = { phone: 403, unknown: 404, unserved: 480, busy: 486, noSound: 488, withheld: 433 }

/**
 * Takes calls to us while the scope is open. Whoever calls a campaign that calls back hears its message, is on its list from
 * then on, and is hung up; everybody else is turned away.
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
  yield* Effect.forkScoped(
    Stream.runForEach(board.sip.inbound, (leg) =>
      Effect.gen(function* () {
        const isBusy = (yield* FiberSet.size(calls)) >= limits.inboundMax
        const served = isBusy ? Effect.asVoid(leg.reject(statuses.busy)) : serve(board, numbers, leg)
        // Whatever happens, no call is left ringing or up.
        yield* FiberSet.run(calls, Effect.ensuring(served, leg.hangUp))
      })
    )
  )
})

const nobody = new NumberIndex()

const serve = (board: Board, numbers: CampaignNumbers, leg: InboundLeg): Effect.Effect<void> => {
  const { agents, campaigns, country } = board.settings
  const turnAway = (status: number) => Effect.asVoid(leg.reject(status))
  if (agents.some(({ user }) => user === leg.from)) return turnAway(statuses.phone)
  const { campaign, number } = matchInbound({ dialled: leg.to, caller: leg.from, country }, numbers, nobody)
  if (campaign === null) return turnAway(statuses.unknown)
  const index = campaigns.findIndex(({ name }) => name === campaign)
  if (!campaigns[index].takesRequests) return turnAway(statuses.unserved)
  if (number === null) return turnAway(statuses.withheld)
  return take(board, index, number, leg).pipe(
    Effect.scoped,
    Effect.catch(({ message }) =>
      Effect.andThen(Effect.logWarning(`a caller was not served: ${message}`), turnAway(statuses.noSound))
    ),
    Effect.catchDefect((defect) => Effect.logError("a call to us broke down", defect))
  )
}

const take = Effect.fnUntraced(function* (board: Board, campaign: number, caller: E164, leg: InboundLeg) {
  const events = yield* Queue.unbounded<LineEvent>()
  const tell = (event: LineEvent) => Effect.asVoid(Queue.offer(events, event))
  const media = yield* board.media.open({ silenceMillis: null })
  const local = yield* localOf(media)
  const course = new Course(local)
  // A caller without an offer wants ours.
  let description = writeOffer(local)
  if (leg.offer !== "") {
    const { answer, remote } = yield* Effect.fromResult(answerOffer(leg.offer, local))
    yield* media.setRemote(remote)
    course.remote = remote
    description = answer
  }
  const line = yield* joinLine(tell, media, leg, course)
  yield* leg.answer(description)
  yield* Effect.raceFirst(converse(board, campaign, caller, line, events), leg.ended)
})

/** The request counts from the answer on, however little of the message is heard. */
const converse = Effect.fnUntraced(function* (
  board: Board,
  campaign: number,
  caller: E164,
  { media }: Line,
  events: Queue.Dequeue<LineEvent>
) {
  let event = yield* Queue.take(events)
  while (event.kind !== "answered") {
    if (event.kind === "over" || event.kind === "noSound") return
    event = yield* Queue.take(events)
  }
  yield* board.requests.request(campaign, caller)
  const { requestMessage } = board.settings.campaigns[campaign]
  const message = requestMessage === null ? null : yield* board.prompts.get(requestMessage, null, () => null)
  yield* media.play(message ?? board.prompts.silence)
})
