import { NodeDns } from "@effect/platform-node"
import { Effect, Layer, Stream } from "effect"
import { Media } from "../../../src/media/Media.ts"
import type { MediaLeg } from "../../../src/media/MediaLeg.ts"
import type { LegHappening } from "../../../src/media/engine/protocol.ts"
import { acceptAnswer, type LocalMedia, writeOffer } from "../../../src/media/sdp/offerAnswer.ts"
import { layerSipjs } from "../../../src/sip/layerSipjs.ts"
import type { Call, LegEvent } from "../../../src/sip/Leg.ts"
import { type Leg, Sip } from "../../../src/sip/Sip.ts"
import { UdpSocket } from "../../../src/sip/wire/UdpSocket.ts"
import { newHost, until } from "./host.ts"

/** What agents' phones register with. */
export const phonePassword = "s3cret"
export const realm = "outpace"

interface Options {
  readonly requestsPerSecond?: number
  readonly digests?: ReadonlyArray<"MD5" | "SHA-256">
  readonly host?: string
}

/** Outpace's SIP and audio as they are when it runs, on an address of their own. */
export const outpace = ({ digests = ["MD5"], host = newHost(), requestsPerSecond = 1_000 }: Options = {}) =>
  Layer.merge(
    layerSipjs({
      peers: ["127.0.0.0/8"],
      requestsPerSecond,
      phones: { realm, digests, passwordOf: (user) => (user.startsWith("agent") ? phonePassword : undefined) }
    }).pipe(Layer.provide([UdpSocket.layer({ host, port: 5060 }), NodeDns.layer])),
    Media.layer({ address: host, portMin: 10_000, portMax: 10_999 })
  )

/** A call of ours with its sound, and all that has happened on it so far. */
export interface LiveCall {
  readonly leg: Leg
  readonly media: MediaLeg
  readonly events: ReadonlyArray<LegEvent>
  readonly happenings: ReadonlyArray<LegHappening>
  /** Waits for an event of the call; dies after `seconds`. */
  readonly saw: (tag: LegEvent["_tag"], seconds?: number) => Effect.Effect<void>
  /** Waits for something that happens to its sound. */
  readonly heard: (kind: LegHappening["event"]["kind"], seconds?: number) => Effect.Effect<void>
  readonly keys: () => string
  /** Changes the direction: `sendonly` is hold. Answers with the far end's description. */
  readonly reoffer: (direction: LocalMedia["direction"]) => Effect.Effect<string>
}

/** A far end that has been silent for so long is reported. */
export const silenceMillis = 1_000

/** Places a call and joins its sound to what the far end describes; it is ended with the scope. */
export const placeCall = Effect.fnUntraced(function* (call: Omit<Call, "sdp">) {
  const sip = yield* Sip
  const media = yield* Media.use((service) => service.open({ silenceMillis }))
  let local: LocalMedia = {
    ...media.local,
    sessionId: media.local.port,
    version: 1,
    laws: ["mulaw", "alaw"],
    direction: "sendrecv"
  }
  const leg = yield* sip.place({ ...call, sdp: writeOffer(local) })
  const events: Array<LegEvent> = []
  const happenings: Array<LegHappening> = []
  const join = (sdp: string) =>
    Effect.orDie(Effect.flatMap(Effect.fromResult(acceptAnswer(sdp, local)), (remote) => media.setRemote(remote)))
  yield* Effect.forkScoped(
    Stream.runForEach(leg.events, (event) =>
      Effect.andThen(
        "sdp" in event ? join(event.sdp) : Effect.void,
        Effect.sync(() => events.push(event))
      )
    )
  )
  yield* Effect.forkScoped(
    Stream.runForEach(media.events, (happening) => Effect.sync(() => happenings.push(happening)))
  )
  const saw = (tag: LegEvent["_tag"], seconds = 10) =>
    until(
      () => `${tag} to ${call.to}, after ${JSON.stringify(events)}`,
      () => events.some(({ _tag }) => _tag === tag),
      seconds
    )
  const heard = (kind: LegHappening["event"]["kind"], seconds = 10) =>
    until(
      () => `${kind} from ${call.to}, after ${JSON.stringify(happenings)}`,
      () => happenings.some(({ event }) => event.kind === kind),
      seconds
    )
  const keys = () => happenings.map(({ event }) => (event.kind === "key" ? event.key : "")).join("")
  const reoffer = Effect.fnUntraced(function* (direction: LocalMedia["direction"]) {
    local = { ...local, version: local.version + 1, direction }
    const answer = yield* leg.reoffer(writeOffer(local))
    yield* join(answer)
    return answer
  }, Effect.orDie)
  return { leg, media, events, happenings, saw, heard, keys, reoffer } satisfies LiveCall
})
