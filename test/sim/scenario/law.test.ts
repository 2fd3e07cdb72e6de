import { describe, expect, it } from "vitest"
import type { Scenario } from "../../../sim/Scenario.ts"
import { docsText } from "../../domain/compliance/tablesInDocs.ts"
import { accepted, changed, refused } from "./smallFile.ts"

const campaign = (lines: string) => changed("mode: progressive", `mode: progressive\n    ${lines}`)
const settings = (text: string) => accepted(text).campaigns[0].settings
const lawOf = (lines: string, day = "") => {
  const { law } = settings(`${day}${campaign(lines)}`)
  if (law === null) throw new Error("no law")
  return law
}
const day = (text: string) => `day: { ${text} }\n`
const hour = 3_600_000

describe("the law of a scenario file", () => {
  it("is none only when it says so", () => {
    expect(settings(campaign("law: none")).law).toBeNull()
    expect(lawOf("priority: 1").composed.from).toEqual(["house-strict 2026-11-21"])
  })
  it("puts the profiles together that it names", () => {
    const { calendars, composed, tables } = lawOf("law: { profiles: [uk-ofcom-2017, de-kodex], zone: Europe/Berlin }")
    expect(composed.from).toEqual(["de-kodex 2026-11-21", "uk-ofcom-2017 2026-11-21"])
    expect(composed.rules.hours?.map(({ holidayCalendar }) => holidayCalendar)).toEqual(["de-national", "uk"])
    expect(calendars.map(({ id }) => id)).toEqual(["uk", "de-national"])
    // The British rules count London's days, wherever the campaign is.
    expect(tables.map(({ id }) => id)).toEqual(["Europe/Berlin", "Europe/London"])
  })
  it("has instants by the date and the zone of the day; all campaigns share one clock", () => {
    const start = (text: string) => lawOf("law: { profiles: [us-federal], zone: America/New_York }", text).epochMillis
    expect(start(day('date: "2026-07-01", start: "10:30"'))).toBe(Date.UTC(2026, 6, 1, 14, 30))
    expect(start(day('date: "2026-11-23", start: "10:30"'))).toBe(Date.UTC(2026, 10, 23, 15, 30))
    expect(start(day('date: "2026-11-23", start: "10:30", zone: Europe/London'))).toBe(Date.UTC(2026, 10, 23, 10, 30))
    // 2:30 does not exist on the morning the clocks go forward: it begins at three.
    expect(start(day('date: "2026-03-08", start: "2:30"'))).toBe(Date.UTC(2026, 2, 8, 7))
    const second = "  - name: More\n    mode: progressive\n    law: { zone: Europe/Rome }\n    list: { contacts: 9 }\n"
    const both = accepted(
      `${campaign("law: { zone: Asia/Tokyo }")}${second}    people: { outcomes: { person: 0.5 } }\n`
    )
    const laws = both.campaigns.map(({ settings: { law } }) => [law?.zone, law?.epochMillis])
    expect(laws).toEqual([
      ["Asia/Tokyo", Date.UTC(2026, 10, 23)],
      ["Europe/Rome", Date.UTC(2026, 10, 23)]
    ])
  })
  it("takes the zone of the day where it names none", () => {
    expect(lawOf("law: {}", day("zone: America/Chicago")).zone).toBe("America/Chicago")
    expect(lawOf("law: {}").zone).toBe("Europe/London")
  })
  it("fills with its values what the rules of the campaign leave out", () => {
    const garante = settings(campaign("law: { profiles: [it-garante-2014], zone: Europe/Rome }"))
    expect([garante.waitMillisMax, garante.dropMillis, garante.ringMillisMin, garante.abandonLimit]).toEqual([
      3_000, 3_000, 15_000, 0.03
    ])
    // Five full days.
    expect(garante.retry.abandoned).toEqual({ delayMillis: 5 * 24 * hour, attemptsMax: 2 })
    const canada = settings(campaign("law: { profiles: [ca-crtc], zone: America/Toronto }"))
    expect([canada.abandonLimit, canada.waitMillisMax]).toEqual([0.05, 2_000])
    const both = settings(campaign("law: { profiles: [ca-crtc, house-strict], zone: America/Toronto }"))
    expect([both.abandonLimit, both.retry.abandoned?.delayMillis]).toEqual([0.03, 120 * hour])
    const ours = settings(campaign("law: { house: { id: ours, rules: { ring: { millisMin: 20000 } } } }"))
    expect([ours.ringMillisMin, ours.law?.composed.from]).toEqual([20_000, ["house-strict 2026-11-21", "ours"]])
  })
  it("leaves values alone that are stricter", () => {
    const strict = campaign(
      "rules: { ringSecondsMin: 16, ringSecondsMax: 39, waitSecondsMax: 1, dropSeconds: 1.5, abandonLimit: 0.01 }"
    )
    const { abandonLimit, dropMillis, ringMillisMax, ringMillisMin, waitMillisMax } = settings(strict)
    expect([ringMillisMin, ringMillisMax, waitMillisMax, dropMillis, abandonLimit]).toEqual([
      16_000, 39_000, 1_000, 1_500, 0.01
    ])
    expect(settings(campaign("rules: { retry: { abandoned: never } }")).retry.abandoned).toBeUndefined()
  })
  it("knows the caller and the age of the lists", () => {
    const fits = (caller: string, profile = "uk-ofcom-2017") =>
      lawOf(`law: { profiles: [${profile}], callerId: { ${caller} } }`).callerIdFits
    expect(fits("")).toBe(true)
    expect(fits("shown: false")).toBe(false)
    expect(fits("ranges: []")).toBe(false)
    expect(fits("attestation: B", "house-strict")).toBe(false)
    expect(fits("attestation: null", "house-strict")).toBe(true)
    const good = (days: number, profile: string) =>
      lawOf(`law: { profiles: [${profile}], listsLoadedDaysAgo: ${days} }`).listsGoodUntil
    expect(good(0, "house-strict")).toBe(24 * hour)
    expect(good(1.5, "house-strict")).toBe(-12 * hour)
    expect(good(27, "uk-ofcom-2017")).toBe(24 * hour)
  })
  it("adds calendars of holidays, and may only watch the ceilings", () => {
    const law = lawOf("law: { holidays: [uk], enforceCeilings: false }")
    expect([law.campaignCalendars, law.calendars.map(({ id }) => id), law.enforceCeilings]).toEqual([
      ["uk"],
      ["uk"],
      false
    ])
  })
  it("lets the house allow what a profile forbids, with a reason that is kept", () => {
    const house = (rest: string) =>
      `law: { house: { id: ours, rules: { ring: { millisMin: 10000 } }${rest} } }\n    rules: { ringSecondsMin: 10 }`
    const { law, ringMillisMin } = settings(campaign(house(", override: { reason: deaf aids, by: J. Ortiz }")))
    expect(ringMillisMin).toBe(10_000)
    expect(law?.composed.overrides).toEqual([
      { path: "ring.millisMin", law: 15_000, house: 10_000, reason: "deaf aids", by: "J. Ortiz" }
    ])
    expect(refused(campaign(house("")))).toContain("tighten it, or say why not in law.house.override (reason, by)")
  })
})

it("the example of the documentation can be used as it is printed", () => {
  const [, example] = /```yaml\n(day: .*?)```/s.exec(docsText()) ?? []
  const more = "    mode: predictive\n    people: { outcomes: { person: 0.3 } }\n"
  const [campaignOf] = accepted(`name: Example\ngroups: [{ name: team, agents: 3 }]\n${example}${more}`).campaigns
  expect(campaignOf.settings.law?.composed.from).toEqual(["our rules", "us-federal 2026-11-21", "us-fl 2026-11-21"])
  expect(campaignOf.settings.ringMillisMin).toBe(20_000)
  expect(campaignOf.list.makeUp).toMatchObject({ unknownZoneShare: 0.02, doNotCallShare: 0.05 })
})

const hint =
  "hint:    to allow it all the same, state the rule in law.house with an override (reason, by), or set law: none"
const looser: ReadonlyArray<readonly [rules: string, field: string, found: string, allowed: string]> = [
  ["ringSecondsMin: 14.9", "ringSecondsMin", "14.9", "at least 15 s"],
  ["ringSecondsMax: 41", "ringSecondsMax", "41", "at most 40 s"],
  ["waitSecondsMax: 2.1", "waitSecondsMax", "2.1", "at most 2 s"],
  ["dropSeconds: 6", "dropSeconds", "6", "at most 2 s"],
  ["abandonLimit: 0.031", "abandonLimit", "0.031", "at most 0.03"],
  ["abandonMessage: false", "abandonMessage", "false", "true"],
  ["retry: { abandoned: { delayMinutes: 7199 } }", "retry.abandoned.delayMinutes", "7199", "at least 7200 min"]
]

describe("a value looser than the law", () => {
  it.each(looser)("is refused, with the profile that says so and what to do: %s", (rules, field, found, allowed) => {
    const message = refused(campaign(`rules: { ${rules} }`))
    expect(message.split("\n").filter((line) => /^\S|^ {2}\w+:/.test(line))).toEqual([
      expect.stringContaining(`campaigns[0].rules.${field}`),
      `  found:   ${found}`,
      `  allowed: ${allowed}, as house-strict has it`,
      `  ${hint}`
    ])
  })
  it.each(looser)("is fine without one: %s", (rules) => {
    expect(settings(campaign(`law: none\n    rules: { ${rules} }`)).law).toBeNull()
  })
  it("is not what a default has, and of several profiles the strictest is named", () => {
    const both = "law: { profiles: [ca-crtc, us-federal, house-strict], zone: America/Toronto }\n    "
    expect(refused(campaign(`${both}rules: { abandonLimit: 0.04 }`))).toContain(
      "allowed: at most 0.03, as us-federal, house-strict has it"
    )
    expect(settings(campaign(`${both}rules: { retry: { abandoned: { attemptsMax: 1 } } }`)).retry.abandoned).toEqual({
      delayMillis: 120 * hour,
      attemptsMax: 1
    })
  })
})

describe("a law that cannot be kept is refused", () => {
  const cases: ReadonlyArray<readonly [name: string, text: string, field: string, allowed: string]> = [
    [
      "a mode it forbids",
      changed(
        "mode: progressive",
        "mode: automatic\n    groups: [team]\n    law: { profiles: [ru-ads], zone: Europe/Moscow }"
      ).replace("people: {", "people: { script: { transferShare: 0.1 },"),
      "campaigns[0].mode",
      "a mode the law allows: ru-ads forbids automatic"
    ],
    [
      "a mode it forbids later in the day",
      campaign(
        'law: { profiles: [ru-ads], zone: Europe/Moscow }\n    changes: [{ at: "12:00", mode: automatic }]\n    modesAllowed: [progressive, automatic]'
      ),
      "campaigns[0].changes[0].mode",
      "a mode the law allows: ru-ads forbids automatic"
    ],
    [
      "a profile that held earlier",
      campaign("law: { profiles: [uk-ofcom-2010] }"),
      "campaigns[0].law.profiles[0]",
      "a profile valid on 2026-11-23; this one held until 2017-03-01"
    ],
    [
      "a profile that holds later",
      `${day('date: "2026-08-10"')}${campaign("law: { profiles: [fr-2026], zone: Europe/Paris }")}`,
      "campaigns[0].law.profiles[0]",
      "a profile valid on 2026-08-10; this one holds from 2026-08-11"
    ],
    [
      "a profile named twice",
      campaign("law: { profiles: [pl, pl] }"),
      "campaigns[0].law.profiles[1]",
      "every profile once"
    ],
    [
      "house rules that are none",
      campaign("law: { house: { id: ours, rules: { ring: { millisMin: -5 } } } }"),
      "campaigns[0].law.house.rules.ring.millisMin",
      "a value between 0 and 3600000"
    ],
    [
      "house rules of a group there is not",
      campaign("law: { house: { id: ours, rules: { rings: {} } } }"),
      "campaigns[0].law.house.rules.rings",
      "modesForbidden, abandon, connect, message, ring"
    ],
    [
      "house rules that loosen",
      campaign('law: { house: { id: ours, rules: { hours: [{ monFri: ["08:00-20:00"] }] } } }'),
      "campaigns[0].law.house.rules.hours",
      'hours.monFri no looser than ["10:00-13:00","14:00-20:00"]'
    ],
    [
      "a minimum ring of the law above the longest ring",
      campaign("law: { house: { id: ours, rules: { ring: { millisMin: 25000 } } } }"),
      "campaigns[0].rules.ringSecondsMax",
      "at least the shortest ringing, 25 s"
    ],
    [
      "a zone there is not",
      campaign("law: { zone: Europe/Londn }"),
      "campaigns[0].law.zone",
      "a time zone of the IANA list"
    ],
    ["an offset for a zone", campaign('law: { zone: "+01:00" }'), "campaigns[0].law.zone", "a time zone such as"],
    ["a date there is not", `${day('date: "2026-02-29"')}${changed("3", "3")}`, "day.date", "a date that exists"],
    ["a date in words", `${day("date: tomorrow")}${changed("3", "3")}`, "day.date", 'a date such as "2026-11-23"']
  ]
  it.each(cases)("%s", (_, text, field, allowed) => {
    const message = refused(text)
    expect(message).toContain(field)
    expect(message).toContain(`allowed: ${allowed}`)
  })
  it("a house rule nested without end, and one that is too long", () => {
    const deep = `${"{ a: ".repeat(40)}1${" }".repeat(40)}`
    expect(refused(campaign(`law: { house: { id: ours, rules: { ring: ${deep} } } }`))).toContain(
      "nested at most 12 deep"
    )
    const long = `[${"1, ".repeat(6_000)}1]`
    expect(refused(campaign(`law: { house: { id: ours, rules: { ring: ${long} } } }`))).toContain("at most 5000 values")
  })
})

describe("the list of a scenario file", () => {
  const list = (text: string) => changed("contacts: 100", `contacts: 100, ${text}`)
  const makeUp = (text: string, whole = ""): NonNullable<Scenario["campaigns"][number]["list"]["makeUp"]> => {
    const found = accepted(`${whole}${list(text)}`).campaigns[0].list.makeUp
    if (found === undefined) throw new Error("no make-up")
    return found
  }
  it("says nothing of single contacts where the file does not", () => {
    expect("makeUp" in accepted(changed("3", "3")).campaigns[0].list).toBe(false)
    expect("makeUp" in accepted(list("order: loaded")).campaigns[0].list).toBe(false)
  })
  it("has zones by how much further their clocks are", () => {
    const zones = "zones: [{ zone: Europe/Athens, share: 0.5 }, { zone: America/New_York, share: 0.5 }]"
    expect(makeUp(`${zones}, unknownZoneShare: 0.1`)).toMatchObject({
      zones: [
        { zone: "Europe/Athens", share: 0.5, shiftMillis: 2 * hour },
        { zone: "America/New_York", share: 0.5, shiftMillis: -5 * hour }
      ],
      unknownZoneShare: 0.1
    })
    const { law } = accepted(list(zones)).campaigns[0].settings
    expect(law?.tables.map(({ id }) => id)).toEqual(["Europe/London", "Europe/Athens", "America/New_York"])
  })
  it("has orders, the random one with a seed", () => {
    expect(makeUp("order: newest").order).toEqual([{ by: "newest" }])
    expect(makeUp("order: [fewest-attempts, random]", "seed: 7\n").order).toEqual([
      { by: "fewest-attempts" },
      { by: "random", seed: "7" }
    ])
    expect(makeUp("order: random, orderSeed: spring").order).toEqual([{ by: "random", seed: "spring" }])
  })
  it("has segments that are off, and switches them during the day", () => {
    const text = list("segments: [{ name: a, share: 0.5 }, { name: b, share: 0.5, on: false }]").replace(
      "mode: progressive",
      'mode: progressive\n    changes: [{ at: "12:00", segmentsOn: [b], segmentsOff: [a] }, { at: "13:00", mode: manual }]'
    )
    const [campaignOf] = accepted(text).campaigns
    expect(campaignOf.list.makeUp?.segmentsOff).toEqual([1])
    expect(campaignOf.switches).toEqual([
      { atSeconds: 3 * 3_600, segment: 1, on: true },
      { atSeconds: 3 * 3_600, segment: 0, on: false }
    ])
    // What only switches segments changes neither mode nor pacing.
    expect(campaignOf.changes.map(({ atSeconds, mode }) => [atSeconds, mode])).toEqual([[4 * 3_600, "manual"]])
  })
  const cases: ReadonlyArray<readonly [name: string, text: string, field: string, allowed: string]> = [
    [
      "zones that do not add to 1",
      list("zones: [{ zone: Europe/Rome, share: 0.9 }]"),
      "list.zones",
      "zones whose shares add to 1 (these add to 0.9)"
    ],
    [
      "a zone twice",
      list("zones: [{ zone: Europe/Rome, share: 0.5 }, { zone: Europe/Rome, share: 0.5 }]"),
      "list.zones[1].zone",
      "every zone once"
    ],
    [
      "an order by priority without priorities",
      list("order: priority"),
      "list.order",
      "an order other than priority, or priorities"
    ],
    [
      "an order by hour without best hours",
      list("order: best-hour"),
      "list.order",
      "an order other than best-hour, or bestHours"
    ],
    ["an order twice", list("order: [random, random]"), "list.order[1]", "every order once"],
    [
      "best hours of more than all",
      list("bestHours: [{ hour: 9, share: 0.6 }, { hour: 18, share: 0.6 }]"),
      "list.bestHours",
      "best hours whose shares add to at most 1"
    ],
    [
      "segments that are all off",
      list("segments: [{ name: a, share: 1, on: false }]"),
      "list.segments",
      "a segment that is on, or is switched on by a change"
    ],
    [
      "a switched segment there is not",
      campaign('changes: [{ at: "12:00", segmentsOff: [a] }]'),
      "changes[0].segmentsOff[0]",
      "no segment: the list has none"
    ],
    [
      "a segment switched both ways",
      campaign('changes: [{ at: "12:00", segmentsOn: [a], segmentsOff: [a] }]').replace(
        "contacts: 100",
        "contacts: 100, segments: [{ name: a, share: 1 }]"
      ),
      "changes[0].segmentsOff[0]",
      "a segment that is not switched on at once"
    ]
  ]
  it.each(cases)("is refused with %s", (_, text, field, allowed) => {
    const message = refused(text)
    expect(message).toContain(`campaigns[0].${field}`)
    expect(message).toContain(`allowed: ${allowed}`)
  })
})
