import { type Cause as EffectCause, Clock, Deferred, Effect, Exit, Layer, Queue, Stream, SubscriptionRef } from "effect"
import { type Call, type LegEvent, noCause } from "../../../src/sip/Leg.ts"
import { type FinalEvent, type Leg, LegRefused, Sip } from "../../../src/sip/Sip.ts"
import { type Registration, type RegistrationState, unregistered } from "../../../src/sip/registration/Registration.ts"
import { layerTrunks } from "../../../src/sip/trunks/layerTrunks.ts"
import type { TrunkSettings } from "../../../src/sip/trunks/TrunkSettings.ts"

/** One call as the far end sees it. */
export class FarLeg {
  readonly call: Call
  readonly id: string
  readonly beganAt: number
  readonly events: Queue.Queue<LegEvent, EffectCause.Done>
  readonly final = Deferred.makeUnsafe<FinalEvent>()
  endedAt = Infinity

  constructor(call: Call, id: string, beganAt: number, events: Queue.Queue<LegEvent, EffectCause.Done>) {
    this.call = call
    this.id = id
    this.beganAt = beganAt
    this.events = events
  }

  tell(event: LegEvent): Effect.Effect<void> {
    return Effect.map(Clock.currentTimeMillis, (now) => {
      if (this.endedAt !== Infinity) return
      Queue.offerUnsafe(this.events, event)
      if (event._tag !== "Failed" && event._tag !== "Ended") return
      this.endedAt = now
      Queue.endUnsafe(this.events)
      Deferred.doneUnsafe(this.final, Exit.succeed(event))
    })
  }
}

/** What a far end does with a call, from its INVITE on. */
export type FarEnd = (leg: FarLeg) => Effect.Effect<void>

export const failed = (status: number, retryAfterSeconds?: number): LegEvent => ({
  _tag: "Failed",
  cause: { ...noCause, status, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
})
export const ended = (by: "us" | "them", status = 0): LegEvent => ({
  _tag: "Ended",
  by,
  confirmed: true,
  cause: { ...noCause, status }
})
export const ringing: LegEvent = { _tag: "Ringing", status: 180 }
export const answered: LegEvent = { _tag: "Answered", sdp: "v=0\r\na=far\r\n" }

const after = (millis: number, leg: FarLeg, event: LegEvent) => Effect.delay(leg.tell(event), millis)

/** Refuses after so many milliseconds. */
export const refuses =
  (status: number, millis = 100, retryAfterSeconds?: number): FarEnd =>
  (leg) =>
    after(millis, leg, failed(status, retryAfterSeconds))
/** Says nothing: the edge gives up after 32 s, or when whoever called wants to. */
export const silent: FarEnd = (leg) =>
  after(leg.call.patience?.also === true ? leg.call.patience.millis : 32_000, leg, failed(408))
/** Rings, answers a second later, and hangs up after so many more milliseconds. */
export const answers =
  (talkMillis = 60_000): FarEnd =>
  (leg) =>
    Effect.andThen(after(100, leg, ringing), after(1_000, leg, answered)).pipe(
      Effect.andThen(after(talkMillis, leg, ended("them")))
    )
/** Rings for ever. */
export const rings: FarEnd = (leg) => after(100, leg, ringing)

/** The SIP edge, with far ends told by the host that a call is sent to. */
export class FakeSip {
  /** Called hosts and what they do; one that is not there is silent. */
  readonly farEnds = new Map<string, FarEnd>()
  /** Final status of OPTIONS by host; one that is not there keeps silent. */
  readonly pings = new Map<string, number>()
  /** When OPTIONS were sent, and where. */
  readonly pinged: Array<string> = []
  readonly legs: Array<FarLeg> = []
  readonly registrations = new Map<string, SubscriptionRef.SubscriptionRef<RegistrationState>>()
  readonly registered: Array<Registration> = []
  /** What happens, in order: calls and registrations that begin and end. */
  readonly log: Array<string> = []
  /** A host that calls cannot even be sent to. */
  breaksAt = ""
  /** How long a far end takes to confirm that a call is over. */
  hangUpMillis = 0

  /** Calls sent to a host. */
  at(host: string): ReadonlyArray<FarLeg> {
    return this.legs.filter(({ call }) => call.via === host)
  }

  register(host: string, state: Partial<RegistrationState>): Effect.Effect<void> {
    const known = this.registrations.get(host)
    if (known === undefined) throw new Error(`nobody registers at ${host}`)
    return SubscriptionRef.set(known, { ...unregistered, ...state })
  }

  get layer(): Layer.Layer<Sip> {
    return Layer.succeed(
      Sip,
      Sip.of({
        address: { host: "127.0.0.1", port: 5060 },
        inbound: Stream.empty,
        contactsOf: () => Effect.succeed([]),
        status: Effect.die(new Error("not asked here")),
        ping: ({ via = "" }) =>
          Effect.flatMap(Clock.currentTimeMillis, (now) => {
            this.pinged.push(`${now} ${via}`)
            const status = this.pings.get(via)
            return status === undefined ? Effect.as(Effect.sleep(32_000), 408) : Effect.succeed(status)
          }),
        register: (registration) =>
          Effect.gen({ self: this }, function* () {
            const { via = "" } = registration
            const current = yield* SubscriptionRef.make(unregistered)
            this.registered.push(registration)
            this.registrations.set(via, current)
            yield* Effect.addFinalizer(() => Effect.sync(() => this.log.push(`leaves ${via}`)))
            return { state: SubscriptionRef.get(current), changes: SubscriptionRef.changes(current) }
          }),
        place: (call) => Effect.acquireRelease(this.#place(call), (leg) => leg.hangUp)
      })
    )
  }

  readonly #place = (call: Call): Effect.Effect<Leg> =>
    Effect.gen({ self: this }, function* () {
      if (call.via === this.breaksAt) return yield* Effect.die(new Error("broken"))
      const events = yield* Queue.unbounded<LegEvent, EffectCause.Done>()
      const far = new FarLeg(call, `call-${this.legs.length}`, yield* Clock.currentTimeMillis, events)
      this.legs.push(far)
      this.log.push(`calls ${call.via}`)
      yield* Effect.forkDetach((this.farEnds.get(call.via ?? "") ?? silent)(far))
      const over = Deferred.await(far.final)
      return {
        id: far.id,
        events: Stream.fromQueue(events),
        ended: over,
        hangUp: Effect.gen({ self: this }, function* () {
          if (far.endedAt === Infinity) this.log.push(`hangs up ${call.via}`)
          yield* Effect.sleep(far.endedAt === Infinity ? this.hangUpMillis : 0)
          yield* far.tell(ended("us"))
          return yield* over
        }),
        sendKey: (key) => (key === "5" ? Effect.void : Effect.fail(new LegRefused({ status: 400 }))),
        reoffer: () => Effect.succeed(far.id),
        isThere: Effect.sync(() => far.endedAt === Infinity)
      } satisfies Leg
    })
}

/** The trunks over a fake edge. */
export const over = (sip: FakeSip, ...trunks: ReadonlyArray<TrunkSettings>) =>
  layerTrunks(trunks).pipe(Layer.provide(sip.layer))
