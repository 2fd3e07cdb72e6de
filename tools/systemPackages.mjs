// What the tests need from the system besides Node: the Debian package, and a command that shows it is there.
import { accessSync, constants, existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { run } from "./setup.mjs"

export const systemPackages = [
  { name: "baresip-core", command: "baresip" },
  { name: "chromium", command: "chromium" },
  { name: "espeak-ng", command: "espeak-ng" },
  { name: "kamailio", command: "kamailio", service: "kamailio.service" },
  { name: "linphone-cli", command: "linphonec" },
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
// Debian keeps servers where only root's PATH leads.
const folders = () => [...(process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== ""), "/usr/sbin"]
const isPresent = ({ command }) => folders().some((folder) => isExecutable(join(folder, command)))
const missing = () => systemPackages.filter((wanted) => !isPresent(wanted))
const namesOf = (packages) => packages.map(({ name }) => name)

/** Debian starts a service when its package is installed. The tests start their own and want none on the machine. */
const stopServices = async (installed) => {
  const services = installed.flatMap(({ service }) => service ?? [])
  if (services.length === 0 || !existsSync("/run/systemd/system")) return
  await run("systemctl", ["disable", "--now", "--quiet", ...services])
}

/** Installs what is missing where that is allowed (Debian, as root). Answers whether everything is there. */
export const installSystemPackages = async () => {
  const wanted = missing()
  if (wanted.length === 0) return true
  if (process.getuid?.() === 0 && isPresent({ command: "apt-get" })) {
    const names = namesOf(wanted)
    console.log(`Installing system packages (apt-get): ${names.join(" ")}`)
    const env = { DEBIAN_FRONTEND: "noninteractive" }
    await run("apt-get", ["update", "-q"], { env })
    await run("apt-get", ["install", "-q", "-y", "--no-install-recommends", ...names], { env })
    await stopServices(wanted)
  }
  const still = namesOf(missing())
  if (still.length === 0) return true
  console.error(`The tests need these system packages, which are not installed: ${still.join(" ")}`)
  console.error(`Install them as root: apt-get update && apt-get install -y ${still.join(" ")}`)
  return false
}
