import { abandoned, attempts, connected, measures } from "../src/domain/measures.ts"
import { runShift, wholeShift } from "../sim/runShift.ts"
import { plainFloor } from "../test/oracles/plainFloor.ts"
import type { Bench, Output } from "./Bench.ts"
import { type Budget, budgets, budgetText, verdict } from "./budgets.ts"
import { findSimpy, type Python, script } from "./python.ts"
import { errorsMax, meanWait, meanWaitError, mm1, type QueueResult } from "./queue.ts"
import { percent, short, table } from "./table.ts"
import { coreSeconds, median, spread } from "./timing.ts"

/** Turns of ours and SimPy's, one after the other, so that both meet the same other work on the machine. */
const turns = 4
const mm1Customers = 100_000
const rho = 0.8
/** Ours is so much faster that it takes this many times the work to be timed as well. */
const oursMore = 10
const floor = { shifts: 5, hours: 8, agents: 50, linesPerAgent: 4, pickup: 0.3 }

/** The same two models here and in SimPy, side by side. */
export const simpy: Bench = {
  name: "simpy",
  title: "Against SimPy: the same models on the same hardware, in turns",
  run: async (output) => {
    const python = await findSimpy()
    if (python === null) {
      output.print("  skipped: no python3 here has SimPy (Debian: apt-get install python3-simpy)")
      return true
    }
    output.print(`  SimPy ${python.simpy} on Python ${python.python}; ${turns} turns each`)
    const queueRight = await compareQueues(python, output)
    const floorRight = await compareFloors(python, output)
    return queueRight && floorRight
  }
}

/** Rates per second of processor time, and the ratio by wall time as well. */
interface Turn {
  readonly ours: number
  readonly simpys: number
  readonly timesByWall: number
}

interface Done {
  readonly amount: number
  readonly seconds: number
  readonly coreSeconds: number
}

const turnOf = (ours: Done, simpys: Done): Turn => ({
  ours: ours.amount / ours.coreSeconds,
  simpys: simpys.amount / simpys.coreSeconds,
  timesByWall: ours.amount / ours.seconds / (simpys.amount / simpys.seconds)
})

const ratioTable = (title: string, unit: string, each: ReadonlyArray<Turn>, budget: Budget): string => {
  const times = (figure: number): string => `${figure.toFixed(1)} ×`
  const ratios = each.map(({ ours, simpys }) => ours / simpys)
  const wall = each.map((turn) => turn.timesByWall)
  const ours = each.map((turn) => turn.ours)
  const simpys = each.map((turn) => turn.simpys)
  return table([
    [title, "per core second", "spread", "budget", ""],
    [`Outpace, ${unit}`, short(median(ours)), spread(ours, short), "", ""],
    [`SimPy, ${unit}`, short(median(simpys)), spread(simpys, short), "", ""],
    [
      "times as fast",
      times(median(ratios)),
      spread(ratios, times),
      budgetText(budget, times),
      verdict(median(ratios), budget)
    ],
    ["by wall time", times(median(wall)), spread(wall, times), "", ""]
  ])
}

const compareQueues = async (python: Python, { print, progress }: Output): Promise<boolean> => {
  mm1(mm1Customers, rho, 0)
  const each: Array<Turn> = []
  const waits: Array<number> = []
  for (let turn = 1; turn <= turns; turn += 1) {
    progress(`M/M/1, turn ${turn} of ${turns}`)
    const ours = mm1(oursMore * mm1Customers, rho, turn)
    const theirs = await script<QueueResult>(python.command, "mm1.py", [mm1Customers, rho, turn])
    each.push(turnOf({ amount: oursMore * mm1Customers, ...ours }, { amount: mm1Customers, ...theirs }))
    waits.push(theirs.meanWait)
  }
  print(ratioTable("M/M/1", "customers/s", each, budgets.timesSimpyMm1))
  const wait = mean(waits)
  const away = (wait - meanWait(rho)) / meanWaitError(rho, turns * mm1Customers)
  const right = Math.abs(away) <= errorsMax
  print(
    `  SimPy's mean wait is ${away.toFixed(1)} standard errors from theory: ${right ? "right" : "WRONG"} (ours: bench mm1)`
  )
  return right
}

interface SimpyFloor {
  readonly seconds: number
  readonly coreSeconds: number
  readonly shifts: ReadonlyArray<{
    readonly attempts: number
    readonly connected: number
    readonly abandoned: number
    readonly occupancy: number
  }>
}

/** What a shift came to, the same on both sides. */
interface Shift {
  readonly dials: number
  readonly abandoned: number
  readonly occupancy: number
}

const ourShift = (replication: number): Shift => {
  const scenario = plainFloor({
    agents: floor.agents,
    pickup: floor.pickup,
    pacing: { kind: "fixed-ratio", linesPerAgent: floor.linesPerAgent },
    hours: floor.hours,
    seed: "simpy"
  })
  const [counts] = runShift(scenario, { ...wholeShift, replication, untilMillis: floor.hours * 3_600_000 }).counts
  return {
    dials: attempts(counts),
    abandoned: abandoned(counts) / (abandoned(counts) + connected(counts)),
    occupancy: measures.occupancy.of(counts)
  }
}

const compareFloors = async (python: Python, { print, progress }: Output): Promise<boolean> => {
  const { agents, hours, linesPerAgent, pickup, shifts } = floor
  const each: Array<Turn> = []
  const ours: Array<Shift> = []
  const theirs: Array<Shift> = []
  for (let shift = 0; shift < 4 * oursMore; shift += 1) ourShift(0)
  for (let turn = 0; turn < turns; turn += 1) {
    progress(`dialler, turn ${turn + 1} of ${turns}`)
    const started = performance.now()
    const cpu = coreSeconds()
    const ourShifts = Array.from({ length: oursMore * shifts }, (_, i) => ourShift(1 + turn * oursMore * shifts + i))
    const times = { seconds: (performance.now() - started) / 1_000, coreSeconds: coreSeconds() - cpu }
    const args = [shifts, hours, agents, linesPerAgent, pickup, 1 + turn * shifts]
    const simpys = await script<SimpyFloor>(python.command, "dialler.py", args)
    const simpyShifts = simpys.shifts.map(({ abandoned: lost, attempts: dials, connected: served, occupancy }) => {
      return { dials, abandoned: lost / (lost + served), occupancy }
    })
    each.push(
      turnOf(
        { amount: dialsOf(ourShifts), ...times },
        { amount: dialsOf(simpyShifts), seconds: simpys.seconds, coreSeconds: simpys.coreSeconds }
      )
    )
    ours.push(...ourShifts)
    theirs.push(...simpyShifts)
  }
  const title = `Dialler, ${agents} agents, ${linesPerAgent} lines per idle agent`
  print("")
  print(ratioTable(title, "dials/s", each, budgets.timesSimpyDialler))
  const figures = [
    agreement("occupancy", ours, theirs, (shift) => shift.occupancy, percent2),
    agreement("abandoned", ours, theirs, (shift) => shift.abandoned, percent2),
    agreement("dials per shift", ours, theirs, (shift) => shift.dials, short)
  ]
  print("")
  print(table([["The same model?", "Outpace", "SimPy", "apart", ""], ...figures.map((figure) => figure.row)]))
  return figures.every((figure) => figure.same)
}

const dialsOf = (shifts: ReadonlyArray<Shift>): number => shifts.reduce((sum, shift) => sum + shift.dials, 0)
const percent2 = (share: number): string => percent(share, 2)
const mean = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Variance of the mean of independent shifts. */
const meanVariance = (values: ReadonlyArray<number>): number => {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1) / values.length
}

const agreement = (
  name: string,
  ours: ReadonlyArray<Shift>,
  theirs: ReadonlyArray<Shift>,
  of: (shift: Shift) => number,
  show: (value: number) => string
): { readonly row: ReadonlyArray<string>; readonly same: boolean } => {
  const a = ours.map(of)
  const b = theirs.map(of)
  const apart = Math.abs(mean(a) - mean(b)) / Math.sqrt(meanVariance(a) + meanVariance(b))
  const same = apart <= errorsMax
  const row = [name, show(mean(a)), show(mean(b)), `${apart.toFixed(1)} standard errors`, same ? "same" : "DIFFERENT"]
  return { row, same }
}
