import { type Cause as EffectCause, Deferred, Effect, Exit, Layer, Queue, Stream } from "effect"
import type { Direction } from "../../../src/media/sdp/readSession.ts"
import { type Cause, type LegEvent, noCause } from "../../../src/sip/Leg.ts"
import { type CallInvalid, type FinalEvent, type InboundLeg, type Leg, LegRefused, Sip } from "../../../src/sip/Sip.ts"
import type { Binding } from "../../../src/sip/registrar/Bindings.ts"
import { type NoTrunk, Trunks } from "../../../src/sip/trunks/Trunks.ts"

/** What a far end describes; `direction` sendonly is hold. */
export const farSdp = (direction: Direction = "sendrecv", keys = true): string =>
  [
    "v=0",
    "o=- 1 1 IN IP4 198.51.100.1",
    "s=-",
    "c=IN IP4 198.51.100.1",
    "t=0 0",
    `m=audio 4000 RTP/AVP 0${keys ? " 101" : ""}`,
    "a=rtpmap:0 PCMU/8000",
    ...(keys ? ["a=rtpmap:101 telephone-event/8000"] : []),
    `a=${direction}`,
    ""
  ].join("\r\n")

/** One call as the far end sees it, and what it does to it. */
export class FarEnd {
  readonly to: string
  readonly callerId: string | undefined
  /** Who is given to it. */
  onBehalfOf: string | undefined
  readonly events: Queue.Queue<LegEvent, EffectCause.Done>
  readonly final = Deferred.makeUnsafe<FinalEvent>()
  isAnswered = false
  isOver = false
  hangUps = 0
  /** How long it takes to confirm that a call is over. */
  confirmMillis = 0
  /** An answer crosses the taking back. */
  crosses = false
  /** Its last word, when it gives none itself. */
  confirms = true
  /** What it says when it is asked whether it is there; how often it was. */
  isThere = true
  askedMillis = 0
  asked = 0

  constructor(to: string, callerId: string | undefined, events: Queue.Queue<LegEvent, EffectCause.Done>) {
    this.to = to
    this.callerId = callerId
    this.events = events
  }

  tell(event: LegEvent): void {
    if (this.isOver) return
    if (event._tag === "Answered") this.isAnswered = true
    Queue.offerUnsafe(this.events, event)
    if (event._tag !== "Failed" && event._tag !== "Ended") return
    this.isOver = true
    Queue.endUnsafe(this.events)
    Deferred.doneUnsafe(this.final, Exit.succeed(event))
  }

  rings(): void {
    this.tell({ _tag: "Ringing", status: 180 })
  }
  answers(sdp = farSdp()): void {
    // Somebody who takes the call back hears nothing of the answer.
    if (this.hangUps === 0) this.tell({ _tag: "Answered", sdp })
  }
  fails(status: number): void {
    this.tell({ _tag: "Failed", cause: { ...noCause, status } })
  }
  hangsUp(): void {
    this.tell({ _tag: "Ended", by: "them", confirmed: true, cause: noCause })
  }
  presses(key: string): void {
    this.tell({ _tag: "Key", key, durationMillis: 100 })
  }
  reoffers(direction: Direction): void {
    this.tell({ _tag: "Reoffered", sdp: farSdp(direction), answer: "" })
  }

  get leg(): Leg {
    const over = Deferred.await(this.final)
    return {
      id: this.to,
      events: Stream.fromQueue(this.events),
      ended: over,
      hangUp: Effect.gen({ self: this }, function* () {
        this.hangUps += 1
        if (!this.isOver && this.confirmMillis > 0) yield* Effect.sleep(this.confirmMillis)
        const cause: Cause = this.isAnswered || this.crosses ? noCause : { ...noCause, status: 487 }
        this.tell({ _tag: "Ended", by: "us", confirmed: this.confirms, cause: this.confirms ? cause : noCause })
        return yield* over
      }),
      sendKey: () => Effect.fail(new LegRefused({ status: 481 })),
      reoffer: () => Effect.succeed(farSdp()),
      isThere: Effect.suspend(() => {
        this.asked += 1
        return Effect.delay(
          Effect.sync(() => this.isThere && !this.isOver),
          this.askedMillis
        )
      })
    }
  }
}

/** Everybody who can be called, by number or URI. */
export class FakeFarEnds {
  readonly ends: Array<FarEnd> = []
  /** Legs whose scope is open. */
  open = 0
  /** Numbers no trunk takes. */
  readonly refused = new Map<string, NoTrunk | CallInvalid>()
  /** How long a trunk's turn takes to come. */
  turnMillis = 0
  readonly contacts = new Map<string, ReadonlyArray<Binding>>()
  readonly inbound: Queue.Queue<InboundLeg>
  /** What each far end does when it is called, before anything else. */
  begins: (far: FarEnd) => Effect.Effect<void> = () => Effect.void

  constructor(inbound: Queue.Queue<InboundLeg>) {
    this.inbound = inbound
  }

  static readonly make = Effect.map(Queue.unbounded<InboundLeg>(), (inbound) => new FakeFarEnds(inbound))

  /** The last call to a number or URI. */
  at(to: string): FarEnd {
    const found = this.ends.findLast((end) => end.to === to)
    if (found === undefined) throw new Error(`nobody called ${to}: ${this.ends.map((end) => end.to).join(", ")}`)
    return found
  }

  readonly place = (to: string, callerId?: string) =>
    Effect.acquireRelease(
      Effect.gen({ self: this }, function* () {
        const far = new FarEnd(to, callerId, yield* Queue.unbounded<LegEvent, EffectCause.Done>())
        this.ends.push(far)
        this.open += 1
        yield* Effect.forkDetach(this.begins(far))
        return far
      }),
      (far) =>
        Effect.andThen(
          far.leg.hangUp,
          Effect.sync(() => void (this.open -= 1))
        )
    )

  /** Somebody calls us. */
  readonly calls = (from: string, to: string, offer = farSdp()) =>
    Effect.gen({ self: this }, function* () {
      const far = new FarEnd(to, from, yield* Queue.unbounded<LegEvent, EffectCause.Done>())
      const rejected: Array<number> = []
      const answers: Array<string> = []
      const leg: InboundLeg = {
        ...far.leg,
        from,
        to,
        source: { host: "198.51.100.1", port: 5060 },
        offer,
        answer: (sdp) => Effect.sync(() => void answers.push(sdp)),
        reject: (status) =>
          Effect.suspend(() => {
            if (!far.isOver) rejected.push(status)
            return far.leg.hangUp
          })
      }
      Queue.offerUnsafe(this.inbound, leg)
      return { far, rejected, answers }
    })

  /** Phones of a user, the oldest registration first. */
  registers(user: string, ...uris: ReadonlyArray<string>): void {
    const source = { host: "198.51.100.9", port: 5060 }
    const all = uris.length === 0 ? [`sip:${user}@phone`] : uris
    this.contacts.set(
      user,
      all.map((uri) => ({ uri, source, callId: "1", cseq: 1, expiresAt: Infinity }))
    )
  }

  get layer(): Layer.Layer<Sip | Trunks> {
    const sip = Layer.succeed(
      Sip,
      Sip.of({
        address: { host: "192.0.2.1", port: 5060 },
        inbound: Stream.fromQueue(this.inbound),
        contactsOf: (user) => Effect.sync(() => this.contacts.get(user) ?? []),
        place: ({ to }) => Effect.map(this.place(to), ({ leg }) => leg),
        ping: () => Effect.succeed(200),
        register: () => Effect.die(new Error("not asked here")),
        status: Effect.die(new Error("not asked here"))
      })
    )
    const trunks = Layer.succeed(
      Trunks,
      Trunks.of({
        place: ({ callerId, number, onBehalfOf }) =>
          Effect.gen({ self: this }, function* () {
            const refused = this.refused.get(number)
            if (refused !== undefined) return yield* refused
            if (this.turnMillis > 0) yield* Effect.sleep(this.turnMillis)
            const far = yield* this.place(number, callerId)
            far.onBehalfOf = onBehalfOf
            return { leg: far.leg, trunk: "fake", attempts: Effect.succeed([]) }
          }),
        status: Effect.succeed([]),
        changes: Stream.empty
      })
    )
    return Layer.merge(sip, trunks)
  }
}
