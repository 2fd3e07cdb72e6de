import { assert, describe, it } from "@effect/vitest"
import { memberText, membersOpened, membersRefused } from "../lists/memberList.ts"
import { refused } from "./smallFile.ts"

/** The parts of a message that say what is wrong: line and field, what was found, what is allowed. */
const problems = (message: string): ReadonlyArray<readonly [place: string, found: string, allowed: string]> =>
  message
    .split("\n\n")
    .map((each) => /^\S+?:(\d+):\d+ (\S+)[^]*found: {3}(.*)\n {2}allowed: (.*)/.exec(each) ?? [each, "", "", "", ""])
    .map(([whole, line, field, found, allowed]) => [line === "" ? whole : `${line} ${field}`, found, allowed] as const)

const list = "campaigns[0].list"
const changed = (from: string, to: string, text = memberText()): string => {
  if (!text.includes(from)) throw new Error(`the text has no ${from}`)
  return text.replace(from, to)
}
const columns = "a column of members.csv: Member, Name, Phone, Mobile, Level, Rank, Zone, Status"
const unsaid = "nothing beside a file, which says it"

type Case = readonly [name: string, text: string, problems: ReturnType<typeof problems>]
const cases: ReadonlyArray<Case> = [
  [
    "a file that is not there",
    changed("members.csv", "friends.csv"),
    [[`11 ${list}.file`, "lists/friends.csv: no such file or directory", "a file of contacts that can be read"]]
  ],
  [
    "a do-not-call file that is not there",
    memberText("      doNotCall: [{ file: no.txt, name: own }]\n"),
    [[`15 ${list}.doNotCall[0].file`, "lists/no.txt: no such file or directory", "a file of numbers that can be read"]]
  ],
  [
    "columns the file does not have",
    changed(
      "fields: { externalId: Member",
      "ignored: [Fax]\n      fields: { externalId: Id",
      changed("Mobile]", "Mobil]")
    ),
    [
      [`13 ${list}.numbers[1]`, '"Mobil"', columns],
      [`14 ${list}.ignored[0]`, '"Fax"', columns],
      [`15 ${list}.fields.externalId`, '"Id"', columns]
    ]
  ],
  [
    "a column for two things",
    changed("externalId: Member", "externalId: Phone"),
    [
      [
        `11 ${list}.file`,
        "lists/members.csv: The column Phone is chosen for two things",
        "a file of contacts that can be read"
      ]
    ]
  ],
  [
    "no country",
    changed("      country: CA\n", ""),
    [[`10 ${list}.country`, "nothing", "the country of numbers written without one, such as GB: a file needs it"]]
  ],
  [
    "no country with such letters",
    changed("CA\n", "XX\n"),
    [[`12 ${list}.country`, '"XX"', "a country with telephone numbers"]]
  ],
  [
    "no numbers",
    changed("      numbers: [Phone, Mobile]\n", ""),
    [[`10 ${list}.numbers`, "nothing", "a list of the columns that hold numbers: a file needs it"]]
  ],
  [
    "what the file says",
    memberText(`      contacts: 5
      endless: true
      unknownZoneShare: 0.1
      doNotCallShare: 0.1
      repeatedNumberShare: 0.1
      prefixes: [{ prefix: "+1", share: 1 }]
      priorities: [{ priority: 1, share: 1 }]
      parameters: { Status: { active: 1 } }
      segments: [{ name: patron, share: 1 }]
      zones: [{ zone: America/Toronto, share: 1 }]
`),
    [
      [`15 ${list}.contacts`, "5", unsaid],
      [`16 ${list}.endless`, "true", "false: a file has an end"],
      [`17 ${list}.unknownZoneShare`, "0.1", unsaid],
      [`18 ${list}.doNotCallShare`, "0.1", unsaid],
      [`19 ${list}.repeatedNumberShare`, "0.1", unsaid],
      [`20 ${list}.prefixes`, '[{ prefix: "+1", share: 1 }]', unsaid],
      [`21 ${list}.priorities`, "[{ priority: 1, share: 1 }]", unsaid],
      [`22 ${list}.parameters`, "{ Status: { active: 1 } }", unsaid],
      [`23 ${list}.segments[0].share`, "1", unsaid],
      [
        `24 ${list}.zones[0]`,
        '{ zone: "America/Toronto", share: 1 }',
        "the name of a zone: the file says where contacts are"
      ]
    ]
  ],
  [
    "an order by a priority no column has",
    changed(" priority: Rank,", "", memberText("      order: [priority, newest]\n")),
    [[`15 ${list}.order`, '["priority", "newest"]', "an order other than priority, or fields.priority"]]
  ],
  [
    "segments and zones that stand twice",
    memberText("      segments: [patron, patron]\n      zones: [Asia/Tokyo, Asia/Tokyo]\n"),
    [
      [`15 ${list}.segments[1]`, '"patron"', "a name that no other of the list has"],
      [`16 ${list}.zones[1]`, '"Asia/Tokyo"', "every zone once"]
    ]
  ],
  [
    "a filter for a column nobody knows",
    memberText('      filter: { op: and, of: [{ op: "=", field: parameter.Stat, value: active }] }\n'),
    [[`15 ${list}.filter.of[0].field`, '"parameter.Stat"', "there is no column Stat; the columns are Status"]]
  ],
  [
    "a filter that is none",
    memberText("      filter: { op: is, field: city, value: Halifax }\n"),
    [
      [
        `15 ${list}.filter.op`,
        '"is"',
        "one of and or not = != < <= > >= contains startsWith matches in exists between before after"
      ]
    ]
  ],
  [
    "a rule for a column nobody knows",
    memberText(
      "",
      "    afterAttempt: [{ name: r, when: { contact: { op: exists, field: parameter.Stat } }, then: { finish: x } }]\n"
    ),
    [
      [
        "18 campaigns[0].afterAttempt[0].when.contact.field",
        '"parameter.Stat"',
        "there is no column Stat; the columns are Status"
      ]
    ]
  ],
  [
    "a card that is none",
    memberText(
      "",
      "    card: { source: { kind: internal }, fields: [{ field: parameter, label: Status }] }\n    cardInbound: { source: { kind: page } }\n"
    ),
    [
      [
        "18 campaigns[0].card.fields[0].field",
        '"parameter"',
        "a field: externalId, title, firstName, lastName, company, email, street, postcode, city, region, country, language, zone, segment, priority, note, number, agent, parameter.… or fetched.…"
      ],
      [
        "19 campaigns[0].cardInbound.source",
        'an object whose kind is "page"',
        "an object whose kind is one of internal, external, mixed"
      ]
    ]
  ],
  [
    "shares of contacts a branch holds for, which the file says",
    memberText(
      "",
      `    groups: [team]
    flow:
      name: branches
      steps:
        - name: ask
          do: branch
          cases: [{ contact: { op: "=", field: parameter.Status, value: active }, next: end }]
          otherwise: end
        - { name: end, do: hang-up, result: served }
`,
      "automatic"
    ).replace("talkSeconds: 10", "talkSeconds: 10, flow: { steps: { ask: { holds: [0.5] } } }"),
    [["15 campaigns[0].people.flow.steps.ask.holds", "[0.5]", "nothing: the file of the list says it"]]
  ]
]

describe("a scenario with a file of contacts is refused, with line, field, what was found and what is allowed:", () => {
  it.each(cases)("%s", (_, text, expected) => {
    assert.deepStrictEqual(problems(membersRefused(text)), expected)
  })
  it("a file all of whose rows are left out, or that is none", () => {
    const rows = { "members.csv": "Member,Name,Phone,Mobile,Level,Rank,Zone,Status\n1,Ada,1,,patron,1,,\n" }
    assert.deepStrictEqual(problems(membersRefused(memberText(), rows)), [
      [`11 ${list}.file`, "members.csv, all of whose rows are left out", "a file with contacts that may be called"]
    ])
    assert.deepStrictEqual(problems(membersRefused(memberText(), { "members.csv": "" })), [
      [`11 ${list}.file`, "lists/members.csv: The file is empty", "a file of contacts that can be read"]
    ])
    assert.match(membersRefused(memberText(), { "members.csv": "PK\u0003\u0004" }), /an Excel or OpenDocument workbook/)
  })
  it("what belongs to a file, without one", () => {
    const text = `name: Small
groups: [{ name: team, agents: 3 }]
campaigns:
  - name: Calls
    mode: progressive
    list:
      contacts: 5
      country: GB
      numbers: [Phone]
      fields: { segment: Level }
      ignored: [Fax]
      header: [Phone]
      delimiter: ";"
      encoding: utf-8
      doNotCall: [{ file: no.txt, name: own }]
      segments: [patron]
      zones: [Europe/London]
      filter: { op: "=", field: city, value: Halifax }
    people: { outcomes: { person: 0.25 } }
`
    const without = "nothing without a file"
    assert.deepStrictEqual(problems(refused(text)), [
      [`8 ${list}.country`, '"GB"', without],
      [`9 ${list}.numbers`, '["Phone"]', without],
      [`10 ${list}.fields`, '{ segment: "Level" }', without],
      [`11 ${list}.ignored`, '["Fax"]', without],
      [`12 ${list}.header`, '["Phone"]', without],
      [`13 ${list}.delimiter`, '";"', without],
      [`14 ${list}.encoding`, '"utf-8"', without],
      [`15 ${list}.doNotCall`, '[{ file: "no.txt", name: "own" }]', without],
      [`16 ${list}.segments[0]`, '"patron"', "a block with name and share, without a file"],
      [`17 ${list}.zones[0]`, '"Europe/London"', "a block with zone and share, without a file"],
      [
        `18 ${list}.filter`,
        "city",
        "segment, attempts, lastOutcome, state, loadedAt, lastAttemptAt, dueAt or parameter.…: contacts that are made up have nothing else"
      ]
    ])
  })
  it("a file where none can be read", () => {
    assert.deepStrictEqual(problems(refused(memberText())), [
      [`11 ${list}.file`, '"members.csv"', "contacts in place of it: no file can be read here"]
    ])
  })
})

describe("a card of a scenario with a file of contacts", () => {
  const card = (parameter: string) => `    card:
      source: { kind: external, url: "https://crm.example/{parameter.${parameter}}" }
      hints: ["About {parameter.${parameter}}"]
      fields: [{ field: parameter.${parameter}, label: A, hint: "See {parameter.${parameter}}" }]
      links: [{ label: B, url: "https://crm.example/{parameter.${parameter}}" }]
    afterAttempt: [{ name: r, then: { finish: x, set: { stage: second } } }]
`
  it("shows columns of the file, or what rules set", () => {
    const allowed = "a column of the list, with parameter. before it: Status"
    const found = "parameter.Stat"
    assert.deepStrictEqual(problems(membersRefused(memberText("", card("Stat")))), [
      ["19 campaigns[0].card.source.url", found, allowed],
      ["20 campaigns[0].card.hints[0]", found, allowed],
      ["21 campaigns[0].card.fields[0].field", found, allowed],
      ["21 campaigns[0].card.fields[0].hint", found, allowed],
      ["22 campaigns[0].card.links[0].url", found, allowed]
    ])
    for (const column of ["Status", "stage"])
      assert.strictEqual(membersRefused(memberText("", card(column))), "accepted")
  })
  it("of contacts that are made up may show any", () => {
    const text = memberText("", card("Stat")).replace(/ {6}file: [^]*?\n {4}people/, "      contacts: 5\n    people")
    assert.strictEqual(membersRefused(text), "accepted")
  })
})

describe("a scenario with a file of contacts", () => {
  it("reads a list that two campaigns name once", () => {
    const scenario = membersOpened(
      `${memberText()}${memberText().slice(memberText().indexOf("  - name: Calls")).replace("Calls", "Second")}`
    )
    const [first, second] = scenario.campaigns.map(({ list: { file } }) => file?.table)
    assert.strictEqual(first, second)
    assert.strictEqual(first?.size, 7)
  })
})
