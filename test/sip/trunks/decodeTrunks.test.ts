import { assert, describe, it } from "@effect/vitest"
import { Redacted, Result } from "effect"
import { inspect } from "node:util"
import { decodeTrunks } from "../../../src/sip/trunks/decodeTrunks.ts"
import { trunksMax } from "../../../src/sip/trunks/TrunkSettings.ts"

const least = { name: "north", host: "sip.north.example", linesMax: 30, callerNumber: "+4930901820" }
const account = { user: "4930901820", password: "s3cret" }

const problemsOf = (input: unknown): ReadonlyArray<string> =>
  Result.match(decodeTrunks(input), {
    onFailure: (problems) => problems.map(({ allowed, found, path }) => `${path} | ${found} | ${allowed}`),
    onSuccess: () => []
  })
const read = (input: unknown) => Result.getOrThrow(decodeTrunks(input))

const peer = "a name or IPv4 address, perhaps with a port, such as sip.carrier.example or 192.0.2.10:5080"
const header = 'a line "Name: value" with a header that Outpace does not write itself, such as "X-Account: 7"'

describe("settings of trunks", () => {
  it("have defaults for all that a peer who knows us by address does not need", () => {
    assert.deepStrictEqual(read([least]), [
      {
        ...least,
        register: false,
        registerSeconds: 600,
        priority: 1,
        callsPerSecondMax: 10,
        keepAliveSeconds: 30,
        silenceSecondsMax: 6,
        calledNumbers: { format: "plus" },
        callerNumbers: { format: "plus" },
        callerIdStyle: "from",
        transferCallerId: "trunk",
        headers: []
      }
    ] as unknown)
  })
  it("are read as they stand otherwise", () => {
    const calledNumbers = { format: "national", countryCode: "+39", trunkPrefix: "", internationalPrefix: "000" }
    const all = {
      ...least,
      outboundProxy: "192.0.2.10:5080",
      domain: "north.example",
      register: true,
      registerUser: "+4930901820",
      registerSeconds: 3_600,
      priority: 2,
      callsPerSecondMax: 5,
      keepAliveSeconds: 0,
      silenceSecondsMax: 10,
      calledNumbers,
      callerNumbers: { format: "prefixes", rules: [{ from: "+49", to: "1234#0" }] },
      callerIdStyle: "asserted-anonymous",
      transferCallerId: "customer",
      headers: ["X-Account: 7"]
    }
    const [{ credentials, ...rest }] = read([{ ...all, credentials: account }])
    assert.deepStrictEqual<unknown>(rest, all)
    assert.deepStrictEqual(
      [credentials?.user, credentials && Redacted.value(credentials.password)],
      [account.user, account.password]
    )
  })
  it("do not show the password to whoever prints them", () => {
    const [trunk] = read([{ ...least, credentials: account }])
    assert.notInclude(inspect(trunk, { depth: 9 }) + JSON.stringify(trunk), "s3cret")
  })

  const cases: ReadonlyArray<readonly [what: string, input: unknown, problems: ReadonlyArray<string>]> = [
    [
      "no list",
      { north: least },
      ['trunks | { north: { name: "north", host: "sip.north.example", linesM… | a list of 1 to 50 trunks']
    ],
    ["no trunk", [], ["trunks | [] | a list of 1 to 50 trunks"]],
    [
      "what must be there",
      [{}],
      [
        "trunks[0].name | nothing | a name of 1 to 40 characters",
        `trunks[0].host | nothing | ${peer}`,
        "trunks[0].linesMax | nothing | a whole number of lines from 1 to 10000",
        "trunks[0].callerNumber | nothing | a number with its country, such as +4930901820"
      ]
    ],
    [
      "addresses that are none",
      [{ ...least, host: "sip:north.example", outboundProxy: "300.1.2.3", domain: "north.example:5060" }],
      [
        `trunks[0].host | "sip:north.example" | ${peer}`,
        `trunks[0].outboundProxy | "300.1.2.3" | ${peer}`,
        'trunks[0].domain | "north.example:5060" | a domain without port, such as carrier.example'
      ]
    ],
    [
      "a port that is none",
      [{ ...least, host: "north.example:70000" }],
      [`trunks[0].host | "north.example:70000" | ${peer}`]
    ],
    [
      "hosts that are addresses of IPv6",
      [{ ...least, host: "[2001:db8::1]:5060" }],
      [`trunks[0].host | "[2001:db8::1]:5060" | ${peer}`]
    ],
    [
      "limits outside their range",
      [
        {
          ...least,
          priority: 0,
          linesMax: 0,
          callsPerSecondMax: 0.5,
          keepAliveSeconds: 2,
          silenceSecondsMax: 33,
          registerSeconds: 10
        }
      ],
      [
        "trunks[0].registerSeconds | 10 | a whole number of seconds from 60 to 86400",
        "trunks[0].priority | 0 | a whole number of priority from 1 to 100",
        "trunks[0].linesMax | 0 | a whole number of lines from 1 to 10000",
        "trunks[0].callsPerSecondMax | 0.5 | a whole number of calls from 1 to 500",
        "trunks[0].keepAliveSeconds | 2 | a whole number of seconds from 5 to 3600, or 0 for none",
        "trunks[0].silenceSecondsMax | 33 | a whole number of seconds from 1 to 32"
      ]
    ],
    [
      "passwords, which are not repeated",
      [
        { ...least, credentials: { user: "a", password: 12345 } },
        { ...least, name: "south", credentials: "a:12345" },
        { ...least, name: "west", credentials: { user: 77, password: "12345\n" } }
      ],
      [
        'trunks[0].credentials.password | "not shown" | a password of 1 to 200 characters, in quotation marks if it is a number',
        'trunks[1].credentials | "not shown" | a block with user, password',
        "trunks[2].credentials.user | 77 | 1 to 200 letters, digits and signs, in quotation marks if it is a number",
        'trunks[2].credentials.password | "not shown" | a password of 1 to 200 characters, in quotation marks if it is a number'
      ]
    ],
    [
      "a registration without an account",
      [{ ...least, register: true }],
      ["trunks[0].credentials | nothing | user and password, as register is true"]
    ],
    [
      "one name twice",
      [least, { ...least, name: "North" }],
      ['trunks[1].name | "North" | a name of its own; trunks[0] has this one']
    ],
    [
      "headers that are none, or ours",
      [{ ...least, headers: ["X-Account", "X-A: 1\r\nVia: x", "v: SIP/2.0/UDP x", "privacy: id", "X-Account: 7"] }],
      [
        `trunks[0].headers[0] | "X-Account" | ${header}`,
        `trunks[0].headers[1] | "X-A: 1\\r\\nVia: x" | ${header}`,
        `trunks[0].headers[2] | "v: SIP/2.0/UDP x" | ${header}`,
        `trunks[0].headers[3] | "privacy: id" | ${header}`
      ]
    ],
    [
      "number formats",
      [
        { ...least, calledNumbers: { format: "e164" }, callerNumbers: { format: "national" } },
        {
          ...least,
          name: "south",
          calledNumbers: { format: "national", countryCode: "49", trunkPrefix: 0 },
          callerNumbers: { format: "prefixes", rules: [{ from: "49", to: "0 " }] }
        }
      ],
      [
        'trunks[0].calledNumbers | { format: "e164" } | a block with format: plus, digits, national or prefixes',
        "trunks[0].callerNumbers.countryCode | nothing | the code of a country, such as +49",
        'trunks[1].calledNumbers.countryCode | "49" | the code of a country, such as +49',
        'trunks[1].calledNumbers.trunkPrefix | 0 | up to 6 digits in quotation marks, such as "00"',
        'trunks[1].callerNumbers.rules[0].from | "49" | how numbers begin, with + and up to 6 digits, such as "+49"; "+" for all that are left',
        'trunks[1].callerNumbers.rules[0].to | "0 " | what stands there instead, in quotation marks: digits, * and #, perhaps with + before them, such as "1234#0"'
      ]
    ],
    [
      "one prefix twice",
      [
        {
          ...least,
          calledNumbers: {
            format: "prefixes",
            rules: [
              { from: "+", to: "00" },
              { from: "+", to: "" }
            ]
          }
        }
      ],
      ['trunks[0].calledNumbers.rules[1].from | "+" | each once']
    ]
  ]
  it.each(cases)("say what is wrong, where, and what would be right: %s", (_, input, problems) => {
    assert.deepStrictEqual(problemsOf(input), problems)
  })
  it("name the fields there are when one is not known", () => {
    const [problem] = problemsOf([{ ...least, lines: 3 }])
    assert.match(problem, /^trunks\[0\]\.lines \| an unknown field "lines" \| name, host, outboundProxy, domain, /)
  })
  it("are fifty at most, and no pile of data", () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => ({ ...least, name: `t${i}` }))
    assert.lengthOf(read(many(trunksMax)), trunksMax)
    assert.lengthOf(problemsOf(many(trunksMax + 1)), 1)
    assert.deepStrictEqual(problemsOf(many(60_000)), ["trunks | more than anybody reads | at most 50 trunks"])
  })
})
