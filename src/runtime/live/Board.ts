import type { Effect, FiberMap, FileSystem } from "effect"
import type { Media } from "../../media/Media.ts"
import type { Sip } from "../../sip/Sip.ts"
import type { Trunks } from "../../sip/trunks/Trunks.ts"
import type { CallKey, FloorEvent } from "../floor/FloorEvent.ts"
import type { AgentPhone } from "./AgentPhone.ts"
import type { CallbackRequests } from "./CallbackRequests.ts"
import type { Callers } from "./Callers.ts"
import type { CallNotice } from "./CallNotices.ts"
import type { CustomerCall } from "./CustomerCall.ts"
import type { Doors } from "./Doors.ts"
import type { LiveSettings } from "./LiveSettings.ts"
import type { Numbers, SpokenFields } from "./Numbers.ts"
import type { Prompts } from "./Prompts.ts"
import type { Recordings } from "./Recordings.ts"

/** What all calls and phones of a floor share. */
export interface Board {
  readonly settings: LiveSettings
  readonly prompts: Prompts
  readonly media: Media["Service"]
  readonly sip: Pick<Sip["Service"], "place" | "contactsOf" | "address" | "inbound">
  readonly trunks: Pick<Trunks["Service"], "place">
  readonly numbers: Numbers["Service"]
  readonly fields: SpokenFields["Service"]
  readonly recordings: Recordings["Service"]
  readonly requests: CallbackRequests["Service"]
  readonly callers: Callers["Service"]
  readonly doors: Doors
  readonly files: FileSystem.FileSystem
  /** Tells the core, or those who look after the floor. */
  readonly tell: (event: FloorEvent) => Effect.Effect<void>
  readonly notice: (notice: CallNotice) => Effect.Effect<void>
  /** Calls the core knows, by `nameOf` their keys. */
  readonly calls: Map<string, CustomerCall>
  readonly callFibers: FiberMap.FiberMap<string>
  /** By the agents' numbers. */
  readonly phones: ReadonlyArray<AgentPhone>
  readonly phoneFibers: FiberMap.FiberMap<number>
}

export const nameOf = ({ call, generation }: CallKey): string => `${call}/${generation}`

/** Nothing of a call but its key, for events. */
export const keyOf = ({ call, generation }: CallKey): CallKey => ({ call, generation })
