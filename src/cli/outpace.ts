import { Command } from "effect/cli"
import { callCommand } from "./commands/call.ts"
import { compareCommand } from "./commands/compare.ts"
import { configCommand } from "./commands/config.ts"
import { doctorCommand } from "./commands/doctor.ts"
import { eraseCommand } from "./commands/erase.ts"
import { floorCommand } from "./commands/floor.ts"
import { rehearseCommand } from "./commands/rehearse.ts"
import { reportCommand } from "./commands/report.ts"
import { scenarioCommand } from "./commands/scenario.ts"
import { serveCommand } from "./commands/serve.ts"
import { simulateCommand } from "./commands/simulate.ts"
import { tuneCommand } from "./commands/tune.ts"

/** The `outpace` command with everything below it. */
export const outpace = Command.make("outpace").pipe(
  Command.withDescription("Rehearse an outbound call campaign before anybody is called."),
  Command.withSubcommands([
    simulateCommand,
    tuneCommand,
    compareCommand,
    rehearseCommand,
    reportCommand,
    serveCommand,
    floorCommand,
    eraseCommand,
    scenarioCommand,
    callCommand,
    doctorCommand,
    configCommand
  ])
)
