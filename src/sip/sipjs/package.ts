import { createRequire } from "node:module"
import type { Sipjs } from "sipjs-udp"
import { patch } from "./patches.ts"

const require = createRequire(import.meta.url)

/**
 * The package calls `util._extend`, whose deprecation Node would announce to every user; it means Object.assign, and
 * gets that while it loads.
 */
const load = (): Sipjs => {
  const util = require("node:util") as Record<string, unknown>
  const extend = util._extend
  Reflect.set(util, "_extend", Object.assign)
  const sipjs = require("sipjs-udp") as Sipjs
  Reflect.set(util, "_extend", extend)
  return sipjs
}

/** sipjs-udp 0.0.16 with its defects repaired. One for the whole process, as the package is one mutable object. */
export const sipjs: Sipjs = load()
export const timers = patch(sipjs)
