import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Bench } from "./Bench.ts"
import { budgets, budgetText, verdict } from "./budgets.ts"
import { output } from "./child.ts"
import { table } from "./table.ts"

const root = join(import.meta.dirname, "..")
const command = join(root, "src", "cli", "main.ts")
const seconds = (value: number): string => `${value.toFixed(1)} s`

/** Wall time of `outpace tune` on the sample scenario, start of the process to its end. */
export const tune: Bench = {
  name: "tune",
  title: "outpace tune scenarios/sample.yaml",
  run: async ({ print, progress }) => {
    const help = existsSync(command) ? await output(process.execPath, [command, "--help"], { quiet: true }) : null
    const known = help !== null && /^\W*tune\b/m.test(help.stdout)
    if (!known) {
      print("  skipped: there is no such command yet")
      return true
    }
    progress("tuning the sample")
    const folder = mkdtempSync(join(tmpdir(), "outpace-bench-"))
    const started = performance.now()
    const args = [command, "tune", join(root, "scenarios", "sample.yaml")]
    const { code } = await output(process.execPath, args, { cwd: folder })
    const took = (performance.now() - started) / 1_000
    rmSync(folder, { recursive: true })
    if (code !== 0) {
      print(`  outpace tune ended with exit code ${code}`)
      return false
    }
    const budget = budgets.tuneSeconds
    print(
      table([
        ["", "wall time", "budget", ""],
        ["tune, the whole command", seconds(took), budgetText(budget, seconds), verdict(took, budget)]
      ])
    )
    return true
  }
}
