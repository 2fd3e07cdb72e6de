import { Effect, Queue } from "effect"
import { openUdp } from "../../src/media/engine/udp.ts"
import { Media } from "../../src/media/Media.ts"
import { filled, remoteOf, rtp } from "./engine/rig.ts"

/** A far end on a real port of this machine. */
const farEndAt = Effect.fnUntraced(function* (port: number) {
  const came = yield* Queue.unbounded<Uint8Array>()
  const socket = yield* Effect.acquireRelease(
    Effect.promise(() => openUdp("127.0.0.1", port, (bytes) => void Queue.offerUnsafe(came, bytes))),
    (socket) => Effect.sync(() => socket.close())
  )
  return { socket, came, endpoint: { address: "127.0.0.1", port } }
})

/** Twenty packets from one far end to another through the media thread, on ports from `port` on. */
export const bridgeOverUdp = Effect.fnUntraced(
  function* (path: string, port: number) {
    const media = yield* Media
    const [customer, agent] = [yield* farEndAt(port + 20), yield* farEndAt(port + 22)]
    const [a, b] = [yield* media.open({ silenceMillis: null }), yield* media.open({ silenceMillis: null })]
    yield* a.setRemote(remoteOf(1, { endpoint: customer.endpoint }))
    yield* b.setRemote(remoteOf(2, { endpoint: agent.endpoint }))
    yield* media.bridge(a, b)
    yield* a.record(path)
    for (let i = 0; i < 20; i += 1) customer.socket.send(rtp(i, 160 * i, filled(0x80 + i)), a.local)
    const heard: Array<Uint8Array> = []
    while (heard.length < 20) heard.push(yield* Queue.take(agent.came))
    const statistics = yield* a.statistics
    const recording = yield* a.stopRecording
    return { heard, statistics, recording }
  },
  (effect, _path, port) =>
    effect.pipe(Effect.scoped, Effect.provide(Media.layer({ address: "127.0.0.1", portMin: port, portMax: port + 9 })))
)
