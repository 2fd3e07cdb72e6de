import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { CallFlow } from "../../../src/domain/flow/CallFlow.ts"
import { flowOf, known, problemsOf, withEnd } from "./flows.ts"

/** One of every kind of step, with all fields. */
const whole = {
  name: "every step",
  language: "en",
  voice: "en-us+f3",
  steps: [
    { name: "hello", do: "play", file: "hello.wav", next: "who" },
    { name: "who", do: "say", text: "For {firstName|you}: {parameter.Amount}", language: "cs", voice: "cs" },
    {
      name: "menu",
      do: "collect",
      prompt: { text: "Press 1, or 9. You pressed {answer.menu|nothing}" },
      keys: { "1": "branch", "[2-8]": "menu", "9": "stop", "*X+": "number" },
      terminator: "#",
      timeoutSeconds: 2.5,
      repeats: 3,
      noInput: "end",
      invalid: "hello",
      bargeIn: false
    },
    {
      name: "branch",
      do: "branch",
      cases: [
        { question: "menu", keys: "1", next: "opinion" },
        { question: "menu", tries: 4, next: "end" },
        {
          contact: {
            op: "and",
            of: [
              { op: ">", field: "parameter.Amount", value: 100 },
              { op: "exists", field: "city" }
            ]
          },
          next: "agents"
        }
      ],
      otherwise: "end"
    },
    {
      name: "opinion",
      do: "record",
      prompt: { file: "hello.wav" },
      beep: false,
      secondsMax: 30,
      silenceSeconds: 2,
      next: "keep"
    },
    { name: "keep", do: "set", answer: "path", value: "opinion {answer.menu}" },
    { name: "keep too", do: "set", parameter: "Amount", value: "0", next: "end" },
    { name: "agents", do: "transfer", group: "desk", failed: "end" },
    { name: "number", do: "transfer", number: "+442079460000" },
    { name: "stop", do: "do-not-call" },
    { name: "end", do: "hang-up", result: "served" }
  ]
}
const step = (fields: Readonly<Record<string, unknown>>) => problemsOf(withEnd({ name: "a", ...fields }))
const collect = { do: "collect", keys: { "1": "end" }, noInput: "end" }

describe("a call flow from plain data", () => {
  it("is what was written", () => {
    assert.deepStrictEqual<unknown>(flowOf(whole), whole)
    assert.deepStrictEqual(problemsOf(whole), [])
  })
  it("is one by its schema as well, and the same again as JSON", () => {
    const flow = Schema.decodeUnknownSync(CallFlow, { onExcessProperty: "error" })(whole)
    assert.deepStrictEqual(flow, flowOf(whole))
    assert.deepStrictEqual(flowOf(JSON.parse(JSON.stringify(Schema.encodeSync(CallFlow)(flow)))), flow)
  })

  const target = "the name of a step"
  const file = "the name of a sound file, such as greeting.wav or en/greeting.wav"
  const pattern = "keys such as 1, *, [1-5], X for any digit, XXXX, or XX+ for two or more"
  const cases: ReadonlyArray<readonly [fields: Readonly<Record<string, unknown>>, problem: string]> = [
    [
      { do: "jump" },
      'steps[0].do: found "jump"; allowed: one of play, say, collect, branch, record, transfer, do-not-call, set, hang-up'
    ],
    [
      {},
      "steps[0].do: found nothing; allowed: one of play, say, collect, branch, record, transfer, do-not-call, set, hang-up"
    ],
    [{ do: "play", file: "../secret.wav" }, `steps[0].file: found "../secret.wav"; allowed: ${file}`],
    [{ do: "play", file: "/secret.wav" }, `steps[0].file: found "/secret.wav"; allowed: ${file}`],
    [{ do: "play", file: "hello.wav", test: 1 }, "steps[0].test: found 1; allowed: only name, do, file, next"],
    [{ do: "play", file: "hello.wav", next: 5 }, `steps[0].next: found 5; allowed: ${target}`],
    [
      { do: "say", text: "x", voice: "-w out.wav" },
      'steps[0].voice: found "-w out.wav"; allowed: the name of a voice, such as en-us+f3'
    ],
    [
      { do: "say", text: "x", language: "English" },
      'steps[0].language: found "English"; allowed: a language, such as en or pt-BR'
    ],
    [{ ...collect, keys: { a: "end" } }, `steps[0].keys.a: found "a"; allowed: ${pattern}`],
    [{ ...collect, keys: { "1": 1 } }, `steps[0].keys.1: found 1; allowed: ${target}`],
    [
      { ...collect, keys: "1" },
      'steps[0].keys: found "1"; allowed: 1 to 30 keys or patterns of keys, each with the step it leads to'
    ],
    [
      { ...collect, keys: {} },
      "steps[0].keys: found {}; allowed: 1 to 30 keys or patterns of keys, each with the step it leads to"
    ],
    [{ ...collect, timeoutSeconds: 0 }, "steps[0].timeoutSeconds: found 0; allowed: a time from 1 to 60 s"],
    [{ ...collect, repeats: 1.5 }, "steps[0].repeats: found 1.5; allowed: a whole number from 0 to 9"],
    [{ ...collect, terminator: "1" }, 'steps[0].terminator: found "1"; allowed: # or *'],
    [{ ...collect, bargeIn: "no" }, 'steps[0].bargeIn: found "no"; allowed: true or false'],
    [
      { ...collect, prompt: "hello.wav" },
      'steps[0].prompt: found "hello.wav"; allowed: a block with file, or with text'
    ],
    [
      { ...collect, prompt: { file: "hello.wav", text: "x" } },
      'steps[0].prompt.file: found "hello.wav"; allowed: only text, language, voice'
    ],
    [{ do: "branch", cases: [], otherwise: "end" }, "steps[0].cases: found 0 items; allowed: a list of 1 to 30 cases"],
    [
      { do: "branch", cases: [{ contact: { op: "=", field: "city" }, next: "end" }], otherwise: "end" },
      "steps[0].cases[0].contact.value: found nothing; allowed: Missing key"
    ],
    [
      { do: "branch", cases: [{ question: "a", keys: { "1": "end" }, next: "end" }], otherwise: "end" },
      `steps[0].cases[0].keys: found {"1":"end"}; allowed: ${pattern}`
    ],
    [
      { do: "transfer", number: "020 7946" },
      'steps[0].number: found "020 7946"; allowed: a number such as +442079460000'
    ],
    [
      { do: "transfer", number: "+442079460000", group: "desk" },
      'steps[0].group: found "desk"; allowed: only name, do, number, failed'
    ],
    [{ do: "transfer" }, "steps[0].group: found nothing; allowed: the name of a group"],
    [
      { do: "hang-up", result: "Served" },
      'steps[0].result: found "Served"; allowed: a result in small letters, such as served or refused'
    ]
  ]
  it.each(cases)("refuses %j", (fields, problem) => {
    assert.deepStrictEqual(step(fields), [problem])
  })
  it.each(["{firstname}", "{answer.}", "{parameter.}", "{firstName", " ", "", "two\nlines", "x".repeat(1_001)])(
    "refuses the text %j",
    (text) => {
      const [problem, ...rest] = step({ do: "say", text })
      assert.match(
        problem,
        /^steps\[0\]\.text: found ".*; allowed: one line of at most 1000 characters; in braces only/
      )
      assert.deepStrictEqual(rest, [])
    }
  )
  it("lists every problem with its place", () => {
    assert.deepStrictEqual(problemsOf({ nam: "x", steps: [{ name: " a", do: "play" }, 5] }), [
      'nam: found "x"; allowed: only name, language, voice, steps',
      "name: found nothing; allowed: a name of 1 to 40 letters, digits, spaces, - and _",
      'steps[0].name: found " a"; allowed: a name of 1 to 40 letters, digits, spaces, - and _',
      `steps[0].file: found nothing; allowed: ${file}`,
      "steps[1]: found 5; allowed: a step: a block with name and do"
    ])
  })
  it.each([null, undefined, 5, "flow", [], [{}]])("refuses %j for a flow", (input) => {
    assert.strictEqual(problemsOf(input).length, 1)
  })
  it("refuses flows that are empty, too long, or endless", () => {
    const list = "a list of 1 to 100 steps"
    assert.deepStrictEqual(problemsOf({ name: "a", steps: [] }), [`steps: found 0 items; allowed: ${list}`])
    const long = Array.from({ length: 101 }, (_, i) => ({ name: `s${i}`, do: "hang-up", result: "served" }))
    assert.deepStrictEqual(problemsOf({ name: "a", steps: long }), [`steps: found 101 items; allowed: ${list}`])
    const circle: Record<string, unknown> = { name: "a" }
    circle["steps"] = [circle]
    assert.deepStrictEqual(problemsOf(circle), ["the flow: found something endless; allowed: a flow of a few pages"])
  })
  it("names at most a hundred problems", () => {
    const bad = Array.from({ length: 100 }, () => ({ name: "", do: "play", extra: 1 }))
    assert.strictEqual(problemsOf({ name: "a", steps: bad }).length, 100)
  })
  it("does not know files and columns before there are any", () => {
    const flow = withEnd(
      { name: "a", do: "play", file: "other.wav" },
      { name: "b", do: "say", text: "{parameter.Other}" }
    )
    assert.deepStrictEqual(problemsOf(flow, { ...known, files: null, parameters: null }), [])
    assert.deepStrictEqual(problemsOf(flow), [
      'steps[0].file: found "other.wav"; allowed: one of hello.wav, bye.wav',
      'steps[1].text: found the column "Other"; allowed: one of Amount'
    ])
  })
})
