// The Deno the tests run the core and the simulator on. It is installed beside the dependencies, not among them: the
// lock file would name its binaries for every platform, which not every registry holds.
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { root, run } from "./setup.mjs"

const version = "2.9.6"
const folder = join(root, "node_modules", ".cache", `deno-${version}`)

/** Where the Deno binary is, once installed. */
export const denoPath = join(folder, "node_modules", ".bin", "deno")

/** Installs Deno when it is missing. Answers whether it is there. */
export const installDeno = async () => {
  if (existsSync(denoPath)) return true
  console.log(`Installing Deno ${version} for the tests`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, allowScripts: { deno: true } }))
  const options = ["--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts=false", "--no-package-lock"]
  const code = await run("npm", ["install", ...options, `deno@${version}`], { cwd: folder })
  if (code === 0 && existsSync(denoPath)) return true
  console.error(`The tests need Deno ${version}, and it could not be installed (npm install deno@${version}).`)
  return false
}
