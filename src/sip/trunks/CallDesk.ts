import { type Cause as EffectCause, Deferred, Exit, Queue } from "effect"
import { type LegEvent, noCause } from "../Leg.ts"
import type { FinalEvent, Leg } from "../Sip.ts"
import { failsOver } from "./failsOver.ts"
import type { Trunk } from "./Trunk.ts"
import { type Attempt, NoTrunk } from "./Trunks.ts"

/** Events of one call that nobody reads yet at most, keys being dropped beyond. */
const eventsMax = 256

/** What is known of one call while trunks are tried for it, and what has been told of it. */
export class CallDesk {
  readonly tried = new Set<Trunk>()
  readonly attempts: Array<Attempt> = []
  readonly events: Queue.Queue<LegEvent, EffectCause.Done>
  readonly final = Deferred.makeUnsafe<FinalEvent>()
  /** The first attempt, once it has begun. */
  readonly first = Deferred.makeUnsafe<Attempt, NoTrunk>()
  readonly hangUpAsked = Deferred.makeUnsafe<void>()
  /** The last attempt's leg; it may have ended. */
  current: Leg | undefined
  /** Whether anything but a failure was heard: from then on no other trunk is tried. */
  #heard = false
  /** Why the last attempt failed. */
  #cause = noCause

  constructor(events: Queue.Queue<LegEvent, EffectCause.Done>) {
    this.events = events
  }

  get isHungUp(): boolean {
    return Deferred.isDoneUnsafe(this.hangUpAsked)
  }

  /** How a call ends that was hung up between two attempts. */
  get takenBack(): FinalEvent {
    return { _tag: "Ended", by: "us", confirmed: true, cause: this.#cause }
  }

  begun(trunk: Trunk, leg: Leg): void {
    this.current = leg
    const attempt = { trunk: trunk.settings.name, callId: leg.id }
    this.attempts.push(attempt)
    Deferred.doneUnsafe(this.first, Exit.succeed(attempt))
  }

  hear(event: LegEvent, trunk: Trunk, now: number): void {
    if (event._tag === "Failed" || event._tag === "Ended") return
    if (!this.#heard) trunk.carried()
    this.#heard = true
    if (event._tag === "Answered") trunk.answered(200, now)
    if (event._tag !== "Key" || Queue.sizeUnsafe(this.events) < eventsMax) Queue.offerUnsafe(this.events, event)
  }

  /** The call's end, from that of an attempt; undefined when the trunk failed it and another may be tried. */
  judge(final: FinalEvent, trunk: Trunk, startedAt: number, now: number): FinalEvent | undefined {
    if (final._tag === "Ended") return final
    const { cause } = final
    if (cause.status !== 408) trunk.answered(cause.status, now)
    if (this.#heard) return final
    if (!failsOver(cause.status)) {
      trunk.carried()
      return final
    }
    trunk.failedCall(cause.status, startedAt, cause.retryAfterSeconds, now)
    this.#cause = cause
    return undefined
  }

  /** The call's end when no trunk is left to try. */
  noneLeft(objections: ReadonlyArray<string>): FinalEvent {
    Deferred.doneUnsafe(this.first, Exit.fail(new NoTrunk({ objections })))
    return this.attempts.length === 0 ? this.takenBack : { _tag: "Failed", cause: this.#cause }
  }

  /** Tells the end, once. */
  finish(final: FinalEvent): void {
    if (Deferred.isDoneUnsafe(this.final)) return
    Deferred.doneUnsafe(this.first, Exit.interrupt())
    Queue.offerUnsafe(this.events, final)
    Queue.endUnsafe(this.events)
    Deferred.doneUnsafe(this.final, Exit.succeed(final))
  }
}
