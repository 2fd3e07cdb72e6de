import { Effect } from "effect"
import type { SqlClient } from "effect/sql"
import type { ErasedNumbers } from "../../../src/contacts/ErasedNumbers.ts"
import { Closed } from "../../../src/dialler/ContactList.ts"
import type { Contact, E164 } from "../../../src/domain/Contact.ts"
import type { FloorEvent, Stamped } from "../../../src/runtime/floor/FloorEvent.ts"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import { type OpenFloor, openFloor } from "../../../src/runtime/store/openFloor.ts"
import { layer as layerJournal } from "../../../src/runtime/store/storedJournal.ts"
import type { WindowSettings } from "../../../src/runtime/store/WindowSettings.ts"
import { insertContacts } from "../../../src/store/floor/contactRows.ts"
import type { World } from "./World.ts"

/** A floor that was opened, worked step by step: events are told, committed, and then done. */
export class LiveFloor {
  readonly floor: OpenFloor
  readonly #journal: Journal["Service"]
  /** Attempts dialled: campaign, contact and number of the attempt. */
  readonly dialled: Array<string> = []
  /** Calls to us, those turned away included, and calls handed on. */
  arrived = 0
  commits = 0
  /** Numbers people asked not to be called at, of which nothing was told yet. */
  readonly #objections: Array<E164>

  constructor(floor: OpenFloor, journal: Journal["Service"], objections: Array<E164>) {
    this.floor = floor
    this.#journal = journal
    this.#objections = objections
  }

  get now(): number {
    return Math.max(this.floor.startMillis, this.floor.core.now)
  }

  /** Tells events at one instant, commits them, and lets the world do what follows. */
  tell(world: World, at: number, ...events: ReadonlyArray<FloorEvent>) {
    const { core } = this.floor
    const told: Array<Stamped> = events.map((event) => {
      core.tell(event, at)
      return { at, event }
    })
    return Effect.map(this.#journal.commit(told, core.takeRecords()), () => {
      this.commits += 1
      for (const command of core.takeCommands()) {
        if (command.kind === "dial") {
          this.dialled.push(`${this.nameOf(command.campaign)} ${command.contact} ${command.attempt}`)
        }
        if (["welcome", "turnAway", "handedOver"].includes(command.kind)) this.arrived += 1
        if (command.kind === "moved") {
          const to = core.dialler.campaigns[command.campaign].settings.known.campaigns[command.target]
          const target = core.dialler.campaigns.findIndex(({ settings }) => settings.name === to)
          world.after(at, 3, { kind: "contactsAdded", campaign: target, count: 1, segment: null })
        }
        world.does(at, command)
      }
    })
  }

  nameOf(campaign: number): string {
    return this.floor.core.dialler.campaigns[campaign].settings.name
  }

  /** Lets so many things happen. */
  run(world: World, steps: number) {
    const { core } = this.floor
    return Effect.gen({ self: this }, function* () {
      for (let step = 0; step < steps; step += 1) {
        const at = Math.max(this.now, Math.min(world.nextAt, core.nextTimerAt))
        if (at === Number.POSITIVE_INFINITY) return
        for (const contact of this.floor.contacts.stillCalledAt(this.#objections.splice(0))) {
          yield* this.tell(world, this.now, { kind: "withdrawn", as: Closed.doNotCall, ...contact })
        }
        if (world.nextAt > core.nextTimerAt) yield* this.tell(world, at, { kind: "timers" })
        else yield* this.tell(world, at, world.take())
      }
    })
  }

  /** Puts contacts into the store; they are on the list when they were told of. */
  put(campaign: number, contacts: ReadonlyArray<Contact>, requested = false, calledIn = false) {
    const first = this.floor.contacts.loaded(campaign)
    const loadedAt = this.floor.window.epoch + this.now
    const rows = contacts.map((is, place) => ({
      contact: first + place,
      is,
      segment: is.fields.segment ?? "",
      loadedAt,
      requested,
      calledIn,
      forbidden: false
    }))
    return Effect.map(insertContacts(this.nameOf(campaign), rows), () => {
      for (const row of rows) this.floor.contacts.load(campaign, row)
    })
  }

  /** Everybody comes to work, and campaigns run. */
  begin(world: World) {
    const { agents, campaigns } = this.floor.core.dialler
    return this.tell(
      world,
      this.now,
      ...campaigns.map(({ index }): FloorEvent => ({ kind: "started", campaign: index })),
      ...Array.from({ length: agents.size }, (_, agent): FloorEvent => ({ kind: "signedIn", agent }))
    )
  }
}

/** Opens the floor of the store at `now`, Unix milliseconds. */
export const open = (
  path: string,
  now: number,
  settingsAt: (epoch: number) => WindowSettings,
  erased: ErasedNumbers | null = null
): Effect.Effect<LiveFloor, Effect.Error<ReturnType<typeof openFloor>>, SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const floor = yield* openFloor({ path, now, settingsAt, erased })
    const takeKept = () => floor.contacts.takeKept()
    const objections: Array<E164> = []
    const objected = (numbers: ReadonlyArray<E164>) => Effect.sync(() => void objections.push(...numbers))
    const options = { path, floor, window: floor.window, eventCount: floor.eventCount, takeKept, objected }
    const journal = yield* Effect.provide(Journal, layerJournal(options))
    return new LiveFloor(floor, journal, objections)
  })
