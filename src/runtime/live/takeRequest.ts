import { Effect, Queue } from "effect"
import type { E164 } from "../../domain/Contact.ts"
import type { Board } from "./Board.ts"
import type { InboundLine } from "./inboundLine.ts"

/**
 * Answers a caller who is put through to nobody, takes the request to be called back, plays the campaign's message and hangs
 * up. The request counts from the answer on, however little of the message is heard.
 */
export const takeRequest = (board: Board, campaign: number, caller: E164, inbound: InboundLine): Effect.Effect<void> =>
  Effect.andThen(
    inbound.answer,
    Effect.raceFirst(converse(board, campaign, caller, inbound), Effect.asVoid(inbound.line.leg.ended))
  )

const converse = Effect.fnUntraced(function* (board: Board, campaign: number, caller: E164, inbound: InboundLine) {
  const { events, line } = inbound
  let event = yield* Queue.take(events)
  while (event.kind !== "answered") {
    if (event.kind === "over" || event.kind === "noSound") return
    event = yield* Queue.take(events)
  }
  yield* board.requests.request(campaign, caller)
  const { closingMessage } = board.settings.campaigns[campaign]
  const playing = Effect.gen(function* () {
    const message = closingMessage === null ? null : yield* board.prompts.get(closingMessage, null, () => null)
    yield* line.media.play(message ?? board.prompts.silence)
  })
  yield* playing.pipe(
    Effect.scoped,
    Effect.catch(({ message }) => Effect.logWarning(`a caller did not hear the closing message: ${message}`))
  )
})
