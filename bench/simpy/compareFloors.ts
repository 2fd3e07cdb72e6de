import { join } from "node:path"
import type { Output } from "../Bench.ts"
import { type Budget, budgets } from "../budgets.ts"
import { output } from "../child.ts"
import { type Python, script } from "../python.ts"
import { table } from "../table.ts"
import { agree, errorsApart, mean } from "./agreement.ts"
import { figures, floor, type Shift, type SimpyShift, simpyShift } from "./Shift.ts"
import { type Done, oursMore, rateRow, ratioHeading, ratioRows, turns } from "./turns.ts"

const shiftsPerTurn = 2

/** The two ways the dialler is written in SimPy. */
const styles: ReadonlyArray<{ readonly script: string; readonly name: string; readonly budget: Budget | null }> = [
  { script: "documented.py", name: "documented idiom", budget: budgets.timesSimpyDialler },
  { script: "fast.py", name: "written for speed", budget: null }
]

/** Shifts of one turn as a process reports them, with the time they took. */
interface Report<A> {
  readonly seconds: number
  readonly coreSeconds: number
  readonly shifts: ReadonlyArray<A>
}

/** What one side did: how fast, turn by turn, and what every shift came to. */
class Side {
  readonly done: Array<Done> = []
  readonly shifts: Array<Shift> = []

  add({ coreSeconds, seconds, shifts }: Report<Shift>): void {
    this.done.push({ amount: shifts.reduce((sum, shift) => sum + shift.dials, 0), seconds, coreSeconds })
    this.shifts.push(...shifts)
  }
}

/** The dialler on the real core against the two in SimPy; false when one of those is another model. */
export const compareFloors = async (python: Python, { print, progress }: Output): Promise<boolean> => {
  const ours = new Side()
  const theirs = styles.map(() => new Side())
  for (let turn = 0; turn < turns; turn += 1) {
    progress(`dialler, turn ${turn + 1} of ${turns}`)
    ours.add(await ourTurn(turn))
    for (const [index, style] of styles.entries()) theirs[index].add(await simpyTurn(python, style.script, turn))
  }
  print("")
  print(ratioTable(ours, theirs))
  print("")
  const { rows, same } = comparison(ours, theirs)
  print(table(rows))
  return same
}

const ourTurn = async (turn: number): Promise<Report<Shift>> => {
  const count = oursMore * shiftsPerTurn
  const args = [join(import.meta.dirname, "ourShifts.ts"), String(count), String(1 + turn * count)]
  const { code, stdout } = await output(process.execPath, args)
  if (code !== 0) throw new Error(`ourShifts.ts ended with exit code ${code}`)
  return JSON.parse(stdout) as Report<Shift>
}

const simpyTurn = async (python: Python, name: string, turn: number): Promise<Report<Shift>> => {
  const { agents, hours, linesPerAgent } = floor
  const args = [shiftsPerTurn, 1 + turn * shiftsPerTurn, agents, linesPerAgent, hours]
  const report = await script<Report<SimpyShift>>(python.command, name, args)
  return { ...report, shifts: report.shifts.map(simpyShift) }
}

const ratioTable = (ours: Side, theirs: ReadonlyArray<Side>): string =>
  table([
    ratioHeading(`Dialler, ${floor.agents} agents, ${floor.linesPerAgent} lines per idle agent`),
    rateRow("Outpace, dials/s", ours.done),
    ...styles.map(({ name }, index) => rateRow(`SimPy, ${name}, dials/s`, theirs[index].done)),
    ...styles.flatMap(({ budget, name }, index) =>
      ratioRows(`times as fast as ${name}`, ours.done, theirs[index].done, budget)
    )
  ])

/** Every figure of a shift on all sides, and how many standard errors SimPy's lie from ours. */
const comparison = (
  ours: Side,
  theirs: ReadonlyArray<Side>
): { readonly rows: ReadonlyArray<ReadonlyArray<string>>; readonly same: boolean } => {
  let same = true
  const rows = [["The same model?", "Outpace", ...styles.flatMap(({ name }) => [`SimPy, ${name}`, "apart", ""])]]
  for (const key of Object.keys(figures) as Array<keyof Shift>) {
    const { show, title } = figures[key]
    const values = ours.shifts.map((shift) => shift[key])
    const row = [title, show(mean(values))]
    for (const { shifts } of theirs) {
      const others = shifts.map((shift) => shift[key])
      const apart = errorsApart(values, others)
      same &&= agree(apart)
      row.push(show(mean(others)), `${apart.toFixed(1)} errors`, agree(apart) ? "same" : "DIFFERENT")
    }
    rows.push(row)
  }
  return { rows, same }
}
