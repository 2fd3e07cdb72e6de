import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { checkFlowPeople } from "../../../sim/flow/checkFlowPeople.ts"
import { FlowPeople } from "../../../sim/flow/FlowPeople.ts"
import { compileFlow } from "../../../src/dialler/flow/compileFlow.ts"
import { E164 } from "../../../src/domain/Contact.ts"
import type { CallFlow } from "../../../src/domain/flow/CallFlow.ts"
import { flowProblemText } from "../../../src/domain/flow/FlowProblem.ts"
import { announcement, offerThenTransfer, survey } from "../../../src/domain/flow/readyMade.ts"
import { exactly } from "./exactFlow.ts"
import { Rehearsal } from "./rehearse.ts"

const known = { groups: ["desk", "sales"], parameters: null, files: null }
const contacts = 40_000
const text = (words: string) => ({ text: words })
const optOut = { key: "9", confirmation: text("You will hear no more of us") }

interface Rehearsed {
  readonly flow: CallFlow
  readonly people: typeof FlowPeople.Encoded
}

const cases: ReadonlyArray<Rehearsed> = [
  {
    flow: announcement({ name: "announcement", message: { file: "water.wav" }, optOut, timeoutSeconds: 3 }),
    people: {
      steps: {
        message: {
          promptSeconds: 20,
          hangUp: 0.3,
          hangUpSeconds: { kind: "exponential", mean: 6 },
          keys: { "9": 0.04 },
          invalid: 0.01,
          earlyShare: 0.5,
          keySeconds: { kind: "uniform", min: 0.5, max: 4 }
        }
      }
    }
  },
  {
    flow: survey({
      name: "survey",
      greeting: text("Good day we have two short questions about your last visit"),
      questions: [
        { name: "content", prompt: text("How content were you press one to five"), keys: ["[1-5]"] },
        { name: "again", prompt: text("Would you come again press one for yes two for no"), keys: ["1", "2"] }
      ],
      opinion: { prompt: text("What should we do better"), secondsMax: 20 },
      thanks: text("Thank you"),
      optOut,
      timeoutSeconds: 4,
      repeats: 1
    }),
    people: {
      hangUpPerSecond: 0.02,
      wordsPerMinute: 120,
      steps: {
        content: {
          keys: { "1": 0.05, "2": 0.05, "3": 0.1, "4": 0.2, "5": 0.2, "9": 0.05 },
          invalid: 0.1,
          keySeconds: { kind: "exponential", mean: 2 }
        },
        again: { keys: { "1": 0.5, "2": 0.2, "9": 0.02 }, noInput: 0.2, invalid: 0.08, hangUp: 0 },
        opinion: { hangUp: 0.25, recordSeconds: { kind: "exponential", mean: 12 } }
      }
    }
  },
  {
    flow: offerThenTransfer({
      name: "offer",
      offer: text("We can lower your bill press one to talk about it or nine to hear no more of us"),
      transferKey: "1",
      to: { group: "sales" },
      optOut,
      repeats: 1
    }),
    people: {
      steps: { offer: { hangUp: 0.45, keys: { "1": 0.08, "9": 0.06 }, earlyShare: 0.2 } }
    }
  },
  {
    flow: {
      name: "everything",
      steps: [
        { name: "greeting", do: "play", file: "hello.wav" },
        {
          name: "whose",
          do: "branch",
          cases: [
            { contact: { op: "=", field: "segment", value: "large" }, next: "menu" },
            { contact: { op: "=", field: "segment", value: "old" }, next: "survey" }
          ],
          otherwise: "short"
        },
        { name: "short", do: "say", text: "We will write to you", next: "served" },
        {
          name: "menu",
          do: "collect",
          prompt: text("Press one for sales seven to hear this again or a code of two keys"),
          keys: { "1": "sales", "7": "greeting again", "45": "outside" },
          terminator: "#",
          timeoutSeconds: 2,
          repeats: 2,
          noInput: "silent",
          invalid: "lost",
          bargeIn: false
        },
        { name: "greeting again", do: "play", file: "hello.wav", next: "menu" },
        { name: "silent", do: "branch", cases: [{ question: "menu", keys: "7", next: "served" }], otherwise: "lost" },
        {
          name: "lost",
          do: "branch",
          cases: [{ question: "menu", tries: 3, next: "sales" }],
          otherwise: "served"
        },
        { name: "outside", do: "transfer", number: E164.make("+442079460000"), failed: "sorry" },
        { name: "sorry", do: "say", text: "Nobody there", next: "kept" },
        { name: "kept", do: "set", answer: "wanted", value: "{answer.menu}", next: "served" },
        { name: "survey", do: "record", prompt: { file: "why.wav" }, secondsMax: 15, next: "stop" },
        { name: "stop", do: "do-not-call", next: "refused" },
        { name: "refused", do: "hang-up", result: "refused" },
        { name: "served", do: "hang-up", result: "served" },
        { name: "sales", do: "transfer", group: "sales" }
      ]
    },
    people: {
      hangUpPerSecond: 0.01,
      steps: {
        greeting: { promptSeconds: 5 },
        "greeting again": { promptSeconds: 5, hangUp: 0.1 },
        whose: { holds: [0.6, 0.15] },
        menu: {
          keys: { "1": 0.1, "7": 0.3, "45": 0.15 },
          invalid: 0.15,
          earlyShare: 0.9,
          keySeconds: { kind: "uniform", min: 1, max: 6 }
        },
        outside: {
          answered: 0.7,
          answerSeconds: { kind: "uniform", min: 5, max: 15 },
          talkSeconds: { kind: "exponential", mean: 90 }
        },
        survey: { promptSeconds: 3, recordSeconds: { kind: "uniform", min: 2, max: 30 } }
      }
    }
  }
]

const prepared = ({ flow, people: given }: Rehearsed) => {
  const { problems, program } = compileFlow(flow, known)
  if (program === null) return assert.fail(problems.map(flowProblemText).join("\n"))
  const people = Schema.decodeUnknownSync(FlowPeople)(given)
  checkFlowPeople(flow, people, (path, allowed) => assert.fail(`${path.join(".")}: ${allowed}`))
  return { exact: exactly(flow, people), rehearsal: new Rehearsal(flow, program, people) }
}

describe("a rehearsed flow, against all courses of it", () => {
  it.each(cases)("$flow.name", (each) => {
    const { exact, rehearsal } = prepared(each)
    const heard = Array.from({ length: contacts }, (_, contact) => rehearsal.call(contact))
    const total = [...exact.ends.values()].reduce((sum, chance) => sum + chance, 0)
    assert.approximately(total, 1, 1e-9)
    const near = (share: number, expected: number, what: string) =>
      assert.approximately(share, expected, 4 * Math.sqrt((expected * (1 - expected)) / contacts) + 1e-12, what)
    const ends = new Map<string, number>()
    for (const { end } of heard) ends.set(end, (ends.get(end) ?? 0) + 1 / contacts)
    for (const [end, chance] of exact.ends) near(ends.get(end) ?? 0, chance, end)
    assert.deepStrictEqual(
      [...ends.keys()].filter((end) => !exact.ends.has(end)),
      []
    )
    near(heard.filter(({ doNotCall }) => doNotCall).length / contacts, exact.doNotCall, "do not call")
    const seconds = heard.map(({ millis }) => millis / 1_000)
    const mean = seconds.reduce((sum, value) => sum + value, 0) / contacts
    const variance = seconds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (contacts - 1)
    assert.approximately(mean, exact.meanSeconds, 4 * Math.sqrt(variance / contacts) + 0.001)
  })
  it("reaches every kind of end that is meant", () => {
    const ends = cases.map((each) => [...prepared(each).exact.ends.keys()].toSorted())
    assert.deepStrictEqual(ends, [
      ["hung-up", "refused", "served"],
      ["hung-up", "refused", "served", "unanswered"],
      ["group sales", "hung-up", "no-interest", "refused"],
      ["group sales", "hung-up", "refused", "served", "transferred"]
    ])
  })
})
