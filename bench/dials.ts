import { budgetText, verdict } from "./budgets.ts"
import type { Bench } from "./Bench.ts"
import { inChild } from "./child.ts"
import { dialRows, type DialRowName } from "./dialRows.ts"
import { short, table } from "./table.ts"
import { median, spread } from "./timing.ts"

const how = { warmUpSeconds: 1.2, runs: 7, secondsPerRun: 0.5 }

/** Simulated dials per second through the real core, on one thread. */
export const dials: Bench = {
  name: "dials",
  title: "Simulated dials per second through the core, one thread",
  run: async ({ print, progress }) => {
    const rows = [["", "per core second", "spread", "per second", "budget", ""]]
    for (const name of Object.keys(dialRows) as Array<DialRowName>) {
      const { budget, title } = dialRows[name]
      progress(title)
      const runs = await inChild("dialRuns", { name, how })
      const rates = runs.map((run) => run.perCoreSecond)
      const wall = short(median(runs.map((run) => run.perSecond)))
      const figure = median(rates)
      rows.push([title, short(figure), spread(rates, short), wall, budgetText(budget, short), verdict(figure, budget)])
    }
    print(table(rows))
    print(
      `  ${how.runs} runs of ${how.secondsPerRun} s after ${how.warmUpSeconds} s of warm-up, each row in its own process.`
    )
    print("  A core second is one of processor time; the two figures differ where other work shared the machine.")
    return true
  }
}
