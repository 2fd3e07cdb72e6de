import { Effect } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { controlClient } from "../src/runtime/control/controlSocket.ts"
import { newHost, until } from "../test/live/harness/host.ts"
import { sippTrunk } from "../test/live/harness/sippTrunk.ts"
import type { Bench } from "./Bench.ts"
import { budgets, budgetText, verdict } from "./budgets.ts"
import { output } from "./child.ts"
import { agentUsers, callsPerSecond, ringMillis, socketIn, talkMillis, writeFloor } from "./liveFloor.ts"
import { serving } from "./serving.ts"
import { percent, table, whole } from "./table.ts"

const warmUpSeconds = 12
const seconds = 40
const signInsAtOnce = 10
const endSeconds = 45

/** A whole floor as `outpace serve` runs it, with its store on the disk, between two SIPps: customers and agents' phones. */
export const live: Bench = {
  name: "live",
  title: `Live: ${callsPerSecond} calls a second for ${talkMillis / 1_000} s each, with sound, over a SIP trunk to ${agentUsers.length} agents`,
  run: async ({ print, progress }) => {
    // SIPp ends with 99 after its version.
    const sipp = await output("sipp", ["-v"]).catch(() => null)
    if (sipp === null) {
      print("  skipped: there is no SIPp (Debian: sip-tester)")
      return true
    }
    const result = await Effect.runPromise(Effect.scoped(measured(progress)))
    print(table([heading, rowOf(result)]))
    print(
      `  ${seconds} s after ${warmUpSeconds} s of warm-up. Until an agent hears: from the customer's answer, as the floor reads it, to the bridge.\n` +
        `  Besides those connected: ${whole(result.abandoned)} abandoned. Processor time is that of the floor's process, sound included;\n` +
        "  held up: the share of time in which its main thread had to wait for other work on the machine."
    )
    if (result.complaints !== "") print(`  the far ends or the floor complain:\n${result.complaints}`)
    return result.waits.length > 0
  }
}

interface Measured {
  /** By call, from the customer's answer to the agent hearing them, milliseconds, sorted. */
  readonly waits: Float64Array
  readonly setUp: number
  /** Calls in which customer and agent hear each other, on average. */
  readonly bridged: number
  readonly seconds: number
  readonly coreSeconds: number
  readonly heldUpSeconds: number
  readonly abandoned: number
  readonly complaints: string
}

const measured = Effect.fnUntraced(function* (progress: (text: string) => void) {
  const cwd = yield* folder
  const customers = yield* sippTrunk({
    rules: [],
    otherwise: { _tag: "Answer", ringMillis, hertz: 700, hangUpMillis: talkMillis }
  })
  const phones = yield* sippTrunk({
    rules: [],
    otherwise: { _tag: "Answer", ringMillis: 0, hertz: null },
    echoes: true
  })
  writeFloor(cwd, { host: newHost(), trunk: customers.address.host, phones: phones.address.host })
  const floor = yield* serving(cwd, socketIn(cwd))
  const { floor: control } = yield* controlClient(socketIn(cwd))
  progress("agents sign in")
  yield* Effect.forEach(agentUsers, (agent) => control.agent({ params: { agent }, payload: { do: "sign-in" } }), {
    concurrency: signInsAtOnce,
    discard: true
  })
  progress("warm-up")
  yield* Effect.sleep(warmUpSeconds * 1_000)
  progress(`${seconds} s are measured`)
  const first = floor.joined.length
  const [coresBefore, heldUpBefore] = [floor.coreSeconds(), floor.heldUpSeconds()]
  const [begun, callsBefore] = [performance.now(), customers.calls().length]
  let talking = 0
  for (let second = 0; second < seconds; second += 1) {
    yield* Effect.sleep(Math.max(0, begun + (second + 1) * 1_000 - performance.now()))
    talking += (yield* control.show()).campaigns[0].talking
  }
  const waits = Float64Array.from(floor.joined.slice(first)).sort()
  const setUp = customers.calls().length - callsBefore
  const elapsed = (performance.now() - begun) / 1_000
  const coreSeconds = floor.coreSeconds() - coresBefore
  const heldUpSeconds = floor.heldUpSeconds() - heldUpBefore
  const { abandoned } = (yield* control.show()).campaigns[0]
  progress("the floor ends")
  yield* control.stop()
  yield* until(
    () => `the floor has ended: ${floor.complaints()}`,
    () => !floor.isRunning(),
    endSeconds
  )
  const complaints = [customers.errors(), phones.errors(), floor.complaints()].filter((text) => text !== "").join("\n")
  const result: Measured = {
    waits,
    setUp,
    bridged: talking / seconds,
    seconds: elapsed,
    coreSeconds,
    heldUpSeconds,
    abandoned,
    complaints
  }
  return result
})

/** In this folder: a system's folder for temporary files may be in memory. */
const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(import.meta.dirname, ".live-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

const showMillis = (value: number): string => `${value.toFixed(1)} ms`
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]

const heading = [
  "calls",
  "set up per second",
  "bridged at once",
  "until an agent hears: p50",
  "p99",
  "budget",
  "",
  "processor per call",
  "cores",
  "held up"
]
const rowOf = ({
  bridged,
  coreSeconds,
  heldUpSeconds,
  seconds: elapsed,
  setUp,
  waits
}: Measured): ReadonlyArray<string> => {
  const p99 = quantile(waits, 0.99)
  return [
    whole(waits.length),
    (setUp / elapsed).toFixed(1),
    whole(bridged),
    showMillis(quantile(waits, 0.5)),
    showMillis(p99),
    budgetText(budgets.liveJoinMillis, showMillis),
    verdict(p99, budgets.liveJoinMillis),
    showMillis((1_000 * coreSeconds) / setUp),
    (coreSeconds / elapsed).toFixed(2),
    percent(heldUpSeconds / elapsed)
  ]
}
