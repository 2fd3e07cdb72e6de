import { Effect, Layer } from "effect"
import type { Command } from "../../src/runtime/floor/Command.ts"
import type { ContactBook } from "../../src/runtime/floor/ContactBook.ts"
import { Floor } from "../../src/runtime/floor/Floor.ts"
import { FloorCore } from "../../src/runtime/floor/FloorCore.ts"
import type { FloorEvent } from "../../src/runtime/floor/FloorEvent.ts"
import { layerFloorPort } from "../../src/runtime/floor/FloorPort.ts"
import { Inbox } from "../../src/runtime/floor/Inbox.ts"
import type { Journal } from "../../src/runtime/floor/Journal.ts"
import type { Scenario } from "../Scenario.ts"
import { diallerSettings, type Driver } from "../Driver.ts"
import { World } from "../World.ts"
import { type Tell, ToldCore, toldLists } from "./ToldCore.ts"
import { VirtualTime } from "./VirtualTime.ts"

/**
 * The runtime of the live floor with the simulated world around it, in time that stands still between two instants: the same
 * program as on a live day, its trunk, phones and people those of the simulator.
 */
export class Rehearsal {
  readonly core: FloorCore
  readonly #time = new VirtualTime()
  readonly #world: World
  readonly #fiber: ReturnType<VirtualTime["fork"]>
  #inbox: Inbox["Service"] | undefined

  /** The journal must not wait for anything outside the rehearsal's time. */
  constructor(scenario: Scenario, replication: number, journal: Layer.Layer<Journal>) {
    const { core, world } = coreAndWorld(scenario, replication, (event) => this.#tell(event))
    this.core = core
    this.#world = world
    const program = Effect.gen({ self: this }, function* () {
      this.#inbox = yield* Inbox
      const floor = yield* Floor
      return yield* floor.run
    }).pipe(
      Effect.provide(
        Floor.layer(core).pipe(
          Layer.provide([layerFloorPort(this.#perform), journal]),
          Layer.provideMerge(Inbox.layer(0))
        )
      )
    )
    this.#fiber = this.#time.fork(program)
    this.#world.begin()
  }

  get now(): number {
    return this.#time.now
  }

  /** When something happens next, Infinity for never. */
  get nextAt(): number {
    return this.#world.isOver ? Number.POSITIVE_INFINITY : Math.min(this.#world.calendar.nextAt, this.#time.nextAt)
  }

  /** Lets the next thing happen. What time brings comes after all else of its instant. */
  step(): void {
    const { calendar } = this.#world
    if (calendar.nextAt <= this.#time.nextAt) {
      this.#time.now = calendar.nextAt
      this.#world.step()
    } else this.#time.wake()
    const exit = this.#fiber.pollUnsafe()
    if (exit !== undefined) throw new Error(`the floor has ended: ${String(exit)}`)
  }

  /** Runs until nothing is left to happen, or to this instant, and closes the records. */
  run(untilMillis: number): void {
    while (this.nextAt <= untilMillis && this.nextAt < Number.POSITIVE_INFINITY) this.step()
    const isOver = this.#world.isOver && this.core.nextTimerAt <= untilMillis
    this.core.closeSpans(isOver ? this.#world.now : untilMillis)
  }

  #tell(event: FloorEvent): void {
    if (this.#inbox === undefined) throw new Error("the floor has not begun")
    this.#time.fork(this.#inbox.tell(event))
  }

  readonly #perform = (command: Command): Effect.Effect<void> =>
    Effect.sync(() => {
      const world = this.#world
      world.now = this.#time.now
      switch (command.kind) {
        case "dial":
        case "hangUp":
        case "detect":
        case "startScript":
        case "playAbandoned":
        case "welcome":
        case "queueOver":
          return world[command.kind](command.key.call)
        case "turnAway":
          return world.turnAway(command.campaign, command.contact)
        case "handedOver":
          return world.handedOver()
        case "flowDoes":
          return world.flowDoes(command.key.call, command.action, command.step, command.turn)
        case "ringAgent":
          return world.ringAgent(command.agent)
        case "releaseAgent":
          return world.releaseAgent(command.agent)
        case "connect":
          return world.connect(command.key.call, command.agent)
        case "preview":
        case "wrapUp":
          return world[command.kind](command.agent, command.key.call)
        case "agentChanged":
          return world.agentChanged(command.agent, command.old, command.lasted, command.at, command.state)
        case "moved":
          return world.moved(command.campaign, command.contact, command.target)
        case "campaignDone":
          return world.campaignDone()
        case "listLow":
          return world.listLow(command.campaign)
      }
    })
}

/** The core of a rehearsal by itself, with its contacts, to be told what a journal has. */
export const replayedCore = (scenario: Scenario, replication: number): FloorCore =>
  coreAndWorld(scenario, replication, () => {
    throw new Error("a core that is only told what has happened")
  }).core

/** A core and the simulated world around it, which tells it nothing but through `tell`. */
const coreAndWorld = (
  scenario: Scenario,
  replication: number,
  tell: Tell
): { readonly core: FloorCore; readonly world: World } => {
  const made: { core: FloorCore | null } = { core: null }
  const drive = (world: World): Driver => {
    const core: FloorCore = new FloorCore(
      diallerSettings(scenario),
      scenario,
      bookOf(world, () => core.now)
    )
    made.core = core
    return {
      dialler: core.dialler,
      core: new ToldCore(core.dialler, tell),
      lists: (lists) => toldLists(lists, tell)
    }
  }
  const world = new World(scenario, replication, { warmUpMillis: 0, recorder: null, drive })
  if (made.core === null) throw new Error("the world was made without its core")
  return { core: made.core, world }
}

const bookOf = (world: World, now: () => number): ContactBook => ({
  add: (_dialler, campaign, count, now) => world.lists.add(campaign, count, now),
  request: (_dialler, campaign, now) => world.lists.request(campaign, now),
  order: (_dialler, campaign, now) => world.lists.order(campaign, now),
  caller: (_dialler, campaign) => world.lists.caller(campaign),
  filter: (_dialler, campaign, now) => world.lists.filter(campaign, now),
  fits: (campaign, contact, filter) => world.fits(campaign, contact, filter),
  answersTo: (call, question) => world.answersTo(call, question),
  flowLooks: (call, step) => world.flowLooks(call, step),
  flowSets: () => world.flowSets(),
  answered: (call, step, keys) => world.answered(call, step, keys),
  answersGiven: () => {},
  attemptClosed: (call) => {
    world.now = now()
    world.attemptClosed(call)
  },
  turnAway: () => {},
  arrivalClosed: (call) => world.arrivalClosed(call),
  ruled: (call, verdict) => world.ruled(call, verdict)
})
