import { Effect } from "effect"
import { execFileSync } from "node:child_process"
import { emptyFolder } from "./files.ts"

/**
 * A folder on a disk of its own with so many kibibytes, that goes with the scope; `null` where this user may not mount
 * one.
 */
export const smallDisk = (kibibytes: number) =>
  Effect.gen(function* () {
    const folder = yield* emptyFolder
    return yield* Effect.acquireRelease(
      Effect.sync(() => (mount(folder, kibibytes) ? folder : null)),
      (mounted) => Effect.sync(() => mounted !== null && execFileSync("umount", [mounted]))
    )
  })

const mount = (folder: string, kibibytes: number): boolean => {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kibibytes}k`, "none", folder], { stdio: "ignore" })
    return true
  } catch {
    return false
  }
}
