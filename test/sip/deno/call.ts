// One call between two SIP edges over real sockets, and what both saw of it; run under Node and under Deno.
import { NodeDns } from "@effect/platform-node"
import { Console, Context, Effect, Fiber, Layer, Stream } from "effect"
import { layerSipjs } from "../../../src/sip/layerSipjs.ts"
import { Sip } from "../../../src/sip/Sip.ts"
import { UdpSocket } from "../../../src/sip/wire/UdpSocket.ts"

const phones = { realm: "outpace", digests: [], passwordOf: () => undefined }
const edge = (host: string) =>
  Layer.fresh(layerSipjs({ peers: ["127.0.0.0/8"], requestsPerSecond: 100, phones })).pipe(
    Layer.provide([Layer.fresh(UdpSocket.layer({ host, port: 0 })), NodeDns.layer])
  )
const sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"

const program = Effect.gen(function* () {
  const near = Context.get(yield* Layer.build(edge("127.0.0.1")), Sip)
  const far = Context.get(yield* Layer.build(edge("127.0.0.2")), Sip)
  const lines: Array<string> = []
  const note = (who: string) => (event: { readonly _tag: string }) =>
    Effect.sync(() => lines.push(`${who} ${event._tag}`))
  const called = yield* Effect.forkChild(
    Stream.runForEach(Stream.take(far.inbound, 1), (leg) =>
      Effect.andThen(leg.answer(sdp), Stream.runForEach(leg.events, note("far")))
    )
  )
  // Longer than the buffer that some sockets read into.
  const headers = [`X-Long: ${"x".repeat(3_000)}`]
  const to = `sip:Grüße@127.0.0.2:${far.address.port}`
  const leg = yield* near.place({ to, from: "sip:us@127.0.0.1", fromName: "Zoë", sdp, headers })
  const told = yield* Effect.forkChild(Stream.runForEach(leg.events, note("near")))
  yield* Effect.repeat(Effect.sleep("20 millis"), {
    until: () => lines.includes("near Answered") && lines.includes("far Answered")
  })
  yield* leg.sendKey("5", 100)
  yield* leg.hangUp
  yield* Fiber.join(told)
  yield* Fiber.join(called)
  const { counters, legCount } = yield* near.status
  yield* Console.log([...lines.sort(), `legs ${legCount}`, `faults ${counters.faults}`].join("\n"))
}).pipe(Effect.scoped, Effect.timeout("30 seconds"))

await Effect.runPromise(program)
