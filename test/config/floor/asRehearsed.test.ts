import { assert, describe, it } from "@effect/vitest"
import { readdirSync, readFileSync } from "node:fs"
import { parse, stringify } from "yaml"
import { campaignFields } from "../../../src/config/campaign/Campaign.ts"
import { type CampaignSettings, knowsNothing } from "../../../src/domain/Campaign.ts"
import { sampleScenario } from "../../sim/scenario/sample.ts"
import { accepted } from "./smallFloor.ts"

type Data = Readonly<Record<string, unknown>>
const folder = new URL("../../../scenarios/", import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"))
const textOf = (name: string): string => readFileSync(new URL(name, folder), "utf8")

/** A campaign of a scenario as somebody copies it: the fields both have, as they stand there. */
const copied = (campaign: Data, expected: CampaignSettings["expected"]): Data => {
  const same = Object.keys(campaignFields).filter((key) => key in campaign)
  const dispositions = (campaign["dispositions"] as ReadonlyArray<Data> | undefined)?.map(
    ({ askedAfterMinutes: _, share: _share, ...each }) => each
  )
  const script = (campaign["script"] as { readonly questions: Readonly<Record<string, Data>> } | undefined)?.questions
  return {
    ...Object.fromEntries(same.map((key) => [key, campaign[key]])),
    ...(dispositions === undefined ? {} : { dispositions }),
    ...(script === undefined ? {} : { script: formOf(script) }),
    detection: { enabled: (campaign["detection"] as { readonly enabled?: boolean } | undefined)?.enabled ?? false },
    expected: {
      pickupRate: expected.pickupRate,
      ringSeconds: expected.ringMillis / 1_000,
      talkSeconds: expected.talkMillis / 1_000,
      wrapSeconds: expected.wrapMillis / 1_000
    },
    list: { file: "contacts.csv", country: "GB", numbers: ["Phone"], segments: segmentsOf(campaign) },
    abandonMessage: { text: "Nobody was free." },
    ...(campaign["mode"] === "automatic" && !("flow" in campaign)
      ? { flow: { announcement: { message: { text: "Good day." } } } }
      : {})
  }
}

const segmentsOf = ({ list }: Data): ReadonlyArray<string> =>
  (list as { readonly segments?: ReadonlyArray<{ readonly name: string }> }).segments?.map(({ name }) => name) ?? [
    "all"
  ]

const formOf = (questions: Readonly<Record<string, Data>>): Data => ({
  id: "script",
  title: "Script",
  steps: Object.entries(questions).map(([id, answers]) => ({
    id,
    text: "?",
    question: { kind: "single", choices: Object.keys(answers).map((answer) => ({ id: answer, label: answer })) }
  }))
})

const floorOf = (scenario: Data, settings: ReadonlyArray<CampaignSettings>): string => {
  const { lines = 1_000, callsPerSecond = 50 } = (scenario["trunk"] ?? {}) as {
    readonly lines?: number
    readonly callsPerSecond?: number
  }
  const groups = (scenario["groups"] ?? []) as ReadonlyArray<Data>
  const trunk = { name: "carrier", host: "127.0.0.3", callerNumber: "+441632960000" }
  return stringify(
    {
      name: "Floor",
      sip: { address: "127.0.0.1", peers: ["127.0.0.0/8"] },
      trunks: [{ ...trunk, linesMax: lines, callsPerSecondMax: callsPerSecond }],
      groups: groups.map(({ name }, at) => ({
        name,
        agents: [{ name: `agent ${at}`, user: `agent${at}`, password: "x" }]
      })),
      campaigns: (scenario["campaigns"] as ReadonlyArray<Data>).map((each, at) => copied(each, settings[at].expected))
    },
    { aliasDuplicateObjects: false }
  )
}

/** What follows from where and when a campaign runs: the instant and zones of its clock, its chance, its list's columns. */
const withoutWorld = ({ callerIds, flow, known, law, ...settings }: CampaignSettings) => ({
  ...settings,
  callerIds: callerIds?.settings,
  flow: flow?.name === "announcement" ? null : flow,
  known: { ...known, parameters: null },
  law: law === null ? null : { ...law, tables: [], zone: "", epochMillis: 0, composed: law.composed }
})

describe("a campaign that was rehearsed", () => {
  it.each(names)("dials as in %s, setting for setting", (name) => {
    const rehearsed = sampleScenario(name).campaigns.map(({ settings }) => settings)
    const live = accepted(floorOf(parse(textOf(name)) as Data, rehearsed)).campaigns.map(({ settings }) => settings)
    const plain = rehearsed.map((settings, at) =>
      // Where a scenario names nothing, its rules know nothing; a live list always has segments.
      settings.known === knowsNothing ? { ...settings, known: live[at].known } : settings
    )
    assert.deepStrictEqual(live.map(withoutWorld), plain.map(withoutWorld))
  })
})
