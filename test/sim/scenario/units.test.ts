import { describe, expect, it } from "@effect/vitest"
import { Schema } from "effect"
import { accepted, changed, smallFile } from "./smallFile.ts"
import type { Scenario } from "../../../sim/Scenario.ts"

type Row = readonly [field: string, text: string, of: (scenario: Scenario) => unknown, decoded: unknown]
const group = (line: string) => changed("agents: 3", `agents: 3\n    ${line}`)
const campaign = (line: string) => changed("mode: progressive", `mode: progressive\n    ${line}`)
/** Without profiles that bind the values. */
const free = (line: string) => campaign(`law: none\n    ${line}`)
const predictive = (line: string) => changed("mode: progressive", `mode: predictive\n    ${line}`)
const people = (line: string) => changed("people: {", `people: { ${line},`)
const settings = (scenario: Scenario) => scenario.campaigns[0].settings
const inGroup = (scenario: Scenario) => scenario.groups[0]
const inPeople = (scenario: Scenario) => scenario.campaigns[0].people

const rows: ReadonlyArray<Row> = [
  ["seed: 7", `seed: 7\n${smallFile}`, (s) => s.seed, "7"],
  ["day.start 08:30", `day: { start: 08:30 }\n${smallFile}`, (s) => s.day.startMinutes, 510],
  ["day.lengthHours 7.5", `day: { lengthHours: 7.5 }\n${smallFile}`, (s) => s.day.lengthMillis, 27_000_000],
  ["trunk.lines", `trunk: { lines: 40 }\n${smallFile}`, (s) => [s.trunk.linesMax, settings(s).linesMax], [40, 40]],
  ["trunk.callsPerSecond", `trunk: { callsPerSecond: 2.5 }\n${smallFile}`, (s) => settings(s).callsPerSecondMax, 2.5],
  [
    "trunk.postDialDelaySeconds 2",
    `trunk: { postDialDelaySeconds: 2 }\n${smallFile}`,
    (s) => s.trunk.postDialDelay,
    { kind: "constant", value: 2 }
  ],
  [
    "shift by the clock",
    group('shift: { start: "10:15", end: "16:45", spreadMinutes: 7.5 }'),
    (s) => inGroup(s).shift,
    { startSeconds: 4_500, endSeconds: 27_900, spreadSeconds: 450 }
  ],
  [
    "breaks by the clock",
    group('breaks: [{ at: "12:30", lengthMinutes: 30, spreadMinutes: 0.1 }]'),
    (s) => inGroup(s).breaks,
    [{ atSeconds: 12_600, lengthSeconds: 1_800, spreadSeconds: 6 }]
  ],
  [
    "a night past midnight",
    `day: { start: "20:00" }\n${group('shift: { start: "22:00", end: "04:00" }\n    breaks: [{ at: "00:30", lengthMinutes: 30 }]')}`,
    (s) => [inGroup(s).shift.startSeconds, inGroup(s).shift.endSeconds, inGroup(s).breaks[0].atSeconds],
    [7_200, 28_800, 16_200]
  ],
  [
    "a whole day",
    `day: { start: "06:00", lengthHours: 24 }\n${group('shift: { end: "06:00" }')}`,
    (s) => inGroup(s).shift.endSeconds,
    86_400
  ],
  ["ringSecondsMax 22.3", campaign("rules: { ringSecondsMax: 22.3 }"), (s) => settings(s).ringMillisMax, 22_300],
  ["ringSecondsMin 15", campaign("rules: { ringSecondsMin: 15 }"), (s) => settings(s).ringMillisMin, 15_000],
  ["waitSecondsMax 1.005", campaign("rules: { waitSecondsMax: 1.005 }"), (s) => settings(s).waitMillisMax, 1_005],
  ["dropSeconds follows the wait", free("rules: { waitSecondsMax: 3 }"), (s) => settings(s).dropMillis, 3_000],
  ["dropSeconds 5", free("rules: { dropSeconds: 5 }"), (s) => settings(s).dropMillis, 5_000],
  ["wrapSecondsMax null", campaign("rules: { wrapSecondsMax: null }"), (s) => settings(s).wrapMillisMax, Infinity],
  ["wrapSecondsMax 40", campaign("rules: { wrapSecondsMax: 40 }"), (s) => settings(s).wrapMillisMax, 40_000],
  ["previewSecondsMax 30", campaign("rules: { previewSecondsMax: 30 }"), (s) => settings(s).previewMillisMax, 30_000],
  ["readingSeconds 8", campaign("rules: { readingSeconds: 8 }"), (s) => settings(s).readingMillis, 8_000],
  [
    "a retry rule in minutes",
    campaign("rules: { retry: { busy: { delayMinutes: 7, attemptsMax: 4 } } }"),
    (s) => settings(s).retry.busy,
    { delayMillis: 420_000, attemptsMax: 4 }
  ],
  [
    "half a retry rule keeps the other default",
    campaign("rules: { retry: { busy: { delayMinutes: 7 } } }"),
    (s) => settings(s).retry.busy,
    { delayMillis: 420_000, attemptsMax: 3 }
  ],
  [
    "an outcome never tried again",
    campaign("rules: { retry: { busy: never } }"),
    (s) => "busy" in settings(s).retry,
    false
  ],
  [
    "expected.talkSeconds 90.5",
    campaign("expected: { talkSeconds: 90.5 }"),
    (s) => settings(s).expected.talkMillis,
    90_500
  ],
  [
    "a change by the clock, with its first pacing",
    campaign('changes: [{ at: "13:00", mode: predictive }, { at: "14:00", pacing: pickup-rate }]'),
    (s) => s.campaigns[0].changes.map(({ atSeconds, mode, pacing }) => [atSeconds, mode, pacing.kind]),
    [
      [14_400, "predictive", "look-ahead"],
      [18_000, "predictive", "pickup-rate"]
    ]
  ],
  [
    "outcomes of all calls become shares of the calls without a person",
    changed("person: 0.25", "person: 0.25, machine: 0.30, busy: 0.15, rejected: 0.0375, invalid: 0.075"),
    (s) => [inPeople(s).answerShare, inPeople(s).otherwise],
    [0.25, { machine: 0.4, busy: 0.2, rejected: 0.05, invalid: 0.1 }]
  ],
  [
    "a list where everybody answers",
    changed("person: 0.25", "person: 1"),
    (s) => inPeople(s).otherwise,
    { machine: 0, busy: 0, rejected: 0, invalid: 0 }
  ],
  [
    "answerByHour by hour",
    people("answerByHour: { 8: 0.5, 23: 2 }"),
    (s) => [7, 8, 9, 22, 23].map((hour) => inPeople(s).answerByHour[hour]),
    [1, 0.5, 1, 1, 2]
  ],
  [
    "measured dials",
    changed("outcomes: { person: 0.25 }", "dials: { answeredSeconds: [9], unansweredSeconds: [16, 2, 16] }"),
    (s) => [inPeople(s).answerShare, inPeople(s).dials],
    [
      0.25,
      [
        { answered: true, ringSeconds: 9 },
        { answered: false, ringSeconds: 16 },
        { answered: false, ringSeconds: 2 },
        { answered: false, ringSeconds: 16 }
      ]
    ]
  ],
  ["a number as a law", people("talkSeconds: 90"), (s) => inPeople(s).talk, { kind: "constant", value: 90 }],
  [
    "a list as a law",
    people("talkSeconds: [5, 20.5]"),
    (s) => inPeople(s).talk,
    { kind: "empirical", values: [5, 20.5] }
  ],
  [
    "a normal law is cut at 0",
    people("talkSeconds: { kind: normal, mean: 8, sd: 2 }"),
    (s) => inPeople(s).talk,
    { kind: "normal", mean: 8, sd: 2, min: 0 }
  ],
  [
    "bands",
    people("talkSeconds: { kind: bands, bands: [{ share: 0.25, mean: 30 }, { share: 0.75, mean: 600, cv: 0.5 }] }"),
    (s) => inPeople(s).talk,
    {
      kind: "mixture",
      parts: [
        { share: 0.25, of: { kind: "constant", value: 30 } },
        { share: 0.75, of: { kind: "lognormal", mean: 600, cv: 0.5 } }
      ]
    }
  ],
  [
    "a mixture of short forms",
    people("talkSeconds: { kind: mixture, parts: [{ share: 0.5, of: 30 }, { share: 0.5, of: [1, 2] }] }"),
    (s) => inPeople(s).talk,
    {
      kind: "mixture",
      parts: [
        { share: 0.5, of: { kind: "constant", value: 30 } },
        { share: 0.5, of: { kind: "empirical", values: [1, 2] } }
      ]
    }
  ],
  ["endless patience", people("patienceSeconds: null"), (s) => inPeople(s).patience, null],
  [
    "a power ratio",
    predictive("pacing: { kind: fixed-ratio, linesPerAgent: 2 }"),
    (s) => settings(s).pacing,
    { kind: "fixed-ratio", linesPerAgent: 2 }
  ],
  [
    "a pick-up rate from the people",
    predictive("pacing: pickup-rate"),
    (s) => settings(s).pacing,
    { kind: "pickup-rate", rate: 0.25 }
  ],
  [
    "a pick-up rate from a wrong estimate",
    predictive("pacing: pickup-rate\n    expected: { pickupRate: 0.4 }"),
    (s) => settings(s).pacing,
    { kind: "pickup-rate", rate: 0.4 }
  ],
  [
    "VICIdial",
    predictive('pacing: { kind: vicidial, method: tapered, taperEnd: "17:30", intensityPercent: -10 }'),
    (s) => settings(s).pacing,
    {
      kind: "vicidial",
      method: "tapered",
      level: 1,
      levelMax: 3,
      dropLimit: 0.03,
      availableOnly: false,
      intensity: -10,
      differenceTarget: 0,
      taperEnd: 1_730
    }
  ],
  [
    "UNICOM",
    predictive("pacing: { kind: unicom, silentTarget: 0.03 }"),
    (s) => settings(s).pacing,
    { kind: "unicom", adjust: 150, silentTarget: 0.03 }
  ],
  [
    "lines of automatic mode follow the rules",
    smallFile
      .replace("mode: progressive", "mode: automatic\n    rules: { lines: 9, callsPerSecond: 2 }\n    groups: [team]")
      .replace("people: {", "people: { script: { transferShare: 0.1 },"),
    (s) => settings(s).pacing,
    { kind: "lines", linesMax: 9, callsPerSecondMax: 2 }
  ]
]

describe("a field of the file becomes exactly this", () => {
  it.each(rows)("%s", (_, text, of, decoded) => {
    expect(of(accepted(text))).toEqual(decoded)
  })
})

describe("expected values follow the people of the file", () => {
  const expected = (line: string) => settings(accepted(people(line))).expected
  it("the pick-up rate falls with hours, bad contacts and a short ring", () => {
    // Nine to five: one of eight hours has half the answers.
    expect(expected("answerByHour: { 9: 0.5 }").pickupRate).toBeCloseTo(0.25 * (7.5 / 8), 10)
    expect(expected("unreachableShare: 0.2").pickupRate).toBeCloseTo(0.2, 10)
    // Ring times of a person are then evenly 2 to 42 s; the dialler waits 22 s.
    expect(expected("ring: { personSeconds: { kind: uniform, min: 2, max: 42 } }").pickupRate).toBeCloseTo(0.125, 10)
  })
  it("times are means", () => {
    expect(expected("talkSeconds: { kind: lognormal, mean: 100, cv: 2 }").talkMillis).toBe(100_000)
    expect(expected("talkSeconds: [10, 20, 60]").talkMillis).toBe(30_000)
  })
})

const Millis = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 86_400_000 }))
it.prop("any time of whole milliseconds comes out as written", { millis: Millis }, ({ millis }) => {
  const text = free(`rules: { ringSecondsMin: 0, waitSecondsMax: ${millis / 1_000} }`)
  expect(settings(accepted(text)).waitMillisMax).toBe(millis)
})
