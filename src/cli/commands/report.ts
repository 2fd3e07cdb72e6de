import { Effect, Option, Path } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import type { LiveSubject } from "../../../reports/live/LiveSubject.ts"
import { replaceText } from "../../store/replaceFile.ts"
import { Failed, WrongInput } from "../CommandFailure.ts"
import { drawLiveReport, drawReport } from "../drawReport.ts"
import { jsonResult } from "../jsonResult.ts"
import { liveJson } from "../live/liveJson.ts"
import { withStore } from "../live/openStore.ts"
import { type LiveRequest, readLive } from "../live/readLive.ts"
import { outcomeIn } from "../storedResult.ts"
import { writeOut } from "../writeOut.ts"

const dayFlag = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar("DAY"), Flag.withDescription(description), Flag.optional)

const flags = {
  result: Argument.String("result").pipe(
    Argument.withMetavar("FILE.sqlite"),
    Argument.withDescription("Result file of an earlier run, or the store of a live floor, which may be working")
  ),
  campaign: Flag.String("campaign").pipe(
    Flag.withMetavar("NAME"),
    Flag.withDescription("Of a floor: campaign to look at; the one with the most calls otherwise"),
    Flag.optional
  ),
  from: dayFlag("from", "Of a floor: first day, such as 2026-11-23; its last window otherwise"),
  to: dayFlag("to", "Of a floor: last day, included"),
  out: Flag.String("out").pipe(
    Flag.withMetavar("FOLDER"),
    Flag.withDescription("Where report.html goes; beside the file otherwise"),
    Flag.optional
  ),
  json: Flag.Boolean("json").pipe(
    Flag.withDescription("Print the figures as JSON, and nothing else, on standard output"),
    Flag.withDefault(false)
  )
}

/** A report, and the figures of it for other programs once it lies at a path. */
interface Drawn {
  readonly text: string
  readonly json: (path: string) => string
}

const ofResult = Effect.fnUntraced(function* (path: string, request: LiveRequest) {
  const outcome = yield* outcomeIn(path)
  if (Object.values(request).some((each) => each !== null)) {
    return yield* new WrongInput({
      sentence: `--campaign, --from and --to choose from what a live floor did; ${path} is the result of one run.`
    })
  }
  const drawn: Drawn = {
    text: yield* drawReport(outcome),
    json: (report) => jsonResult(outcome.result, { result: path, report, troubles: [] })
  }
  return drawn
})

const ofFloor = Effect.fnUntraced(function* (subject: LiveSubject) {
  const drawn: Drawn = { text: yield* drawLiveReport(subject), json: (report) => liveJson(subject, report) }
  return drawn
})

export const reportCommand = Command.make(
  "report",
  flags,
  Effect.fn(function* ({ campaign, from, json, out, result, to }) {
    const paths = yield* Path.Path
    const request: LiveRequest = {
      campaign: Option.getOrNull(campaign),
      from: Option.getOrNull(from),
      to: Option.getOrNull(to)
    }
    const live = yield* withStore(result, readLive(result, request))
    const drawn = yield* Option.isSome(live) ? ofFloor(live.value) : ofResult(result, request)
    const path = paths.join(
      Option.getOrElse(out, () => paths.dirname(result)),
      "report.html"
    )
    yield* replaceText(path, drawn.text).pipe(
      Effect.mapError(
        ({ message }) => new Failed({ sentence: `${message} The result is as it was; try --out FOLDER.` })
      )
    )
    yield* writeOut(json ? drawn.json(path) : `Report: ${path}\n`)
  })
).pipe(
  Command.withDescription(
    "Make the report of an earlier run again, byte for byte, from its result file, or that of a live campaign from the store of its floor."
  )
)
