import { campaignDefaults } from "../../src/config/campaign/defaults.ts"
import type { Distribution } from "./Distribution.ts"

/**
 * Every value a scenario file may leave out, in the units of the file. What is not here and not required follows from
 * other fields. A default never adds an effect that nobody asked for: people do not tire of being called, agents are
 * alike and the network refuses nothing unless the file says so.
 */
export const defaults = {
  ...campaignDefaults,
  description: "",
  seed: "1",
  /** A Monday without a holiday in any calendar. */
  day: { date: "2026-11-23", start: "09:00", lengthHours: 8 },
  trunk: { lines: 1_000, callsPerSecond: 50, postDialDelaySeconds: 1.5 as Distribution, congestionShare: 0 },
  group: { speedCv: 0 },
  phone: {
    alwaysOn: true,
    answerDelaySeconds: { kind: "lognormal", mean: 3, cv: 0.4 } as Distribution,
    missShare: 0,
    missAfterSeconds: 20,
    refuseShare: 0
  },
  shift: { spreadMinutes: 0 },
  break: { spreadMinutes: 0 },
  detection: {
    ...campaignDefaults.detection,
    delaySeconds: { kind: "uniform", min: 1, max: 3 } as Distribution,
    personAsMachineShare: 0.02,
    machineAsPersonShare: 0.1,
    heardShare: 0
  },
  list: {
    endless: false,
    requestsPerHour: 0,
    unknownZoneShare: 0,
    doNotCallShare: 0,
    repeatedNumberShare: 0,
    order: campaignDefaults.order
  },
  segment: { pickup: 1, on: true },
  bestHour: { pickup: 1 },
  outcomes: { machine: 0, busy: 0, rejected: 0, invalid: 0 },
  people: {
    answerByAttempt: 1,
    unreachableShare: 0,
    reachabilitySpread: 0,
    talkSeconds: { kind: "lognormal", mean: 120, cv: 1 } as Distribution,
    patienceSeconds: null
  },
  ring: {
    personSeconds: { kind: "normal", mean: 8, sd: 2, min: 1, max: 15 } as Distribution,
    machineSeconds: { kind: "normal", mean: 20, sd: 1.5, min: 12, max: 25 } as Distribution,
    busySeconds: { kind: "uniform", min: 2, max: 4 } as Distribution,
    rejectedSeconds: { kind: "uniform", min: 2, max: 8 } as Distribution,
    invalidSeconds: { kind: "uniform", min: 2, max: 4 } as Distribution,
    congestionSeconds: 1 as Distribution,
    noAnswerSeconds: 60 as Distribution
  },
  callers: { knownShare: 1, patienceSeconds: { kind: "exponential", mean: 120 } as Distribution },
  script: {
    lengthSeconds: 30 as Distribution,
    hangUpShare: 0,
    transferShare: 0,
    untilSeconds: 10 as Distribution
  },
  work: {
    wrapSeconds: { kind: "lognormal", mean: 15, cv: 0.5 } as Distribution,
    previewSeconds: { kind: "lognormal", mean: 15, cv: 0.5 } as Distribution,
    skipShare: 0,
    noAnswerWrapSeconds: 5 as Distribution,
    machineSeconds: { kind: "lognormal", mean: 8, cv: 0.3 } as Distribution
  }
} as const
