import { NodeDns } from "@effect/platform-node"
import { Clock, Effect } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { Told } from "../CommandFailure.ts"
import { floorFile, floorLine } from "../floor/floorFile.ts"
import { floorSip } from "../floor/floorSip.ts"
import { Screen, showsUnicode } from "../progress/Screen.ts"
import { writeOut } from "../writeOut.ts"
import { aheadOf, clock, readClocks } from "./clock.ts"
import { disk } from "./disk.ts"
import { erased } from "./erased.ts"
import { type Finding, ok, problem } from "./Finding.ts"
import { findingText, verdict } from "./findingText.ts"
import { lists } from "./lists.ts"
import { peers } from "./peers.ts"
import { mediaPorts, sipPort } from "./ports.ts"
import { prompts } from "./prompts.ts"
import { trunk } from "./trunk.ts"

/** What was asked for on the command line. */
export interface DoctorFlags {
  readonly config: string
  readonly json: boolean
}

/** Tries everything a live floor needs, and says what to do about what is wrong; exit code 1 with a problem. */
export const runDoctor = Effect.fn("runDoctor")(function* ({ config: path, json }: DoctorFlags) {
  const { findings, head } = yield* floorFile(path).pipe(
    Effect.flatMap((config) =>
      Effect.map(examine(config, path), (findings) => ({ findings, head: `${path}: ${floorLine(config)}\n\n` }))
    ),
    Effect.catchTag("WrongInput", ({ message }) =>
      Effect.succeed({
        findings: [problem("configuration", message, `Repair ${path}; nothing else was tried.`)],
        head: ""
      })
    )
  )
  yield* writeOut(json ? jsonOf(findings) : `${head}${yield* textOf(findings)}\n\n${verdict(findings)}\n`)
  if (findings.some(({ level }) => level === "problem")) return yield* new Told({ code: 1 })
})

const textOf = Effect.fnUntraced(function* (findings: ReadonlyArray<Finding>) {
  const { columns } = yield* Screen
  return findingText(findings, columns(), yield* showsUnicode)
})

const jsonOf = (findings: ReadonlyArray<Finding>): string =>
  `${JSON.stringify({ ok: findings.every(({ level }) => level !== "problem"), findings }, null, 2)}\n`

const examine = Effect.fnUntraced(function* (config: FloorConfig, path: string) {
  const before = yield* readClocks
  const port = yield* sipPort(config)
  const sound = yield* mediaPorts(config)
  const { ahead, findings } = yield* trunks(config, port)
  return [
    ok("configuration", `${path} can be used`),
    port,
    sound,
    ...peers(config),
    ...findings,
    yield* clock(before, ahead),
    ...(yield* disk(config)),
    ...(yield* erased(config)),
    ...(yield* lists(config)),
    ...(yield* prompts(config))
  ]
})

/** All trunks at once, over one socket; and what their answers say of the time. */
const trunks = Effect.fnUntraced(function* (config: FloorConfig, port: Finding) {
  if (port.level === "problem") return { findings: [], ahead: [] }
  const { currentTimeMillisUnsafe } = yield* Clock.Clock
  const ahead: Array<number> = []
  const layer = floorSip(config, (passing) => {
    const apart = aheadOf(passing, currentTimeMillisUnsafe())
    if (apart !== null) ahead.push(apart)
  })
  const all = Effect.forEach(config.trunks, (each) => trunk(each, config), { concurrency: 8 })
  const findings = yield* all.pipe(
    Effect.provide([layer, NodeDns.layer]),
    Effect.catchTag("UdpSocketError", ({ message }) =>
      Effect.succeed([[problem("trunks", message, "Repair it; no trunk was tried.")]])
    )
  )
  return { findings: findings.flat(), ahead }
})
