import { Result } from "effect"
import { readFloor } from "../../../src/config/floor/readFloor.ts"
import type { Contact, E164 } from "../../../src/domain/Contact.ts"
import type { WindowSettings } from "../../../src/runtime/store/WindowSettings.ts"
import { windowSettingsOf } from "../../../src/runtime/store/windowSettingsOf.ts"

/** Monday, 23 November 2026, 9 h in London. */
export const start = Date.UTC(2026, 10, 23, 9)

/** A floor on which everything a contact can go through happens. */
export const floorText = `name: Everything
sip: { address: 127.0.0.1, peers: [127.0.0.0/8] }
trunks:
  - { name: carrier, host: 127.0.0.3, linesMax: 12, callsPerSecondMax: 4, callerNumber: "+441632960000" }
groups:
  - name: team
    agents:
      - { name: Ann, user: ann, password: hush }
      - { name: Ben, user: ben, password: hush }
      - { name: Cas, user: cas, password: hush }
  - name: desk
    alwaysOn: true
    agents: [{ name: Dee, user: dee, password: hush }]
campaigns:
  - name: Sales
    mode: predictive
    pacing: { kind: fixed-ratio, linesPerAgent: 2 }
    groups: [team]
    law: { profiles: [uk-ofcom-2017], enforceCeilings: false }
    rules: { attemptsMax: 6, waitSecondsMax: 2 }
    detection: { enabled: true }
    queue: { callersMax: 2, waitSecondsMax: 40 }
    goal: none
    abandonMessage: { text: Sorry. }
    callerIds:
      rotation: by-prefix
      numbers:
        - { number: "+441632960001", capPerDay: 40 }
        - { number: "+441632960002", prefixes: ["+4420"] }
    dispositions:
      - { code: sold, label: Sold, success: true, rightParty: true, final: true }
      - { code: never, label: No more calls, rightParty: true }
      - { code: later, label: Call later, rightParty: true, asksCallbackTime: true }
    script:
      id: ask
      title: Ask
      steps:
        - { id: owner, text: "Do you own it?", question: { kind: yes-no } }
        - { id: pets, text: "Which pets?", question: { kind: multiple, choices: [{ id: cat, label: Cat }, { id: dog, label: Dog }] } }
    afterAttempt:
      - name: mark owners
        when: { answers: { owner: [true] } }
        then: { set: { Owner: "yes", Seen: "1" }, segment: hot }
      - name: no more
        when: { disposition: [never] }
        then: { doNotCall: true }
      - name: later
        when: { disposition: [later] }
        then: { again: { at: asked, by: same-agent, windowMinutes: 5 } }
      - name: owners by survey
        when: { outcome: [no-answer], contact: { op: "=", field: parameter.Owner, value: "yes" } }
        then: { campaign: Survey }
      - name: next number
        when: { outcome: [no-answer, busy, machine, interrupted, abandoned], attemptsWith: [{ outcome: [busy], max: 2 }] }
        then: { again: { afterMinutes: { from: 2, to: 20 }, number: next } }
    list: { file: a.csv, country: GB, numbers: [Phone], segments: [cold, hot], order: priority }
  - name: Survey
    mode: automatic
    pacing: { kind: lines, lines: 3, callsPerSecond: 1 }
    groups: [desk]
    law: { profiles: [uk-ofcom-2017] }
    goal: none
    abandonMessage: { text: Sorry. }
    flow:
      name: Survey
      steps:
        - name: who
          do: branch
          cases: [{ contact: { op: exists, field: parameter.Asked }, next: again }]
          otherwise: ask
        - { name: again, do: say, text: "Once more, {firstName|friend}." }
        - name: ask
          do: collect
          prompt: { text: "Press 1 or 2, 0 for a person, 9 for never." }
          keys: { "[12]": keep, "0": desk, "9": stop }
          repeats: 1
          noInput: bye
        - { name: keep, do: set, parameter: Asked, value: "{answer.ask}" }
        - { name: note, do: set, answer: said, value: "{firstName|none} {parameter.Asked}", next: bye }
        - { name: desk, do: transfer, group: desk, failed: bye }
        - { name: stop, do: do-not-call }
        - { name: bye, do: hang-up, result: done }
    list: { file: b.csv, country: GB, numbers: [Phone] }
  - name: Requests
    mode: callback
    groups: [team]
    law: { profiles: [uk-ofcom-2017] }
    goal: none
    list: { file: c.csv, country: GB, numbers: [Phone] }
`

/** The floor of a text on a clock that shows 0 at an epoch. */
export const settingsAt =
  (text: string = floorText) =>
  (epoch: number): WindowSettings => {
    const context = { folder: "/srv/outpace", epochMillis: epoch, writtenAt: new Map() }
    return windowSettingsOf(Result.getOrThrow(readFloor(text, "outpace.yaml", new Map(), context)), epoch)
  }

const numberOf = (prefix: string, digits: number): E164 => `${prefix}${String(digits).padStart(7, "0")}` as E164

/** A contact of a campaign; some share a number, some have two, some are abroad. */
export const contactOf = (index: number): Contact => ({
  numbers: [
    { number: numberOf(index % 3 === 0 ? "+44207" : "+44161", index % 10 === 9 ? index - 3 : index), column: "Phone" },
    ...(index % 4 === 0 ? [{ number: numberOf("+44113", index), column: "Mobile" }] : [])
  ],
  fields: {
    ...(index % 2 === 0 ? { firstName: `Name ${index}` } : {}),
    ...(index % 5 === 0 ? { priority: String(index % 7) } : {}),
    ...(index % 6 === 0 ? { segment: "cold" } : {}),
    ...(index % 11 === 0 ? { zone: "Europe/London" } : {})
  },
  parameters: { Amount: String(index) }
})
