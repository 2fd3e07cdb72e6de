import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { FlowCallers, FlowEvent } from "../../../sim/flow/FlowCallers.ts"
import { FlowPeople } from "../../../sim/flow/FlowPeople.ts"
import { promptSeconds, spokenWords } from "../../../sim/flow/promptLength.ts"
import { Draws } from "../../../sim/random/Draws.ts"
import { seedOf } from "../../../sim/random/seed.ts"
import { compileFlow } from "../../../src/dialler/flow/compileFlow.ts"
import { FlowAction } from "../../../src/dialler/flow/FlowProgram.ts"
import type { CallFlow, FlowStep } from "../../../src/domain/flow/CallFlow.ts"
import { Rehearsal } from "./rehearse.ts"

const known = { groups: ["desk"], parameters: null, files: null }
const end: FlowStep = { name: "end", do: "hang-up", result: "served" }
const flowOf = (...steps: ReadonlyArray<FlowStep>): CallFlow => ({ name: "test", steps: [...steps, end] })
const callersOf = (flow: CallFlow, given: typeof FlowPeople.Encoded, source = 18) => {
  const { program } = compileFlow(flow, known)
  if (program === null) return assert.fail("the flow has faults")
  const people = Schema.decodeUnknownSync(FlowPeople)(given)
  const callers = new FlowCallers(flow, program, people, new Draws(...seedOf("callers", 0)), source)
  return { callers, program, people, step: (name: string) => program.stepNames.indexOf(name) }
}
const contacts = Array.from({ length: 2_000 }, (_, contact) => contact)

const menu: FlowStep = {
  name: "menu",
  do: "collect",
  prompt: { file: "menu.wav" },
  keys: { "1": "end", "[2-5]": "end", "9XX": "end" },
  noInput: "end"
}
const menuPeople = {
  hangUpPerSecond: 0.02,
  steps: {
    menu: {
      promptSeconds: 8,
      keys: { "1": 0.2, "[2-5]": 0.2, "9XX": 0.2 },
      invalid: 0.1,
      earlyShare: 0.5,
      keySeconds: { kind: "exponential", mean: 2 }
    }
  }
} as const

const hear = ({ callers, step }: ReturnType<typeof callersOf>, contact: number, visit = 1, attempt = 1) => {
  callers.hears(FlowAction.collect, step("menu"), visit, contact, attempt, false)
  const { event, keys, millis } = callers
  return { event, millis, keys: event === FlowEvent.keys ? keys : "" }
}

describe("people who hear a flow", () => {
  it("do the same at the same step, in whatever order they are asked", () => {
    const forwards = callersOf(flowOf(menu), menuPeople)
    const backwards = callersOf(flowOf(menu), menuPeople)
    const heard = contacts.map((contact) => hear(forwards, contact))
    assert.deepStrictEqual(
      contacts
        .toReversed()
        .map((contact) => hear(backwards, contact))
        .toReversed(),
      heard
    )
    assert.isAbove(new Set(heard.map(({ millis }) => millis)).size, 500)
  })
  it("do other things at every time, attempt, contact and campaign", () => {
    const these = callersOf(flowOf(menu), menuPeople)
    const others = callersOf(flowOf(menu), menuPeople, 18 + 64)
    const same = (a: ReadonlyArray<object>, b: ReadonlyArray<object>): number =>
      a.filter((each, i) => JSON.stringify(each) === JSON.stringify(b[i])).length / a.length
    const heard = contacts.map((contact) => hear(these, contact))
    // Those who press nothing hang on equally long.
    for (const other of [
      contacts.map((contact) => hear(these, contact, 2)),
      contacts.map((contact) => hear(these, contact, 1, 2)),
      contacts.map((contact) => hear(these, contact + 1)),
      contacts.map((contact) => hear(others, contact))
    ]) {
      assert.isBelow(same(heard, other), 0.12)
    }
  })
  it("are not moved by other steps of the flow", () => {
    const alone = callersOf(flowOf(menu), menuPeople)
    const later = callersOf(
      flowOf({ name: "greeting", do: "play", file: "a.wav" }, { name: "more", do: "do-not-call" }, menu),
      { ...menuPeople, steps: { ...menuPeople.steps, greeting: { promptSeconds: 5 } } }
    )
    assert.deepStrictEqual(
      contacts.map((contact) => hear(later, contact)),
      contacts.map((contact) => hear(alone, contact))
    )
  })
  it("press keys that fit, of all that are meant, and wrong ones that do not", () => {
    const these = callersOf(flowOf(menu), menuPeople)
    const pressed = contacts.map((contact) => hear(these, contact).keys).filter((keys) => keys !== "")
    const single = new Set(pressed.filter((keys) => keys.length === 1))
    assert.deepStrictEqual([...single].toSorted(), ["0", "1", "2", "3", "4", "5"])
    const codes = pressed.filter((keys) => keys.length === 3)
    assert.isTrue(codes.every((keys) => /^9\d\d$/.test(keys)))
    assert.isAbove(new Set(codes).size, 80)
  })
  it("press during the prompt only where that cuts it short", () => {
    const patient = callersOf(flowOf({ ...menu, bargeIn: false }), menuPeople)
    const hasty = callersOf(flowOf(menu), menuPeople)
    const early = (of: ReturnType<typeof callersOf>) =>
      contacts
        .map((contact) => hear(of, contact))
        .filter(({ event, millis }) => event === FlowEvent.keys && millis < 8_000).length
    assert.strictEqual(early(patient), 0)
    assert.isAbove(early(hasty), 400)
  })
  it("press before the time-out, and hang up before the prompt is over", () => {
    const slow = callersOf(flowOf({ ...menu, timeoutSeconds: 3 }), {
      steps: { menu: { ...menuPeople.steps.menu, hangUp: 0.3, hangUpSeconds: 60, keySeconds: 500 } }
    })
    const heard = contacts.map((contact) => hear(slow, contact))
    const latest = (event: number) =>
      Math.max(...heard.filter((each) => each.event === event).map(({ millis }) => millis))
    assert.strictEqual(latest(FlowEvent.hungUp), 8_000)
    // Three keys, each within three seconds of the one before.
    assert.strictEqual(latest(FlowEvent.keys), 8_000 + 9_000)
    assert.strictEqual(latest(FlowEvent.timedOut), 11_000)
  })
  it("are what they are: a condition on the contact holds at every attempt, or at none", () => {
    const flow = flowOf({
      name: "who",
      do: "branch",
      cases: [
        { contact: { op: "exists", field: "city" }, next: "end" },
        { contact: { op: "exists", field: "email" }, next: "end" }
      ],
      otherwise: "end"
    })
    const { callers } = callersOf(flow, { steps: { who: { holds: [0.3, 0.2] } } })
    const looked = (attempt: number, visit: number) =>
      contacts.map((contact) => {
        callers.hears(FlowAction.look, 0, visit, contact, attempt, false)
        assert.deepStrictEqual([callers.event, callers.millis], [FlowEvent.looked, 0])
        return callers.cases
      })
    const first = looked(1, 1)
    assert.deepStrictEqual(looked(2, 3), first)
    assert.deepStrictEqual([...new Set(first)].toSorted(), [0, 1, 2])
    assert.approximately(first.filter((cases) => cases === 1).length / contacts.length, 0.3, 0.041)
  })
  it("are machines now and then: these hear everything out and do nothing", () => {
    const flow = flowOf({ name: "hello", do: "say", text: "one two three" }, menu, {
      name: "note",
      do: "record",
      prompt: { file: "a.wav" }
    })
    const { people, program } = callersOf(flow, {
      wordsPerMinute: 60,
      hangUpPerSecond: 1,
      steps: { ...menuPeople.steps, note: { promptSeconds: 2 } }
    })
    const rehearsal = new Rehearsal({ ...flow }, program, people)
    const all = { end: "served", millis: 3_000 + 3 * (8_000 + 5_000), doNotCall: false, answers: [] }
    for (let contact = 0; contact < 50; contact += 1) assert.deepStrictEqual(rehearsal.call(contact, 1, true), all)
  })
})

describe("the length of a prompt", () => {
  it.each([
    ["Good morning, {firstName|dear customer}.", 3],
    ["Your code is 1234", 7],
    ["{parameter.Amount} euro", 2],
    ["it's a well-known fact", 4],
    ["… – ,", 0]
  ])("%s has %i words", (text, words) => {
    assert.strictEqual(spokenWords(text), words)
  })
  it("is given, or follows from the words, or is not known", () => {
    assert.strictEqual(promptSeconds({ text: "one two three" }, undefined, 90), 2)
    assert.strictEqual(promptSeconds({ text: "one two three" }, 7, 90), 7)
    assert.strictEqual(promptSeconds({ file: "a.wav" }, 7, 90), 7)
    assert.isNull(promptSeconds({ file: "a.wav" }, undefined, 90))
    assert.strictEqual(promptSeconds(undefined, undefined, 90), 0)
  })
})
