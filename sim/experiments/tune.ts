import { Effect } from "effect"
import { modeNames, type ModeName } from "../../src/domain/Mode.ts"
import type { PacingKind } from "../../src/domain/Pacing.ts"
import { meanOf } from "../random/distributionFacts.ts"
import type { CampaignScenario, Scenario } from "../Scenario.ts"
import { Workers } from "../workers/Workers.ts"
import { Effort } from "./Effort.ts"
import { inStepWith } from "./estimates.ts"
import { Experiment } from "./Experiment.ts"
import { type Family, linesFamily, plainSetting, predictiveFamilies } from "./Family.ts"
import { Judge } from "./Judge.ts"
import { look } from "./look.ts"
import { type Expected, kindOf, teamKind } from "./Pace.ts"
import { choose, saferOf } from "./recommend.ts"
import type { Result, Setting, SettingResult } from "./Result.ts"
import { campaignIndexOf, type RunOptions, type Source } from "./RunOptions.ts"
import { busier, FamilySearch, type SearchOutcome, sharpen } from "./searchFamily.ts"
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
  readonly #effort: Effort
  readonly #modes: ReadonlyArray<ModeName>

  constructor(scenario: Scenario, source: Source, options: TuneOptions) {
    const index = campaignIndexOf(scenario, options.campaign)
    const origin = { kind: "tune", version: source.version, scenarioText: source.text } as const
    this.#options = options
    this.#experiment = new Experiment(withoutChanges(scenario, index), index, origin, orderOf)
    const { campaign } = this.#experiment
    this.#effort = new Effort(options)
    this.#judge = new Judge(campaign, options.overLimitMax, options.confidence, this.#effort.most)
    this.#modes = modeNames.filter((mode) => (options.modes ?? campaign.modesAllowed).includes(mode))
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
      this.#expect(this.#plainModes, this.#families([]))
      const plain: Array<SettingResult> = []
      for (const mode of this.#plainModes) {
        plain.push(yield* experiment.upTo(plainSetting(mode, experiment.campaign), this.#effort.plain))
      }
      this.#effort.learn(plain)
      const allowed = plain.filter((one) => this.#modes.includes(one.setting.mode))
      const families = this.#families(plain)
      yield* this.#firstLooks(families)
      const searches = yield* this.#search(families, allowed)
      const kept = searches.flatMap(({ outcome }) => (outcome.kind === "kept" ? [outcome.result] : []))
      const keeping = [...allowed, ...kept].filter((one) => this.#judge.verdict(one) === "kept")
      const isAllowed = ({ setting }: SettingResult): boolean => this.#modes.includes(setting.mode)
      const choice = choose(this.#judge, keeping, experiment.results.filter(isAllowed))
      const kind = kindOf(choice.chosen.setting)
      const expect = (shifts: number): void => this.#expect([], [], [], { kind, shifts })
      const chosen = yield* sharpen(experiment, this.#effort.search, choice.chosen, expect)
      const busiest = choice.busiest === choice.chosen ? chosen : choice.busiest
      return yield* this.#conclude({ choice: { ...choice, chosen, busiest }, plain, isAllowed, searches })
    })
  }

  /** Every position of every knob, a shift or two of each family first: then it is known what each costs. */
  #firstLooks(families: ReadonlyArray<Family>) {
    return Effect.gen({ self: this }, function* () {
      const experiment = this.#experiment
      const { search } = this.#effort
      this.#expect([], families)
      const pilots = families.map((family) => family.setting(family.knobs[0]))
      const pilotShifts = this.#effort.atMost(2)
      yield* Effect.forEach(pilots, (setting) => experiment.upTo(setting, pilotShifts), { concurrency: "unbounded" })
      const first = families.flatMap((family) => family.knobs.map((knob) => family.setting(knob)))
      const { count } = yield* Workers
      const concurrency = Math.ceil(count / 4)
      yield* Effect.forEach(first, (setting) => look((shifts) => experiment.upTo(setting, shifts), search), {
        concurrency
      })
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
      for (const [index, family] of families.entries()) {
        const later = families.slice(index + 1)
        const expect = (shifts: number): void => this.#expect([], [], later, { kind: kindOfFamily(family), shifts })
        const search = new FamilySearch(this.#experiment, this.#judge, this.#effort.search, family, rival, expect)
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
      this.#expect([], [], [], null, chosen.setting)
      const sensitivity = yield* sensitivityOf(experiment, chosen, this.#effort.sensitivity)
      const { smallestTeam, teams } = yield* this.#teams(found)
      const own = ownSetting(experiment.campaign)
      const known = experiment.result(own.key) ?? null
      const mine = known === null ? null : yield* experiment.upTo(own, this.#effort.beside(known))
      const inStep = inStepWith(chosen)
      const sentences = sentencesOf({
        ...toldInStep(found, inStep),
        judge: this.#judge,
        abandonLimit,
        pickUpSeconds: pickUpSeconds(experiment.scenario, experiment.campaign),
        waitSecondsMax: experiment.campaign.settings.waitMillisMax / 1_000,
        overLimitMax,
        confidence,
        own: mine === null ? null : inStep(mine),
        sensitivity,
        teams,
        smallestTeam
      })
      const settingKey = chosen.setting.key
      const safer = saferOf(this.#judge, chosen, experiment.results)
      return yield* experiment.finish({
        settings: experiment.results.map(inStep),
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
      const { search, team } = this.#effort
      const seen = yield* look((shifts) => this.#experiment.upTo(setting, shifts), search)
      const predictive = yield* this.#experiment.upTo(setting, this.#effort.beside(seen))
      return yield* teamSizes(this.#experiment, progressive, predictive, team)
    })
  }

  /** Tells the progress figure about how much is left. `now`: what the search under way still expects. */
  #expect(
    plainModes: ReadonlyArray<ModeName>,
    looks: ReadonlyArray<Family>,
    searches: ReadonlyArray<Family> = looks,
    now: Expected | null = null,
    chosen: Setting | null = null
  ): void {
    const { look, settle, team, world } = this.#effort.expected
    const settled = chosen === null ? (now?.kind ?? searches.map(kindOfFamily)[0]) : kindOf(chosen)
    const worldKind = settled ?? plainModes.map((mode) => kindOf(plainSetting(mode, this.#experiment.campaign)))[0]
    this.#experiment.expect([
      ...plainModes.map((mode) => ({
        kind: kindOf(plainSetting(mode, this.#experiment.campaign)),
        shifts: this.#effort.plain
      })),
      ...looks.map((family) => ({ kind: kindOfFamily(family), shifts: family.knobs.length * look })),
      // The most promising is likely to be taken to the end.
      ...searches.map((family, i) => ({ kind: kindOfFamily(family), shifts: 2 * look + (i === 0 ? settle : 0) })),
      ...(now === null ? [] : [now]),
      ...(worldKind === undefined ? [] : [{ kind: worldKind, shifts: 3 * world }]),
      ...(this.#isPredictive ? [{ kind: teamKind, shifts: 2 * expectedTeams * team }] : [])
    ])
  }
}

/** Team sizes that are likely to be tried. */
const expectedTeams = 5

const kindOfFamily = (family: Family): string => kindOf(family.setting(family.knobs[0]))

/** What was found, with the figures of the tables. */
const toldInStep = (
  { choice, plain, searches, ...rest }: Pick<Findings, "choice" | "plain" | "isAllowed" | "searches">,
  inStep: (result: SettingResult) => SettingResult
) => ({
  ...rest,
  choice: {
    ...choice,
    busiest: inStep(choice.busiest),
    runnerUp: choice.runnerUp === null ? null : inStep(choice.runnerUp)
  },
  plain: plain.map(inStep),
  searches: searches.map(({ name, outcome }) =>
    outcome.kind === "beaten" ? { name, outcome: { ...outcome, best: inStep(outcome.best) } } : { name, outcome }
  )
})

/** The slowest group's mean, of groups whose phones ring for every call. */
const pickUpSeconds = ({ groups }: Scenario, { settings }: CampaignScenario): number =>
  Math.max(
    0,
    ...groups
      .filter(({ name, phone }) => settings.groups.includes(name) && !phone.alwaysOn)
      .map(({ phone }) => meanOf(phone.answerDelay))
  )
