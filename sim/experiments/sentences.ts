import { modes } from "../../src/domain/Mode.ts"
import { valuesOf } from "./estimates.ts"
import { setsCeiling } from "./lawResult.ts"
import { linesName } from "./Family.ts"
import type { Judge } from "./Judge.ts"
import type { Choice } from "./recommend.ts"
import type { SensitivityRow, SettingResult, TeamRow } from "./Result.ts"
import { occupancyGained, type SearchOutcome, talkGained } from "./searchFamily.ts"
import {
  fixed,
  listed,
  minutesAnHour,
  percent,
  percentBelow,
  percentShort,
  percentWithin,
  phrase,
  points,
  sentenceCase
} from "./words.ts"

/** What a recommendation is told from. */
export interface Findings {
  readonly choice: Choice
  readonly judge: Judge
  readonly abandonLimit: number
  /** How long agents take to pick up a phone that rings for every call, seconds; 0 where lines are always on. */
  readonly pickUpSeconds: number
  /** How long a person who answered may wait, seconds. */
  readonly waitSecondsMax: number
  readonly overLimitMax: number
  readonly confidence: number
  /** Settings of modes in which nobody is abandoned, whether or not they may be recommended. */
  readonly plain: ReadonlyArray<SettingResult>
  readonly isAllowed: (result: SettingResult) => boolean
  /** What the scenario itself says, where it was rehearsed. */
  readonly own: SettingResult | null
  readonly searches: ReadonlyArray<{ readonly name: string; readonly outcome: SearchOutcome }>
  readonly sensitivity: ReadonlyArray<SensitivityRow>
  readonly teams: ReadonlyArray<TeamRow>
  readonly smallestTeam: number | null
}

/** Plain sentences for a manager: what to launch with, what to expect, how sure that is, and why not the others. */
export const sentencesOf = (of: Findings): ReadonlyArray<string> =>
  [
    launch(of),
    expectation(of),
    transfers(of),
    certainty(of),
    ...others(of),
    families(of),
    phones(of),
    ...worlds(of),
    team(of)
  ].filter((sentence) => sentence !== "")

const hasAgents = ({ estimates }: SettingResult): boolean => Number.isFinite(estimates.occupancy.mean)
const shifts = (n: number): string => `${n} rehearsed ${n === 1 ? "shift" : "shifts"}`

/** What shifts were above: the limit, or a ceiling of the law as well where one was broken. */
const limitWords = ({ law }: Pick<SettingResult, "law">, abandonLimit: number): string => {
  const isBroken = (law?.rules ?? []).some(({ broken, rule }) => setsCeiling(rule) && broken.successes > 0)
  return `${percentShort(abandonLimit)}${isBroken ? " or a ceiling of the law" : ""}`
}

const calls = ({ estimates }: SettingResult): string => Math.round(estimates.attempts.mean).toLocaleString("en-GB")
const minutes = ({ estimates }: SettingResult): string => estimates.talkMinutesPerHour.mean.toFixed(1)

const launch = ({ abandonLimit, choice, judge, overLimitMax }: Findings): string => {
  const { chosen, keepsLimit } = choice
  if (keepsLimit) return `Launch with ${phrase(chosen.setting)}.`
  const { transfersLost } = chosen
  if (transfersLost !== undefined && transfersLost.mean > abandonLimit) {
    return (
      `With no number of lines tried do at most ${percentShort(abandonLimit)} of the people who ask for an agent leave ` +
      `before one is free: ${phrase(chosen.setting)} comes nearest. More agents are needed.`
    )
  }
  const why = Number.isFinite(judge.shiftsToShow(0))
    ? ""
    : ` With at most ${shifts(judge.shiftsMax)} of a setting it cannot be: allow more.`
  return (
    `No allowed setting could be shown to keep the chance of a shift above the limit of ${limitWords(chosen, abandonLimit)} ` +
    `within ${percentShort(overLimitMax)}.${why} ${sentenceCase(phrase(chosen.setting))} comes nearest; ` +
    `allow progressive, preview or manual dialling, which hold an agent for every call.`
  )
}

const expectation = ({ choice, judge }: Findings): string => {
  const { estimates, setting } = choice.chosen
  const { abandonRate, occupancy } = estimates
  const abandoned = judge.neverAbandons(setting)
    ? "nobody who answers is abandoned"
    : `${percentWithin(abandonRate)} of the people who answer are abandoned`
  if (!hasAgents(choice.chosen)) {
    return `Expect ${calls(choice.chosen)} calls a shift, of which ${percentWithin(estimates.liveRate)} reach a person; ${abandoned}.`
  }
  const talk = `${minutes(choice.chosen)} minutes of talk an hour`
  if (modes[setting.mode].servedBy === "script") {
    return `Expect ${calls(choice.chosen)} calls a shift, of which ${percentWithin(estimates.liveRate)} reach a person, and agents busy ${percentWithin(occupancy)} of the time, ${talk}; ${abandoned}.`
  }
  return `Expect agents to be busy ${percentWithin(occupancy)} of the time, ${talk}; ${abandoned}.`
}

/** Automatic dialling: what becomes of the people who press the key for an agent. */
const transfers = ({ abandonLimit, choice }: Findings): string => {
  const { transfersLost } = choice.chosen
  if (transfersLost === undefined) return ""
  return (
    `Of the people who ask for an agent, ${percentWithin(transfersLost)} leave before one is free; ` +
    `settings at which more than ${percentShort(abandonLimit)} do are not recommended.`
  )
}

const certainty = ({ abandonLimit, choice, confidence, judge }: Findings): string => {
  const { chosen } = choice
  if (judge.neverAbandons(chosen.setting)) return "An agent is held for every call, so the limit cannot be exceeded."
  const { bySpread, high, n, successes } = judge.chance(chosen)
  const seen = `In ${shifts(n)} ${successes} ended above the limit of ${limitWords(chosen, abandonLimit)}`
  const claim = `the chance is ${percentBelow(high)} with ${percentShort(confidence)} confidence.`
  if (bySpread !== true) return `${seen}: ${claim}`
  const rates = valuesOf(chosen.counts, "abandonRate")
  const range = `${fixed(Math.min(...rates), 2)} to ${fixed(Math.max(...rates), 2)} %`
  return `${seen}. Shifts of this size differ little (${range} abandoned): told from their spread, ${claim}`
}

/** How the setting stands against the busiest, the next best, the modes that never abandon and the scenario's own. */
const others = (of: Findings): ReadonlyArray<string> => {
  const { busiest, chosen, runnerUp } = of.choice
  const told = new Set([chosen.setting.key])
  const sentences: Array<string> = []
  const tell = (result: SettingResult | null, sentence: (result: SettingResult) => string) => {
    if (result === null || told.has(result.setting.key) || !hasAgents(result)) return
    told.add(result.setting.key)
    sentences.push(sentence(result))
  }
  tell(busiest, (result) => {
    return (
      `${sentenceCase(phrase(result.setting))} brings as much talk within the uncertainty ` +
      `(difference ${minutesAnHour(talkGained(result, chosen))}), but abandons ${percent(result.estimates.abandonRate.mean)}: the safer one is recommended.`
    )
  })
  tell(runnerUp, (result) => againstChosen(of, result, "Next best: "))
  for (const result of of.plain) tell(result, (plain) => againstChosen(of, plain, ""))
  tell(of.own, (result) => againstChosen(of, result, "The setting in the scenario: "))
  return sentences
}

const againstChosen = ({ abandonLimit, choice, isAllowed, judge }: Findings, result: SettingResult, intro: string) => {
  const { chosen } = choice
  const { estimates, overLimit, setting } = result
  const never = judge.neverAbandons(setting)
  const name = intro === "" ? sentenceCase(phrase(setting)) : `${intro}${phrase(setting)}`
  const lost = occupancyGained(chosen, result)
  const gained = occupancyGained(result, chosen)
  const difference =
    lost.low > 0
      ? `, ${points(lost)} less`
      : gained.low > 0
        ? `, ${points(gained)} more`
        : Number.isFinite(lost.low)
          ? ", no clear difference"
          : ""
  const busy = `keeps agents busy ${percent(estimates.occupancy.mean)} of the time${difference}`
  const reads = modes[setting.mode].preview !== "none"
  const against = modes[chosen.setting.mode].preview === "none" ? `, against ${minutes(chosen)}` : ""
  const talk = reads ? `; reading cards counts as busy, talk is ${minutes(result)} minutes an hour${against}` : ""
  const abandons = never
    ? `never abandons ${lost.low > 0 ? "but" : "and"} `
    : result.transfersLost !== undefined
      ? `loses ${percent(result.transfersLost.mean)} of the people who ask for an agent and `
      : `abandons ${percent(estimates.abandonRate.mean)} (${overLimit.successes} of ${overLimit.n} shifts above ${limitWords(result, abandonLimit)}) and `
  const forbidden = isAllowed(result) ? "" : " It is not allowed for this campaign."
  return `${name} ${abandons}${busy}${talk}.${forbidden}`
}

const families = ({ abandonLimit, overLimitMax, searches }: Findings): string => {
  const broken = searches
    .filter(({ outcome }) => outcome.kind === "broken")
    .map(({ name }) => name)
    .filter((name) => name !== linesName)
  const beaten = searches.flatMap(({ name, outcome }) =>
    outcome.kind === "beaten" ? [`${name} (${percent(outcome.best.estimates.occupancy.mean)} at best)`] : []
  )
  return [
    broken.length === 0
      ? ""
      : `At no setting tried could it be shown that less than ${percentShort(overLimitMax)} of the shifts end above ${percentShort(abandonLimit)}: ${listed(broken)}.`,
    beaten.length === 0 ? "" : `Less busy at every setting that keeps the limit: ${listed(beaten)}.`
  ]
    .filter((part) => part !== "")
    .join(" ")
}

/** The commonest reason why predictive dialling cannot keep a limit of seconds. */
const phones = ({ pickUpSeconds, searches, waitSecondsMax }: Findings): string =>
  searches.some(({ outcome }) => outcome.kind === "broken") && pickUpSeconds > waitSecondsMax / 2
    ? `Agents' phones ring for every call and are picked up after about ${pickUpSeconds.toFixed(1)} s, while a person ` +
      `who answers may wait ${waitSecondsMax} s: dialling ahead needs lines that are always on.`
    : ""

const worlds = ({ choice, sensitivity }: Findings): ReadonlyArray<string> => {
  const changed = sensitivity.filter(({ label }) => label !== "as assumed")
  if (changed.length === 0 || !hasAgents(choice.chosen)) return []
  const parts = changed.map(
    ({ abandonRate, label, occupancy, overLimit, transfersLost }) =>
      `with ${label}, agents are busy ${percentWithin(occupancy)} of the time` +
      (abandonRate.mean > 0
        ? ` and ${percent(abandonRate.mean)} are abandoned (${overLimit.successes} of ${overLimit.n} shifts over the limit)`
        : "") +
      (transfersLost === undefined ? "" : ` and ${percent(transfersLost.mean)} of those who ask for an agent leave`)
  )
  return [`If people are not as assumed and the setting stays: ${parts.join("; ")}.`]
}

const team = ({ smallestTeam, teams }: Findings): string => {
  if (teams.length === 0) return ""
  if (smallestTeam === null)
    return "No team size tried is clearly busier with predictive than with progressive dialling."
  const row = teams.find(({ agents }) => agents === smallestTeam)
  const agents = `${smallestTeam} ${smallestTeam === 1 ? "agent" : "agents"}`
  return `Predictive look-ahead beats progressive dialling from ${agents} up${row === undefined ? "" : `, there by ${points(row.difference)}`}.`
}
