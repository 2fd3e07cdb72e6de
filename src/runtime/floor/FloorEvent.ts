import type { Answers } from "../../domain/form/Form.ts"
import type { ModeName } from "../../domain/Mode.ts"
import type { PacingSettings } from "../../domain/Pacing.ts"

/**
 * A call of the core: its slot, and the count of that slot's uses, so that what comes too late for it is known as such.
 */
export interface CallKey {
  readonly call: number
  readonly generation: number
}

interface OfCall extends CallKey {
  readonly kind: string
}

/** What happens to a customer's leg. Codes are those of the domain (`Outcome`). */
export type CallEvent =
  | (OfCall & { readonly kind: "ringing" | "held" | "resumed" })
  /** `machine`: a machine answered, where the truth is known, as only in a rehearsal. */
  | (OfCall & { readonly kind: "answered"; readonly machine: boolean })
  | (OfCall & { readonly kind: "failed"; readonly outcome: number })
  /** `machine`: the agent it was joined to says that it was one. */
  | (OfCall & { readonly kind: "ended"; readonly machine: boolean })
  /** `wrong`: a person taken for a machine, where the truth is known. */
  | (OfCall & { readonly kind: "detected"; readonly machine: boolean; readonly wrong: boolean })
  | (OfCall & { readonly kind: "scriptEnded"; readonly transfer: boolean })
  | (OfCall & {
      readonly kind: "flowPlayed" | "flowTimedOut" | "flowRecorded" | "flowTransferred" | "flowTransferFailed"
      readonly turn: number
    })
  | (OfCall & { readonly kind: "flowKeys"; readonly turn: number; readonly keys: string })
  /** The answers of the campaign's script as they stand, in place of those given before; `form` is its id. */
  | (OfCall & { readonly kind: "answersGiven"; readonly form: string; readonly answers: Answers })

/** What an agent does, or an agent's phone. `agent` is the agent's number in the core. */
export type AgentEvent =
  | { readonly kind: "signedIn" | "signsOut" | "pauses" | "returns" | "lost"; readonly agent: number }
  | { readonly kind: "takes"; readonly agent: number; readonly campaign: number }
  | (OfCall & { readonly kind: "dials" | "skips" | "phoneAnswered" | "phoneMissed"; readonly agent: number })
  /** Gives the call in hand to another agent. */
  | (OfCall & { readonly kind: "handsOver"; readonly agent: number; readonly to: number })
  /** `disposition`: position in the campaign's list, -1 for none; `askedAt`: when the person asked to be called, -1 for no time. */
  | (OfCall & {
      readonly kind: "wrapUpDone"
      readonly agent: number
      readonly disposition: number
      readonly askedAt: number
    })

/** What happens to campaigns and their lists. `campaign` and `contact` are their numbers in the core. */
export type CampaignEvent =
  /** More contacts at the end of a list: of one segment, or (null) each of its own. */
  | {
      readonly kind: "contactsAdded"
      readonly campaign: number
      readonly count: number
      readonly segment: number | null
    }
  /** Somebody nobody knew calls the campaign: the next contact of its list, to be known, and waiting for no call. */
  | { readonly kind: "callerAdded"; readonly campaign: number }
  /** A contact of the campaign calls us. */
  | { readonly kind: "arrives"; readonly campaign: number; readonly contact: number }
  | { readonly kind: "callbackRequested" | "ordered" | "filtered" | "paused" | "started"; readonly campaign: number }
  | { readonly kind: "segmentSwitched"; readonly campaign: number; readonly segment: number; readonly on: boolean }
  | {
      readonly kind: "changed"
      readonly campaign: number
      readonly mode: ModeName
      readonly pacing: PacingSettings
    }
  | {
      readonly kind: "callPromised"
      readonly campaign: number
      readonly contact: number
      readonly dueAt: number
      readonly until: number
      readonly agent: number
    }
  /** Somebody listened to a call taken for a machine, placed then: a person had answered, or not. */
  | { readonly kind: "sampled"; readonly campaign: number; readonly isPerson: boolean; readonly placedAt: number }
  /** `as` is a code of `Closed`. */
  | { readonly kind: "withdrawn"; readonly campaign: number; readonly contact: number; readonly as: number }

/** Of the floor as a whole: time has passed, nothing more is to begin, or the process had died and its calls are down. */
export interface FloorWideEvent {
  readonly kind: "timers" | "stopping" | "interrupted"
}

/** What all trunks that are up can carry together; 0 lines where none is. */
export interface TrunkEvent {
  readonly kind: "trunkChanged"
  readonly linesMax: number
  readonly callsPerSecondMax: number
}

/** Everything that can happen on a floor, as plain data: what the journal holds, and all the core is ever told. */
export type FloorEvent = CallEvent | AgentEvent | CampaignEvent | TrunkEvent | FloorWideEvent

/** An event and when it happened: milliseconds of the core's clock, whole, never going back. */
export interface Stamped {
  readonly at: number
  readonly event: FloorEvent
}
