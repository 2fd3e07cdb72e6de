import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Result } from "effect"
import { Dns, Host } from "effect/net"
import { TestClock } from "effect/testing"
import { makeResolver } from "../../../src/sip/resolve/resolver.ts"

const srv = (target: string, port: number, priority: number, weight = 0) =>
  Dns.makeRecordUnsafe("SRV", { target: Host.domainNameFromStringUnsafe(target), port, priority, weight })
const zone = {
  hosts: {
    "one.example": ["192.0.2.1", "2001:db8::1"],
    "two.example": ["192.0.2.2", "192.0.2.3"],
    "plain.example": ["192.0.2.9"],
    "trunk.example": ["192.0.2.99"]
  },
  records: {
    "_sip._udp.trunk.example": [
      srv("gone.example", 5_060, 5),
      srv("two.example", 5_072, 20),
      srv("one.example", 5_071, 10)
    ]
  }
}
const resolve = (host: string, port?: number, key = "call") =>
  Effect.flatMap(makeResolver, (resolver) =>
    Effect.map(resolver({ host, port }, key), (found) => found.map((one) => `${one.host}:${one.port}`))
  ).pipe(Effect.provide(Dns.layerStatic(zone)), Effect.orDie)

describe("a name", () => {
  it.effect("with an SRV record leads to its servers' IPv4 addresses, by priority", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* resolve("trunk.example"), ["192.0.2.1:5071", "192.0.2.2:5072", "192.0.2.3:5072"])
    })
  )
  it.effect("with a port leads to its own addresses", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* resolve("trunk.example", 5_080), ["192.0.2.99:5080"])
    })
  )
  it.effect("without an SRV record leads to its addresses at port 5060", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* resolve("plain.example"), ["192.0.2.9:5060"])
    })
  )
  it.effect("that nobody knows leads nowhere", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* resolve("nowhere.example"), [])
      assert.deepStrictEqual(yield* resolve("..", 5_060), [])
    })
  )
  it.effect("is asked for once a minute, and again at once after a failure", () => {
    const asked: Array<string> = []
    let known = false
    const dns = Result.getOrThrow(Dns.makeStatic(zone))
    const counting = Layer.succeed(
      Dns.Dns,
      Dns.make({
        lookup: (host) =>
          Effect.gen(function* () {
            asked.push(host)
            return known ? yield* dns.lookup("plain.example") : []
          })
      })
    )
    return Effect.gen(function* () {
      const resolver = yield* makeResolver
      const find = Effect.map(resolver({ host: "x.example", port: 5_060 }, "call"), (found) => found.length)
      assert.deepStrictEqual([yield* find, yield* find, asked.length], [0, 0, 2])
      known = true
      assert.deepStrictEqual([yield* find, yield* find, asked.length], [1, 1, 3])
      yield* TestClock.adjust("61 seconds")
      assert.deepStrictEqual([yield* find, asked.length], [1, 4])
    }).pipe(Effect.provide(counting))
  })
  it.effect("whose server never answers leads nowhere after 5 s a question", () =>
    Effect.gen(function* () {
      const resolver = yield* makeResolver
      const found = yield* Effect.forkChild(resolver({ host: "slow.example", port: undefined }, "call"))
      yield* TestClock.adjust("10 seconds")
      assert.deepStrictEqual(found.pollUnsafe()?._tag, "Success")
    }).pipe(
      Effect.provide(Layer.succeed(Dns.Dns, Dns.make({ lookup: () => Effect.never, resolve: () => Effect.never })))
    )
  )
})
