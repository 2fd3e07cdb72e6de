import { assert, describe, it } from "@effect/vitest"
import { Agents, PhoneAnswer } from "../../sim/Agents.ts"
import { Draws } from "../../sim/random/Draws.ts"
import { seedOf } from "../../sim/random/seed.ts"
import type { AgentGroup } from "../../sim/Scenario.ts"
import { group, ringingPhone, work } from "./worldFloors.ts"

const agentsOf = (...groups: ReadonlyArray<Partial<AgentGroup>>) =>
  new Agents(
    groups.map((each) => ({ ...group, ...each })),
    [work],
    new Draws(...seedOf("agents", 0))
  )
const mean = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length

describe("simulated agents", () => {
  it("take the same times for their n-th piece of work, whatever the others do meanwhile", () => {
    const alone = agentsOf({ agents: 3 })
    const times = Array.from({ length: 50 }, () => alone.wrapMillis(1, 0, true))
    const busy = agentsOf({ agents: 3 })
    const among = times.map(() => {
      busy.wrapMillis(0, 0, true)
      busy.previewMillis(2, 0)
      busy.phone(1)
      return busy.wrapMillis(1, 0, true)
    })
    assert.deepStrictEqual(among, times)
  })
  it("are all of one speed unless told, else as different as the variation says", () => {
    const same = agentsOf({ agents: 5 })
    assert.isTrue([0, 1, 2, 3, 4].every((agent) => same.speed(agent) === 1))
    const count = 5_000
    const different = agentsOf({ agents: count, speedCv: 0.3 })
    const speeds = Array.from({ length: count }, (_, agent) => different.speed(agent))
    const deviation = Math.sqrt(mean(speeds.map((speed) => (speed - mean(speeds)) ** 2)))
    assert.closeTo(mean(speeds), 1, 0.02)
    assert.closeTo(deviation, 0.3, 0.02)
  })
  it("work slower by their speed in everything", () => {
    const [slow, usual] = [agentsOf({ agents: 40, speedCv: 0.5 }), agentsOf({ agents: 40 })]
    for (let agent = 0; agent < 40; agent += 1) {
      const speed = slow.speed(agent)
      assert.closeTo(slow.wrapMillis(agent, 0, true), usual.wrapMillis(agent, 0, true) * speed, 1 + speed)
      assert.closeTo(slow.previewMillis(agent, 0), usual.previewMillis(agent, 0) * speed, 1 + speed)
      assert.closeTo(slow.machineMillis(agent, 0), 6_000 * speed, 1)
    }
  })
  it("code a call nobody answered in its own time", () => {
    assert.strictEqual(agentsOf({}).wrapMillis(0, 0, false), 4_000)
  })
  it("pass over as many cards as they should", () => {
    const agents = agentsOf({ agents: 1 })
    const count = 10_000
    let skipped = 0
    for (let card = 0; card < count; card += 1) {
      agents.previewMillis(0, 0)
      if (agents.skips) skipped += 1
    }
    assert.closeTo(skipped / count, 0.1, 4 * Math.sqrt((0.1 * 0.9) / count))
  })
  it("pick up, miss and refuse their phones in the shares of their group", () => {
    const agents = agentsOf({ agents: 1, phone: { ...ringingPhone, missShare: 0.2, refuseShare: 0.1 } })
    const count = 10_000
    const rung = Array.from({ length: count }, () => [agents.phone(0), agents.phoneAnswer] as const)
    const share = (answer: number) => rung.filter((each) => each[1] === answer).length / count
    assert.closeTo(share(PhoneAnswer.missed), 0.2, 0.016)
    assert.closeTo(share(PhoneAnswer.refused), 0.1, 0.012)
    for (const [millis, answer] of rung) {
      if (answer === PhoneAnswer.missed) assert.strictEqual(millis, 12_000)
      else assert.isTrue(millis >= 500 && millis <= 1_900)
    }
  })
  it("come up to so much late and leave up to so much early, each in the own way and always the same", () => {
    const shift = { startSeconds: 100, endSeconds: 4_000, spreadSeconds: 600 }
    const agents = agentsOf({ agents: 200, shift })
    const shifts = Array.from({ length: 200 }, (_, agent) => agents.shift(agent))
    for (const [start, end] of shifts) {
      assert.isTrue(start >= 100_000 && start <= 700_000 && end >= 3_400_000 && end <= 4_000_000)
    }
    assert.isAbove(new Set(shifts.map(([start]) => start)).size, 190)
    assert.deepStrictEqual(agents.shift(7), shifts[7])
  })
  it("stay for ever where the shift has no end", () => {
    const agents = agentsOf({ shift: { startSeconds: 0, endSeconds: Number.POSITIVE_INFINITY, spreadSeconds: 60 } })
    assert.strictEqual(agents.shift(0)[1], Number.POSITIVE_INFINITY)
  })
  it("take every break of their group, spread over its time", () => {
    const breaks = [
      { atSeconds: 1_000, lengthSeconds: 300, spreadSeconds: 600 },
      { atSeconds: 9_000, lengthSeconds: 60, spreadSeconds: 0 }
    ]
    const agents = agentsOf({ agents: 2 }, { name: "other", agents: 100, breaks })
    assert.deepStrictEqual(agents.breaks(0), [])
    const firsts = Array.from({ length: 100 }, (_, agent) => agents.breaks(2 + agent))
    for (const [first, second] of firsts) {
      assert.isTrue(first[0] >= 1_000_000 && first[0] <= 1_600_000)
      assert.deepStrictEqual([first[1], ...second], [300_000, 9_000_000, 60_000])
    }
    assert.isAbove(new Set(firsts.map(([first]) => first[0])).size, 90)
  })
})
