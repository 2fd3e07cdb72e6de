// What the tests need from the system besides Node: the Debian package, and a command that shows it is there.
import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"
import { run } from "./setup.mjs"

export const systemPackages = [
  { name: "chromium", command: "chromium" },
  { name: "espeak-ng", command: "espeak-ng" },
  { name: "sip-tester", command: "sipp" }
]

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
const folders = () => (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "")
const isPresent = ({ command }) => folders().some((folder) => isExecutable(join(folder, command)))
const missing = () => systemPackages.filter((wanted) => !isPresent(wanted)).map(({ name }) => name)

/** Installs what is missing where that is allowed (Debian, as root). Answers whether everything is there. */
export const installSystemPackages = async () => {
  const names = missing()
  if (names.length === 0) return true
  if (process.getuid?.() === 0 && isPresent({ command: "apt-get" })) {
    console.log(`Installing system packages (apt-get): ${names.join(" ")}`)
    const env = { DEBIAN_FRONTEND: "noninteractive" }
    await run("apt-get", ["update", "-q"], { env })
    await run("apt-get", ["install", "-q", "-y", "--no-install-recommends", ...names], { env })
  }
  const still = missing()
  if (still.length === 0) return true
  console.error(`The tests need these system packages, which are not installed: ${still.join(" ")}`)
  console.error(`Install them as root: apt-get update && apt-get install -y ${still.join(" ")}`)
  return false
}
