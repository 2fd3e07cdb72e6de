import { Clock, Effect, Exit, Option, Queue, Scope, Stream, SubscriptionRef } from "effect"
import type { Channel, ChannelFault, Emit } from "./engine/Channel.ts"
import type { LegDesk } from "./MediaLeg.ts"
import type { Prompt } from "./prompts/Prompt.ts"

/**
 * Whether there is sound. `restarting`: the thread that made it has died, and its legs with it; another one is on its way.
 * `gone`: no other is tried any more. `sentence` says why.
 */
export type SoundState = { readonly kind: "up" } | { readonly kind: "restarting" | "gone"; readonly sentence: string }

/** What is left of the thread before. */
export interface Before {
  /** No name of it may be used again. */
  readonly namesAfter: number
  /** The last port that was given away; those after it have been free for longest. */
  readonly portAfter: number
}

export type Connect = (emit: Emit, before: Before) => Effect.Effect<Channel, never, Scope.Scope>

/** An engine, and what is known here of its legs and prompts. */
export interface SoundThread {
  readonly channel: Channel
  readonly desks: Map<number, LegDesk>
  /** Its names of the prompts, by ours. */
  readonly prompts: Map<number, number>
  readonly end: Effect.Effect<void>
}

/** A thread that dies is replaced so often within so long; after that there is no more sound. */
export const restartsMax = 3
export const restartsWithinMillis = 600_000
/** How long a new thread may take until it runs. */
const readyMillisMax = 10_000
/** Names a thread may use; so many engines on, numbers are still exact. */
const namesPerThread = 1e9

type Act<A, R> = (thread: SoundThread) => Effect.Effect<A, ChannelFault, R>
type Slot = { readonly kind: "up"; readonly thread: SoundThread } | Exclude<SoundState, { readonly kind: "up" }>

/** The thread that makes sound, replaced by another when it dies. */
export class SoundThreads {
  readonly #connect: Connect
  readonly #slot: SubscriptionRef.SubscriptionRef<Slot>
  readonly #scope: Scope.Scope
  readonly #prompts = new Map<number, Prompt>()
  #promptIds = 0
  #started = 0
  #portAfter = 0

  private constructor(connect: Connect, scope: Scope.Scope, slot: SubscriptionRef.SubscriptionRef<Slot>) {
    this.#connect = connect
    this.#scope = scope
    this.#slot = slot
  }

  static readonly make = Effect.fnUntraced(function* (connect: Connect) {
    const slot = yield* SubscriptionRef.make<Slot>({ kind: "restarting", sentence: "the sound has not begun" })
    yield* Effect.addFinalizer(() => SubscriptionRef.set(slot, closed))
    // Ended before its threads are: their end is no death.
    const scope = yield* Scope.fork(yield* Effect.scope)
    const threads = new SoundThreads(connect, scope, slot)
    const thread = yield* threads.#start
    yield* SubscriptionRef.set(slot, { kind: "up", thread })
    yield* Effect.forkScoped(threads.#keep(thread))
    return threads
  })

  get state(): Effect.Effect<SoundState> {
    return Effect.map(SubscriptionRef.get(this.#slot), stateOf)
  }

  /** How it stands, and then each change. */
  get changes(): Stream.Stream<SoundState> {
    return Stream.map(SubscriptionRef.changes(this.#slot), stateOf)
  }

  /** Does something with a thread that lives: also where one dies meanwhile, with the next one. */
  use<A, R>(act: Act<A, R>): Effect.Effect<A, ChannelFault, R> {
    const tried = (thread: SoundThread): Effect.Effect<A, ChannelFault, R> =>
      Effect.catch(act(thread), (fault) =>
        fault.reason === "stopped" ? Effect.flatMap(this.#other(thread), tried) : Effect.fail(fault)
      )
    return Effect.flatMap(this.#other(undefined), tried)
  }

  /** Does something with the thread there is now. */
  once<A>(act: Act<A, never>): Effect.Effect<A, ChannelFault> {
    return Effect.flatMap(SubscriptionRef.get(this.#slot), (slot) =>
      slot.kind === "up" ? act(slot.thread) : Effect.fail(stopped(slot))
    )
  }

  /** A thread that is up, and is not that one; waits while another is on its way. */
  #other(dead: SoundThread | undefined): Effect.Effect<SoundThread, ChannelFault> {
    return SubscriptionRef.changes(this.#slot).pipe(
      Stream.filter((slot) => slot.kind === "gone" || (slot.kind === "up" && slot.thread !== dead)),
      Stream.runHead,
      Effect.map(Option.getOrElse((): Slot => closed)),
      Effect.flatMap((slot) => (slot.kind === "up" ? Effect.succeed(slot.thread) : Effect.fail(stopped(slot))))
    )
  }

  /** Ports up to that one were given away last. */
  gaveAway(port: number): void {
    this.#portAfter = port
  }

  /** A prompt that every thread is to hold; answers with a name of ours. */
  addPrompt(prompt: Prompt): Effect.Effect<number> {
    return Effect.sync(() => {
      this.#promptIds += 1
      this.#prompts.set(this.#promptIds, prompt)
      return this.#promptIds
    })
  }

  /** Done when the thread holds a prompt that was added. */
  holding(id: number, prompt: Prompt): Effect.Effect<void, ChannelFault> {
    return this.use((thread) => this.#load(thread, id, prompt))
  }

  #load({ channel, prompts }: SoundThread, id: number, prompt: Prompt): Effect.Effect<void, ChannelFault> {
    if (prompts.has(id)) return Effect.void
    return Effect.flatMap(channel.request("loadPrompt", { prompt }), (name) =>
      Effect.sync(() => void prompts.set(id, name))
    )
  }

  dropPrompt(id: number): Effect.Effect<void> {
    return Effect.suspend(() => {
      this.#prompts.delete(id)
      const slot = SubscriptionRef.getUnsafe(this.#slot)
      const name = slot.kind === "up" ? slot.thread.prompts.get(id) : undefined
      if (slot.kind !== "up" || name === undefined) return Effect.void
      slot.thread.prompts.delete(id)
      return Effect.ignore(slot.thread.channel.request("dropPrompt", { prompt: name }))
    })
  }

  readonly #start = Effect.gen({ self: this }, function* () {
    const before = { namesAfter: namesPerThread * this.#started, portAfter: this.#portAfter }
    this.#started += 1
    const desks = new Map<number, LegDesk>()
    const scope = yield* Scope.fork(this.#scope)
    const emit: Emit = (happening) => desks.get(happening.leg)?.take(happening)
    const channel = yield* Scope.provide(this.#connect(emit, before), scope)
    return { channel, desks, prompts: new Map<number, number>(), end: Scope.close(scope, Exit.void) }
  })

  /** Replaces a thread that has died, until that happens too often. */
  #keep(first: SoundThread): Effect.Effect<void> {
    const restarts: Array<number> = []
    return Effect.gen({ self: this }, function* () {
      let thread = first
      for (;;) {
        const { sentence } = yield* Effect.flip(thread.channel.stopped)
        const now = yield* monotonicMillis
        const goesOn = restarts.filter((at) => now - at < restartsWithinMillis).length < restartsMax
        yield* SubscriptionRef.set(this.#slot, { kind: goesOn ? "restarting" : "gone", sentence })
        for (const { events } of thread.desks.values()) yield* Queue.end(events)
        yield* thread.end
        if (!goesOn) return yield* Effect.logFatal(`there is no more sound, it stops again and again: ${sentence}`)
        yield* Effect.logError(`all calls have lost their sound, which begins anew: ${sentence}`)
        restarts.push(now)
        thread = yield* this.#replacement
      }
    })
  }

  /** A new thread with all prompts; where it does not come to run, it is ended as if it had died. */
  readonly #replacement = Effect.gen({ self: this }, function* () {
    const thread = yield* this.#start
    const ready = yield* thread.channel
      .request("ready", null)
      .pipe(
        Effect.andThen(
          Effect.forEach(this.#prompts, ([id, prompt]) => this.#load(thread, id, prompt), { discard: true })
        ),
        Effect.timeout(readyMillisMax),
        Effect.exit
      )
    if (Exit.isSuccess(ready)) yield* SubscriptionRef.set(this.#slot, { kind: "up", thread })
    else yield* thread.end
    return thread
  })
}

const closed = { kind: "gone", sentence: "the sound has been closed" } as const

const stopped = ({ sentence }: { readonly sentence: string }) => ({ reason: "stopped", sentence }) as const

const stateOf = (slot: Slot): SoundState => (slot.kind === "up" ? { kind: "up" } : slot)

const monotonicMillis = Effect.map(Clock.monotonicTimeNanos, (nanos) => Number(nanos / 1_000_000n))
