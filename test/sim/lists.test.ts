import { assert, describe, it } from "@effect/vitest"
import { Closed } from "../../src/dialler/ContactList.ts"
import { Recorder } from "../../src/store/Recorder.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { World } from "../../sim/World.ts"
import { scenarioOf as decoded } from "./experiments/smallScenario.ts"

const hour = 3_600_000
const size = 400
const all = Array.from({ length: size }, (_, contact) => contact)

interface Parts {
  readonly law?: string
  readonly list?: string
  readonly more?: string
  readonly outcomes?: string
  readonly busySeconds?: number
  readonly rules?: string
  readonly people?: string
}

/** One call after the other, of one agent in progressive mode; nearly all of them end busy. */
const text = (parts: Parts) => `name: Lists
seed: 3
day: { date: "2026-11-23", start: "10:00", lengthHours: 4 }
trunk: { postDialDelaySeconds: 0 }
groups: [{ name: team, agents: 1 }]
campaigns:
  - name: Calls
    mode: progressive
    law: ${parts.law ?? "none"}
    list: { contacts: ${size}${parts.list ?? ""} }
    people:
      outcomes: { ${parts.outcomes ?? "person: 0.001, busy: 0.999"} }
      ring: { busySeconds: ${parts.busySeconds ?? 1} }
      talkSeconds: 10
      ${parts.people ?? "patienceSeconds: null"}
    rules: ${parts.rules ?? "{ attemptsMax: 1 }"}
    work: { wrapSeconds: 0 }
${parts.more ?? ""}`

/** A shift, with its calls in the order they were placed. */
const run = (of: Scenario | Parts, replication = 0) => {
  const scenario = "campaigns" in of ? of : decoded(text(of))
  const recorder = new Recorder(scenario)
  const world = new World(scenario, replication, { warmUpMillis: 0, recorder })
  world.run(Number.POSITIVE_INFINITY)
  const calls = recorder.attempts.toSorted((a, b) => a.placedAt - b.placedAt)
  return { calls, contacts: calls.map(({ contact }) => contact), list: world.dialler.campaigns[0].list, world }
}

const british = "{ profiles: [uk-ofcom-2017] }"
/** Places at which a row of numbers goes down. */
const descents = (row: ReadonlyArray<number>): number => row.filter((each, i) => i > 0 && each < row[i - 1]).length

describe("contacts of a simulated list", () => {
  it("found on a do-not-call list are closed before the first call, and counted", () => {
    const { contacts, list, world } = run({ list: ", doNotCallShare: 0.25" })
    const closed = all.filter((contact) => list.closedAs[contact] === Closed.doNotCall)
    assert.closeTo(closed.length / size, 0.25, 0.06)
    assert.deepStrictEqual(
      contacts,
      all.filter((contact) => !closed.includes(contact))
    )
    assert.strictEqual(world.figures()[0].list.closed.doNotCall, closed.length)
    // Under a law it is the same people.
    assert.deepStrictEqual(run({ law: british, list: ", doNotCallShare: 0.25" }).contacts, contacts)
  })
  it("whose zone nobody knows are not called under a law", () => {
    const { contacts, list, world } = run({ law: british, list: ", unknownZoneShare: 0.2" })
    const left = size - contacts.length
    assert.closeTo(left / size, 0.2, 0.06)
    const [{ law, list: figures }] = world.figures()
    assert.deepStrictEqual(law?.holds, { "unknown-zone": left })
    assert.strictEqual(figures.closed.forbidden, left)
    assert.isTrue(contacts.every((contact) => list.closedAs[contact] !== Closed.forbidden))
    assert.lengthOf(run({ list: ", unknownZoneShare: 0.2" }).contacts, size)
  })
  it("are drawn each for itself: more of them, a law or an order change nobody", () => {
    const list =
      ", doNotCallShare: 0.1, zones: [{ zone: Europe/Athens, share: 0.4 }, { zone: Europe/London, share: 0.6 }]"
    const facts = ({ list: { closedAs }, world }: ReturnType<typeof run>) =>
      all.map((contact) => [world.lists.shiftMillis(0, contact), closedAs[contact] === Closed.doNotCall])
    const plain = facts(run({ list }))
    assert.closeTo(plain.filter(([shift]) => shift === 2 * hour).length / size, 0.4, 0.06)
    assert.deepStrictEqual(facts(run({ list, law: british })), plain)
    assert.deepStrictEqual(facts(run({ list: `${list}, order: newest` })), plain)
    assert.deepStrictEqual(facts(run(decoded(text({ list }).replace("contacts: 400", "contacts: 4000")))), plain)
    assert.notDeepEqual(facts(run({ list }, 1)), plain)
  })
  it("with the number of an earlier contact share its attempts", () => {
    const caps =
      "house: { id: once, rules: { caps: [{ count: attempts, n: 1, window: { kind: campaign }, key: number, per: campaign }] } }"
    const law = `{ profiles: [uk-ofcom-2017], ${caps} }`
    const { contacts, world } = run({ law, list: ", repeatedNumberShare: 0.3" })
    assert.closeTo(contacts.length / size, 0.7, 0.06)
    assert.deepStrictEqual(world.figures()[0].law?.holds, { "attempts-per-campaign": size - contacts.length })
    assert.lengthOf(run({ law }).contacts, size)
  })
  it("who ask to be called are somewhere, too", () => {
    const callback = text({
      law: british,
      list: ", requestsPerHour: 60, zones: [{ zone: America/New_York, share: 1 }]"
    })
      .replace("mode: progressive", "mode: callback")
      .replace(`contacts: ${size}`, "contacts: 0")
    const { calls, world } = run(decoded(callback))
    // Eight in the morning in New York is one in the afternoon in London.
    assert.isAtLeast(Math.min(...calls.map(({ placedAt }) => placedAt)), 3 * hour)
    assert.isAbove(world.figures()[0].law?.holds.hours ?? 0, 100)
  })
})

describe("segments of a simulated list", () => {
  const segments = ", segments: [{ name: a, share: 0.5 }, { name: b, share: 0.5, on: false }]"
  it("are called while they are on", () => {
    const changes = '    changes: [{ at: "11:00", segmentsOn: [b], segmentsOff: [a] }]\n'
    const { calls } = run({ list: segments, more: changes, busySeconds: 60 })
    const of = (segment: string) => calls.filter((call) => call.segment === segment).map(({ placedAt }) => placedAt)
    assert.isBelow(Math.max(...of("a")), hour)
    assert.isAtLeast(Math.min(...of("b")), hour)
    assert.isAbove(Math.min(of("a").length, of("b").length), 50)
  })
  it("that are off wait to the end", () => {
    const { calls, world } = run({ list: segments })
    assert.deepStrictEqual([...new Set(calls.map(({ segment }) => segment))], ["a"])
    assert.isBelow(world.figures()[0].list.attempted, size)
  })
  it("of an endless list are filled until those that are on have somebody", () => {
    const endless = decoded(text({ list: `${segments}, endless: true` }).replace("contacts: 400", "contacts: 10"))
    const { calls } = run(endless)
    assert.isAbove(calls.length, 5_000)
    assert.isTrue(calls.every(({ segment }) => segment === "a"))
  })
})

describe("the order of a simulated list", () => {
  it("is as loaded, or the newest first", () => {
    assert.deepStrictEqual(run({}).contacts, all)
    assert.deepStrictEqual(run({ list: ", order: newest" }).contacts, all.toReversed())
  })
  it("is by priority, ties as loaded", () => {
    const priorities = ", priorities: [{ priority: 1, share: 0.5 }, { priority: 9, share: 0.5 }]"
    const { contacts } = run({ list: `${priorities}, order: priority` })
    assert.deepStrictEqual(
      contacts.toSorted((a, b) => a - b),
      all
    )
    assert.strictEqual(descents(contacts), 1)
    const newest = run({ list: `${priorities}, order: [priority, newest]` }).contacts
    assert.strictEqual(descents(newest.toReversed()), 1)
  })
  it("is random by a seed of its own", () => {
    const order = (seed: string) => run({ list: `, order: random, orderSeed: ${seed}` }).contacts
    assert.deepStrictEqual(
      order("spring").toSorted((a, b) => a - b),
      all
    )
    assert.isAbove(descents(order("spring")), 100)
    assert.deepStrictEqual(order("spring"), order("spring"))
    assert.notDeepEqual(order("spring"), order("autumn"))
  })
  it("has the fewest attempts first", () => {
    const rules = "{ retry: { busy: { delayMinutes: 1, attemptsMax: 3 } } }"
    const numbers = (list: string) => run({ list, rules }).calls.map(({ attempt }) => attempt)
    assert.isAbove(descents(numbers("")), 3)
    assert.strictEqual(descents(numbers(", order: fewest-attempts")), 0)
  })
  it("goes by the hour at which people are best called, anew every hour", () => {
    const bestHours = ", bestHours: [{ hour: 12, share: 0.4, pickup: 2 }, { hour: 10, share: 0.25, pickup: 2 }]"
    const rules = "{ attemptsMax: 1, ringSecondsMax: 70 }"
    const { calls, world } = run({ list: `${bestHours}, order: best-hour`, busySeconds: 60, rules })
    const isBest = (contact: number, at: number) => world.lists.pickup(0, contact, at) === 2
    const during = (from: number) => calls.filter(({ placedAt }) => placedAt >= from && placedAt < from + hour)
    for (const from of [0, 2 * hour]) {
      assert.isAbove(during(from).length, 55)
      assert.isTrue(during(from).every(({ contact }) => isBest(contact, from)))
    }
    // At eleven both are an hour away, and nearer than those of whom nobody knows.
    assert.isTrue(during(hour).every(({ contact }) => isBest(contact, 0) || isBest(contact, 2 * hour)))
  })
  it("takes new contacts of an endless list into the order", () => {
    const endless = decoded(text({ list: ", order: newest, endless: true" }).replace("contacts: 400", "contacts: 10"))
    const { contacts } = run(endless)
    assert.deepStrictEqual(contacts.slice(0, 3), [4_095, 4_094, 4_093])
    assert.deepStrictEqual(contacts.slice(4_096, 4_098), [8_191, 8_190])
  })
})

describe("people of a simulated list", () => {
  it("answer by the clock where they are", () => {
    const zones = ", zones: [{ zone: Europe/Athens, share: 0.5 }, { zone: Europe/London, share: 0.5 }]"
    // Nobody answers but at noon.
    const people = "answerByHour: { 10: 0, 11: 0, 13: 0, 14: 0, 15: 0 }"
    const outcomes = "person: 0.4, busy: 0.6"
    const { calls, world } = run({ list: zones, outcomes, people, busySeconds: 20 })
    const answered = calls.filter(({ outcome }) => outcome === "connected")
    const localHour = ({ contact, placedAt }: (typeof calls)[number]) =>
      10 + Math.floor((placedAt + world.lists.shiftMillis(0, contact)) / hour)
    assert.isAbove(answered.length, 20)
    assert.deepStrictEqual([...new Set(answered.map(localHour))], [12])
    // Noon in Athens is ten in the morning in London.
    assert.isBelow(Math.min(...answered.map(({ placedAt }) => placedAt)), hour)
  })
  it("answer more often in their best hour", () => {
    const bestHours = ", bestHours: [{ hour: 10, share: 1, pickup: 4 }]"
    const rate = (list: string) => {
      const first = run({ list, outcomes: "person: 0.15, busy: 0.85" }).calls.filter(({ placedAt }) => placedAt < hour)
      return first.filter(({ outcome }) => outcome === "connected").length / first.length
    }
    assert.closeTo(rate(""), 0.15, 0.06)
    assert.closeTo(rate(bestHours), 0.6, 0.06)
  })
})
