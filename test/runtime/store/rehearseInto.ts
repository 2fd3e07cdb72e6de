import { Context, Effect, Layer, Scope } from "effect"
import process from "node:process"
import { diallerSettings } from "../../../sim/Driver.ts"
import { Rehearsal } from "../../../sim/floor/Rehearsal.ts"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import { layer as layerJournal } from "../../../src/runtime/store/storedJournal.ts"
import { layer } from "../../../src/store/floor/floorFile.ts"
import { insertWindow } from "../../../src/store/floor/windows.ts"
import { floors } from "../../sim/worldFloors.ts"
import { writeSync } from "node:fs"

/** Rehearses a floor into a store, and says after each commit how many events it has: for tests that kill it. */
const [path, name] = process.argv.slice(2)

await Effect.runPromise(
  Effect.gen(function* () {
    const scenario = floors[name]
    const window = yield* insertWindow({ openedAt: 0, epoch: 0, settings: diallerSettings(scenario), opening: {} })
    const services = yield* Layer.buildWithScope(layerJournal({ path, window, eventCount: 0 }), yield* Scope.make())
    const stored = Context.get(services, Journal)
    let events = 0
    const journal = Layer.succeed(Journal, {
      commit: (told, records) =>
        Effect.tap(stored.commit(told, records), () =>
          Effect.sync(() => {
            events += told.length
            writeSync(1, `${events}\n`)
          })
        )
    })
    new Rehearsal(scenario, 1, journal).run(Number.POSITIVE_INFINITY)
  }).pipe(Effect.provide(layer(path)))
)
