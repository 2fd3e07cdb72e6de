import { Effect } from "effect"
import { Command, Flag } from "effect/cli"
import { configFlag } from "../floor/configFlag.ts"

export const doctorCommand = Command.make(
  "doctor",
  {
    config: configFlag,
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the findings as JSON, and nothing else"),
      Flag.withDefault(false)
    )
  },
  Effect.fn(function* (given) {
    // SIP and sound need a good part of a second to load: only commands that use them pay for it.
    const { runDoctor } = yield* Effect.promise(() => import("../doctor/runDoctor.ts"))
    yield* runDoctor(given)
  })
).pipe(
  Command.withDescription(
    "Try everything a live floor needs before anybody is called: ports, trunks, clock, disk, prompts."
  ),
  Command.withExamples([
    { command: "outpace doctor --config outpace.yaml", description: "Exit code 1 when something is wrong" }
  ])
)
