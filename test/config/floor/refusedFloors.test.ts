import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { readFileSync } from "node:fs"
import { changed, read, refused, smallFloor } from "./smallFloor.ts"

/** Each problem in one line: where, found, allowed and hint. */
const told = (text: string, environment: Readonly<Record<string, string>> = {}): ReadonlyArray<string> =>
  Result.match(read(text, environment), {
    onSuccess: () => [],
    onFailure: ({ problems }) =>
      problems.map(({ allowed, field, found, hint, line }) =>
        [`${line} ${field}: ${found}; ${allowed}`, ...(hint === null ? [] : [hint])].join("; ")
      )
  })

describe("a floor that cannot run is refused with line, field, found and allowed", () => {
  it("in the form a terminal shows", () => {
    assert.strictEqual(
      refused(changed("mode: progressive", "mode: progresive")),
      [
        "outpace.yaml:10:11 campaigns[0].mode",
        "  10 |     mode: progresive",
        "     |           ^",
        '  found:   "progresive"',
        "  allowed: one of manual, preview, progressive, predictive, automatic, callback",
        "  hint:    did you mean progressive?"
      ].join("\n")
    )
  })
  const cases: ReadonlyArray<readonly [what: string, text: string, problems: ReadonlyArray<string>]> = [
    [
      "an address that is none",
      changed("address: 127.0.0.1", "address: 127.0.0.256"),
      ['2 sip.address: "127.0.0.256"; an IPv4 address, such as 192.0.2.5']
    ],
    [
      "a peer that is none",
      changed("[127.0.0.0/8]", "[127.0.0.0/33]"),
      ['2 sip.peers[0]: "127.0.0.0/33"; an IPv4 address or network, such as 192.0.2.7 or 10.0.0.0/8']
    ],
    [
      "sound on the port of SIP",
      changed("trunks:", "media: { ports: [5000, 6000] }\ntrunks:"),
      ["3 media.ports: [5000, 6000]; ports without that of SIP, 5060"]
    ],
    [
      "too few ports",
      changed("trunks:", "media: { ports: [6000, 6001] }\ntrunks:"),
      ["3 media.ports: [6000, 6001]; a first and a last port, four of them at least"]
    ],
    [
      "a trunk's field",
      changed("linesMax: 10", "linesMax: 0"),
      ["4 trunks[0].linesMax: 0; a whole number of lines from 1 to 10000"]
    ],
    [
      "two agents with one user",
      changed("password: hush }", "password: hush }, { name: Ben, user: ann, password: hush }"),
      ['7 groups[0].agents[1].user: "ann"; a user that no other agent has']
    ],
    [
      "an agent with password and address",
      changed("password: hush", 'password: hush, address: "sip:ann@127.0.0.9"'),
      ['7 groups[0].agents[0].password: "•••"; either password or address']
    ],
    [
      "a pacing the mode has not",
      changed("mode: progressive", "mode: progressive\n    pacing: lines"),
      ['11 campaigns[0].pacing: "lines"; one-per-agent (mode progressive)']
    ],
    [
      "people who may hear nothing",
      changed("mode: progressive", "mode: predictive"),
      [
        "9 campaigns[0].abandonMessage: nothing; what an abandoned person hears, as rules.abandonMessage is true: who called, and how to have no more calls"
      ]
    ],
    [
      "an automatic campaign without a flow",
      changed("mode: progressive", "mode: automatic"),
      ["9 campaigns[0].flow: nothing; what the calls play and ask: mode automatic needs it"]
    ],
    [
      "a law that is looser than its profile",
      changed("mode: progressive", "mode: progressive\n    rules: { ringSecondsMin: 5 }"),
      [
        "11 campaigns[0].rules.ringSecondsMin: 5; at least 15 s, as house-strict has it; to allow it all the same, state the rule in law.house with an override (reason, by), or set law: none"
      ]
    ],
    [
      "what only rehearsals have",
      changed("list: {", "people: { outcomes: { person: 0.3 } }\n    list: { contacts: 3,"),
      [
        '11 campaigns[0].people: an unknown field "people"; name, mode, pacing, groups, priority, law, rules, goal, callerIds, dispositions, afterAttempt, queue, flow, detection, expected, list, numbersDialled, takesRequests, closingMessage, card, cardInbound, script, record, holdMusic, abandonMessage; only rehearsals have it: remove it here',
        '12 campaigns[0].list.contacts: an unknown field "contacts"; file, country, numbers, fields, ignored, header, delimiter, encoding, doNotCall, filter, segments, zones, order, orderSeed; only rehearsals have it: remove it here'
      ]
    ],
    [
      "a card with a field that is none",
      changed(
        "list: {",
        "card: { source: { kind: internal }, fields: [{ field: surname, label: Name }] }\n    list: {"
      ),
      [
        '11 campaigns[0].card.fields[0].field: "surname"; a field: externalId, title, firstName, lastName, company, email, street, postcode, city, region, country, language, zone, segment, priority, note, number, agent, parameter.… or fetched.…'
      ]
    ],
    [
      "a number of two campaigns",
      `${changed("list: {", 'numbersDialled: ["030 901820"]\n    list: {')}  - name: More
    mode: progressive
    numbersDialled: ["+49 30 901820"]
    list: { file: more.csv, country: DE, numbers: [Phone] }
`,
      ['15 campaigns[1].numbersDialled[0]: "+49 30 901820"; a number that no other campaign has']
    ],
    [
      "nobody who serves",
      changed("agents: [{ name: Ann, user: ann, password: hush }]", "agents: []"),
      ["9 campaigns[0].groups: nothing; a group with at least one agent: mode progressive needs agents"]
    ],
    [
      "callers who wait for nobody",
      changed(
        "mode: progressive",
        "mode: automatic\n    queue: {}\n    flow: { announcement: { message: { text: Hello } } }"
      ),
      ["9 campaigns[0].groups: nothing; at least one group: callers in the queue wait for them"]
    ],
    [
      "callers who may not wait",
      changed("mode: progressive", "mode: progressive\n    queue: { callersMax: -1, waitSecondsMax: 0 }"),
      [
        "11 campaigns[0].queue.callersMax: -1; a whole number from 0 to 1000",
        "11 campaigns[0].queue.waitSecondsMax: 0; a time from 1 to 86400 s"
      ]
    ]
  ]
  it.each(cases)("%s", (_, text, problems) => assert.deepStrictEqual(told(text), problems))
})

describe("secrets", () => {
  it("that are not set are told by name, at their place", () => {
    assert.deepStrictEqual(told(changed("password: hush", 'password: "${NOBODY_SET_ME}"')), [
      "7 groups[0].agents[0].password: ${NOBODY_SET_ME}, which is not set; an environment variable NOBODY_SET_ME that is set, or the value itself"
    ])
  })
  it("from the environment are not shown when they are wrong", () => {
    const text = changed("user: ann", 'user: "${ANN}"')
    assert.deepStrictEqual(told(text, { ANN: "not allowed!" }), [
      "7 groups[0].agents[0].user: the value of ${ANN}; 1 to 60 letters, digits, dots, - and _, in quotes if it is a number"
    ])
  })

  const sample = readFileSync(new URL("../../../docs/outpace.sample.yaml", import.meta.url), "utf8")
  const lines = sample.replaceAll('"${TRUNK_PASSWORD}"', "topsecret-1").split("\n")
  const environment = { TRUNK_USER: "topsecret-2", AGENT_201_PASSWORD: "topsecret-3" }
  const Line = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: lines.length - 1 }))
  const Damage = Schema.Literals([
    "",
    "{",
    "[",
    "- x",
    "x: y",
    '"',
    "password: topsecret-4",
    "credentials: { password: topsecret-5 }",
    ":"
  ])
  it.prop(
    "are in no message, whatever is wrong with a file",
    [Line, Damage, Line, Damage],
    ([at, put, other, more]) => {
      const text = lines.map((line, i) => (i === at ? line + put : i === other ? `${more}${line}` : line)).join("\n")
      assert.notInclude(refused(text, environment), "topsecret")
    },
    { arbitrary: { runs: 300, seed: 1 } }
  )
  it("and the small floor is fine as it is", () => assert.deepStrictEqual(told(smallFloor), []))
})
