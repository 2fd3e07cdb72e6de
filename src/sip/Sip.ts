import { Context, type Effect, Schema, type Scope, type Stream } from "effect"
import type { Call, LegEvent } from "./Leg.ts"
import type { Registration, RegistrationState } from "./registration/Registration.ts"
import type { Binding } from "./registrar/Bindings.ts"
import type { Counters } from "./wire/Counters.ts"
import type { Address } from "./wire/Address.ts"

/** A call that cannot be placed as asked; nothing was sent. `problem` names the field and what it should be. */
export class CallInvalid extends Schema.TaggedError<CallInvalid>()("CallInvalid", { problem: Schema.String }) {
  override get message() {
    return this.problem
  }
}

/** The far end refused a request within a call, or the call was not up. `status` is the SIP status, 408 for silence. */
export class LegRefused extends Schema.TaggedError<LegRefused>()("LegRefused", { status: Schema.Int }) {
  override get message() {
    return `the far end refused (${this.status})`
  }
}

/** How a leg ended. */
export type FinalEvent = Extract<LegEvent, { readonly _tag: "Failed" | "Ended" }>

/** One call between us and a far end. */
export interface Leg {
  /** Its Call-ID. */
  readonly id: string
  /** What happens, once each and in order; ends after `Failed` or `Ended`. For one reader. */
  readonly events: Stream.Stream<LegEvent>
  /**
   * Ends the call whatever it is at: cancels, hangs up, or rejects. Done when the far end has said that it is over, or
   * has been asked for 32 s. May be run at any time and more than once.
   */
  readonly hangUp: Effect.Effect<FinalEvent>
  /** Waits for the end. */
  readonly ended: Effect.Effect<FinalEvent>
  /** Sends a key by INFO: `0` to `9`, `*`, `#`, `A` to `D`, anything else is refused with 400; `durationMillis` 40 to 6,000. */
  readonly sendKey: (key: string, durationMillis: number) => Effect.Effect<void, LegRefused>
  /** Offers the far end a new description (hold, resume); answers with its description. */
  readonly reoffer: (sdp: string) => Effect.Effect<string, LegRefused>
  /**
   * Asks the far end whether it still has this call, by UPDATE where it takes that, else by OPTIONS. False when nothing comes
   * within 32 s, when it knows of no such call, both of which end the call, or when the call is not up.
   */
  readonly isThere: Effect.Effect<boolean>
}

/** A call to us. It rings at the far end until it is answered, rejected, or 180 s have passed. */
export interface InboundLeg extends Leg {
  /** Who calls and who is called: user parts, escapes decoded; and where the INVITE came from. */
  readonly from: string
  readonly to: string
  readonly source: Address
  /** The caller's offer; empty when it makes none and wants ours. */
  readonly offer: string
  /** Answers; `Answered` comes when the caller has acknowledged it. */
  readonly answer: (sdp: string) => Effect.Effect<void>
  /** Rejects with a status of 400 to 699. */
  readonly reject: (status: number) => Effect.Effect<FinalEvent>
}

/** Whom to ask whether they are there. URIs are `sip:` URIs without brackets. */
export interface Ping {
  readonly to: string
  readonly from: string
  /** Where it is sent, `host` or `host:port`; without it, to where `to` leads. */
  readonly via?: string
}

/** A registration that is kept up. */
export interface Registered {
  /** How it stands now. */
  readonly state: Effect.Effect<RegistrationState>
  /** How it stands, and then each change; ends with the registration. */
  readonly changes: Stream.Stream<RegistrationState>
}

/** What the SIP edge holds and has counted. */
export interface SipStatus {
  readonly counters: Readonly<Counters>
  /** Legs that have not ended. */
  readonly legCount: number
  /**
   * Everything else remembered: transactions and dialogs. 0 some 32 s after the last call; 10 minutes where the far end
   * never gave its final answer, so that a late one is ended.
   */
  readonly heldCount: number
}

/** Calls by SIP over UDP: the trunk's and agents' phones'. */
export class Sip extends Context.Service<
  Sip,
  {
    /** Where it is bound. */
    readonly address: Address
    /** Starts a call. When the scope closes, the call is ended as by `hangUp`, and that is waited for. */
    readonly place: (call: Call) => Effect.Effect<Leg, CallInvalid, Scope.Scope>
    /** Calls to us, for one reader. At most 1,000 wait; more are rejected with 503. */
    readonly inbound: Stream.Stream<InboundLeg>
    /** Where an agent's phones can be reached now; for `place`, `to` is the URI and `via` the source. */
    readonly contactsOf: (user: string) => Effect.Effect<ReadonlyArray<Binding>>
    /**
     * Asks by OPTIONS, outside any call: answers with the final status, any of which proves life; 408 when nothing came
     * within 32 s, 503 when the name leads nowhere, or to no peer. A target that is no `sip:` URI is a defect.
     */
    readonly ping: (target: Ping) => Effect.Effect<number>
    /**
     * Keeps an address-of-record registered while the scope is open, and takes it back at its end, which takes 4 s at
     * most. Done at once: `changes` tells when it is registered. What fails is tried again, after 30 s, 60 s and so on up
     * to 15 minutes, or when Retry-After says.
     */
    readonly register: (registration: Registration) => Effect.Effect<Registered, CallInvalid, Scope.Scope>
    readonly status: Effect.Effect<SipStatus>
  }
>()("outpace/sip/Sip") {}
