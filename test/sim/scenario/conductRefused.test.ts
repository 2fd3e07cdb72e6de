import { describe, expect, it } from "vitest"
import { automatic, dispositions, withLines } from "./conductParts.ts"
import { refused } from "./smallFile.ts"

const rules = "    afterAttempt: default"
const slip = (from: string, to: string): string => {
  if (!dispositions.includes(from)) throw new Error(`no disposition has ${from}`)
  return dispositions.replace(from, to)
}
const question = "{ name: b, do: hang-up, result: served }"

/** Every case is a whole file and the whole message it is refused with. */
const cases: ReadonlyArray<readonly [name: string, text: string, message: string]> = [
  [
    "a time asked for that no rule keeps",
    withLines(dispositions),
    `s.yaml:12:66 campaigns[0].dispositions[1].asksCallbackTime
  12 |       - { code: call-later, label: Call later, asksCallbackTime: true, share: 0.2, askedAfterMinutes
     |                                                                  ^
  found:   true
  allowed: false, or afterAttempt with a rule that has at: asked (default has one)`
  ],
  [
    "a disposition that asks for a time nobody knows",
    withLines(slip(", askedAfterMinutes: 30", ""), rules),
    `s.yaml:12:9 campaigns[0].dispositions[1].askedAfterMinutes
  12 |       - { code: call-later, label: Call later, asksCallbackTime: true, share: 0.2 }
     |         ^
  found:   nothing
  allowed: a time in minutes, as asksCallbackTime is true`
  ],
  [
    "a time of a disposition that asks for none",
    withLines(slip("asksCallbackTime: true, ", ""), rules),
    `s.yaml:12:79 campaigns[0].dispositions[1].askedAfterMinutes
  12 |       - { code: call-later, label: Call later, share: 0.2, askedAfterMinutes: 30 }
     |                                                                               ^
  found:   30
  allowed: nothing, unless asksCallbackTime is true`
  ],
  [
    "a law of minutes",
    withLines(slip("askedAfterMinutes: 30", "askedAfterMinutes: { kind: exponential, mean: 0 }"), rules),
    `s.yaml:12:130 campaigns[0].dispositions[1].askedAfterMinutes.mean
  12 | 2, askedAfterMinutes: { kind: exponential, mean: 0 } }
     |                                                  ^
  found:   0
  allowed: a time above 0, at most 129600 min`
  ],
  [
    "dispositions chosen more often than always",
    withLines(slip("share: 0.1", "share: 0.9"), rules),
    `s.yaml:10:5 campaigns[0].dispositions
  10 |     dispositions:
     |     ^
  found:   [{ code: "sale", label: "Sale", success: true, rightParty: …
  allowed: dispositions whose shares add to at most 1 (these add to 1.1)`
  ],
  [
    "dispositions that cannot be told apart",
    withLines(slip("code: call-later, label: Call later", "code: Sale, label: sale"), rules),
    `s.yaml:12:17 campaigns[0].dispositions[1].code
  12 |       - { code: Sale, label: sale, asksCallbackTime: true, share: 0.2, askedAfterMinutes: 30 }
     |                 ^
  found:   "Sale"
  allowed: 1 to 40 small letters, digits and single hyphens, such as call-later`
  ],
  [
    "a disposition of the system",
    withLines(slip("code: call-later, label: Call later", "code: busy, label: sale"), rules),
    `s.yaml:12:17 campaigns[0].dispositions[1].code
  12 |       - { code: busy, label: sale, asksCallbackTime: true, share: 0.2, askedAfterMinutes: 30 }
     |                 ^
  found:   "busy"
  allowed: no name of an outcome, which the system uses: connected, abandoned, hung-up-waiting, machine, scripted, busy, no-answer, rejected, invalid, congestion, cancelled, interrupted

s.yaml:12:30 campaigns[0].dispositions[1].label
  12 |       - { code: busy, label: sale, asksCallbackTime: true, share: 0.2, askedAfterMinutes: 30 }
     |                              ^
  found:   "sale"
  allowed: a label of its own; dispositions[0] has this one`
  ],
  [
    "dispositions without a final one",
    withLines(slip("final: true, ", ""), rules),
    `s.yaml:10:5 campaigns[0].dispositions
  10 |     dispositions:
     |     ^
  found:   none that is final
  allowed: at least one with final: true, so that an agent can close a contact`
  ],
  [
    "rules that have no such name",
    withLines("    afterAttempt: defalt"),
    `s.yaml:10:19 campaigns[0].afterAttempt
  10 |     afterAttempt: defalt
     |                   ^
  found:   "defalt"
  allowed: default, or a list of rules as in docs/rules.md
  hint:    did you mean default?`
  ],
  [
    "rules of both kinds",
    withLines(rules, "    rules: { retry: { busy: never } }"),
    `s.yaml:11:14 campaigns[0].rules.retry
  11 |     rules: { retry: { busy: never } }
     |              ^
  found:   { busy: "never" }
  allowed: nothing beside afterAttempt, which says when contacts are called again`
  ],
  [
    "rules that name what is not there, each at its place",
    withLines(
      dispositions,
      "    script: { questions: { interested: { maybe: 1 } } }",
      "    afterAttempt:",
      "      - { name: a, when: { disposition: [sold] }, then: { finish: sold } }",
      '      - { name: a, when: { contact: { op: "=", field: parameter.Town, value: Brno } }, then: { remove: true } }',
      '      - { name: b, when: { answers: { interested: [maybe, "yes"], age: [1] } }, then: { segment: north } }',
      "      - { name: c, then: { campaign: winter } }",
      "      - { name: d, then: { again: { at: asked, afterMinutes: 5 } } }"
    ),
    `s.yaml:15:42 campaigns[0].afterAttempt[0].when.disposition[0]
  15 |       - { name: a, when: { disposition: [sold] }, then: { finish: sold } }
     |                                          ^
  found:   "sold"
  allowed: a disposition of the campaign: sale, call-later

s.yaml:16:17 campaigns[0].afterAttempt[1].name
  16 |       - { name: a, when: { contact: { op: "=", field: parameter.Town, value: Brno } }, then: { remov
     |                 ^
  found:   "a"
  allowed: a name of its own; afterAttempt[0] has this one

s.yaml:16:55 campaigns[0].afterAttempt[1].when.contact.field
  16 |       - { name: a, when: { contact: { op: "=", field: parameter.Town, value: Brno } }, then: { remov
     |                                                       ^
  found:   "parameter.Town"
  allowed: there is no column Town; the columns are${" "}

s.yaml:17:59 campaigns[0].afterAttempt[2].when.answers.interested[1]
  17 |       - { name: b, when: { answers: { interested: [maybe, "yes"], age: [1] } }, then: { segment: nor
     |                                                           ^
  found:   "yes"
  allowed: an answer to this question: maybe

s.yaml:17:67 campaigns[0].afterAttempt[2].when.answers.age
  17 |       - { name: b, when: { answers: { interested: [maybe, "yes"], age: [1] } }, then: { segment: nor
     |                                                                   ^
  found:   [1]
  allowed: a question of the script: interested

s.yaml:17:98 campaigns[0].afterAttempt[2].then.segment
  17 |       - { name: b, when: { answers: { interested: [maybe, "yes"], age: [1] } }, then: { segment: nor
     |                                                                                                  ^
  found:   "north"
  allowed: a segment of the campaign: all

s.yaml:18:38 campaigns[0].afterAttempt[3].then.campaign
  18 |       - { name: c, then: { campaign: winter } }
     |                                      ^
  found:   "winter"
  allowed: another campaign; there is none

s.yaml:19:28 campaigns[0].afterAttempt[4].then.again
  19 |       - { name: d, then: { again: { at: asked, afterMinutes: 5 } } }
     |                            ^
  found:   { at: "asked", afterMinutes: 5 }
  allowed: either afterMinutes or at`
  ],
  [
    "a list nobody is on and no rule puts anybody on",
    withLines("    afterAttempt: default").replace("contacts: 100", "contacts: 0"),
    `s.yaml:8:23 campaigns[0].list.contacts
  8 |     list: { contacts: 0 }
    |                       ^
  found:   0
  allowed: at least 1, or an endless list, or requestsPerHour, or rules of another campaign that move contacts here`
  ],
  [
    "answers given more often than always",
    withLines('    script: { questions: { interested: { "yes": 0.5, "no": 0.7 } } }'),
    `s.yaml:10:28 campaigns[0].script.questions.interested
  10 |     script: { questions: { interested: { "yes": 0.5, "no": 0.7 } } }
     |                            ^
  found:   { yes: 0.5, no: 0.7 }
  allowed: shares that add to at most 1 (these add to 1.2)`
  ],
  [
    "columns with more values than contacts",
    withLines("").replace("contacts: 100", "contacts: 100, parameters: { Tariff: { basic: 0.9, plus: 0.2 } }"),
    `s.yaml:8:42 campaigns[0].list.parameters.Tariff
  8 |     list: { contacts: 100, parameters: { Tariff: { basic: 0.9, plus: 0.2 } } }
    |                                          ^
  found:   { basic: 0.9, plus: 0.2 }
  allowed: shares that add to at most 1 (these add to 1.1)`
  ],
  [
    "a flow where agents talk",
    withLines("    flow: { announcement: { message: { text: Hello } } }"),
    `s.yaml:10:5 campaigns[0].flow
  10 |     flow: { announcement: { message: { text: Hello } } }
     |     ^
  found:   { announcement: { message: { text: "Hello" } } }
  allowed: nothing: only mode automatic plays a flow`
  ],
  [
    "a script beside a flow",
    automatic("{ announcement: { message: { text: Hello } } }", "script: { hangUpShare: 0.1 }"),
    `s.yaml:10:43 campaigns[0].people.script
  10 |     people: { outcomes: { person: 0.25 }, script: { hangUpShare: 0.1 } }
     |                                           ^
  found:   { hangUpShare: 0.1 }
  allowed: nothing beside a flow: people.flow says what people do in it`
  ],
  [
    "people of a flow that is not there",
    withLines("").replace("person: 0.25 }", "person: 0.25 }, flow: { hangUpPerSecond: 0.01 }"),
    `s.yaml:9:43 campaigns[0].people.flow
  9 |     people: { outcomes: { person: 0.25 }, flow: { hangUpPerSecond: 0.01 } }
    |                                           ^
  found:   { hangUpPerSecond: 0.01 }
  allowed: nothing: the campaign has no flow`
  ],
  [
    "two flows at once",
    automatic(
      `{ name: x, steps: [${question}], announcement: { message: { text: Hello } } }`,
      "flow: { hangUpPerSecond: 0 }"
    ),
    `s.yaml:11:5 campaigns[0].flow
  11 |     flow: { name: x, steps: [{ name: b, do: hang-up, result: served }], announcement: { message: { t
     |     ^
  found:   { name: "x", steps: [{ name: "b", do: "hang-up", result: "s…
  allowed: name and steps, or one of announcement, survey, offerThenTransfer`
  ],
  [
    "steps that lead nowhere, to nobody and with unknown columns",
    automatic(
      `{ name: x, steps: [{ name: a, do: say, text: "{parameter.Town}", next: c }, { name: b, do: transfer, group: desk }] }`,
      "flow: {}"
    ).replace("contacts: 100", "contacts: 100, parameters: { Tariff: {} }"),
    `s.yaml:11:56 campaigns[0].flow.steps[0].text
  11 |     flow: { name: x, steps: [{ name: a, do: say, text: "{parameter.Town}", next: c }, { name: b, do:
     |                                                        ^
  found:   the column "Town"
  allowed: one of Tariff

s.yaml:11:82 campaigns[0].flow.steps[0].next
  11 |     flow: { name: x, steps: [{ name: a, do: say, text: "{parameter.Town}", next: c }, { name: b, do:
     |                                                                                  ^
  found:   "c"
  allowed: the name of a step: a, b

s.yaml:11:119 campaigns[0].flow.steps[1].group
  11 | wn}", next: c }, { name: b, do: transfer, group: desk }] }
     |                                                  ^
  found:   "desk"
  allowed: one of team`
  ],
  [
    "a flow that begins as no flow does",
    automatic("{ name: x, steps: [{ name: a, do: dance }, { name: b, do: hang-up, result: Served }] }", "flow: {}"),
    `s.yaml:11:45 campaigns[0].flow.steps[0].do
  11 |     flow: { name: x, steps: [{ name: a, do: dance }, { name: b, do: hang-up, result: Served }] }
     |                                             ^
  found:   "dance"
  allowed: one of play, say, collect, branch, record, transfer, do-not-call, set, hang-up

s.yaml:11:86 campaigns[0].flow.steps[1].result
  11 |     flow: { name: x, steps: [{ name: a, do: dance }, { name: b, do: hang-up, result: Served }] }
     |                                                                                      ^
  found:   "Served"
  allowed: a result in small letters, such as served or refused`
  ],
  [
    "people who do what the flow does not ask",
    automatic(
      `{ name: x, steps: [{ name: a, do: collect, keys: { "1": b }, noInput: b }, ${question}] }`,
      'flow: { steps: { a: { keys: { "2": 0.4 } }, c: {} } }'
    ),
    `s.yaml:10:78 campaigns[0].people.flow.steps.a.keys.2
  10 |     people: { outcomes: { person: 0.25 }, flow: { steps: { a: { keys: { "2": 0.4 } }, c: {} } } }
     |                                                                              ^
  found:   0.4
  allowed: keys the step takes: 1

s.yaml:10:87 campaigns[0].people.flow.steps.c
  10 |     people: { outcomes: { person: 0.25 }, flow: { steps: { a: { keys: { "2": 0.4 } }, c: {} } } }
     |                                                                                       ^
  found:   {}
  allowed: a step of the flow: a, b`
  ],
  [
    "people who do nothing where keys are asked for and a file is played",
    automatic(
      '{ announcement: { message: { file: a.wav }, optOut: { key: "9", confirmation: { text: Bye } } } }',
      "patienceSeconds: 20"
    ),
    `s.yaml:10:5 campaigns[0].people.flow.steps.message.promptSeconds
  10 |     people: { outcomes: { person: 0.25 }, patienceSeconds: 20 }
     |     ^
  found:   nothing
  allowed: the length of the sound file in seconds

s.yaml:10:5 campaigns[0].people.flow.steps.message.keys
  10 |     people: { outcomes: { person: 0.25 }, patienceSeconds: 20 }
     |     ^
  found:   nothing
  allowed: shares of the keys 9`
  ],
  [
    "a ready-made flow with slips in it",
    automatic(
      '{ announcement: { message: { file: a.wav, text: b }, optOut: { key: Z, confirmation: { text: "{x}" } } } }',
      "flow: {}"
    ),
    `s.yaml:11:29 campaigns[0].flow.announcement.message
  11 |     flow: { announcement: { message: { file: a.wav, text: b }, optOut: { key: Z, confirmation: { tex
     |                             ^
  found:   { file: "a.wav", text: "b" }
  allowed: either file or text

s.yaml:11:79 campaigns[0].flow.announcement.optOut.key
  11 |     flow: { announcement: { message: { file: a.wav, text: b }, optOut: { key: Z, confirmation: { tex
     |                                                                               ^
  found:   "Z"
  allowed: keys such as 1, *, [1-5], X for any digit, XXXX, or XX+ for two or more

s.yaml:11:104 campaigns[0].flow.announcement.optOut.confirmation.text
  11 | xt: b }, optOut: { key: Z, confirmation: { text: "{x}" } } } }
     |                                                  ^
  found:   "{x}"
  allowed: one line of at most 1000 characters; in braces only a field of the contact, parameter. and a column, or answer. and a name: {firstName|neighbour}`
  ],
  [
    "a ready-made flow that cannot be played",
    automatic(
      '{ offerThenTransfer: { offer: { text: a }, transferKey: "1", to: { group: desk }, optOut: { key: "1", confirmation: { text: b } } } }',
      'flow: { steps: { offer: { keys: { "1": 0.1 } } } }'
    ),
    `s.yaml:11:13 campaigns[0].flow.offerThenTransfer
  11 |     flow: { offerThenTransfer: { offer: { text: a }, transferKey: "1", to: { group: desk }, optOut: 
     |             ^
  found:   steps[0].keys.[1]: "[1]"
  allowed: keys that 1 does not take as well

s.yaml:11:85 campaigns[0].flow.offerThenTransfer.to.group
  11 |     flow: { offerThenTransfer: { offer: { text: a }, transferKey: "1", to: { group: desk }, optOut: 
     |                                                                                     ^
  found:   "desk"
  allowed: one of team`
  ],
  [
    "transfers to a group without agents",
    automatic('{ offerThenTransfer: { offer: { text: a }, transferKey: "1", to: { group: team } } }', "flow: {}")
      .replace("agents: 3", "agents: 0")
      .replace("flow: {} }", 'flow: { steps: { offer: { keys: { "1": 0.1 } } } } }'),
    `s.yaml:4:13 groups[0].agents
  4 |     agents: 0
    |             ^
  found:   0
  allowed: at least 1: campaign Calls, transfers to agents need them`
  ]
]

describe("rules, dispositions, scripts and flows that cannot be used are refused, with line, field, found and allowed", () => {
  it.each(cases)("%s", (_, text, message) => {
    expect(refused(text)).toBe(message)
  })
})
