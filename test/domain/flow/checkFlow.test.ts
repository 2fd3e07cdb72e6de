import { assert, describe, it } from "@effect/vitest"
import { problemsOf, withEnd } from "./flows.ts"

type Step = Readonly<Record<string, unknown>>
const ask = (name: string, keys: Readonly<Record<string, string>>, more: Step = {}): Step => ({
  name,
  do: "collect",
  keys,
  noInput: "end",
  ...more
})
const play = (name: string, next?: string): Step => ({
  name,
  do: "play",
  file: "hello.wav",
  ...(next === undefined ? {} : { next })
})
const problems = (...steps: ReadonlyArray<Step>) => problemsOf(withEnd(...steps))

describe("the ways of a flow", () => {
  it("lead to steps there are", () => {
    assert.deepStrictEqual(
      problems(
        play("a", "A"),
        ask("b", { "1": "one" }, { noInput: "none", invalid: "wrong" }),
        { name: "c", do: "branch", cases: [{ question: "b", keys: "1", next: "x" }], otherwise: "y" },
        { name: "d", do: "transfer", group: "desk", failed: "z" }
      ),
      ["A", "one", "wrong", "none", "x", "y", "z"].map((name, i) => {
        const places = [
          "0].next",
          "1].keys.1",
          "1].invalid",
          "1].noInput",
          "2].cases[0].next",
          "2].otherwise",
          "3].failed"
        ]
        return `steps[${places[i]}: found "${name}"; allowed: the name of a step: a, b, c, d, end`
      })
    )
  })
  it("end with hang-up or transfer", () => {
    const steps = [ask("a", { "1": "b" }, { noInput: "b" }), play("b")]
    assert.deepStrictEqual(problemsOf({ name: "x", steps }), [
      "steps[1].next: found nothing; allowed: the name of a step, or a step after this one: a call ends with hang-up or transfer"
    ])
    assert.deepStrictEqual(problemsOf({ name: "x", steps: [{ name: "a", do: "transfer", group: "desk" }] }), [])
  })
  it("go through names that are given once", () => {
    assert.deepStrictEqual(problems(play("a"), play("a", "end")), [
      'steps[1].name: found "a"; allowed: a name that no other step has'
    ])
  })
  it("leave no step out; that is a warning", () => {
    assert.deepStrictEqual(problems(play("a", "end"), play("b", "c"), play("c", "b")), [
      // b and c lead to each other, too.
      'steps[1]: warning: found "b", to which no way leads; allowed: a step that some way leads to',
      'steps[2]: warning: found "c", to which no way leads; allowed: a step that some way leads to',
      "steps[1]: found a loop without end: b → c → b; allowed: loops that go through a key of a question, so that its repeats end them"
    ])
    assert.deepStrictEqual(problems(play("a", "end"), play("b")), [
      'steps[1]: warning: found "b", to which no way leads; allowed: a step that some way leads to'
    ])
  })
})

describe("loops", () => {
  const loop = (way: string) =>
    `steps[0]: found a loop without end: ${way}; allowed: loops that go through a key of a question, so that its repeats end them`
  it("are bounded by a key of a question, right or wrong", () => {
    assert.deepStrictEqual(problems(play("a"), ask("b", { "0": "a", "1": "end" })), [])
    assert.deepStrictEqual(problems(play("a"), ask("b", { "1": "end" }, { invalid: "a" })), [])
    assert.deepStrictEqual(problems(ask("a", { "1": "a" })), [])
  })
  it("are not bounded by a question that is passed without an answer", () => {
    assert.deepStrictEqual(problems(play("a"), ask("b", { "1": "end" }, { noInput: "a" })), [loop("a → b → a")])
  })
  it("are not bounded by themselves, by branches or by transfers", () => {
    const unreached = (index: number, name: string) =>
      `steps[${index}]: warning: found "${name}", to which no way leads; allowed: a step that some way leads to`
    assert.deepStrictEqual(problems(play("a", "a")), [unreached(1, "end"), loop("a → a")])
    const branch = { name: "a", do: "branch", cases: [{ contact: { op: "exists", field: "city" }, next: "end" }] }
    assert.deepStrictEqual(problems({ ...branch, otherwise: "a" }), [loop("a → a")])
    assert.deepStrictEqual(
      problems({ name: "a", do: "transfer", group: "desk", failed: "b" }, play("b", "a"), ask("c", { "1": "a" })),
      [unreached(2, "c"), unreached(3, "end"), loop("a → b → a")]
    )
  })
})

describe("the length of a call", () => {
  const tooLong = (turns: number) =>
    `steps: found calls of up to ${turns} steps; allowed: calls of at most 200 steps: fewer repeats, or fewer ways back`
  const chain = (count: number, repeats: number) =>
    Array.from({ length: count }, (_, i) => ask(`q${i}`, { "1": i + 1 < count ? `q${i + 1}` : "end" }, { repeats }))
  it("is that of every question asked as often as it can be", () => {
    assert.deepStrictEqual(problems(...chain(19, 9)), [])
    assert.deepStrictEqual(problems(...chain(20, 9)), [tooLong(201)])
  })
  it("counts ways back", () => {
    const menu = (count: number, repeats: number) => [
      ...Array.from({ length: count }, (_, i) => play(`p${i}`)),
      ask("menu", { "0": "p0", "1": "end" }, { repeats })
    ]
    // (4 questions + 1) × 40 steps, and the end.
    assert.deepStrictEqual(problems(...menu(39, 3)), [tooLong(201)])
    assert.deepStrictEqual(problems(...menu(38, 3)), [])
  })
})

describe("keys", () => {
  const keys = (of: Readonly<Record<string, string>>, more: Step = {}) => problems(ask("a", of, more))
  it("do not overlap", () => {
    assert.deepStrictEqual(keys({ "1": "end", "[1-3]": "end" }), [
      'steps[0].keys.[1-3]: found "[1-3]"; allowed: keys that 1 does not take as well'
    ])
    assert.deepStrictEqual(keys({ XX: "end", "[1]2": "end" }), [
      'steps[0].keys.[1]2: found "[1]2"; allowed: keys that XX does not take as well'
    ])
    assert.deepStrictEqual(keys({ "1": "end", "[2-9]": "end", "0": "end", "*": "end", "#": "end" }), [])
  })
  it("have an end that can be told", () => {
    assert.deepStrictEqual(keys({ "1": "end", "12": "end" }), [
      'steps[0].keys.1: found "1"; allowed: a terminator, since 12 may follow and nobody could know the end'
    ])
    assert.deepStrictEqual(keys({ "XXX+": "end" }), [
      'steps[0].keys.XXX+: found "XXX+"; allowed: a terminator, since more keys may follow and nobody could know the end'
    ])
    assert.deepStrictEqual(keys({ "1": "end", "12": "end", "XXX+": "end" }, { terminator: "#" }), [])
    assert.deepStrictEqual(keys({ XXXX: "end", "*": "end" }), [])
  })
  it("are not their own terminator", () => {
    assert.deepStrictEqual(keys({ "X#": "end", "*": "end" }, { terminator: "#" }), [
      'steps[0].keys.X#: found "X#"; allowed: keys without the terminator #'
    ])
  })
  it("are asked for at most 32 times in a flow", () => {
    const asks = Array.from({ length: 33 }, (_, i) => ask(`q${i}`, { "1": i < 32 ? `q${i + 1}` : "end" }))
    assert.deepStrictEqual(problems(...asks), ["steps: found 33 steps that collect keys; allowed: at most 32"])
  })
})

describe("branches", () => {
  const branch = (...cases: ReadonlyArray<Step>) =>
    problems(ask("q", { "[1-5]": "b", XX: "b" }, { terminator: "#" }), {
      name: "b",
      do: "branch",
      cases,
      otherwise: "end"
    })
  const at = (index: number, field: string) => `steps[1].cases[${index}].${field}`
  it("go by questions there are, keys they take and tries they have", () => {
    assert.deepStrictEqual(
      branch(
        { question: "b", keys: "1", next: "end" },
        { question: "x", tries: 1, next: "end" },
        { question: "q", keys: "9", next: "end" },
        { question: "q", keys: "19", next: "end" },
        { question: "q", tries: 4, next: "end" },
        { question: "q", tries: 3, next: "end" }
      ),
      [
        `${at(0, "question")}: found "b"; allowed: one of q`,
        `${at(1, "question")}: found "x"; allowed: one of q`,
        `${at(2, "keys")}: found "9"; allowed: keys that q takes: [1-5], XX`,
        `${at(4, "tries")}: found 4; allowed: 1 to 3: q is not asked more often`
      ]
    )
  })
  it("have no case that another takes before it; that is a warning", () => {
    assert.deepStrictEqual(
      branch(
        { question: "q", keys: "[1-3]", next: "end" },
        { question: "q", keys: "[2-4]", next: "end" },
        { question: "q", keys: "3", next: "end" }
      ),
      [`${at(2, "keys")}: warning: found "3"; allowed: keys that [1-3], a case before it, leaves`]
    )
    const two = { name: "b", do: "branch", otherwise: "end" }
    const cases = ["q", "r"].map((question) => ({ question, keys: "1", next: "end" }))
    assert.deepStrictEqual(problems(ask("q", { "1": "r" }), ask("r", { "1": "b" }), { ...two, cases }), [])
  })
  it("look at columns there are", () => {
    const contact = {
      op: "or",
      of: [
        { op: "exists", field: "parameter.Amount" },
        { op: "not", filter: { op: "exists", field: "parameter.Other" } }
      ]
    }
    assert.deepStrictEqual(branch({ contact, next: "end" }), [
      `${at(0, "contact.of[1].filter.field")}: found the column "Other"; allowed: one of Amount`
    ])
  })
})

describe("names of other things", () => {
  it("are those of the campaign's groups, columns and files, and of the flow's answers", () => {
    assert.deepStrictEqual(
      problems(
        { name: "a", do: "say", text: "{answer.q} {answer.kept} {answer.unknown} {parameter.Other} {city}" },
        ask("q", { "1": "s" }, { prompt: { file: "other.wav" } }),
        { name: "s", do: "set", answer: "kept", value: "{parameter.Other}" },
        { name: "p", do: "set", parameter: "Other", value: "1" },
        { name: "r", do: "record", prompt: { text: "{answer.none}" } },
        { name: "t", do: "transfer", group: "sales" }
      ),
      [
        'steps[0].text: found "{answer.unknown}"; allowed: answers of this flow: one of q, kept',
        'steps[0].text: found the column "Other"; allowed: one of Amount',
        'steps[1].prompt.file: found "other.wav"; allowed: one of hello.wav, bye.wav',
        'steps[2].value: found the column "Other"; allowed: one of Amount',
        'steps[3].parameter: found the column "Other"; allowed: one of Amount',
        'steps[4].prompt.text: found "{answer.none}"; allowed: answers of this flow: one of q, kept',
        'steps[5].group: found "sales"; allowed: one of desk'
      ]
    )
  })
})
