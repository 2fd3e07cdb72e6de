import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Dns, Host } from "effect/net"
import { layerSipjs } from "../../../src/sip/layerSipjs.ts"
import { Sip } from "../../../src/sip/Sip.ts"
import { UdpSocket } from "../../../src/sip/wire/UdpSocket.ts"
import { sdp } from "../pair/pair.ts"
import { clean, follow } from "./edge.ts"
import { description, receive, receiveInvite, respond, respondWithin } from "./scenario.ts"
import { sipp } from "./sipp.ts"

const phones = { realm: "outpace", digests: [], passwordOf: () => undefined }

describe("a trunk with two servers in its SRV record, both SIPp", () => {
  it.live("refuses at the first with 503 and answers at the second", () =>
    Effect.gen(function* () {
      const first = yield* sipp("full", [
        receiveInvite(),
        respond("503 Service Unavailable", { headers: ["Retry-After: 30"], retrans: true }),
        receive("ACK")
      ])
      const second = yield* sipp("answers", [
        receiveInvite(),
        respond("180 Ringing"),
        respond("200 OK", { body: description, retrans: true }),
        receive("ACK"),
        receive("BYE"),
        respondWithin("200 OK")
      ])
      const target = Host.domainNameFromStringUnsafe("sip.trunk.example")
      const srv = (port: number, priority: number) => Dns.makeRecordUnsafe("SRV", { target, port, priority, weight: 0 })
      const zone = {
        hosts: { "sip.trunk.example": [first.address.host] },
        records: { "_sip._udp.trunk.example": [srv(second.address.port, 20), srv(first.address.port, 10)] }
      }
      const edge = layerSipjs({ peers: ["127.0.0.0/8"], requestsPerSecond: 100, phones }).pipe(
        Layer.provide([UdpSocket.layer({ host: "127.0.0.1", port: 0 }), Layer.orDie(Dns.layerStatic(zone))])
      )
      const lines = yield* Effect.gen(function* () {
        const sip = yield* Sip
        const leg = yield* sip.place({ to: "sip:+4930123@trunk.example", from: "sip:us@127.0.0.1", sdp: sdp(4_000) })
        const seen = yield* follow(leg, ({ _tag }) =>
          _tag === "Answered" ? Effect.forkChild(leg.hangUp) : Effect.void
        )
        yield* clean
        return seen
      }).pipe(Effect.scoped, Effect.provide(edge))
      assert.deepStrictEqual(lines, ["Ringing 180", "Answered sendrecv", "Ended by us"])
      for (const far of [first, second]) {
        const { code, errors } = yield* far.done
        assert.strictEqual(code, 0, errors)
      }
    }).pipe(Effect.scoped, Effect.timeout("60 seconds"))
  )
})
