import { Clock, Effect, Fiber, Option } from "effect"
import { Command, Flag } from "effect/cli"
import { clock as clockText } from "../../../reports/format.ts"
import { Rehearsal } from "../../../sim/floor/Rehearsal.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { FloorView } from "../../runtime/floor/FloorView.ts"
import { Journal } from "../../runtime/floor/Journal.ts"
import type { Records } from "../../store/Recorder.ts"
import { Interrupted } from "../CommandFailure.ts"
import { floorTable } from "../floor/floorTable.ts"
import { showFloor } from "../floor/showFloor.ts"
import { scenarioArgument } from "../options.ts"
import { say } from "../progress/Screen.ts"
import { scenarioFile } from "../scenarioFile.ts"
import { stopSignal } from "../stopSignal.ts"
import { writeOut } from "../writeOut.ts"

const speedMax = 100_000
const usualSpeed = 60
/** Work is done in slices of this length, so that the table and Ctrl-C are served between them. */
const sliceMillis = 50
/** Things that happen in one slice at most: a slice too full falls behind, and the clock says so. */
const stepsMax = 20_000

const flags = {
  scenario: scenarioArgument("scenario", "Scenario file (YAML)"),
  speed: Flag.String("speed").pipe(
    Flag.withMetavar("FACTOR"),
    Flag.filterMap(
      (text) => {
        const factor = text.trim() === "" ? Number.NaN : Number(text)
        return factor > 0 && factor <= speedMax ? Option.some(factor) : Option.none()
      },
      () => `a number above 0, at most ${speedMax}`
    ),
    Flag.withDescription("How many times faster than a real day (default 60: an hour a minute)"),
    Flag.withDefault(usualSpeed)
  ),
  seed: Flag.String("seed").pipe(
    Flag.withMetavar("TEXT"),
    Flag.withDescription("Another day with the same averages; the scenario's own seed otherwise"),
    Flag.optional
  )
}

export const rehearseCommand = Command.make(
  "rehearse",
  flags,
  Effect.fn(function* ({ scenario: path, seed, speed }) {
    const { scenario } = yield* scenarioFile(path, Option.getOrNull(seed))
    const stop = yield* stopSignal
    const day = yield* runDay(scenario, speed)
    const signal = yield* Effect.raceFirst(Effect.as(Fiber.await(day.fiber), null), stop.requested)
    yield* Fiber.interrupt(day.fiber)
    yield* say("")
    yield* writeOut(`${floorTable(day.look().floor, day.look().title, { columns: 200, rows: 200 }).join("\n")}\n`)
    if (signal !== null) {
      return yield* new Interrupted({ signal, sentence: `Stopped at ${day.look().title}. A rehearsal keeps nothing.` })
    }
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Watch one day of a scenario on the program of the live floor: a table of the floor as it works."
  ),
  Command.withExamples([
    { command: "outpace rehearse scenarios/sample.yaml", description: "An hour a minute" },
    { command: "outpace rehearse scenarios/sample.yaml --speed 1", description: "As slowly as it would be" }
  ])
)

/** Starts the day in a fibre of its own, shown while the scope is open. */
const runDay = Effect.fnUntraced(function* (scenario: Scenario, speed: number) {
  const written: Array<Records> = []
  const journal = Journal.layerKept((_, records) => void written.push(records))
  const rehearsal = new Rehearsal(scenario, 0, journal)
  const view = new FloorView(rehearsal.core, scenario)
  const look = () => {
    for (const records of written.splice(0)) view.add(records)
    return { floor: view.snapshot(rehearsal.now), title: titleOf(scenario, rehearsal.now, speed) }
  }
  yield* showFloor(look)
  const started = yield* Clock.currentTimeMillis
  const slice = Effect.gen(function* () {
    const until = ((yield* Clock.currentTimeMillis) - started) * speed
    for (let steps = 0; steps < stepsMax && rehearsal.nextAt <= until; steps += 1) rehearsal.step()
    if (rehearsal.nextAt === Number.POSITIVE_INFINITY) return false
    const wait = (rehearsal.nextAt - until) / speed
    yield* Effect.sleep(Math.min(sliceMillis, Math.max(1, Math.ceil(wait))))
    return true
  })
  const fiber = yield* Effect.forkScoped(Effect.repeat(slice, { while: (goesOn) => goesOn }))
  return { fiber, look }
})

const titleOf = ({ day, name }: Scenario, now: number, speed: number): string => {
  const seconds = String(Math.floor(now / 1_000) % 60).padStart(2, "0")
  return `${name}   ${clockText(Math.floor(day.startMinutes + now / 60_000))}:${seconds}   ${speed} × real time`
}
