import { execFileSync } from "node:child_process"
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from "node:os"

/** The machine the figures belong to, in one line. */
export const machine = (): string => {
  const model = cpus()[0]?.model.trim() ?? "unknown processor"
  const memory = Math.round(totalmem() / 1_073_741_824)
  const cores = `${availableParallelism()} ${availableParallelism() === 1 ? "core" : "cores"}`
  return `${model}, ${cores}, ${memory} GiB, ${platform()} ${arch()}, Node ${process.versions.node}, commit ${commit()}`
}

/** How busy the machine was in the last minute, in cores. */
export const load = (): string => loadavg()[0].toFixed(2)

const commit = (): string => {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      cwd: import.meta.dirname,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"]
    }).trim()
  } catch {
    return "unknown"
  }
}
