import { Context, Effect, Layer, Schema } from "effect"
import type { Records } from "../../store/Recorder.ts"
import type { Stamped } from "./FloorEvent.ts"

/** Events that could not be written down: nothing may follow from them. `sentence` says what to do. */
export class JournalFailed extends Schema.TaggedError<JournalFailed>()("JournalFailed", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}

/** What happened, and what was written down of it: on disk when `commit` is done, whole or not at all. */
export class Journal extends Context.Service<
  Journal,
  { readonly commit: (events: ReadonlyArray<Stamped>, records: Records) => Effect.Effect<void, JournalFailed> }
>()("outpace/floor/Journal") {
  /** Kept by the caller, for rehearsals and tests. */
  static readonly layerKept = (
    keep: (events: ReadonlyArray<Stamped>, records: Records) => void
  ): Layer.Layer<Journal> =>
    Layer.succeed(Journal, { commit: (events, records) => Effect.sync(() => keep(events, records)) })
}
