import type { LookAheadSettings, PacingSettings } from "../src/domain/Pacing.ts"
import type { CampaignScenario, Scenario } from "../sim/Scenario.ts"
import { type PlainFloor, plainFloor } from "../test/oracles/plainFloor.ts"

const minute = 60_000

/** Contacts for one agent and day: more than anybody gets through, retries included. */
const contactsPerAgent = 1_000

export const lookAhead = (release: boolean): LookAheadSettings => ({
  kind: "look-ahead",
  abandonTarget: 0.025,
  release,
  priceStart: 0.02,
  gain: 0.1,
  guard: true
})

/** The ratio at which about 2 % of the people who answer are abandoned on `busyFloor` with 50 agents. */
export const fixedRatio: PacingSettings = { kind: "fixed-ratio", linesPerAgent: 3.5 }

interface BusyFloor extends Pick<PlainFloor, "agents" | "pacing" | "mode" | "seed"> {
  /** `null`: an endless list, on a shift that does not end. */
  readonly contacts?: number | null
  readonly detection?: boolean
  /** Whether 1 to 2 s pass before the far end rings. */
  readonly setUp?: boolean
}

/**
 * A working day of eight hours on a warm list: of 100 calls 30 reach a person, 20 a machine, 4 are busy, 6 invalid, the
 * others ring out after 22 s. Busy, unanswered and machine calls are tried again, with delays and maxima by outcome.
 */
export const busyFloor = (floor: BusyFloor): Scenario => {
  const endless = floor.contacts === null
  const plain = plainFloor({
    agents: floor.agents,
    pickup: 0.3,
    pacing: floor.pacing,
    mode: floor.mode ?? "predictive",
    seed: floor.seed ?? "bench",
    settings: {
      retry: {
        busy: { delayMillis: 10 * minute, attemptsMax: 3 },
        "no-answer": { delayMillis: 120 * minute, attemptsMax: 3 },
        machine: { delayMillis: 180 * minute, attemptsMax: 2 },
        abandoned: { delayMillis: 72 * 60 * minute, attemptsMax: 2 }
      },
      attemptsMax: 5,
      detection: floor.detection ?? false
    }
  })
  const [campaign] = plain.campaigns
  const [group] = plain.groups
  const people: CampaignScenario["people"] = {
    ...campaign.people,
    answerByAttempt: 0.85,
    otherwise: { machine: 20 / 70, busy: 4 / 70, rejected: 0, invalid: 6 / 70 },
    ring: {
      ...campaign.people.ring,
      machine: { kind: "lognormal", mean: 19, cv: 0.1 },
      busy: { kind: "constant", value: 2 },
      invalid: { kind: "constant", value: 1 }
    },
    patience: { kind: "exponential", mean: 15 },
    detection: { delay: { kind: "uniform", min: 0.6, max: 1.6 }, personAsMachine: 0.015, machineAsPerson: 0.1 }
  }
  const postDialDelay = { kind: "uniform", min: 1, max: 2 } as const
  return {
    ...plain,
    trunk: floor.setUp === true ? { ...plain.trunk, postDialDelay } : plain.trunk,
    groups: endless ? plain.groups : [{ ...group, shift: { ...group.shift, endSeconds: 8 * 3_600 } }],
    campaigns: [
      {
        ...campaign,
        list: { ...campaign.list, endless, contacts: floor.contacts ?? contactsPerAgent * floor.agents },
        people,
        agentWork: { ...campaign.agentWork, machine: { kind: "lognormal", mean: 8, cv: 0.3 } }
      }
    ]
  }
}
