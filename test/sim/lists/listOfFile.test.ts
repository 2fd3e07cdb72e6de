import { assert, describe, it } from "@effect/vitest"
import { ContactState } from "../../../src/dialler/ContactList.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { World } from "../../../sim/World.ts"
import { record } from "../worldFloors.ts"
import { memberText, membersOpened } from "./memberList.ts"

const opened = (list = "", more = ""): Scenario => membersOpened(memberText(list, more))
/** The contacts of a day, in the order they were called first. */
const called = (scenario: Scenario): ReadonlyArray<number> => [
  ...new Set(record(scenario).recorder.attempts.map(({ contact }) => contact))
]
const worldOf = (scenario: Scenario): World => new World(scenario, 0, { warmUpMillis: 0, recorder: null })
const strict = (list = "", more = "") =>
  membersOpened(memberText(list, more).replace("law: none", "law: { profiles: [ca-crtc], zone: America/Toronto }"))

describe("contacts of a file", () => {
  it("are those the live floor would call, with their numbers, segments and priorities", () => {
    const scenario = opened("      segments: [patron, { name: student, pickup: 0.5 }, friend]\n")
    const [{ list }] = scenario.campaigns
    assert.deepStrictEqual(list.file?.problems, [
      { kind: "invalid-number", title: "Numbers that cannot exist", count: 1, leftOut: 1 },
      { kind: "duplicate", title: "Numbers that are there already", count: 1, leftOut: 0 },
      { kind: "wrong-value", title: "Values that do not fit their field (left empty)", count: 1, leftOut: 0 }
    ])
    assert.deepStrictEqual([list.contacts, list.file?.rows], [7, 8])
    assert.deepStrictEqual(list.segments, [
      { name: "patron", share: 1 / 7, pickup: 1 },
      { name: "student", share: 1 / 7, pickup: 0.5 },
      { name: "friend", share: 4 / 7, pickup: 1 },
      { name: "(other)", share: 1 / 7, pickup: 1 }
    ])
    const core = worldOf(scenario).dialler.campaigns[0].list
    assert.deepStrictEqual([...core.numbers.subarray(0, core.size)], [2, 1, 1, 2, 1, 1, 1])
    assert.deepStrictEqual([...core.segment.subarray(0, core.size)], [0, 2, 1, 2, 3, 2, 2])
  })
  it("on a do-not-call list are left out by number or whole", () => {
    const files = { "no.txt": "647 555 0101\n902 555 0102\n" }
    const numbersOf = (whole: string) => {
      const text = memberText(`      doNotCall: [{ file: no.txt, name: own${whole} }]\n`)
      const { list } = worldOf(membersOpened(text, files)).dialler.campaigns[0]
      return [...list.numbers.subarray(0, list.size)]
    }
    assert.deepStrictEqual(numbersOf(""), [1, 1, 2, 1, 1, 1])
    assert.deepStrictEqual(numbersOf(", wholeContact: true"), [1, 2, 1, 2, 1])
  })
  it("are called in the order that is asked for", () => {
    assert.deepStrictEqual(called(opened()), [0, 1, 2, 3, 4, 5, 6])
    assert.deepStrictEqual(called(opened("      order: newest\n")), [6, 5, 4, 3, 2, 1, 0])
    assert.deepStrictEqual(called(opened("      order: [priority, newest]\n")), [4, 0, 6, 1, 5, 3, 2])
  })
  it("are called by chance as on the live floor: by the number, whatever else is in the file", () => {
    const random = "      order: random\n      orderSeed: a\n"
    const order = called(opened(random))
    assert.notDeepEqual(order, [0, 1, 2, 3, 4, 5, 6])
    const without = called(opened(`${random}      filter: { op: "!=", field: externalId, value: 3 }\n`))
    assert.deepStrictEqual(
      without,
      order.filter((contact) => contact !== 2)
    )
  })
  it("are called by the clock where they are: by the zone of the record, else by that of the number", () => {
    // At ten in Toronto it is nine in Winnipeg and eleven in Halifax.
    const scenario = strict()
    const { lists } = worldOf(scenario)
    const hours = [0, 1, 2, 3, 4].map((contact) => lists.shiftMillis(0, contact) / 3_600_000)
    assert.deepStrictEqual(hours, [0, 1, -1, -1, 0])
    const early = membersOpened(
      memberText()
        .replace("law: none", "law: { profiles: [ca-crtc], zone: America/Toronto }")
        .replace('start: "10:00"', 'start: "09:00"')
    )
    // In Winnipeg nobody is called before nine there, which is ten in Toronto.
    const { attempts } = record(early).recorder
    const first = (contact: number) => attempts.find((row) => row.contact === contact)?.placedAt ?? Number.NaN
    for (const contact of [0, 1, 4, 5, 6]) assert.isBelow(first(contact), 600_000)
    for (const contact of [2, 3]) assert.isAtLeast(first(contact), 3_600_000)
  })
  it("in a zone the campaign does not expect are not called under a law, as on the live floor", () => {
    const tokyo = (zones: string) =>
      membersOpened(
        memberText(zones)
          .replace("law: none", "law: { profiles: [ca-crtc], zone: America/Toronto }")
          .replace('start: "10:00"', 'start: "19:00"'),
        { "members.csv": "Member,Name,Phone,Mobile,Level,Rank,Zone,Status\n1,Ada,416 555 0101,,,,Asia/Tokyo,\n" }
      )
    assert.deepStrictEqual(called(tokyo("")), [])
    assert.deepStrictEqual(called(tokyo("      zones: [Asia/Tokyo]\n")), [0])
  })
  it("show numbers that serve what their own number begins with", () => {
    const callerIds = `    callerIds:
      rotation: by-prefix
      numbers:
        - { number: "+14165550190", prefixes: ["+1416"] }
        - { number: "+19025550190", prefixes: ["+1902"] }
        - { number: "+12045550190" }
`
    const { attempts } = record(opened("", callerIds)).recorder
    const shown = attempts.map(({ callerId }) => callerId)
    assert.strictEqual(shown.length, 7)
    assert.deepStrictEqual(
      new Set(shown.filter((_, i) => [0, 3, 5].includes(attempts[i].contact))),
      new Set(["+14165550190"])
    )
    assert.deepStrictEqual(
      new Set(shown.filter((_, i) => [1, 6].includes(attempts[i].contact))),
      new Set(["+19025550190"])
    )
  })
})

describe("a filter", () => {
  it("leaves contacts out by fields, parameters and numbers of the file; whoever has no such value does not fit", () => {
    const filtered = (filter: string) => called(opened(`      filter: ${filter}\n`))
    assert.deepStrictEqual(filtered('{ op: "=", field: parameter.Status, value: ACTIVE }'), [0, 1, 4, 5, 6])
    assert.deepStrictEqual(filtered('{ op: "!=", field: parameter.Status, value: active }'), [2, 3])
    assert.deepStrictEqual(filtered('{ op: ">", field: numberCount, value: 1 }'), [0, 3])
    assert.deepStrictEqual(filtered('{ op: startsWith, field: number, value: "+1902" }'), [1, 6])
    assert.deepStrictEqual(filtered("{ op: in, field: segment, values: [patron, guest] }"), [0, 4])
    assert.deepStrictEqual(filtered('{ op: "<", field: priority, value: 1 }'), [2])
    assert.deepStrictEqual(filtered('{ op: not, filter: { op: contains, field: lastName, value: "a" } }'), [3, 4, 5])
  })
  it("leaves contacts out that are made up, before the first of them is called, and among those who come later", () => {
    const text = `name: Made up
groups: []
trunk: { lines: 5, postDialDelaySeconds: 0 }
campaigns:
  - name: Calls
    mode: automatic
    law: none
    list:
      contacts: 100
      endless: true
      parameters: { Tariff: { gold: 0.05, plain: 0.5 } }
      filter: { op: "=", field: parameter.Tariff, value: gold }
      order: newest
    people: { outcomes: { person: 1 }, script: { lengthSeconds: 1 } }
`
    const scenario = membersOpened(text)
    const { dialler, ...world } = worldOf(scenario)
    assert.isNumber(world.now)
    const { list } = dialler.campaigns[0]
    const left = Array.from({ length: list.size }, (_, contact) => list.isLeftOut(contact))
    assert.strictEqual(list.size, 4_096)
    assert.closeTo(left.filter((out) => !out).length / list.size, 0.05, 0.01)
    const { recorder } = record(scenario, { untilMillis: 4 * 3_600_000 })
    const contacts = recorder.attempts.map(({ contact }) => contact)
    assert.isAbove(Math.max(...contacts), 4_096)
    for (const contact of contacts) if (contact < left.length) assert.isFalse(left[contact])
    // The same people are gold where nobody filters.
    const all = record(membersOpened(text.replace(/ {6}filter: .*\n/, "")), { untilMillis: 600_000 })
    assert.isAbove(new Set(all.recorder.attempts.filter(({ contact }) => left[contact])).size, 100)
  })
})

describe("rules and flows", () => {
  it("see what the file says of a contact", () => {
    const rules = `    afterAttempt:
      - { name: paused, when: { contact: { op: "=", field: parameter.Status, value: paused } }, then: { finish: paused } }
      - { name: mobile, when: { contact: { op: ">", field: numberCount, value: 1 }, attempts: { max: 1 } }, then: { again: { afterMinutes: 1, number: next } } }
`
    const { recorder } = record(membersOpened(memberText("", rules).replace("attemptsMax: 1", "attemptsMax: 5")))
    const counts = [0, 1, 2, 3, 4, 5, 6].map(
      (contact) => recorder.attempts.filter((row) => row.contact === contact).length
    )
    assert.deepStrictEqual(counts, [2, 1, 1, 2, 1, 1, 1])
    const paused = recorder.notes.flatMap((note) =>
      note.kind === "rule" && note.detail.rule === "paused" ? [note.contact] : []
    )
    assert.deepStrictEqual(paused, [2])
  })
  it("see what became of the contact before", () => {
    const flow = `    flow:
      name: branches
      steps:
        - name: ask
          do: branch
          cases:
            - { contact: { op: not, filter: { op: exists, field: lastAttemptAt } }, next: first }
            - { contact: { op: and, of: [{ op: "=", field: attempts, value: 2 }, { op: "=", field: lastOutcome, value: scripted }] }, next: second }
          otherwise: later
        - { name: first, do: hang-up, result: first }
        - { name: second, do: hang-up, result: second }
        - { name: later, do: hang-up, result: later }
    afterAttempt: [{ name: again, when: { attempts: { max: 3 } }, then: { again: { afterMinutes: 1 } } }]
`
    const text = memberText("", flow, "automatic")
      .replace("groups: [{ name: team, agents: 1 }]", "groups: []")
      .replace("person: 0.5, busy: 0.5", "person: 1")
      .replace("attemptsMax: 1", "attemptsMax: 9")
    assert.deepStrictEqual(resultsOf(membersOpened(text)), [
      ["first", 7],
      ["second", 7],
      ["later", 14]
    ])
  })
  it("take the way of a branch that the file's values choose", () => {
    const flow = `    flow:
      name: branches
      steps:
        - name: ask
          do: branch
          cases:
            - { contact: { op: "=", field: segment, value: friend }, next: friend }
            - { contact: { op: ">", field: priority, value: 4 }, next: important }
          otherwise: other
        - { name: friend, do: hang-up, result: friend }
        - { name: important, do: hang-up, result: important }
        - { name: other, do: hang-up, result: other }
`
    const text = memberText("", flow, "automatic")
      .replace("groups: [{ name: team, agents: 1 }]", "groups: []")
      .replace("person: 0.5, busy: 0.5", "person: 1")
    const scenario = membersOpened(text)
    // Ada and Edith are important, Clara is neither.
    assert.deepStrictEqual(resultsOf(scenario), [
      ["friend", 4],
      ["important", 2],
      ["other", 1]
    ])
  })
})

/** How calls of the flow ended. */
const resultsOf = (scenario: Scenario): ReadonlyArray<readonly [name: string, count: number]> =>
  (record(scenario).figures[0].calls?.flow?.results ?? []).flatMap(({ count, name }) =>
    count === 0 ? [] : [[name, count] as const]
  )

describe("a shift", () => {
  it("of a list that was not read is a defect, not an empty day", () => {
    const scenario = opened()
    const [campaign] = scenario.campaigns
    const file = campaign.list.file
    if (file === undefined) throw new Error("there is a file")
    const bare = {
      ...scenario,
      campaigns: [{ ...campaign, list: { ...campaign.list, file: { ...file, table: null } } }]
    }
    assert.throws(() => worldOf(bare), "the contacts of members.csv were not read")
  })
  it("meets the rows again where it wants more contacts than the file has", () => {
    const scenario = opened('      filter: { op: "=", field: externalId, value: 3 }\n')
    const [campaign] = scenario.campaigns
    const more = { ...scenario, campaigns: [{ ...campaign, list: { ...campaign.list, contacts: 20 } }] }
    assert.deepStrictEqual(called(more), [2, 9, 16])
    const { list } = worldOf(more).dialler.campaigns[0]
    assert.strictEqual(list.state[19], ContactState.fresh)
  })
})
