import { Clock, Effect } from "effect"
import { count } from "../../../reports/format.ts"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { type ListLoaded, loadList } from "../../runtime/serve/loadList.ts"
import { recordingsOf } from "../../runtime/serve/recordingsOf.ts"
import { type ServedFloor, serveFloor } from "../../runtime/serve/serveFloor.ts"
import { eraseDue } from "../../runtime/store/eraseDue.ts"
import { type OpenFloor, openFloor } from "../../runtime/store/openFloor.ts"
import { windowSettingsOf } from "../../runtime/store/windowSettingsOf.ts"
import { erasedPeople } from "../../store/floor/erasedPeople.ts"
import { layer as layerStore } from "../../store/floor/floorFile.ts"
import { Failed } from "../CommandFailure.ts"
import { listProblemsText } from "../listText.ts"
import { say } from "../progress/Screen.ts"
import { stopSignal } from "../stopSignal.ts"
import { writeOut } from "../writeOut.ts"
import { erasedLine } from "./erasedText.ts"
import { floorFileAt, floorLine } from "./floorFile.ts"
import { floorTable } from "./floorTable.ts"
import { floorTitle } from "./floorTitle.ts"
import { lostAdvice, lostText } from "./lostText.ts"
import { showFloor } from "./showFloor.ts"

export interface FloorRun {
  readonly config: string
  /** Ends by itself when every campaign has reached its goal. */
  readonly untilDone: boolean
  /** How long people may finish their talks after the end was asked for. */
  readonly stopSeconds: number
}

const lookMillis = 500

/** Runs a live floor from its configuration to the end somebody asks for. */
export const runFloor = Effect.fn("runFloor")(
  function* ({ config: path, stopSeconds, untilDone }: FloorRun) {
    const { at, config } = yield* floorFileAt(path)
    const stop = yield* stopSignal
    yield* say(`${floorLine(config)}. Store: ${config.store}`)
    yield* Effect.gen(function* () {
      yield* eraseAsked(config)
      const opened = yield* openFloor({
        path: config.store,
        erased: yield* whoWasErased(config),
        now: yield* Clock.currentTimeMillis,
        settingsAt: (epoch) => windowSettingsOf(at(epoch), epoch)
      })
      const served = yield* serveFloor(config, opened, loadLists(config, opened))
      const look = yield* looking(config, opened, served)
      yield* showFloor(look)
      const why = yield* Effect.raceAllFirst([
        Effect.map(stop.requested, (signal) => `${signal}: `),
        Effect.as(served.endAsked, "asked through the control: "),
        untilDone ? Effect.as(doneOf(served), "all lists are done: ") : Effect.never,
        served.failed
      ])
      yield* say(`\n${why}no new calls; people who talk may finish. Ctrl-C again ends at once.`)
      yield* stop.letGo
      yield* Effect.raceFirst(served.stop(stopSeconds * 1_000), served.failed)
      const { floor, title } = look()
      yield* writeOut(`${floorTable(floor, title, { columns: 200, rows: 500 }).join("\n")}\n`)
    }).pipe(Effect.provide(layerStore(config.store)))
  },
  Effect.scoped,
  Effect.mapError((error) => {
    if (error._tag === "WrongInput" || error._tag === "Failed") return error
    return new Failed({ sentence: error.message })
  })
)

/** Whoever was to be erased while the floor worked the last time is erased now; what hinders it hinders nothing else. */
const eraseAsked = Effect.fnUntraced(
  function* (config: FloorConfig) {
    const recordings = recordingsOf(config)
    const now = yield* Clock.currentTimeMillis
    const erased = yield* eraseDue({ path: config.store, now, who: "outpace serve", endsWrapUps: false, recordings })
    if (erased === "waits")
      yield* say("People are to be erased: after-call work comes first, then the next start does it.")
    else if (erased !== null) yield* say(`People were erased: ${erasedLine(erased)}`)
  },
  Effect.catchTag(["PlatformError", "SecretProblem"], ({ message }) =>
    say(`Nobody was erased who is to be: ${message}. The next start tries again; nobody calls them.`)
  )
)

/** Who was erased before, as far as it can be told. */
const whoWasErased = Effect.fnUntraced(function* ({ store }: FloorConfig) {
  const people = yield* erasedPeople(store)
  const lost = lostText(people)
  if (lost !== null) yield* say(`${lost} ${lostAdvice}`)
  return people.numbers
})

const doneOf = (served: ServedFloor): Effect.Effect<void> =>
  Effect.suspend(() => (served.isDone() ? Effect.void : Effect.andThen(Effect.sleep(lookMillis), doneOf(served))))

/** What is shown: the floor, under the time of day where it is. */
const looking = Effect.fnUntraced(function* (config: FloorConfig, { window }: OpenFloor, served: ServedFloor) {
  const clock = yield* Clock.Clock
  return () => {
    const now = clock.currentTimeMillisUnsafe()
    return { floor: served.view.snapshot(now - window.epoch), title: floorTitle(config, now) }
  }
})

/** Reads every campaign's list; a list that cannot be read stops the floor before anything is dialled. */
const loadLists = (config: FloorConfig, opened: OpenFloor) =>
  Effect.forEach(
    config.campaigns,
    (campaign, index) =>
      Effect.gen(function* () {
        const { name } = campaign.settings
        yield* say(`${name}: reading ${campaign.list.file}`)
        const loaded = yield* loadList(campaign, index, opened, () => {}).pipe(
          Effect.mapError(({ message }) => new Failed({ sentence: `${campaign.list.file}: ${message}` }))
        )
        yield* say(`${name}: ${loadedText(loaded)}`)
      }),
    { discard: true }
  )

const loadedText = ({ added, problems, rows }: ListLoaded): string =>
  [`${count(added)} contacts added of ${count(rows)} rows`, ...listProblemsText(problems)].join("\n")
