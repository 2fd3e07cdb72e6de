import type { StoredResult } from "../../src/store/resultFile.ts"
import type { AttemptRow, SpanRow } from "../../src/store/schema.ts"

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

/** A result with one of everything that is hard to keep. */
export const stored = (row: Partial<StoredResult> = {}): StoredResult => ({
  kind: "tune",
  version: "0.1.0",
  createdAt: "2026-01-02T03:04:05.000Z",
  run: "predictive/look-ahead/0.025",
  body: { name: "Söndag ☎ 'x'", counts: [Float64Array.from([0, 1.5, Number.NaN])], low: Number.NaN, knob: null },
  attempts: [
    attempt(1),
    attempt(2, { agent: 3, answeredAt: 2_500, connectedAt: 2_600, outcome: "connected", idleMillis: 0, late: true }),
    attempt(3, { reserved: true, silent: true, machineFalse: true, retryAt: 9_007_199_254_740_991 })
  ],
  spans: [span(0, 10), span(10, 25, { state: "talk", campaign: "Renewals" }), span(0, 5, { agent: 1 })],
  ...row
})
