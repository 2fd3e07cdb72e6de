import { Effect } from "effect"
import { Argument, Command } from "effect/cli"
import { writeOut } from "../writeOut.ts"

const check = Command.make(
  "check",
  {
    file: Argument.String("file").pipe(
      Argument.withMetavar("FILE"),
      Argument.withDescription("The live floor (YAML); outpace.yaml otherwise"),
      Argument.withDefault("outpace.yaml")
    )
  },
  Effect.fn(function* ({ file }) {
    const { floorFile, floorLine } = yield* Effect.promise(() => import("../floor/floorFile.ts"))
    yield* writeOut(`${file} is fine: ${floorLine(yield* floorFile(file))}.\n`)
  })
).pipe(Command.withDescription("Say what is wrong with outpace.yaml, with line and field, or that nothing is."))

const schema = Command.make(
  "schema",
  {},
  Effect.fn(function* () {
    const { floorJsonSchemaText } = yield* Effect.promise(() => import("../../config/floor/jsonSchema.ts"))
    yield* writeOut(floorJsonSchemaText())
  })
).pipe(Command.withDescription("Print the JSON Schema of outpace.yaml, for editors."))

export const configCommand = Command.make("config").pipe(
  Command.withDescription("Check the configuration of a live floor."),
  Command.withSubcommands([check, schema])
)
