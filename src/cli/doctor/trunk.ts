import { Clock, Effect, Option } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { makeResolver } from "../../sip/resolve/resolver.ts"
import { Sip } from "../../sip/Sip.ts"
import { accountUri, domainOf, hopOf } from "../../sip/trunks/callOf.ts"
import type { TrunkSettings } from "../../sip/trunks/TrunkSettings.ts"
import { addressText, isIpv4 } from "../../sip/wire/Address.ts"
import { uriHop } from "../../sip/wire/headers.ts"
import { PeerList } from "../../sip/wire/PeerList.ts"
import { registerAt } from "../floor/trunkAccount.ts"
import { type Finding, ok, problem, warning } from "./Finding.ts"

const pingMax = "12 seconds"
const shownMax = 4

/** Whether a trunk is found, heard, alive and knows us. */
export const trunk = Effect.fnUntraced(function* (settings: TrunkSettings, { sip }: FloorConfig) {
  const name = `trunk ${settings.name}`
  const hop = uriHop(`sip:${hopOf(settings)}`)
  const addresses =
    hop === undefined
      ? []
      : isIpv4(hop.host)
        ? [{ host: hop.host, port: hop.port ?? 5_060 }]
        : yield* (yield* makeResolver)(hop, settings.name)
  if (addresses.length === 0) {
    const todo = `See that ${hopOf(settings)} is spelled right and that this machine's name server answers.`
    return [problem(`${name}: address`, `${hopOf(settings)} leads nowhere`, todo)]
  }
  const shown = addresses.slice(0, shownMax).map(addressText).join(", ")
  const list = new PeerList(sip.peers)
  const unheard = addresses.map(({ host }) => host).filter((host) => !list.has(host))
  const findings: Array<Finding> = [
    unheard.length === 0
      ? ok(`${name}: address`, shown === hopOf(settings) ? shown : `${hopOf(settings)} is ${shown}`)
      : problem(
          `${name}: address`,
          `${hopOf(settings)} is ${shown}, which nobody listens to`,
          `Add ${[...new Set(unheard)].join(", ")} to sip.peers.`
        )
  ]
  if (unheard.length === addresses.length) return findings
  findings.push(yield* alive(settings, `${name}: OPTIONS`))
  if (settings.register) findings.push(yield* account(settings, `${name}: registration`))
  return findings
})

const alive = Effect.fnUntraced(function* (settings: TrunkSettings, check: string) {
  const started = yield* Clock.currentTimeMillis
  const asked = Sip.use((sip) =>
    sip.ping({ to: `sip:${domainOf(settings)}`, from: accountUri(settings), via: hopOf(settings) })
  )
  const status = Option.getOrElse(yield* Effect.timeoutOption(asked, pingMax), () => 408)
  const millis = (yield* Clock.currentTimeMillis) - started
  if (status === 408) {
    const todo =
      "See that the address and port are right, and that no firewall stands between; some carriers answer only peers they know."
    return problem(check, "no answer", todo)
  }
  if (status === 503) return warning(check, "the trunk is overloaded, or has no route (503)", "Ask the carrier.")
  return ok(check, `answered with ${status} after ${millis} ms`)
})

const account = Effect.fnUntraced(function* (settings: TrunkSettings, check: string) {
  const { isRegistered, status } = yield* Effect.scoped(registerAt(settings))
  if (isRegistered) return ok(check, `registered as ${accountUri(settings)}`)
  if (status === 408) return problem(check, "REGISTER is not answered", "See that host is the registrar.")
  if ([401, 403, 407].includes(status)) {
    return problem(
      check,
      `refused with ${status}`,
      "See credentials: user and password are not those the carrier knows."
    )
  }
  if (status === 404) return problem(check, "the carrier knows no such user (404)", "See credentials and registerUser.")
  return problem(check, `refused with ${status}`, "Ask the carrier.")
})
