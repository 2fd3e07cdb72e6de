import { Effect } from "effect"
import type { LearnedFigures } from "../../dialler/learning/LearnedFigures.ts"
import type { CampaignSettings } from "../../domain/Campaign.ts"
import { forbidContacts } from "../../store/floor/doNotCallRows.ts"
import { contactCount } from "../../store/floor/contactRows.ts"
import type { OpenFloor } from "./openFloor.ts"
import type { CampaignOpening, Opening, WindowSettings } from "./WindowSettings.ts"

/** How the first window of a store begins: with the contacts that were put there before. */
export const openingFirst = (settings: WindowSettings) => openingOf(settings, () => null)

/**
 * How the window after another begins. What was switched while the floor worked stays: which campaigns ran and which
 * segments are off, and, where the settings are the same, modes and pacing. What the pacing has learnt of a campaign is what
 * it expects of it then. `agentOf`: who an agent of the window is in the next one, -1 for nobody.
 */
export const openingAfter = (
  settings: WindowSettings,
  { carried, core, window }: OpenFloor,
  isSame: boolean,
  agentOf: (agent: number) => number
) => {
  const before = window.settings as WindowSettings
  return openingOf(settings, (next) => {
    const { name } = next
    const index = before.dialler.campaigns.findIndex((campaign) => campaign.name === name)
    if (index < 0) return null
    const { learned, list, settings: own } = core.dialler.campaigns[index]
    return {
      learned: learnsAlike(own, next) ? forAgents(learned.figures, agentOf) : null,
      running: carried.running[index],
      segmentsOff: own.known.segments.filter((_, segment) => !list.isSegmentOn(segment)),
      changed: isSame ? carried.changed[index] : null
    }
  })
}

/** Whether what was learnt with some settings holds with others: the same things are counted, and the manager expects the same. */
const learnsAlike = (a: CampaignSettings, b: CampaignSettings): boolean => {
  const counted = ({ detection, expected, known: { segments }, ringMillisMax }: CampaignSettings): string =>
    JSON.stringify([detection, expected, segments, ringMillisMax])
  return counted(a) === counted(b)
}

const forAgents = (figures: LearnedFigures, agentOf: (agent: number) => number): LearnedFigures => ({
  ...figures,
  speeds: figures.speeds.map((each) => ({ ...each, agent: agentOf(each.agent) })).filter(({ agent }) => agent >= 0)
})

const openingOf = Effect.fnUntraced(function* (
  settings: WindowSettings,
  before: (next: CampaignSettings) => Pick<CampaignOpening, "running" | "segmentsOff" | "changed" | "learned"> | null
) {
  const campaigns: Array<CampaignOpening> = []
  for (const next of settings.dialler.campaigns) {
    const { known, name } = next
    yield* forbidContacts(name)
    const was = before(next)
    campaigns.push({
      name,
      contacts: yield* contactCount(name),
      running: was?.running ?? true,
      segmentsOff: (was?.segmentsOff ?? []).filter((segment) => known.segments.includes(segment)),
      changed: was?.changed ?? null,
      learned: was?.learned ?? null
    })
  }
  const opening: Opening = { campaigns }
  return opening
})
