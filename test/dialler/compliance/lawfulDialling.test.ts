import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { holidayCalendars } from "../../../src/domain/compliance/calendars.ts"
import { compose } from "../../../src/domain/compliance/compose.ts"
import { profiles } from "../../../src/domain/compliance/profiles.ts"
import { Outcome } from "../../../src/domain/Outcome.ts"
import { CallFlag } from "../../../src/dialler/CallTable.ts"
import { Dialler } from "../../../src/dialler/Dialler.ts"
import type { Port } from "../../../src/dialler/Port.ts"
import { settingsOf } from "../TestFloor.ts"
import { type Happened, Oracle } from "./oracle.ts"
import { lawOf, zone } from "./setting.ts"

const zoneIds = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago"]
const minute = 60_000
const ringMillisMax = 20_000
const contacts = 6
const daysMax = 12
const corners = [
  ...["Europe/London", "America/New_York", "Australia/Lord_Howe"].flatMap((id) =>
    [...zone(id).starts].filter((start) => start > Date.parse("2026-01-01")).slice(0, 3)
  ),
  Date.parse("2028-02-28T12:00Z"),
  Date.parse("2026-12-31T12:00Z")
]

const index = (size: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: size - 1 }))
const Case = Schema.Struct({
  profile: index(profiles.length),
  other: index(profiles.length),
  zones: Schema.Array(index(zoneIds.length)).check(Schema.isMinLength(contacts), Schema.isMaxLength(contacts)),
  corner: index(corners.length),
  hoursBefore: index(72),
  predictive: Schema.Boolean,
  seed: index(1_000_000)
})
type Case = typeof Case.Type

/** A small floor that answers every command at random and lets an independent judge look at every dial. */
class JudgedFloor implements Port {
  dials = 0
  readonly dialler: Dialler
  now = 0
  readonly #epoch: number
  readonly #events: Array<{ at: number; event: () => void }> = []
  readonly #histories: ReadonlyArray<Array<Happened>> = Array.from({ length: contacts }, () => [])
  readonly #oracles: ReadonlyArray<Oracle>
  #random: number

  constructor(spec: Case) {
    this.#random = spec.seed
    const composed = compose([profiles[spec.profile], profiles[spec.other]])
    const from = new Date(corners[spec.corner] - spec.hoursBefore * 60 * minute).toISOString()
    const law = lawOf(composed, zoneIds, from)
    this.#epoch = law.epochMillis
    const mode = spec.predictive ? "predictive" : "progressive"
    const rules = [{ name: "again", then: { again: { afterMinutes: { from: 1, to: 600 } } } }]
    this.dialler = new Dialler(
      {
        groups: [{ name: "team", agents: 2, alwaysOn: true }],
        campaigns: [settingsOf({ mode, law, rules, ringMillisMax, attemptsMax: 60 })],
        trunk: { linesMax: 10, callsPerSecondMax: 10, ringingReported: false },
        startMinutes: 0
      },
      this
    )
    const { calling } = this.dialler.campaigns[0].compliance ?? assert.fail("no law")
    this.#oracles = spec.zones.map((place, contact) => {
      calling.setZone(contact, calling.zoneSet([zoneIds[place]]))
      return new Oracle(composed.rules, [zoneIds[place]], holidayCalendars, ringMillisMax)
    })
    this.dialler.addContacts(0, contacts, 0, 0)
    this.dialler.agentSignedIn(0, 0)
    this.dialler.agentSignedIn(1, 0)
  }

  /** Some days, at most so many steps. */
  run(): void {
    for (let step = 0; step < 4_000; step += 1) {
      this.#events.sort((a, b) => a.at - b.at)
      const eventAt = this.#events[0]?.at ?? Number.POSITIVE_INFINITY
      const at = Math.min(eventAt, this.dialler.nextTimerAt)
      if (at > daysMax * 1_440 * minute) return
      this.now = at
      if (eventAt === at) this.#events.shift()?.event()
      else this.dialler.timers(at)
    }
  }

  #draw(below: number): number {
    this.#random = (Math.imul(this.#random, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (this.#random >>> 8) % below
  }

  #after(millis: number, event: () => void): void {
    this.#events.push({ at: this.now + millis, event })
  }

  dial(call: number): void {
    const { calls } = this.dialler
    const contact = calls.contact[call]
    const reserved = (calls.flags[call] & CallFlag.reserved) !== 0
    const instant = this.#epoch + this.now
    const breaches = this.#oracles[contact].breaches(this.#histories[contact], instant, reserved)
    assert.deepStrictEqual(breaches, [], `contact ${contact} at ${new Date(instant).toISOString()}`)
    this.#histories[contact].push({ what: "attempt", at: instant })
    this.dials += 1
    const generation = calls.generation[call]
    const fate = this.#draw(4)
    this.#after(1_000 + this.#draw(15_000), () => {
      if (calls.generation[call] !== generation) return
      if (fate === 0) this.dialler.failed(call, Outcome.busy, this.now)
      else if (fate < 3) this.dialler.answered(call, this.now)
    })
  }
  hangUp(call: number): void {
    this.#after(0, () => this.dialler.ended(call, this.now))
  }
  playAbandoned(call: number): void {
    this.#after(4_000, () => this.dialler.ended(call, this.now))
  }
  connect(call: number): void {
    const machine = this.#draw(4) === 0
    this.#after(5_000 + this.#draw(300_000), () => this.dialler.ended(call, this.now, machine))
  }
  wrapUp(agent: number): void {
    this.#after(this.#draw(60_000), () => this.dialler.wrapUpDone(agent, this.now))
  }
  attemptClosed(call: number): void {
    const { calls } = this.dialler
    const at = this.#epoch + calls.endedAt[call]
    const outcome = calls.outcome[call]
    const what = outcome === Outcome.connected ? "conversation" : outcome === Outcome.abandoned ? "abandoned" : null
    if (what !== null) this.#histories[calls.contact[call]].push({ what, at })
  }
  welcome(): void {}
  turnAway(): void {}
  queueOver(): void {}
  handedOver(): void {}
  arrivalClosed(): void {}
  ringAgent(): void {}
  releaseAgent(): void {}
  preview(): void {}
  detect(): void {}
  startScript(): void {}
  flowDoes(): void {}
  flowLooks(): number {
    return 0
  }
  flowSets(): void {}
  answered(): void {}
  agentChanged(): void {}
  heldBack(): void {}
  campaignDone(): void {}
  listLow(): void {}
  ruled(): void {}
  moved(): void {}
  fits(): boolean {
    return false
  }
  answersTo(): ReadonlyArray<string> {
    return []
  }
}

describe("whatever the list, the zones, the history and the clock", () => {
  let dials = 0
  it.prop(
    "no dial breaks the profiles in force",
    { spec: Case },
    ({ spec }) => {
      const floor = new JudgedFloor(spec)
      floor.run()
      dials += floor.dials
    },
    { arbitrary: { runs: 150, seed: 20_261_122 } }
  )
  it("and there are dials to judge", () => {
    assert.isAbove(dials, 1_000)
  })
})
