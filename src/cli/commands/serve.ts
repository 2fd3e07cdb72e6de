import { Effect, Option } from "effect"
import { Command, Flag } from "effect/cli"
import { configFlag } from "../floor/configFlag.ts"

const stopSecondsMax = 7_200

export const serveCommand = Command.make(
  "serve",
  {
    config: configFlag,
    untilDone: Flag.Boolean("until-done").pipe(
      Flag.withDescription("End when everybody on every list has been dealt with"),
      Flag.withDefault(false)
    ),
    stopSeconds: Flag.String("stop-seconds").pipe(
      Flag.withMetavar("COUNT"),
      Flag.filterMap(
        (text) =>
          /^\d{1,4}$/.test(text) && Number(text) <= stopSecondsMax ? Option.some(Number(text)) : Option.none(),
        () => `a whole number from 0 to ${stopSecondsMax}`
      ),
      Flag.withDescription("At the end, how long people who talk may finish (default 300)"),
      Flag.withDefault(300)
    )
  },
  Effect.fn(function* (given) {
    // SIP, sound and the store take a good part of a second to load: only the command that needs them pays for it.
    const { runFloor } = yield* Effect.promise(() => import("../floor/runFloor.ts"))
    yield* runFloor(given)
  })
).pipe(
  Command.withDescription(
    "Run the live floor: campaigns over the trunks, agents on their phones. Ctrl-C ends the day."
  ),
  Command.withExamples([
    { command: "outpace serve", description: "The floor of outpace.yaml; steer it with outpace floor" },
    { command: "outpace serve --config test.yaml --until-done", description: "One list, to its end" }
  ])
)
