import type { Output } from "../Bench.ts"
import { budgets } from "../budgets.ts"
import { type Python, script } from "../python.ts"
import { errorsMax, meanWait, meanWaitError, mm1, type QueueResult } from "../queue.ts"
import { table } from "../table.ts"
import { mean } from "./agreement.ts"
import { type Done, oursMore, rateRow, ratioHeading, ratioRows, turns } from "./turns.ts"

const customers = 100_000
const rho = 0.8

/** M/M/1 on the event calendar against `mm1.py`; false when SimPy's mean wait is not that of theory. */
export const compareQueues = async (python: Python, { print, progress }: Output): Promise<boolean> => {
  mm1(customers, rho, 0)
  const ours: Array<Done> = []
  const theirs: Array<Done> = []
  const waits: Array<number> = []
  for (let turn = 1; turn <= turns; turn += 1) {
    progress(`M/M/1, turn ${turn} of ${turns}`)
    ours.push({ amount: oursMore * customers, ...mm1(oursMore * customers, rho, turn) })
    const result = await script<QueueResult>(python.command, "mm1.py", [customers, rho, turn])
    theirs.push({ amount: customers, ...result })
    waits.push(result.meanWait)
  }
  print(
    table([
      ratioHeading("M/M/1"),
      rateRow("Outpace, customers/s", ours),
      rateRow("SimPy, customers/s", theirs),
      ...ratioRows("times as fast", ours, theirs, budgets.timesSimpyMm1)
    ])
  )
  const away = (mean(waits) - meanWait(rho)) / meanWaitError(rho, turns * customers)
  const right = Math.abs(away) <= errorsMax
  const from = `SimPy's mean wait is ${away.toFixed(1)} standard errors from theory`
  print(`  ${from}: ${right ? "right" : "WRONG"} (ours: bench mm1)`)
  return right
}
