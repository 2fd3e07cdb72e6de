import { afterAll, assert } from "@effect/vitest"
import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { meanInterval } from "../../sim/statistics/interval.ts"

/** A figure with a known answer: the values of the replications and how closely they must settle it. */
export interface Figure {
  readonly row: string
  readonly measure: string
  /** One value a replication. */
  readonly values: ReadonlyArray<number>
  /** The test has no power when the 95 % half-width is larger. */
  readonly halfWidthMax: number
}

interface TableRow {
  readonly row: string
  readonly measure: string
  readonly expected: string
  readonly got: number
  readonly halfWidth: number
  readonly passed: boolean
}

const root = fileURLToPath(new URL("../..", import.meta.url))
const fragments = join(root, "node_modules", ".cache", "outpace", "validation")
const title = `# Validation

The simulator, with the real decision core in it, against every answer that is known beforehand. Made by
\`OUTPACE_TABLES=docs/validation.md npx vitest run test/validation\`: every row is a test, the seeds are fixed.

- **exact**: derived. Must lie within 3 standard errors of the mean of at least 20 replications.
- **a ± b**: measured with another model. The two 95 % intervals must overlap.
- **≥, ≤, a to b**: a bound or a band. A lower bound may be missed by no more than the 95 % interval of the figure, an
  upper bound (what a policy steers to, or cannot beat) by no more than 3 standard errors.
- **up, down**: the difference that a change makes on the same people; its 95 % interval lies on that side of zero.

"got" is the mean of the replications, "±" its 95 % half-width (Student's t over replications).
`

/**
 * One table of the validation: every check is a row of it, passed or not. With OUTPACE_TABLES set, the table is printed
 * as Markdown and put into the file of that name, beside the tables of the other test files.
 */
export class ValidationTable {
  readonly #heading: string
  readonly #rows: Array<TableRow> = []

  /** `heading`: a number that sorts the tables, then what is shown. */
  constructor(heading: string) {
    this.#heading = heading
    afterAll(() => {
      const file = process.env.OUTPACE_TABLES
      if (file !== undefined && file !== "") this.#write(join(root, file))
    })
  }

  /** A derived figure: within 3 standard errors. Returns how many it is off. */
  exact(figure: Figure, expected: number): number {
    assert.isAtLeast(figure.values.length, 20, "replications")
    const { mean } = this.#settled(figure)
    const error = standardError(figure.values)
    // A figure that cannot vary differs by the rounding of sums at most.
    const passed = Math.abs(mean - expected) <= Math.max(3 * error, 1e-9)
    this.#add(figure, `exact ${digits(expected)}`, passed, `3 standard errors are ${digits(3 * error)}`)
    return (mean - expected) / error
  }

  /** A figure measured with another model: the two 95 % intervals overlap. */
  reference(figure: Figure, expected: number, expectedHalfWidth: number): void {
    const { mean, halfWidth } = this.#settled(figure)
    const passed = Math.abs(mean - expected) <= halfWidth + expectedHalfWidth
    this.#add(figure, `${digits(expected)} ± ${digits(expectedHalfWidth)}`, passed, "the intervals do not overlap")
  }

  /** Not below `least`, beyond the noise. */
  atLeast(figure: Figure, least: number): void {
    const { high } = this.#settled(figure)
    this.#add(figure, `≥ ${digits(least)}`, high >= least, "is clearly below")
  }

  /** Not above `most`, by more than 3 standard errors: where the truth is right at the bound. */
  atMost(figure: Figure, most: number): void {
    const { mean } = this.#settled(figure)
    this.#add(figure, `≤ ${digits(most)}`, mean - 3 * standardError(figure.values) <= most, "is clearly above")
  }

  /** Values that are differences of paired replications: their 95 % interval lies on the stated side of zero. */
  moves(figure: Figure, direction: "up" | "down"): void {
    const { high, low } = this.#settled(figure)
    this.#add(figure, direction, direction === "up" ? low > 0 : high < 0, `does not clearly go ${direction}`)
  }

  /** Between the two. */
  within(figure: Figure, low: number, high: number): void {
    const { mean } = this.#settled(figure)
    this.#add(figure, `${digits(low)} to ${digits(high)}`, mean >= low && mean <= high, "is outside")
  }

  #settled(figure: Figure) {
    const interval = meanInterval(figure.values, 0.95)
    const { measure, row } = figure
    assert.isAtMost(interval.halfWidth, figure.halfWidthMax, `${row}, ${measure}: too wide to tell anything`)
    return interval
  }

  #add({ measure, row, values }: Figure, expected: string, passed: boolean, problem: string): void {
    const { halfWidth, mean } = meanInterval(values, 0.95)
    this.#rows.push({ row, measure, expected, got: mean, halfWidth, passed })
    const got = `${digits(mean)} ± ${digits(halfWidth)} from ${values.length} replications`
    assert.isTrue(passed, `${row}, ${measure}: expected ${expected}, got ${got}; ${problem}`)
  }

  #write(file: string): void {
    const lines = this.#rows.map(({ expected, got, halfWidth, measure, passed, row }) => {
      const cells = [row, measure, expected, digits(got), digits(halfWidth), passed ? "yes" : "**no**"]
      return `| ${cells.join(" | ")} |`
    })
    const head = "| case | figure | expected | got | ± | agrees |\n|---|---|---|--:|--:|---|"
    const section = `\n## ${this.#heading}\n\n${head}\n${lines.join("\n")}\n`
    console.log(section)
    // Test files run at the same time: each leaves its own part, and whoever is last finds all of them.
    mkdirSync(fragments, { recursive: true })
    writeFileSync(join(fragments, `${this.#heading.replace(/[^\w.]+/g, "-")}.md`), section)
    const parts = globSync("*.md", { cwd: fragments }).sort(byNumber)
    const text = title + parts.map((part) => readFileSync(join(fragments, part), "utf8")).join("")
    writeFileSync(`${file}.${process.pid}`, text)
    renameSync(`${file}.${process.pid}`, file)
  }
}

/** As percentages. */
export const percent = (shares: ReadonlyArray<number>): ReadonlyArray<number> => shares.map((share) => 100 * share)

const standardError = (values: ReadonlyArray<number>): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return Math.sqrt(variance / values.length)
}

const digits = (value: number): string => {
  if (Math.abs(value) < 1e-9) return "0"
  return Math.abs(value) >= 100 ? value.toFixed(1) : Math.abs(value) >= 1 ? value.toFixed(2) : value.toFixed(3)
}

const byNumber = (a: string, b: string): number => Number.parseFloat(a) - Number.parseFloat(b) || (a < b ? -1 : 1)
