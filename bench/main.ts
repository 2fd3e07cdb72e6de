/** `npm run bench`: all benches, or those named as arguments. Exit code 1 when one cannot run or a model is wrong. */
import "../sim/workers/inlining.ts"
import type { Bench, Output } from "./Bench.ts"
import { dials } from "./dials.ts"
import { journal } from "./journal.ts"
import { live } from "./live.ts"
import { load, machine } from "./machine.ts"
import { media } from "./media.ts"
import { memory } from "./memory.ts"
import { mm1 } from "./mm1.ts"
import { scaling } from "./scaling.ts"
import { simpy } from "./simpy.ts"
import { tune } from "./tune.ts"

const benches: ReadonlyArray<Bench> = [dials, mm1, simpy, memory, scaling, tune, media, journal, live]

const started = performance.now()
const elapsed = (): string => `${((performance.now() - started) / 1_000).toFixed(0).padStart(3)} s`

/** Progress goes to standard error, so that the tables alone can be kept. */
const outputOf = (name: string): Output => ({
  progress: (text) => void process.stderr.write(`${elapsed()}  ${name}: ${text}\n`),
  print: (text) => void process.stdout.write(`${text}\n`)
})

const runAll = async (chosen: ReadonlyArray<Bench>): Promise<boolean> => {
  console.log(`${machine()}\nload before: ${load()} cores`)
  const failed: Array<string> = []
  for (const bench of chosen) {
    console.log(`\n${bench.title} (${bench.name})\n`)
    try {
      if (!(await bench.run(outputOf(bench.name)))) failed.push(bench.name)
    } catch (error) {
      console.error(error)
      failed.push(bench.name)
    }
  }
  console.log(`\nload after: ${load()} cores, ${elapsed().trim()} in all`)
  if (failed.length > 0) console.log(`failed: ${failed.join(", ")}`)
  return failed.length === 0
}

const names = process.argv.slice(2)
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(", ")}; there are ${benches.map((bench) => bench.name).join(", ")}`)
  process.exitCode = 1
} else {
  const chosen = names.length === 0 ? benches : benches.filter((bench) => names.includes(bench.name))
  process.exitCode = (await runAll(chosen)) ? 0 : 1
}
