import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { answerTable, dispositionTable } from "../../../reports/live/liveResults.ts"
import type { LiveSubject } from "../../../reports/live/LiveSubject.ts"
import { readLive } from "../../../src/cli/live/readLive.ts"
import type { NoteRow } from "../../../src/store/schema.ts"
import { writeAnswers, writeTextAnswers } from "../../../src/store/answers.ts"
import { insertHistory } from "../../../src/store/contactHistory.ts"
import { appendEvents } from "../../../src/store/floor/journalRows.ts"
import {
  answersIn,
  dispositionsIn,
  doNotCallIn,
  type LiveSpan,
  promisesIn,
  samplesOf,
  windowRows
} from "../../../src/store/floor/liveQueries.ts"
import { closeWindow, insertWindow } from "../../../src/store/floor/windows.ts"
import { insertShift } from "../../../src/store/rows.ts"
import { attempt, hold } from "../stored.ts"
import { onStore } from "./onStore.ts"

const span: LiveSpan = { runs: ["window-1", "window-2"], from: 0, to: 100_000 }
const form = {
  id: "survey",
  title: "Survey",
  steps: [
    {
      id: "car",
      text: "Have you a car?",
      question: {
        kind: "single",
        choices: [
          { id: "yes", label: "Yes, a car" },
          { id: "no", label: "No car" }
        ]
      }
    },
    { id: "name", text: "Who are you?", question: { kind: "text" } }
  ]
} as const

const note = (contact: number, at: number, more: Pick<NoteRow, "kind" | "detail">): NoteRow =>
  ({ campaign: "Renewals", contact, at, ...more }) as NoteRow
const chose = (contact: number, code: string): NoteRow =>
  note(contact, 500, { kind: "disposition", detail: { code, label: code, agent: 1, attempt: 1 } })
const promised = (contact: number, at: number, dueAt: number): NoteRow =>
  note(contact, at, { kind: "promise", detail: { dueAt, agent: 1, attempt: 1 } })

const connected = { outcome: "connected", connectedAt: 900, agent: 1 } as const

const filled = Effect.gen(function* () {
  const opening = { campaigns: [{ name: "Other" }, { name: "Renewals" }] }
  const first = yield* insertWindow({ openedAt: 0, epoch: 1_000, settings: {}, opening })
  yield* closeWindow(first.id, 50_000)
  const second = yield* insertWindow({ openedAt: 50_000, epoch: 50_000, settings: {}, opening })
  const heard = { kind: "sampled", campaign: 1, isPerson: true, placedAt: 7 }
  yield* appendEvents(first.id, 0, [
    { at: 9, event: heard },
    { at: 9, event: { ...heard, campaign: 0 } },
    { at: 9, event: { kind: "timers" } }
  ])
  yield* appendEvents(second.id, 0, [{ at: 3, event: { ...heard, isPerson: false } }])
  const rows = [1, 2, 3].map((id) => attempt(id, connected))
  yield* insertShift("window-1", [...rows, attempt(4, { outcome: "machine" })], [])
  yield* insertShift(
    "window-2",
    [attempt(60, { contact: 1, attempt: 2, agent: 2 }), attempt(61, { campaign: "Other" })],
    []
  )
  const done = note(2, 600, { kind: "do-not-call", detail: { attempt: 1 } })
  const notes = [chose(1, "sold"), chose(2, "sold"), chose(4, "sold"), done]
  yield* insertHistory(
    "window-1",
    [hold(1, 10)],
    [...notes, promised(1, 5_000, 59_000), promised(3, 5_000, 20_000), promised(2, 5_000, 200_000)]
  )
  yield* writeAnswers({ run: "window-1", id: 1 }, form, { car: "yes", name: "A" })
  yield* writeAnswers({ run: "window-1", id: 2 }, form, { car: "yes", name: "B" })
  yield* writeAnswers({ run: "window-1", id: 3 }, form, { car: "no" })
  yield* writeTextAnswers({ run: "window-1", id: 4 }, "menu", { key: "9" })
})

describe("what a floor's store tells of a campaign", () => {
  it.effect("is what agents chose after talks, who wants no calls, and what was promised", () =>
    onStore(() =>
      Effect.gen(function* () {
        yield* filled
        assert.deepStrictEqual(yield* dispositionsIn("Renewals", span), [{ code: "sold", count: 2 }])
        assert.deepStrictEqual(yield* dispositionsIn("Renewals", { ...span, from: 1_500 }), [
          { code: "sold", count: 1 }
        ])
        assert.strictEqual(yield* doNotCallIn("Renewals", span), 1)
        assert.deepStrictEqual(
          (yield* promisesIn("Renewals", span)).map((each) => [each.due_at, each.placed_at, each.placed_by]),
          [
            [59_000, 60_000, 2],
            [20_000, null, null]
          ]
        )
      })
    )
  )

  it.effect("is which recordings somebody listened to, by Unix time, in every window", () =>
    onStore(() =>
      Effect.gen(function* () {
        yield* filled
        assert.deepStrictEqual(yield* samplesOf("Renewals"), [
          { placedAt: 1_007, isPerson: true },
          { placedAt: 50_007, isPerson: false }
        ])
        assert.deepStrictEqual(
          (yield* windowRows).map(({ closedAt, hasRecords, run }) => [run, closedAt, hasRecords]),
          [
            ["window-1", 50_000, true],
            ["window-2", null, true]
          ]
        )
      })
    )
  )

  it.effect("is what was answered, in the words of the script; free texts are only counted", () =>
    onStore(() =>
      Effect.gen(function* () {
        yield* filled
        const answers = yield* answersIn("Renewals", span)
        const of = { results: { answers, script: form } } as unknown as LiveSubject
        assert.deepStrictEqual(
          answerTable(of, "survey").rows.map((row) => row.slice(0, 3)),
          [
            ["car", "Yes, a car", 2],
            ["car", "No car", 1],
            ["name", "answered (text)", 2]
          ]
        )
        assert.deepStrictEqual(
          answerTable(of, "menu").rows.map((row) => row.slice(0, 4)),
          [["key", "9", 1, 1]]
        )
      })
    )
  )

  it.effect("is nothing where nobody was called", () =>
    onStore((path) =>
      Effect.gen(function* () {
        const failed = yield* Effect.flip(readLive(path, { campaign: null, from: null, to: null }))
        assert.match(failed.message, /nothing is on record/)
      })
    )
  )
})

describe("the table of dispositions", () => {
  it("has the campaign's own in their order, those it has no more, and talks without one", () => {
    const outcomes = new Float64Array(12)
    outcomes[0] = 10
    const of = {
      counts: { outcomes },
      results: {
        dispositions: [
          { code: "gone", count: 1 },
          { code: "sold", count: 6 }
        ]
      },
      settings: {
        known: {
          dispositions: [
            { code: "sold", label: "Sold", success: true },
            { code: "no", label: "No" }
          ]
        }
      }
    } as unknown as LiveSubject
    assert.deepStrictEqual(
      dispositionTable(of).rows.map((row) => row.slice(0, 3)),
      [
        ["Sold", 6, 0.6],
        ["No", 0, 0],
        ["gone", 1, 0.1],
        ["Nothing chosen", 3, 0.3],
        ["Successes", 6, 0.6],
        ["Right party", 0, 0]
      ]
    )
  })
})
