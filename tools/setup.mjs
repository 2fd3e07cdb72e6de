// Brings a fresh clone to a state in which everything else can run. Plain JavaScript for Node 20: it runs before
// anything is installed.
import { spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const installed = join(root, "node_modules")
const nodeBinary = join(installed, ".bin", "node")

/** The oldest Node that runs this package as it is: type stripping, and what `@effect/platform-node` asks for. */
const nodeVersionMin = [22, 19]

/** Whether the Node that is running now can run Outpace. */
export const nodeIsRecent = () => {
  const [major, minor] = process.versions.node.split(".").map(Number)
  return major > nodeVersionMin[0] || (major === nodeVersionMin[0] && minor >= nodeVersionMin[1])
}

/** The Node to run with: the one installed with the dependencies, or else the running one when it is recent enough. */
export const nodePath = () => {
  if (existsSync(nodeBinary)) return nodeBinary
  if (nodeIsRecent()) return process.execPath
  throw new Error(
    `Node ${nodeVersionMin.join(".")} or later is needed; this is ${process.versions.node}, and the one that comes with ` +
      "the dependencies is missing. Its install script did not run: try `npm ci --ignore-scripts=false`."
  )
}

/** Runs a program in the repository, its output shown as it comes. Answers its exit code, 1 when it died of a signal. */
export const run = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const path = [join(installed, ".bin"), process.env.PATH ?? ""].join(delimiter)
    const child = spawn(command, args, {
      stdio: "inherit",
      ...options,
      env: { ...process.env, PATH: path, ...options.env }
    })
    // Ctrl+C reaches the child by itself; we stay until it has cleaned up.
    const wait = () => {}
    const stop = () => child.kill("SIGTERM")
    process.on("SIGINT", wait)
    process.on("SIGTERM", stop)
    child.on("error", reject)
    child.on("close", (code) => {
      process.off("SIGINT", wait)
      process.off("SIGTERM", stop)
      resolve(code ?? 1)
    })
  })

const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages

/** Whether node_modules holds exactly what package-lock.json asks for. npm keeps its own list of what it installed. */
export const isInstalled = () => {
  const lock = join(root, "package-lock.json")
  if (!existsSync(lock)) return true // installed as somebody's dependency: npm has seen to it
  const present = join(installed, ".package-lock.json")
  if (!existsSync(present)) return false
  const wanted = Object.entries(packagesOf(lock)).filter(([path]) => path !== "")
  const found = packagesOf(present)
  // Optional packages are those of other platforms.
  return wanted.every(([path, { version, optional }]) =>
    found[path] === undefined ? optional === true : found[path].version === version
  )
}

/** Installs the dependencies when they are missing or not those of the lock file. */
export const setup = async () => {
  if (isInstalled() && (existsSync(nodeBinary) || nodeIsRecent())) return
  console.log("Installing dependencies (npm ci)")
  const flags = ["--include=dev", "--ignore-scripts=false", "--no-audit", "--no-fund", "--loglevel=error"]
  const code = await run("npm", ["ci", ...flags], { cwd: root })
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}`)
}
