import { Duration, Effect, Ref, Semaphore } from "effect"
import type { Scenario } from "../Scenario.ts"
import { wholeShift } from "../runShift.ts"
import type { ShiftOutcome } from "../workers/shiftJob.ts"
import { Workers } from "../workers/Workers.ts"
import { settingResult } from "./estimates.ts"
import { PartialResult } from "./PartialResult.ts"
import { type Expected, kindOf, Pace } from "./Pace.ts"
import { Progress } from "./Progress.ts"
import type { Result, Setting, SettingResult } from "./Result.ts"

/** Largest number of shifts in one job: small, so that no worker is left with a long rest. */
const jobShiftsMax = 8
/** Shifts after which the first of a long run are kept. */
const blockShiftsMin = 32

/** What a result says of where it came from. */
export type Origin = Pick<Result, "kind" | "version" | "scenarioText">

/** Where a setting is rehearsed: a campaign of a scenario. */
export interface Place {
  readonly scenario: Scenario
  readonly campaignIndex: number
}

/**
 * The shifts of one experiment: which setting was rehearsed on which replications, extended on demand. All settings run
 * the same replications, from 0 up, so that they meet the same customers.
 */
export class Experiment implements Place {
  readonly scenario: Scenario
  readonly campaignIndex: number
  readonly #origin: Origin
  readonly #outcomes = new Map<string, ReadonlyArray<ShiftOutcome>>()
  readonly #results = new Map<string, SettingResult>()
  /** Order in which settings are listed in a result; those not named come last. */
  readonly #order: (setting: Setting) => number
  readonly #pace = new Pace()
  /** As many jobs at once as there are workers, so that the time a job takes is its own. */
  #turns: Semaphore.Semaphore | null = null

  constructor(
    scenario: Scenario,
    campaignIndex: number,
    origin: Origin,
    order: (setting: Setting) => number = () => 0
  ) {
    this.scenario = scenario
    this.campaignIndex = campaignIndex
    this.#origin = origin
    this.#order = order
  }

  get campaign(): Scenario["campaigns"][number] {
    return this.scenario.campaigns[this.campaignIndex]
  }

  /** What there is of a setting. */
  result(key: string): SettingResult | undefined {
    return this.#results.get(key)
  }

  get results(): ReadonlyArray<SettingResult> {
    return [...this.#results.values()].sort(
      ({ setting: a }, { setting: b }) =>
        this.#order(a) - this.#order(b) || (a.knob ?? 0) - (b.knob ?? 0) || (a.key < b.key ? -1 : 1)
    )
  }

  /** Shifts the experiment expects to run beyond those it has run; for the progress figure alone. */
  expect(left: ReadonlyArray<Expected>): void {
    this.#pace.expect(left)
  }

  /** Rehearses the setting up to this many replications; what is there already is kept. */
  upTo(setting: Setting, replications: number, place: Place = this): Effect.Effect<SettingResult, never, Workers> {
    return Effect.suspend(() => {
      const there = this.#outcomes.get(setting.key) ?? []
      const known = this.#results.get(setting.key)
      if (known !== undefined && there.length >= replications) return Effect.succeed(known)
      // In blocks that double, so that somebody who stops a long run keeps at least half of it.
      const to = Math.min(replications, there.length + Math.max(blockShiftsMin, there.length))
      return this.shifts(place, setting, there.length, to, setting.label).pipe(
        Effect.flatMap((more) => this.#keep(setting, [...there, ...more], place)),
        Effect.flatMap((result) =>
          to < replications ? this.upTo(setting, replications, place) : Effect.succeed(result)
        )
      )
    })
  }

  #keep(setting: Setting, outcomes: ReadonlyArray<ShiftOutcome>, place: Place): Effect.Effect<SettingResult> {
    const { abandonLimit } = place.scenario.campaigns[place.campaignIndex].settings
    const result = settingResult(setting, outcomes, abandonLimit)
    this.#outcomes.set(setting.key, outcomes)
    this.#results.set(setting.key, result)
    return Effect.gen({ self: this }, function* () {
      yield* Ref.set(yield* PartialResult, this.assemble({ finished: false }))
      return result
    })
  }

  /** Runs replications of a setting, in this scenario or another, without keeping them. `kind`: what they cost, see `Pace`. */
  shifts(
    { campaignIndex, scenario }: Place,
    setting: Setting,
    from: number,
    to: number,
    label: string,
    kind: string = kindOf(setting)
  ): Effect.Effect<ReadonlyArray<ShiftOutcome>, never, Workers> {
    return Effect.gen({ self: this }, function* () {
      const workers = yield* Workers
      this.#turns ??= Semaphore.makeUnsafe(workers.count)
      const turns = this.#turns
      const size = Math.max(1, Math.min(jobShiftsMax, Math.floor((to - from) / (8 * workers.count))))
      const starts = Array.from({ length: Math.ceil((to - from) / size) }, (_, i) => from + i * size)
      const job = (start: number) => {
        const { warmUpMillis } = wholeShift
        const shifts = { scenario, campaignIndex, setting, from: start, to: Math.min(to, start + size), warmUpMillis }
        return turns.withPermit(Effect.timed(workers.run(shifts))).pipe(
          Effect.tap(([took, outcomes]) => {
            this.#pace.ran(kind, outcomes.length, Duration.toMillis(took))
            return this.#report(label, workers.count)
          }),
          Effect.map(([, outcomes]) => outcomes)
        )
      }
      return (yield* Effect.forEach(starts, job, { concurrency: workers.count })).flat()
    })
  }

  #report(label: string, workers: number): Effect.Effect<void> {
    const { done, millisLeft, shiftsLeft } = this.#pace
    const state = {
      label,
      done,
      total: done + shiftsLeft,
      millisLeft: millisLeft === null ? null : millisLeft / workers
    }
    return Effect.flatMap(Effect.service(Progress), (progress) => progress.report(state))
  }

  /** The whole result; the progress figure ends at its total. */
  finish(conclusion: Partial<Result>): Effect.Effect<Result> {
    this.#pace.expect([])
    return Effect.as(this.#report(this.scenario.name, 1), this.assemble({ ...conclusion, finished: true }))
  }

  /** The result so far. */
  assemble(conclusion: Partial<Result> & Pick<Result, "finished">): Result {
    const settings = this.results
    return {
      ...this.#origin,
      scenario: this.scenario,
      seed: this.scenario.seed,
      campaign: this.campaign.settings.name,
      settings,
      recommendation: null,
      sensitivity: [],
      teams: [],
      smallestTeam: null,
      recordedKey: settings[0].setting.key,
      ...conclusion
    }
  }
}
