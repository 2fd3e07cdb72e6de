import { Dialler } from "../../dialler/Dialler.ts"
import type { DiallerSettings } from "../../dialler/DiallerSettings.ts"
import type { Port } from "../../dialler/Port.ts"
import type { Verdict } from "../../dialler/rules/Verdict.ts"
import { type FloorNames, Recorder, type Records } from "../../store/Recorder.ts"
import type { Command } from "./Command.ts"
import type { ContactBook } from "./ContactBook.ts"
import type { CallKey, FloorEvent } from "./FloorEvent.ts"
import { tellCore } from "./tellCore.ts"

/**
 * The decision core between two heaps of plain data: events go in, commands and records come out. The same events give the
 * same commands and records, whether they happen or are read from a journal.
 */
export class FloorCore implements Port {
  readonly dialler: Dialler
  readonly #book: ContactBook
  readonly #recorder: Recorder
  #commands: Array<Command> = []
  #now = 0

  constructor(settings: DiallerSettings, names: FloorNames, book: ContactBook) {
    this.#book = book
    this.#recorder = new Recorder(names)
    this.dialler = new Dialler(settings, this)
  }

  /** The instant of the last event. */
  get now(): number {
    return this.#now
  }

  /** When `timers` is to be told; Infinity for never. */
  get nextTimerAt(): number {
    return this.dialler.nextTimerAt
  }

  /** Takes one event; `at` must not lie before the last one's. */
  tell(event: FloorEvent, at: number): void {
    this.#now = at
    tellCore(this.dialler, event, at, this.#book)
  }

  /** What is to be done since this was asked last, in order. */
  takeCommands(): ReadonlyArray<Command> {
    const commands = this.#commands
    this.#commands = []
    return commands
  }

  /** What has been written down since this was asked last. */
  takeRecords(): Records {
    return this.#recorder.take()
  }

  /** Writes down, as records, the spans agents are in; only at the very end. */
  closeSpans(at: number): void {
    const { agents } = this.dialler
    for (let agent = 0; agent < agents.size; agent += 1) {
      this.#recorder.span(agent, agents.state[agent], agents.campaign[agent], agents.since[agent], at)
    }
  }

  #key(call: number): CallKey {
    return { call, generation: this.dialler.calls.generation[call] }
  }

  #do(command: Command): void {
    this.#commands.push(command)
  }

  /* ---- what the core asks for ---- */

  dial(call: number): void {
    const { calls, campaigns } = this.dialler
    const campaign = calls.campaign[call]
    const contact = calls.contact[call]
    this.#do({
      kind: "dial",
      key: this.#key(call),
      campaign,
      contact,
      attempt: calls.attempt[call],
      number: campaigns[campaign].list.number[contact],
      shown: calls.callerId[call]
    })
  }

  hangUp(call: number): void {
    this.#do({ kind: "hangUp", key: this.#key(call) })
  }

  detect(call: number): void {
    this.#do({ kind: "detect", key: this.#key(call) })
  }

  startScript(call: number): void {
    this.#do({ kind: "startScript", key: this.#key(call) })
  }

  playAbandoned(call: number): void {
    this.#do({ kind: "playAbandoned", key: this.#key(call) })
  }

  flowDoes(call: number, action: number, step: number, turn: number): void {
    this.#do({ kind: "flowDoes", key: this.#key(call), action, step, turn })
  }

  welcome(call: number): void {
    const { campaign, contact } = this.dialler.calls
    this.#do({ kind: "welcome", key: this.#key(call), campaign: campaign[call], contact: contact[call] })
  }

  turnAway(campaign: number, contact: number): void {
    this.#recorder.turnedAway(campaign, contact, this.#now)
    this.#book.turnAway(campaign, contact)
    this.#do({ kind: "turnAway", campaign, contact })
  }

  queueOver(call: number): void {
    this.#do({ kind: "queueOver", key: this.#key(call) })
  }

  handedOver(call: number, next: number): void {
    this.#do({ kind: "handedOver", key: this.#key(call), next: this.#key(next) })
  }

  ringAgent(agent: number, call: number): void {
    this.#do({ kind: "ringAgent", agent, key: this.#key(call) })
  }

  releaseAgent(agent: number): void {
    this.#do({ kind: "releaseAgent", agent })
  }

  connect(call: number, agent: number): void {
    this.#do({ kind: "connect", agent, key: this.#key(call) })
  }

  preview(agent: number, call: number): void {
    this.#do({ kind: "preview", agent, key: this.#key(call) })
  }

  wrapUp(agent: number, call: number): void {
    this.#do({ kind: "wrapUp", agent, key: this.#key(call) })
  }

  agentChanged(agent: number, old: number, lasted: number, at: number, state: number): void {
    this.#recorder.span(agent, old, this.dialler.agents.campaign[agent], at - lasted, at)
    this.#do({ kind: "agentChanged", agent, old, state, lasted, at })
  }

  moved(campaign: number, contact: number, target: number): void {
    this.#recorder.moved(this.dialler, campaign, contact, target, this.#now)
    this.#do({ kind: "moved", campaign, contact, target })
  }

  campaignDone(campaign: number): void {
    this.#do({ kind: "campaignDone", campaign })
  }

  listLow(campaign: number): void {
    this.#do({ kind: "listLow", campaign })
  }

  /* ---- what it says for the record ---- */

  attemptClosed(call: number): void {
    this.#recorder.attempt(this.dialler, call)
    this.#book.attemptClosed(call)
  }

  arrivalClosed(call: number): void {
    this.#recorder.arrival(this.dialler, call)
    this.#book.arrivalClosed(call)
  }

  heldBack(campaign: number, contact: number, reason: number, until: number): void {
    this.#recorder.heldBack(campaign, contact, reason, until, this.#now)
  }

  ruled(call: number, verdict: Readonly<Verdict>): void {
    this.#recorder.ruled(this.dialler, call, verdict, this.#now)
    this.#book.ruled(call, verdict)
  }

  /* ---- what it asks ---- */

  fits(campaign: number, contact: number, filter: number): boolean {
    return this.#book.fits(campaign, contact, filter)
  }

  answersTo(call: number, question: string): ReadonlyArray<string> {
    return this.#book.answersTo(call, question)
  }

  flowLooks(call: number, step: number): number {
    return this.#book.flowLooks(call, step)
  }

  flowSets(call: number, step: number): void {
    this.#book.flowSets(call, step)
  }

  answered(call: number, step: number, keys: string): void {
    this.#book.answered(call, step, keys)
  }
}
