import { Effect } from "effect"
import type { Scenario } from "../Scenario.ts"
import type { Workers } from "../workers/Workers.ts"
import { Elsewhere } from "./Elsewhere.ts"
import { areLarge, differenceOf, inStepWith, valuesOf } from "./estimates.ts"
import type { Experiment } from "./Experiment.ts"
import { teamKind } from "./Pace.ts"
import type { Setting, SettingResult, TeamRow } from "./Result.ts"
import { withCampaign } from "./withSetting.ts"

const sizes = [1, 2, 3, 5, 8, 12, 20, 30, 50]
/** Sizes that win before larger ones are taken to win as well. */
const winsEnough = 3

/** Shifts of one team size: the first number, the next where the question is still open then; fewer where shifts are large. */
export interface TeamEffort {
  readonly usual: ReadonlyArray<number>
  readonly large: ReadonlyArray<number>
  readonly startsLarge: boolean
}

/** Agents who serve the campaign. */
export const teamOf = (scenario: Scenario, campaignIndex: number): number => {
  const names = scenario.campaigns[campaignIndex].settings.groups
  return scenario.groups.reduce((sum, group) => sum + (names.includes(group.name) ? group.agents : 0), 0)
}

/**
 * The scenario with so many agents for the campaign, its groups in the same proportion. A larger team gets lines, call
 * rate and contacts in proportion, so that it meets the same conditions; a smaller one keeps what there is. Requests of other
 * campaigns that its agents serve follow the team, or they alone would keep a small one busy.
 */
export const withTeam = (scenario: Scenario, campaignIndex: number, agents: number): Scenario => {
  const names = scenario.campaigns[campaignIndex].settings.groups
  const team = teamOf(scenario, campaignIndex)
  const growth = Math.max(1, agents / team)
  let [before, given] = [0, 0]
  const groups = scenario.groups.map((group) => {
    if (!names.includes(group.name)) return group
    // Rounding what all groups so far have together keeps the sum exact.
    before += group.agents
    const upToHere = Math.round((before * agents) / team)
    const own = upToHere - given
    given = upToHere
    return { ...group, agents: own }
  })
  const { trunk } = scenario
  const shares = scenario.campaigns.map(
    ({ settings }, index) => index !== campaignIndex && settings.groups.some((name) => names.includes(name))
  )
  const more = (count: number): number => Math.ceil(count * growth)
  const campaigns = scenario.campaigns.map((campaign, index) =>
    shares[index]
      ? { ...campaign, list: { ...campaign.list, requestsPerHour: (campaign.list.requestsPerHour * agents) / team } }
      : campaign
  )
  return {
    ...withCampaign({ ...scenario, campaigns }, campaignIndex, ({ list, settings, ...rest }) => ({
      ...rest,
      list: { ...list, contacts: more(list.contacts) },
      settings: {
        ...settings,
        linesMax: more(settings.linesMax),
        callsPerSecondMax: settings.callsPerSecondMax * growth
      }
    })),
    groups,
    trunk: { ...trunk, linesMax: more(trunk.linesMax), callsPerSecondMax: trunk.callsPerSecondMax * growth }
  }
}

const rowOf = (agents: number, progressive: SettingResult, predictive: SettingResult): TeamRow => ({
  agents,
  progressive: progressive.estimates.occupancy,
  predictive: predictive.estimates.occupancy,
  difference: differenceOf(valuesOf(predictive.counts, "occupancy"), valuesOf(progressive.counts, "occupancy")),
  overLimit: predictive.overLimit
})

const wins = ({ difference }: TeamRow): boolean => difference.low > 0

/** Shifts of one team size: more when the question is still open after the first. */
const rehearse = (
  experiment: Experiment,
  agents: number,
  settings: readonly [progressive: Setting, predictive: Setting],
  effort: TeamEffort
): Effect.Effect<TeamRow, never, Workers> =>
  Effect.gen(function* () {
    const scenario = withTeam(experiment.scenario, experiment.campaignIndex, agents)
    const [progressive, predictive] = settings.map((setting) => {
      const label = `${agents} ${agents === 1 ? "agent" : "agents"}: ${setting.label}`
      return new Elsewhere(experiment, scenario, setting, label, teamKind)
    })
    for (let shifts = (effort.startsLarge ? effort.large : effort.usual)[0]; ;) {
      const [without, ahead] = [yield* progressive.upTo(shifts), yield* predictive.upTo(shifts)]
      const row = rowOf(agents, without, ahead)
      const isOpen = row.difference.low <= 0 && row.difference.high > 0
      const steps = areLarge(ahead.counts) ? effort.large : effort.usual
      const more = steps.find((step) => step > shifts && (isOpen || step === steps[0]))
      if (more === undefined) return row
      shifts = more
    }
  })

/**
 * Occupancy by team size, predictive against progressive on the same customers. The team as it is comes from shifts there
 * are already; of the other sizes, smaller ones are tried first, until several win in a row and the own size is reached.
 */
export const teamSizes = (
  experiment: Experiment,
  progressive: SettingResult,
  predictive: SettingResult,
  effort: TeamEffort
): Effect.Effect<{ readonly teams: ReadonlyArray<TeamRow>; readonly smallestTeam: number | null }, never, Workers> =>
  Effect.gen(function* () {
    const team = teamOf(experiment.scenario, experiment.campaignIndex)
    if (team === 0) return { teams: [], smallestTeam: null }
    const teams = [rowOf(team, inStepWith(predictive)(progressive), inStepWith(progressive)(predictive))]
    let inRow = 0
    for (const agents of sizes) {
      if (inRow >= winsEnough || (agents > team && teams.some(wins))) break
      if (agents === team) continue
      const row = yield* rehearse(experiment, agents, [progressive.setting, predictive.setting], effort)
      inRow = wins(row) ? inRow + 1 : 0
      teams.push(row)
    }
    teams.sort((a, b) => a.agents - b.agents)
    return { teams, smallestTeam: teams.find(wins)?.agents ?? null }
  })
