import { Clock, Deferred, Effect, Layer, Option, Result, Schema, Stream } from "effect"
import { Closed } from "../../dialler/ContactList.ts"
import { AgentState } from "../../domain/AgentState.ts"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { Media } from "../../media/Media.ts"
import { type ControlNames, FloorControl } from "../control/FloorControl.ts"
import { controlSocketOf, layerControlSocket } from "../control/controlSocket.ts"
import { Floor } from "../floor/Floor.ts"
import { FloorView } from "../floor/FloorView.ts"
import { Inbox } from "../floor/Inbox.ts"
import { Journal } from "../floor/Journal.ts"
import { CallControl } from "../live/CallControl.ts"
import { CallBook } from "../store/CallBook.ts"
import type { OpenFloor } from "../store/openFloor.ts"
import type { WindowSettings } from "../store/WindowSettings.ts"
import { layer as layerStoredJournal } from "../store/storedJournal.ts"
import { adoptRecordings } from "./adoptRecordings.ts"
import { ContactDesk } from "./ContactDesk.ts"
import { endRecordings } from "./endRecordings.ts"
import { erasing } from "./erasing.ts"
import { followTrunks } from "./followTrunks.ts"
import { handsOf } from "./handsOf.ts"
import { recordingsOf } from "./recordingsOf.ts"
import { layerLists } from "./layerLists.ts"
import { layerLiveWorld } from "./liveLayers.ts"

/** A floor that works. */
export interface ServedFloor {
  readonly view: FloorView
  /** Done when somebody asked for the end through the control. */
  readonly endAsked: Effect.Effect<void>
  /** Whether every campaign has reached its goal and nothing is under way. */
  readonly isDone: () => boolean
  /**
   * Ends the day: nothing more is dialled, calls that ring are taken back, and people who talk have `limitMillis` to finish;
   * then everything is hung up. Everything is on record when it is done.
   */
  readonly stop: (limitMillis: number) => Effect.Effect<void>
  /** Never ends but by a failure: the journal cannot be written any more, or the floor has ended for want of sound. */
  readonly failed: Effect.Effect<never, JournalGone | SoundGone>
}

/** There is no more sound; the floor has been ended in good order. */
export class SoundGone extends Schema.TaggedError<SoundGone>()("SoundGone", { sentence: Schema.String }) {
  override get message() {
    return `${this.sentence}. Calls cannot be heard any more, so the floor has ended: start it again`
  }
}

/** Nothing more can be written down: the floor has ended. */
export class JournalGone extends Schema.TaggedError<JournalGone>()("JournalGone", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}

const pollMillis = 100
/** From hanging up to the far ends' word that calls are over, and the wrap-ups that are left without a word. */
const endingMillisMax = 70_000
/** For wrap-ups, where calls have ended for want of sound. */
const soundlessMillisMax = 30_000

/**
 * Begins to work a floor that was opened, in its store; it works while the scope is open. `prepare`: what is to be done before
 * anybody is called, such as to load lists.
 */
export const serveFloor = Effect.fn("serveFloor")(function* <E, R>(
  config: FloorConfig,
  opened: OpenFloor,
  prepare: Effect.Effect<void, E, R>
) {
  const { contacts, core, startMillis, window } = opened
  const names: ControlNames = {
    ...(window.settings as WindowSettings).names,
    agents: config.groups.flatMap(({ agents }) => agents.map(({ name, user }) => ({ name, user }))),
    epochMillis: window.epoch
  }
  const view = new FloorView(core, names)
  const calls = new CallBook()
  const journal = Layer.effect(Journal, watched(view)).pipe(Layer.provide(layerJournal(config, opened, calls)))
  const world = layerLiveWorld(config, opened, layerLists(config), calls)
  const services = yield* Layer.build(
    Floor.layer(core).pipe(
      Layer.provideMerge(world),
      Layer.provide(journal),
      Layer.provideMerge(ContactDesk.layer(opened)),
      Layer.provideMerge(Inbox.layer(startMillis))
    )
  )
  return yield* Effect.gen(function* () {
    const inbox = yield* Inbox
    const floor = yield* Floor
    const failed = yield* Deferred.make<never, JournalGone | SoundGone>()
    yield* floor.run.pipe(
      Effect.catch(({ message }) => Deferred.fail(failed, new JournalGone({ sentence: message }))),
      Effect.forkScoped
    )
    const hands = handsOf(yield* CallControl)
    const control = yield* Layer.build(FloorControl.layer(names, view, hands, yield* erasing(config, opened)))
    yield* Layer.build(layerControlSocket(controlSocketOf(config.store))).pipe(Effect.provideContext(control))
    const { stopping } = yield* FloorControl.pipe(Effect.provideContext(control))
    yield* prepare
    yield* adoptRecordings(config, recordingsOf(config))
    yield* endRecordings
    yield* followTrunks(config)
    yield* soundGone.pipe(
      Effect.flatMap((sentence) =>
        Effect.andThen(stop(core, inbox, soundlessMillisMax), Deferred.fail(failed, new SoundGone({ sentence })))
      ),
      Effect.forkScoped
    )
    for (const { index } of core.dialler.campaigns) {
      if (opened.carried.running[index]) yield* inbox.tell({ kind: "started", campaign: index })
    }
    const served: ServedFloor = {
      view,
      endAsked: stopping,
      isDone: () =>
        core.dialler.calls.size === 0 &&
        core.dialler.campaigns.every(
          ({ index, list, settings }) =>
            settings.goal === "exhausted" && list.exhausted && list.size === contacts.loaded(index)
        ),
      stop: (limitMillis) => stop(core, inbox, limitMillis),
      failed: Deferred.await(failed)
    }
    return served
  }).pipe(Effect.provideContext(services))
})

/** The journal in the store. Who has said no to one campaign is called by none. */
const layerJournal = ({ store }: FloorConfig, opened: OpenFloor, calls: CallBook) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const inbox = yield* Inbox
      const scope = yield* Effect.scope
      const { contacts, eventCount, window } = opened
      return layerStoredJournal({
        path: store,
        window,
        eventCount,
        floor: opened,
        takeCalls: () => calls.take(),
        takeKept: () => contacts.takeKept(),
        objected: (numbers) =>
          Effect.forEach(
            contacts.stillCalledAt(numbers),
            (each) => inbox.tell({ kind: "withdrawn", as: Closed.doNotCall, ...each }),
            { discard: true }
          ).pipe(Effect.forkIn(scope), Effect.asVoid)
      })
    })
  )

/** What is written down is counted for those who watch. */
const watched = (view: FloorView) =>
  Journal.use((stored) =>
    Effect.succeed(
      Journal.of({
        commit: (events, records) =>
          Effect.tap(stored.commit(events, records), () => Effect.sync(() => view.add(records)))
      })
    )
  )

/** Waits until no sound can be had any more, and says why. */
const soundGone = Media.use(({ changes }) =>
  changes.pipe(
    Stream.filterMap((state) => (state.kind === "gone" ? Result.succeed(state.sentence) : Result.failVoid)),
    Stream.runHead,
    Effect.flatMap(Option.match({ onNone: () => Effect.never, onSome: (sentence) => Effect.succeed(sentence) }))
  )
)

const stop = Effect.fnUntraced(function* (core: OpenFloor["core"], inbox: Inbox["Service"], limitMillis: number) {
  const { agents, calls } = core.dialler
  const each = (kind: "signsOut" | "lost") =>
    Effect.forEach(
      Array.from({ length: agents.size }, (_, agent) => agent),
      (agent) => inbox.tell({ kind, agent }),
      {
        discard: true
      }
    )
  const isOver = () => calls.size === 0 && agents.state.every((state) => state === AgentState.signedOut)
  yield* inbox.tell({ kind: "stopping" })
  yield* each("signsOut")
  if (yield* until(isOver, limitMillis)) return
  // Whoever still talks is cut off; wrap-ups end without a word.
  yield* each("lost")
  yield* until(isOver, endingMillisMax)
})

/** Looks until it is so, and says whether it became so in time. */
const until = Effect.fnUntraced(function* (isSo: () => boolean, limitMillis: number) {
  const started = yield* Clock.currentTimeMillis
  while (!isSo()) {
    if ((yield* Clock.currentTimeMillis) - started >= limitMillis) return false
    yield* Effect.sleep(pollMillis)
  }
  return true
})
