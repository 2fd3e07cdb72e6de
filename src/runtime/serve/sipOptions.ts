import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import type { SipOptions } from "../../sip/layerSipjs.ts"
import type { RegistrarOptions } from "../../sip/registrar/Registrar.ts"

/** SIP as a floor is configured to speak it; `passwordOf`: of the phones that may register. */
export const sipOptionsOf = (
  { digests, peers, realm, requestsPerSecond, sessionTimers }: FloorConfig["sip"],
  passwordOf: RegistrarOptions["passwordOf"]
): SipOptions => ({ peers, requestsPerSecond, sessionTimers, phones: { realm, digests, passwordOf } })
