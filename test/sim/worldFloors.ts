import { knowsNothing } from "../../src/domain/Campaign.ts"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import type { AttemptRow } from "../../src/store/schema.ts"
import type { AgentGroup, AgentWork, CampaignScenario, People, Scenario, TrunkModel } from "../../sim/Scenario.ts"
import { Recorder } from "../../src/store/Recorder.ts"
import { runShift, type ShiftOptions, type ShiftResult, wholeShift } from "../../sim/runShift.ts"

const seconds = (value: number) => ({ kind: "constant", value }) as const
const hour = 3_600

/** People of whom a third answer; machines, busies and failures among the rest. */
export const people: People = {
  answerShare: 0.35,
  answerByAttempt: 0.9,
  answerByHour: new Array<number>(24).fill(1),
  unreachableShare: 0.05,
  reachabilitySpread: 0.5,
  otherwise: { machine: 0.25, busy: 0.15, rejected: 0.05, invalid: 0.05 },
  ring: {
    person: { kind: "lognormal", mean: 9, cv: 0.5, max: 24 },
    machine: { kind: "uniform", min: 12, max: 24 },
    busy: { kind: "uniform", min: 1, max: 4 },
    rejected: { kind: "uniform", min: 3, max: 15 },
    invalid: seconds(2),
    congestion: seconds(1),
    noAnswer: { kind: "uniform", min: 20, max: 60 }
  },
  dials: null,
  talk: { kind: "lognormal", mean: 90, cv: 0.9 },
  patience: null,
  detection: { delay: { kind: "uniform", min: 0.5, max: 3 }, personAsMachine: 0.04, machineAsPerson: 0.1 },
  script: { length: seconds(40), hangUpShare: 0.3, transferShare: 0.3, until: { kind: "uniform", min: 3, max: 20 } }
}
export const work: AgentWork = {
  wrap: { kind: "lognormal", mean: 15, cv: 0.6 },
  preview: { kind: "lognormal", mean: 12, cv: 0.5 },
  skipShare: 0.1,
  noAnswerWrap: seconds(4),
  machine: seconds(6)
}
export const trunk: TrunkModel = {
  linesMax: 200,
  callsPerSecondMax: Number.POSITIVE_INFINITY,
  postDialDelay: seconds(0),
  congestionShare: 0
}
const again = (minutes: number) => ({ delayMillis: minutes * 60_000, attemptsMax: 3 })
const settings: CampaignSettings = {
  name: "calls",
  mode: "predictive",
  pacing: { kind: "fixed-ratio", linesPerAgent: 1.5 },
  groups: ["team"],
  priority: 0,
  ringMillisMax: 25_000,
  ringMillisMin: 15_000,
  waitMillisMax: 2_000,
  dropMillis: 2_000,
  abandonLimit: 0.03,
  abandonMessage: true,
  linesMax: 200,
  callsPerSecondMax: Number.POSITIVE_INFINITY,
  previewMillisMax: 20_000,
  readingMillis: 0,
  wrapMillisMax: Number.POSITIVE_INFINITY,
  detection: false,
  retry: { busy: again(5), "no-answer": again(30), machine: again(20) },
  law: null,
  rules: null,
  goal: "exhausted",
  callerIds: null,
  queue: null,
  flow: null,
  known: knowsNothing,
  attemptsMax: 5,
  expected: { pickupRate: 0.3, ringMillis: 9_000, talkMillis: 90_000, wrapMillis: 15_000 }
}
export const group: AgentGroup = {
  name: "team",
  agents: 6,
  speedCv: 0,
  phone: { alwaysOn: true, answerDelay: seconds(1.5), missShare: 0, missAfterSeconds: 15, refuseShare: 0 },
  shift: { startSeconds: 0, endSeconds: 2 * hour, spreadSeconds: 0 },
  breaks: []
}
export const ringingPhone: AgentGroup["phone"] = {
  alwaysOn: false,
  answerDelay: { kind: "uniform", min: 0.5, max: 1.9 },
  missShare: 0.06,
  missAfterSeconds: 12,
  refuseShare: 0.03
}

export interface CampaignParts extends Partial<Omit<CampaignScenario, "settings" | "people" | "list" | "agentWork">> {
  readonly settings?: Partial<CampaignSettings>
  readonly people?: Partial<People>
  readonly work?: Partial<AgentWork>
  readonly list?: Partial<CampaignScenario["list"]>
}
export const campaignOf = (parts: CampaignParts = {}): CampaignScenario => ({
  settings: { ...settings, ...parts.settings },
  modesAllowed: [parts.settings?.mode ?? settings.mode],
  list: { contacts: 3_000, endless: false, segments: [], requestsPerHour: 0, ...parts.list },
  people: { ...people, ...parts.people },
  agentWork: { ...work, ...parts.work },
  changes: parts.changes ?? [],
  ...(parts.callers === undefined ? {} : { callers: parts.callers }),
  ...(parts.conduct === undefined ? {} : { conduct: parts.conduct })
})
export const scenarioOf = (parts: Partial<Scenario>, ...campaigns: ReadonlyArray<CampaignParts>): Scenario => ({
  name: "test",
  description: "",
  seed: "test",
  day: { startMinutes: 540, lengthMillis: 2 * hour * 1_000 },
  trunk,
  groups: [group],
  campaigns: (campaigns.length === 0 ? [{}] : campaigns).map(campaignOf),
  ...parts
})

export interface Recorded extends ShiftResult {
  readonly recorder: Recorder
}
/** One shift, recorded. */
export const record = (scenario: Scenario, options: Partial<ShiftOptions> = {}): Recorded => {
  const recorder = new Recorder(scenario)
  const result = runShift(scenario, { replication: 0, ...wholeShift, ...options, recorder })
  return { ...result, recorder }
}

/** The same person at the same attempt. */
export const keyOf = ({ attempt, campaign, contact }: AttemptRow): string => `${campaign}/${contact}/${attempt}`

const lines = { kind: "lines", linesMax: 15, callsPerSecondMax: 2 } as const
const onePerAgent = { kind: "one-per-agent" } as const
const lookAhead = {
  kind: "look-ahead",
  abandonTarget: 0.03,
  release: true,
  priceStart: 0.1,
  gain: 0.1,
  guard: true
} as const

/** Floors of every kind, odd ones among them. */
export const floors: Readonly<Record<string, Scenario>> = {
  "a plain predictive floor": scenarioOf({}),
  "look-ahead with releases": scenarioOf({}, { settings: { pacing: lookAhead } }),
  "no contacts": scenarioOf({}, { list: { contacts: 0 } }),
  "one contact": scenarioOf({}, { list: { contacts: 1 } }),
  "one agent": scenarioOf({ groups: [{ ...group, agents: 1 }] }),
  "one agent, progressive": scenarioOf(
    { groups: [{ ...group, agents: 1 }] },
    { settings: { mode: "progressive", pacing: onePerAgent } }
  ),
  "all lines busy": scenarioOf({ trunk: { ...trunk, linesMax: 3 } }),
  "one call a second": scenarioOf({ trunk: { ...trunk, callsPerSecondMax: 1 } }),
  "three lines for the campaign": scenarioOf({}, { settings: { linesMax: 3, callsPerSecondMax: 0.5 } }),
  "phones that ring": scenarioOf({ groups: [{ ...group, phone: ringingPhone }] }),
  "phones that ring, progressive": scenarioOf(
    { groups: [{ ...group, phone: ringingPhone }] },
    { settings: { mode: "progressive", pacing: onePerAgent } }
  ),
  "spread shifts with breaks": scenarioOf({
    groups: [
      {
        ...group,
        speedCv: 0.2,
        shift: { startSeconds: 0, endSeconds: 2 * hour, spreadSeconds: 1_200 },
        breaks: [
          { atSeconds: 1_800, lengthSeconds: 600, spreadSeconds: 1_200 },
          { atSeconds: 4_000, lengthSeconds: 300, spreadSeconds: 0 }
        ]
      }
    ]
  }),
  "shifts shorter than their spread": scenarioOf({
    groups: [{ ...group, shift: { startSeconds: 0, endSeconds: 600, spreadSeconds: 900 } }]
  }),
  "phones that ring, with breaks": scenarioOf({
    groups: [{ ...group, phone: ringingPhone, breaks: [{ atSeconds: 1_800, lengthSeconds: 600, spreadSeconds: 60 }] }]
  }),
  "detection with errors": scenarioOf({}, { settings: { detection: true } }),
  "detection with errors and long waits": scenarioOf({}, { settings: { detection: true, dropMillis: 6_000 } }),
  patience: scenarioOf(
    {},
    {
      people: { patience: { kind: "exponential", mean: 3 } },
      settings: { dropMillis: 20_000, pacing: { kind: "fixed-ratio", linesPerAgent: 3 } }
    }
  ),
  congestion: scenarioOf({ trunk: { ...trunk, congestionShare: 0.2 } }),
  "an endless list": scenarioOf({}, { list: { contacts: 10, endless: true }, settings: { attemptsMax: 1 } }),
  "delay after dialling": scenarioOf({
    trunk: { ...trunk, postDialDelay: { kind: "uniform", min: 1, max: 6 } }
  }),
  "a measured sample of dials": scenarioOf(
    {},
    { people: { dials: [8, 12, 30].map((ringSeconds) => ({ answered: ringSeconds < 20, ringSeconds })) } }
  ),
  manual: scenarioOf({}, { settings: { mode: "manual", pacing: onePerAgent }, list: { contacts: 100 } }),
  preview: scenarioOf({}, { settings: { mode: "preview", pacing: onePerAgent } }),
  "progressive with reading and limited wrap-up": scenarioOf(
    {},
    { settings: { mode: "progressive", pacing: onePerAgent, readingMillis: 5_000, wrapMillisMax: 10_000 } }
  ),
  "automatic without agents": scenarioOf({}, { settings: { mode: "automatic", pacing: lines, groups: [] } }),
  "automatic with transfers and patience": scenarioOf(
    { groups: [{ ...group, agents: 2 }] },
    {
      settings: { mode: "automatic", pacing: lines, dropMillis: 60_000 },
      people: { patience: { kind: "exponential", mean: 15 } }
    }
  ),
  callback: scenarioOf(
    {},
    { settings: { mode: "callback", pacing: onePerAgent }, list: { contacts: 20, requestsPerHour: 100 } }
  ),
  "everything at once": scenarioOf(
    {
      trunk: { ...trunk, linesMax: 12, callsPerSecondMax: 3, congestionShare: 0.03 },
      groups: [
        { ...group, agents: 5 },
        { ...group, name: "home", agents: 3, phone: ringingPhone, speedCv: 0.3 }
      ]
    },
    {
      settings: { name: "sales", groups: ["team", "home"], detection: true },
      people: { patience: { kind: "exponential", mean: 10 } },
      changes: [
        { atSeconds: 2_000, mode: "progressive", pacing: onePerAgent },
        { atSeconds: 4_000, mode: "preview", pacing: onePerAgent },
        { atSeconds: 5_000, mode: "predictive", pacing: lookAhead }
      ]
    },
    {
      settings: { name: "back", mode: "callback", pacing: onePerAgent, groups: ["team"] },
      list: { contacts: 0, requestsPerHour: 40 }
    },
    { settings: { name: "robot", mode: "automatic", pacing: lines, groups: ["home"] } }
  )
}
