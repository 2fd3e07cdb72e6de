import { NodeDns } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Stream } from "effect"
import { layerSipjs } from "../../../src/sip/layerSipjs.ts"
import { Sip } from "../../../src/sip/Sip.ts"
import { addressText } from "../../../src/sip/wire/Address.ts"
import { UdpSocket } from "../../../src/sip/wire/UdpSocket.ts"
import { newHost, until } from "../../live/harness/host.ts"
import { kamailio } from "../../live/harness/kamailio.ts"

const phones = { realm: "outpace", digests: [], passwordOf: () => undefined }
const edge = () =>
  Layer.fresh(layerSipjs({ peers: ["127.0.0.0/8"], requestsPerSecond: 100, phones })).pipe(
    Layer.provide([UdpSocket.layer({ host: newHost(), port: 5060 }), NodeDns.layer])
  )

describe("at Kamailio, which checks qop=auth and counts nonces,", () => {
  it.live.each(["MD5", "SHA-256"] as const)(
    "we register with %s, and leave with the same nonce counted on",
    (algorithm) =>
      Effect.gen(function* () {
        const sip = yield* Sip
        const trunk = { host: newHost(), port: 5060 }
        const proxy = yield* kamailio({ trunk, password: "s3cret", algorithm, expiresMax: 120 })
        const registrar = addressText(proxy.address)
        assert.strictEqual(yield* sip.ping({ to: `sip:${registrar}`, from: "sip:outpace@trunk.test" }), 200)
        const last = yield* Effect.scoped(
          Effect.gen(function* () {
            const { changes } = yield* sip.register({
              address: "sip:outpace@trunk.test",
              registrar: "sip:trunk.test",
              via: registrar,
              credentials: { user: "outpace", password: "s3cret" }
            })
            return yield* Stream.runHead(Stream.filter(changes, ({ lastStatus }) => lastStatus !== 0))
          })
        )
        assert.strictEqual(last._tag === "Some" ? last.value.lastStatus : 0, 200)
        const expected = ["REGISTER outpace challenged", "REGISTER outpace known", "REGISTER outpace known"]
        yield* until("the registration is taken back", () => proxy.log().length >= expected.length)
        assert.deepStrictEqual(proxy.log(), expected)
      }).pipe(Effect.scoped, Effect.provide(edge()), Effect.timeout("30 seconds"))
  )
})
