import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { checkFlowPeople } from "../../../sim/flow/checkFlowPeople.ts"
import { FlowPeople } from "../../../sim/flow/FlowPeople.ts"
import { flowPathText } from "../../../src/domain/flow/FlowProblem.ts"
import { flowOf, withEnd } from "../../domain/flow/flows.ts"

const flow = flowOf({
  name: "test",
  steps: [
    { name: "hello", do: "play", file: "hello.wav" },
    { name: "words", do: "say", text: "one two" },
    {
      name: "menu",
      do: "collect",
      prompt: { file: "hello.wav" },
      keys: { "1": "end", "[2-5]": "who", XX: "end" },
      terminator: "#",
      noInput: "end"
    },
    { name: "any", do: "collect", keys: { X: "end", "*": "end", "#": "end" }, noInput: "end" },
    { name: "who", do: "branch", cases: [{ contact: { op: "exists", field: "city" }, next: "any" }], otherwise: "end" },
    { name: "end", do: "hang-up", result: "served" }
  ]
})
const right = {
  steps: {
    hello: { promptSeconds: 4 },
    menu: { promptSeconds: 6, keys: { "1": 0.3, "[2-3]": 0.1, "4": 0.1, "9X": 0.1 } },
    any: { keys: { "1": 0.5 } },
    who: { holds: [0.4] }
  }
} as const
type Given = typeof FlowPeople.Encoded

const problemsOf = (people: Given): ReadonlyArray<string> => {
  const problems: Array<string> = []
  checkFlowPeople(flow, Schema.decodeUnknownSync(FlowPeople)(people), (path, allowed) => {
    problems.push(`${flowPathText(path)}: ${allowed}`)
  })
  return problems
}
const withStep = (name: keyof typeof right.steps, more: NonNullable<Given["steps"]>[string]): Given => ({
  steps: { ...right.steps, [name]: { ...right.steps[name], ...more } }
})

describe("people of a flow", () => {
  it("fit it", () => {
    assert.deepStrictEqual(problemsOf(right), [])
  })
  it("are needed for questions, files and branches on the contact", () => {
    assert.deepStrictEqual(problemsOf({}), [
      "steps.hello.promptSeconds: the length of the sound file in seconds",
      "steps.menu.promptSeconds: the length of the sound file in seconds",
      "steps.menu.keys: shares of the keys 1, [2-5], XX",
      "steps.any.keys: shares of the keys X, *, #",
      "steps.who.holds: a list of 1, a share for each case that looks at the contact"
    ])
  })
  it("do what can be done at a step", () => {
    assert.deepStrictEqual(problemsOf({ steps: { ...right.steps, nobody: {} } }), [
      "steps.nobody: a step of the flow: hello, words, menu, any, who, end"
    ])
    assert.deepStrictEqual(problemsOf(withStep("hello", { keys: { "1": 1 }, holds: [1] })), [
      "steps.hello.holds: nothing: only branches have it",
      "steps.hello.keys: nothing: only steps that collect keys have it"
    ])
    assert.deepStrictEqual(problemsOf(withStep("hello", { hangUpSeconds: 3 })), [
      "steps.hello.hangUp: a share, with hangUpSeconds"
    ])
    assert.deepStrictEqual(problemsOf(withStep("who", { holds: [0.5, 0.6] })), [
      "steps.who.holds: a list of 1, a share for each case that looks at the contact",
      "steps.who.holds: shares that add to at most 1 (these add to 1.1)"
    ])
  })
  it("press keys there are, each named once", () => {
    assert.deepStrictEqual(problemsOf(withStep("menu", { keys: { "6": 0.1, one: 0.1, "[1-3]": 0.1, "1": 0.1 } })), [
      "steps.menu.keys.6: keys the step takes: 1, [2-5], XX",
      "steps.menu.keys.one: keys the step takes: 1, [2-5], XX",
      "steps.menu.keys.[1-3]: keys the step takes: 1, [2-5], XX"
    ])
    assert.deepStrictEqual(problemsOf(withStep("menu", { keys: { "[2-4]": 0.1, "4": 0.1 } })), [
      "steps.menu.keys.[2-4]: every key once"
    ])
  })
  it("have shares that add up", () => {
    assert.deepStrictEqual(problemsOf(withStep("menu", { keys: { "1": 0.6, "2": 0.3 }, invalid: 0.2 })), [
      "steps.menu.keys: shares that add to at most 1 (with invalid these add to 1.1)"
    ])
    assert.deepStrictEqual(problemsOf(withStep("menu", { keys: { "1": 0.6 }, noInput: 0.3 })), [
      "steps.menu.noInput: shares that add to 1 (with keys and invalid these add to 0.9)"
    ])
    assert.deepStrictEqual(problemsOf(withStep("menu", { keys: { "1": 0.6 }, noInput: 0.4 })), [])
  })
  it("press nothing wrong where nothing is", () => {
    assert.deepStrictEqual(problemsOf(withStep("any", { invalid: 0.1 })), [
      "steps.any.invalid: 0: the step takes every key there is"
    ])
  })
  it("do not press the terminator for a wrong key", () => {
    const all = { name: "all", do: "collect", keys: { X: "end", "*": "end" }, terminator: "#", noInput: "end" }
    const people = Schema.decodeUnknownSync(FlowPeople)({ steps: { all: { keys: { X: 0.5 }, invalid: 0.1 } } })
    const problems: Array<string> = []
    checkFlowPeople(flowOf(withEnd(all)), people, (path) => problems.push(flowPathText(path)))
    assert.deepStrictEqual(problems, ["steps.all.invalid"])
  })
  it("are plain data that can be written out again, defaults and all", () => {
    const people = Schema.decodeUnknownSync(FlowPeople)(right)
    const again = Schema.decodeUnknownSync(FlowPeople)(
      JSON.parse(JSON.stringify(Schema.encodeSync(FlowPeople)(people)))
    )
    assert.deepStrictEqual(again, people)
  })
  it("have shares between 0 and 1", () => {
    const decode = Schema.decodeUnknownResult(FlowPeople, { onExcessProperty: "error" })
    assert.isTrue(Result.isFailure(decode({ steps: { menu: { hangUp: 1.1 } } })))
    assert.isTrue(Result.isFailure(decode({ steps: { menu: { keys: { "1": -0.1 } } } })))
    assert.isTrue(Result.isFailure(decode({ steps: { menu: { hangup: 0.1 } } })))
    assert.isTrue(Result.isFailure(decode({ hangUpPerSecond: 2 })))
  })
})
