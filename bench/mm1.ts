import type { Bench } from "./Bench.ts"
import { errorsMax, meanWait, meanWaitError, mm1 as run } from "./queue.ts"
import { short, table, whole } from "./table.ts"
import { median, spread } from "./timing.ts"

const customers = 2_000_000
const rho = 0.8
const runs = 5

/** M/M/1 on the event calendar alone, with the draws of the simulator. */
export const mm1: Bench = {
  name: "mm1",
  title: `M/M/1 on the calendar alone, load ${rho}, ${whole(customers)} customers`,
  run: ({ print, progress }) => {
    progress("warm-up")
    run(customers / 4, rho, 0)
    const results = Array.from({ length: runs }, (_, index) => {
      progress(`run ${index + 1} of ${runs}`)
      return run(customers, rho, index + 1)
    })
    const rates = results.map((result) => customers / result.coreSeconds)
    const wait = results.reduce((sum, result) => sum + result.meanWait, 0) / runs
    const theory = meanWait(rho)
    const error = meanWaitError(rho, runs * customers)
    const right = Math.abs(wait - theory) <= errorsMax * error
    print(
      table([
        ["", "per core second", "spread"],
        ["customers", short(median(rates)), spread(rates, short)],
        ["events", short(2 * median(rates)), spread(rates, (rate) => short(2 * rate))]
      ])
    )
    const from = `${((wait - theory) / error).toFixed(1)} standard errors from the theoretical ${theory.toFixed(3)}`
    print(`  mean wait ${wait.toFixed(3)} service times, ${from}: ${right ? "right" : "WRONG"}`)
    return Promise.resolve(right)
  }
}
