import type { OutcomeName } from "../../domain/Outcome.ts"

/**
 * Every value the settings of a campaign may leave out, in the units of the file: the same in a scenario and on the live
 * floor. What is not here and not required follows from other fields.
 */
export const campaignDefaults = {
  campaign: { priority: 0 },
  /** Where nothing is said, the strict profile of the house holds, and everything about the caller is in order. */
  law: { profiles: ["house-strict"], zone: "Europe/London", listsLoadedDaysAgo: 0, enforceCeilings: true },
  callerId: { shown: true, valid: true, dialable: true, callbackAnswers: true, attestation: "A" },
  rules: {
    ringSecondsMax: 22,
    ringSecondsMin: 15,
    waitSecondsMax: 2,
    abandonLimit: 0.03,
    abandonMessage: true,
    previewSecondsMax: 60,
    readingSeconds: 0,
    wrapSecondsMax: null,
    attemptsMax: 5
  },
  /** Wait before the contact is called again, and how many attempts may end this way. */
  retry: {
    abandoned: { delayMinutes: 72 * 60, attemptsMax: 2 },
    "hung-up-waiting": { delayMinutes: 72 * 60, attemptsMax: 2 },
    machine: { delayMinutes: 3 * 60, attemptsMax: 2 },
    busy: { delayMinutes: 10, attemptsMax: 3 },
    "no-answer": { delayMinutes: 2 * 60, attemptsMax: 3 },
    rejected: "never",
    invalid: "never",
    congestion: { delayMinutes: 5, attemptsMax: 3 },
    cancelled: { delayMinutes: 60, attemptsMax: 3 },
    interrupted: { delayMinutes: 60, attemptsMax: 3 }
  } satisfies Partial<Record<OutcomeName, { delayMinutes: number; attemptsMax: number } | "never">>,
  /** A rule that is switched on for an outcome that has none. */
  retryRule: { delayMinutes: 24 * 60, attemptsMax: 2 },
  detection: { enabled: false },
  queue: { callersMax: 10, waitSecondsMax: 300 },
  order: "loaded",
  disposition: { success: false, rightParty: false, final: false, asksCallbackTime: false },
  pacing: {
    fixedRatio: { linesPerAgent: 1.5 },
    lookAhead: { abandonTarget: 0.025, release: false, priceStart: 0.02, gain: 0.1, guard: true },
    vicidial: {
      method: "average",
      level: 1,
      levelMax: 3,
      dropLimit: 0.03,
      availableOnly: false,
      intensityPercent: 0,
      differenceTarget: 0,
      taperEnd: "21:00"
    },
    unicom: { adjustPercent: 150, silentTarget: null }
  }
} as const
