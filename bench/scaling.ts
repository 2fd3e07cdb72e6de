import type { Bench } from "./Bench.ts"
import { inChild } from "./child.ts"
import { short, table, whole } from "./table.ts"
import { workersTable } from "./workers.ts"

const sizes = [1, 5, 20, 50, 100, 500, 2_000, 10_000]
const lists = { agents: 500, lists: [10_000, 100_000, 1_000_000] }

/** How the cost of a dial grows with the team, the list and the workers. */
export const scaling: Bench = {
  name: "scaling",
  title: "Scaling: microseconds of one core per dial",
  run: async ({ print, progress }) => {
    progress("teams at a fixed ratio")
    const ratio = await inChild("costByAgents", { pacing: "fixed-ratio", sizes })
    progress("teams with look-ahead")
    const ahead = await inChild("costByAgents", { pacing: "look-ahead", sizes })
    const at50 = sizes.indexOf(50)
    const times = (costs: ReadonlyArray<number>, index: number): string =>
      `${(costs[index] / costs[at50]).toFixed(2)} ×`
    print(
      table([
        ["agents", "fixed ratio", "against 50", "look-ahead", "against 50"],
        ...sizes.map((agents, i) => [
          whole(agents),
          micros(ratio[i]),
          times(ratio, i),
          micros(ahead[i]),
          times(ahead, i)
        ])
      ])
    )
    progress("lists worked through")
    const costs = await inChild("costByContacts", lists)
    print("")
    print(
      table([
        [`contacts, ${lists.agents} agents`, "dials", "per dial", "dials per core second"],
        ...costs.map(({ contacts, dials, microsPerDial }) => [
          whole(contacts),
          whole(dials),
          micros(microsPerDial),
          short(1e6 / microsPerDial)
        ])
      ])
    )
    progress("workers")
    print("")
    print(await workersTable())
    return true
  }
}

const micros = (value: number): string => `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} µs`
