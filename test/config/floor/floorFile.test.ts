import { assert, describe, it } from "@effect/vitest"
import { Redacted, Result } from "effect"
import { readFileSync } from "node:fs"
import { floorJsonSchema, floorJsonSchemaText } from "../../../src/config/floor/jsonSchema.ts"
import { floorReference } from "../../../src/config/floor/reference.ts"
import { TrunkSettings } from "../../../src/sip/trunks/TrunkSettings.ts"
import type { SchemaNode } from "../../../src/yaml/jsonSchema.ts"
import { accepted, changed, read, smallFloor, start } from "./smallFloor.ts"

const root = new URL("../../../", import.meta.url)
const text = (path: string): string => readFileSync(new URL(path, root), "utf8")

describe("a floor file", () => {
  it("that says the least has a default for all the rest", () => {
    const { campaigns, groups, trunks, ...floor } = accepted(smallFloor)
    assert.deepStrictEqual(floor, {
      name: "Small",
      zone: "Europe/London",
      store: "/srv/outpace/outpace.sqlite",
      recordings: { folder: "/srv/outpace/recordings", keepDays: 90 },
      prompts: { folder: "/srv/outpace/prompts", voice: "en-gb", wordsPerMinute: 160 },
      sip: {
        bind: { host: "127.0.0.1", port: 5_060 },
        contact: { host: "127.0.0.1", port: 5_060 },
        peers: ["127.0.0.0/8"],
        requestsPerSecond: 100,
        sessionTimers: true,
        realm: "outpace",
        digests: ["MD5"]
      },
      media: { address: "127.0.0.1", portMin: 16_384, portMax: 18_383 }
    })
    assert.deepStrictEqual([trunks.map(({ name }) => name), groups.length, campaigns.length], [["carrier"], 1, 1])
    const [{ list, settings, ...campaign }] = campaigns
    const { law, ...plain } = settings
    assert.deepStrictEqual(list, {
      file: "/srv/outpace/contacts.csv",
      options: {
        numberColumns: ["Phone"],
        fieldColumns: {},
        ignoredColumns: [],
        country: "DE",
        delimiter: null,
        encoding: null,
        header: null
      },
      doNotCall: [],
      filter: null,
      order: []
    })
    assert.deepStrictEqual(
      { ...campaign, cardOutbound: campaign.cardOutbound.fields.length, cardInbound: campaign.cardInbound.direction },
      {
        numbersDialled: [],
        takesRequests: false,
        closingMessage: null,
        cardOutbound: 4,
        cardInbound: "inbound",
        script: null,
        record: false,
        holdMusic: null,
        abandonMessage: null
      }
    )
    assert.deepInclude(plain, {
      name: "Calls",
      mode: "progressive",
      pacing: { kind: "one-per-agent" },
      groups: ["team"],
      linesMax: 10,
      callsPerSecondMax: 10,
      ringMillisMax: 22_000,
      wrapMillisMax: Infinity,
      known: { dispositions: [], segments: [], campaigns: [], questions: [], parameters: null },
      expected: { pickupRate: 0.5, ringMillis: 8_000, talkMillis: 120_000, wrapMillis: 15_000 }
    })
    assert.deepStrictEqual([law?.zone, law?.epochMillis], ["Europe/London", start])
    assert.includeMembers(law?.tables.map(({ id }) => id) ?? [], ["Europe/London", "Europe/Berlin"])
  })
  it("puts callers through where it has a queue, and calls others back where it says so", () => {
    const inbound = (lines: string) => {
      const [{ closingMessage, settings, takesRequests }] = accepted(smallFloor + lines).campaigns
      return [settings.queue, takesRequests, closingMessage]
    }
    assert.deepStrictEqual(inbound(""), [null, false, null])
    assert.deepStrictEqual(inbound("    queue: {}\n"), [{ callersMax: 10, waitMillisMax: 300_000 }, false, null])
    assert.deepStrictEqual(
      inbound(
        "    queue: { callersMax: 0, waitSecondsMax: 90 }\n    takesRequests: true\n    closingMessage: { file: bye.wav }\n"
      ),
      [{ callersMax: 0, waitMillisMax: 90_000 }, true, { file: "bye.wav" }]
    )
    const [back] = accepted(changed("mode: progressive", "mode: callback")).campaigns
    assert.deepStrictEqual([back.settings.queue, back.takesRequests], [null, true])
  })
  it("keeps passwords where nothing prints them", () => {
    const { groups } = accepted(smallFloor)
    const { phone } = groups[0].agents[0]
    assert.notInclude(JSON.stringify(groups), "hush")
    assert.strictEqual(phone.kind === "registers" ? Redacted.value(phone.password) : "", "hush")
  })
  it("takes values from the environment", () => {
    const floor = accepted(changed("password: hush", 'password: "${ANN_PASSWORD}"'), { ANN_PASSWORD: "s3cret" })
    const { phone } = floor.groups[0].agents[0]
    assert.strictEqual(phone.kind === "registers" ? Redacted.value(phone.password) : "", "s3cret")
  })
  it("shares the lines of its trunks among campaigns that say nothing", () => {
    const second =
      '  - { name: second, host: 127.0.0.4, linesMax: 5, callsPerSecondMax: 2, callerNumber: "+4930901820" }\n'
    const [{ settings }] = accepted(changed("groups:\n", `${second}groups:\n`)).campaigns
    assert.deepStrictEqual([settings.linesMax, settings.callsPerSecondMax], [15, 12])
  })
  it("knows how old its do-not-call lists are by their files, the oldest of a source, else by what is said", () => {
    const day = 86_400_000
    const text = changed(
      "numbers: [Phone]",
      "numbers: [Phone], doNotCall: [{ file: a.txt, name: A, source: TPS }, { file: b.txt, name: B, source: TPS }]"
    ).replace("mode: progressive", "mode: progressive\n    law: { profiles: [uk-ofcom-2017], listsLoadedDaysAgo: 1 }")
    const goodDays = (...written: ReadonlyArray<readonly [file: string, daysAgo: number]>): number => {
      const writtenAt = new Map(written.map(([file, days]) => [`/srv/outpace/${file}`, start - days * day]))
      const [{ settings }] = Result.getOrThrow(read(text, {}, writtenAt)).campaigns
      return (settings.law?.listsGoodUntil ?? Number.NaN) / day
    }
    // The profile allows 28 days.
    assert.deepStrictEqual([goodDays(), goodDays(["a.txt", 3]), goodDays(["a.txt", 3], ["b.txt", 30])], [27, 25, -2])
  })
  it("lets rules ask for the answers of the call script", () => {
    const more = `    script:
      id: renewal
      title: Renewal
      steps:
        - { id: content, text: Are you content?, question: { kind: yes-no } }
        - { id: why, text: Why?, question: { kind: single, choices: [{ id: price, label: Price }] } }
    afterAttempt:
      - { name: price, when: { answers: { why: [price] } }, then: { finish: price } }
`
    const [{ script, settings }] = accepted(smallFloor + more).campaigns
    assert.strictEqual(script?.steps.length, 2)
    assert.deepStrictEqual(settings.known.questions, [
      { name: "content", answers: ["true", "false"] },
      { name: "why", answers: ["price"] }
    ])
  })
})

describe("the sample floor", () => {
  const environment = { TRUNK_USER: "leeds", TRUNK_PASSWORD: "a", AGENT_201_PASSWORD: "b" }
  it("can be used", () => {
    const sample = text("docs/outpace.sample.yaml")
    assert.strictEqual(sample.split("\n")[0], "# yaml-language-server: $schema=outpace.floor.schema.json")
    const { campaigns } = accepted(sample, environment)
    assert.deepStrictEqual(
      campaigns.map(({ record, settings }) => [settings.name, settings.mode, record]),
      [["Renewals", "predictive", true]]
    )
    assert.deepStrictEqual(campaigns[0].settings.law?.composed.from, ["uk-ofcom-2017 2026-11-21"])
  })
})

describe("what is generated is up to date (node src/config/floor/writeGenerated.ts)", () => {
  it("the JSON Schema", () => assert.strictEqual(text("docs/outpace.floor.schema.json"), floorJsonSchemaText()))
  it("the reference", () => assert.strictEqual(text("docs/configuration.md"), floorReference()))
  it("with every field of trunks, in the schema for editors and in the reference", () => {
    const names = Object.keys(TrunkSettings.fields)
    const { properties } = JSON.parse(floorJsonSchemaText()) as SchemaNode
    assert.deepStrictEqual(Object.keys(properties?.["trunks"].items?.properties ?? {}), names)
    const [, section] = floorReference().split("## Trunks")
    assert.deepStrictEqual(
      names.filter((name) => !section.includes(`| \`${name}\` |`)),
      []
    )
  })
  it("and every field says what it means, and what it is when it is left out", () => {
    const silent = (node: unknown, path: string): ReadonlyArray<string> => {
      if (typeof node !== "object" || node === null) return []
      const { properties = {}, required = [] } = node as SchemaNode
      const own = Object.entries(properties).flatMap(([name, each]) => {
        const known = required.includes(name) || "default" in each || each["x-default"] !== undefined
        return known && each.description !== undefined ? [] : [`${path}/${name}`]
      })
      return [...own, ...Object.entries(node).flatMap(([key, each]) => silent(each, `${path}/${key}`))]
    }
    assert.deepStrictEqual(silent(floorJsonSchema(), ""), [])
  })
})
