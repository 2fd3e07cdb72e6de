import type { CallKey } from "./FloorEvent.ts"

/** What the core wants done with a customer's leg; see `Port` for what answers it. */
export type TrunkCommand =
  /** `number`: which of the contact's numbers; `shown`: which of the campaign's caller IDs, -1 for the trunk's own. */
  | {
      readonly kind: "dial"
      readonly key: CallKey
      readonly campaign: number
      readonly contact: number
      readonly attempt: number
      readonly number: number
      readonly shown: number
    }
  | { readonly kind: "hangUp" | "detect" | "startScript" | "playAbandoned" | "queueOver"; readonly key: CallKey }
  /** Of somebody who called us. */
  | { readonly kind: "welcome"; readonly key: CallKey; readonly campaign: number; readonly contact: number }
  | { readonly kind: "turnAway"; readonly campaign: number; readonly contact: number }
  /** The customer's leg of the call `key` is that of the call `next` from now on. */
  | { readonly kind: "handedOver"; readonly key: CallKey; readonly next: CallKey }
  /** `action` is a code of `FlowAction`. */
  | {
      readonly kind: "flowDoes"
      readonly key: CallKey
      readonly action: number
      readonly step: number
      readonly turn: number
    }

/** What it wants done with agents' phones. */
export type PhoneCommand =
  | { readonly kind: "ringAgent" | "connect"; readonly agent: number; readonly key: CallKey }
  | { readonly kind: "releaseAgent"; readonly agent: number }

/** What agents are shown. */
export type DeskCommand =
  | { readonly kind: "preview" | "wrapUp"; readonly agent: number; readonly key: CallKey }
  /** States are codes of `AgentState`; `lasted`: milliseconds in the old one. */
  | {
      readonly kind: "agentChanged"
      readonly agent: number
      readonly old: number
      readonly state: number
      readonly lasted: number
      readonly at: number
    }

/** What is to be done about lists. `target`: position among the campaigns that the rules of this one can name. */
export type ListCommand =
  | { readonly kind: "moved"; readonly campaign: number; readonly contact: number; readonly target: number }
  | { readonly kind: "campaignDone" | "listLow"; readonly campaign: number }

export type Command = TrunkCommand | PhoneCommand | DeskCommand | ListCommand
