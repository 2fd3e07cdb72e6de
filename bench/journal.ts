import { Effect, Result } from "effect"
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs"
import { join } from "node:path"
import { Rehearsal } from "../sim/floor/Rehearsal.ts"
import { readScenario } from "../sim/scenario/readScenario.ts"
import type { Stamped } from "../src/runtime/floor/FloorEvent.ts"
import { Journal } from "../src/runtime/floor/Journal.ts"
import { layer as layerJournal } from "../src/runtime/store/storedJournal.ts"
import { layer as layerFile } from "../src/store/floor/floorFile.ts"
import { insertWindow } from "../src/store/floor/windows.ts"
import type { Records } from "../src/store/Recorder.ts"
import type { Bench } from "./Bench.ts"
import { budgets, budgetText, verdict } from "./budgets.ts"
import { table, whole } from "./table.ts"

const callsPerSecond = 20
const warmUpMinutes = 10
const seconds = 30
const rounds = 3
const rampSeconds = 2
const diskWrites = 1_000

/** What a floor commits at one instant, milliseconds. */
interface Batch {
  readonly at: number
  readonly events: ReadonlyArray<Stamped>
  readonly records: Records
}

/** What reaches the disk, and when, while events come as a large floor has them. */
export const journal: Bench = {
  name: "journal",
  title: `Journal: commits of the events of ${callsPerSecond} calls a second, in the store`,
  run: async ({ print, progress }) => {
    const batches = eventsOfFloor()
    const rows: Array<ReadonlyArray<string>> = []
    for (let round = 1; round <= rounds; round += 1) {
      progress(`round ${round} of ${rounds}`)
      // In this folder: a system's folder for temporary files may be in memory.
      const folder = mkdtempSync(join(import.meta.dirname, ".journal-"))
      try {
        const result = await Effect.runPromise(measured(join(folder, "floor.sqlite"), batches))
        rows.push(rowOf(result, await diskAlone(join(folder, "alone"))))
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
    const heading = [
      "events",
      "commits",
      "from an event to the disk: p50",
      "p99",
      "",
      "p99.9",
      "the disk alone: p50",
      "p99"
    ]
    print(table([heading, ...rows]))
    print(`\nbudget: p99 ${budgetText(budgets.journalMillis, showMillis)}`)
    return true
  }
}

/** Batches of some minutes of a large floor, from instant 0, so fast that its calls come at the rate wanted. */
const eventsOfFloor = (): ReadonlyArray<Batch> => {
  const file = new URL("../scenarios/consumer-80.yaml", import.meta.url)
  const scenario = Result.getOrThrow(readScenario(readFileSync(file, "utf8"), "consumer-80.yaml"))
  const from = warmUpMinutes * 60_000
  const until = from + (seconds + rampSeconds) * 4_000
  const kept: Array<Batch> = []
  const collect = (events: ReadonlyArray<Stamped>, records: Records): void => {
    const { at } = events[events.length - 1]
    if (at >= from && at < until) kept.push({ at: at - from, events, records })
  }
  new Rehearsal(scenario, 1, Journal.layerKept(collect)).run(until)
  const calls = kept.reduce((sum, { records }) => sum + records.attempts.length, 0)
  const faster = (callsPerSecond * (until - from)) / 1_000 / calls
  return kept
    .map((batch) => ({ ...batch, at: batch.at / faster }))
    .filter(({ at }) => at < (seconds + rampSeconds) * 1_000)
}

interface Measured {
  /** By event, from when it came to when it was on the disk, milliseconds, sorted. */
  readonly waits: Float64Array
  readonly commits: number
}

const measured = (path: string, batches: ReadonlyArray<Batch>) =>
  Effect.gen(function* () {
    const window = yield* insertWindow({ openedAt: 0, epoch: 0, settings: {}, opening: {} })
    const { commit } = yield* Effect.provide(Journal, layerJournal({ path, window, eventCount: 0 }))
    const waits: Array<number> = []
    let commits = 0
    const begun = performance.now()
    for (let next = 0; next < batches.length;) {
      const early = batches[next].at - (performance.now() - begun)
      if (early > 0) yield* Effect.sleep(early)
      const now = performance.now() - begun
      const first = next
      while (next < batches.length && batches[next].at <= now) next += 1
      const came = batches.slice(first, next)
      if (came.length === 0) continue
      yield* commit(
        came.flatMap(({ events }) => events),
        {
          attempts: came.flatMap(({ records }) => records.attempts),
          arrivals: came.flatMap(({ records }) => records.arrivals),
          spans: came.flatMap(({ records }) => records.spans),
          holds: came.flatMap(({ records }) => records.holds),
          notes: came.flatMap(({ records }) => records.notes)
        }
      )
      const done = performance.now() - begun
      commits += 1
      // A timer's own lateness is none of the journal's: what woke it came when it was seen.
      for (const { at, events } of came) {
        const since = early > 0 ? Math.max(at, now) : at
        if (at >= rampSeconds * 1_000) events.forEach(() => waits.push(done - since))
      }
    }
    const result: Measured = { waits: Float64Array.from(waits).sort(), commits }
    return result
  }).pipe(Effect.provide(layerFile(path)))

const showMillis = (value: number): string => `${value.toFixed(2)} ms`

/** Writes of two pages, each on the disk before the next one: what no journal can be faster than, milliseconds, sorted. */
const diskAlone = async (path: string): Promise<Float64Array> => {
  const file = openSync(path, "w")
  const waits = new Float64Array(diskWrites)
  for (let i = 0; i < diskWrites; i += 1) {
    const begun = performance.now()
    writeSync(file, new Uint8Array(8_192))
    fsyncSync(file)
    waits[i] = performance.now() - begun
    await Effect.runPromise(Effect.sleep(4))
  }
  closeSync(file)
  return waits.sort()
}

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]

const rowOf = ({ commits, waits }: Measured, disk: Float64Array): ReadonlyArray<string> => {
  const p99 = quantile(waits, 0.99)
  return [
    whole(waits.length),
    whole(commits),
    showMillis(quantile(waits, 0.5)),
    showMillis(p99),
    verdict(p99, budgets.journalMillis),
    showMillis(quantile(waits, 0.999)),
    showMillis(quantile(disk, 0.5)),
    showMillis(quantile(disk, 0.99))
  ]
}
