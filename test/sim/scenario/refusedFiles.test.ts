import { describe, expect, it } from "vitest"
import { changed, refused } from "./smallFile.ts"

/** Every case is a whole file and the whole message it is refused with. */
const cases: ReadonlyArray<readonly [name: string, text: string, message: string]> = [
  [
    "a field with a slip of the pen",
    changed("agents: 3", "agent: 3"),
    `s.yaml:3:5 groups[0].agents
  3 |   - name: team
    |     ^
  found:   nothing
  allowed: a whole number from 0 to 10000

s.yaml:4:5 groups[0].agent
  4 |     agent: 3
    |     ^
  found:   an unknown field "agent"
  allowed: name, agents, speedCv, phone, shift, breaks
  hint:    did you mean agents?`
  ],
  [
    "a share written as percent",
    changed("person: 0.25", "person: 25 %"),
    `s.yaml:9:35 campaigns[0].people.outcomes.person
  9 |     people: { outcomes: { person: 25 % } }
    |                                   ^
  found:   "25 %"
  allowed: a share above 0, at most 1
  hint:    for 25 % write 0.25`
  ],
  [
    "shares that add to more than 1",
    changed("person: 0.25", "person: 0.7, machine: 0.2, busy: 0.2"),
    `s.yaml:9:15 campaigns[0].people.outcomes
  9 |     people: { outcomes: { person: 0.7, machine: 0.2, busy: 0.2 } }
    |               ^
  found:   { person: 0.7, machine: 0.2, busy: 0.2 }
  allowed: shares that add to at most 1 (these add to 1.1)`
  ],
  [
    "named shares that do not add to 1",
    changed("person: 0.25", "person: 0.25, noAnswer: 0.7"),
    `s.yaml:9:15 campaigns[0].people.outcomes
  9 |     people: { outcomes: { person: 0.25, noAnswer: 0.7 } }
    |               ^
  found:   { person: 0.25, noAnswer: 0.7 }
  allowed: shares that add to 1 (these add to 0.95)`
  ],
  [
    "a mode that does not exist",
    changed("progressive", "predictiv"),
    `s.yaml:7:11 campaigns[0].mode
  7 |     mode: predictiv
    |           ^
  found:   "predictiv"
  allowed: one of manual, preview, progressive, predictive, automatic, callback
  hint:    did you mean predictive?`
  ],
  [
    "a pacing the mode does not allow",
    changed("progressive", "progressive\n    pacing: { kind: look-ahead }"),
    `s.yaml:8:21 campaigns[0].pacing.kind
  8 |     pacing: { kind: look-ahead }
    |                     ^
  found:   "look-ahead"
  allowed: one-per-agent (mode progressive)`
  ],
  [
    "a bare pacing the mode does not allow",
    changed("progressive", "automatic\n    pacing: fixed-ratio"),
    `s.yaml:3:11 groups[0].name
  3 |   - name: team
    |           ^
  found:   "team"
  allowed: a group that some campaign names in \`groups\`

s.yaml:8:13 campaigns[0].pacing
  8 |     pacing: fixed-ratio
    |             ^
  found:   "fixed-ratio"
  allowed: lines (mode automatic)`
  ],
  [
    "a law without its parameters",
    changed("outcomes:", "talkSeconds: { kind: lognormal, mean: 120 }, outcomes:"),
    `s.yaml:9:15 campaigns[0].people.talkSeconds.cv
  9 |     people: { talkSeconds: { kind: lognormal, mean: 120 }, outcomes: { person: 0.25 } }
    |               ^
  found:   nothing
  allowed: a number above 0, at most 10`
  ],
  [
    "a law nobody knows",
    changed("outcomes:", "talkSeconds: { kind: log-normal, mean: 120, cv: 1 }, outcomes:"),
    `s.yaml:9:36 campaigns[0].people.talkSeconds.kind
  9 |     people: { talkSeconds: { kind: log-normal, mean: 120, cv: 1 }, outcomes: { person: 0.25 } }
    |                                    ^
  found:   "log-normal"
  allowed: one of constant, uniform, exponential, normal, lognormal, lognormalLog, gamma, weibull, burr12, empirical, mixture, bands
  hint:    did you mean lognormal?`
  ],
  [
    "bands that do not add to 1",
    changed(
      "outcomes:",
      "talkSeconds: { kind: bands, bands: [{ share: 0.5, mean: 30 }, { share: 0.4, mean: 300 }] }, outcomes:"
    ),
    `s.yaml:9:43 campaigns[0].people.talkSeconds.bands
  9 |     people: { talkSeconds: { kind: bands, bands: [{ share: 0.5, mean: 30 }, { share: 0.4, mean: 300 
    |                                           ^
  found:   [{ share: 0.5, mean: 30 }, { share: 0.4, mean: 300 }]
  allowed: parts whose shares add to 1 (these add to 0.9)`
  ],
  [
    "a minimum ring above the maximum",
    changed("mode: progressive", "mode: progressive\n    rules: { ringSecondsMax: 12 }"),
    `s.yaml:8:30 campaigns[0].rules.ringSecondsMax
  8 |     rules: { ringSecondsMax: 12 }
    |                              ^
  found:   12
  allowed: at least the shortest ringing, 15 s`
  ],
  [
    "a group that does not exist",
    changed("mode: progressive", "mode: progressive\n    groups: [team, taem]"),
    `s.yaml:8:20 campaigns[0].groups[1]
  8 |     groups: [team, taem]
    |                    ^
  found:   "taem"
  allowed: one of team`
  ],
  [
    "a name that stands twice",
    changed("    agents: 3", "    agents: 3\n  - name: team\n    agents: 2"),
    `s.yaml:5:11 groups[1].name
  5 |   - name: team
    |           ^
  found:   "team"
  allowed: a name that no other of the list has`
  ],
  [
    "a break after the shift",
    changed(
      "agents: 3",
      'agents: 3\n    shift: { start: "10:00", end: "16:00" }\n    breaks: [{ at: "16:30", lengthMinutes: 15 }]'
    ),
    `s.yaml:6:20 groups[0].breaks[0].at
  6 |     breaks: [{ at: "16:30", lengthMinutes: 15 }]
    |                    ^
  found:   "16:30"
  allowed: a time within the shift, 10:00 to 16:00`
  ],
  [
    "a break that ends after the shift",
    changed("agents: 3", 'agents: 3\n    breaks: [{ at: "16:40", lengthMinutes: 15, spreadMinutes: 10 }]'),
    `s.yaml:5:14 groups[0].breaks[0]
  5 |     breaks: [{ at: "16:40", lengthMinutes: 15, spreadMinutes: 10 }]
    |              ^
  found:   { at: "16:40", lengthMinutes: 15, spreadMinutes: 10 }
  allowed: a break that is over, for the last agent too, by the end of the shift, 17:00`
  ],
  [
    "agents of a mode that needs some",
    changed("agents: 3", "agents: 0"),
    `s.yaml:4:13 groups[0].agents
  4 |     agents: 0
    |             ^
  found:   0
  allowed: at least 1: campaign Calls, mode progressive needs agents`
  ],
  [
    "predictive dialling without groups",
    changed("mode: progressive", "mode: predictive\n    groups: []"),
    `s.yaml:3:11 groups[0].name
  3 |   - name: team
    |           ^
  found:   "team"
  allowed: a group that some campaign names in \`groups\`

s.yaml:8:5 campaigns[0].groups
  8 |     groups: []
    |     ^
  found:   []
  allowed: at least one group: mode predictive needs agents`
  ],
  [
    "a decimal comma and quotes",
    changed("agents: 3", 'agents: "3"\n    speedCv: 0,2'),
    `s.yaml:4:13 groups[0].agents
  4 |     agents: "3"
    |             ^
  found:   "3"
  allowed: a whole number from 0 to 10000
  hint:    a number has no quotes

s.yaml:5:14 groups[0].speedCv
  5 |     speedCv: 0,2
    |              ^
  found:   "0,2"
  allowed: a number from 0 to 10
  hint:    write 0.2, with a point`
  ],
  [
    "a key without a value",
    changed("agents: 3", "agents:"),
    `s.yaml:4:5 groups[0].agents
  4 |     agents:
    |     ^
  found:   null
  allowed: a whole number from 0 to 10000
  hint:    a key without a value is null: give a value or remove the key`
  ],
  [
    "a missing block",
    changed("    list: { contacts: 100 }\n", ""),
    `s.yaml:6:5 campaigns[0].list
  6 |   - name: Calls
    |     ^
  found:   nothing
  allowed: a block with contacts, file, country, numbers, fields, ignored, header, delimiter, encoding, doNotCall, filter, endless, segments, prefixes, requestsPerHour, zones, unknownZoneShare, doNotCallShare, repeatedNumberShare, order, orderSeed, priorities, parameters, bestHours`
  ],
  [
    "people without behaviour",
    changed("{ outcomes: { person: 0.25 } }", "{}"),
    `s.yaml:9:5 campaigns[0].people
  9 |     people: {}
    |     ^
  found:   {}
  allowed: outcomes or dials`
  ],
  [
    "an hour that does not exist",
    changed("person: 0.25 }", "person: 0.25 }, answerByHour: { 9: 1.1, 24: 1 }"),
    `s.yaml:9:67 campaigns[0].people.answerByHour.24
  9 |     people: { outcomes: { person: 0.25 }, answerByHour: { 9: 1.1, 24: 1 } }
    |                                                                   ^
  found:   an unknown field "24"
  allowed: an hour of the day, 0 to 23`
  ],
  [
    "requests outside callback mode",
    changed("contacts: 100", "contacts: 100, requestsPerHour: 5"),
    `s.yaml:8:45 campaigns[0].list.requestsPerHour
  8 |     list: { contacts: 100, requestsPerHour: 5 }
    |                                             ^
  found:   5
  allowed: 0: requests arrive only in mode callback, not progressive`
  ],
  [
    "changes out of order, and one that changes nothing",
    changed(
      "mode: progressive",
      'mode: progressive\n    changes: [{ at: "12:00", mode: preview }, { at: "11:00", mode: manual }, { at: "13:00" }]'
    ),
    `s.yaml:8:53 campaigns[0].changes[1].at
  8 |     changes: [{ at: "12:00", mode: preview }, { at: "11:00", mode: manual }, { at: "13:00" }]
    |                                                     ^
  found:   "11:00"
  allowed: a time after the change before, 12:00

s.yaml:8:78 campaigns[0].changes[2]
  8 |     changes: [{ at: "12:00", mode: preview }, { at: "11:00", mode: manual }, { at: "13:00" }]
    |                                                                              ^
  found:   { at: "13:00" }
  allowed: a new mode, a new pacing, or segments that are switched on or off`
  ],
  [
    "a field that stands twice",
    changed("agents: 3", "agents: 3\n    agents: 4"),
    `s.yaml:5:5
  5 |     agents: 4
    |     ^
  found:   the field "agents" again
  allowed: every field once`
  ],
  [
    "text that is not YAML",
    changed("name: Small", "name: Small: and: ["),
    `s.yaml:1:7
  1 | name: Small: and: [
    |       ^
  found:   Nested mappings are not allowed in compact mappings
  allowed: YAML 1.2

s.yaml:1:14
  1 | name: Small: and: [
    |              ^
  found:   Nested mappings are not allowed in compact mappings
  allowed: YAML 1.2

s.yaml:2:1
  2 | groups:
    | ^
  found:   Flow sequence in block collection must be sufficiently indented and end with a ]
  allowed: YAML 1.2`
  ],
  [
    "an alias that stands for nothing",
    changed("agents: 3", "agents: *many"),
    `s.yaml:4:13
  4 |     agents: *many
    |             ^
  found:   the alias *many
  allowed: an anchor &many before it`
  ],
  [
    "several problems, in the order of the lines",
    changed("agents: 3", "agents: -1").replace("contacts: 100", "contact: 100").replace("progressive", "progresive"),
    `s.yaml:4:13 groups[0].agents
  4 |     agents: -1
    |             ^
  found:   -1
  allowed: a whole number from 0 to 10000

s.yaml:7:11 campaigns[0].mode
  7 |     mode: progresive
    |           ^
  found:   "progresive"
  allowed: one of manual, preview, progressive, predictive, automatic, callback
  hint:    did you mean progressive?

s.yaml:8:5 campaigns[0].list.contacts
  8 |     list: { contact: 100 }
    |     ^
  found:   nothing
  allowed: a whole number from 0 to 10000000, or a file

s.yaml:8:13 campaigns[0].list.contact
  8 |     list: { contact: 100 }
    |             ^
  found:   an unknown field "contact"
  allowed: contacts, file, country, numbers, fields, ignored, header, delimiter, encoding, doNotCall, filter, endless, segments, prefixes, requestsPerHour, zones, unknownZoneShare, doNotCallShare, repeatedNumberShare, order, orderSeed, priorities, parameters, bestHours
  hint:    did you mean contacts?`
  ],
  [
    "an empty file",
    "",
    `s.yaml:1:1 the file
  1 | 
    | ^
  found:   null
  allowed: a block with name, description, seed, day, trunk, groups, campaigns`
  ]
]

describe("a scenario file that cannot be run is refused, with line, field, what was found and what is allowed", () => {
  it.each(cases)("%s", (_, text, message) => {
    expect(refused(text)).toBe(message)
  })
})
