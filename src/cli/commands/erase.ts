import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { configFlag } from "../floor/configFlag.ts"

/** How nothing is to be kept to know a number by; see `outpace erase --help`. */
export const forgetFlag = Flag.Boolean("forget").pipe(
  Flag.withDescription("Keep nothing to know the numbers by: a list that has them brings the people back"),
  Flag.withDefault(false)
)

export const numbersArgument = Argument.String("number").pipe(
  Argument.withMetavar("NUMBER"),
  Argument.withDescription(
    "Telephone number of who is to be erased; one without country code is of the lists' country"
  ),
  Argument.variadic({ min: 1 })
)

export const eraseCommand = Command.make(
  "erase",
  {
    numbers: numbersArgument,
    config: configFlag,
    store: Flag.String("store").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription("A store alone, without its configuration: numbers need their country code then"),
      Flag.optional
    ),
    forget: forgetFlag,
    dropLost: Flag.Boolean("drop-lost").pipe(
      Flag.withDescription("Delete entries of people erased before that nobody can read, as their secret is lost"),
      Flag.withDefault(false)
    )
  },
  Effect.fn(function* (given) {
    const { runErase } = yield* Effect.promise(() => import("../floor/runErase.ts"))
    yield* runErase(given)
  })
).pipe(
  Command.withDescription(
    "Erase people from the store of a floor that does not run: all that is known of them, and recordings of them."
  ),
  Command.withExamples([
    { command: "outpace erase +441632960123", description: "In all campaigns; nobody calls the number any more" },
    { command: "outpace erase +441632960123 --forget", description: "Nothing is kept to know the number by" }
  ])
)
