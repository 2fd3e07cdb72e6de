import type { Arrivals } from "./Arrivals.ts"
import type { Dialler } from "./Dialler.ts"
import type { FlowEvents } from "./FlowEvents.ts"

/** What a driver tells the core, and what it may read of it. Whoever keeps a journal stands between the two in this shape. */
export interface Core extends Pick<
  Dialler,
  | "agents"
  | "calls"
  | "campaigns"
  | "nextTimerAt"
  | "timers"
  | "addContacts"
  | "switchSegment"
  | "change"
  | "setPolicy"
  | "pause"
  | "sampled"
  | "agentSignedIn"
  | "agentPauses"
  | "agentSignsOut"
  | "agentReturns"
  | "agentTakes"
  | "agentDials"
  | "agentSkips"
  | "agentAnswered"
  | "agentMissed"
  | "wrapUpDone"
  | "ringing"
  | "answered"
  | "detected"
  | "scriptEnded"
  | "failed"
  | "ended"
> {
  readonly arrivals: Pick<Arrivals, "arrives">
  readonly flows: Pick<
    FlowEvents,
    "runs" | "played" | "keys" | "timedOut" | "recorded" | "transferred" | "transferFailed"
  >
}
