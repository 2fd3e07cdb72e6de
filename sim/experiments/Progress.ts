import { Context, Effect } from "effect"

/** How far an experiment has come, in rehearsed shifts. */
export interface ProgressState {
  /** What is being rehearsed, for a line of text. */
  readonly label: string
  readonly done: number
  /** What the experiment expects to need; it may shrink when a search ends early, and is never below `done`. */
  readonly total: number
  /** Time left at the present pace; `null` while it cannot be told. */
  readonly millisLeft: number | null
}

/** Where experiments report to, after every few shifts. Silent unless a caller provides something else. */
export class Progress extends Context.Reference<{
  readonly report: (state: ProgressState) => Effect.Effect<void>
}>("sim/experiments/Progress", { defaultValue: () => ({ report: () => Effect.void }) }) {}
