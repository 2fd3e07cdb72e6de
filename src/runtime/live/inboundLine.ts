import { Effect, Queue } from "effect"
import { answerOffer, writeOffer } from "../../media/sdp/offerAnswer.ts"
import type { InboundLeg } from "../../sip/Sip.ts"
import type { Board } from "./Board.ts"
import { Course, joinLine, type Line, type LineEvent, localOf } from "./Line.ts"

/** A call to us whose sound is agreed on, and that is not answered yet. */
export interface InboundLine {
  readonly line: Line
  readonly events: Queue.Dequeue<LineEvent>
  readonly answer: Effect.Effect<void>
}

/** Opens the sound of a call to us, while the scope is open. Fails where none can be agreed on. */
export const openInbound = Effect.fnUntraced(function* (board: Board, leg: InboundLeg, silenceMillis: number | null) {
  const events = yield* Queue.unbounded<LineEvent>()
  const tell = (event: LineEvent) => Effect.asVoid(Queue.offer(events, event))
  const media = yield* board.media.open({ silenceMillis })
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
  const inbound: InboundLine = { line, events, answer: leg.answer(description) }
  return inbound
})
