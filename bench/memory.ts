import type { Bench } from "./Bench.ts"
import { budgets, budgetText, verdict } from "./budgets.ts"
import { inChild } from "./child.ts"
import { mebibytes, short, table, whole } from "./table.ts"

const size = { agents: 10_000, contacts: 1_000_000 }

/** Memory of the largest floor in one process, and its speed. */
export const memory: Bench = {
  name: "memory",
  title: `Memory with ${whole(size.agents)} agents and ${whole(size.contacts)} contacts, after half a simulated hour`,
  run: async ({ print, progress }) => {
    progress("half an hour of the large floor")
    const found = await inChild("halfHour", size)
    const budget = budgets.memoryBytes
    const row = (title: string, bytes: number): ReadonlyArray<string> => [
      title,
      mebibytes(bytes),
      budgetText(budget, mebibytes),
      verdict(bytes, budget)
    ]
    print(
      table([
        ["resident memory of the process", "", "budget", ""],
        row("at the half hour", found.rssBytes),
        row("largest until then", found.rssBytesMax)
      ])
    )
    const took = `${whole(found.dials)} dials in ${found.seconds.toFixed(1)} s, building the floor included`
    print(`  fixed ratio: ${took}, ${short(found.perCoreSecond)} dials per core second`)
    return true
  }
}
