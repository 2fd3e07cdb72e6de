import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { encode } from "../../../src/media/audio/g711.ts"
import type { Address } from "../../../src/sip/wire/Address.ts"
import { isBound, newHost, until } from "./host.ts"
import { folder, program } from "./program.ts"
import { keysFile, type TrunkPlan, trunkScenario } from "./trunkScenario.ts"
import { sine, touchTones } from "./voice.ts"

/** A call as the far end saw it. `end` is null while it is up. */
export interface FarCall {
  readonly number: string
  readonly caller: string
  readonly end: string | null
}

export interface SippTrunk {
  readonly address: Address
  /** Calls so far, in the order they came. */
  readonly calls: () => ReadonlyArray<FarCall>
  /** What SIPp did not expect; empty when all calls kept to the scenario. */
  readonly errors: () => string
  readonly isRunning: () => boolean
  /** The line dies: nothing is answered any more. */
  readonly kill: Effect.Effect<void>
}

/** The file of a voice is repeated without end. */
const voiceMillis = 10_000

const hertzIn = (plan: TrunkPlan): ReadonlyArray<number> =>
  [...plan.rules.map(({ behaviour }) => behaviour), plan.otherwise].flatMap((behaviour) =>
    behaviour._tag === "Answer"
      ? [behaviour.hertz, behaviour.earlyHertz].filter((hertz): hertz is number => typeof hertz === "number")
      : []
  )

const keysIn = (plan: TrunkPlan): ReadonlyArray<string> =>
  [...plan.rules.map(({ behaviour }) => behaviour), plan.otherwise].flatMap((behaviour) =>
    behaviour._tag === "Answer" && behaviour.keys !== undefined ? [behaviour.keys] : []
  )

/** A carrier with all its customers: one SIPp that does with each call what the plan says of its number. */
export const sippTrunk = Effect.fnUntraced(function* (plan: TrunkPlan) {
  const cwd = yield* folder("trunk")
  const address = { host: newHost(), port: 5060 }
  writeFileSync(join(cwd, "trunk.xml"), trunkScenario(plan))
  for (const hertz of hertzIn(plan)) {
    writeFileSync(join(cwd, `${hertz}.ulaw`), encode("mulaw", sine(hertz, voiceMillis)))
  }
  for (const keys of keysIn(plan)) writeFileSync(join(cwd, keysFile(keys)), encode("mulaw", touchTones(keys)))
  const logFile = join(cwd, "calls.log")
  const args = ["-sf", "trunk.xml", "-i", address.host, "-mi", address.host, "-p", String(address.port)]
  args.push("-nostdin", "-trace_err", "-error_file", "errors.log", "-trace_logs", "-log_file", "calls.log")
  // Between two steps it expects nothing: what comes just then is passed over, and comes again.
  args.push("-default_behaviors", "all,-abortunexp")
  if (plan.echoes === true) args.push("-rtp_echo")
  const sipp = yield* program("sipp", args, cwd)
  yield* until(
    () => `SIPp listens: ${sipp.output()}`,
    () => isBound("udp", address.host, address.port)
  )
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "")
  return {
    address,
    calls: () => callsIn(read(logFile)),
    errors: () => unexpected(read(join(cwd, "errors.log"))) + (sipp.isRunning() ? "" : "SIPp is not running any more"),
    isRunning: sipp.isRunning,
    kill: sipp.kill
  } satisfies SippTrunk
})

/**
 * Its log of errors without what is none: that a time in the scenario was over, repetitions after a call's end, a CANCEL that came
 * between two steps, and that the machine was busy.
 */
const unexpected = (log: string): string =>
  log
    .split(/(?=\d{4}-\d\d-\d\d\t\d\d:)/)
    .filter((entry) => !/^The following events occurred:\s*$/.test(entry))
    .filter((entry) => !/ receive timeout on message \S+ jumping to label /.test(entry))
    .filter((entry) => !/: Dead call \S+ \(successful\), received '/.test(entry))
    .filter((entry) => !/: Continuing call on unexpected CANCEL /.test(entry))
    .filter((entry) => !/: Overload warning: /.test(entry))
    .join("")

/** The log has two lines a call: when it came, and how it ended. Only one call to a number is up at a time. */
const callsIn = (log: string): ReadonlyArray<FarCall> => {
  const calls: Array<FarCall> = []
  for (const line of log.split("\n").filter((text) => text !== "")) {
    const [, number, what] = /^(\S+) (.*)$/.exec(line) ?? [line, "?", line]
    const caller = /^called by (.*)$/.exec(what)?.[1]
    if (caller !== undefined) calls.push({ number, caller, end: null })
    else {
      const open = calls.findLastIndex((call) => call.number === number && call.end === null)
      if (open >= 0) calls[open] = { ...calls[open], end: what }
    }
  }
  return calls
}
