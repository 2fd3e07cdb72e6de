import { Clock, Effect } from "effect"
import { join } from "node:path"
import type { Board } from "./Board.ts"
import type { CustomerCall } from "./CustomerCall.ts"
import { recordingPath } from "./Recordings.ts"

/**
 * Records the call from now on, into a new file in the folder of the day. What hinders that is told and hinders nothing else.
 * `step`: the step of a flow whose answer it is.
 */
export const startRecording = (board: Board, call: CustomerCall, step: string | null): Effect.Effect<void> =>
  Effect.gen(function* () {
    const { line } = call
    if (line === undefined || call.recording !== undefined) return
    const { recordingsFolder, zone } = board.settings
    const startedAt = yield* Clock.currentTimeMillis
    const { attempt, contact, settings } = call
    const { file, folder } = recordingPath({ zone, campaign: settings.name, contact, attempt, step, startedAt })
    const path = join(recordingsFolder, folder, file)
    yield* board.files.makeDirectory(join(recordingsFolder, folder), { recursive: true })
    yield* line.media.record(path)
    call.recording = { attempt, path, step, startedAt }
  }).pipe(
    Effect.uninterruptible,
    Effect.catch(({ message }) => board.notice({ kind: "notRecorded", key: call.key, sentence: message }))
  )

/** Ends the recording, if there is one, and hands it over. */
export const stopRecording = (board: Board, call: CustomerCall): Effect.Effect<void> =>
  Effect.gen(function* () {
    const { line, recording } = call
    call.recording = undefined
    if (line === undefined || recording === undefined) return
    const { millis } = yield* line.media.stopRecording
    const { campaign, contact } = call
    yield* board.recordings.recorded({ campaign, contact, ...recording, seconds: millis / 1_000 })
  }).pipe(
    Effect.uninterruptible,
    Effect.catch(({ message }) => board.notice({ kind: "notRecorded", key: call.key, sentence: message }))
  )
