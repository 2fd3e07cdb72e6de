import { Context, type Effect } from "effect"
import type { CallKey } from "../floor/FloorEvent.ts"

/** Why an agent's phone did not take a call, or is gone. */
export type PhoneReason =
  "not registered" | "not answered" | "busy" | "refused" | "not reached" | "no sound" | "hung up"

/** What happens to calls that the core need not know, for records and for people who look after a floor. */
export type CallNotice =
  /** The customer and an agent hear each other, so long after the customer's answer. */
  | { readonly kind: "joined"; readonly key: CallKey; readonly agent: number; readonly millis: number }
  /** How much an abandoned person heard of the message; `none` where there is none, or it could not be played. */
  | { readonly kind: "abandonMessage"; readonly key: CallKey; readonly heard: "whole" | "part" | "none" }
  | { readonly kind: "phoneMissed" | "phoneLost"; readonly agent: number; readonly reason: PhoneReason }
  | { readonly kind: "notRecorded"; readonly key: CallKey; readonly sentence: string }
  /** The far end has sent nothing for so long that it was hung up. */
  | { readonly kind: "silent"; readonly key: CallKey }
  | { readonly kind: "noSound"; readonly key: CallKey; readonly sentence: string }

export class CallNotices extends Context.Service<
  CallNotices,
  { readonly tell: (notice: CallNotice) => Effect.Effect<void> }
>()("outpace/live/CallNotices") {}
