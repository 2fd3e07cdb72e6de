import { FlowAction } from "../../../src/dialler/flow/FlowProgram.ts"
import { Outcome } from "../../../src/domain/Outcome.ts"
import type { Command } from "../../../src/runtime/floor/Command.ts"
import type { CallKey, FloorEvent } from "../../../src/runtime/floor/FloorEvent.ts"

/** What comes of commands: chance by a seed, and nothing else. A crash takes all of it. */
export class World {
  readonly #due: Array<{ readonly at: number; readonly event: FloorEvent }> = []
  /** By call slot: the campaign it was dialled for last. */
  readonly #campaignOf: Array<number> = []
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 up to, not including, 1: mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** Nothing of what was under way comes any more. */
  clear(): void {
    this.#due.length = 0
  }

  get nextAt(): number {
    return this.#due[0]?.at ?? Number.POSITIVE_INFINITY
  }

  take(): FloorEvent {
    const due = this.#due.shift()
    if (due === undefined) throw new Error("nothing is due")
    return due.event
  }

  after(now: number, secondsMax: number, event: FloorEvent): void {
    const at = now + Math.round(this.next() * secondsMax * 1_000)
    const place = this.#due.findIndex((other) => other.at > at)
    this.#due.splice(place < 0 ? this.#due.length : place, 0, { at, event })
  }

  #pick<T>(...each: ReadonlyArray<T>): T {
    return each[Math.floor(this.next() * each.length)]
  }

  does(now: number, command: Command): void {
    const after = (seconds: number, event: FloorEvent): void => this.after(now, seconds, event)
    switch (command.kind) {
      case "dial": {
        const { campaign, key } = command
        this.#campaignOf[key.call] = campaign
        this.after(now, 0, { kind: "ringing", ...key })
        // Somebody on the list of the first campaign calls back, now and then whoever is just being called.
        if (campaign === 0 && this.next() < 0.3) {
          const contact = this.next() < 0.3 ? command.contact : Math.floor(this.next() * (command.contact + 1))
          after(20, { kind: "arrives", campaign, contact })
        }
        if (this.next() < 0.55) return after(12, { kind: "answered", ...key, machine: false })
        const failures = [Outcome.busy, Outcome.noAnswer, Outcome.noAnswer, Outcome.invalid, Outcome.congestion]
        return after(12, { kind: "failed", ...key, outcome: this.#pick(...failures) })
      }
      case "hangUp":
        return after(0, { kind: "ended", ...command.key, machine: false })
      case "welcome":
        this.#campaignOf[command.key.call] = command.campaign
        return this.next() < 0.3 ? after(60, { kind: "ended", ...command.key, machine: false }) : undefined
      case "handedOver":
        this.#campaignOf[command.next.call] = this.#campaignOf[command.key.call]
        return after(60, { kind: "ended", ...command.next, machine: false })
      case "playAbandoned":
      case "queueOver":
        return after(3, { kind: "ended", ...command.key, machine: false })
      case "connect": {
        if (this.next() < 0.2) after(3, { kind: "held", ...command.key })
        if (this.next() < 0.2) after(9, { kind: "resumed", ...command.key })
        if (this.next() < 0.3) {
          after(15, { kind: "handsOver", ...command.key, agent: command.agent, to: Math.floor(this.next() * 4) })
        }
        return after(25, { kind: "ended", ...command.key, machine: this.next() < 0.1 })
      }
      case "detect":
        return after(2, { kind: "detected", ...command.key, machine: this.next() < 0.3, wrong: false })
      case "startScript":
        return after(2, { kind: "scriptEnded", ...command.key, transfer: this.next() < 0.3 })
      case "flowDoes":
        return this.#flow(now, command.key, command.action, command.turn)
      case "ringAgent": {
        const kind = this.next() < 0.9 ? "phoneAnswered" : "phoneMissed"
        return after(2, { kind, agent: command.agent, ...command.key })
      }
      case "preview":
        return after(4, { kind: this.#pick("dials", "dials", "skips"), agent: command.agent, ...command.key })
      case "wrapUp": {
        const answers = { ...(this.next() < 0.5 ? { owner: this.next() < 0.5 } : {}), pets: ["cat", "dog"] }
        after(0, { kind: "answersGiven", ...command.key, form: "ask", answers })
        // Only the first campaign has dispositions.
        const disposition = this.#campaignOf[command.key.call] === 0 ? this.#pick(-1, 0, 1, 2, 2) : -1
        const askedAt = disposition === 2 ? now + 90_000 : -1
        return after(6, { kind: "wrapUpDone", agent: command.agent, ...command.key, disposition, askedAt })
      }
      default:
        return
    }
  }

  #flow(now: number, key: CallKey, action: number, turn: number): void {
    const tell = (event: FloorEvent): void => this.after(now, 3, event)
    switch (action) {
      case FlowAction.play:
        return tell({ kind: "flowPlayed", ...key, turn })
      case FlowAction.collect:
        if (this.next() < 0.2) return tell({ kind: "flowTimedOut", ...key, turn })
        return tell({ kind: "flowKeys", ...key, turn, keys: this.#pick("1", "2", "0", "9", "7") })
      default:
        return tell({ kind: "ended", ...key, machine: false })
    }
  }
}
