import { Effect } from "effect"
import { forbidContacts } from "../../store/floor/doNotCallRows.ts"
import { contactCount } from "../../store/floor/contactRows.ts"
import type { OpenFloor } from "./openFloor.ts"
import type { CampaignOpening, Opening, WindowSettings } from "./WindowSettings.ts"

/** How the first window of a store begins: with the contacts that were put there before. */
export const openingFirst = (settings: WindowSettings) => openingOf(settings, () => null)

/**
 * How the window after another begins. What was switched while the floor worked stays: which campaigns ran and which
 * segments are off, and, where the settings are the same, modes and pacing.
 */
export const openingAfter = (settings: WindowSettings, { carried, core, window }: OpenFloor, isSame: boolean) => {
  const before = window.settings as WindowSettings
  return openingOf(settings, (name) => {
    const index = before.dialler.campaigns.findIndex((campaign) => campaign.name === name)
    if (index < 0) return null
    const { list, settings: own } = core.dialler.campaigns[index]
    return {
      running: carried.running[index],
      segmentsOff: own.known.segments.filter((_, segment) => !list.isSegmentOn(segment)),
      changed: isSame ? carried.changed[index] : null
    }
  })
}

const openingOf = Effect.fnUntraced(function* (
  settings: WindowSettings,
  before: (name: string) => Pick<CampaignOpening, "running" | "segmentsOff" | "changed"> | null
) {
  const campaigns: Array<CampaignOpening> = []
  for (const { known, name } of settings.dialler.campaigns) {
    yield* forbidContacts(name)
    const was = before(name)
    campaigns.push({
      name,
      contacts: yield* contactCount(name),
      running: was?.running ?? true,
      segmentsOff: (was?.segmentsOff ?? []).filter((segment) => known.segments.includes(segment)),
      changed: was?.changed ?? null
    })
  }
  const opening: Opening = { campaigns }
  return opening
})
