import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { curveLength } from "../../../../src/dialler/learning/RingShape.ts"
import { Risk } from "../../../../src/dialler/pacing/lookahead/Risk.ts"
import { slotCount } from "../../../../src/dialler/pacing/lookahead/slots.ts"
import { drawsFor } from "../../learning/drawing.ts"

const offsets = Int32Array.from({ length: slotCount }, (_, slot) => 3 + 6 * slot)
const slots = Array.from({ length: slotCount }, (_, slot) => slot)

/** A curve that rises evenly from bin 0 to bin `full`. */
const ramp = (full: number): Float64Array => Float64Array.from({ length: curveLength }, (_, i) => Math.min(1, i / full))
const curves = [ramp(20), ramp(44), ramp(60)]

interface Line {
  readonly curve: number
  readonly age: number
  readonly chance: number
}
/** Free by the end of slot k with chance `first` + k × `step`. */
interface Agent {
  readonly first: number
  readonly step: number
}
interface Floor {
  readonly lines: ReadonlyArray<Line>
  readonly agents: ReadonlyArray<Agent>
  readonly free: number
}

const share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))
const LineOf = Schema.Struct({
  curve: Schema.Literals([0, 1, 2]),
  age: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 40 })),
  chance: share
})
const AgentOf = Schema.Struct({ first: share, step: share })
const FloorOf = Schema.Struct({
  lines: Schema.Array(LineOf).check(Schema.isMaxLength(6)),
  agents: Schema.Array(AgentOf).check(Schema.isMaxLength(6)),
  free: Schema.Int.check(Schema.isBetween({ minimum: -8, maximum: 8 }))
})

const already = ({ age, curve }: Line) => curves[curve][age]
const scale = (line: Line) => line.chance / (line.chance * (1 - already(line)) + 1 - line.chance + 1e-9)
const answeredBy = (line: Line, slot: number) =>
  scale(line) * (curves[line.curve][line.age + offsets[slot]] - already(line))
const freeBy = ({ first, step }: Agent, slot: number) => Math.min(1, first + (slot * step) / 8)

const addLine = (risk: Risk, line: Line) => risk.addLine(curves[line.curve], line.age, already(line), scale(line))
const addAgent = (risk: Risk, agent: Agent) => {
  // The row starts somewhere inside the table.
  const table = Float64Array.from({ length: 3 * slotCount }, (_, cell) => freeBy(agent, cell - slotCount))
  risk.addAgent(table, slotCount)
}
const reckon = ({ lines, agents, free }: Floor, exact: boolean, deviation = 0, risk = new Risk(offsets)): Risk => {
  risk.begin(exact, deviation)
  for (const agent of agents) addAgent(risk, agent)
  risk.free = free
  for (const line of lines) addLine(risk, line)
  return risk
}
/** The risk of every slot: of `exceeds` with all weight on that slot, the worst from it on. */
const worstOf = (risk: Risk): ReadonlyArray<number> => {
  risk.worstFrom()
  return [...risk.worst]
}

/** Every outcome of the yes-or-no events: chance that free agents and those who come are no more than the answers. */
const enumerated = ({ lines, agents, free }: Floor, slot: number, level = 1): number => {
  const yes = [
    ...lines.map((line) => Math.min(1, level * answeredBy(line, slot))),
    ...agents.map((agent) => 1 - freeBy(agent, slot))
  ]
  let risk = 0
  for (let outcome = 0; outcome < 1 << yes.length; outcome += 1) {
    let chance = 1
    let count = 0
    yes.forEach((q, event) => {
      const happens = (outcome >> event) & 1
      chance *= happens === 1 ? q : 1 - q
      count += happens
    })
    if (count >= free + agents.length) risk += chance
  }
  return risk
}
const runningMax = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const worst = [...values]
  for (let slot = slotCount - 2; slot >= 0; slot -= 1) worst[slot] = Math.max(worst[slot], worst[slot + 1])
  return worst
}
const closeTo = (actual: ReadonlyArray<number>, expected: ReadonlyArray<number>, tolerance: number) =>
  actual.forEach((value, slot) => assert.approximately(value, expected[slot], tolerance, `slot ${slot}`))

/** A floor of so many agents at random ages with about as many lines as they can serve. */
const largeFloor = (events: number, seed: number): Floor => {
  const draws = drawsFor(`floor ${events} ${seed}`)
  const agents = Array.from({ length: Math.round(0.6 * events) }, () => ({
    first: 0.3 * draws.next(),
    step: 0.3 * draws.next()
  }))
  const lines = Array.from({ length: events - agents.length }, () => ({
    curve: draws.nextBelow(3),
    age: draws.nextBelow(40),
    chance: 0.1 + 0.4 * draws.next()
  }))
  return { lines, agents, free: draws.nextBelow(4) }
}

describe("risk, exact", () => {
  it.prop("is the sum over all outcomes, the worst from each slot on", { floor: FloorOf }, ({ floor }) => {
    const all = slots.map((slot) => enumerated(floor, slot))
    closeTo(worstOf(reckon(floor, true)), runningMax(all), 1e-9)
  })
  it.prop(
    "is the mean over three levels of all answer chances together where these are uncertain",
    { floor: FloorOf, deviation: Schema.Literals([0.1, 0.4, 0.8]) },
    ({ deviation, floor }) => {
      const apart = Math.sqrt(3) * deviation
      const all = slots.map((slot) => {
        const at = (level: number) => enumerated(floor, slot, Math.max(0, level))
        return at(1 - apart) / 6 + (2 * at(1)) / 3 + at(1 + apart) / 6
      })
      closeTo(worstOf(reckon(floor, true, deviation)), runningMax(all), 1e-9)
    }
  )
  it.each([
    { free: 0, risk: 1 },
    { free: -3, risk: 1 },
    { free: 1, risk: 0 }
  ])("without a line or a busy agent, $free free, is $risk", ({ free, risk }) => {
    for (const exact of [true, false]) {
      closeTo(worstOf(reckon({ lines: [], agents: [], free }, exact)), new Array<number>(slotCount).fill(risk), 1e-9)
    }
  })
  it("is 0 as long as all lines and busy agents together are fewer than the threshold", () => {
    const lines = Array.from({ length: 5 }, () => ({ curve: 0, age: 0, chance: 1 }))
    closeTo(worstOf(reckon({ lines, agents: [], free: 6 }, true)), new Array<number>(slotCount).fill(0), 1e-15)
  })
  it("knows teams of more agents than there was room for at first", () => {
    const sure = { first: 1, step: 0 }
    const risk = new Risk(offsets)
    for (const size of [3, 70, 400, 5]) {
      const agents = new Array<Agent>(size).fill(sure)
      const lines = new Array<Line>(size + 2).fill({ curve: 0, age: 30, chance: 0.4 })
      const floor = { agents, lines, free: 1 }
      closeTo(worstOf(reckon(floor, true, 0, risk)), worstOf(reckon(floor, true)), 0)
    }
  })
})

describe("risk, normal form", () => {
  const errors = (events: number) =>
    Array.from({ length: 60 }, (_, seed) => largeFloor(events, seed)).flatMap((floor) => {
      const exact = worstOf(reckon(floor, true))
      return worstOf(reckon(floor, false)).map((risk, slot) => Math.abs(risk - exact[slot]))
    })
  it.each([
    { events: 20, largest: 0.035 },
    { events: 40, largest: 0.025 },
    { events: 60, largest: 0.02 }
  ])("of $events events is within $largest of the exact one", ({ events, largest }) => {
    assert.isBelow(Math.max(...errors(events)), largest)
  })
  it("is larger the less certain the chance of an answer is, where it is small", () => {
    const { lines, agents } = largeFloor(60, 1)
    const floor = { lines, agents, free: 12 }
    const sure = worstOf(reckon(floor, false))
    worstOf(reckon(floor, false, 0.5)).forEach((risk, slot) => assert.isAbove(risk, sure[slot]))
  })
})

const WeightsOf = Schema.Array(share).check(Schema.isMinLength(slotCount), Schema.isMaxLength(slotCount))
const Question = { floor: FloorOf, weights: WeightsOf, price: share, exact: Schema.Boolean }

describe("risk of one more call", () => {
  const orderOf = (weights: ReadonlyArray<number>) => slots.toSorted((a, b) => weights[b] - weights[a] || a - b)
  const rounding = 1e-12

  it.prop(
    "exceeds the price when the sum over all slots does, early or late",
    Question,
    ({ floor, price, ...rest }) => {
      const total = rest.weights.reduce((sum, weight) => sum + weight, 0) + 1e-9
      const weights = Float64Array.from(rest.weights, (weight) => weight / total)
      const worst = worstOf(reckon(floor, rest.exact))
      const sum = weights.reduce((all, weight, slot) => all + weight * worst[slot], 0)
      const risk = reckon(floor, rest.exact)
      const exceeds = risk.exceeds(price, weights, orderOf([...weights]))
      if (exceeds) assert.isAbove(sum, price - rounding)
      else assert.isAtMost(sum, price + rounding)
      // The wait until the next question is reckoned from the estimate.
      if (exceeds) assert.isAtLeast(risk.estimate, price)
      else assert.approximately(risk.estimate, sum, rounding)
    }
  )
  it.prop(
    "is the same whether a call was added before the first question or after it",
    {
      floor: FloorOf,
      more: Schema.Array(LineOf).check(Schema.isMaxLength(4)),
      slot: Schema.Literals(slots),
      exact: Schema.Boolean
    },
    ({ exact, floor, more, slot }) => {
      const risk = reckon(floor, exact, 0.1)
      const weights = new Float64Array(slotCount)
      weights[slot] = 1
      for (const line of more) {
        // With all weight on one slot and a low price only that slot is reckoned before the next call is added.
        risk.exceeds(1e-3, weights, orderOf([...weights]))
        addLine(risk, line)
      }
      const anew = reckon({ ...floor, lines: [...floor.lines, ...more] }, exact, 0.1)
      closeTo(worstOf(risk), worstOf(anew), 1e-12)
    }
  )
  it.prop(
    "is that of the others when a call is taken out, in the normal form",
    { floor: FloorOf, line: LineOf },
    (of) => {
      const { floor, line } = of
      const risk = reckon({ ...floor, lines: [line, ...floor.lines] }, false, 0.1)
      const all = worstOf(risk)
      const alter = (times: 1 | -1) => risk.alterBy(times, curves[line.curve], line.age, already(line), scale(line))
      assert.isTrue(alter(-1))
      const others = worstOf(reckon(floor, false, 0.1))
      closeTo(worstOf(risk), others, 1e-6)
      assert.isTrue(alter(1))
      closeTo(worstOf(risk), all, 1e-6)
      assert.isFalse(reckon(floor, true).alterBy(-1, curves[0], 0, 0, 0.3))
    }
  )
  it("never falls when a call is added or an agent leaves", () => {
    for (const exact of [true, false]) {
      for (let seed = 0; seed < 20; seed += 1) {
        const floor = largeFloor(30, seed)
        const more = [...floor.lines, { curve: 1, age: 5, chance: 0.3 }]
        const before = worstOf(reckon(floor, exact))
        worstOf(reckon({ ...floor, lines: more }, exact)).forEach((risk, slot) => assert.isAtLeast(risk, before[slot]))
        worstOf(reckon({ ...floor, free: floor.free - 1 }, exact)).forEach((risk, slot) =>
          assert.isAtLeast(risk, before[slot])
        )
      }
    }
  })
})
