import { Context, type Effect, Schema, type Scope, type Stream } from "effect"
import type { CallInvalid, Leg } from "../Sip.ts"
import type { TrunkCall } from "./callOf.ts"
import type { TrunkState } from "./TrunkHealth.ts"

/** No trunk can take a call now; nothing was sent. `objections` says why, for each trunk. */
export class NoTrunk extends Schema.TaggedError<NoTrunk>()("NoTrunk", { objections: Schema.Array(Schema.String) }) {
  override get message() {
    return `no trunk can take the call: ${this.objections.join(", ")}`
  }
}

/** One try to place a call. */
export interface Attempt {
  readonly trunk: string
  /** Its Call-ID, by which the carrier knows it. */
  readonly callId: string
}

export interface PlacedCall {
  /**
   * The call, whichever trunk carries it. Its `id` is the Call-ID of the first attempt. Its events are those of all attempts
   * as if they were one call: a failure that leads to another trunk is not told.
   */
  readonly leg: Leg
  /** The trunk it was placed on first. */
  readonly trunk: string
  /** All attempts so far, in order: the last one has the call, or had it. */
  readonly attempts: Effect.Effect<ReadonlyArray<Attempt>>
}

export interface TrunkStatus {
  readonly name: string
  readonly priority: number
  readonly state: TrunkState
  /** When it came into this state, in milliseconds since 1970. */
  readonly sinceMillis: number
  /** Why it takes no calls; empty while it is up. */
  readonly reason: string
  /** Lines in use; calls that wait for their turn or are being hung up have theirs. */
  readonly lines: number
  readonly linesMax: number
  /** Attempts begun on it since the start. */
  readonly callsPlaced: number
  /** Those of them it did not carry: refused with 500 or 503, or not answered at all. */
  readonly callsFailed: number
  /** Its last final response to a call or to OPTIONS, and when it came, in milliseconds since 1970. */
  readonly lastAnswer: { readonly status: number; readonly atMillis: number } | undefined
}

/** A trunk came into another state. */
export interface TrunkChange {
  readonly trunk: string
  readonly from: TrunkState
  readonly to: TrunkState
  /** Why it takes no calls; empty when it is up. */
  readonly reason: string
  /** In milliseconds since 1970. */
  readonly atMillis: number
}

/** Calls to the telephone network over one or more trunks: see docs/trunks.md. */
export class Trunks extends Context.Service<
  Trunks,
  {
    /**
     * Places a call on the best trunk, and on the next one while trunks fail it before it rings; each is tried once. Waits
     * up to a second for the trunk's turn; done when the first attempt has begun. When the scope closes, the call is ended
     * as by `hangUp`, and that is waited for.
     */
    readonly place: (call: TrunkCall) => Effect.Effect<PlacedCall, NoTrunk | CallInvalid, Scope.Scope>
    /** The trunks in the order of the settings. */
    readonly status: Effect.Effect<ReadonlyArray<TrunkStatus>>
    /** Changes of state from now on. A reader that falls behind by more than 256 misses the oldest. */
    readonly changes: Stream.Stream<TrunkChange>
  }
>()("outpace/sip/trunks/Trunks") {}
