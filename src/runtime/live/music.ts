import { Effect } from "effect"
import type { Board } from "./Board.ts"
import type { CustomerCall } from "./CustomerCall.ts"
import { startJob } from "./jobs.ts"

/** The campaign's hold music, or silence, again and again. */
export const musicFor = (board: Board, call: CustomerCall): Effect.Effect<void> => {
  const { line, settings } = call
  if (line === undefined) return Effect.void
  const { holdMusic } = settings
  const { prompts } = board
  const sound =
    holdMusic === null
      ? Effect.succeed(prompts.silence)
      : prompts
          .get(holdMusic, null, (field) => board.fields.valueOf(call, field))
          .pipe(Effect.catch(() => Effect.succeed(prompts.silence)))
  return Effect.flatMap(sound, (prompt) => line.media.loop(prompt)).pipe(Effect.scoped, Effect.ignore)
}

export const startMusic = (board: Board, call: CustomerCall): Effect.Effect<void> =>
  startJob(call, musicFor(board, call))
