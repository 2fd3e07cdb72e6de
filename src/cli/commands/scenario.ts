import { Effect } from "effect"
import { Command } from "effect/cli"
import { scenarioArgument } from "../options.ts"
import { scenarioFile } from "../scenarioFile.ts"
import { writeOut } from "../writeOut.ts"

const check = Command.make(
  "check",
  { file: scenarioArgument("file", "Scenario file (YAML)") },
  Effect.fn(function* ({ file }) {
    const { scenario } = yield* scenarioFile(file, null)
    const agents = scenario.groups.reduce((sum, group) => sum + group.agents, 0)
    const campaigns = scenario.campaigns.map(({ settings }) => `${settings.name} (${settings.mode})`)
    yield* writeOut(`${file} is fine: ${scenario.name}, ${agents} agents, ${campaigns.join(", ")}.\n`)
  })
).pipe(Command.withDescription("Say what is wrong with a scenario file, with line and field, or that nothing is."))

const schema = Command.make(
  "schema",
  {},
  Effect.fn(function* () {
    const { scenarioJsonSchemaText } = yield* Effect.promise(() => import("../../../sim/scenario/jsonSchema.ts"))
    yield* writeOut(scenarioJsonSchemaText())
  })
).pipe(Command.withDescription("Print the JSON Schema of scenario files, for editors."))

export const scenarioCommand = Command.make("scenario").pipe(
  Command.withDescription("Check scenario files."),
  Command.withSubcommands([check, schema])
)
