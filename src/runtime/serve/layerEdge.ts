import { NodeDns } from "@effect/platform-node"
import { Effect, Layer, Redacted } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { Media } from "../../media/Media.ts"
import { layerSipjs } from "../../sip/layerSipjs.ts"
import { layerTrunks } from "../../sip/trunks/layerTrunks.ts"
import { UdpSocket } from "../../sip/wire/UdpSocket.ts"
import type { CallBook } from "../store/CallBook.ts"
import { keepCalls } from "./keepCalls.ts"
import { keepPhones } from "./keepPhones.ts"
import { sipOptionsOf } from "./sipOptions.ts"

/** SIP, trunks and audio of a floor. Phones and calls are kept in its store: the latter by what is noted in the book. */
export const layerEdge = ({ groups, media, sip, trunks }: FloorConfig, calls: CallBook) => {
  const passwords = new Map(
    groups.flatMap(({ agents }) =>
      agents.flatMap(({ phone, user }) => (phone.kind === "registers" ? [[user, phone.password] as const] : []))
    )
  )
  const passwordOf = (user: string): string | undefined => {
    const password = passwords.get(user)
    return password === undefined ? undefined : Redacted.value(password)
  }
  const edge = Layer.unwrap(
    Effect.gen(function* () {
      const keptPhones = yield* keepPhones
      const keptCalls = yield* keepCalls(calls, trunks)
      return layerSipjs({ ...sipOptionsOf(sip, passwordOf), contact: sip.contact, keptPhones, keptCalls })
    })
  ).pipe(Layer.provide([UdpSocket.layer(sip.bind), NodeDns.layer]))
  return Layer.mergeAll(layerTrunks(trunks).pipe(Layer.provideMerge(edge)), Media.layer(media))
}
