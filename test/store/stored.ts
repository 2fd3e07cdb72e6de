import type { StoredResult } from "../../src/store/resultFile.ts"
import type { AttemptRow, HoldRow, InboundRow, NoteRow, SpanRow } from "../../src/store/schema.ts"

export const attempt = (id: number, row: Partial<AttemptRow> = {}): AttemptRow => ({
  id,
  campaign: "Renewals",
  contact: id,
  attempt: 1,
  segment: "",
  agent: null,
  reserved: false,
  placedAt: id * 1_000,
  answeredAt: null,
  connectedAt: null,
  endedAt: id * 1_000 + 22_000,
  outcome: "no-answer",
  late: false,
  silent: false,
  machineFalse: false,
  previewMillis: 0,
  talkMillis: 0,
  holdMillis: 0,
  wrapMillis: 0,
  idleMillis: null,
  retryAt: null,
  callerId: null,
  ...row
})

export const span = (from: number, to: number, row: Partial<SpanRow> = {}): SpanRow => ({
  agent: 0,
  group: "team",
  state: "ready",
  campaign: null,
  from,
  to,
  ...row
})

export const inbound = (id: number, row: Partial<InboundRow> = {}): InboundRow => ({
  id,
  campaign: "Renewals",
  contact: id,
  agent: null,
  handedBy: null,
  arrivedAt: id * 1_000,
  connectedAt: null,
  endedAt: id * 1_000 + 30_000,
  outcome: "gave-up",
  talkMillis: 0,
  holdMillis: 0,
  wrapMillis: 0,
  ...row
})

export const hold = (contact: number, at: number, row: Partial<HoldRow> = {}): HoldRow => ({
  campaign: "Renewals",
  contact,
  at,
  reason: "hours",
  until: at + 3_600_000,
  ...row
})

/** One note of each kind, on contact 2. */
export const notes: ReadonlyArray<NoteRow> = (
  [
    { kind: "added", detail: { segment: "north", attempt: null } },
    { kind: "segment", detail: { from: "north", to: "Söder 'x'", attempt: 1 } },
    { kind: "rule", detail: { rule: "busy again", result: null, attempt: 1 } },
    { kind: "disposition", detail: { code: "sale", label: "Sale", agent: 3, attempt: 1 } },
    { kind: "promise", detail: { dueAt: 90_000.5, agent: null, attempt: null } },
    { kind: "do-not-call", detail: { attempt: null } },
    { kind: "removed", detail: { attempt: 2 } },
    { kind: "moved", detail: { to: "winter", attempt: 2 } },
    { kind: "parameter", detail: { of: "contact", name: "Balance", value: '1\n"2"', attempt: 1 } },
    { kind: "refused", detail: { agent: 0, attempt: null } }
  ] as const
).map((note, index) => ({ campaign: "Renewals", contact: 2, at: index * 10, ...note }))

/** A result with one of everything that is hard to keep. */
export const stored = (row: Partial<StoredResult> = {}): StoredResult => ({
  kind: "tune",
  version: "0.1.0",
  createdAt: "2026-01-02T03:04:05.000Z",
  run: "predictive/look-ahead/0.025",
  body: { name: "Söndag ☎ 'x'", counts: [Float64Array.from([0, 1.5, Number.NaN])], low: Number.NaN, knob: null },
  attempts: [
    attempt(1, { callerId: "+46701740605" }),
    attempt(2, { agent: 3, answeredAt: 2_500, connectedAt: 2_600, outcome: "connected", idleMillis: 0, late: true }),
    attempt(3, { reserved: true, silent: true, machineFalse: true, retryAt: 9_007_199_254_740_991 })
  ],
  spans: [span(0, 10), span(10, 25, { state: "talk", campaign: "Renewals" }), span(0, 5, { agent: 1 })],
  arrivals: [
    inbound(1, {
      agent: 2,
      handedBy: 0,
      connectedAt: 1_500,
      outcome: "connected",
      talkMillis: 9_500,
      holdMillis: 19_000
    }),
    inbound(2, { outcome: "turned-away", endedAt: 2_000 })
  ],
  holds: [hold(2, 5), hold(1, 0, { reason: "do-not-call", until: null })],
  notes,
  ...row
})
