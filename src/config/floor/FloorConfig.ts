import type { Redacted } from "effect"
import type { CallingOrder } from "../../contacts/orders.ts"
import type { CampaignSettings } from "../../domain/Campaign.ts"
import type { Card } from "../../domain/card/Card.ts"
import type { Filter } from "../../domain/Filter.ts"
import type { Prompt } from "../../domain/flow/CallFlow.ts"
import type { Form } from "../../domain/form/Form.ts"
import type { PortRange } from "../../media/engine/udpNetwork.ts"
import type { TrunkSettings } from "../../sip/trunks/TrunkSettings.ts"
import type { Address } from "../../sip/wire/Address.ts"
import type { ListFile } from "../campaign/ListFile.ts"

/** A live floor, decoded: units converted, no defaults left, paths from the root or from where the file lies. */
export interface FloorConfig {
  readonly name: string
  /** IANA id. */
  readonly zone: string
  /** SQLite file. */
  readonly store: string
  readonly recordings: { readonly folder: string; readonly keepDays: number }
  readonly prompts: { readonly folder: string; readonly voice: string; readonly wordsPerMinute: number }
  readonly sip: {
    readonly bind: Address
    readonly contact: Address
    readonly peers: ReadonlyArray<string>
    readonly requestsPerSecond: number
    readonly sessionTimers: boolean
    readonly realm: string
    readonly digests: ReadonlyArray<"SHA-256" | "MD5">
  }
  readonly media: PortRange
  readonly trunks: ReadonlyArray<TrunkSettings>
  readonly groups: ReadonlyArray<FloorGroup>
  readonly campaigns: ReadonlyArray<FloorCampaign>
}

export interface FloorGroup {
  readonly name: string
  readonly alwaysOn: boolean
  readonly agents: ReadonlyArray<FloorAgent>
}

export interface FloorAgent {
  readonly name: string
  readonly user: string
  /** A phone that registers with a password, or one at a fixed SIP address. */
  readonly phone:
    | { readonly kind: "registers"; readonly password: Redacted.Redacted }
    | { readonly kind: "fixed"; readonly uri: string }
}

export interface FloorCampaign {
  readonly settings: CampaignSettings
  readonly list: FloorList
  /** Numbers people call it on, as written. */
  readonly numbersDialled: ReadonlyArray<string>
  /** Whether callers who are put through to nobody are called back. */
  readonly takesRequests: boolean
  /** What they hear before they are hung up; null for nothing. */
  readonly closingMessage: Prompt | null
  readonly cardOutbound: Card
  readonly cardInbound: Card
  readonly script: Form | null
  readonly record: boolean
  /** Null for silence. */
  readonly holdMusic: Prompt | null
  readonly abandonMessage: Prompt | null
}

export interface FloorList extends ListFile {
  /** Who is called; null for everybody. */
  readonly filter: Filter | null
  /** Empty for as loaded. */
  readonly order: ReadonlyArray<CallingOrder>
}
