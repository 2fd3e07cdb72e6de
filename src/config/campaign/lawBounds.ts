import type { Rules } from "../../domain/compliance/Rules.ts"
import type { CampaignBlock } from "./Campaign.ts"
import { campaignDefaults as defaults } from "./defaults.ts"

type RulesFile = CampaignBlock["rules"]

/** The least strict values a campaign's own `rules` may have, in the units of the file; undefined where nothing rules. */
export interface LawBounds {
  readonly ringSecondsMin: number | undefined
  readonly ringSecondsMax: number | undefined
  readonly waitSecondsMax: number | undefined
  /** How long a person may hear nothing, when the dialler gives up on them at last. */
  readonly dropSeconds: number | undefined
  /** The lowest ceiling of a share of people; ratios of all attempts are no shares of answers. */
  readonly abandonLimit: number | undefined
  readonly abandonMessage: true | undefined
  /** The longest lock-out after an abandoned call. */
  readonly abandonedDelayMinutes: number | undefined
}

const least = (values: ReadonlyArray<number | null | undefined>): number | undefined => {
  const known = values.filter((value) => typeof value === "number")
  return known.length === 0 ? undefined : Math.min(...known)
}
const seconds = (millis: number | undefined): number | undefined => (millis === undefined ? undefined : millis / 1_000)

const shares: ReadonlySet<string> = new Set(["D_UK", "D_LIVE", "D_PER_CONNECT"])
const dayMinutes = 24 * 60

export const lawBounds = ({ abandon = [], connect, message, redial, ring }: Rules): LawBounds => {
  const waits = (connect?.waits ?? []).map(({ millisMax }) => millisMax)
  const lockOuts = (redial?.afterAbandon ?? []).map(({ n, unit }) => (unit === "hours" ? n * 60 : n * dayMinutes))
  return {
    ringSecondsMin: seconds(ring?.millisMin),
    ringSecondsMax: seconds(ring?.millisMax),
    waitSecondsMax: seconds(least(waits)),
    dropSeconds: seconds(least([...waits, message?.startMillisMax, connect?.clearAtMillis])),
    abandonLimit: least(abandon.filter((rule) => shares.has(rule.denominator)).map(({ ceiling }) => ceiling)),
    abandonMessage: message?.required === true ? true : undefined,
    abandonedDelayMinutes: lockOuts.length === 0 ? undefined : Math.max(...lockOuts)
  }
}

/** Nothing is bound where there is no law. */
export const unbound: LawBounds = lawBounds({})

/** The rules of a file with what they leave to the law, and without a law to our own defaults. */
export const resolvedRules = (rules: RulesFile, bounds: LawBounds) => {
  const { abandonLimit, ringSecondsMin, waitSecondsMax } = defaults.rules
  const wait = rules.waitSecondsMax ?? bounds.waitSecondsMax ?? waitSecondsMax
  return {
    ...rules,
    ringSecondsMin: rules.ringSecondsMin ?? bounds.ringSecondsMin ?? ringSecondsMin,
    waitSecondsMax: wait,
    dropSeconds: rules.dropSeconds ?? Math.min(wait, bounds.dropSeconds ?? wait),
    abandonLimit: rules.abandonLimit ?? bounds.abandonLimit ?? abandonLimit,
    retry: { ...rules.retry, abandoned: afterAbandon(rules.retry.abandoned, bounds) }
  }
}

const afterAbandon = (rule: RulesFile["retry"]["abandoned"], bounds: LawBounds) => {
  if (rule === "never") return rule
  const { attemptsMax, delayMinutes } = defaults.retry.abandoned
  return {
    attemptsMax: rule?.attemptsMax ?? attemptsMax,
    delayMinutes: rule?.delayMinutes ?? Math.max(delayMinutes, bounds.abandonedDelayMinutes ?? 0)
  }
}
