/**
 * Whole shifts through the real core in a process of their own, so that nothing before them has shaped the compiled code.
 * Prints one line of JSON, like the scripts for Python. Arguments: number of shifts, replication of the first.
 */
import "../../sim/workers/inlining.ts"
import { coreSeconds } from "../timing.ts"
import { ourShift } from "./Shift.ts"

const [count, first] = process.argv.slice(2).map(Number)

for (let shift = 0; shift < count; shift += 1) ourShift(0)

const started = performance.now()
const cpu = coreSeconds()
const shifts = Array.from({ length: count }, (_, index) => ourShift(first + index))
const seconds = (performance.now() - started) / 1_000
process.stdout.write(JSON.stringify({ seconds, coreSeconds: coreSeconds() - cpu, shifts }))
