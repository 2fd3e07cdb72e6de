import { Effect, Schedule } from "effect"
import { canDraw, Screen } from "../progress/Screen.ts"
import type { FloorSnapshot } from "../../runtime/floor/FloorView.ts"
import { floorLine, floorTable } from "./floorTable.ts"

const drawMillis = 250
/** A log gets no more than one line in this time. */
const lineMillis = 10_000
const rowsMax = 40

/** What is shown: the floor as it stands, and what stands above it. */
export interface Shown {
  readonly floor: FloorSnapshot
  readonly title: string
}

const hideCursor = "\u001b[?25l"
const showCursor = "\u001b[?25h"
const clearBelow = "\u001b[J"

/** Shows the floor while the scope is open: a table drawn again and again on a terminal, a line now and then in a log. */
export const showFloor = Effect.fn("showFloor")(function* (look: () => Shown) {
  const screen = yield* Screen
  if (!(yield* canDraw)) {
    const line = Effect.sync(() => {
      const { floor, title } = look()
      screen.write(`${floorLine(floor, title)}\n`)
    })
    yield* Effect.forkScoped(Effect.repeat(line, Schedule.spaced(lineMillis)))
    return
  }
  let drawn = 0
  const draw = Effect.sync(() => {
    const { floor, title } = look()
    const lines = floorTable(floor, title, { columns: screen.columns() - 1, rows: rowsMax })
    const back = drawn === 0 ? "" : `\r\u001b[${drawn}A`
    screen.write(`${back}${clearBelow}${lines.join("\n")}\n`)
    drawn = lines.length
  })
  yield* Effect.acquireRelease(
    Effect.sync(() => screen.write(hideCursor)),
    () =>
      Effect.andThen(
        draw,
        Effect.sync(() => screen.write(showCursor))
      )
  )
  yield* Effect.forkScoped(Effect.repeat(draw, Schedule.spaced(drawMillis)))
})
