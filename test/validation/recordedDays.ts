import type { ModeName } from "../../src/domain/Mode.ts"
import type { PacingSettings } from "../../src/domain/Pacing.ts"
import { Recorder } from "../../src/store/Recorder.ts"
import { runShift, type ShiftResult, wholeShift } from "../../sim/runShift.ts"
import type { CampaignScenario, Scenario } from "../../sim/Scenario.ts"
import { plainFloor } from "../oracles/plainFloor.ts"
import { lookAhead } from "./lookAheadFloor.ts"

const minute = 60_000

export const agentCount = 8
export const linesMax = 22
export const callsPerSecondMax = 4

/** Every way of dialling that serves people by agents. */
export const ways: ReadonlyArray<readonly [name: string, mode: ModeName, pacing: PacingSettings]> = [
  ["manual", "manual", { kind: "one-per-agent" }],
  ["preview", "preview", { kind: "one-per-agent" }],
  ["progressive", "progressive", { kind: "one-per-agent" }],
  ["fixed ratio", "predictive", { kind: "fixed-ratio", linesPerAgent: 2 }],
  ["pickup rate", "predictive", { kind: "pickup-rate", rate: 0.3 }],
  ["look-ahead", "predictive", lookAhead()],
  ["look-ahead with release", "predictive", lookAhead({ release: true, guard: true })],
  ["Predict1PI", "predictive", { kind: "unicom", adjust: 100, silentTarget: 0.025 }]
]

const detail = (mode: ModeName, everything: boolean, plain: CampaignScenario): Partial<CampaignScenario> => ({
  people: {
    ...plain.people,
    patience: { kind: "exponential", mean: 6 },
    otherwise: everything ? { machine: 0.3, busy: 0.1, rejected: 0.05, invalid: 0.05 } : plain.people.otherwise,
    ring: {
      ...plain.people.ring,
      machine: { kind: "uniform", min: 12, max: 20 },
      busy: { kind: "uniform", min: 1, max: 3 },
      rejected: { kind: "uniform", min: 2, max: 8 },
      invalid: { kind: "constant", value: 1 }
    },
    detection: { delay: { kind: "uniform", min: 0.5, max: 1.5 }, personAsMachine: 0.03, machineAsPerson: 0.1 }
  },
  agentWork: {
    ...plain.agentWork,
    preview: { kind: "lognormal", mean: 10, cv: 0.5 },
    machine: { kind: "uniform", min: 3, max: 8 },
    noAnswerWrap: { kind: "constant", value: mode === "manual" || mode === "preview" ? 4 : 0 }
  }
})

/**
 * Three hours that end by themselves: agents of different speed, breaks and staggered signing in and out, retries, limits
 * on lines and calls per second. With `everything`, also machines with detection, busies and failures; without, calls are
 * answered by people or not at all.
 */
export const day = (mode: ModeName, pacing: PacingSettings, everything: boolean): Scenario => {
  const plain = plainFloor({
    agents: agentCount,
    pickup: 0.3,
    mode,
    pacing,
    linesMax,
    hours: 3,
    seed: "identities",
    settings: {
      callsPerSecondMax,
      detection: everything,
      attemptsMax: 3,
      retry: {
        "no-answer": { delayMillis: 20 * minute, attemptsMax: 2 },
        busy: { delayMillis: 5 * minute, attemptsMax: 3 },
        machine: { delayMillis: 30 * minute, attemptsMax: 2 }
      }
    }
  })
  const [campaign] = plain.campaigns
  const [group] = plain.groups
  return {
    ...plain,
    groups: [
      {
        ...group,
        speedCv: 0.2,
        shift: { startSeconds: 0, endSeconds: 3 * 3_600, spreadSeconds: 600 },
        breaks: [{ atSeconds: 4_000, lengthSeconds: 600, spreadSeconds: 1_800 }]
      }
    ],
    campaigns: [{ ...campaign, ...detail(mode, everything, campaign) }]
  }
}

export const recorded = (scenario: Scenario, replication: number): { result: ShiftResult; recorder: Recorder } => {
  const recorder = new Recorder(scenario)
  return { result: runShift(scenario, { ...wholeShift, replication, recorder }), recorder }
}
