/** Prints one recorded shift of the scenario file named on the command line; run on Node and on Deno, and compared. */
import { readFileSync } from "node:fs"
import process from "node:process"
import { Result } from "effect"
import { Recorder } from "../../src/store/Recorder.ts"
import { runShift, wholeShift } from "../../sim/runShift.ts"
import { opened } from "../sim/scenario/sample.ts"

const file = process.argv[2]
const { scenario } = Result.getOrThrow(opened(readFileSync(file, "utf8"), file))
const recorder = new Recorder(scenario)
const { counts, endedAt } = runShift(scenario, { ...wholeShift, replication: 1, recorder })
const plain = counts.map((count) => ({ ...count, outcomes: [...count.outcomes], stateMillis: [...count.stateMillis] }))
process.stdout.write(JSON.stringify({ counts: plain, endedAt, attempts: recorder.attempts, spans: recorder.spans }))
