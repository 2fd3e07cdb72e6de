import { Clock, Effect, Result, type Scope, Stream } from "effect"
import type { AnsweringMachineSettings } from "../../media/detection/AnsweringMachine.ts"
import type { LegEvent as HeardEvent } from "../../media/engine/protocol.ts"
import type { Media } from "../../media/Media.ts"
import type { LegError } from "../../media/MediaError.ts"
import type { MediaLeg } from "../../media/MediaLeg.ts"
import {
  acceptAnswer,
  answerOffer,
  type LocalMedia,
  type RemoteMedia,
  writeOffer
} from "../../media/sdp/offerAnswer.ts"
import type { LegEvent } from "../../sip/Leg.ts"
import type { FinalEvent, Leg } from "../../sip/Sip.ts"

/** What happens on a line; ends with one `over`. */
export type LineEvent =
  | { readonly kind: "ringing" }
  /** Its sound is connected. `at`: when the answer came, of the monotonic clock in milliseconds. */
  | { readonly kind: "answered"; readonly at: number }
  /** There can be no sound, as the answer shows, or no longer. */
  | { readonly kind: "noSound"; readonly sentence: string }
  /** `byInfo`: told beside the sound, so nobody bridged to it has heard it. */
  | { readonly kind: "key"; readonly key: string; readonly byInfo: boolean }
  /** The far end has put us on hold, or taken us back. */
  | { readonly kind: "held" | "resumed" }
  /** No sound has come for the time the line was opened with, and the far end does not say that it is still there. */
  | { readonly kind: "silent" }
  | { readonly kind: "verdict"; readonly isMachine: boolean }
  | { readonly kind: "recordingFailed"; readonly sentence: string }
  | { readonly kind: "over"; readonly final: FinalEvent }

/** A call and its sound. */
export interface Line {
  readonly leg: Leg
  readonly media: MediaLeg
  /** Listens for keys where they come as sound, and for a machine if asked to; anew each time. */
  readonly listen: (machine: AnsweringMachineSettings | null) => Effect.Effect<void, LegError>
}

/** How the call itself begins: with our description. */
export type Place<E, R> = (sdp: string) => Effect.Effect<Leg, E, R>

/** Takes what happens, in order; must not wait for the line. */
export type Tell = (event: LineEvent) => Effect.Effect<void>

export interface LineOptions {
  readonly silenceMillis: number | null
  readonly tell: Tell
}

/** Opens the sound of a call, and then begins it. With the scope the call is ended, which is waited for, then the sound. */
export const openLine = Effect.fnUntraced(function* <E, R>(
  { open }: Pick<Media["Service"], "open">,
  options: LineOptions,
  place: Place<E, R>
) {
  const media = yield* open({ silenceMillis: options.silenceMillis })
  const local = yield* localOf(media)
  const leg = yield* place(writeOffer(local))
  return yield* joinLine(options.tell, media, leg, new Course(local))
})

/** Our side of a sound that is open. */
export const localOf = (media: MediaLeg): Effect.Effect<LocalMedia> =>
  Effect.map(Clock.currentTimeMillis, (sessionId) => ({
    ...media.local,
    sessionId,
    version: 1,
    laws: ["alaw", "mulaw"],
    direction: "sendrecv"
  }))

const sameKeyMillis = 400
const noKey = { key: "", byInfo: false, at: -Infinity }

/** What is known of the far end. */
export class Course {
  readonly local: LocalMedia
  remote: RemoteMedia | undefined
  /** The key told last. */
  last = noKey
  /** The far end is being asked whether it is there. */
  isAsking = false

  constructor(local: LocalMedia) {
    this.local = local
  }

  /** Whether the far end listens to us. */
  get isHeld(): boolean {
    return this.remote?.sends === false
  }

  /** Some far ends tell each key both by INFO and with the sound: whether this one was told the other way just now. */
  isKnown(key: string, byInfo: boolean, now: number): boolean {
    const { last } = this
    const isKnown = last.key === key && last.byInfo !== byInfo && now - last.at < sameKeyMillis
    this.last = isKnown ? noKey : { key, byInfo, at: now }
    return isKnown
  }
}

/** Goes with a call and its sound while the scope is open. */
export const joinLine = Effect.fnUntraced(function* (
  tell: Tell,
  media: MediaLeg,
  leg: Leg,
  course: Course
): Effect.fn.Return<Line, never, Scope.Scope> {
  const scope = yield* Effect.scope
  const ask = askWhether(tell, leg, course)
  const silent = Effect.suspend(() => (course.isAsking ? Effect.void : Effect.asVoid(Effect.forkIn(ask, scope))))
  yield* Effect.forkScoped(
    Effect.andThen(
      Stream.runForEach(media.events, ({ event }) => tellHeard(event, course, tell, silent)),
      // Only the end of all sound comes before that of the scope.
      tell({ kind: "noSound", sentence: "the audio has stopped" })
    )
  )
  yield* Effect.forkScoped(Stream.runForEach(leg.events, (event) => follow(event, media, course, tell)))
  const listen = (machine: AnsweringMachineSettings | null) =>
    media.listen({ keys: course.remote?.keysIn === null, tones: false, answeringMachine: machine })
  return { leg, media, listen }
})

const pressed = (key: string, byInfo: boolean, course: Course, tell: Tell): Effect.Effect<void> =>
  Effect.flatMap(monotonicMillis, (now) =>
    course.isKnown(key, byInfo, now) ? Effect.void : tell({ kind: "key", key, byInfo })
  )

/** Whoever is muted may send nothing at all (RFC 3551 §4.1): only who does not answer is gone. */
const askWhether = (tell: Tell, leg: Leg, course: Course): Effect.Effect<void> =>
  Effect.suspend(() => {
    course.isAsking = true
    return Effect.flatMap(leg.isThere, (isThere) => (isThere ? Effect.void : tell({ kind: "silent" })))
  }).pipe(Effect.ensuring(Effect.sync(() => (course.isAsking = false))))

const tellHeard = (event: HeardEvent, course: Course, tell: Tell, silent: Effect.Effect<void>): Effect.Effect<void> => {
  switch (event.kind) {
    case "key":
      return pressed(event.key, false, course, tell)
    case "silent":
      return silent
    case "answeringMachine":
      // Whoever may be a person is treated as one.
      return tell({ kind: "verdict", isMachine: event.verdict.verdict === "machine" })
    case "recordingFailed":
      return tell({ kind: "recordingFailed", sentence: event.sentence })
    default:
      return Effect.void
  }
}

const follow = (event: LegEvent, media: MediaLeg, course: Course, tell: Tell): Effect.Effect<void> => {
  switch (event._tag) {
    case "Ringing":
    case "EarlyMedia":
      return tell({ kind: "ringing" })
    case "Answered":
      return answered(event.sdp, media, course, tell)
    case "Key":
      return pressed(event.key, true, course, tell)
    case "Reoffered":
      return reoffered(event.sdp, media, course, tell)
    case "Failed":
    case "Ended":
      return tell({ kind: "over", final: event })
  }
}

/** Of a call to us whose caller wanted our offer the answer comes now; of any other we know the offer already. */
const answered = (sdp: string, media: MediaLeg, course: Course, tell: Tell): Effect.Effect<void> =>
  Effect.flatMap(monotonicMillis, (at) => {
    if (course.remote !== undefined || sdp === "") return tell({ kind: "answered", at })
    return Effect.matchEffect(setRemote(acceptAnswer(sdp, course.local), media, course), {
      onSuccess: () => tell({ kind: "answered", at }),
      onFailure: ({ message }) => tell({ kind: "noSound", sentence: message })
    })
  })

const reoffered = (sdp: string, media: MediaLeg, course: Course, tell: Tell): Effect.Effect<void> => {
  const wasHeld = course.isHeld
  const agreed = Result.map(answerOffer(sdp, course.local), ({ remote }) => remote)
  return Effect.matchEffect(setRemote(agreed, media, course), {
    onSuccess: () => (course.isHeld === wasHeld ? Effect.void : tell({ kind: course.isHeld ? "held" : "resumed" })),
    // What was agreed on before goes on.
    onFailure: () => Effect.void
  })
}

const setRemote = <E>(agreed: Result.Result<RemoteMedia, E>, media: MediaLeg, course: Course) =>
  Effect.flatMap(Effect.fromResult(agreed), (remote) => {
    course.remote = remote
    return media.setRemote(remote)
  })

/** Whether a call that we took back, and nobody heard of an answer to, was answered: it was ended by BYE, not refused. */
export const hasCrossed = (final: FinalEvent): boolean =>
  final._tag === "Ended" && final.by === "us" && final.confirmed && final.cause.status === 0

/** Of a clock that never goes back. */
export const monotonicMillis = Effect.map(Clock.monotonicTimeNanos, (nanos) => Number(nanos / 1_000n) / 1_000)
