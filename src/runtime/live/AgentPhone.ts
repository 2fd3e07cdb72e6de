import { Clock, Deferred, Effect, Exit, FiberMap, Option, Queue, type Scope } from "effect"
import type { CallKey } from "../floor/FloorEvent.ts"
import { type Board, keyOf, nameOf } from "./Board.ts"
import type { PhoneReason } from "./CallNotices.ts"
import { PhoneUnavailable } from "./ControlRefused.ts"
import type { CustomerCall } from "./CustomerCall.ts"
import { callPhone, type PhoneCall } from "./callPhone.ts"
import type { Line } from "./Line.ts"
import type { LiveAgent } from "./LiveSettings.ts"

/** How an agent's phone stands, for the agent's desk. */
export interface PhoneStatus {
  readonly state: "down" | "rings" | "up" | "talks"
  /** Why it is down, where that was not wanted. */
  readonly reason: PhoneReason | null
  /** When that happened, in milliseconds since 1970; 0 for never. */
  readonly reasonAt: number
}

/** An agent's phone: always on, or rung for each call. */
export class AgentPhone {
  readonly agent: number
  readonly settings: LiveAgent
  /** While it is up. */
  line: Line | undefined
  scope: Scope.Scope | undefined
  /** The customer it is bridged to. */
  call: CustomerCall | undefined
  /** What it rings for, or was rung for. */
  heldFor: CallKey | undefined
  /** Of an always-on phone: whether it was answered at sign-in. */
  signingIn: Deferred.Deferred<void, PhoneUnavailable> | undefined
  isRinging = false
  reason: PhoneReason | null = null
  reasonAt = 0

  constructor(agent: number, settings: LiveAgent) {
    this.agent = agent
    this.settings = settings
  }

  get status(): PhoneStatus {
    const { reason, reasonAt } = this
    const up = this.call === undefined ? "up" : "talks"
    return { state: this.line !== undefined ? up : this.isRinging ? "rings" : "down", reason, reasonAt }
  }
}

/** Rings the phone for a call, and keeps it until it is hung up or released. Returns at once. */
export const ringPhone = (board: Board, phone: AgentPhone, key: CallKey): Effect.Effect<void> =>
  Effect.suspend(() => {
    releasePhone(board, phone)
    phone.heldFor = key
    const missed = Effect.suspend(() => board.tell({ kind: "phoneMissed", agent: phone.agent, ...keyOf(key) }))
    const ring = Effect.gen(function* () {
      const called = yield* call(board, phone)
      if (called._tag === "Failure") {
        yield* note(board, phone, "phoneMissed", called.failure)
        return yield* missed
      }
      yield* takeUp(board, phone, called.success.line)
      yield* board.tell({ kind: "phoneAnswered", agent: phone.agent, ...keyOf(key) })
      yield* attend(phone, called.success)
      const customer = letGo(phone, called.success.line)
      if (customer === null) return
      yield* note(board, phone, "phoneLost", "hung up")
      // Put down in a talk it ends the talk; before that the agent is gone.
      if (customer === undefined) yield* board.tell({ kind: "lost", agent: phone.agent })
      else customer.post({ kind: "phoneGone", phone })
    }).pipe(Effect.catchDefect((defect) => Effect.andThen(Effect.logError("a phone broke down", defect), missed)))
    return Effect.asVoid(FiberMap.run(board.phoneFibers, phone.agent, whole(phone, key, ring)))
  })

/** Calls the phone of an agent who signs in, and keeps it up until it is lost or released. Waits for its answer. */
export const signInPhone = (board: Board, phone: AgentPhone): Effect.Effect<void, PhoneUnavailable> =>
  Effect.suspend(() => {
    if (phone.line !== undefined) return board.tell({ kind: "signedIn", agent: phone.agent })
    if (phone.signingIn !== undefined) return Deferred.await(phone.signingIn)
    const signingIn = Deferred.makeUnsafe<void, PhoneUnavailable>()
    const refuse = (reason: PhoneReason) =>
      Deferred.fail(signingIn, new PhoneUnavailable({ agent: phone.agent, reason }))
    phone.signingIn = signingIn
    const stayOn = Effect.gen(function* () {
      const called = yield* call(board, phone)
      if (called._tag === "Failure") {
        yield* note(board, phone, "phoneMissed", called.failure)
        return yield* Effect.asVoid(refuse(called.failure))
      }
      yield* takeUp(board, phone, called.success.line)
      yield* board.tell({ kind: "signedIn", agent: phone.agent })
      yield* Deferred.done(signingIn, Exit.void)
      yield* attend(phone, called.success)
      const customer = letGo(phone, called.success.line)
      if (customer === null) return
      customer?.post({ kind: "phoneGone", phone })
      yield* note(board, phone, "phoneLost", "hung up")
      yield* board.tell({ kind: "lost", agent: phone.agent })
    }).pipe(
      Effect.ensuring(
        Effect.suspend(() => {
          if (phone.signingIn === signingIn) phone.signingIn = undefined
          return refuse("hung up")
        })
      )
    )
    return Effect.andThen(
      FiberMap.run(board.phoneFibers, phone.agent, whole(phone, undefined, stayOn)),
      Deferred.await(signingIn)
    )
  })

/** Hangs the phone up, whatever it is at, and does not wait for that; nothing of it is told any more. */
export const releasePhone = (board: Board, phone: AgentPhone): void => {
  const fiber = FiberMap.getUnsafe(board.phoneFibers, phone.agent)
  phone.line = undefined
  phone.scope = undefined
  phone.call = undefined
  phone.heldFor = undefined
  phone.isRinging = false
  if (Option.isSome(fiber)) fiber.value.interruptUnsafe()
}

/** The customer is gone: an always-on phone hears silence again, any other is hung up. */
export const freePhone = (board: Board, phone: AgentPhone): Effect.Effect<void> =>
  Effect.suspend(() => {
    if (!phone.settings.alwaysOn) return Effect.sync(() => releasePhone(board, phone))
    phone.call = undefined
    const { line } = phone
    if (line === undefined) return Effect.void
    return Effect.andThen(Effect.ignore(line.media.unbridge), keepQuiet(board, phone))
  })

/** The phone that was rung for a call, if it still is that call's. */
export const phoneFor = (board: Board, key: CallKey): AgentPhone | undefined =>
  board.phones.find(({ heldFor }) => heldFor !== undefined && nameOf(heldFor) === nameOf(key))

/** The phone's whole time on a call; what is still its own is forgotten at the end. */
const whole = (phone: AgentPhone, key: CallKey | undefined, work: Effect.Effect<void, never, Scope.Scope>) =>
  Effect.gen(function* () {
    const scope = yield* Effect.scope
    phone.scope = scope
    yield* Effect.ensuring(
      work,
      Effect.sync(() => {
        if (phone.scope !== scope) return
        phone.scope = undefined
        phone.line = undefined
        phone.isRinging = false
        if (phone.heldFor === key) phone.heldFor = undefined
      })
    )
  }).pipe(Effect.scoped)

/** Calls the agent's phones, and answers with what came of it. */
const call = Effect.fnUntraced(function* (board: Board, phone: AgentPhone) {
  phone.isRinging = true
  const called = yield* Effect.result(callPhone(board, phone.settings))
  phone.isRinging = false
  return called
})

/** From now on calls can be joined to it. */
const takeUp = (board: Board, phone: AgentPhone, line: Line): Effect.Effect<void> =>
  Effect.suspend(() => {
    phone.line = line
    phone.reason = null
    return keepQuiet(board, phone)
  })

/** Silence that keeps the way to the phone open. */
export const keepQuiet = (board: Board, phone: AgentPhone): Effect.Effect<void> => {
  const { line, scope } = phone
  if (line === undefined || scope === undefined) return Effect.void
  // Begun at once: what is bridged to it later must end it.
  const loop = Effect.ignore(line.media.loop(board.prompts.silence))
  return Effect.asVoid(Effect.forkIn(loop, scope, { startImmediately: true }))
}

/** Goes with a phone that is up, until it is down. */
const attend = Effect.fnUntraced(function* (phone: AgentPhone, { events, line }: PhoneCall) {
  for (;;) {
    const event = yield* Queue.take(events)
    if (event.kind === "over") return
    // Whoever does not answer will not confirm the end either.
    if (event.kind === "silent") return
    if (event.kind === "noSound") yield* Effect.forkScoped(line.leg.hangUp)
    const { call } = phone
    if (call === undefined) continue
    // Holding the call at the phone is as good as at the desk.
    if (event.kind === "held" || event.kind === "resumed") {
      const control = { kind: event.kind === "held" ? ("hold" as const) : ("resume" as const) }
      call.post({ kind: "control", agent: phone.agent, control, reply: Deferred.makeUnsafe() })
    }
    if (event.kind === "key" && event.byInfo && call.line !== undefined) {
      yield* Effect.forkScoped(Effect.ignore(call.line.media.sendKeys(event.key)))
    }
  }
})

/** The phone is down by itself: whom it talked to; null where it was let go before. */
const letGo = (phone: AgentPhone, line: Line): CustomerCall | undefined | null => {
  if (phone.line !== line) return null
  const { call } = phone
  phone.line = undefined
  phone.call = undefined
  return call
}

const note = (board: Board, phone: AgentPhone, kind: "phoneMissed" | "phoneLost", reason: PhoneReason) =>
  Effect.flatMap(Clock.currentTimeMillis, (now) => {
    phone.reason = reason
    phone.reasonAt = now
    return board.notice({ kind, agent: phone.agent, reason })
  })
