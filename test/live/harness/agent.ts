import { Effect } from "effect"
import { addressText } from "../../../src/sip/wire/Address.ts"
import { Sip } from "../../../src/sip/Sip.ts"
import { baresip } from "./baresip.ts"
import { until } from "./host.ts"
import { placeCall } from "./liveCall.ts"
import { phonePassword } from "./outpace.ts"

/** A phone that has registered with us. */
export const agentPhone = Effect.fnUntraced(function* (user: string, voice: Int16Array) {
  const sip = yield* Sip
  const phone = yield* baresip({ user, password: phonePassword, registrar: sip.address, voice })
  yield* until(
    () => `${user} has registered: ${phone.registered()}`,
    Effect.map(sip.contactsOf(user), (contacts) => contacts.length > 0)
  )
  return phone
})

/** Calls an agent where the registrar has his phone, and waits until it has answered and its sound comes. */
export const callAgent = Effect.fnUntraced(function* (user: string) {
  const [contact] = yield* Sip.use((sip) => sip.contactsOf(user))
  const call = yield* placeCall({
    to: contact.uri,
    from: "sip:outpace@outpace.test",
    via: addressText(contact.source)
  })
  yield* call.saw("Answered")
  yield* call.heard("latched")
  return call
})
