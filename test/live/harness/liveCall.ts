import { Effect, type Result, Stream } from "effect"
import type { LegHappening } from "../../../src/media/engine/protocol.ts"
import { Media } from "../../../src/media/Media.ts"
import type { MediaLeg } from "../../../src/media/MediaLeg.ts"
import {
  acceptAnswer,
  answerOffer,
  type LocalMedia,
  type RemoteMedia,
  writeOffer
} from "../../../src/media/sdp/offerAnswer.ts"
import type { Call, LegEvent } from "../../../src/sip/Leg.ts"
import { type InboundLeg, type Leg, Sip } from "../../../src/sip/Sip.ts"
import { until } from "./host.ts"

/** A call with its sound, and all that has happened on it so far. */
export interface LiveCall {
  readonly leg: Leg
  readonly media: MediaLeg
  readonly events: ReadonlyArray<LegEvent>
  readonly happenings: ReadonlyArray<LegHappening>
  /** Waits for an event of the call; dies after `seconds`. */
  readonly saw: (tag: LegEvent["_tag"], seconds?: number) => Effect.Effect<void>
  /** Waits for something that happens to its sound. */
  readonly heard: (kind: LegHappening["event"]["kind"], seconds?: number) => Effect.Effect<void>
  readonly keys: () => string
  /** Changes the direction: `sendonly` is hold. Answers with the far end's description. */
  readonly reoffer: (direction: LocalMedia["direction"]) => Effect.Effect<string>
}

/** A far end that has been silent for so long is reported. */
export const silenceMillis = 1_000

const openSound = Effect.gen(function* () {
  const media = yield* Media.use((service) => service.open({ silenceMillis }))
  const session = { sessionId: media.local.port, version: 1 }
  const local: LocalMedia = { ...media.local, ...session, laws: ["mulaw", "alaw"], direction: "sendrecv" }
  return { media, local }
})

/** Places a call and joins its sound to what the far end describes; it is ended with the scope. */
export const placeCall = Effect.fnUntraced(function* (call: Omit<Call, "sdp">) {
  const { local, media } = yield* openSound
  const leg = yield* Sip.use((sip) => sip.place({ ...call, sdp: writeOffer(local) }))
  return yield* follow(leg, media, local, call.to)
})

/** Answers a call to us and joins its sound to what the caller offers. */
export const answerCall = Effect.fnUntraced(function* (leg: InboundLeg) {
  const { local, media } = yield* openSound
  const call = yield* follow(leg, media, local, leg.from)
  const { answer, remote } = yield* Effect.orDie(Effect.fromResult(answerOffer(leg.offer, local)))
  yield* Effect.orDie(media.setRemote(remote))
  yield* leg.answer(answer)
  yield* call.saw("Answered")
  return call
})

const follow = Effect.fnUntraced(function* (leg: Leg, media: MediaLeg, offered: LocalMedia, name: string) {
  let local = offered
  const events: Array<LegEvent> = []
  const happenings: Array<LegHappening> = []
  const join = (remote: Result.Result<RemoteMedia, unknown>) =>
    Effect.orDie(Effect.flatMap(Effect.fromResult(remote), (agreed) => media.setRemote(agreed)))
  yield* Effect.forkScoped(
    Stream.runForEach(leg.events, (event) =>
      Effect.andThen(
        "sdp" in event && event.sdp !== "" ? join(acceptAnswer(event.sdp, local)) : Effect.void,
        Effect.sync(() => events.push(event))
      )
    )
  )
  yield* Effect.forkScoped(
    Stream.runForEach(media.events, (happening) => Effect.sync(() => happenings.push(happening)))
  )
  const saw = (tag: LegEvent["_tag"], seconds = 10) =>
    until(
      () => `${tag} to ${name}, after ${JSON.stringify(events)}`,
      () => events.some(({ _tag }) => _tag === tag),
      seconds
    )
  const heard = (kind: LegHappening["event"]["kind"], seconds = 10) =>
    until(
      () => `${kind} from ${name}, after ${JSON.stringify(happenings)}`,
      () => happenings.some(({ event }) => event.kind === kind),
      seconds
    )
  const keys = () => happenings.map(({ event }) => (event.kind === "key" ? event.key : "")).join("")
  const reoffer = Effect.fnUntraced(function* (direction: LocalMedia["direction"]) {
    local = { ...local, version: local.version + 1, direction }
    const answer = yield* leg.reoffer(writeOffer(local))
    yield* join(acceptAnswer(answer, local))
    return answer
  }, Effect.orDie)
  return { leg, media, events, happenings, saw, heard, keys, reoffer } satisfies LiveCall
})
