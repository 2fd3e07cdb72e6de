import { Effect } from "effect"
import { modeNames, type ModeName } from "../../src/domain/Mode.ts"
import type { PacingKind } from "../../src/domain/Pacing.ts"
import { meanOf } from "../random/distributionFacts.ts"
import type { CampaignScenario, Scenario } from "../Scenario.ts"
import { Workers } from "../workers/Workers.ts"
import { Experiment } from "./Experiment.ts"
import { type Family, linesFamily, plainSetting, predictiveFamilies } from "./Family.ts"
import { Judge } from "./Judge.ts"
import { choose, saferOf } from "./recommend.ts"
import type { Result, Setting, SettingResult } from "./Result.ts"
import { campaignIndexOf, type RunOptions, type Source, stoppingRule } from "./RunOptions.ts"
import { busier, FamilySearch, look, type SearchOutcome, type SearchRules } from "./searchFamily.ts"
import { sensitivityOf } from "./sensitivity.ts"
import { type Findings, sentencesOf } from "./sentences.ts"
import { lookAhead, ownSetting, settingOf } from "./settingOf.ts"
import { teamSizes } from "./teamSizes.ts"
import { withoutChanges } from "./withSetting.ts"

export interface TuneOptions extends RunOptions {
  /** Of the statement that a setting keeps the limit, e.g. 0.95. */
  readonly confidence: number
  /** Largest chance of a shift above the abandon limit that is tolerated, e.g. 0.05. */
  readonly overLimitMax: number
  /** Modes to choose from; `null` for those the campaign allows. */
  readonly modes: ReadonlyArray<ModeName> | null
  /** Whether to rehearse the pacing of other diallers too. */
  readonly baselines: boolean
}

/** Shifts spent with "auto". First looks draw the frontier; what is compared with the recommendation gets more. */
const effort = { look: 8, lookBlock: 4, lookMax: 12, plain: 24, screen: 24, sensitivity: 20, team: [10, 30] } as const

const kinds: ReadonlyArray<PacingKind> = [
  "look-ahead",
  "fixed-ratio",
  "pickup-rate",
  "vicidial",
  "unicom",
  "lines",
  "one-per-agent"
]
const orderOf = ({ mode, pacing }: Setting): number =>
  kinds.length * modeNames.indexOf(mode) + kinds.indexOf(pacing.kind)

/**
 * Finds the setting to launch with: in every mode allowed, the busiest that keeps the abandon limit with confidence, all
 * on the same customers; then what happens to it when people are not as assumed, and how large a team must be. Planned
 * changes of the campaign are left out.
 */
export const tune = (scenario: Scenario, source: Source, options: TuneOptions): Effect.Effect<Result, never, Workers> =>
  Effect.suspend(() => new Tuning(scenario, source, options).run())

class Tuning {
  readonly #options: TuneOptions
  readonly #experiment: Experiment
  readonly #judge: Judge
  readonly #rules: SearchRules
  readonly #modes: ReadonlyArray<ModeName>

  constructor(scenario: Scenario, source: Source, options: TuneOptions) {
    const index = campaignIndexOf(scenario, options.campaign)
    const origin = { kind: "tune", version: source.version, scenarioText: source.text } as const
    this.#options = options
    this.#experiment = new Experiment(withoutChanges(scenario, index), index, origin, orderOf)
    const { campaign } = this.#experiment
    const shiftsMax = options.replications === "auto" ? options.replicationsMax : options.replications
    this.#judge = new Judge(campaign, options.overLimitMax, options.confidence, shiftsMax)
    const rule = stoppingRule(options, effort.look, effort.lookBlock)
    this.#rules = {
      look: options.replications === "auto" ? { ...rule, countMax: this.#atMost(effort.lookMax) } : rule,
      screenShifts: this.#atMost(effort.screen)
    }
    this.#modes = modeNames.filter((mode) => (options.modes ?? campaign.modesAllowed).includes(mode))
  }

  /** So many shifts with "auto", the number asked for otherwise. */
  #atMost(shifts: number): number {
    const { replications, replicationsMax } = this.#options
    return replications === "auto" ? Math.min(shifts, replicationsMax) : replications
  }

  get #isPredictive(): boolean {
    return this.#modes.includes("predictive")
  }

  /** Modes without a knob. Progressive is what predictive has to beat, allowed or not. */
  get #plainModes(): ReadonlyArray<ModeName> {
    return modeNames.filter(
      (mode) =>
        (this.#modes.includes(mode) || (this.#isPredictive && mode === "progressive")) &&
        mode !== "predictive" &&
        !(mode === "automatic" && this.#hasTransfers)
    )
  }

  get #hasTransfers(): boolean {
    return this.#experiment.campaign.settings.groups.length > 0
  }

  run(): Effect.Effect<Result, never, Workers> {
    return Effect.gen({ self: this }, function* () {
      const experiment = this.#experiment
      this.#expect(1)
      const rule = { ...this.#rules.look, firstCount: this.#atMost(effort.plain) }
      const plain = yield* Effect.forEach(this.#plainModes, (mode) =>
        look(experiment, plainSetting(mode, experiment.campaign), { ...rule, countMax: rule.firstCount })
      )
      const allowed = plain.filter((one) => this.#modes.includes(one.setting.mode))
      const families = this.#families(plain)
      const first = families.flatMap((family) => family.knobs.map((knob) => family.setting(knob)))
      const { count } = yield* Workers
      const concurrency = Math.ceil(count / 4)
      yield* Effect.forEach(first, (setting) => look(experiment, setting, this.#rules.look), { concurrency })
      this.#expect(0.6)
      const searches = yield* this.#search(families, allowed)
      const kept = searches.flatMap(({ outcome }) => (outcome.kind === "kept" ? [outcome.result] : []))
      const keeping = [...allowed, ...kept].filter((one) => this.#judge.verdict(one) === "kept")
      const isAllowed = ({ setting }: SettingResult): boolean => this.#modes.includes(setting.mode)
      const choice = choose(this.#judge, keeping, experiment.results.filter(isAllowed))
      return yield* this.#conclude({ choice, plain, isAllowed, searches })
    })
  }

  #families(plain: ReadonlyArray<SettingResult>): ReadonlyArray<Family> {
    const { campaign, scenario } = this.#experiment
    const families: Array<Family> = []
    if (this.#isPredictive) {
      const progressive = plain.find(({ setting }) => setting.mode === "progressive")
      const liveRate = progressive?.estimates.liveRate.mean ?? campaign.settings.expected.pickupRate
      families.push(...predictiveFamilies(campaign, liveRate, this.#options.baselines))
    }
    if (this.#modes.includes("automatic") && this.#hasTransfers) {
      families.push(linesFamily(campaign, scenario.trunk.linesMax))
    }
    return families
  }

  /** One family after the other, each against the best so far. */
  #search(families: ReadonlyArray<Family>, allowed: ReadonlyArray<SettingResult>) {
    return Effect.gen({ self: this }, function* () {
      const searches: Array<{ readonly name: string; readonly outcome: SearchOutcome }> = []
      let rival = allowed.length === 0 ? null : allowed.reduce(busier)
      for (const family of families) {
        const search = new FamilySearch(this.#experiment, this.#judge, this.#rules, family, rival)
        const outcome = yield* search.run()
        searches.push({ name: family.name, outcome })
        if (outcome.kind === "kept") rival = rival === null ? outcome.result : busier(rival, outcome.result)
      }
      return searches
    })
  }

  #conclude(found: Pick<Findings, "choice" | "plain" | "isAllowed" | "searches">) {
    return Effect.gen({ self: this }, function* () {
      const experiment = this.#experiment
      const { abandonLimit } = experiment.campaign.settings
      const { confidence, overLimitMax } = this.#options
      const { chosen } = found.choice
      this.#expect(0.2)
      const sensitivity = yield* sensitivityOf(experiment, chosen, this.#atMost(effort.sensitivity))
      const { smallestTeam, teams } = yield* this.#teams(found)
      const own = ownSetting(experiment.campaign)
      const hasOwn = experiment.result(own.key) !== undefined
      const mine = hasOwn ? yield* experiment.upTo(own, this.#atMost(effort.plain)) : null
      const sentences = sentencesOf({
        ...found,
        judge: this.#judge,
        abandonLimit,
        pickUpSeconds: pickUpSeconds(experiment.scenario, experiment.campaign),
        waitSecondsMax: experiment.campaign.settings.waitMillisMax / 1_000,
        overLimitMax,
        confidence,
        own: mine,
        sensitivity,
        teams,
        smallestTeam
      })
      const settingKey = chosen.setting.key
      const safer = saferOf(this.#judge, chosen, experiment.results)
      return yield* experiment.finish({
        recommendation: { settingKey, sentences, safer, confidence },
        sensitivity,
        teams,
        smallestTeam,
        recordedKey: settingKey
      })
    })
  }

  /** Look-ahead as recommended, else the best of it that keeps the limit, else as the campaign has it or by default. */
  #teams({ choice, plain, searches }: Pick<Findings, "choice" | "plain" | "searches">) {
    return Effect.gen({ self: this }, function* () {
      const progressive = plain.find(({ setting }) => setting.mode === "progressive")
      if (!this.#isPredictive || progressive === undefined) return { teams: [], smallestTeam: null }
      const { campaign } = this.#experiment
      const kept = searches.flatMap(({ outcome }) => (outcome.kind === "kept" ? [outcome.result] : []))
      const found = [choice.chosen, ...kept].find(({ setting }) => setting.pacing.kind === "look-ahead")
      const setting = found?.setting ?? settingOf("predictive", lookAhead(campaign))
      const predictive = yield* this.#experiment.upTo(setting, this.#atMost(effort.plain))
      const replications = [...new Set(effort.team.map((shifts) => this.#atMost(shifts)))]
      return yield* teamSizes(this.#experiment, progressive, predictive, replications)
    })
  }

  /** Tells the progress figure about how much is left, `part` 1 of the whole search. */
  #expect(part: number): void {
    const families = this.#isPredictive ? (this.#options.baselines ? 4 : 3) : this.#hasTransfers ? 1 : 0
    const plain = this.#plainModes.length * this.#atMost(effort.plain)
    const searched = families * (9 * this.#atMost(effort.look) + this.#atMost(120))
    const worlds = 3 * this.#atMost(effort.sensitivity)
    const teams = this.#isPredictive ? 10 * this.#atMost(effort.team[0]) : 0
    this.#experiment.expectShifts(Math.round(part * (plain + searched) + worlds + teams))
  }
}

/** The slowest group's mean, of groups whose phones ring for every call. */
const pickUpSeconds = ({ groups }: Scenario, { settings }: CampaignScenario): number =>
  Math.max(
    0,
    ...groups
      .filter(({ name, phone }) => settings.groups.includes(name) && !phone.alwaysOn)
      .map(({ phone }) => meanOf(phone.answerDelay))
  )
