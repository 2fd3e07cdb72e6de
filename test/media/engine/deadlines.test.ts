import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Deadlines } from "../../../src/media/engine/Deadlines.ts"
import { numbers } from "../soundSources.ts"

const rethrow = (error: unknown): never => {
  throw error
}

describe("deadlines", () => {
  it("run in order of time, equal ones in order of scheduling, none before its time", () => {
    const log: Array<string> = []
    const deadlines = new Deadlines(rethrow)
    const add = (name: string, due: number) => deadlines.schedule(due, () => (log.push(name), null))
    for (const [name, due] of [
      ["c", 30],
      ["a", 10],
      ["b1", 20],
      ["b2", 20]
    ] as const)
      add(name, due)
    assert.strictEqual(deadlines.next, 10)
    deadlines.run(20)
    assert.deepStrictEqual([log, deadlines.next], [["a", "b1", "b2"], 30])
    deadlines.run(100)
    assert.deepStrictEqual([log.at(-1), deadlines.next], ["c", Infinity])
  })
  it("come again from when they were due, not from when they ran", () => {
    const due: Array<number> = []
    const deadlines = new Deadlines(rethrow)
    deadlines.schedule(5, (dueMillis) => (due.push(dueMillis), dueMillis + 20))
    for (let now = 0; now < 1_000; now += 7.3) deadlines.run(now)
    assert.deepStrictEqual(
      due,
      Array.from({ length: 50 }, (_, i) => 5 + 20 * i)
    )
  })
  it("can be cancelled, also from within, and can schedule others", () => {
    const log: Array<string> = []
    const deadlines = new Deadlines(rethrow)
    const never = deadlines.schedule(10, () => (log.push("never"), null))
    const self = deadlines.schedule(5, (due) => {
      log.push("self")
      deadlines.schedule(6, () => (log.push("other"), null))
      never.cancel()
      self.cancel()
      return due + 1
    })
    deadlines.run(100)
    assert.deepStrictEqual([log, deadlines.next], [["self", "other"], Infinity])
  })
  it("end a step that does not move on in time, rather than themselves", () => {
    let count = 0
    const deadlines = new Deadlines(rethrow)
    deadlines.schedule(0, () => ((count += 1), 0))
    deadlines.run(10)
    assert.strictEqual(count, 11)
  })
  it("drop a step that throws, tell of it, and go on", () => {
    const defects: Array<unknown> = []
    const log: Array<string> = []
    const deadlines = new Deadlines((error) => void defects.push(error))
    deadlines.schedule(1, () => rethrow("broken"))
    deadlines.schedule(2, () => (log.push("fine"), null))
    deadlines.run(5)
    assert.deepStrictEqual([defects, log, deadlines.next], [["broken"], ["fine"], Infinity])
  })
  it.prop(
    "give what a sorted list gives",
    { seed: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1e6 })) },
    ({ seed }) => {
      const next = numbers(seed)
      const deadlines = new Deadlines(rethrow)
      const model: Array<{ due: number; name: number }> = []
      const log: Array<number> = []
      const handles: Array<{ cancel: () => void }> = []
      for (let name = 0; name < 200; name += 1) {
        const due = Math.floor(next() * 50)
        handles.push(deadlines.schedule(due, () => (log.push(name), null)))
        model.push({ due, name })
        if (next() < 0.2) {
          const gone = Math.floor(next() * handles.length)
          handles[gone].cancel()
          const at = model.findIndex((entry) => entry.name === gone)
          if (at >= 0) model.splice(at, 1)
        }
      }
      for (let now = 0; now <= 50; now += 1) deadlines.run(now)
      assert.deepStrictEqual(
        log,
        model.sort((a, b) => a.due - b.due || a.name - b.name).map(({ name }) => name)
      )
    },
    { arbitrary: { runs: 100, seed: 1 } }
  )
})
