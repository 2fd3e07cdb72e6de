import type { Scenario } from "../../sim/Scenario.ts"
import type { AttemptRow, SpanRow } from "../../src/store/schema.ts"
import { madeUp } from "./madeUp.ts"

interface Day {
  readonly attempts: ReadonlyArray<AttemptRow>
  readonly spans: ReadonlyArray<SpanRow>
}

const minute = 60_000

/** A made-up day: agents wait, talk, wrap up and take one break; around every connected call stand calls that failed. */
export const recordedDay = (scenario: Scenario, campaign: string): Day => {
  const next = madeUp(20_251)
  const attempts: Array<AttemptRow> = []
  const spans: Array<SpanRow> = []
  const [group] = scenario.groups
  const end = scenario.day.lengthMillis

  const attempt = (
    placedAt: number,
    outcome: string,
    agent: number | null,
    idleMillis: number | null,
    talkMillis: number,
    wrapMillis: number
  ) => {
    const rings = outcome === "no-answer" ? 18_000 : outcome === "busy" || outcome === "invalid" ? 3_000 : 8_500
    const answered = outcome === "connected" || outcome === "abandoned" || outcome === "machine"
    const wait = outcome === "connected" && next() < 0.08 ? Math.round(1_600 * next()) : 0
    const answeredAt = answered ? placedAt + rings : null
    const again = outcome === "busy" || outcome === "no-answer" || outcome === "machine"
    attempts.push({
      id: attempts.length + 1,
      campaign,
      contact: attempts.length + 1,
      attempt: next() < 0.72 ? 1 : next() < 0.75 ? 2 : 3,
      segment: "all",
      agent,
      reserved: false,
      placedAt,
      answeredAt,
      connectedAt: outcome === "connected" ? placedAt + rings + wait : null,
      endedAt: placedAt + rings + wait + talkMillis + (outcome === "abandoned" ? 2_000 : 0),
      outcome,
      late: false,
      silent: false,
      machineFalse: false,
      previewMillis: 0,
      talkMillis,
      holdMillis: 0,
      wrapMillis,
      idleMillis,
      retryAt: again && next() < 0.8 ? placedAt + 2 * 60 * minute : null,
      callerId: null
    })
  }

  for (let agent = 0; agent < group.agents; agent += 1) {
    let now = Math.round(5 * minute * next())
    const shiftEnd = end - Math.round(5 * minute * next())
    let breakAt = 210 * minute + Math.round(60 * minute * next())
    const span = (state: string, to: number) => {
      spans.push({ agent, group: group.name, state, campaign: state === "paused" ? null : campaign, from: now, to })
      now = to
    }
    while (now < shiftEnd) {
      if (now >= breakAt) {
        span("paused", now + 45 * minute)
        breakAt = Number.POSITIVE_INFINITY
        continue
      }
      const idle = Math.round(-32_000 * Math.log(1 - next()) * (now < 10 * minute ? 3 : 1))
      const talk = Math.round(Math.exp(5.163 + 0.933 * 1.73 * (next() + next() + next() + next() - 2)) * 1_000)
      const wrap = Math.round(28_000 * (0.4 + 1.2 * next()))
      span("ready", now + idle)
      attempt(Math.max(0, now - 8_500), "connected", agent, idle, talk, wrap)
      for (const outcome of ["no-answer", "no-answer", "machine", "busy", "invalid"]) {
        const often = outcome === "busy" ? 0.15 : outcome === "invalid" ? 0.12 : 0.7
        if (next() < often) attempt(Math.max(0, now - Math.round(40_000 * next())), outcome, null, null, 0, 0)
      }
      if (next() < 0.025) attempt(Math.max(0, now - 9_000), "abandoned", null, null, 0, 0)
      span("talk", Math.min(now + talk, end))
      span("wrap", Math.min(now + wrap, end))
    }
  }
  return { attempts: attempts.toSorted((a, b) => a.placedAt - b.placedAt), spans }
}
