import { Result } from "effect"
import { decodeTrunks } from "../../../src/sip/trunks/decodeTrunks.ts"
import type { TrunkData, TrunkSettings } from "../../../src/sip/trunks/TrunkSettings.ts"

/** A trunk in short: no OPTIONS, and otherwise as the defaults have it. Its host is its name. */
export const trunkData = (name: string, more: Partial<TrunkData> = {}): TrunkData => ({
  name,
  host: `${name}.example`,
  linesMax: 10,
  callerNumber: "+4930901820",
  keepAliveSeconds: 0,
  ...more
})

export const trunkOf = (name: string, more: Partial<TrunkData> = {}): TrunkSettings =>
  Result.getOrThrow(decodeTrunks([trunkData(name, more)]))[0]
