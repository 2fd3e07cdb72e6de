import { assert, describe, it } from "@effect/vitest"
import { TrunkHealth } from "../../../src/sip/trunks/TrunkHealth.ts"

const setup = (registers = false) => {
  const changes: Array<string> = []
  const health = new TrunkHealth(registers, 0, ({ from, now, to }) => changes.push(`${now} ${from} > ${to}`))
  return { health, changes }
}
/** Fails a call just begun, and answers how long the rest is. */
const restAfterFailure = (health: TrunkHealth, now: number, retryAfterSeconds?: number): number => {
  health.callFailed(503, now, retryAfterSeconds, now + 1)
  return (health.restUntil ?? 0) - now - 1
}

describe("a trunk's rests", () => {
  it("double from 5 s to 2 minutes while calls fail, however often they are probed well", () => {
    const { health } = setup()
    const rests: Array<number> = []
    for (let now = 1_000; rests.length < 8;) {
      rests.push(restAfterFailure(health, now))
      const over = health.restUntil ?? 0
      health.pinged(200, over)
      now = over + 1_000
    }
    assert.deepStrictEqual(rests, [5_000, 10_000, 20_000, 40_000, 80_000, 120_000, 120_000, 120_000])
  })
  it("are short again once a call got through", () => {
    const { health } = setup()
    restAfterFailure(health, 0)
    health.restOver(10_000)
    restAfterFailure(health, 11_000)
    health.restOver(30_000)
    health.callCarried()
    assert.strictEqual(restAfterFailure(health, 31_000), 5_000)
  })
  it.each([
    [30, 30_000],
    [1, 1_000],
    [300, 300_000],
    [86_400, 300_000],
    [0, 5_000]
  ])(
    "are as long as Retry-After: %i s asks, five minutes at most, and that counts for nothing later",
    (seconds, rest) => {
      const { health } = setup()
      assert.strictEqual(restAfterFailure(health, 0, seconds), rest)
      health.restOver(400_000)
      assert.strictEqual(restAfterFailure(health, 400_001), seconds === 0 ? 10_000 : 5_000)
    }
  )
  it("are not prolonged by calls that were under way when they began", () => {
    const { changes, health } = setup()
    health.callFailed(503, 0, undefined, 1_000)
    // Begun before that, failed during the rest, at its end, and long after it.
    health.callFailed(503, 900, 60, 2_000)
    health.callFailed(503, 1_000, undefined, 6_000)
    health.restOver(6_000)
    health.callFailed(408, 500, undefined, 32_500)
    assert.deepStrictEqual(changes, ["1000 up > resting", "6000 resting > up"])
  })
  it("end when their time is over, not before, whether or not OPTIONS is answered meanwhile", () => {
    const { health } = setup()
    restAfterFailure(health, 0)
    for (const end of [
      () => health.restOver(5_000),
      () => health.pinged(200, 5_000),
      () => health.pinged(503, 5_000)
    ]) {
      end()
      assert.deepStrictEqual([health.state, health.restUntil, health.since], ["resting", 5_001, 1])
    }
    health.pinged(200, 5_001)
    assert.deepStrictEqual([health.state, health.reason, health.since], ["up", "", 5_001])
  })
  it("are followed by a longer one when the probe is refused with 503", () => {
    const { changes, health } = setup()
    restAfterFailure(health, 0)
    health.pinged(503, 5_001)
    assert.deepStrictEqual([health.state, health.restUntil], ["resting", 15_001])
    assert.strictEqual(health.reason, "OPTIONS was refused with 503")
    assert.deepStrictEqual(changes, ["1 up > resting"])
  })
})

describe("a trunk's state", () => {
  it.each([200, 404, 405, 401, 481, 500, 600])("is up when OPTIONS is answered with %i", (status) => {
    const { health } = setup()
    health.pinged(408, 10)
    assert.deepStrictEqual([health.state, health.reason, health.since], ["down", "OPTIONS is not answered", 10])
    health.pinged(408, 20)
    assert.strictEqual(health.since, 10)
    health.pinged(status, 30)
    assert.deepStrictEqual([health.state, health.reason, health.since], ["up", "", 30])
  })
  it("is unregistered until it is registered, if it is to be", () => {
    const { changes, health } = setup(true)
    assert.deepStrictEqual([health.state, health.reason], ["unregistered", "not registered yet"])
    health.registered(undefined, 5)
    health.registered("refused", 9)
    assert.deepStrictEqual([health.state, health.reason], ["unregistered", "refused"])
    assert.deepStrictEqual(changes, ["5 unregistered > up", "9 up > unregistered"])
  })
  it("is the worst of what is known: silence, then no registration, then a rest", () => {
    const { changes, health } = setup(true)
    health.callFailed(500, 1, 100, 1)
    health.pinged(408, 2)
    assert.strictEqual(health.state, "down")
    health.pinged(200, 3)
    assert.strictEqual(health.state, "unregistered")
    health.registered(undefined, 4)
    assert.deepStrictEqual([health.state, health.reason], ["resting", "a call was refused with 500"])
    health.restOver(100_001)
    assert.deepStrictEqual(changes, [
      "2 unregistered > down",
      "3 down > unregistered",
      "4 unregistered > resting",
      "100001 resting > up"
    ])
  })
})
