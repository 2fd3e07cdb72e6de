import { Context, Effect, Layer } from "effect"
import { attempts } from "../src/domain/measures.ts"
import type { ShiftJob } from "../sim/workers/shiftJob.ts"
import { Workers } from "../sim/workers/Workers.ts"
import { busyFloor, fixedRatio } from "./floors.ts"
import { short, table } from "./table.ts"
import { median, spread } from "./timing.ts"

const counts = [1, 2]
const rounds = 5
const jobs = 8
const shiftsPerJob = 4
/** So that no worker waits for its next job. */
const jobsPerWorker = 2

const jobOf = (round: number, job: number): ShiftJob => {
  const from = 1 + (round * jobs + job) * shiftsPerJob
  return {
    scenario: busyFloor({ agents: 50, pacing: fixedRatio }),
    campaignIndex: 0,
    setting: null,
    from,
    to: from + shiftsPerJob,
    warmUpMillis: 0
  }
}

/** Dials per second of wall time of one round of jobs. */
const rateOf = Effect.fnUntraced(function* (workers: Workers["Service"], round: number) {
  const started = performance.now()
  const outcomes = yield* Effect.forEach(
    Array.from({ length: jobs }, (_, job) => jobOf(round, job)),
    workers.run,
    { concurrency: jobsPerWorker * workers.count }
  )
  const dials = outcomes.flat().reduce((sum, shift) => sum + attempts(shift.counts), 0)
  return dials / ((performance.now() - started) / 1_000)
})

/** The same jobs by one worker thread and by two, in turns; the first round of each is its warm-up. */
const rates = Effect.gen(function* () {
  const pools = yield* Effect.forEach(counts, (count) =>
    Effect.map(Layer.build(Workers.layer(count)), (context) => Context.get(context, Workers))
  )
  const byRound: Array<ReadonlyArray<number>> = []
  for (let round = 0; round <= rounds; round += 1) {
    byRound.push(yield* Effect.forEach(pools, (workers) => rateOf(workers, round)))
  }
  return byRound.slice(1)
}).pipe(Effect.scoped)

/** How much faster two worker threads of `sim/workers` are than one. */
export const workersTable = async (): Promise<string> => {
  const byRound = await Effect.runPromise(rates)
  const row = (count: number, index: number): ReadonlyArray<string> => {
    const each = byRound.map((round) => round[index])
    const times = median(byRound.map((round) => round[index] / round[0]))
    return [String(count), short(median(each)), spread(each, short), `${times.toFixed(2)} ×`]
  }
  return table([["workers", "dials/s", "spread", "against 1"], ...counts.map(row)])
}
