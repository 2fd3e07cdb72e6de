import { knowsNothing } from "../../../src/domain/Campaign.ts"
import { describe, expect, it } from "vitest"
import { scenarioJsonSchema } from "../../../sim/scenario/jsonSchema.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import type { SchemaNode } from "../../../src/yaml/jsonSchema.ts"
import { accepted, smallFile } from "./smallFile.ts"

const whole: Scenario = {
  name: "Small",
  description: "",
  seed: "1",
  day: { startMinutes: 540, lengthMillis: 28_800_000 },
  trunk: {
    linesMax: 1_000,
    callsPerSecondMax: 50,
    postDialDelay: { kind: "constant", value: 1.5 },
    congestionShare: 0
  },
  groups: [
    {
      name: "team",
      agents: 3,
      speedCv: 0,
      phone: {
        alwaysOn: true,
        answerDelay: { kind: "lognormal", mean: 3, cv: 0.4 },
        missShare: 0,
        missAfterSeconds: 20,
        refuseShare: 0
      },
      shift: { startSeconds: 0, endSeconds: 28_800, spreadSeconds: 0 },
      breaks: []
    }
  ],
  campaigns: [
    {
      settings: {
        name: "Calls",
        mode: "progressive",
        pacing: { kind: "one-per-agent" },
        groups: ["team"],
        priority: 0,
        ringMillisMax: 22_000,
        ringMillisMin: 15_000,
        waitMillisMax: 2_000,
        dropMillis: 2_000,
        abandonLimit: 0.03,
        abandonMessage: true,
        linesMax: 1_000,
        callsPerSecondMax: 50,
        previewMillisMax: 60_000,
        readingMillis: 0,
        wrapMillisMax: Infinity,
        detection: false,
        retry: {
          // The lock-out of house-strict, 120 hours.
          abandoned: { delayMillis: 432_000_000, attemptsMax: 2 },
          "hung-up-waiting": { delayMillis: 259_200_000, attemptsMax: 2 },
          machine: { delayMillis: 10_800_000, attemptsMax: 2 },
          busy: { delayMillis: 600_000, attemptsMax: 3 },
          "no-answer": { delayMillis: 7_200_000, attemptsMax: 3 },
          congestion: { delayMillis: 300_000, attemptsMax: 3 },
          cancelled: { delayMillis: 3_600_000, attemptsMax: 3 },
          interrupted: { delayMillis: 3_600_000, attemptsMax: 3 }
        },
        law: null,
        rules: null,
        goal: "exhausted",
        callerIds: null,
        queue: null,
        flow: null,
        known: knowsNothing,
        attemptsMax: 5,
        expected: { pickupRate: 0.25, ringMillis: 8_000, talkMillis: 120_000, wrapMillis: 15_000 }
      },
      modesAllowed: ["progressive"],
      list: { contacts: 100, endless: false, segments: [{ name: "all", share: 1, pickup: 1 }], requestsPerHour: 0 },
      people: {
        answerShare: 0.25,
        answerByAttempt: 1,
        answerByHour: Array.from({ length: 24 }, () => 1),
        unreachableShare: 0,
        reachabilitySpread: 0,
        otherwise: { machine: 0, busy: 0, rejected: 0, invalid: 0 },
        ring: {
          person: { kind: "normal", mean: 8, sd: 2, min: 1, max: 15 },
          machine: { kind: "normal", mean: 20, sd: 1.5, min: 12, max: 25 },
          busy: { kind: "uniform", min: 2, max: 4 },
          rejected: { kind: "uniform", min: 2, max: 8 },
          invalid: { kind: "uniform", min: 2, max: 4 },
          congestion: { kind: "constant", value: 1 },
          noAnswer: { kind: "constant", value: 60 }
        },
        dials: null,
        talk: { kind: "lognormal", mean: 120, cv: 1 },
        patience: null,
        detection: { delay: { kind: "uniform", min: 1, max: 3 }, personAsMachine: 0.02, machineAsPerson: 0.1 },
        script: {
          length: { kind: "constant", value: 30 },
          hangUpShare: 0,
          transferShare: 0,
          until: { kind: "constant", value: 10 }
        }
      },
      agentWork: {
        wrap: { kind: "lognormal", mean: 15, cv: 0.5 },
        preview: { kind: "lognormal", mean: 15, cv: 0.5 },
        skipShare: 0,
        noAnswerWrap: { kind: "constant", value: 5 },
        machine: { kind: "lognormal", mean: 8, cv: 0.3 }
      },
      changes: []
    }
  ]
}

/** Every field of a node that may be left out but does not say what it then is. */
const silentFields = (node: unknown, path: string): ReadonlyArray<string> => {
  if (typeof node !== "object" || node === null) return []
  const { properties = {}, required = [] } = node as SchemaNode
  const silent = Object.entries(properties)
    .filter(([name, each]) => !required.includes(name) && !("default" in each) && each["x-default"] === undefined)
    .map(([name]) => `${path}/${name}`)
  return [...silent, ...Object.entries(node).flatMap(([key, each]) => silentFields(each, `${path}/${key}`))]
}

describe("defaults of a scenario file", () => {
  it("fill a small file to a whole scenario, under the strict rules of the house", () => {
    const small = accepted(smallFile)
    const [{ settings, ...campaign }] = small.campaigns
    expect({ ...small, campaigns: [{ ...campaign, settings: { ...settings, law: null } }] }).toEqual(whole)
    expect(settings.law).toMatchObject({
      composed: { from: ["house-strict 2026-11-21"], overrides: [] },
      zone: "Europe/London",
      calendars: [],
      campaignCalendars: [],
      // Monday, 23 November 2026, 9 h in London.
      epochMillis: Date.UTC(2026, 10, 23, 9),
      callerIdFits: true,
      listsGoodUntil: 24 * 3_600_000,
      enforceCeilings: true
    })
    expect(settings.law?.tables.map(({ id }) => id)).toEqual(["Europe/London"])
  })
  it("are visible: every field that may be left out says what it then is", () => {
    expect(silentFields(scenarioJsonSchema(), "")).toEqual([])
  })
  it("and every field has a sentence", () => {
    const mute = (node: unknown): ReadonlyArray<string> =>
      typeof node !== "object" || node === null
        ? []
        : [
            ...Object.entries((node as SchemaNode).properties ?? {}).flatMap(([name, each]) =>
              each.description === undefined ? [name] : []
            ),
            ...Object.values(node).flatMap(mute)
          ]
    expect(mute(scenarioJsonSchema())).toEqual([])
  })
})
