import { Context, Effect, Layer, Queue } from "effect"
import type { Command } from "./Command.ts"
import type { FloorCore } from "./FloorCore.ts"
import type { FloorEvent, Stamped } from "./FloorEvent.ts"
import { Desks, Lists, Phones, Trunk } from "./FloorPort.ts"
import { Inbox } from "./Inbox.ts"
import { Journal, type JournalFailed } from "./Journal.ts"

/** Events that share one commit at most. */
const batchMax = 256

/**
 * The floor at work. Events are taken one at a time in the order they came and given to the core; they and what is recorded of
 * them are committed to the journal together; only then do the commands leave that follow from them. When the journal cannot
 * be written the floor ends: nothing is done that nobody would know of afterwards.
 */
export class Floor extends Context.Service<
  Floor,
  {
    /** For looking only: what is told goes through the `Inbox`. */
    readonly core: FloorCore
    /** Runs until it is interrupted or the journal fails. */
    readonly run: Effect.Effect<never, JournalFailed>
  }
>()("outpace/floor/Floor") {
  static readonly layer = (
    core: FloorCore
  ): Layer.Layer<Floor, never, Inbox | Journal | Trunk | Phones | Desks | Lists> =>
    Layer.effect(
      Floor,
      Effect.gen(function* () {
        const inbox = yield* Inbox
        const journal = yield* Journal
        const perform = yield* performer
        const step = Effect.gen(function* () {
          yield* Effect.interruptible(untilNext(core, inbox))
          const told = tellAll(core, takeWaiting(inbox.events), yield* inbox.now)
          yield* journal.commit(told, core.takeRecords())
          yield* Effect.forEach(core.takeCommands(), perform, { discard: true })
        })
        // What was begun is finished: an interruption comes between two batches.
        const run = Effect.forever(Effect.uninterruptible(step))
        return Floor.of({ core, run })
      })
    )
}

/** Waits for an event, or for the instant at which the core has something to do. Takes nothing. */
const untilNext = Effect.fnUntraced(function* (core: FloorCore, inbox: Inbox["Service"]) {
  const next = Queue.peek(inbox.events)
  if (core.nextTimerAt === Number.POSITIVE_INFINITY) return yield* Effect.asVoid(next)
  // Also what is due now waits for the rest of its instant.
  const dueIn = Math.max(0, core.nextTimerAt - (yield* inbox.now))
  yield* Effect.raceFirst(Effect.asVoid(next), Effect.sleep(dueIn))
})

const takeWaiting = (events: Queue.Dequeue<Stamped>): ReadonlyArray<Stamped> => {
  const taken: Array<Stamped> = []
  while (taken.length < batchMax) {
    const exit = Queue.takeUnsafe(events)
    if (exit === undefined || exit._tag === "Failure") break
    taken.push(exit.value)
  }
  return taken
}

/**
 * Tells the core what came, and between it that time has passed, at the instants the core waits for: after all events of the
 * same instant. Returns all of it, in order.
 */
const tellAll = (core: FloorCore, came: ReadonlyArray<Stamped>, now: number): ReadonlyArray<Stamped> => {
  const told: Array<Stamped> = []
  const tell = (event: FloorEvent, at: number): void => {
    const notBefore = Math.max(at, core.now)
    core.tell(event, notBefore)
    told.push({ at: notBefore, event })
  }
  for (const { at, event } of came) {
    while (core.nextTimerAt < at) tell(timers, core.nextTimerAt)
    tell(event, at)
  }
  if (came.length === 0 && core.nextTimerAt <= now) tell(timers, core.nextTimerAt)
  return told
}

const timers: FloorEvent = { kind: "timers" }

const performer = Effect.gen(function* () {
  const trunk = yield* Trunk
  const phones = yield* Phones
  const desks = yield* Desks
  const lists = yield* Lists
  return (command: Command): Effect.Effect<void> => {
    switch (command.kind) {
      case "dial":
      case "hangUp":
      case "detect":
      case "startScript":
      case "playAbandoned":
      case "flowDoes":
      case "welcome":
      case "turnAway":
      case "queueOver":
      case "handedOver":
        return trunk.do(command)
      case "ringAgent":
      case "releaseAgent":
      case "connect":
        return phones.do(command)
      case "preview":
      case "wrapUp":
      case "agentChanged":
        return desks.do(command)
      case "moved":
      case "campaignDone":
      case "listLow":
        return lists.do(command)
    }
  }
})
