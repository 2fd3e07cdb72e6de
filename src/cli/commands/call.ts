import { Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { configFlag } from "../floor/configFlag.ts"

const secondsLimit = 86_400

const flags = {
  number: Argument.String("number").pipe(
    Argument.withMetavar("NUMBER"),
    Argument.withDescription("Whom to call, such as +441632960123; without a country that of the first campaign's list")
  ),
  config: configFlag,
  trunk: Flag.String("trunk").pipe(
    Flag.withMetavar("NAME"),
    Flag.withDescription("Trunk to call over; the first otherwise"),
    Flag.optional
  ),
  play: Flag.String("play").pipe(
    Flag.withMetavar("FILE"),
    Flag.withDescription("WAV file to play once somebody answers; then hang up"),
    Flag.optional
  ),
  keys: Flag.String("keys").pipe(
    Flag.withMetavar("KEYS"),
    Flag.filter(
      (keys) => /^[0-9*#A-D]{1,64}$/.test(keys),
      () => "1 to 64 of the keys 0 to 9, *, #, A to D"
    ),
    Flag.withDescription("Keys to press once somebody answers, after what is played; then hang up"),
    Flag.optional
  ),
  record: Flag.String("record").pipe(
    Flag.withMetavar("FILE"),
    Flag.withDescription("New WAV file: left what they say, right what they hear, early media included"),
    Flag.optional
  ),
  seconds: Flag.String("seconds").pipe(
    Flag.withMetavar("COUNT"),
    Flag.filterMap(
      (text) => (/^\d{1,5}$/.test(text) && Number(text) <= secondsLimit ? Option.some(Number(text)) : Option.none()),
      () => `a whole number from 0 to ${secondsLimit}`
    ),
    Flag.withDescription("Talk for no longer than this (default 3600)"),
    Flag.withDefault(3_600)
  ),
  ladder: Flag.Boolean("ladder").pipe(
    Flag.withDescription("Print every SIP message that passes the socket, as a ladder"),
    Flag.withDefault(false)
  )
}

export const callCommand = Command.make(
  "call",
  flags,
  Effect.fn(function* (given) {
    // SIP and sound need a good part of a second to load: only commands that call pay for it.
    const { runCall } = yield* Effect.promise(() => import("../call/runCall.ts"))
    yield* runCall(given)
  })
).pipe(
  Command.withDescription("Place one test call over a trunk of the live floor, and say all about it."),
  Command.withExamples([
    { command: "outpace call +441632960123 --ladder", description: "See every SIP message; Ctrl-C hangs up" },
    {
      command: "outpace call +441632960123 --play hello.wav --record call.wav",
      description: "Play a file, then hang up"
    }
  ])
)
