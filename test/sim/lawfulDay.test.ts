import { assert, describe, it } from "@effect/vitest"
import { boundNames } from "../../src/dialler/pacing/Policy.ts"
import type { WindowFigures } from "../../src/domain/LawFigures.ts"
import type { AttemptRow } from "../../src/store/schema.ts"
import { Recorder } from "../../src/store/Recorder.ts"
import { runShift, wholeShift } from "../../sim/runShift.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { scenarioOf as decoded } from "./experiments/smallScenario.ts"

const hour = 3_600_000

interface Parts {
  readonly law: string
  readonly day?: string
  readonly agents?: number
  readonly pacing?: string
  readonly list?: string
  readonly outcomes?: string
  /** Further fields of the campaign, indented by four spaces. */
  readonly more?: string
}

const text = (parts: Parts) => `name: Lawful
seed: 1
day: { date: "2026-11-23", ${parts.day ?? 'start: "14:00", lengthHours: 2'} }
groups: [{ name: team, agents: ${parts.agents ?? 10} }]
campaigns:
  - name: Calls
    mode: predictive
    pacing: ${parts.pacing ?? "{ kind: fixed-ratio, linesPerAgent: 3 }"}
    law: ${parts.law}
    list: ${parts.list ?? "{ contacts: 100, endless: true }"}
    people: { outcomes: { ${parts.outcomes ?? "person: 0.3"} }, talkSeconds: { kind: exponential, mean: 90 } }
    work: { wrapSeconds: 10 }
${parts.more ?? ""}`
const scenario = (parts: Parts): Scenario => decoded(text(parts))

const run = (of: Scenario, replication = 0) => {
  const recorder = new Recorder(of)
  const { boundMillis, figures } = runShift(of, { ...wholeShift, replication, recorder })
  const [{ law, list }] = figures
  if (law === null) throw new Error("no law")
  return { attempts: recorder.attempts, boundMillis: boundMillis[0], holds: recorder.holds, law, list }
}
const boundBy = (millis: Float64Array, name: (typeof boundNames)[number]) => millis[boundNames.indexOf(name)]

describe("a simulated day under a law", () => {
  it("holds contacts until their morning, and calls those whose day has begun", () => {
    const zones = "zones: [{ zone: America/New_York, share: 0.5 }, { zone: America/Los_Angeles, share: 0.5 }]"
    const coast = (law: string) =>
      run(
        scenario({
          law,
          // Nine in New York is six in Los Angeles, and calls begin at eight.
          day: 'start: "09:00", lengthHours: 4',
          agents: 4,
          list: `{ contacts: 800, ${zones} }`,
          more: "    rules: { attemptsMax: 1 }\n"
        })
      )
    const { attempts, boundMillis, holds, law } = coast(
      "{ profiles: [us-federal], zone: America/New_York, enforceCeilings: false }"
    )
    const held = new Set(holds.map(({ contact }) => contact))
    assert.closeTo(held.size / 800, 0.5, 0.06)
    for (const hold of holds) {
      const { at, reason, until } = hold
      assert.deepStrictEqual([reason, until], ["hours", 2 * hour])
      assert.isBelow(at, 2 * hour)
    }
    const [early, late] = [
      attempts.filter((row) => row.placedAt < 2 * hour),
      attempts.filter((row) => row.placedAt >= 2 * hour)
    ]
    assert.isAbove(early.length, 300)
    assert.isTrue(early.every(({ contact }) => !held.has(contact)))
    assert.isAbove(late.filter(({ contact }) => held.has(contact)).length, 300)
    assert.deepStrictEqual(law.holds, { hours: holds.length })
    // All who could be called were: agents waited for the others' morning.
    assert.isAbove(boundBy(boundMillis, "hours"), hour)
  })
  it("waits while nobody may be called, and says that it was the hours", () => {
    const { attempts, boundMillis, law } = run(
      scenario({ law: "{}", day: 'start: "12:00", lengthHours: 3', list: "{ contacts: 100, endless: true }" })
    )
    const during = (from: number, to: number) =>
      attempts.filter(({ placedAt }) => placedAt >= from && placedAt < to).length
    // From one to two nobody is called under house-strict, and nothing that could ring until then.
    assert.strictEqual(during(hour - 22_000 + 1, 2 * hour), 0)
    assert.isAbove(Math.min(during(0, hour), during(2 * hour, 3 * hour)), 200)
    assert.isAbove(law.holds.hours, 100)
    assert.isAbove(boundBy(boundMillis, "hours") / (10 * hour), 0.9)
    assert.isBelow(boundBy(boundMillis, "hours") / (10 * hour), 1.1)
  })
  it("calls nobody with papers that are not in order", () => {
    for (const law of ["{ listsLoadedDaysAgo: 2 }", "{ callerId: { shown: false } }"]) {
      const { attempts, law: figures } = run(scenario({ law }))
      assert.deepStrictEqual([attempts.length, figures.holds], [0, {}])
    }
  })
  it("counts attempts by their number, and contacts the law holds at the end", () => {
    const more = "    rules: { retry: { no-answer: { delayMinutes: 5, attemptsMax: 6 } }, attemptsMax: 6 }\n"
    const { attempts, law, list } = run(
      scenario({ law: "{ profiles: [uk-ofcom-2017] }", list: "{ contacts: 300 }", more })
    )
    const numbers = [1, 2, 3].map((number) => attempts.filter(({ attempt }) => attempt === number).length)
    assert.deepStrictEqual(list.attempts, [...numbers, 0, 0, 0, 0, 0])
    assert.strictEqual(list.attempted, numbers[0])
    assert.strictEqual(list.reached, attempts.filter(({ outcome }) => outcome === "connected").length)
    // Three attempts a day, and then not before tomorrow.
    assert.isAbove(law.holds["attempts-per-day"], 20)
    assert.deepStrictEqual(law.heldAtEnd, law.holds)
  })
})

describe("the ceilings of a simulated day", () => {
  const replications = Array.from({ length: 30 }, (_, replication) => replication)
  /** With an agent for each call in the last half hour, so that nobody rings when all agents go at once. */
  const agentForEachAtLast = '    changes: [{ at: "15:30", mode: progressive }]\n'
  const floor = (profile: string, enforceCeilings: boolean) =>
    scenario({
      law: `{ profiles: [${profile}], enforceCeilings: ${enforceCeilings} }`,
      more: agentForEachAtLast
    })
  const verdicts = (of: Scenario) => replications.map((replication) => run(of, replication).law.windows)
  const isBroken = (windows: ReadonlyArray<WindowFigures>) =>
    windows.some(({ ledger, truth }) => truth.verdict === "red" || ledger.verdict === "red")

  it.each(["house-strict", "uk-ofcom-2017", "us-federal"])(
    "are never broken where they are enforced, and always by the same pacing where they are not: %s",
    (profile) => {
      assert.isFalse(verdicts(floor(profile, true)).some(isBroken))
      assert.isTrue(verdicts(floor(profile, false)).every(isBroken))
    }
  )

  describe("hold at any ratio", () => {
    const shift = (ratio: number, agents: number, outcomes: string, more: string) =>
      scenario({
        law: "{ profiles: [house-strict] }",
        pacing: `{ kind: fixed-ratio, linesPerAgent: ${ratio} }`,
        agents,
        outcomes,
        more: more + agentForEachAtLast
      })
    const listened =
      "{ enabled: true, delaySeconds: 1, personAsMachineShare: 0, machineAsPersonShare: 0.2, heardShare: 1 }"
    const lists = {
      "without machines": ["person: 0.4", ""],
      "with machines": ["person: 0.3, machine: 0.3", ""],
      "with machines that detection lets through": ["person: 0.3, machine: 0.3", `    detection: ${listened}\n`]
    } as const
    it.each(Object.keys(lists) as Array<keyof typeof lists>)("%s", (name) => {
      const [outcomes, more] = lists[name]
      for (const [ratio, agents] of [
        [2, 5],
        [3, 10],
        [5, 10]
      ]) {
        const of = shift(ratio, agents, outcomes, more)
        for (let replication = 0; replication < 20; replication += 1) {
          const { windows } = run(of, replication).law
          // Without detection nobody knows which of those abandoned were machines: then the estimate has to do.
          const known = name === "with machines" ? [] : windows.map(({ truth }) => truth.verdict)
          assert.notInclude(
            [...known, ...windows.map(({ ledger }) => ledger.verdict)],
            "red",
            `${ratio} ${replication}`
          )
        }
      }
    })
  })

  const ratioOf = ({ law }: ReturnType<typeof run>, denominator: string, by: "truth" | "ledger" = "truth") => {
    const window = law.windows.find(({ rule }) => rule.denominator === denominator)
    return window === undefined ? [] : [window[by].numerator, window[by].base]
  }
  const countOf = (rows: ReadonlyArray<AttemptRow>, outcome: string) =>
    rows.filter((row) => row.outcome === outcome).length

  it("are reported by the truth, which the dialler can only estimate without detection", () => {
    const shift = run(scenario({ law: "{ enforceCeilings: false }", outcomes: "person: 0.3, machine: 0.3" }))
    const { attempts } = shift
    const late = attempts.filter((row) => row.outcome === "connected" && row.late).length
    const abandoned = countOf(attempts, "abandoned") + late
    const connected = countOf(attempts, "connected") - late
    assert.isAbove(abandoned, 30)
    assert.deepStrictEqual(ratioOf(shift, "D_UK"), [abandoned, abandoned + connected])
    assert.deepStrictEqual(ratioOf(shift, "D_PER_CONNECT"), [abandoned, connected])
    assert.deepStrictEqual(ratioOf(shift, "D_LIVE"), [abandoned, abandoned + connected])
    // The dialler abandoned machines, too, and takes them off by their share among the calls agents got.
    const [estimated = 0] = ratioOf(shift, "D_UK", "ledger")
    // Machines pick up later than people: more of them find no agent than the calls agents got let expect.
    assert.isAbove(estimated, abandoned)
  })

  const detection = (heardShare: number) =>
    `    detection: { enabled: true, delaySeconds: 1, personAsMachineShare: 0.1, machineAsPersonShare: 0, heardShare: ${heardShare} }\n`
  it("count people taken for machines: by the truth all of them, by the dialler's estimate those that were heard", () => {
    const parts = { law: "{ profiles: [us-federal], enforceCeilings: false }", outcomes: "person: 0.4, machine: 0.3" }
    const shift = run(scenario({ ...parts, more: detection(1) }))
    const taken = shift.attempts.filter(({ machineFalse }) => machineFalse).length
    assert.isAbove(taken, 20)
    const [numerator, base] = ratioOf(shift, "D_LIVE")
    const live = shift.attempts.filter(({ outcome }) => ["connected", "abandoned", "hung-up-waiting"].includes(outcome))
    const late = live.filter((row) => row.late).length
    assert.deepStrictEqual([numerator, base], [countOf(live, "abandoned") + late + taken, live.length + taken])
    // Whoever hears every recording knows; whoever hears a part of them estimates; nobody knows without.
    assert.closeTo(ratioOf(shift, "D_LIVE", "ledger")[0] ?? 0, numerator, 1e-9)
    const part = run(scenario({ ...parts, more: detection(0.2) }))
    const [truth = 0] = ratioOf(part, "D_LIVE")
    const [estimate = 0] = ratioOf(part, "D_LIVE", "ledger")
    assert.notStrictEqual(estimate, truth)
    assert.closeTo(estimate / truth, 1, 0.5)
    assert.isNaN(run(scenario({ ...parts, more: detection(0) })).law.windows[0].ledger.ratio)
  })
  it("that cannot be judged hold an agent for every call", () => {
    const blind = { law: "{ profiles: [us-federal] }", outcomes: "person: 0.4, machine: 0.3" }
    const { attempts } = run(scenario({ ...blind, more: detection(0) }))
    const detected = attempts.filter(({ connectedAt, outcome }) => outcome === "machine" && connectedAt === null)
    const first = Math.min(...detected.map(({ endedAt }) => endedAt))
    const after = attempts.filter(({ placedAt }) => placedAt > first)
    assert.isAbove(after.length, 100)
    assert.isTrue(after.every(({ reserved }) => reserved))
    const seeing = run(scenario({ ...blind, more: detection(0.5) })).attempts
    assert.isTrue(seeing.some(({ reserved }) => !reserved))
  })
  it("are judged day by day: a night has two windows of a day and one of thirty", () => {
    const hours = 'hours: [{ monFri: ["00:00-24:00"], sat: ["00:00-24:00"], sun: ["00:00-24:00"] }]'
    const night = `{ house: { id: night, rules: { ${hours} }, override: { reason: a night desk, by: J. Ortiz } } }`
    const { attempts, law } = run(scenario({ law: night, day: 'start: "23:00", lengthHours: 2' }))
    const days = law.windows.map(({ fromDay, rule, untilDay }) => [
      rule.denominator,
      fromDay - 20_780,
      untilDay - fromDay
    ])
    assert.deepStrictEqual(
      days.filter(([denominator]) => denominator === "D_LIVE"),
      [
        ["D_LIVE", 0, 1],
        ["D_LIVE", 1, 1],
        ["D_LIVE", 0, 30]
      ]
    )
    const connects = law.windows
      .filter(({ rule }) => rule.denominator === "D_PER_CONNECT")
      .map(({ truth }) => truth.base)
    const before = attempts.filter(({ placedAt }) => placedAt < hour)
    assert.isAbove(before.length, 100)
    assert.strictEqual(
      connects[0],
      countOf(
        before.filter(({ late }) => !late),
        "connected"
      )
    )
    assert.strictEqual(connects[0] + connects[1], connects[2])
  })
})
