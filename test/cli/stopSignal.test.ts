import { assert, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { stopSignal } from "../../src/cli/stopSignal.ts"

const listeners = () => process.listeners("SIGINT")

it.effect("listens until it has heard a signal and lets go: the next one is the system's again", () =>
  Effect.gen(function* () {
    const before = listeners()
    yield* Effect.scoped(
      Effect.gen(function* () {
        const { letGo, requested } = yield* stopSignal
        const [ours, ...more] = listeners().filter((each) => !before.includes(each))
        assert.strictEqual(more.length, 0)
        ours("SIGINT")
        assert.strictEqual(yield* requested, "SIGINT")
        const going = yield* Effect.forkChild(letGo)
        // The same Ctrl-C may come twice, by way of a launcher: it must find a listener still.
        yield* TestClock.adjust("200 millis")
        assert.include(listeners(), ours)
        yield* TestClock.adjust("200 millis")
        yield* Fiber.join(going)
        assert.deepStrictEqual(listeners(), before)
      })
    )
  })
)

it.effect("leaves no listener behind when nothing was asked", () =>
  Effect.gen(function* () {
    const before = listeners()
    yield* Effect.scoped(stopSignal)
    assert.deepStrictEqual(listeners(), before)
  })
)
