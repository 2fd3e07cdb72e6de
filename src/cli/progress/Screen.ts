import { Config, Context, Effect } from "effect"

/** The terminal, or whatever reads the messages to people instead of one (standard error). */
export class Screen extends Context.Reference<{
  /** Whether a line can be drawn again and again in its place. */
  readonly isTerminal: boolean
  /** Columns now; it changes with the window. */
  readonly columns: () => number
  readonly write: (text: string) => void
}>("cli/progress/Screen", {
  defaultValue: () => ({
    isTerminal: process.stderr.isTTY,
    columns: () => (process.stderr.columns > 0 ? process.stderr.columns : 80),
    write: (text) => void process.stderr.write(text)
  })
}) {}

/** Says something to people. */
export const say = (text: string): Effect.Effect<void> =>
  Effect.map(Effect.service(Screen), (screen) => screen.write(`${text}\n`))

const isSet = (name: string) =>
  Effect.map(Effect.option(Config.String(name)), (value) => value._tag === "Some" && value.value !== "")

/** Whether a bar may be drawn: a terminal that can move its cursor, and nobody's log. */
export const canDraw = Effect.gen(function* () {
  const { isTerminal } = yield* Screen
  const term = yield* Effect.option(Config.String("TERM"))
  return isTerminal && !(yield* isSet("CI")) && !(term._tag === "Some" && term.value === "dumb")
})

/** Whether the terminal shows more than ASCII, by the usual variables, the first of which counts. */
export const showsUnicode = Effect.gen(function* () {
  for (const name of ["LC_ALL", "LC_CTYPE", "LANG"]) {
    const value = yield* Effect.option(Config.String(name))
    if (value._tag === "Some" && value.value !== "") return /utf-?8/i.test(value.value)
  }
  return false
})
