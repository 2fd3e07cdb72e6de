import { Deferred, Effect, Exit, Option, Result, Stream } from "effect"
import type { E164 } from "../../domain/Contact.ts"
import { Media } from "../../media/Media.ts"
import type { LoadedPrompt, MediaLeg } from "../../media/MediaLeg.ts"
import type { LegEvent as HeardEvent, LegStatistics } from "../../media/engine/protocol.ts"
import type { RecordingResult } from "../../media/engine/Recording.ts"
import { type Prompt, silentPrompt } from "../../media/prompts/Prompt.ts"
import {
  acceptAnswer,
  answerOffer,
  type LocalMedia,
  type RemoteMedia,
  writeOffer
} from "../../media/sdp/offerAnswer.ts"
import { localOf, monotonicMillis } from "../../runtime/live/Line.ts"
import type { LegEvent } from "../../sip/Leg.ts"
import { type FinalEvent, Sip } from "../../sip/Sip.ts"
import { callOf } from "../../sip/trunks/callOf.ts"
import type { TrunkSettings } from "../../sip/trunks/TrunkSettings.ts"

/** How long a test call rings before it is taken back. */
export const ringSecondsMax = 60

/** What a test call does once somebody answers, in this order; with nothing to do it talks until `secondsMax`. */
export interface CallPlan {
  readonly number: E164
  readonly prompt: Prompt | null
  readonly keys: string | null
  readonly secondsMax: number
  /** A file that does not exist yet. */
  readonly recordTo: string | null
}

/** Why we ended a call: it was all done, it rang for too long, or somebody asked. */
export type OurReason = "done" | "rang out" | "stopped"

/** What came of a test call. Times in milliseconds after the INVITE; undefined for what did not happen. */
export interface CallReport {
  readonly final: FinalEvent
  readonly ourReason: OurReason | undefined
  readonly rangAt: number | undefined
  readonly answeredAt: number | undefined
  readonly endedAt: number
  readonly remote: RemoteMedia | undefined
  readonly statistics: LegStatistics
  readonly recording: RecordingResult | undefined
}

/** Tells people what happens; `atMillis` of the monotonic clock. */
export type Tell = (text: string, atMillis: number) => void

/** Where a call is; changed as its events come. */
interface Course {
  rangAt: number | undefined
  answeredAt: number | undefined
  remote: RemoteMedia | undefined
  reason: OurReason | undefined
  isRecording: boolean
}

/** Places one call and sees it through; `stop` ends it early. */
export const testCall = Effect.fnUntraced(function* (
  trunk: TrunkSettings,
  route: ReadonlyArray<string>,
  plan: CallPlan,
  tell: Tell,
  stop: Effect.Effect<unknown>
) {
  const media = yield* Media
  const mediaLeg = yield* media.open({ silenceMillis: null })
  const prompts = { silence: yield* media.load(silentPrompt), own: yield* loadedOf(plan) }
  const local = yield* localOf(mediaLeg)
  const startedAt = yield* monotonicMillis
  const elapsed = Effect.map(monotonicMillis, (now) => now - startedAt)
  const course: Course = {
    rangAt: undefined,
    answeredAt: undefined,
    remote: undefined,
    reason: undefined,
    isRecording: false
  }
  const say = (text: string) => Effect.map(monotonicMillis, (now) => tell(text, now))
  yield* say(`calling ${plan.number} over ${trunk.name}`)
  const leg = yield* Sip.use((sip) => sip.place(callOf(trunk, { number: plan.number, sdp: writeOffer(local) }, route)))
  const end = (reason: OurReason) =>
    Effect.suspend(() => {
      course.reason ??= reason
      return leg.hangUp
    })
  const hearing = hear(mediaLeg, course, local, plan, say)
  const answered = yield* Deferred.make<void>()
  const ringing = Effect.sleep(`${ringSecondsMax} seconds`).pipe(
    Effect.raceFirst(Deferred.await(answered)),
    Effect.andThen(Effect.suspend(() => (course.answeredAt === undefined ? end("rang out") : Effect.void)))
  )
  yield* Effect.forkScoped(ringing)
  yield* Effect.forkScoped(Effect.andThen(stop, end("stopped")))
  yield* Effect.forkScoped(Stream.runForEach(mediaLeg.events, ({ event }) => toldOf(event, say)))
  yield* Stream.runForEach(leg.events, (event) =>
    Effect.gen(function* () {
      const millis = yield* elapsed
      yield* follow(event, course, millis, hearing, say)
      if (event._tag !== "Answered") return
      yield* Deferred.done(answered, Exit.void)
      const talk = talked(mediaLeg, prompts, plan, say)
      yield* Effect.forkScoped(Effect.andThen(Effect.ignore(talk), end("done")))
    })
  )
  const endedAt = yield* elapsed
  const final = yield* leg.ended
  const statistics = yield* mediaLeg.statistics
  const recording = course.isRecording ? Option.getOrUndefined(yield* Effect.option(mediaLeg.stopRecording)) : undefined
  const { answeredAt, rangAt, reason, remote } = course
  const report: CallReport = { final, ourReason: reason, rangAt, answeredAt, endedAt, remote, statistics, recording }
  return report
})

const loadedOf = ({ prompt }: CallPlan) =>
  prompt === null ? Effect.succeed(null) : Media.use((media) => media.load(prompt))

type Say = (text: string) => Effect.Effect<void>

const follow = (
  event: LegEvent,
  course: Course,
  millis: number,
  hearing: (sdp: string, isOffer: boolean) => Effect.Effect<void>,
  say: Say
): Effect.Effect<void> => {
  switch (event._tag) {
    case "Ringing":
      if (course.rangAt !== undefined) return Effect.void
      course.rangAt = millis
      return say("ringing")
    case "EarlyMedia":
      course.rangAt ??= millis
      return Effect.andThen(say("early media"), hearing(event.sdp, false))
    case "Answered":
      course.answeredAt = millis
      return Effect.andThen(say("answered"), hearing(event.sdp, false))
    case "Key":
      return say(`key ${event.key} (INFO)`)
    case "Reoffered":
      return Effect.andThen(say("session changed by the far end"), hearing(event.sdp, true))
    case "Failed":
    case "Ended":
      return Effect.void
  }
}

/** Takes up what the far end says of its sound, and records from the first of it. */
const hear =
  (leg: MediaLeg, course: Course, local: LocalMedia, plan: CallPlan, say: Say) =>
  (sdp: string, isOffer: boolean): Effect.Effect<void> =>
    Effect.gen(function* () {
      const agreed = isOffer ? Result.map(answerOffer(sdp, local), ({ remote }) => remote) : acceptAnswer(sdp, local)
      if (Result.isFailure(agreed)) return yield* say(`no sound: ${agreed.failure.message}`)
      course.remote = agreed.success
      yield* leg.setRemote(agreed.success)
      yield* leg.listen({ keys: agreed.success.keysIn === null, tones: true, answeringMachine: null })
      if (plan.recordTo === null || course.isRecording) return
      course.isRecording = true
      yield* leg.record(plan.recordTo).pipe(
        Effect.catchTag("RecordingFailed", ({ message }) => {
          course.isRecording = false
          return say(`not recorded: ${message}`)
        })
      )
    }).pipe(Effect.catch(({ message }) => say(`no sound: ${message}`)))

interface Prompts {
  readonly silence: LoadedPrompt
  readonly own: LoadedPrompt | null
}

/** What is done on the answered call; the silence keeps ways through routers open. */
const talked = (leg: MediaLeg, { own, silence }: Prompts, { keys, secondsMax }: CallPlan, say: Say) =>
  Effect.gen(function* () {
    if (own !== null) {
      yield* leg.play(own)
      yield* say("played")
    }
    if (keys !== null) {
      yield* leg.sendKeys(keys)
      yield* say(`sent keys ${keys}`)
    }
    if (own === null && keys === null) yield* leg.loop(silence)
  }).pipe(Effect.timeoutOption(`${secondsMax} seconds`))

const toldOf = (event: HeardEvent, say: Say): Effect.Effect<void> => {
  switch (event.kind) {
    case "key":
      return say(`key ${event.key} (${event.by})`)
    case "tone":
      return say(event.tone.kind === "beep" ? `beep of ${Math.round(event.tone.hertz)} Hz` : "special information tone")
    case "recordingFailed":
      return say(`recording stopped: ${event.sentence}`)
    default:
      return Effect.void
  }
}
