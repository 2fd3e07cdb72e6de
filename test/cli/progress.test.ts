import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { Progress } from "../../sim/experiments/Progress.ts"
import { ascii, barLine, blocks, plainLine } from "../../src/cli/progress/bar.ts"
import { Screen } from "../../src/cli/progress/Screen.ts"
import { showProgress } from "../../src/cli/progress/showProgress.ts"

const standing = { label: "look-ahead, 2.5 %", done: 30, total: 120, elapsedMillis: 20_000, millisLeft: 60_000 }

describe("a progress line", () => {
  it("tells the share, the shifts, the time left and what is rehearsed", () => {
    assert.strictEqual(
      barLine(standing, 120, ascii),
      "#######.......................   25 %  30 of 120 shifts  1 min 00 s left  look-ahead, 2.5 %".replace(
        "60 s",
        "1 min 00 s"
      )
    )
    assert.strictEqual(plainLine(standing), "25 %, 30 of 120 shifts, 1 min 00 s left, look-ahead, 2.5 %")
  })

  it("leaves out what does not fit, and is never wider than the terminal", () => {
    assert.strictEqual(barLine(standing, 60, blocks), "█████░░░░░░░░░░░░░░░   25 %  30 of 120 shifts")
    assert.strictEqual(barLine(standing, 20, blocks), "██░░░░░░   25 %")
    assert.strictEqual(barLine(standing, 7, blocks), " 25 %")
    for (let width = 0; width < 130; width += 1)
      assert.isAtMost(barLine(standing, width, blocks).length, Math.max(width, 0))
  })

  it("says nothing of the time left while it cannot be told", () => {
    assert.notInclude(plainLine({ ...standing, elapsedMillis: 900 }), "left")
    assert.notInclude(plainLine({ ...standing, millisLeft: null }), "left")
    assert.notInclude(plainLine({ ...standing, done: 120 }), "left")
    assert.strictEqual(
      plainLine({ label: "", done: 0, total: 0, elapsedMillis: 0, millisLeft: null }),
      "0 %, 0 of 0 shifts"
    )
  })

  it("gives long times in hours", () => {
    assert.include(plainLine({ ...standing, millisLeft: 3_900_000 }), "1 h 05 min left")
    assert.include(plainLine({ ...standing, millisLeft: 56_100 }), "57 s left")
  })

  it("shows the share of the time, for shifts still to come may take longer than those done", () => {
    assert.include(plainLine({ ...standing, done: 60, millisLeft: 180_000 }), "10 %, 60 of 120 shifts, 3 min 00 s left")
    assert.include(plainLine({ ...standing, millisLeft: null }), "0 %, 30 of 120 shifts")
    assert.include(plainLine({ ...standing, done: 120, millisLeft: 0 }), "100 %, 120 of 120 shifts")
  })
})

const shown = (isTerminal: boolean, env: Readonly<Record<string, string>>) => {
  const written: Array<string> = []
  let columns = 60
  const run = <A, E>(effect: Effect.Effect<A, E>) =>
    showProgress(effect).pipe(
      Effect.provideService(Screen, { isTerminal, columns: () => columns, write: (text) => void written.push(text) }),
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env }))
    )
  return { written, run, resize: (to: number) => (columns = to) }
}

const report = (done: number, total: number, millisLeft: number | null = null) =>
  Effect.flatMap(Effect.service(Progress), (progress) => progress.report({ label: "x", done, total, millisLeft }))

describe("progress on a terminal", () => {
  it.effect("draws in one place as wide as the terminal is now, and gives the cursor back also when interrupted", () =>
    Effect.gen(function* () {
      const { resize, run, written } = shown(true, { LANG: "en_GB.UTF-8" })
      const fiber = yield* Effect.forkChild(run(Effect.andThen(report(1, 4, 600), Effect.never)))
      yield* TestClock.adjust("50 millis")
      assert.strictEqual(written[0], "\u001b[?25l")
      assert.strictEqual(written[1], "\r\u001b[2K░░░░░░░░░░░░░░░░░░░    0 %  1 of 4 shifts  x")
      yield* TestClock.adjust("150 millis")
      assert.strictEqual(written[written.length - 1], "\r\u001b[2K████░░░░░░░░░░░░░░░   25 %  1 of 4 shifts  x")
      resize(20)
      yield* TestClock.adjust("200 millis")
      assert.isAtMost(written[written.length - 1].length, "\r\u001b[2K".length + 19)
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(written[written.length - 1], "\r\u001b[2K\u001b[?25h")
    })
  )

  it.effect("draws in ASCII where nothing says that the terminal shows more", () =>
    Effect.gen(function* () {
      const { run, written } = shown(true, { LC_ALL: "C", LANG: "en_GB.UTF-8" })
      yield* run(report(2, 2))
      assert.match(written[1], /#{8,}/)
    })
  )
})

describe("progress in a log", () => {
  for (const [name, isTerminal, env] of [
    ["no terminal", false, {}],
    ["continuous integration", true, { CI: "true" }],
    ["a terminal that cannot draw", true, { TERM: "dumb" }]
  ] as const) {
    it.effect(`is a plain line every five seconds at most: ${name}`, () =>
      Effect.gen(function* () {
        const { run, written } = shown(isTerminal, env)
        const steps = Effect.gen(function* () {
          for (let done = 1; done <= 12; done += 1) {
            yield* TestClock.adjust("1 seconds")
            yield* report(done, 12, 1_500 * (12 - done))
          }
        })
        yield* run(steps)
        assert.deepStrictEqual(written, [
          "32 %, 5 of 12 shifts, 11 s left, x\n",
          "76 %, 10 of 12 shifts, 3 s left, x\n"
        ])
      })
    )
  }
})
