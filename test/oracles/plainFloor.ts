import { knowsNothing } from "../../src/domain/Campaign.ts"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import type { PacingSettings } from "../../src/domain/Pacing.ts"
import type { DistributionSpec } from "../../sim/random/distributions.ts"
import type { CampaignScenario, Scenario } from "../../sim/Scenario.ts"

export interface PlainFloor {
  readonly agents: number
  readonly pickup: number
  readonly pacing: PacingSettings
  readonly mode?: CampaignSettings["mode"]
  readonly talk?: DistributionSpec
  readonly wrap?: DistributionSpec
  readonly ring?: DistributionSpec
  readonly noAnswer?: DistributionSpec
  readonly ringSecondsMax?: number
  readonly waitSeconds?: number
  readonly linesMax?: number
  readonly hours?: number
  readonly seed?: string
  readonly settings?: Partial<CampaignSettings>
  readonly campaign?: Partial<Omit<CampaignScenario, "settings">>
}

const never: DistributionSpec = { kind: "constant", value: 3_600 }

/**
 * The model the reference figures were made with: a person answers with a fixed chance after a lognormal ring (mean 10 s,
 * cv 0.5, cut at 22 s), else nobody does; talk lognormal mean 120 s cv 1, wrap lognormal mean 20 s cv 0.5; wait limit 2 s;
 * like agents on one long shift, an endless list of contacts called once, no breaks, no machines.
 */
export const plainFloor = (floor: PlainFloor): Scenario => {
  const ringSecondsMax = floor.ringSecondsMax ?? 22
  const waitMillis = (floor.waitSeconds ?? 2) * 1_000
  const settings: CampaignSettings = {
    name: "plain",
    mode: floor.mode ?? "predictive",
    pacing: floor.pacing,
    groups: ["team"],
    priority: 0,
    ringMillisMax: ringSecondsMax * 1_000,
    ringMillisMin: 15_000,
    waitMillisMax: waitMillis,
    dropMillis: waitMillis,
    abandonLimit: 0.03,
    abandonMessage: false,
    linesMax: floor.linesMax ?? 1e9,
    callsPerSecondMax: Number.POSITIVE_INFINITY,
    previewMillisMax: 3_600_000,
    readingMillis: 0,
    wrapMillisMax: Number.POSITIVE_INFINITY,
    detection: false,
    retry: {},
    attemptsMax: 1,
    law: null,
    rules: null,
    goal: "exhausted",
    callerIds: null,
    queue: null,
    flow: null,
    known: knowsNothing,
    expected: { pickupRate: floor.pickup, ringMillis: 10_000, talkMillis: 120_000, wrapMillis: 20_000 },
    ...floor.settings
  }
  return {
    name: "plain floor",
    description: "",
    seed: floor.seed ?? "plain",
    day: { startMinutes: 0, lengthMillis: (floor.hours ?? 8) * 3_600_000 },
    trunk: {
      linesMax: 1e9,
      callsPerSecondMax: Number.POSITIVE_INFINITY,
      postDialDelay: { kind: "constant", value: 0 },
      congestionShare: 0
    },
    groups: [
      {
        name: "team",
        agents: floor.agents,
        speedCv: 0,
        phone: {
          alwaysOn: true,
          answerDelay: { kind: "constant", value: 0 },
          missShare: 0,
          missAfterSeconds: 20,
          refuseShare: 0
        },
        shift: { startSeconds: 0, endSeconds: Number.POSITIVE_INFINITY, spreadSeconds: 0 },
        breaks: []
      }
    ],
    campaigns: [
      {
        settings,
        modesAllowed: [settings.mode],
        list: { contacts: 4_096, endless: true, segments: [], requestsPerHour: 0 },
        people: {
          answerShare: floor.pickup,
          answerByAttempt: 1,
          answerByHour: new Array<number>(24).fill(1),
          unreachableShare: 0,
          reachabilitySpread: 0,
          otherwise: { machine: 0, busy: 0, rejected: 0, invalid: 0 },
          ring: {
            person: floor.ring ?? { kind: "lognormal", mean: 10, cv: 0.5, max: ringSecondsMax },
            machine: never,
            busy: never,
            rejected: never,
            invalid: never,
            congestion: never,
            noAnswer: floor.noAnswer ?? never
          },
          dials: null,
          talk: floor.talk ?? { kind: "lognormal", mean: 120, cv: 1 },
          patience: null,
          detection: { delay: { kind: "constant", value: 0 }, personAsMachine: 0, machineAsPerson: 0 },
          script: { length: never, hangUpShare: 0, transferShare: 0, until: never }
        },
        agentWork: {
          wrap: floor.wrap ?? { kind: "lognormal", mean: 20, cv: 0.5 },
          preview: { kind: "constant", value: 0 },
          skipShare: 0,
          noAnswerWrap: { kind: "constant", value: 0 },
          machine: { kind: "constant", value: 0 }
        },
        changes: [],
        ...floor.campaign
      }
    ]
  }
}
