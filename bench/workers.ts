import { existsSync } from "node:fs"
import { join } from "node:path"

/** How much faster two workers are than one; the workers are those of `sim/workers`. */
export const workersTable = (): Promise<string> => {
  if (!existsSync(join(import.meta.dirname, "..", "sim", "workers"))) {
    return Promise.resolve("  workers: skipped, there is no sim/workers yet")
  }
  return Promise.resolve("  workers: not measured yet")
}
