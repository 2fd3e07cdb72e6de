import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { Closed } from "../../../src/dialler/ContactList.ts"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import type { Records } from "../../../src/store/Recorder.ts"
import { Rehearsal } from "../../../sim/floor/Rehearsal.ts"
import { World } from "../../../sim/World.ts"
import { openedWith } from "../scenario/sample.ts"
import { record } from "../worldFloors.ts"

const count = 240
const areas = ["902", "416", "204"]
/** Three areas of eighty, every fourth with a second number; levels, ranks and statuses in turn. */
const rows = Array.from({ length: count }, (_, i) => {
  const area = areas[i % 3]
  const last = String(100 + Math.floor(i / 3))
  const mobile = i % 4 === 0 && i % 3 === 1 ? `647 555 0${last}` : ""
  return `${area} 555 0${last},${mobile},${["gold", "blue", "none"][i % 5] ?? ""},${i % 7},${i % 9 === 0 ? "paused" : "active"}`
})
const csv = ["Phone,Mobile,Level,Rank,Status", ...rows].join("\n")

const list = (more: string): string => `      file: all.csv
      country: CA
      numbers: [Phone, Mobile]
      fields: { segment: Level, priority: Rank }
      doNotCall: [{ file: no.txt, name: own, wholeContact: true }]
${more}`
const campaign = (name: string, mode: string, more: string, ofList: string): string => `  - name: ${name}
    mode: ${mode}
    law: { profiles: [ca-crtc], zone: America/Toronto }
    callerIds:
      rotation: by-prefix
      numbers: [{ number: "+14165550199", prefixes: ["+1416", "+1647"] }, { number: "+12045550199" }]
    dispositions:
      - { code: yes, label: Yes, success: true, final: true, share: 0.2 }
      - { code: "no", label: Wants no calls, final: true, share: 0.2 }
      - { code: elsewhere, label: To others, share: 0.2 }
    people:
      outcomes: { person: 0.4, busy: 0.1, machine: 0.1 }
      answerByHour: { 9: 0.5, 11: 1.5 }
      reachabilitySpread: 0.5
      talkSeconds: { kind: lognormal, mean: 60, cv: 0.7 }
      patienceSeconds: { kind: exponential, mean: 10 }
    work: { wrapSeconds: { kind: lognormal, mean: 10, cv: 0.5 } }
${more}    list:
${list(ofList)}`
const rules = (then: string): string => `    afterAttempt:
      - { name: no more, when: { disposition: ["no"] }, then: { doNotCall: true, finish: objected } }
      - { name: elsewhere, when: { disposition: [elsewhere] }, then: ${then} }
      - name: other number
        when: { outcome: [busy, machine], contact: { op: ">", field: numberCount, value: 1 }, attempts: { max: 2 } }
        then: { again: { afterMinutes: 5, number: next }, set: { stage: second } }
      - { name: second, when: { contact: { op: "=", field: parameter.stage, value: second } }, then: { finish: tried } }
      - { name: others, when: { outcome: [busy, machine, no-answer] }, then: { again: { afterMinutes: 30 } } }
`
const text = `name: Everything of a file
day: { date: "2026-11-23", start: "09:00", lengthHours: 5, zone: America/Toronto }
trunk: { lines: 20, callsPerSecond: 3, postDialDelaySeconds: 1, congestionShare: 0.02 }
groups: [{ name: team, agents: 5, speedCv: 0.2 }]
campaigns:
${campaign(
  "first",
  "predictive",
  `${rules("{ campaign: second }")}    queue: {}
    callers: { perHour: 20 }
    changes:
      - { at: "10:00", segmentsOn: [blue], segmentsOff: [gold] }
      - { at: "12:00", segmentsOn: [gold], mode: progressive }
`,
  `      segments: [gold, { name: blue, pickup: 1.3, on: false }]
      filter: { op: "!=", field: parameter.Status, value: paused }
      bestHours: [{ hour: 10, share: 0.5, pickup: 1.5 }, { hour: 12, share: 0.2 }]
      order: [best-hour, priority, fewest-attempts]
`
)}${campaign(
  "second",
  "callback",
  `    priority: 2
${rules("{ finish: done }")}`,
  `      requestsPerHour: 20
      order: random
      segments: [gold]
`
)}`

describe("a day with everything a list of a file can have", () => {
  const { scenario } = Result.getOrThrow(openedWith(text, { "all.csv": csv, "no.txt": "902 555 0100\n647 555 0101\n" }))

  it.each([0, 1, 2])("is the same by the simulator and by the program of the live floor: day %i", (replication) => {
    const kept: Array<Records> = []
    const rehearsal = new Rehearsal(
      scenario,
      replication,
      Journal.layerKept((_, records) => kept.push(records))
    )
    rehearsal.run(Number.POSITIVE_INFINITY)
    kept.push(rehearsal.core.takeRecords())
    const { recorder } = record(scenario, { replication })
    assert.isAbove(recorder.attempts.length, 300)
    assert.isAbove(recorder.arrivals.length, 30)
    for (const rowsOf of ["attempts", "arrivals", "holds", "notes", "spans"] as const) {
      assert.deepStrictEqual(
        kept.flatMap((each): ReadonlyArray<unknown> => each[rowsOf]),
        recorder[rowsOf]
      )
    }
  })
  it("is the same again, and has all of it", () => {
    const { recorder } = record(scenario)
    assert.deepStrictEqual(record(scenario).recorder.attempts, recorder.attempts)
    const rulesUsed = new Set(recorder.notes.flatMap((note) => (note.kind === "rule" ? [note.detail.rule] : [])))
    assert.deepStrictEqual([...rulesUsed].toSorted(), ["elsewhere", "no more", "other number", "others", "second"])
    assert.isAbove(recorder.notes.filter(({ kind }) => kind === "moved").length, 5)
    assert.isAbove(recorder.holds.filter(({ reason }) => reason === "hours").length, 50)
    const segments = new Set(recorder.attempts.map(({ campaign, segment }) => `${campaign}: ${segment}`))
    for (const each of ["first: gold", "first: blue", "first: (other)", "second: gold"])
      assert.isTrue(segments.has(each))
  })
  it("ends with the same people on no list any more", () => {
    const world = new World(scenario, 0, { warmUpMillis: 0, recorder: null })
    world.run(Number.POSITIVE_INFINITY)
    const [first, second] = world.dialler.campaigns.map(({ list }) =>
      Array.from({ length: count - 2 }, (_, contact) => list.closedAs[contact] === Closed.doNotCall)
    )
    assert.deepStrictEqual(first, second)
    assert.isAbove(first.filter((is) => is).length, 20)
  })
})
