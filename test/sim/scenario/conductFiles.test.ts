import { describe, expect, it } from "vitest"
import { announcement, offerThenTransfer, survey } from "../../../src/domain/flow/readyMade.ts"
import { defaultRules } from "../../../src/domain/rules/defaultRules.ts"
import { quietPeople } from "../../../sim/flow/FlowPeople.ts"
import type { CampaignScenario } from "../../../sim/Scenario.ts"
import { automatic, dispositions, withLines } from "./conductParts.ts"
import { accepted } from "./smallFile.ts"

const campaign = (text: string): CampaignScenario => accepted(text).campaigns[0]
const nothing = { dispositions: [], answers: {}, parameters: {}, flow: null }

describe("what a file says of agents, people and lists", () => {
  it("is nothing unless it does", () => {
    expect(campaign(withLines(""))).not.toHaveProperty("conduct")
  })
  it("dispositions: flags for the rules, shares and times in seconds for the rehearsal", () => {
    const { conduct, settings } = campaign(withLines(dispositions, "    afterAttempt: default"))
    const off = { success: false, rightParty: false, final: false, asksCallbackTime: false }
    expect(settings.known.dispositions).toEqual([
      { ...off, code: "sale", label: "Sale", success: true, rightParty: true, final: true },
      { ...off, code: "call-later", label: "Call later", asksCallbackTime: true }
    ])
    expect(conduct).toEqual({
      ...nothing,
      dispositions: [
        { share: 0.1, askedAfter: null },
        { share: 0.2, askedAfter: { kind: "constant", value: 1_800 } }
      ]
    })
  })
  it("answers and columns, which rules can then name", () => {
    const { conduct, settings } = campaign(
      withLines('    script: { questions: { "how old?": { young: 0.3, old: 0.5 } } }').replace(
        "contacts: 100",
        "contacts: 100, parameters: { Tariff: { basic: 0.7 }, Note: {} }"
      )
    )
    expect(conduct).toEqual({
      ...nothing,
      answers: { "how old?": { young: 0.3, old: 0.5 } },
      parameters: { Tariff: { basic: 0.7 }, Note: {} }
    })
    expect(settings.known).toEqual({
      dispositions: [],
      segments: ["all"],
      campaigns: [],
      questions: [{ name: "how old?", answers: ["young", "old"] }],
      parameters: ["Tariff", "Note"]
    })
  })
})

describe("afterAttempt", () => {
  const rulesOf = (text: string) => campaign(text).settings.rules
  it("is null where rules.retry decides", () => {
    expect(
      rulesOf(
        withLines(dispositions.replace(", asksCallbackTime: true, share: 0.2, askedAfterMinutes: 30", ", share: 0"))
      )
    ).toBeNull()
  })
  it("default: the rules where nothing is said, with the lock-outs of the law", () => {
    expect(rulesOf(withLines("    law: none", "    afterAttempt: default"))).toEqual(defaultRules())
    const germany = "    law: { profiles: [us-federal, uk-ofcom-2017] }"
    const rules = rulesOf(withLines(germany, "    afterAttempt: default")) ?? []
    expect(rules.find(({ name }) => name === "abandoned by profile")?.then).toEqual({
      again: { afterMinutes: 72 * 60 }
    })
    const strict = rulesOf(withLines("    afterAttempt: default")) ?? []
    expect(strict.find(({ name }) => name === "abandoned by profile")?.then).not.toEqual({
      again: { afterMinutes: 72 * 60 }
    })
  })
  it("rules, which may name segments and the other campaigns of the file", () => {
    const rules = [
      { name: "move", when: { segment: ["north"] }, then: { campaign: "Winter" } },
      { name: "south", then: { segment: "south", again: { at: { days: 1, time: "10:00" } } } }
    ]
    const text = withLines(
      `    afterAttempt: ${JSON.stringify(rules)}`,
      "  - name: Winter",
      "    mode: preview",
      "    list: { contacts: 0 }",
      "    people: { outcomes: { person: 0.3 } }"
    ).replace("contacts: 100", "contacts: 100, segments: [{ name: north, share: 0.5 }, { name: south, share: 0.5 }]")
    const [first, second] = accepted(text).campaigns
    expect(first.settings.rules).toEqual(rules)
    expect(first.settings.known).toMatchObject({ segments: ["north", "south"], campaigns: ["Winter"] })
    expect(second.settings.rules).toBeNull()
  })
})

describe("flow", () => {
  const bye = { text: "You are off our list." }
  const optOut = '{ key: "9", confirmation: { text: You are off our list. } }'
  const people = (step: string) => `flow: { steps: { ${step} } }`
  const pressed = (text: string, steps: string) => campaign(automatic(text, people(steps)))
  it("steps of its own are those of the file", () => {
    const steps = [
      { name: "hello", do: "say", text: "Hello {parameter.Anything|you}" },
      { name: "end", do: "hang-up", result: "served" }
    ]
    const { conduct, settings } = campaign(
      automatic(JSON.stringify({ name: "hello", language: "en", steps }), "patienceSeconds: 9")
    )
    expect(settings.flow).toEqual({ name: "hello", language: "en", steps })
    expect(conduct).toEqual({ ...nothing, flow: quietPeople })
  })
  it("announcement", () => {
    const { conduct, settings } = pressed(
      `{ announcement: { message: { text: Good day., language: en }, optOut: ${optOut}, timeoutSeconds: 3 } }`,
      'message: { keys: { "9": 0.02 } }'
    )
    const made = { name: "announcement", message: { text: "Good day.", language: "en" }, timeoutSeconds: 3 }
    expect(settings.flow).toEqual(announcement({ ...made, optOut: { key: "9", confirmation: bye } }))
    expect(conduct?.flow?.steps.message.keys).toEqual({ "9": 0.02 })
  })
  it("survey", () => {
    const { settings } = pressed(
      `{ survey: { name: marks, greeting: { file: a.wav }, questions: [{ name: price, prompt: { text: How is the price? }, keys: ["[1-5]"] }],
          opinion: { prompt: { text: Why? } }, thanks: { text: Thank you. }, repeats: 1 } }`,
      'greeting: { promptSeconds: 5 }, price: { keys: { "[1-5]": 0.6 } }'
    )
    const question = { name: "price", prompt: { text: "How is the price?" }, keys: ["[1-5]"] }
    expect(settings.flow).toEqual(
      survey({
        name: "marks",
        greeting: { file: "a.wav" },
        questions: [question],
        opinion: { prompt: { text: "Why?" }, secondsMax: 60 },
        thanks: { text: "Thank you." },
        repeats: 1
      })
    )
  })
  it("offerThenTransfer, to a group and to a number", () => {
    const steps = 'offer: { keys: { "1": 0.1 } }'
    const to = (where: string) =>
      pressed(
        `{ offerThenTransfer: { offer: { text: Hello. }, transferKey: "1", to: ${where}, nobody: { text: Sorry. } } }`,
        steps
      )
    const made = { name: "offer", offer: { text: "Hello." }, transferKey: "1", nobody: { text: "Sorry." } }
    expect(to("{ group: team }").settings.flow).toEqual(offerThenTransfer({ ...made, to: { group: "team" } }))
    const number = to('{ number: "+442079460000" }').settings.flow
    expect(number?.steps[1]).toEqual({
      name: "transfer",
      do: "transfer",
      number: "+442079460000",
      failed: "nobody there"
    })
  })
})
