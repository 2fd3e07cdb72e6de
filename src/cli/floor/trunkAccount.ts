import { Effect, Option, Stream } from "effect"
import { Sip } from "../../sip/Sip.ts"
import { accountUri, credentialsOf, hopOf } from "../../sip/trunks/callOf.ts"
import type { TrunkSettings } from "../../sip/trunks/TrunkSettings.ts"

/** How long somebody at a terminal waits for the answer to REGISTER. */
const waitMax = "12 seconds"

/** What came of registering at a trunk; `status` 408 for silence. The registration is kept while the scope is open. */
export interface AccountState {
  readonly isRegistered: boolean
  readonly status: number
  readonly serviceRoute: ReadonlyArray<string>
}

/** Registers at a trunk and waits for its first word. */
export const registerAt = Effect.fnUntraced(function* (trunk: TrunkSettings) {
  const credentials = credentialsOf(trunk)
  // Cannot be invalid: the settings were decoded.
  const registration = yield* Sip.use((sip) =>
    Effect.orDie(
      sip.register({
        address: accountUri(trunk),
        via: hopOf(trunk),
        expirySeconds: trunk.registerSeconds,
        ...(credentials === undefined ? {} : { credentials })
      })
    )
  )
  const word = registration.changes.pipe(
    Stream.filter(({ lastStatus, registeredUntilMillis }) => lastStatus !== 0 || registeredUntilMillis !== undefined),
    Stream.runHead,
    Effect.timeoutOption(waitMax),
    Effect.map(Option.flatten)
  )
  const state = Option.getOrUndefined(yield* word)
  const answer: AccountState = {
    isRegistered: state?.registeredUntilMillis !== undefined,
    status: state?.lastStatus ?? 408,
    serviceRoute: state?.serviceRoute ?? []
  }
  return answer
})
