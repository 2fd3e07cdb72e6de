import { assert, describe, it } from "@effect/vitest"
import { compileFlow } from "../../../src/dialler/flow/compileFlow.ts"
import { FlowAction, type FlowProgram, isEntryOver } from "../../../src/dialler/flow/FlowProgram.ts"
import { FlowRuns } from "../../../src/dialler/flow/FlowRuns.ts"
import { E164 } from "../../../src/domain/Contact.ts"
import type { CallFlow } from "../../../src/domain/flow/CallFlow.ts"
import { flowProblemText } from "../../../src/domain/flow/FlowProblem.ts"
import { known } from "./randomFlow.ts"

const compiled = (flow: CallFlow): FlowProgram => {
  const { problems, program } = compileFlow(flow, known)
  return program ?? assert.fail(problems.map(flowProblemText).join("\n"))
}

const flow: CallFlow = {
  name: "example",
  language: "en",
  steps: [
    { name: "hello", do: "play", file: "hello.wav" },
    {
      name: "menu",
      do: "collect",
      prompt: { text: "Press 1, 2 or 9." },
      keys: { "1": "agent", "2": "opinion", "7": "hello", "9": "stop", "*XX+": "who" },
      terminator: "#",
      timeoutSeconds: 4.5,
      repeats: 1,
      noInput: "silent",
      invalid: "wrong"
    },
    { name: "agent", do: "transfer", group: "sales", failed: "sorry" },
    { name: "sorry", do: "play", file: "hello.wav", next: "outside" },
    { name: "outside", do: "transfer", number: E164.make("+442079460000") },
    { name: "opinion", do: "record", secondsMax: 20, next: "kept" },
    { name: "kept", do: "set", answer: "opinion", value: "given" },
    { name: "end", do: "hang-up", result: "served" },
    { name: "stop", do: "do-not-call" },
    { name: "refused", do: "hang-up", result: "refused" },
    {
      name: "who",
      do: "branch",
      cases: [
        { question: "menu", keys: "*12", next: "end" },
        { contact: { op: "exists", field: "city" }, next: "opinion" },
        { question: "menu", tries: 2, next: "refused" },
        { contact: { op: "exists", field: "email" }, next: "agent" }
      ],
      otherwise: "silent"
    },
    { name: "silent", do: "hang-up", result: "no-input" },
    { name: "wrong", do: "hang-up", result: "wrong" }
  ]
}
const program = compiled(flow)
const actionNames = Object.keys(FlowAction)

/** A call, told what happens; remembers what it was asked to do, as `1 play hello`. */
class Call {
  readonly answers: Array<string> = []
  readonly runs: FlowRuns
  readonly call: number
  said: Array<string> = []

  constructor(of = program, call = 5) {
    this.call = call
    this.runs = new FlowRuns([of], {
      answered: (which, step, keys) => void this.answers.push(`${which} ${of.stepNames[step]} ${keys}`)
    })
  }
  begin(): this {
    return this.hears(this.runs.begin(this.call, 0))
  }
  hears(action: number): this {
    const turn = this.runs.turn[this.call]
    const step = turn === 0 ? "" : ` ${this.runs.programOf(this.call).stepNames[this.runs.step[this.call]]}`
    this.said.push(`${turn} ${actionNames[action]}${step}`)
    return this
  }
  get turn(): number {
    return this.runs.turn[this.call]
  }
  played(turn = this.turn): this {
    return this.hears(this.runs.played(this.call, turn))
  }
  keys(keys: string, turn = this.turn): this {
    return this.hears(this.runs.keys(this.call, turn, keys))
  }
  timedOut(turn = this.turn): this {
    return this.hears(this.runs.timedOut(this.call, turn))
  }
  recorded(): this {
    return this.hears(this.runs.recorded(this.call, this.turn))
  }
  looked(cases: number): this {
    return this.hears(this.runs.looked(this.call, this.turn, cases))
  }
  proceed(): this {
    return this.hears(this.runs.proceed(this.call, this.turn))
  }
  fails(): this {
    return this.hears(this.runs.transferFailed(this.call, this.turn))
  }
  get result(): string | undefined {
    return program.results[this.runs.result[this.call]]
  }
  says(...expected: ReadonlyArray<string>): this {
    assert.deepStrictEqual(this.said, expected)
    this.said = []
    return this
  }
}

describe("a call in its flow", () => {
  it("plays, asks, records, keeps and hangs up", () => {
    const call = new Call().begin().played().keys("2").recorded().proceed()
    call.says("1 play hello", "2 collect menu", "3 record opinion", "4 set kept", "0 hangUp")
    assert.deepStrictEqual(call.answers, ["5 menu 2"])
    assert.strictEqual(call.result, "served")
  })
  it("marks who wants no more calls", () => {
    const call = new Call().begin().played().keys("9").proceed()
    call.says("1 play hello", "2 collect menu", "3 doNotCall stop", "0 hangUp")
    assert.strictEqual(call.result, "refused")
  })
  it("asks again after no key or a wrong one, as often as it may in all", () => {
    new Call()
      .begin()
      .played()
      .timedOut()
      .timedOut()
      .says("1 play hello", "2 collect menu", "3 collect menu", "0 hangUp")
    const wrong = new Call().begin().played().timedOut().keys("4")
    wrong.says("1 play hello", "2 collect menu", "3 collect menu", "0 hangUp")
    assert.strictEqual(wrong.result, "wrong")
    assert.deepStrictEqual(wrong.answers, [])
  })
  it("passes a question that has no repeats left as one nobody answered", () => {
    const call = new Call().begin().played().keys("7").played().keys("7").played()
    call.says("1 play hello", "2 collect menu", "3 play hello", "4 collect menu", "5 play hello", "0 hangUp")
    assert.strictEqual(call.result, "no-input")
    assert.deepStrictEqual(call.answers, ["5 menu 7", "5 menu 7"])
  })
  it("ignores what comes for an earlier turn of the same question", () => {
    const call = new Call().begin().played().timedOut()
    call.said = []
    call.keys("1", 2).timedOut(2).played(3).says("3 none menu", "3 none menu", "3 none menu")
    call.keys("1").says("4 transferToGroup agent")
    assert.deepStrictEqual(call.answers, ["5 menu 1"])
  })
  it("is over when somebody takes the call", () => {
    const call = new Call().begin().played().keys("1")
    assert.strictEqual(program.groups[program.detail[call.runs.step[5]]], "sales")
    assert.isFalse(call.runs.transferred(5, 2))
    assert.isTrue(call.runs.transferred(5, 3))
    assert.isFalse(call.runs.transferred(5, 3))
    assert.strictEqual(call.runs.transferFailed(5, 3), FlowAction.none)
    assert.strictEqual(call.result, "transferred")
  })
  it("goes on when nobody does, or ends", () => {
    const call = new Call().begin().played().keys("1").fails().played().fails()
    call.says(
      ...["1 play hello", "2 collect menu", "3 transferToGroup agent", "4 play sorry", "5 transferToNumber outside"],
      "0 hangUp"
    )
    assert.strictEqual(call.result, "transfer-failed")
    const bare = new Call(compiled({ name: "bare", steps: [{ name: "a", do: "transfer", group: "desk" }] }))
    bare.begin().fails().says("1 transferToGroup a", "0 giveUp")
  })
  it("forgets everything when the person hangs up", () => {
    const call = new Call().begin().played().keys("*12")
    call.says("1 play hello", "2 collect menu", "0 hangUp")
    call.begin().played().keys("*99")
    call.runs.ended(5)
    call.runs.ended(5)
    call.said = []
    call.looked(1).says("0 none")
    assert.strictEqual(call.runs.result[5], -1)
  })

  describe("branches", () => {
    const at = (keys: string) => new Call().begin().played().keys(keys)
    it("by the first case that holds, without asking what need not be known", () => {
      at("*12").says("1 play hello", "2 collect menu", "0 hangUp")
      at("*123").says("1 play hello", "2 collect menu", "3 look who")
    })
    it("by what is known of the contact", () => {
      at("*99").looked(1).says("1 play hello", "2 collect menu", "3 look who", "4 record opinion")
      at("*99").looked(2).says("1 play hello", "2 collect menu", "3 look who", "4 transferToGroup agent")
      at("*99").looked(3).says("1 play hello", "2 collect menu", "3 look who", "4 record opinion")
      at("*99").looked(-1).says("1 play hello", "2 collect menu", "3 look who", "4 record opinion")
      at("*99").looked(0).says("1 play hello", "2 collect menu", "3 look who", "0 hangUp")
    })
    it("by the tries of a question", () => {
      const call = new Call().begin().played().timedOut().keys("*99").looked(2)
      call.says("1 play hello", "2 collect menu", "3 collect menu", "4 look who", "0 hangUp")
      assert.strictEqual(call.result, "refused")
    })
  })

  it("is ended rather than go on for ever", () => {
    const endless = compiled({
      name: "endless",
      steps: [
        { name: "a", do: "play", file: "a.wav" },
        { name: "b", do: "hang-up", result: "served" }
      ]
    })
    // No flow that was checked has such a loop.
    endless.next[0] = 0
    const call = new Call(endless).begin()
    for (let turn = 1; turn < 200; turn += 1) call.played()
    assert.strictEqual(call.said.at(-1), "200 play a")
    call.played()
    assert.strictEqual(call.said.at(-1), "0 hangUp")
    assert.strictEqual(endless.results[call.runs.result[5]], "turn-limit")
  })
  it("keeps calls apart, however many there are", () => {
    const runs = new FlowRuns([program], { answered: () => undefined })
    const calls = Array.from({ length: 300 }, (_, i) => (i * 7) % 300)
    for (const call of calls) assert.strictEqual(runs.begin(call, 0), FlowAction.play)
    for (const call of calls) if (call % 2 === 0) runs.played(call, 1)
    assert.deepStrictEqual(
      calls.map((call) => runs.turn[call]),
      calls.map((call) => (call % 2 === 0 ? 2 : 1))
    )
    assert.strictEqual(runs.played(5_000, 1), FlowAction.none)
    runs.ended(5_000)
  })
  it("keeps its flow when the campaign has a new one", () => {
    const runs = new FlowRuns([program], { answered: () => undefined })
    runs.begin(0, 0)
    const added = runs.add(compiled({ name: "new", steps: [{ name: "only", do: "hang-up", result: "served" }] }))
    assert.strictEqual(runs.begin(1, added), FlowAction.hangUp)
    assert.strictEqual(runs.played(0, 1), FlowAction.collect)
    // A slot taken again while its flow still ran begins anew.
    assert.strictEqual(runs.begin(0, added), FlowAction.hangUp)
    assert.strictEqual(runs.programOf(0).name, "new")
  })
})

describe("a slot taken again while its flow still ran", () => {
  it("knows nothing of the keys before", () => {
    const again = compiled({
      name: "again",
      steps: [
        { name: "known", do: "branch", cases: [{ question: "ask", keys: "1", next: "end" }], otherwise: "ask" },
        { name: "ask", do: "collect", keys: { "1": "play" }, noInput: "end" },
        { name: "play", do: "play", file: "a.wav" },
        { name: "end", do: "hang-up", result: "served" }
      ]
    })
    new Call(again).begin().keys("1").begin().says("2 collect ask", "3 play play", "2 collect ask")
  })
})

describe("a compiled flow", () => {
  it("has what the media side needs, defaults filled in", () => {
    const menu = program.stepNames.indexOf("menu")
    const opinion = program.stepNames.indexOf("opinion")
    const { bargeIn, beep, prompt, prompts, recordMillisMax, silenceMillis, terminator, timeoutMillis } = program
    assert.deepStrictEqual(prompts[prompt[menu]], { text: "Press 1, 2 or 9." })
    assert.deepStrictEqual(prompts[prompt[0]], { file: "hello.wav" })
    assert.strictEqual(prompt[opinion], -1)
    assert.deepStrictEqual([timeoutMillis[menu], bargeIn[menu], terminator[menu]], [4_500, 1, "#".charCodeAt(0)])
    assert.deepStrictEqual([recordMillisMax[opinion], silenceMillis[opinion], beep[opinion]], [20_000, 3_000, 1])
    assert.deepStrictEqual<ReadonlyArray<string>>(program.numbers, ["+442079460000"])
    assert.deepStrictEqual(program.settings, [{ to: "answer", name: "opinion", value: "given" }])
    assert.deepStrictEqual([program.language, program.voice], ["en", null])
    assert.deepStrictEqual(program.results.slice(3), ["served", "refused", "no-input", "wrong"])
  })
  it.each([
    ["", false],
    ["1", true],
    ["4", true],
    ["*", false],
    ["*1", false],
    ["*12", false],
    ["*1#", true],
    [`*${"1".repeat(18)}`, false],
    [`*${"1".repeat(19)}`, true]
  ])("knows of the keys %j whether the entry is over: %s", (keys, over) => {
    assert.strictEqual(isEntryOver(program, 1, keys), over)
  })
})
