import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, Scope, Stream } from "effect"
import { readdirSync } from "node:fs"
import { replayedCore, Rehearsal } from "../../../sim/floor/Rehearsal.ts"
import { diallerSettings } from "../../../sim/Driver.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import type { FloorCore } from "../../../src/runtime/floor/FloorCore.ts"
import type { FloorEvent } from "../../../src/runtime/floor/FloorEvent.ts"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import { layer as layerJournal } from "../../../src/runtime/store/storedJournal.ts"
import { holdsOf, notesOf } from "../../../src/store/contactHistory.ts"
import { eventsOf } from "../../../src/store/floor/journalRows.ts"
import { insertWindow, runOf } from "../../../src/store/floor/windows.ts"
import type { Records } from "../../../src/store/Recorder.ts"
import { attemptsOf, spansOf } from "../../../src/store/rows.ts"
import { sampleScenario } from "../../sim/scenario/sample.ts"
import { floors } from "../../sim/worldFloors.ts"
import { onStore } from "../../store/floor/onStore.ts"
import { stateOf } from "./stateOf.ts"

const visible = ({ dialler }: FloorCore): string => stateOf(dialler).join("\n")

/** A rehearsed day in a store: at some commits how the core stood, and what was written down. */
const rehearse = Effect.fnUntraced(function* (path: string, scenario: Scenario, untilMillis: number, every: number) {
  const window = yield* insertWindow({ openedAt: 0, epoch: 0, settings: diallerSettings(scenario), opening: {} })
  const services = yield* Layer.buildWithScope(layerJournal({ path, window, eventCount: 0 }), yield* Scope.make())
  const stored = Context.get(services, Journal)
  const states = new Map<number, string>()
  const kept: Array<Records> = []
  let events = 0
  const seen: { rehearsal: Rehearsal | null } = { rehearsal: null }
  const journal = Layer.succeed(Journal, {
    commit: (told, records) =>
      Effect.tap(stored.commit(told, records), () =>
        Effect.sync(() => {
          events += told.length
          kept.push(records)
          const isDue = Math.floor(events / every) > Math.floor((events - told.length) / every)
          if (isDue && seen.rehearsal !== null) states.set(events, visible(seen.rehearsal.core))
        })
      )
  })
  const rehearsal = new Rehearsal(scenario, 1, journal)
  seen.rehearsal = rehearsal
  while (rehearsal.nextAt <= untilMillis && rehearsal.nextAt < Number.POSITIVE_INFINITY) rehearsal.step()
  states.set(events, visible(rehearsal.core))
  return { window, states, kept }
})

/** That the file alone gives every state the core was in, and everything that was written down. */
const comesBack = (scenario: Scenario, untilMillis: number, every: number) =>
  onStore((path) =>
    Effect.gen(function* () {
      const { kept, states, window } = yield* rehearse(path, scenario, untilMillis, every)
      const core = replayedCore(scenario, 1)
      const again: Array<Records> = []
      let events = 0
      let compared = 0
      yield* Stream.runForEach(eventsOf(window.id), ({ at, event }) =>
        Effect.sync(() => {
          core.tell(event as FloorEvent, at)
          core.takeCommands()
          again.push(core.takeRecords())
          events += 1
          const state = states.get(events)
          if (state === undefined) return
          compared += 1
          assert.isTrue(visible(core) === state, `event ${events} leads to another state`)
        })
      )
      assert.strictEqual(compared, states.size)
      const run = runOf(window.id)
      const all = <K extends keyof Records>(records: ReadonlyArray<Records>, kind: K) =>
        records.flatMap((each): ReadonlyArray<unknown> => each[kind])
      const rows = {
        attempts: yield* attemptsOf(run),
        spans: yield* spansOf(run),
        holds: yield* holdsOf(run),
        notes: yield* notesOf(run)
      }
      for (const kind of ["attempts", "spans", "holds", "notes"] as const) {
        assert.deepStrictEqual(all(again, kind), all(kept, kind))
        assert.deepStrictEqual<ReadonlyArray<unknown>>(rows[kind], all(kept, kind))
      }
    })
  )

const folder = new URL("../../../scenarios/", import.meta.url)
const samples = readdirSync(folder).filter((name) => name.endsWith(".yaml"))
/** So long that every kind of thing happens, and so short that the disk is not all that is tested. */
const minutes: Readonly<Record<string, number>> = { "consumer-80.yaml": 6, "sample.yaml": 40 }

describe("a rehearsed day in a store", () => {
  it.effect.each(samples)("comes back as it was, event by event: %s", (name) => {
    const scenario = sampleScenario(name)
    return comesBack(scenario, (minutes[name] ?? 30) * 60_000, 400)
  })

  it.effect.each(["everything at once", "callback", "manual"])("and so on a floor with %s", (name) =>
    comesBack(floors[name], 900_000, 150)
  )
})
