import { Clock, Effect, FileSystem, Layer, Option } from "effect"
import { SqlClient } from "effect/sql"
import { userInfo } from "node:os"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import type { E164 } from "../../domain/Contact.ts"
import { recordingsOf } from "../../runtime/serve/recordingsOf.ts"
import { readNumbers } from "../../runtime/serve/readNumbers.ts"
import { eraseDue } from "../../runtime/store/eraseDue.ts"
import { askErasure } from "../../store/floor/erasures.ts"
import { dropLost, erasedPeople } from "../../store/floor/erasedPeople.ts"
import { layer as layerStore } from "../../store/floor/floorFile.ts"
import type { FloorFileProblem } from "../../store/floor/FloorFileProblem.ts"
import { Failed, WrongInput } from "../CommandFailure.ts"
import { writeOut } from "../writeOut.ts"
import { erasedText, outOfReach } from "./erasedText.ts"
import { floorFile } from "./floorFile.ts"
import { lostAdvice, lostText } from "./lostText.ts"

export interface EraseRun {
  readonly numbers: ReadonlyArray<string>
  readonly config: string
  readonly store: Option.Option<string>
  readonly forget: boolean
  readonly dropLost: boolean
}

/** Erases people from the store of a floor that does not run, and says what was there of them. */
export const runErase = Effect.fn("runErase")(function* (run: EraseRun) {
  const { config: file, forget, numbers: given, store } = run
  const config = Option.isSome(store) ? null : yield* floorFile(file)
  const path = Option.getOrElse(store, () => config?.store ?? "")
  const numbers = yield* numbersOf(given, config)
  const files = yield* FileSystem.FileSystem
  if (!(yield* files.exists(path).pipe(Effect.orElseSucceed(() => false)))) {
    return yield* new WrongInput({ sentence: `there is no store ${path}: nothing is known of anybody.` })
  }
  const work = Effect.gen(function* () {
    yield* checkIsFloor(path)
    const now = yield* Clock.currentTimeMillis
    yield* askErasure(numbers, forget, now)
    const recordings = config === null ? null : recordingsOf(config)
    const erased = yield* eraseDue({ path, now, who: userName(), endsWrapUps: true, recordings })
    // Somebody is due, as it was just asked for, and wrap-ups are not waited for.
    if (erased === null || erased === "waits") return null
    if (run.dropLost) yield* dropLost(path)
    return { erased, lost: lostText(yield* erasedPeople(path)) }
  })
  const done = yield* Effect.scoped(
    Effect.flatMap(
      Effect.mapError(Layer.build(layerStore(path)), (problem) => notOpened(problem)),
      (context) => Effect.provideContext(work, context)
    )
  ).pipe(
    Effect.mapError((error) => {
      if (error._tag === "WrongInput") return error
      return new Failed({
        sentence: `${error.message} Not everything is erased, but nobody calls them; say it again when that is put right.`
      })
    })
  )
  if (done === null) return
  const { erased, lost } = done
  yield* writeOut(`${erasedText(erased, numbers, forget, path)}\n${outOfReach(config, forget)}\n`)
  if (lost !== null) yield* writeOut(`${lost}\n${lostAdvice}\n`)
})

const numbersOf = (given: ReadonlyArray<string>, config: FloorConfig | null) => {
  const country = config?.campaigns[0].list.options.country ?? null
  const { numbers, wrong } = readNumbers(given, country)
  if (wrong.length === 0) return Effect.succeed<ReadonlyArray<E164>>(numbers)
  const kind = country === null ? "write it with + and its country code" : `of ${country}, or with + and a country code`
  const lines = wrong.map((text) => `"${text}" is no telephone number: ${kind}.`)
  return Effect.fail(new WrongInput({ sentence: lines.join("\n") }))
}

const notOpened = (problem: FloorFileProblem): WrongInput =>
  new WrongInput({
    sentence:
      problem.problem === "in-use"
        ? `the store ${problem.path} is in use (${problem.detail}). While its floor runs, say it to the floor: ` +
          "outpace floor erase NUMBER. Or stop the floor first: outpace floor stop."
        : problem.message
  })

/** A result of the simulator has the same tables, and nobody real in it. */
const checkIsFloor = Effect.fnUntraced(function* (path: string) {
  const sql = yield* SqlClient.SqlClient
  const results = yield* sql`SELECT 1 FROM results LIMIT 1`
  if (results.length === 0) return
  return yield* new WrongInput({ sentence: `${path} is the result of a rehearsal: nobody real is in it.` })
})

const userName = (): string => {
  try {
    return userInfo().username
  } catch {
    // Users need no name.
    return "outpace erase"
  }
}
