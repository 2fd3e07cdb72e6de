import { Effect, Exit, Option, Queue, Scope } from "effect"
import { outcomeOf } from "../../sip/outcomeOf.ts"
import type { Call } from "../../sip/Leg.ts"
import type { FinalEvent } from "../../sip/Sip.ts"
import { addressText } from "../../sip/wire/Address.ts"
import type { Board } from "./Board.ts"
import type { PhoneReason } from "./CallNotices.ts"
import { type Line, type LineEvent, openLine } from "./Line.ts"
import type { LiveAgent } from "./LiveSettings.ts"

/** A phone that has answered. */
export interface PhoneCall {
  readonly line: Line
  readonly events: Queue.Dequeue<LineEvent>
}

type Target = Pick<Call, "to" | "via">

/** Why one phone of several is not on the call. */
interface Missed {
  readonly reason: PhoneReason
  /** Whoever said so speaks for all phones of the user (6xx: RFC 3261 §16.7 step 5). */
  readonly forAll: boolean
}

/** What is told of an agent none of whose phones answered: what a person did says more than what a phone did. */
const tellingMost: ReadonlyArray<PhoneReason> = ["refused", "busy", "hung up", "not answered", "no sound"]

/**
 * Rings all phones an agent has, at once; done when one has answered, and the others ring no more. Fails with why none did.
 * The call is ended with the scope.
 */
export const callPhone = Effect.fnUntraced(function* (board: Board, agent: LiveAgent) {
  const targets = yield* targetsOf(board, agent)
  if (targets.length === 0) return yield* Effect.fail<PhoneReason>("not registered")
  const whole = yield* Effect.scope
  const missed: Array<PhoneReason> = []
  let isTaken = false
  const answering = (target: Target) =>
    Effect.flatMap(Scope.fork(whole), (scope) =>
      Effect.gen(function* () {
        const call = yield* Scope.provide(placed(board, target), scope)
        yield* untilAnswered(call.events)
        // Two may answer at the same moment.
        if (isTaken) return yield* Effect.fail<Missed>({ reason: "hung up", forAll: false })
        isTaken = true
        return call
      }).pipe(
        Effect.onExit((exit) =>
          // That it is down is not waited for.
          Exit.isSuccess(exit)
            ? Effect.void
            : Effect.asVoid(Effect.forkIn(Effect.uninterruptible(Scope.close(scope, Exit.void)), whole))
        )
      )
    ).pipe(
      Effect.map(Option.some),
      Effect.catch(({ forAll, reason }) => {
        missed.push(reason)
        return forAll ? Effect.succeed(Option.none<PhoneCall>()) : Effect.fail(reason)
      })
    )
  const first = Effect.catch(Effect.raceAll(targets.map(answering)), () => Effect.succeed(Option.none<PhoneCall>()))
  const answer = yield* Effect.timeoutOption(first, board.settings.limits.phoneRingMillisMax)
  if (Option.isNone(answer)) return yield* Effect.fail<PhoneReason>("not answered")
  if (Option.isSome(answer.value)) return answer.value.value
  return yield* Effect.fail(tellingMost.find((reason) => missed.includes(reason)) ?? "not reached")
})

/** All phones that are registered, or the address that is always there. */
const targetsOf = ({ sip }: Board, { address, user }: LiveAgent): Effect.Effect<ReadonlyArray<Target>> =>
  address !== null
    ? Effect.succeed([{ to: address }])
    : Effect.map(sip.contactsOf(user), (contacts) =>
        contacts.map(({ source, uri }) => ({ to: uri, via: addressText(source) }))
      )

const placed = Effect.fnUntraced(function* (board: Board, target: Target) {
  const events = yield* Queue.unbounded<LineEvent>()
  const tell = (event: LineEvent) => Effect.asVoid(Queue.offer(events, event))
  const from = `sip:outpace@${board.sip.address.host}`
  const place = (sdp: string) => board.sip.place({ ...target, from, sdp })
  const { silenceMillis } = board.settings.limits
  const line = yield* openLine(board.media, { silenceMillis, tell }, place).pipe(
    Effect.mapError((): Missed => ({ reason: "not reached", forAll: false }))
  )
  return { line, events } satisfies PhoneCall
})

const untilAnswered = Effect.fnUntraced(function* (events: Queue.Dequeue<LineEvent>) {
  for (;;) {
    const event = yield* Queue.take(events)
    if (event.kind === "answered") return
    if (event.kind === "noSound") return yield* Effect.fail<Missed>({ reason: "no sound", forAll: false })
    if (event.kind === "over") {
      return yield* Effect.fail<Missed>({ reason: reasonOf(event.final), forAll: event.final.cause.status >= 600 })
    }
  }
})

const reasonOf = (final: FinalEvent): PhoneReason => {
  if (final._tag === "Ended") return "hung up"
  const outcome = outcomeOf(final.cause, true)
  if (outcome === "busy") return "busy"
  if (outcome === "rejected") return "refused"
  return outcome === "no-answer" ? "not answered" : "not reached"
}
