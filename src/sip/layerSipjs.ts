import { type Cause, Clock, Deferred, Effect, Exit, Layer, Queue, Stream } from "effect"
import { type Dns } from "effect/net"
import { checkCall } from "./checkCall.ts"
import type { Call, LegEvent } from "./Leg.ts"
import { keepRegistered, pingBy } from "./outOfCalls.ts"
import { makeResolver } from "./resolve/resolver.ts"
import { type FinalEvent, type InboundLeg, type Leg, LegRefused, Sip } from "./Sip.ts"
import { type AskEnd, endKeptCalls } from "./kept/endKeptCalls.ts"
import type { KeptCalls } from "./kept/KeptCalls.ts"
import { inRegistrarTime, type KeptPhones } from "./registrar/KeptPhones.ts"
import { type EdgeOptions, type Sending, SipEdge } from "./SipEdge.ts"
import type { Outcome, SipjsLeg } from "./sipjs/SipjsLeg.ts"
import type { Address } from "./wire/Address.ts"
import { parseNameAddress, uriUser } from "./wire/headers.ts"
import { headerValue } from "./wire/message.ts"
import { UdpSocket } from "./wire/UdpSocket.ts"

/** Datagrams waiting to be sent at most; more are dropped, and repeated by their timers. */
const sendingMax = 8_192
/** Names looked up at once at most. */
const lookUpsMax = 64
/** Calls to us waiting to be taken at most; more are rejected with 503. */
const inboundMax = 1_000
/** Events of one leg that nobody reads yet at most, keys being dropped beyond. */
const eventsMax = 256
const sweepMillis = 50
/** Longest wait for calls to end when the layer closes: a CANCEL, then a BYE, 32 s each. */
const closingMillisMax = 70_000

export interface SipOptions extends Omit<EdgeOptions, "contact"> {
  /** Where others reach us, when that is not where the socket is bound. */
  readonly contact?: Address
  /** For registrations of phones that outlive the process. */
  readonly keptPhones?: KeptPhones
  /** For calls that are up when the process is killed: the next one ends them. */
  readonly keptCalls?: KeptCalls
}

/** The SIP edge by sipjs-udp. Closing it ends all calls first, and waits for that. A bad peer is a defect. */
export const layerSipjs = (options: SipOptions): Layer.Layer<Sip, never, UdpSocket | Dns.Dns> =>
  Layer.effect(
    Sip,
    Effect.gen(function* () {
      const socket = yield* UdpSocket
      const clock = yield* Clock.Clock
      const now = (): number => Number(clock.monotonicTimeNanosUnsafe() / 1_000n) / 1_000
      const sending = yield* Queue.dropping<{ readonly text: string; readonly to: Address }>(sendingMax)
      const names = yield* Queue.dropping<Sending>(sendingMax)
      const inbound = yield* Queue.dropping<SipjsLeg>(inboundMax)
      const faults = yield* Queue.sliding<unknown>(16)
      const offset = (): number => clock.currentTimeMillisUnsafe() - now()
      const { keptCalls, keptPhones } = options
      const kept = keptPhones === undefined ? {} : inRegistrarTime(keptPhones, now(), offset)
      const edge = new SipEdge(
        {
          transmit: (text, to) => Queue.offerUnsafe(sending, { text, to }),
          lookUp: (sending) => Queue.offerUnsafe(names, sending),
          inbound: (leg) => Queue.offerUnsafe(inbound, leg),
          fault: (error) => Queue.offerUnsafe(faults, error)
        },
        {
          ...options,
          phones: { ...options.phones, ...kept },
          contact: options.contact ?? socket.address,
          ...(keptCalls === undefined ? {} : { callChanged: keptCalls.changed })
        },
        now()
      )
      yield* carry(edge, now, { sending, names, faults })
      yield* Effect.addFinalizer(() => closeDown(edge, now))
      if (keptCalls !== undefined) yield* Effect.forkScoped(endKeptCalls(keptCalls, endBy(edge, now)))
      const place = (call: Call) => Effect.acquireRelease(placeCall(edge, call, now), (leg) => leg.hangUp)
      return Sip.of({
        address: socket.address,
        place,
        inbound: Stream.mapEffect(Stream.fromQueue(inbound), (leg) => toInbound(edge, leg, now)),
        ping: pingBy(edge, now),
        register: keepRegistered(edge, now),
        contactsOf: (user) => Effect.sync(() => edge.contactsOf(user, now())),
        status: Effect.sync(() => edge.status)
      })
    })
  )

interface Queues {
  readonly sending: Queue.Dequeue<{ readonly text: string; readonly to: Address }>
  readonly names: Queue.Dequeue<Sending>
  readonly faults: Queue.Dequeue<unknown>
}

/** The fibres between the edge and the world, in the scope of the layer. */
const carry = Effect.fnUntraced(function* (edge: SipEdge, now: () => number, queues: Queues) {
  const socket = yield* UdpSocket
  const resolve = yield* makeResolver
  const receive = Effect.map(socket.receive, (datagrams) => {
    for (const { payload, source } of datagrams) edge.receive(payload, source, now())
  })
  const send = Effect.flatMap(Queue.takeAll(queues.sending), (datagrams) =>
    Effect.forEach(datagrams, ({ text, to }) => socket.send(text, to), { discard: true })
  )
  const lookUp = Stream.fromQueue(queues.names).pipe(
    Stream.mapEffect(
      (sending) =>
        resolve(sending.hop, headerValue(sending.request, "Call-ID") ?? "").pipe(
          Effect.map((addresses) => edge.lookedUp(sending, addresses, now())),
          Effect.catchDefect((error) => Effect.logError("SIP look-up failed", error))
        ),
      { concurrency: lookUpsMax, unordered: true }
    ),
    Stream.runDrain
  )
  const sweep = Effect.andThen(
    Effect.sleep(sweepMillis),
    Effect.sync(() => edge.sweep(now()))
  )
  const report = Effect.flatMap(Queue.take(queues.faults), (error) => Effect.logWarning("SIP message caused", error))
  // A mistake of ours in one message or timer must not stop the others.
  const goOn = <E>(task: Effect.Effect<void, E>) =>
    Effect.forever(Effect.catchDefect(task, (error) => Effect.logError("SIP task failed", error)))
  yield* Effect.forkScoped(goOn(receive).pipe(Effect.tapError(Effect.logFatal), Effect.ignore))
  for (const task of [send, lookUp, sweep, report]) yield* Effect.forkScoped(goOn(task))
})

const closeDown = Effect.fnUntraced(function* (edge: SipEdge, now: () => number) {
  const started = now()
  edge.close(started)
  yield* Effect.whileLoop({
    while: () => edge.legs.size > 0 && now() - started < closingMillisMax,
    body: () => Effect.sleep(sweepMillis),
    step: () => {}
  })
  // What ended the last leg may still wait to be sent.
  yield* Effect.sleep(sweepMillis)
})

const placeCall = Effect.fnUntraced(function* (edge: SipEdge, call: Call, now: () => number) {
  const invalid = checkCall(call)
  if (invalid !== undefined) return yield* invalid
  const ears = yield* listening
  return toLeg(
    edge,
    edge.place(call, (leg) => leg.listen(ears.hear), now()),
    now,
    ears
  )
})

const toInbound = Effect.fnUntraced(function* (edge: SipEdge, leg: SipjsLeg, now: () => number) {
  const ears = yield* listening
  leg.listen(ears.hear)
  const common = toLeg(edge, leg, now, ears)
  const inbound: InboundLeg = {
    ...common,
    from: uriUser(parseNameAddress(leg.caller)?.uri ?? ""),
    to: uriUser(leg.invite?.uri ?? ""),
    source: leg.source,
    offer: leg.offer,
    answer: (sdp) => Effect.sync(() => edge.command(() => leg.accept(sdp), now())),
    reject: (status) =>
      Effect.andThen(
        Effect.sync(() => edge.command(() => leg.hangUp(status), now())),
        common.ended
      )
  }
  return inbound
})

/** Ends a call that a process before us left. */
const endBy =
  (edge: SipEdge, now: () => number): AskEnd =>
  (ending, credentials) =>
    Effect.callback((resume) => edge.endKept(ending, credentials, (status) => resume(Effect.succeed(status)), now()))

interface Ears {
  readonly events: Queue.Queue<LegEvent, Cause.Done>
  readonly final: Deferred.Deferred<FinalEvent>
  readonly hear: (event: LegEvent) => void
}

const listening = Effect.gen(function* () {
  const events = yield* Queue.unbounded<LegEvent, Cause.Done>()
  const final = yield* Deferred.make<FinalEvent>()
  const hear = (event: LegEvent): void => {
    if (event._tag === "Key" && Queue.sizeUnsafe(events) >= eventsMax) return
    Queue.offerUnsafe(events, event)
    if (event._tag !== "Failed" && event._tag !== "Ended") return
    Deferred.doneUnsafe(final, Exit.succeed(event))
    Queue.endUnsafe(events)
  }
  return { events, final, hear } satisfies Ears
})

/** Of a request within a call: the far end has lost it, or is lost (RFC 3261 §12.2.1.2); 487 where the call has ended meanwhile. */
const goneStatuses: ReadonlySet<number> = new Set([408, 481, 487])

const toLeg = (edge: SipEdge, leg: SipjsLeg, now: () => number, { events, final }: Ears): Leg => {
  const ended = Deferred.await(final)
  const ask = (act: (done: (outcome: Outcome) => void) => void) =>
    Effect.callback<string, LegRefused>((resume) => {
      const done = (outcome: Outcome) =>
        resume(
          outcome._tag === "Done"
            ? Effect.succeed(outcome.sdp)
            : Effect.fail(new LegRefused({ status: outcome.status }))
        )
      edge.command(() => act(done), now())
    })
  return {
    id: leg.id,
    events: Stream.fromQueue(events),
    ended,
    hangUp: Effect.andThen(
      Effect.sync(() => edge.command(() => leg.hangUp(), now())),
      ended
    ),
    sendKey: (key, durationMillis) => Effect.asVoid(ask((done) => leg.sendKey({ key, durationMillis }, done))),
    reoffer: (sdp) => ask((done) => leg.reoffer(sdp, done)),
    isThere: Effect.match(
      ask((done) => leg.askWhether(done)),
      // Whoever refuses is there.
      { onSuccess: () => true, onFailure: ({ status }) => !goneStatuses.has(status) }
    )
  }
}
