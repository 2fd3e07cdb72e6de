import { Effect } from "effect"
import type { Workers } from "../workers/Workers.ts"
import type { ShiftOutcome } from "../workers/shiftJob.ts"
import { settingResult } from "./estimates.ts"
import type { Experiment, Place } from "./Experiment.ts"
import type { Setting, SettingResult } from "./Result.ts"

/** A setting rehearsed in another scenario than the experiment's own: its shifts count, but are not listed with the settings. */
export class Elsewhere {
  readonly #experiment: Experiment
  readonly #place: Place
  readonly #setting: Setting
  readonly #label: string
  readonly #kind: string | undefined
  #outcomes: ReadonlyArray<ShiftOutcome> = []

  /** `label` for the progress line; `kind` of its shifts where they cost something else than at home, see `Pace`. */
  constructor(experiment: Experiment, scenario: Place["scenario"], setting: Setting, label: string, kind?: string) {
    this.#experiment = experiment
    this.#place = { scenario, campaignIndex: experiment.campaignIndex }
    this.#setting = setting
    this.#label = label
    this.#kind = kind
  }

  upTo(replications: number): Effect.Effect<SettingResult, never, Workers> {
    return Effect.gen({ self: this }, function* () {
      const from = this.#outcomes.length
      const { abandonLimit } = this.#experiment.campaign.settings
      const more = yield* this.#experiment.shifts(
        this.#place,
        this.#setting,
        from,
        Math.max(from, replications),
        this.#label,
        this.#kind
      )
      this.#outcomes = [...this.#outcomes, ...more]
      return settingResult(this.#setting, this.#outcomes, abandonLimit)
    })
  }
}
