import { assert, describe, it } from "@effect/vitest"
import { accepted, changed, refused } from "./smallFile.ts"

const withCallers = (lines: string): string => changed("    list:", `${lines}\n    list:`)

describe("callers in a scenario file", () => {
  it("are read with what the file leaves out", () => {
    const { campaigns } = accepted(withCallers("    queue: {}\n    callers: { perHour: 30 }"))
    assert.deepStrictEqual(campaigns[0].callers, {
      perHour: 30,
      knownShare: 1,
      patience: { kind: "exponential", mean: 120 }
    })
    assert.deepStrictEqual(campaigns[0].settings.queue, { callersMax: 10, waitMillisMax: 300_000 })
  })
  it("may wait for ever, some of them unknown", () => {
    const lines = "    queue: { callersMax: 3 }\n    callers: { perHour: 7.5, knownShare: 0.4, patienceSeconds: null }"
    const { campaigns } = accepted(withCallers(lines))
    assert.deepStrictEqual(campaigns[0].callers, { perHour: 7.5, knownShare: 0.4, patience: null })
  })
  it("are nobody where the file has none", () => {
    const { campaigns } = accepted(changed("", ""))
    assert.notProperty(campaigns[0], "callers")
    assert.isNull(campaigns[0].settings.queue)
  })
  it("need a queue to wait in", () => {
    assert.match(refused(withCallers("    callers: { perHour: 30 }")), /callers.*nobody without a `queue`/s)
  })
  it("call no more often than can be, and none less than never", () => {
    for (const perHour of [-1, 1_000_001]) {
      assert.match(refused(withCallers(`    queue: {}\n    callers: { perHour: ${perHour} }`)), /perHour/)
    }
  })
})
