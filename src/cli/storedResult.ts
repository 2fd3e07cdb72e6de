import { Effect, Schema } from "effect"
import { withoutContacts } from "../../sim/lists/ListOfFile.ts"
import type { Result } from "../../sim/experiments/Result.ts"
import { loadResult, type StoredResult } from "../store/resultFile.ts"
import type { AttemptRow, HoldRow, InboundRow, NoteRow, SpanRow } from "../store/schema.ts"
import { WrongInput } from "./CommandFailure.ts"

/** What came out of a run, with one of its shifts call by call. */
export interface Outcome {
  readonly result: Result
  readonly attempts: ReadonlyArray<AttemptRow>
  readonly spans: ReadonlyArray<SpanRow>
  readonly arrivals: ReadonlyArray<InboundRow>
  readonly holds: ReadonlyArray<HoldRow>
  readonly notes: ReadonlyArray<NoteRow>
}

/** What is kept of a run; the people on lists of files stay where they are. */
export const stored = (
  { arrivals, attempts, holds, notes, result, spans }: Outcome,
  createdAt: string
): StoredResult => ({
  kind: result.kind,
  version: result.version,
  createdAt,
  run: result.recordedKey,
  body: { ...result, scenario: withoutContacts(result.scenario) },
  attempts,
  spans,
  arrivals,
  holds,
  notes
})

/** As much of a result as tells it from something else; its figures were checked when they were made. */
const isResult = Schema.is(
  Schema.Struct({
    kind: Schema.Literals(["simulate", "tune", "compare"]),
    version: Schema.String,
    scenario: Schema.Struct({ name: Schema.String, day: Schema.Unknown, campaigns: Schema.Array(Schema.Unknown) }),
    scenarioText: Schema.String,
    seed: Schema.String,
    campaign: Schema.String,
    settings: Schema.Array(Schema.Unknown),
    recordedKey: Schema.String,
    finished: Schema.Boolean
  })
)

/** The outcome in a result file. */
export const outcomeIn = Effect.fn("outcomeIn")(function* (path: string) {
  const { arrivals, attempts, body, holds, notes, spans } = yield* loadResult(path).pipe(
    Effect.mapError(({ message }) => new WrongInput({ sentence: message }))
  )
  if (!isResult(body)) {
    return yield* new WrongInput({ sentence: `${path} holds a result that this version of Outpace does not know.` })
  }
  const outcome: Outcome = {
    result: body as unknown as Result,
    attempts,
    spans,
    arrivals: arrivals ?? [],
    holds: holds ?? [],
    notes: notes ?? []
  }
  return outcome
})
