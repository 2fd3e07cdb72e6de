import { Effect, Stream } from "effect"
import { FloorFileProblem } from "../../store/floor/FloorFileProblem.ts"
import { eventsOf } from "../../store/floor/journalRows.ts"
import { inboundCount } from "../../store/inboundRows.ts"
import { attemptCount } from "../../store/floor/pastCalls.ts"
import { type FloorWindow, runOf } from "../../store/floor/windows.ts"
import type { FloorEvent } from "../floor/FloorEvent.ts"
import { type Begun, beginWindow, forget } from "./beginWindow.ts"
import type { CampaignOpening, Opening } from "./WindowSettings.ts"

/** What was switched while the floor worked, by campaign. */
export interface Carried {
  /** Whether it ran when the floor ended. */
  readonly running: Array<boolean>
  readonly changed: Array<CampaignOpening["changed"]>
}

/** A window as it was when the last event of its journal had been told. */
export interface Replayed extends Begun {
  readonly carried: Carried
  readonly eventCount: number
}

/** Tells a window's journal to its core once more. What follows from the events has happened, and is dropped. */
export const replay = Effect.fn("replay")(function* (path: string, window: FloorWindow) {
  const begun = yield* beginWindow(window)
  const { core } = begun
  const carried = carriedBy(window.opening as Opening)
  let attempts = 0
  let arrivals = 0
  let eventCount = 0
  yield* Stream.runForEach(eventsOf(window.id), ({ at, event }) =>
    Effect.try({
      try: () => {
        core.tell(event as FloorEvent, at)
        core.takeCommands()
        const records = core.takeRecords()
        attempts += records.attempts.length
        arrivals += records.arrivals.length
        eventCount += 1
        note(carried, event as FloorEvent)
      },
      catch: (error) => broken(path, `event ${eventCount} of its journal cannot be told: ${String(error)}`)
    })
  )
  forget(begun)
  const run = runOf(window.id)
  const given = attempts + arrivals
  const kept = (yield* attemptCount(run)) + (yield* inboundCount(run))
  if (kept !== given) return yield* broken(path, `its journal gives ${given} calls, and ${kept} are on record`)
  const replayed: Replayed = { ...begun, carried, eventCount }
  return replayed
})

const broken = (path: string, detail: string): FloorFileProblem =>
  new FloorFileProblem({ path, problem: "broken", detail })

export const carriedBy = ({ campaigns }: Opening): Carried => ({
  running: campaigns.map(({ running }) => running),
  changed: campaigns.map(({ changed }) => changed)
})

/** A campaign that an interruption paused is still one that ran. */
const note = ({ changed, running }: Carried, event: FloorEvent): void => {
  if (event.kind === "started") running[event.campaign] = true
  else if (event.kind === "paused") running[event.campaign] = false
  else if (event.kind === "changed") changed[event.campaign] = { mode: event.mode, pacing: event.pacing }
}
