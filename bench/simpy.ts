import type { Bench } from "./Bench.ts"
import { findSimpy } from "./python.ts"
import { compareFloors } from "./simpy/compareFloors.ts"
import { compareQueues } from "./simpy/compareQueues.ts"
import { turns } from "./simpy/turns.ts"

/** The same models here and in SimPy, side by side. */
export const simpy: Bench = {
  name: "simpy",
  title: "Against SimPy: the same models on the same hardware, in turns",
  run: async (output) => {
    const python = await findSimpy()
    if (python === null) {
      output.print("  skipped: no python3 here has SimPy (Debian: apt-get install python3-simpy)")
      return true
    }
    output.print(`  SimPy ${python.simpy} on Python ${python.python}; ${turns} turns each`)
    const queueRight = await compareQueues(python, output)
    const floorRight = await compareFloors(python, output)
    return queueRight && floorRight
  }
}
