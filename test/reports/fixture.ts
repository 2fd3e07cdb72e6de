import { knowsNothing } from "../../src/domain/Campaign.ts"
import type { Chance, Estimate, Result, Setting, SettingResult } from "../../sim/experiments/Result.ts"
import type { CampaignScenario, Scenario } from "../../sim/Scenario.ts"
import { meanInterval } from "../../sim/statistics/interval.ts"
import { wilson } from "../../sim/statistics/proportion.ts"
import { AgentState } from "../../src/domain/AgentState.ts"
import { type Counts, emptyCounts } from "../../src/domain/Counts.ts"
import { type MeasureKey, measures } from "../../src/domain/measures.ts"
import { Outcome } from "../../src/domain/Outcome.ts"
import { madeUp } from "./madeUp.ts"
import { recordedDay } from "./recordedDay.ts"

/** Made-up but plausible results, the same at every call. */
const hour = 3_600_000
const limit = 0.03
export const agents = 25
const dayHours = 8

const bell = (next: () => number): number => next() + next() + next() + next() - 2

const fill = (bins: Float64Array, total: number, meanBins: number): void => {
  for (let i = 0; i < bins.length; i += 1)
    bins[i] += Math.round(total * (Math.exp(-i / meanBins) - Math.exp(-(i + 1) / meanBins)))
}

/** Counts of one shift with about this occupancy and abandon rate. */
const shift = (occupancy: number, abandonRate: number, next: () => number): Counts => {
  const counts = emptyCounts()
  const working = agents * 7.25 * hour
  const busy = Math.min(0.985, Math.max(0.02, occupancy + 0.012 * bell(next)))
  const connected = Math.round((working * busy) / 258_000)
  const abandoned =
    abandonRate === 0
      ? 0
      : Math.max(0, Math.round((connected * abandonRate * (1 + 0.25 * bell(next))) / (1 - abandonRate)))
  const live = connected + abandoned
  counts.outcomes[Outcome.connected] = connected
  counts.outcomes[Outcome.abandoned] = abandoned
  counts.outcomes[Outcome.hungUpWaiting] = Math.round(abandoned * 0.1)
  counts.outcomes[Outcome.machine] = Math.round(live * 0.66)
  counts.outcomes[Outcome.noAnswer] = Math.round(live * 1.4)
  counts.outcomes[Outcome.busy] = Math.round(live * 0.14)
  counts.outcomes[Outcome.invalid] = Math.round(live * 0.12)
  counts.stateMillis[AgentState.talk] = working * busy * 0.89
  counts.stateMillis[AgentState.wrap] = working * busy * 0.11
  counts.stateMillis[AgentState.ready] = working * (1 - busy)
  counts.stateMillis[AgentState.paused] = agents * 0.75 * hour
  counts.talkMillis = counts.stateMillis[AgentState.talk]
  counts.wrapMillis = counts.stateMillis[AgentState.wrap]
  counts.late = Math.round(abandoned * 0.04)
  counts.silent = 0
  const waitSeconds = (working * (1 - busy)) / connected / 1_000
  fill(counts.idleWaits, connected, waitSeconds)
  counts.idleWaitMillis = working * (1 - busy)
  counts.idleWaitMillisMax = 9_000 * waitSeconds
  counts.answerWaits[0] = Math.round(connected * (1 - 3 * abandonRate))
  fill(counts.answerWaits, connected - counts.answerWaits[0], 6)
  counts.contactsLoaded = 20_000
  counts.contactsAttempted = Math.min(20_000, Math.round(live * 2.1))
  counts.contactsReached = Math.round(connected * 0.98)
  counts.contactsClosed = Math.round(connected * 1.2)
  return counts
}

const estimate = (values: ReadonlyArray<number>): Estimate => {
  const known = values.filter(Number.isFinite)
  const { mean, low, high } = meanInterval(known, 0.95)
  return {
    mean,
    low: Number.isFinite(low) ? low : Number.NaN,
    high: Number.isFinite(high) ? high : Number.NaN,
    n: known.length
  }
}

const chanceOf = (successes: number, n: number): Chance => {
  const { estimate: share, low, high } = wilson(successes, n, 0.95)
  return { successes, n, share, low, high }
}

/** A setting with its results over `replications` shifts. */
export const settingResult = (setting: Setting, counts: ReadonlyArray<Counts>): SettingResult => {
  const estimates = Object.fromEntries(
    Object.entries(measures).map(([key, { of }]) => [key, estimate(counts.map((one) => of(one)))])
  ) as Record<MeasureKey, Estimate>
  return {
    setting,
    replications: counts.length,
    counts,
    estimates,
    overLimit: chanceOf(counts.filter((one) => measures.abandonRate.of(one) > limit).length, counts.length),
    bounds: [
      { reason: "abandon target", share: 0.71 },
      { reason: "trunk lines", share: 0.06 },
      { reason: "calls per second", share: 0.02 },
      { reason: "nobody to call now", share: 0.21 }
    ]
  }
}

const lookAhead = (target: number): Setting => ({
  key: `predictive/look-ahead/${target}`,
  label: `look-ahead, ${(100 * target).toFixed(1)} %`,
  mode: "predictive",
  pacing: { kind: "look-ahead", abandonTarget: target, release: false, priceStart: 0.1, gain: 0.07, guard: true },
  knob: target,
  knobLabel: "Abandon target"
})
const pickup = (rate: number): Setting => ({
  key: `predictive/pickup-rate/${rate}`,
  label: `pickup rate, ${(100 * rate).toFixed(0)} %`,
  mode: "predictive",
  pacing: { kind: "pickup-rate", rate },
  knob: rate,
  knobLabel: "Expected pickup rate"
})
const ratio = (linesPerAgent: number): Setting => ({
  key: `predictive/fixed-ratio/${linesPerAgent}`,
  label: `fixed ratio, ${linesPerAgent.toFixed(1)}`,
  mode: "predictive",
  pacing: { kind: "fixed-ratio", linesPerAgent },
  knob: linesPerAgent,
  knobLabel: "Lines per waiting agent"
})
const vicidial = (dropLimit: number): Setting => ({
  key: `predictive/vicidial/average/${dropLimit}`,
  label: `VICIdial average, ${(100 * dropLimit).toFixed(0)} %`,
  mode: "predictive",
  pacing: {
    kind: "vicidial",
    method: "average",
    level: 1,
    levelMax: 3,
    dropLimit,
    availableOnly: false,
    intensity: 0,
    differenceTarget: 0,
    taperEnd: 2100
  },
  knob: dropLimit,
  knobLabel: "Drop limit"
})
const plain = (mode: "manual" | "preview" | "progressive"): Setting => ({
  key: mode,
  label: mode,
  mode,
  pacing: { kind: "one-per-agent" },
  knob: null,
  knobLabel: null
})

const run = (setting: Setting, occupancy: number, abandonRate: number, replications: number): SettingResult => {
  const next = madeUp(1_234_567 + Math.round(1e6 * (occupancy + abandonRate)))
  return settingResult(
    setting,
    Array.from({ length: replications }, () => shift(occupancy, abandonRate, next))
  )
}

const settings = (replications: number): ReadonlyArray<SettingResult> => [
  run(plain("manual"), 0.47, 0, replications),
  run(plain("preview"), 0.55, 0, replications),
  run(plain("progressive"), 0.682, 0, replications),
  ...[0.005, 0.01, 0.015, 0.02, 0.025, 0.03].map((target) =>
    run(lookAhead(target), 0.775 + 0.155 * (1 - Math.exp(-target / 0.012)) * 0.75, target * 0.97, replications)
  ),
  ...[0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.8].map((rate) =>
    run(pickup(rate), 0.97 - 0.34 * rate + 0.03, 0.16 * Math.exp(-8.4 * (rate - 0.3)), replications)
  ),
  ...[1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3].map((lines) =>
    run(
      ratio(lines),
      0.68 + 0.27 * (1 - Math.exp(-(lines - 1) / 0.8)),
      0.016 * (lines - 1) + 0.045 * (lines - 1) ** 2,
      replications
    )
  ),
  ...[0.01, 0.02, 0.03, 0.05].map((drop) => run(vicidial(drop), 0.72 + 2.2 * drop, 0.006 + 1.25 * drop, replications))
]

export const campaign: CampaignScenario = {
  settings: {
    name: "Spring renewals",
    mode: "predictive",
    pacing: { kind: "look-ahead", abandonTarget: 0.025, release: false, priceStart: 0.1, gain: 0.07, guard: true },
    groups: ["Telesales"],
    priority: 0,
    ringMillisMax: 18_000,
    ringMillisMin: 15_000,
    waitMillisMax: 2_000,
    dropMillis: 2_000,
    abandonLimit: limit,
    abandonMessage: true,
    linesMax: 60,
    callsPerSecondMax: 5,
    previewMillisMax: 30_000,
    readingMillis: 0,
    wrapMillisMax: Number.POSITIVE_INFINITY,
    detection: false,
    retry: { busy: { delayMillis: 900_000, attemptsMax: 4 }, "no-answer": { delayMillis: 2 * hour, attemptsMax: 3 } },
    law: null,
    rules: null,
    goal: "exhausted",
    callerIds: null,
    queue: null,
    flow: null,
    known: knowsNothing,
    attemptsMax: 6,
    expected: { pickupRate: 0.3, ringMillis: 9_000, talkMillis: 230_000, wrapMillis: 28_000 }
  },
  modesAllowed: ["manual", "preview", "progressive", "predictive"],
  list: { contacts: 20_000, endless: false, segments: [{ name: "all", share: 1, pickup: 1 }], requestsPerHour: 0 },
  people: {
    answerShare: 0.3,
    answerByAttempt: 0.9,
    answerByHour: Array.from({ length: 24 }, () => 1),
    unreachableShare: 0.05,
    reachabilitySpread: 0,
    otherwise: { machine: 0.29, busy: 0.06, rejected: 0.01, invalid: 0.05 },
    ring: {
      person: { kind: "normal", mean: 8, sd: 2, min: 1, max: 15 },
      machine: { kind: "normal", mean: 20, sd: 1.5, min: 12, max: 25 },
      busy: { kind: "uniform", min: 2, max: 4 },
      rejected: { kind: "uniform", min: 3, max: 8 },
      invalid: { kind: "uniform", min: 2, max: 4 },
      congestion: { kind: "constant", value: 2 },
      noAnswer: { kind: "constant", value: 60 }
    },
    dials: null,
    talk: { kind: "lognormalLog", mu: 5.163, sigma: 0.933 },
    patience: null,
    detection: { delay: { kind: "constant", value: 2 }, personAsMachine: 0.05, machineAsPerson: 0.1 },
    script: {
      length: { kind: "constant", value: 30 },
      hangUpShare: 0.3,
      transferShare: 0.1,
      until: { kind: "uniform", min: 2, max: 20 }
    }
  },
  agentWork: {
    wrap: { kind: "lognormal", mean: 28, cv: 0.6 },
    preview: { kind: "lognormal", mean: 15, cv: 0.5 },
    skipShare: 0.05,
    noAnswerWrap: { kind: "constant", value: 4 },
    machine: { kind: "constant", value: 8 }
  },
  changes: []
}

export const scenario: Scenario = {
  name: "Bank telesales, 25 agents",
  description: "One shift of outbound telesales to an own customer list, landlines and mobiles mixed.",
  seed: "42",
  day: { startMinutes: 540, lengthMillis: dayHours * hour },
  trunk: {
    linesMax: 60,
    callsPerSecondMax: 5,
    postDialDelay: { kind: "constant", value: 1.5 },
    congestionShare: 0.005
  },
  groups: [
    {
      name: "Telesales",
      agents,
      speedCv: 0.1,
      phone: {
        alwaysOn: true,
        answerDelay: { kind: "constant", value: 2 },
        missShare: 0,
        missAfterSeconds: 20,
        refuseShare: 0
      },
      shift: { startSeconds: 0, endSeconds: dayHours * 3_600, spreadSeconds: 300 },
      breaks: [{ atSeconds: 12_600, lengthSeconds: 2_700, spreadSeconds: 3_600 }]
    }
  ],
  campaigns: [campaign]
}

const difference = (mean: number, halfWidth: number, n: number): Estimate => ({
  mean,
  low: mean - halfWidth,
  high: mean + halfWidth,
  n
})

/** A complete tuning run. */
export const tuned = (): Result => {
  const replications = 20
  const all = settings(replications)
  const key = "predictive/look-ahead/0.025"
  const main = all.find(({ setting }) => setting.key === key)!
  const around = (value: number, halfWidth: number) => difference(value, halfWidth, replications)
  return {
    kind: "tune",
    version: "0.1.0",
    scenario,
    scenarioText:
      'name: Bank telesales, 25 agents\nday: { start: "09:00", hours: 8 }\ngroups:\n  - name: Telesales\n    agents: 25\n',
    seed: "42",
    campaign: "Spring renewals",
    settings: all,
    recommendation: {
      settingKey: key,
      sentences: [
        "Launch predictive with look-ahead pacing at an abandon target of 2.5 %.",
        "Expect agents to be occupied 87.7 % of their time, against 68.2 % with progressive dialling: about 47 minutes of talk an hour instead of 36.",
        "2.3 % of the people who answer will be abandoned, under the limit of 3 %; none of 20 simulated shifts ended above it.",
        "Fixed ratio reaches the same abandon rate at 1.6 lines per agent, but is then 2.1 points less occupied and drifts when the answer rate changes."
      ],
      safer: [0.02, 0.015, 0.01].map((target, i) => ({
        settingKey: `predictive/look-ahead/${target}`,
        occupancyLost: around(0.006 + 0.009 * i, 0.003)
      })),
      confidence: 0.95
    },
    sensitivity: [-0.1, -0.05, 0, 0.05, 0.1].map((answerShift) => ({
      label:
        answerShift === 0 ? "as assumed" : `${answerShift > 0 ? "+" : "−"}${Math.abs(100 * answerShift)} points answer`,
      answerShift,
      occupancy: around(main.estimates.occupancy.mean + 0.25 * answerShift, 0.006),
      abandonRate: around(main.estimates.abandonRate.mean + 0.04 * answerShift, 0.0018),
      overLimit: chanceOf(answerShift > 0 ? 4 : 0, replications)
    })),
    teams: [3, 5, 8, 12, 18, 25, 40].map((size) => {
      const progressive = around(0.67 + 0.003 * Math.log(size), 0.03 / Math.sqrt(size))
      const gain = around(0.215 * (1 - Math.exp(-size / 9)) - 0.02, 0.1 / size)
      return {
        agents: size,
        progressive,
        predictive: around(progressive.mean + gain.mean, 0.04 / Math.sqrt(size)),
        difference: gain,
        overLimit: chanceOf(Math.round(40 / size), replications)
      }
    }),
    smallestTeam: 5,
    recordedKey: key,
    finished: true
  }
}

/** One setting, one replication, no recommendation: the smallest run there is. */
export const simulated = (): Result => {
  const [only] = settings(1).filter(({ setting }) => setting.mode === "progressive")
  return {
    ...tuned(),
    kind: "simulate",
    settings: [only],
    recommendation: null,
    sensitivity: [],
    teams: [],
    smallestTeam: null,
    recordedKey: only.setting.key
  }
}

/** Automatic mode: a script answers, there are no agents. */
export const agentless = (): Result => {
  const counts = emptyCounts()
  counts.outcomes[Outcome.scripted] = 900
  counts.outcomes[Outcome.machine] = 700
  counts.outcomes[Outcome.noAnswer] = 1_200
  counts.contactsLoaded = 3_000
  counts.contactsAttempted = 2_800
  const setting: Setting = {
    key: "automatic/lines/30",
    label: "automatic, 30 lines",
    mode: "automatic",
    pacing: { kind: "lines", linesMax: 30, callsPerSecondMax: 2 },
    knob: null,
    knobLabel: null
  }
  const automatic: CampaignScenario = {
    ...campaign,
    settings: { ...campaign.settings, mode: "automatic", pacing: setting.pacing, groups: [] }
  }
  return {
    ...simulated(),
    scenario: { ...scenario, groups: [], campaigns: [automatic] },
    settings: [{ ...settingResult(setting, [counts]), bounds: [] }],
    recordedKey: setting.key
  }
}

/** Automatic dialling with agents for those who ask: tuned over three numbers of lines. */
export const transferred = (): Result => {
  const next = madeUp(77)
  const all = [5, 10, 20].map((lines, i) => {
    const setting: Setting = {
      key: `automatic/lines/${lines}`,
      label: `automatic, ${lines} lines`,
      mode: "automatic",
      pacing: { kind: "lines", linesMax: lines, callsPerSecondMax: 2 },
      knob: lines,
      knobLabel: "Lines"
    }
    const counts = Array.from({ length: 12 }, () => {
      const one = shift(0.15 + 0.1 * i, 0, next)
      one.outcomes[Outcome.scripted] = 400 * lines
      return one
    })
    return { ...settingResult(setting, counts), transfersLost: difference([0.004, 0.021, 0.12][i], 0.003, 12) }
  })
  const { pacing } = all[1].setting
  const automatic: CampaignScenario = { ...campaign, settings: { ...campaign.settings, mode: "automatic", pacing } }
  const tuning = tuned()
  return {
    ...tuning,
    scenario: { ...scenario, campaigns: [automatic] },
    settings: all,
    recommendation: { settingKey: all[1].setting.key, sentences: ["Launch."], safer: [], confidence: 0.95 },
    sensitivity: tuning.sensitivity.map((row) => ({ ...row, transfersLost: difference(0.02, 0.002, 12) })),
    teams: [],
    smallestTeam: null,
    recordedKey: all[1].setting.key
  }
}

export const day = recordedDay(scenario, "Spring renewals")
