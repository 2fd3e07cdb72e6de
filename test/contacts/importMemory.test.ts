import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { importList } from "../../src/contacts/importList.ts"
import { listOptions } from "./listOptions.ts"

setFlagsFromString("--expose-gc")
const collect = runInNewContext("gc") as () => void

const rowCount = 200_000
const chunkRows = 1_000

const row = (i: number): string => `${i};"Novák, Jan ${i}";+420 ${601_000_000 + i};Praha;"said ""call later"""\r\n`
const file = (function* () {
  yield Buffer.from("id;name;phone;city;note\r\n")
  for (let i = 0; i < rowCount; i += chunkRows) {
    yield Buffer.from(Array.from({ length: chunkRows }, (_, k) => row(i + k)).join(""))
  }
})()

/** Live memory in MB, after a collection (the second waits until arrays are freed): objects, and arrays outside the heap. */
const memory = (): { readonly heap: number; readonly arrays: number } => {
  collect()
  collect()
  const { arrayBuffers, heapUsed } = process.memoryUsage()
  return { heap: heapUsed / 1e6, arrays: arrayBuffers / 1e6 }
}

describe("a list of 200,000 rows", () => {
  it.live("is imported in memory that grows by the set of its numbers alone", () =>
    Effect.gen(function* () {
      const at = new Map<number, ReturnType<typeof memory>>()
      let contacts = 0
      yield* importList(Stream.fromIterable(file, { chunkSize: 1 }), listOptions).pipe(
        Stream.runForEachArray((items) =>
          Effect.sync(() => {
            for (const item of items) {
              if (item.kind === "contact") contacts += 1
              if (item.kind === "progress" && item.rows % 50_000 === 0) at.set(item.rows, memory())
            }
          })
        )
      )
      assert.strictEqual(contacts, rowCount)
      const [early, late] = [at.get(50_000), at.get(200_000)]
      assert.isDefined(early)
      assert.isDefined(late)
      // 200,000 numbers in a table of 524,288 places of 8 bytes are 4.2 MB; a row kept anywhere would be 100 MB more.
      assert.isBelow(late.heap - early.heap, 3)
      assert.isBelow(late.arrays - early.arrays, 8)
    })
  )
})
