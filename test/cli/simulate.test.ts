import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import sqlite from "node-sqlite3-wasm"
import { loadResult } from "../../src/store/resultFile.ts"
import { emptyFolder, withFiles } from "../store/files.ts"
import { smallDisk } from "../store/fullDisk.ts"
import { heard, runCli, startCli, writeScenario } from "./runCli.ts"

const few = ["--replications", "3", "--workers", "2"]
/** Without the right to mount a small disk: the device on which nothing finds space. */
const full = join("/dev", "full")

interface Printed {
  readonly settings: ReadonlyArray<{ readonly estimates: Readonly<Record<string, { readonly mean: number | null }>> }>
  readonly files: { readonly result: string; readonly report: string }
  readonly finished: boolean
  readonly seed: string
}

describe("outpace simulate", () => {
  it.effect("says the figures and keeps result and report in a folder named after scenario and command", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const { code, err, out } = yield* runCli(["simulate", "tiny.yaml", ...few], folder)
        assert.strictEqual(code, 0, err)
        assert.match(out, /Rehearsal of Tiny, campaign Calls, seed 1/)
        assert.match(out, /fixed ratio, 1\.5 +predictive +\d+\.\d.±/)
        const place = join("outpace-results", "tiny-simulate")
        assert.include(out, `Report:  ${join(place, "report.html")}`)
        assert.deepStrictEqual(readdirSync(join(folder, place)).sort(), ["report.html", "result.sqlite"])
        assert.strictEqual(err, "")
      })
    )
  )

  it.effect("gives the same result for the same seed, however many workers, and another for another seed", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const run = Effect.fn("run")(function* (out: string, ...args: ReadonlyArray<string>) {
          const { code, err } = yield* runCli(["simulate", "tiny.yaml", "--out", out, ...args], folder)
          assert.strictEqual(code, 0, err)
          const { createdAt: _, ...rest } = yield* loadResult(join(folder, out, "result.sqlite"))
          return { ...rest, report: readFileSync(join(folder, out, "report.html"), "utf8") }
        })
        const first = yield* run("a", ...few)
        assert.deepStrictEqual(yield* run("b", "--replications", "3", "--workers", "1"), first)
        const other = yield* run("c", ...few, "--seed", "2")
        assert.notDeepEqual(other.attempts, first.attempts)
        assert.isAbove(first.attempts.length, 10)
      })
    )
  )

  it.effect("says on standard error what is hardly meant, and runs all the same", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const rule = (name: string) =>
          `      - { name: ${name}, when: { outcome: [busy] }, then: { again: { afterMinutes: 5 } } }\n`
        writeScenario(folder, "tiny.yaml", (text) => `${text}    afterAttempt:\n${rule("first")}${rule("second")}`)
        const { code, err } = yield* runCli(["simulate", "tiny.yaml", ...few], folder)
        assert.deepStrictEqual(
          [code, err],
          [
            0,
            "tiny.yaml: campaigns[0].afterAttempt[1]: “second” is never reached: “first” before it decides all its cases.\n"
          ]
        )
      })
    )
  )

  it.effect("prints JSON and nothing else when asked to", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const { code, out } = yield* runCli(["simulate", "tiny.yaml", "--json", "--seed", "x y", ...few], folder)
        assert.strictEqual(code, 0)
        const printed = JSON.parse(out) as Printed
        assert.strictEqual(printed.seed, "x y")
        assert.isTrue(printed.finished)
        assert.isAbove(printed.settings[0].estimates["occupancy"].mean ?? 0, 0.1)
        assert.isTrue(existsSync(join(folder, printed.files.report)))
      })
    )
  )

  it.effect("writes again what stands in a result file: the report is the same to the byte", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        yield* runCli(["simulate", "tiny.yaml", "--out", "a", ...few], folder)
        const { code, out } = yield* runCli(["report", join("a", "result.sqlite"), "--out", "b"], folder)
        assert.strictEqual(code, 0)
        assert.strictEqual(out, `Report: ${join("b", "report.html")}\n`)
        const read = (place: string) => readFileSync(join(folder, place, "report.html"))
        assert.isTrue(read("a").equals(read("b")))
        rmSync(join(folder, "a", "report.html"))
        yield* runCli(["report", join("a", "result.sqlite")], folder)
        assert.isTrue(read("a").equals(read("b")))
      })
    )
  )
})

describe("outpace simulate, asked for what cannot be", () => {
  const refused = (name: string, args: ReadonlyArray<string>, sentence: RegExp, change?: (text: string) => string) =>
    it.effect(name, () =>
      withFiles(
        Effect.gen(function* () {
          const folder = yield* emptyFolder
          writeScenario(folder, "tiny.yaml", change)
          writeFileSync(join(folder, "file"), "")
          const { code, err, out } = yield* runCli(["simulate", ...args], folder)
          assert.strictEqual(code, 2, err)
          assert.match(err, sentence)
          assert.strictEqual(out, "")
          assert.isFalse(existsSync(join(folder, "outpace-results")))
        })
      )
    )

  refused(
    "lists every problem of a scenario, with file, line and field",
    ["tiny.yaml"],
    /tiny\.yaml cannot be run: 2 problems\.[^]*tiny\.yaml:6:\d+ groups\[0\]\.agents[^]*tiny\.yaml:9:\d+ campaigns\[0\]\.mode/,
    (text) => text.replace("agents: 3", "agents: three").replace("mode: predictive", "mode: predict")
  )
  refused("names a file that is missing", ["no.yaml"], /cannot read no\.yaml: no such file/)
  refused("names a folder in place of a file", ["."], /cannot read \.: it is a folder/)
  refused("names a campaign that is not there", ["tiny.yaml", "--campaign", "X"], /no campaign "X"[^]*it has Calls/)
  refused("wants whole replications", ["tiny.yaml", "--replications", "1.5"], /--replications: "1\.5"/)
  refused("wants a scenario", [], /Missing required argument: scenario/)
  refused("does not know a flag", ["tiny.yaml", "--sed", "1"], /--sed/)
  refused(
    "says that the folder for results is a file",
    ["tiny.yaml", "--out", "file"],
    /written to file[^]*Nothing was run/
  )
  refused(
    "says that the folder for results cannot be made",
    ["tiny.yaml", "--out", join("/proc", "outpace")],
    /written to [^]*outpace[^]*choose another folder with --out\. Nothing was run/
  )
})

describe("outpace simulate, disturbed", () => {
  it.effect("stopped by Ctrl-C keeps what is complete, says where, and leaves with 130", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const endless = ["--precision", "0.0000001", "--replications-max", "1000000"]
        const { child, ended } = startCli(["simulate", "tiny.yaml", "--out", "a", ...endless], folder)
        // Twenty shifts are more than the first block, which is complete then.
        yield* Effect.promise(() => heard(child, /(?:[2-9]\d|\d{3,}) of \d+ shifts/))
        child.kill("SIGINT")
        const { code, err, out } = yield* Effect.promise(() => ended)
        assert.strictEqual(code, 130, err)
        assert.match(err, /Stopping\.[^]*Stopped early\. Kept what was complete, \d+ shifts of one setting, in a/)
        assert.match(out, /Stopped early/)
        const { body } = yield* loadResult(join(folder, "a", "result.sqlite"))
        assert.isFalse((body as { readonly finished: boolean }).finished)
        const again = yield* runCli(["report", join("a", "result.sqlite"), "--out", "b"], folder)
        assert.strictEqual(again.code, 0, again.err)
        assert.match(readFileSync(join(folder, "b", "report.html"), "utf8"), /Stopped early/)
      })
    )
  )

  it.effect("writes to the folder for temporary files what finds no space in its own, and says so", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const elsewhere = yield* emptyFolder
        writeScenario(folder)
        const disk = yield* smallDisk(64)
        if (disk === null) return assert.isTrue(existsSync(full))
        const args = ["simulate", "tiny.yaml", "--json", "--out", disk, ...few]
        const { code, err, out } = yield* runCli(args, folder, { TMPDIR: elsewhere })
        assert.strictEqual(code, 1, err)
        assert.match(err, /there is no space left[^]*What was computed is in /)
        const { files } = JSON.parse(out) as Printed
        assert.isTrue(files.result.startsWith(elsewhere), files.result)
        assert.include(err, files.result)
        assert.isAbove((yield* loadResult(files.result)).attempts.length, 10)
        assert.isTrue(existsSync(files.report))
        assert.deepStrictEqual(readdirSync(disk), [])
      })
    )
  )

  it.effect("still prints the figures when there is no space anywhere", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const disk = yield* smallDisk(64)
        if (disk === null) return assert.isTrue(existsSync(full))
        const { code, err, out } = yield* runCli(["simulate", "tiny.yaml", "--out", disk, ...few], folder, {
          TMPDIR: disk
        })
        assert.strictEqual(code, 1, err)
        assert.match(out, /Rehearsal of Tiny[^]*\nOccupancy +\d/)
        assert.match(err, /no space left[^]*It could be kept nowhere else/)
        assert.deepStrictEqual(
          readdirSync(disk).filter((name) => name.includes("sqlite")),
          []
        )
      })
    )
  )

  it.effect("says that standard output is full", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        if (!existsSync(full)) return
        const script = `exec "$0" "$@" > ${full}`
        const { child, ended } = startCli(["simulate", "tiny.yaml", ...few], folder, {}, ["sh", "-c", script])
        assert.isDefined(child.pid)
        const { code, err } = yield* Effect.promise(() => ended)
        assert.strictEqual(code, 1, err)
        assert.match(err, /cannot write to standard output: [^]*no space left/)
      })
    )
  )
})

describe("outpace report", () => {
  it.effect("says what is wrong with a file that is no result, and with one of a newer version", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const scenario = writeScenario(folder)
        const text = yield* runCli(["report", scenario], folder)
        assert.strictEqual(text.code, 2)
        assert.match(text.err, /tiny\.yaml is not a result of Outpace[^]*not an SQLite file/)
        yield* runCli(["simulate", "tiny.yaml", "--out", "a", ...few], folder)
        const path = join(folder, "a", "result.sqlite")
        const db = new sqlite.Database(path)
        db.exec("INSERT INTO outpace_migrations (migration_id, name) VALUES (99, 'later')")
        db.close()
        const newer = yield* runCli(["report", path], folder)
        assert.strictEqual(newer.code, 2)
        assert.match(newer.err, /written by a newer Outpace \(schema 99/)
        mkdirSync(join(folder, "b"))
        assert.strictEqual((yield* runCli(["report", "b"], folder)).code, 2)
      })
    )
  )
})
