import { assert, describe, it } from "@effect/vitest"
import { teamOf, withTeam } from "../../../sim/experiments/teamSizes.ts"
import { withSetting } from "../../../sim/experiments/withSetting.ts"
import { changedWorlds, scaled } from "../../../sim/experiments/worlds.ts"
import { settingOf } from "../../../sim/experiments/settingOf.ts"
import { type DistributionSpec, quantileOf } from "../../../sim/random/distributions.ts"
import { scenarioOf, smallScenario, smallText } from "./smallScenario.ts"

const laws: ReadonlyArray<DistributionSpec> = [
  { kind: "constant", value: 3 },
  { kind: "uniform", min: 1, max: 4 },
  { kind: "exponential", mean: 5 },
  { kind: "normal", mean: 8, sd: 2, min: 1, max: 15 },
  { kind: "lognormal", mean: 20, cv: 0.5, max: 60 },
  { kind: "lognormalLog", mu: 5, sigma: 0.9 },
  { kind: "gamma", mean: 4, cv: 0.7 },
  { kind: "weibull", shape: 1.4, scale: 30 },
  { kind: "burr12", c: 1.69, d: 1.632, scale: 268.9 },
  { kind: "empirical", values: [1, 2, 9] }
]

describe("changed worlds", () => {
  it("stretches every law of a duration: each quantile is so many times longer", () => {
    const mixture: DistributionSpec = {
      kind: "mixture",
      parts: laws.map((of) => ({ share: 1 / laws.length, of }))
    }
    for (const law of [...laws, mixture]) {
      const [before, after] = [quantileOf(law), quantileOf(scaled(law, 1.2))]
      for (const p of [0.013, 0.31, 0.5, 0.97]) assert.closeTo(after(p) / before(p), 1.2, 1e-9, law.kind)
    }
  })
  it("shifts the chance of an answer within its bounds and leaves what the dialler expects", () => {
    const scenario = smallScenario()
    const worlds = changedWorlds(scenario, 0)
    assert.deepStrictEqual(
      worlds.map((world) => Number(world.scenario.campaigns[0].people.answerShare.toFixed(6))),
      [0.3, 0.5, 0.4]
    )
    for (const world of worlds) {
      assert.deepStrictEqual(world.scenario.campaigns[0].settings, scenario.campaigns[0].settings)
    }
    const rare = scenarioOf(smallText().replace("person: 0.4", "person: 0.05"))
    assert.deepStrictEqual(
      changedWorlds(rare, 0).map(({ answerShift, label }) => [label, answerShift]),
      [
        ["4 points fewer answers", -0.04],
        ["10 points more answers", 0.1],
        ["talk 20 % longer", 0]
      ]
    )
  })
  it("shifts the share of answers in a measured sample by copying its calls", () => {
    const dials = Array.from({ length: 10 }, (_, i) => ({ answered: i < 4, ringSeconds: i }))
    const scenario = smallScenario()
    const [campaign] = scenario.campaigns
    const measured = { ...scenario, campaigns: [{ ...campaign, people: { ...campaign.people, dials } }] }
    const shares = changedWorlds(measured, 0).map((world) => {
      const sample = world.scenario.campaigns[0].people.dials ?? []
      return sample.filter(({ answered }) => answered).length / sample.length
    })
    assert.closeTo(shares[0], 0.3, 0.005)
    assert.closeTo(shares[1], 0.5, 0.005)
    assert.strictEqual(shares[2], 0.4)
  })
})

describe("another team", () => {
  const text = smallText().replace(
    "[{ name: team, agents: 4 }]",
    "[{ name: team, agents: 4 }, { name: late, agents: 6 }, { name: other, agents: 9 }]"
  )
  const scenario = scenarioOf(
    `${text}    groups: [team, late]\n  - { name: Others, mode: progressive, groups: [other], list: { contacts: 10 }, people: { outcomes: { person: 0.5 } } }\n`
  )
  const agents = (size: number) => withTeam(scenario, 0, size).groups.map((group) => group.agents)
  it("has exactly so many agents, in the proportion of the campaign's groups; other groups stay", () => {
    assert.strictEqual(teamOf(scenario, 0), 10)
    assert.deepStrictEqual(agents(5), [2, 3, 9])
    assert.deepStrictEqual(agents(1), [0, 1, 9])
    assert.deepStrictEqual(agents(3), [1, 2, 9])
    assert.deepStrictEqual(agents(30), [12, 18, 9])
  })
  it("gets lines, call rate and contacts in proportion when it is larger, and keeps them when smaller", () => {
    const larger = withTeam(scenario, 0, 30)
    assert.deepStrictEqual(
      [larger.trunk.linesMax, larger.trunk.callsPerSecondMax, larger.campaigns[0].list.contacts],
      [120, 15, 6_000]
    )
    assert.deepStrictEqual(withTeam(scenario, 0, 5).trunk, scenario.trunk)
  })
  it("takes its share of the requests of other campaigns along, and leaves those of other agents", () => {
    const campaigns = scenario.campaigns.map((campaign) => ({
      ...campaign,
      list: { ...campaign.list, requestsPerHour: 20 }
    }))
    const [, other] = campaigns
    const shared = { ...other, settings: { ...other.settings, name: "Shared", groups: ["late", "other"] } }
    const floor = { ...scenario, campaigns: [...campaigns, shared] }
    const requests = (size: number) => withTeam(floor, 0, size).campaigns.map(({ list }) => list.requestsPerHour)
    assert.deepStrictEqual(requests(5), [20, 20, 10])
    assert.deepStrictEqual(requests(20), [20, 20, 40])
  })
})

describe("a setting in force", () => {
  it("replaces mode and pacing and leaves out planned changes, unless it is the campaign's own", () => {
    const scenario = scenarioOf(smallText({ more: '    changes: [{ at: "09:30", mode: progressive }]\n' }))
    const own = settingOf("predictive", { kind: "fixed-ratio", linesPerAgent: 1.5 })
    assert.strictEqual(withSetting(scenario, 0, own), scenario)
    assert.strictEqual(withSetting(scenario, 0, null), scenario)
    const other = withSetting(scenario, 0, settingOf("progressive", { kind: "one-per-agent" })).campaigns[0]
    assert.strictEqual(other.settings.mode, "progressive")
    assert.deepStrictEqual(other.changes, [])
  })
})
