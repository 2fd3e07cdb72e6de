import { Effect, Option, Path } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { replaceText } from "../../store/replaceFile.ts"
import { Failed } from "../CommandFailure.ts"
import { drawReport } from "../drawReport.ts"
import { outcomeIn } from "../storedResult.ts"
import { writeOut } from "../writeOut.ts"

export const reportCommand = Command.make(
  "report",
  {
    result: Argument.String("result").pipe(
      Argument.withMetavar("RESULT.sqlite"),
      Argument.withDescription("Result file of an earlier run")
    ),
    out: Flag.String("out").pipe(
      Flag.withMetavar("FOLDER"),
      Flag.withDescription("Where report.html goes; beside the result otherwise"),
      Flag.optional
    )
  },
  Effect.fn(function* ({ out, result }) {
    const paths = yield* Path.Path
    const text = yield* drawReport(yield* outcomeIn(result))
    const path = paths.join(
      Option.getOrElse(out, () => paths.dirname(result)),
      "report.html"
    )
    yield* replaceText(path, text).pipe(
      Effect.mapError(
        ({ message }) => new Failed({ sentence: `${message} The result is as it was; try --out FOLDER.` })
      )
    )
    yield* writeOut(`Report: ${path}\n`)
  })
).pipe(Command.withDescription("Make the report of an earlier run again, byte for byte, from its result file."))
