import { Context, Effect, FiberSet, Layer, Stream } from "effect"
import { Media } from "../../../../src/media/Media.ts"
import { promptOf } from "../../../../src/media/prompts/Prompt.ts"
import { answerOffer } from "../../../../src/media/sdp/offerAnswer.ts"
import { localOf } from "../../../../src/runtime/live/Line.ts"
import { type InboundLeg, Sip } from "../../../../src/sip/Sip.ts"
import { outpace } from "../../../live/harness/outpace.ts"
import { sine } from "../../../live/harness/voice.ts"

/** What somebody does who is called. */
export interface Person {
  readonly ringMillis: number
  /** Refuses with this instead of answering. */
  readonly status?: number
  readonly hertz?: number
  /** Hangs up so long after the answer; without it the caller has to. */
  readonly talkMillis?: number
  /** Presses keys so long after the answer. */
  readonly keys?: { readonly millis: number; readonly pressed: string }
  /** Where what was said and heard goes: left what we were told, right what was said. */
  readonly recordTo?: string
}

/** Phones of our own making at an address of their own: customers behind a trunk, or agents'. `whoIs` knows each by its number. */
export const people = Effect.fnUntraced(function* (whoIs: (number: string) => Person) {
  const context = yield* Layer.build(outpace())
  const sip = Context.get(context, Sip)
  const calls = yield* FiberSet.make<void>()
  yield* Effect.forkScoped(
    Stream.runForEach(sip.inbound, (leg) =>
      FiberSet.run(calls, Effect.provideContext(Effect.ensuring(taken(leg, whoIs(leg.to)), leg.hangUp), context))
    )
  )
  return sip.address
})

const taken = (leg: InboundLeg, person: Person) =>
  Effect.gen(function* () {
    yield* Effect.sleep(person.ringMillis)
    if (person.status !== undefined) return yield* leg.reject(person.status)
    const media = yield* Media
    const line = yield* media.open({ silenceMillis: null })
    const { answer, remote } = yield* Effect.fromResult(answerOffer(leg.offer, yield* localOf(line)))
    yield* line.setRemote(remote)
    if (person.recordTo !== undefined) yield* line.record(person.recordTo)
    yield* leg.answer(answer)
    const voice = person.hertz === undefined ? null : yield* media.load(promptOf(sine(person.hertz, 1_000)))
    if (voice !== null) yield* Effect.forkScoped(line.loop(voice))
    if (person.keys !== undefined) {
      yield* Effect.forkScoped(Effect.delay(line.sendKeys(person.keys.pressed), person.keys.millis))
    }
    const { talkMillis } = person
    return yield* talkMillis === undefined
      ? leg.ended
      : Effect.raceFirst(leg.ended, Effect.delay(leg.hangUp, talkMillis))
  }).pipe(Effect.scoped, Effect.orDie, Effect.asVoid)
