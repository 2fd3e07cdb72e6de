import { assert, describe, it } from "@effect/vitest"
import { Outcome, outcomeNames } from "../../src/domain/Outcome.ts"
import type { PacingSettings } from "../../src/domain/Pacing.ts"
import type { AttemptRow, SpanRow } from "../../src/store/schema.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { floors, group, keyOf, record, ringingPhone, scenarioOf } from "./worldFloors.ts"

const names = Object.keys(floors)
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)
const spanMillis = (spans: ReadonlyArray<SpanRow>, ...states: ReadonlyArray<string>): number =>
  sum(spans.filter(({ state }) => states.includes(state)).map(({ from, to }) => to - from))

/** Abandoned calls then end at once. */
const withoutMessage = (scenario: Scenario): Scenario => ({
  ...scenario,
  campaigns: scenario.campaigns.map((campaign) => ({
    ...campaign,
    settings: { ...campaign.settings, abandonMessage: false }
  }))
})

describe("one shift in the simulated world", () => {
  it.each(names)("gives the same records for the same seed, others for another: %s", (name) => {
    const first = record(floors[name])
    const again = record(floors[name])
    assert.deepStrictEqual(again.recorder.attempts, first.recorder.attempts)
    assert.deepStrictEqual(again.recorder.spans, first.recorder.spans)
    if (first.recorder.attempts.length < 20) return
    assert.notDeepEqual(record(floors[name], { replication: 1 }).recorder.attempts, first.recorder.attempts)
  })

  it.each(names)("ends, with every attempt in order and no contact in two calls: %s", (name) => {
    const { endedAt, recorder } = record(floors[name])
    const busyUntil = new Map<string, number>()
    const due = new Map<string, number>()
    const started = recorder.attempts.toSorted((a, b) => a.placedAt - b.placedAt)
    for (const row of started) {
      const contact = `${row.campaign}/${row.contact}`
      assert.isAtLeast(row.placedAt, busyUntil.get(contact) ?? 0, `${contact} is in two calls`)
      assert.isAtLeast(row.placedAt, due.get(contact) ?? 0, `${contact} is called before it is due`)
      const instants = [row.placedAt, row.answeredAt, row.connectedAt, row.endedAt].filter((at) => at !== null)
      assert.deepStrictEqual(
        instants,
        instants.toSorted((a, b) => a - b)
      )
      busyUntil.set(contact, row.endedAt + row.wrapMillis)
      due.set(contact, row.retryAt ?? Number.POSITIVE_INFINITY)
      assert.isAtMost(row.endedAt + row.wrapMillis, endedAt)
    }
  })

  it.each(names)("keeps the agents' spans without gap or overlap, and their work in the attempts: %s", (name) => {
    const { endedAt, recorder } = record(floors[name])
    const until = new Map<number, number>()
    for (const { agent, from, to } of recorder.spans) {
      assert.strictEqual(from, until.get(agent) ?? 0)
      assert.isAbove(to, from)
      until.set(agent, to)
    }
    for (const to of until.values()) assert.strictEqual(to, endedAt)
    const { attempts, spans } = recorder
    const work = sum(attempts.map((row) => row.talkMillis + row.holdMillis + row.wrapMillis))
    assert.strictEqual(work, spanMillis(spans, "talk", "hold", "wrap"))
    const read = sum(attempts.map((row) => row.previewMillis))
    // Cards that were passed over are time without an attempt.
    assert.isAtMost(read, spanMillis(spans, "preview"))
  })

  it.each(names)("has exactly one outcome for each attempt, live ones for the answered: %s", (name) => {
    const { counts, recorder } = record(floors[name])
    const live = ["connected", "abandoned", "hung-up-waiting", "scripted"]
    for (const row of recorder.attempts) {
      assert.include(outcomeNames, row.outcome)
      if (row.outcome === "machine") continue
      assert.strictEqual(live.includes(row.outcome), row.answeredAt !== null, row.outcome)
      assert.strictEqual(row.outcome === "connected", row.connectedAt !== null, row.outcome)
      assert.isFalse(row.machineFalse, `${row.outcome} as a person taken for a machine`)
    }
    assert.strictEqual(sum(counts.flatMap(({ outcomes }) => [...outcomes])), recorder.attempts.length)
  })

  it.each(names)("abandons nobody while an agent of the campaign is idle: %s", (name) => {
    const scenario = withoutMessage(floors[name])
    const { recorder } = record(scenario)
    for (const row of recorder.attempts.filter(({ outcome }) => outcome === "abandoned")) {
      const settings = scenario.campaigns.find((campaign) => campaign.settings.name === row.campaign)?.settings
      const at = row.endedAt
      const idle = recorder.spans.filter(
        ({ from, group: of, state, to }) =>
          state === "ready" && from < at && to > at && settings?.groups.includes(of) === true
      )
      const ready = idle.filter(
        ({ group: of }) => scenario.groups.find(({ name: each }) => each === of)?.phone.alwaysOn
      )
      assert.deepStrictEqual(ready, [], `${keyOf(row)} at ${at}`)
    }
  })
})

/** What a person did: nobody's business but the person's own. */
const behaviour = (row: AttemptRow, ringMillisMax: number) => ({
  // What the dialler did to the call is not the person's doing.
  outcome: row.answeredAt === null ? row.outcome : "answered",
  rang: row.answeredAt === null ? Math.min(ringMillisMax, row.endedAt - row.placedAt) : row.answeredAt - row.placedAt,
  talk: row.outcome === "connected" ? row.talkMillis : null
})

describe("chance belongs to the customers", () => {
  const pacings: ReadonlyArray<PacingSettings> = [
    { kind: "fixed-ratio", linesPerAgent: 1 },
    { kind: "fixed-ratio", linesPerAgent: 2.5 },
    { kind: "pickup-rate", rate: 0.5 }
  ]
  const run = (pacing: PacingSettings, mode: "predictive" | "progressive" | "preview" = "predictive") =>
    record(
      scenarioOf(
        { trunk: { ...floors["delay after dialling"].trunk } },
        { settings: { pacing, mode, abandonMessage: false }, work: { skipShare: 0 } }
      )
    )
  it("whatever the pacing or mode: the same person at the same attempt does the same", () => {
    const first = new Map(run(pacings[0]).recorder.attempts.map((row) => [keyOf(row), row]))
    const others = [...pacings.slice(1).map((pacing) => run(pacing)), run({ kind: "one-per-agent" }, "preview")]
    for (const { recorder } of others) {
      let compared = 0
      let talks = 0
      for (const row of recorder.attempts) {
        const other = first.get(keyOf(row))
        if (other === undefined) continue
        compared += 1
        const [a, b] = [behaviour(row, 31_000), behaviour(other, 31_000)]
        assert.deepStrictEqual({ ...a, talk: 0 }, { ...b, talk: 0 }, keyOf(row))
        if (a.talk === null || b.talk === null) continue
        talks += 1
        assert.strictEqual(a.talk, b.talk, keyOf(row))
      }
      assert.isAbove(compared, 300)
      assert.isAbove(talks, 50)
    }
  })
  it("and so does patience: a person leaves after the same wait or was served before", () => {
    const patient = (linesPerAgent: number) =>
      record(
        scenarioOf(
          {},
          {
            people: { patience: { kind: "exponential", mean: 3 } },
            settings: { dropMillis: 60_000, pacing: { kind: "fixed-ratio", linesPerAgent } }
          }
        )
      ).recorder.attempts
    const waits = (rows: ReadonlyArray<AttemptRow>) =>
      new Map(
        rows
          .filter((row) => row.outcome === "hung-up-waiting")
          .map((row) => [keyOf(row), row.endedAt - (row.answeredAt ?? 0)])
      )
    const [few, many] = [waits(patient(3)), patient(5)]
    let left = 0
    for (const row of many) {
      const patience = few.get(keyOf(row))
      if (patience === undefined || row.answeredAt === null) continue
      if (row.connectedAt !== null) assert.isAtMost(row.connectedAt - row.answeredAt, patience)
      else {
        left += 1
        assert.strictEqual(row.endedAt - row.answeredAt, patience)
      }
    }
    assert.isAbove(left, 20)
  })
})

describe("occupancy", () => {
  const workStates = ["talk", "hold", "preview", "wrap"]
  it.each(["progressive", "preview", "predictive"] as const)(
    "is connects per agent-hour times preview and handling time, exactly, over closed cycles: %s",
    (mode) => {
      const pacing: PacingSettings =
        mode === "predictive" ? { kind: "fixed-ratio", linesPerAgent: 1.5 } : { kind: "one-per-agent" }
      const people = { otherwise: { machine: 0, busy: 0.3, rejected: 0, invalid: 0 } }
      const work = { skipShare: 0, noAnswerWrap: { kind: "constant", value: 0 } as const }
      const scenario = scenarioOf({}, { settings: { mode, pacing }, people, work })
      const { counts, recorder } = record(scenario)
      const [count] = counts
      const working = spanMillis(recorder.spans, "ready", "reserved", ...workStates)
      const busy = spanMillis(recorder.spans, ...workStates)
      const connects = count.outcomes[Outcome.connected]
      const perHour = (connects * 3_600_000) / working
      const handlingSeconds = (count.previewMillis + count.talkMillis + count.wrapMillis) / connects / 1_000
      assert.strictEqual(count.previewMillis + count.talkMillis + count.wrapMillis, busy)
      assert.closeTo(busy / working, (perHour * handlingSeconds) / 3_600, 1e-12)
    }
  )
})

describe("the simulated world", () => {
  it("lets people hear a script as long as they like, whatever their patience in silence", () => {
    const scripted = (patience: number | null) =>
      record(
        scenarioOf(
          {},
          {
            settings: { ...floors["automatic without agents"].campaigns[0].settings },
            people: { patience: patience === null ? null : { kind: "constant", value: patience } }
          }
        )
      ).recorder.attempts
    assert.deepStrictEqual(scripted(5), scripted(null))
  })
  it("starts the patience of a person who wants an agent at the key, not at the answer", () => {
    const scenario = scenarioOf(
      { groups: [{ ...group, agents: 0 }] },
      {
        settings: {
          mode: "automatic",
          pacing: { kind: "lines", linesMax: 5, callsPerSecondMax: 5 },
          dropMillis: 60_000
        },
        people: {
          patience: { kind: "constant", value: 7 },
          script: {
            length: { kind: "constant", value: 40 },
            hangUpShare: 0,
            transferShare: 1,
            until: { kind: "constant", value: 10 }
          }
        },
        list: { contacts: 200 }
      }
    )
    const { attempts } = record(scenario).recorder
    const waited = attempts.filter(({ outcome }) => outcome === "hung-up-waiting")
    assert.isAbove(waited.length, 20)
    for (const row of waited) assert.strictEqual(row.endedAt - (row.answeredAt ?? 0), 17_000)
  })
  it("lets no machine press the key for an agent", () => {
    const scenario = scenarioOf(
      {},
      {
        settings: { mode: "automatic", pacing: { kind: "lines", linesMax: 5, callsPerSecondMax: 5 } },
        people: { otherwise: { machine: 1, busy: 0, rejected: 0, invalid: 0 }, answerShare: 0, reachabilitySpread: 0 },
        list: { contacts: 100 }
      }
    )
    const { attempts } = record(scenario).recorder
    assert.isAbove(attempts.length, 50)
    for (const row of attempts) {
      assert.isNull(row.agent)
      if (row.answeredAt !== null) assert.strictEqual(row.endedAt - row.answeredAt, 40_000)
    }
  })
  it("calls nobody whose call was over by then a person taken for a machine", () => {
    const { recorder } = record(floors["detection with errors"])
    const taken = recorder.attempts.filter(({ machineFalse }) => machineFalse)
    assert.isAbove(taken.length, 0)
    for (const { outcome } of taken) assert.strictEqual(outcome, "machine")
  })
  it("gives an agent the whole break, from when the work in hand is finished", () => {
    const breaks = [{ atSeconds: 1_800, lengthSeconds: 300, spreadSeconds: 0 }]
    const { recorder } = record(scenarioOf({ groups: [{ ...group, breaks }] }))
    const paused = recorder.spans.filter(({ state }) => state === "paused")
    assert.strictEqual(paused.length, 6)
    for (const { from, to } of paused) {
      assert.isAtLeast(from, 1_800_000)
      assert.strictEqual(to - from, 300_000)
    }
  })
  it("does not call an agent back from a break because of a call missed before it", () => {
    const breaks = [{ atSeconds: 600, lengthSeconds: 900, spreadSeconds: 0 }]
    const phone = { ...ringingPhone, missShare: 0.5 }
    const { recorder } = record(scenarioOf({ groups: [{ ...group, phone, breaks }] }))
    for (let agent = 0; agent < 6; agent += 1) {
      const long = recorder.spans.filter((span) => span.agent === agent && span.state === "paused")
      assert.isTrue(long.some(({ from, to }) => to - from >= 900_000))
    }
  })
  it("has nobody at work who would leave before coming", () => {
    const { spans } = record(floors["shifts shorter than their spread"]).recorder
    const atWork = spans.filter(({ state }) => state !== "signed-out")
    assert.isBelow(new Set(atWork.map(({ agent }) => agent)).size, 6)
    assert.isAbove(spanMillis(spans, "talk"), 0)
    assert.isBelow(Math.max(...atWork.map(({ to }) => to)), 3_600_000)
  })
  it("ends a run at the instant it is told to, with the spans closed there", () => {
    const { endedAt, recorder } = record(floors["a plain predictive floor"], { untilMillis: 1_000_000 })
    assert.strictEqual(endedAt, 1_000_000)
    assert.strictEqual(Math.max(...recorder.spans.map(({ to }) => to)), 1_000_000)
  })
  it("lets everybody finish the work in hand after the end of the shift", () => {
    const { endedAt, recorder } = record(floors["a plain predictive floor"])
    assert.isAbove(endedAt, 7_200_000)
    for (const row of recorder.attempts) assert.isBelow(row.placedAt, 7_200_000 + 900_000)
    assert.isAbove(recorder.attempts.filter(({ endedAt: at }) => at > 7_200_000).length, 0)
  })
  it("never has more than its lines up, nor starts more calls a second than it may", () => {
    const up = (rows: ReadonlyArray<AttemptRow>, at: number) =>
      rows.filter((row) => row.placedAt <= at && row.endedAt > at).length
    const { attempts } = record(floors["all lines busy"]).recorder
    for (const row of attempts) assert.isAtMost(up(attempts, row.placedAt), 3)
    const starts = record(floors["one call a second"]).recorder.attempts.map(({ placedAt }) => placedAt)
    starts.sort((a, b) => a - b)
    for (let i = 1; i < starts.length; i += 1) assert.isAtLeast(starts[i] - starts[i - 1], 1_000)
  })
  it("never runs out of an endless list", () => {
    const { counts, recorder } = record(floors["an endless list"])
    assert.isAbove(recorder.attempts.length, 1_000)
    assert.isAbove(counts[0].contactsLoaded, recorder.attempts.length)
  })
})
