import { NodeServices } from "@effect/platform-node"
import { Cause, Effect, Result } from "effect"
import { CliConfig, CliError, CliOutput, Command, GlobalFlag } from "effect/cli"
import { type CommandFailure, exitCodeOf, exitCodes } from "./CommandFailure.ts"
import { outpace } from "./outpace.ts"
import { say } from "./progress/Screen.ts"
import { version } from "./version.ts"

/** Runs `outpace` with the arguments of the process, and sets its exit code. */
export const runMain = (): void => {
  // A reader that has gone is no reason to stop before the results are kept.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
  Effect.runFork(
    Effect.map(program, (code) => {
      process.exitCode = code
    })
  )
}

/** Says what failed; the exit code comes back. */
const explain = (cause: Cause.Cause<CommandFailure | CliError.CliError>): Effect.Effect<number> => {
  const found = Cause.findError(cause)
  if (Result.isFailure(found)) {
    const sentence = "This is a fault in Outpace, not in what you asked for. Please report it with the lines below."
    return Effect.as(say(`outpace: ${sentence}\n${Cause.pretty(cause)}`), exitCodes.failure)
  }
  const error = found.success
  if (CliError.isCliError(error)) {
    // Shown already, with its help.
    return Effect.succeed(error._tag === "ShowHelp" && error.errors.length === 0 ? exitCodes.ok : exitCodes.wrongInput)
  }
  if (error._tag === "Told") return Effect.succeed(exitCodeOf(error))
  return Effect.as(say(`outpace: ${error.message}`), exitCodeOf(error))
}

const presenter: CliOutput.Presenter = {
  present: (event) => {
    if (event._tag !== "InvalidInvocation") return CliOutput.defaultPresenter.present(event)
    const lines = event.errors.map(({ message }) => `outpace: ${message}`)
    return say([...lines, `See: ${event.commandPath.join(" ")} --help`].join("\n"))
  }
}

const program = Command.run(outpace, { version }).pipe(
  Effect.matchCauseEffect({ onSuccess: () => Effect.succeed<number>(exitCodes.ok), onFailure: explain }),
  Effect.provideService(CliConfig.CliConfig, {
    builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions]
  }),
  Effect.provideService(CliOutput.Presenter, presenter),
  Effect.provide(NodeServices.layer)
)
