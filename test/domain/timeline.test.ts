import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { reasonNames } from "../../src/dialler/compliance/Reason.ts"
import { outcomeNames } from "../../src/domain/Outcome.ts"
import {
  type AttemptRecord,
  type ContactRecords,
  type HoldRecord,
  type InboundRecord,
  type NoteRecord,
  timeline,
  type TimelineEntry
} from "../../src/domain/timeline.ts"
import { durationText, reasonText, simulatedWords } from "../../src/domain/timelineWords.ts"

const row = (attempt: number, given: Partial<AttemptRecord> = {}): AttemptRecord => ({
  id: attempt,
  attempt,
  agent: null,
  reserved: false,
  placedAt: 0,
  answeredAt: null,
  connectedAt: null,
  endedAt: 0,
  outcome: "busy",
  late: false,
  silent: false,
  machineFalse: false,
  previewMillis: 0,
  talkMillis: 0,
  holdMillis: 0,
  wrapMillis: 0,
  retryAt: null,
  callerId: null,
  ...given
})
const records = (given: Partial<ContactRecords>): ContactRecords => ({ attempts: [], holds: [], notes: [], ...given })

/** `1000 called 1 a3: Call 1`, an entry a line. */
const lineOf = ({ agent, at, attempt, detail, what }: TimelineEntry): string =>
  `${at} ${what} ${attempt ?? "-"} ${agent === null ? "-" : `a${agent}`}: ${detail}`
const linesOf = (given: Partial<ContactRecords>): ReadonlyArray<string> =>
  timeline(records(given), simulatedWords).map(lineOf)
const endOf = (given: Partial<AttemptRecord>): string =>
  timeline(records({ attempts: [row(1, given)] }), simulatedWords).find(({ what }) => what === "ended")?.detail ?? ""

describe("the timeline of a contact", () => {
  it("tells a contact's whole way in order", () => {
    const first = row(1, { placedAt: 60_000, endedAt: 82_000, outcome: "no-answer", retryAt: 3_600_000 })
    const second = row(2, {
      agent: 4,
      reserved: true,
      placedAt: 7_200_000,
      previewMillis: 12_000,
      answeredAt: 7_208_000,
      connectedAt: 7_209_500,
      endedAt: 7_332_500,
      outcome: "connected",
      late: true,
      talkMillis: 113_000,
      holdMillis: 10_000,
      wrapMillis: 20_000
    })
    const holds = [{ at: 3_600_000, reason: "hours", until: 7_200_000 }]
    const notes: ReadonlyArray<NoteRecord> = [
      { at: 0, kind: "added", detail: { segment: "north", attempt: null } },
      { at: 7_352_500, kind: "rule", detail: { rule: "sold", result: "sale", attempt: 2 } },
      { at: 7_352_500, kind: "disposition", detail: { code: "sale", label: "Sale", agent: 4, attempt: 2 } }
    ]
    assert.deepStrictEqual(linesOf({ attempts: [second, first], holds, notes }), [
      "0 added - -: Added, in segment north",
      "60000 called 1 -: Call 1",
      "82000 ended 1 -: No answer after 22 s",
      "82000 planned 1 -: Next call at 1:00:00",
      "3600000 held-back - -: Not called: outside the calling hours, until 2:00:00",
      "7200000 called 2 a4: Call 2, agent 4 held for it, card read for 12 s",
      "7208000 answered 2 -: Answered after 8 s",
      "7209500 connected 2 a4: Agent 4 on the line, after a wait of 1.5 s, later than the limit",
      "7332500 ended 2 a4: Talked for 1 min 53 s, 10 s on hold",
      "7352500 after-call 2 a4: After-call work of 20 s done",
      "7352500 disposition 2 a4: Sale",
      "7352500 rule 2 -: By the rule “sold”: sale",
      "7352500 finished 2 -: No further call is planned"
    ])
  })
  it("says how each attempt ended", () => {
    const answered = { placedAt: 1_000, answeredAt: 5_000, endedAt: 8_000 }
    const ends: Readonly<Record<string, Partial<AttemptRecord>>> = {
      "Talked for 3 s": { outcome: "connected", talkMillis: 3_000 },
      "Abandoned 3 s after the answer: no agent was free": { ...answered, outcome: "abandoned" },
      "Abandoned 3 s after the answer: no agent was free, no message was played": {
        ...answered,
        outcome: "abandoned",
        silent: true
      },
      "Hung up after a wait of 3 s": { ...answered, outcome: "hung-up-waiting" },
      "Answering machine, by detection": { ...answered, outcome: "machine" },
      "Answering machine, by detection, though a person had answered": {
        ...answered,
        outcome: "machine",
        machineFalse: true
      },
      "Answering machine, by the agent's word": { ...answered, outcome: "machine", connectedAt: 5_000 },
      "Heard the script for 3 s": { ...answered, outcome: "scripted" },
      Busy: { outcome: "busy" },
      "No answer after 22 s": { outcome: "no-answer", endedAt: 22_000 },
      "Rejected after 4.2 s": { outcome: "rejected", endedAt: 4_180 },
      "The number does not exist": { outcome: "invalid" },
      "The network was congested": { outcome: "congestion" },
      "Taken back by the dialler after 15 s": { outcome: "cancelled", endedAt: 15_000 },
      "Interrupted: the dialler stopped": { outcome: "interrupted" },
      "of a later version": { outcome: "of a later version" }
    }
    for (const [words, given] of Object.entries(ends)) assert.strictEqual(endOf(given), words)
    for (const outcome of outcomeNames) assert.notStrictEqual(endOf({ outcome }), outcome)
  })
  it("names the number a call showed, and nothing where it was the trunk's own", () => {
    const calledWith = (callerId: string | null) => linesOf({ attempts: [row(1, { callerId })] })[0]
    assert.strictEqual(calledWith("+442079460001"), "0 called 1 -: Call 1, showing +442079460001")
    assert.strictEqual(calledWith(null), "0 called 1 -: Call 1")
  })
  it("says what else happened", () => {
    const attempt = null
    const notes: ReadonlyArray<NoteRecord> = [
      { at: 1, kind: "added", detail: { segment: "", attempt } },
      { at: 2, kind: "segment", detail: { from: "north", to: "south", attempt } },
      { at: 3, kind: "rule", detail: { rule: "again", result: null, attempt } },
      { at: 4, kind: "promise", detail: { dueAt: 60_000, agent: 3, attempt } },
      { at: 5, kind: "promise", detail: { dueAt: 61_000, agent: null, attempt } },
      { at: 6, kind: "parameter", detail: { of: "contact", name: "Stage", value: "2", attempt } },
      { at: 7, kind: "parameter", detail: { of: "attempt", name: "Note", value: "", attempt } },
      { at: 8, kind: "refused", detail: { agent: 0, attempt } },
      { at: 9, kind: "do-not-call", detail: { attempt } },
      { at: 10, kind: "moved", detail: { to: "winter", attempt } },
      { at: 11, kind: "removed", detail: { attempt } }
    ]
    assert.deepStrictEqual(linesOf({ notes, holds: [{ at: 12, reason: "do-not-call", until: null }] }), [
      "1 added - -: Added",
      "2 segment - -: From segment north to south",
      "3 rule - -: By the rule “again”",
      "4 promise - a3: Promised a call at 0:01:00 by agent 3",
      "5 promise - -: Promised a call at 0:01:01 by anyone",
      "6 parameter - -: Stage set to 2",
      "7 parameter - -: Note of the call taken away",
      "8 refused - a0: Passed over by agent 0",
      "9 do-not-call - -: Put on the do-not-call list",
      "10 moved - -: Moved to winter",
      "11 removed - -: Removed from the campaign",
      "12 held-back - -: Not called: on the do-not-call list, for good"
    ])
  })
  it("names the agent where one had the call, and says that none was held for it", () => {
    const given = { agent: 2, answeredAt: 3_000, connectedAt: 3_000, endedAt: 9_000, talkMillis: 6_000 }
    assert.deepStrictEqual(linesOf({ attempts: [row(1, { ...given, outcome: "connected" })] }), [
      "0 called 1 -: Call 1",
      "3000 answered 1 -: Answered after 3 s",
      "3000 connected 1 a2: Agent 2 on the line, at once",
      "9000 ended 1 a2: Talked for 6 s",
      "9000 finished 1 -: No further call is planned"
    ])
    assert.deepStrictEqual(linesOf({ attempts: [row(1, { agent: 2, reserved: true, wrapMillis: 500 })] }), [
      "0 called 1 a2: Call 1, agent 2 held for it",
      "0 ended 1 a2: Busy",
      "500 after-call 1 a2: After-call work of 0.5 s done",
      "500 finished 1 -: No further call is planned"
    ])
  })
  it("puts what happens during a call after what the call itself does at that instant", () => {
    const attempts = [row(1, { placedAt: 1_000, answeredAt: 4_000, endedAt: 6_000, wrapMillis: 2_000 })]
    const notes: ReadonlyArray<NoteRecord> = [{ at: 4_000, kind: "do-not-call", detail: { attempt: null } }]
    assert.deepStrictEqual(
      timeline(records({ attempts, notes }), simulatedWords).map(({ what }) => what),
      ["called", "answered", "do-not-call", "ended", "after-call", "finished"]
    )
  })
  it("puts what happens at one instant in the order in which it comes about", () => {
    const same = { placedAt: 5_000, endedAt: 9_000, outcome: "busy" }
    const attempts = [
      row(1, { ...same, placedAt: 1_000, endedAt: 5_000, retryAt: 5_000 }),
      row(2, { ...same, retryAt: 9_000 }),
      row(3, { ...same, placedAt: 9_000 })
    ]
    const holds = [5_000, 9_000, 1_000].map((at) => ({ at, reason: "hours", until: at }))
    const notes: ReadonlyArray<NoteRecord> = [
      { at: 9_000, kind: "do-not-call", detail: { attempt: null } },
      { at: 9_000, kind: "segment", detail: { from: "a", to: "b", attempt: 2 } },
      // Of an attempt that is still under way.
      { at: 9_000, kind: "parameter", detail: { of: "attempt", name: "x", value: "1", attempt: 4 } }
    ]
    assert.deepStrictEqual(
      timeline(records({ attempts: attempts.toReversed(), holds, notes }), simulatedWords).map(
        ({ at, attempt, what }) => `${at} ${what} ${attempt ?? "-"}`
      ),
      [
        "1000 held-back -",
        "1000 called 1",
        "5000 ended 1",
        "5000 planned 1",
        "5000 held-back -",
        "5000 called 2",
        "9000 ended 2",
        "9000 segment 2",
        "9000 planned 2",
        "9000 called 3",
        "9000 ended 3",
        "9000 parameter 4",
        "9000 do-not-call -",
        "9000 finished 3",
        "9000 held-back -"
      ]
    )
  })

  const small = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }))
  const Lengths = Schema.Array(
    Schema.Struct({ gap: small(2), rings: small(2), talks: small(2), wraps: small(2), answered: Schema.Boolean })
  ).check(Schema.isMaxLength(6))
  const Ats = Schema.Array(small(24)).check(Schema.isMaxLength(6))
  it.prop(
    "is in order, whole, and the same however the rows come",
    { lengths: Lengths, holdAts: Ats, noteAts: Ats, mix: small(1_000) },
    ({ holdAts, lengths, mix, noteAts }) => {
      let at = 0
      const attempts = lengths.map(({ answered, gap, rings, talks, wraps }, i) => {
        const placedAt = at + gap
        const answeredAt = answered ? placedAt + rings : null
        const endedAt = placedAt + rings + talks
        at = endedAt + wraps
        const connected = { answeredAt, connectedAt: answeredAt, outcome: answered ? "connected" : "busy" }
        return row(i + 1, { placedAt, endedAt, wrapMillis: wraps, ...connected })
      })
      // Holds are told apart by their ends.
      const holds = [...new Set(holdAts)].map((each): HoldRecord => ({ at: each, reason: "hours", until: each + 1 }))
      const notes = noteAts.map((each, i): NoteRecord => ({
        at: each,
        kind: "rule",
        detail: { rule: `${i}`, result: null, attempt: null }
      }))
      const entries = timeline({ attempts, holds, notes }, simulatedWords)
      for (let i = 1; i < entries.length; i += 1) assert.isAtMost(entries[i - 1].at, entries[i].at)
      const own = (attempt: number) => entries.filter((entry) => entry.attempt === attempt).map(({ what }) => what)
      attempts.forEach(({ answeredAt, attempt, wrapMillis }) => {
        const talked = answeredAt === null ? [] : ["answered", "connected"]
        const expected = ["called", ...talked, "ended", ...(wrapMillis > 0 ? ["after-call"] : []), "finished"]
        assert.deepStrictEqual(own(attempt), expected)
      })
      // No attempt begins before the one before it is over.
      const numbers = entries.flatMap(({ attempt }) => (attempt === null ? [] : [attempt]))
      assert.deepStrictEqual(
        numbers,
        numbers.toSorted((a, b) => a - b)
      )
      const ofNotes = entries.filter(({ what }) => what === "rule").map(({ at, detail }) => `${at} ${detail}`)
      const given = notes.map((note) => `${note.at} By the rule “${note.kind === "rule" ? note.detail.rule : ""}”`)
      assert.deepStrictEqual(
        ofNotes,
        given.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
      )
      const turned = <A>(rows: ReadonlyArray<A>) => [...rows.slice(mix % 5), ...rows.slice(0, mix % 5)].reverse()
      const other = timeline({ attempts: turned(attempts), holds: turned(holds), notes }, simulatedWords)
      assert.deepStrictEqual(other, entries)
    },
    { arbitrary: { runs: 300, seed: 1 } }
  )
})

describe("calls to us", () => {
  const called = (given: Partial<InboundRecord>): InboundRecord => ({
    id: 1,
    agent: null,
    handedBy: null,
    arrivedAt: 1_000,
    connectedAt: null,
    endedAt: 31_000,
    outcome: "gave-up",
    talkMillis: 0,
    holdMillis: 0,
    wrapMillis: 0,
    ...given
  })
  it("stand among the attempts, with the wait, the talk and what came of it", () => {
    const first = called({ agent: 3, connectedAt: 13_000, outcome: "connected", talkMillis: 18_000, wrapMillis: 5_000 })
    const next = called({ id: 2, agent: 4, handedBy: 3, arrivedAt: 31_000, connectedAt: 31_000, outcome: "connected" })
    const lines = linesOf({
      attempts: [row(1, { placedAt: 60_000, endedAt: 62_000 })],
      arrivals: [first, { ...next, endedAt: 50_000, talkMillis: 12_000, holdMillis: 7_000 }],
      notes: [{ at: 36_000, kind: "disposition", detail: { code: "x", label: "Wants more", agent: 3, attempt: null } }]
    })
    assert.deepStrictEqual(lines.slice(0, 8), [
      "1000 called-in - -: Called us",
      "13000 connected - a3: Agent 3 on the line, after a wait of 12 s",
      "31000 called-in - a3: Handed on by agent 3",
      "31000 connected - a4: Agent 4 on the line, at once",
      "31000 ended - a3: Talked for 18 s",
      "36000 after-call - a3: After-call work of 5 s done",
      "36000 disposition - a3: Wants more",
      "50000 ended - a4: Talked for 12 s, 7 s on hold"
    ])
    assert.isTrue(lines[8].startsWith("60000 called 1"))
  })
  it("that came to nothing say how", () => {
    const endOfCall = (given: Partial<InboundRecord>) => linesOf({ arrivals: [called(given)] }).at(-1)
    assert.strictEqual(endOfCall({}), "31000 ended - -: Hung up after a wait of 30 s")
    assert.strictEqual(
      endOfCall({ outcome: "wait-over" }),
      "31000 ended - -: Let go after a wait of 30 s: no agent was free"
    )
    assert.strictEqual(
      endOfCall({ outcome: "turned-away", endedAt: 1_000 }),
      "1000 ended - -: Turned away: nobody could take the call"
    )
    assert.strictEqual(endOfCall({ outcome: "interrupted" }), "31000 ended - -: Interrupted: the dialler stopped")
  })
})

describe("words of a timeline", () => {
  it("give lengths of time in their two largest units", () => {
    const cases: ReadonlyArray<readonly [number, string]> = [
      [0, "0 s"],
      [149, "0.1 s"],
      [1_500, "1.5 s"],
      [9_949, "9.9 s"],
      [9_950, "10 s"],
      [59_499, "59 s"],
      [59_500, "1 min"],
      [123_000, "2 min 3 s"],
      [3_599_499, "59 min 59 s"],
      [3_599_500, "1 h"],
      [3_720_000, "1 h 2 min"],
      [90_000_000, "25 h"]
    ]
    for (const [millis, text] of cases) assert.strictEqual(durationText(millis), text, `${millis}`)
  })
  it("have a sentence for every reason of the law, and the name itself for others", () => {
    const words = reasonNames.map(reasonText)
    assert.strictEqual(new Set(words).size, reasonNames.length)
    for (const [index, name] of reasonNames.entries()) assert.notStrictEqual(words[index], name)
    assert.strictEqual(reasonText("a-later-reason"), "a-later-reason")
  })
})
