import { assert, describe, it } from "@effect/vitest"
import { agentStateNames } from "../../src/domain/AgentState.ts"
import { E164 } from "../../src/domain/Contact.ts"
import { floors, record, scenarioOf } from "./worldFloors.ts"

const first = (name: string) => record(floors[name]).recorder

describe("the records of a shift", () => {
  it("number the attempts in the order in which they were complete", () => {
    const { attempts } = first("everything at once")
    assert.isAbove(attempts.length, 500)
    attempts.forEach((row, index) => assert.strictEqual(row.id, index + 1))
  })
  it("count the attempts of each contact from 1, without a gap", () => {
    for (const name of ["a plain predictive floor", "preview", "everything at once"]) {
      const last = new Map<string, number>()
      for (const { attempt, campaign, contact } of first(name).attempts) {
        const key = `${campaign}/${contact}`
        assert.strictEqual(attempt, (last.get(key) ?? 0) + 1)
        last.set(key, attempt)
      }
    }
  })
  it("name the agent who talked, and the one who was held for the call", () => {
    for (const row of first("a plain predictive floor").attempts) {
      assert.isFalse(row.reserved)
      assert.strictEqual(row.agent === null, row.connectedAt === null)
    }
    for (const row of first("preview").attempts) {
      assert.isTrue(row.reserved)
      assert.isNotNull(row.agent)
      assert.isAbove(row.previewMillis, 0)
      assert.isFalse(row.late)
    }
  })
  it("know idle time before connected calls only, and no time that is negative", () => {
    for (const row of first("everything at once").attempts) {
      assert.strictEqual(row.idleMillis === null, row.connectedAt === null)
      for (const millis of [row.talkMillis, row.holdMillis, row.wrapMillis, row.previewMillis, row.idleMillis ?? 0]) {
        assert.isAtLeast(millis, 0)
        assert.isTrue(Number.isInteger(millis))
      }
    }
  })
  it("say late of those connected after the limit, and silent of those who heard no message", () => {
    const { attempts } = first("patience")
    const late = attempts.filter((row) => row.late)
    assert.isAbove(late.length, 10)
    for (const row of attempts) {
      const wait = (row.connectedAt ?? 0) - (row.answeredAt ?? 0)
      assert.strictEqual(row.late, row.connectedAt !== null && wait > 2_000)
      assert.isFalse(row.silent)
    }
  })
  it("name the number each call showed, and none where it was the trunk's own", () => {
    const numbers = [E164.make("+46701740605"), E164.make("+46701740606")]
    const settings = { rotation: "round-robin", numbers: numbers.map((number) => ({ number })) } as const
    const list = { contacts: 100 }
    const shown = record(
      scenarioOf({}, { settings: { callerIds: { settings: { ...settings, whenCapped: "stop" }, seed: 1 } }, list })
    ).recorder.attempts
    const placed = shown.toSorted((a, b) => a.placedAt - b.placedAt).map(({ callerId }) => callerId)
    assert.isAbove(placed.length, 100)
    const counts = numbers.map((number) => placed.filter((each) => each === number).length)
    assert.strictEqual(counts[0] + counts[1], placed.length)
    assert.isAtMost(Math.abs(counts[0] - counts[1]), 1)
    assert.isTrue(record(scenarioOf({}, { list })).recorder.attempts.every(({ callerId }) => callerId === null))
  })
  it("give the campaign of an agent's span, and none before the first call", () => {
    const { spans } = first("everything at once")
    const seen = new Set<number>()
    for (const { agent, campaign, state } of spans) {
      assert.include(agentStateNames, state)
      if (campaign !== null) seen.add(agent)
      else assert.isFalse(seen.has(agent))
      if (state === "talk" || state === "wrap") assert.isNotNull(campaign)
    }
  })
  it("agree with each other: each talk of an agent is one attempt", () => {
    const { attempts, spans } = first("a plain predictive floor")
    const talks = spans.filter(({ state }) => state === "talk").map(({ agent, from, to }) => `${agent} ${from} ${to}`)
    const calls = attempts
      .filter(({ connectedAt }) => connectedAt !== null)
      .map(({ agent, connectedAt, endedAt }) => `${agent} ${connectedAt} ${endedAt}`)
    assert.deepStrictEqual(talks.toSorted(), calls.toSorted())
  })
})
