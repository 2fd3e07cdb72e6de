import { Effect } from "effect"
import { Failed } from "./CommandFailure.ts"

/**
 * Writes to standard output and waits until it is written. A reader that has gone (`outpace … | head`) is no failure; a
 * full disk behind it is.
 */
export const writeOut = (text: string): Effect.Effect<void, Failed> =>
  Effect.callback((resume) => {
    const { stdout } = process
    const onError = (): void => {}
    stdout.on("error", onError)
    stdout.write(text, (error) => {
      stdout.off("error", onError)
      const code = error !== null && error !== undefined && "code" in error ? String(error.code) : ""
      if (error === null || error === undefined || code === "EPIPE") resume(Effect.void)
      else resume(Effect.fail(new Failed({ sentence: `cannot write to standard output: ${error.message}.` })))
    })
  })
