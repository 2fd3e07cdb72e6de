import { assert, describe, it } from "@effect/vitest"
import { E164 } from "../../../src/domain/Contact.ts"
import type { CallFlow } from "../../../src/domain/flow/CallFlow.ts"
import { announcement, offerThenTransfer, survey } from "../../../src/domain/flow/readyMade.ts"
import { problemsOf } from "./flows.ts"

const text = (words: string) => ({ text: words })
const optOut = { key: "9", confirmation: text("You will not be called again.") }
const ways = ({ steps }: CallFlow) => steps.map((step) => `${step.name}: ${step.do}`)

describe("ready-made flows", () => {
  const message = { file: "hello.wav" }
  const flows: ReadonlyArray<CallFlow> = [
    announcement({ name: "plain", message }),
    announcement({ name: "with opt-out", message, optOut, timeoutSeconds: 3 }),
    survey({
      name: "short",
      greeting: message,
      questions: [{ name: "q", prompt: message, keys: ["1"] }],
      thanks: message
    }),
    survey({
      name: "full",
      greeting: text("Hello {firstName|there}."),
      questions: [
        { name: "content", prompt: text("How content are you, 1 to 5?"), keys: ["[1-5]"] },
        { name: "again", prompt: text("Would you buy again? 1 or 2."), keys: ["1", "2"] }
      ],
      opinion: { prompt: text("Why?"), secondsMax: 20 },
      thanks: text("Thank you."),
      optOut,
      timeoutSeconds: 4,
      repeats: 1
    }),
    offerThenTransfer({ name: "desk", offer: message, transferKey: "1", to: { group: "desk" } }),
    offerThenTransfer({
      name: "number",
      offer: message,
      transferKey: "1",
      to: { number: E164.make("+442079460000") },
      nobody: text("Sorry."),
      optOut,
      repeats: 1,
      timeoutSeconds: 4
    })
  ]
  it.each(flows)("$name is a flow without fault, also when it was written down", (flow) => {
    assert.deepStrictEqual(problemsOf(JSON.parse(JSON.stringify(flow))), [])
  })
  it("have the steps they say", () => {
    assert.deepStrictEqual(ways(flows[3]), [
      "greeting: say",
      "content: collect",
      "again: collect",
      "opinion: record",
      "thanks: say",
      "served: hang-up",
      "thanks unanswered: say",
      "unanswered: hang-up",
      "do not call: do-not-call",
      "do not call confirmed: say",
      "opted out: hang-up"
    ])
    assert.deepStrictEqual(ways(flows[4]), ["offer: collect", "transfer: transfer", "not interested: hang-up"])
  })
  it("do not lose a key that is given twice", () => {
    const twice = offerThenTransfer({ name: "x", offer: message, transferKey: "9", to: { group: "desk" }, optOut })
    assert.deepStrictEqual(problemsOf(twice), [
      'steps[0].keys.[9]: found "[9]"; allowed: keys that 9 does not take as well'
    ])
    const within = survey({
      name: "x",
      greeting: message,
      questions: [{ name: "q", prompt: message, keys: ["X"] }],
      thanks: message,
      optOut
    })
    assert.deepStrictEqual(problemsOf(within), [
      'steps[1].keys.X: found "X"; allowed: keys that 9 does not take as well'
    ])
  })
})
