import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { UdpSocket } from "../../../src/sip/wire/UdpSocket.ts"

const socket = (host: string, port: number) =>
  Effect.flatMap(Layer.build(Layer.fresh(UdpSocket.layer({ host, port }))), (context) =>
    UdpSocket.pipe(Effect.provide(context))
  )

describe("UDP socket", () => {
  it.live("sends to another and hears who sent", () =>
    Effect.gen(function* () {
      const one = yield* socket("127.0.0.1", 0)
      const two = yield* socket("127.0.0.2", 0)
      yield* one.send("Grüße", two.address)
      const [datagram] = yield* two.receive
      assert.strictEqual(new TextDecoder().decode(datagram.payload), "Grüße")
      assert.deepStrictEqual(datagram.source, one.address)
      // Nobody listens there; the error is the network's business.
      yield* one.send("lost", { host: "127.0.0.3", port: 9 })
    }).pipe(Effect.scoped)
  )
  it.live("says plainly that a port is taken, or an address is not ours", () =>
    Effect.gen(function* () {
      const { address } = yield* socket("127.0.0.1", 0)
      const taken = yield* Effect.flip(socket(address.host, address.port))
      assert.strictEqual(taken.problem, "address in use")
      assert.strictEqual(
        taken.message,
        `UDP socket 127.0.0.1:${address.port}: address in use. Another program has this port; stop it or choose another port.`
      )
      assert.strictEqual((yield* Effect.flip(socket("192.0.2.1", 5060))).problem, "address not of this machine")
    }).pipe(Effect.scoped)
  )
})
