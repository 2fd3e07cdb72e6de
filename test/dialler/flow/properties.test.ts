import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import type { Draws } from "../../../sim/random/Draws.ts"
import { compileFlow } from "../../../src/dialler/flow/compileFlow.ts"
import { FlowAction, type FlowProgram } from "../../../src/dialler/flow/FlowProgram.ts"
import { FlowRuns } from "../../../src/dialler/flow/FlowRuns.ts"
import type { CallFlow } from "../../../src/domain/flow/CallFlow.ts"
import { flowProblemText } from "../../../src/domain/flow/FlowProblem.ts"
import { FlowGraph } from "../../../src/domain/flow/flowWays.ts"
import { PlainFlow } from "./PlainFlow.ts"
import { drawsOf, known, randomFlow } from "./randomFlow.ts"

const Seed = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 ** 31 - 1 }))
const entries = ["1", "2", "9", "5", "*", "#", "12", "07", "02", "299", "", "x", "1".repeat(21), "30"]

/** Everything a call's columns hold, to see whether anything changed. */
const stateOf = (runs: FlowRuns, call: number, program: FlowProgram) => [
  ...[runs.step[call], runs.turn[call], runs.result[call], runs.program[call]],
  ...program.stepNames.map((_, step) => runs.visits(call, step))
]

const events = [
  (runs: FlowRuns, call: number, turn: number) => runs.played(call, turn),
  (runs: FlowRuns, call: number, turn: number) => runs.keys(call, turn, "1"),
  (runs: FlowRuns, call: number, turn: number) => runs.timedOut(call, turn),
  (runs: FlowRuns, call: number, turn: number) => runs.recorded(call, turn),
  (runs: FlowRuns, call: number, turn: number) => runs.looked(call, turn, -1),
  (runs: FlowRuns, call: number, turn: number) => runs.proceed(call, turn),
  (runs: FlowRuns, call: number, turn: number) => runs.transferFailed(call, turn),
  (runs: FlowRuns, call: number, turn: number) => (runs.transferred(call, turn) ? -1 : FlowAction.none)
]
/** The events that answer each action, by their places in `events`. */
const answering: Readonly<Record<number, ReadonlyArray<number>>> = {
  [FlowAction.play]: [0],
  [FlowAction.collect]: [1, 2],
  [FlowAction.record]: [3],
  [FlowAction.look]: [4],
  [FlowAction.doNotCall]: [5],
  [FlowAction.set]: [5],
  [FlowAction.transferToGroup]: [6, 7],
  [FlowAction.transferToNumber]: [6, 7]
}

/** Events that come too late, or at the wrong time: none of them does anything. */
const nothingElseHappens = (runs: FlowRuns, call: number, program: FlowProgram, action: number): void => {
  const before = stateOf(runs, call, program).join()
  const turn = runs.turn[call]
  let done = 0
  events.forEach((event, index) => {
    for (const late of [turn - 1, turn + 1, 0, 200]) {
      if (event(runs, call, late) !== FlowAction.none) done += 1
    }
    const answers = answering[action]?.includes(index) === true
    if (!answers && event(runs, call, turn) !== FlowAction.none) done += 1
  })
  assert.strictEqual(done, 0)
  assert.strictEqual(stateOf(runs, call, program).join(), before)
}

/** One answer to an action, told to both; returns what is next. */
const happen = (draws: Draws, runs: FlowRuns, call: number, plain: PlainFlow, action: number): number => {
  const turn = runs.turn[call]
  switch (action) {
    case FlowAction.play:
      plain.goOn()
      return runs.played(call, turn)
    case FlowAction.record:
      plain.goOn()
      return runs.recorded(call, turn)
    case FlowAction.doNotCall:
    case FlowAction.set:
      plain.goOn()
      return runs.proceed(call, turn)
    case FlowAction.collect: {
      if (draws.nextChance(0.3)) {
        plain.timedOut()
        return runs.timedOut(call, turn)
      }
      const keys = entries[draws.nextBelow(entries.length)]
      plain.keys(keys)
      return runs.keys(call, turn, keys)
    }
    case FlowAction.look: {
      const cases = draws.nextBelow(8)
      plain.looked(cases)
      return runs.looked(call, turn, cases)
    }
    default:
      if (draws.nextChance(0.3)) {
        plain.transferred()
        assert.isTrue(runs.transferred(call, turn))
        return FlowAction.none
      }
      plain.transferFailed()
      return runs.transferFailed(call, turn)
  }
}

const isEnd = (action: number) =>
  action === FlowAction.hangUp || action === FlowAction.giveUp || action === FlowAction.none

/** Plays a call to its end; returns the steps it took. */
const play = (draws: Draws, flow: CallFlow, program: FlowProgram, runs: FlowRuns, call: number, got: Array<string>) => {
  const plain = new PlainFlow(flow)
  let action = runs.begin(call, 0)
  let turns = 0
  for (;;) {
    assert.strictEqual(action, plain.action)
    assert.strictEqual(runs.turn[call], plain.turn)
    nothingElseHappens(runs, call, program, action)
    if (isEnd(action)) break
    assert.strictEqual(program.stepNames[runs.step[call]], plain.step.name)
    turns = runs.turn[call]
    action = happen(draws, runs, call, plain, action)
  }
  assert.strictEqual(program.results[runs.result[call]], plain.result)
  assert.notStrictEqual(plain.result, "turn-limit")
  assert.deepStrictEqual(got, plain.answers)
  return turns
}

describe("any flow without fault", () => {
  let compiled = 0
  let longest = 0
  it.prop(
    "runs as its words say, ends within the bound, and no late event changes anything",
    { seed: Seed },
    ({ seed }) => {
      const draws = drawsOf(seed)
      const steps = 2 + draws.nextBelow(11)
      const flow = randomFlow(draws, { steps, questions: 4, repeatsMax: 6, loose: 0 })
      const { problems, program } = compileFlow(flow, known)
      const errors = problems.filter(({ severity }) => severity === "error")
      if (program === null) {
        assert.match(errors.map(flowProblemText).join("\n"), /^steps: found calls of up to \d+ steps; .*$/)
        return
      }
      assert.deepStrictEqual(errors, [])
      compiled += 1
      const turnsMax = new FlowGraph(flow).turnsMax()
      let got: Array<string> = []
      const runs = new FlowRuns([program], {
        answered: (_, step, keys) => void got.push(`${program.stepNames[step]} ${keys}`)
      })
      for (let time = 0; time < 8; time += 1) {
        got = []
        // The slots of calls are used again and again.
        const turns = play(draws, flow, program, runs, time % 3, got)
        longest = Math.max(longest, turns)
        assert.isAtMost(turns, turnsMax)
      }
    },
    { arbitrary: { runs: 800, seed: 1 } }
  )
  it("was mostly short enough, and now and then long", () => {
    assert.isAbove(compiled, 500)
    assert.isAbove(longest, 25)
  })
})

/** Every course a call can take, whatever is pressed or known: its steps, or null where it need not end. */
const longestCourse = (flow: CallFlow, from: number): number | null => {
  const numbers = new Map(flow.steps.map(({ name }, index) => [name, index]))
  const done = new Map<string, number>()
  const open = new Set<string>()
  const visit = (step: number, asked: ReadonlyArray<number>): number | null => {
    const key = `${step} ${asked.join()}`
    const before = done.get(key)
    if (before !== undefined) return before
    if (open.has(key)) return null
    open.add(key)
    let most = 0
    for (const [to, then] of coursesOf(flow, step, asked)) {
      const rest = visit(numbers.get(to) ?? 0, then)
      if (rest === null) return null
      most = Math.max(most, rest)
    }
    open.delete(key)
    done.set(key, most + 1)
    return most + 1
  }
  return visit(
    from,
    flow.steps.map(() => 0)
  )
}

type Course = readonly [to: string, asked: ReadonlyArray<number>]
const coursesOf = (flow: CallFlow, index: number, asked: ReadonlyArray<number>): ReadonlyArray<Course> => {
  const step = flow.steps[index]
  switch (step.do) {
    case "collect": {
      const repeats = step.repeats ?? 2
      if (asked[index] > repeats) return [[step.noInput, asked]]
      const then = asked.with(index, asked[index] + 1)
      const last = then[index] > repeats
      const again = last ? [step.noInput, step.invalid ?? step.noInput] : [step.name]
      return [...Object.values(step.keys), ...again].map((to) => [to, then])
    }
    case "branch":
      return [...step.cases.map((each) => each.next), step.otherwise].map((to) => [to, asked])
    case "transfer":
      return step.failed === undefined ? [] : [[step.failed, asked]]
    case "hang-up":
      return []
    default:
      return [[step.next ?? flow.steps[index + 1].name, asked]]
  }
}

describe("any flow", () => {
  let endless = 0
  let whole = 0
  it.prop(
    "is refused when a call need not end, and its bound holds when every call does",
    { seed: Seed },
    ({ seed }) => {
      const draws = drawsOf(seed)
      const steps = 2 + draws.nextBelow(8)
      const flow = randomFlow(draws, { steps, questions: 3, repeatsMax: 2, loose: 0.25 })
      const graph = new FlowGraph(flow)
      const courses = flow.steps.map((_, index) => longestCourse(flow, index))
      const { program } = compileFlow(flow, known)
      if (courses.includes(null)) {
        endless += 1
        assert.isNotNull(graph.unboundedLoop())
        assert.isNull(program)
        return
      }
      whole += 1
      assert.isNull(graph.unboundedLoop())
      assert.isAtMost(courses[0] ?? Infinity, graph.turnsMax())
      assert.strictEqual(program !== null, graph.turnsMax() <= 200)
    },
    { arbitrary: { runs: 800, seed: 2 } }
  )
  it("was of both kinds", () => {
    assert.isAbove(endless, 150)
    assert.isAbove(whole, 150)
  })

  /** One thing broken in a flow without fault. */
  const breakages: Readonly<Record<string, (flow: CallFlow, draws: Draws) => CallFlow>> = {
    "a step's name twice": (flow) => ({ ...flow, steps: [...flow.steps, { ...flow.steps[0] }] }),
    "no steps": (flow) => ({ ...flow, steps: [] }),
    "a way to nowhere": (flow) => ({
      ...flow,
      steps: [{ name: "new", do: "play", file: "a.wav", next: "nowhere" }, ...flow.steps]
    }),
    "a question's way to nowhere": (flow) => ({
      ...flow,
      steps: [{ name: "new", do: "collect", keys: { "1": "nowhere" }, noInput: "s0" }, ...flow.steps]
    }),
    "an open end": (flow) => ({ ...flow, steps: [...flow.steps, { name: "new", do: "do-not-call" }] }),
    "a group unknown": (flow) => ({
      ...flow,
      steps: [...flow.steps, { name: "new", do: "transfer", group: "others" }]
    }),
    "a loop": (flow) => ({
      ...flow,
      steps: [
        ...flow.steps,
        { name: "new", do: "play", file: "a.wav", next: "new too" },
        { name: "new too", do: "do-not-call", next: "new" }
      ]
    }),
    "keys that overlap": (flow) => ({
      ...flow,
      steps: [{ name: "new", do: "collect", keys: { "1": "s0", X: "s0" }, noInput: "s0" }, ...flow.steps]
    }),
    "keys without an end": (flow) => ({
      ...flow,
      steps: [{ name: "new", do: "collect", keys: { "X+": "s0" }, noInput: "s0" }, ...flow.steps]
    }),
    "keys that are none": (flow) => ({
      ...flow,
      steps: [{ name: "new", do: "collect", keys: { one: "s0" }, noInput: "s0" }, ...flow.steps]
    })
  }
  it.each(Object.keys(breakages))("with %s is never compiled", (name) => {
    for (let seed = 0; seed < 100; seed += 1) {
      const draws = drawsOf(seed)
      const flow = randomFlow(draws, { steps: 2 + draws.nextBelow(11), questions: 4, repeatsMax: 1, loose: 0 })
      assert.isNull(compileFlow(breakages[name](flow, draws), known).program)
    }
  })
})
