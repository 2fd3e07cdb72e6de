import { AgentState } from "../src/domain/AgentState.ts"
import type { ShiftFigures } from "../src/domain/LawFigures.ts"
import { Outcome } from "../src/domain/Outcome.ts"
import { CallState } from "../src/dialler/CallTable.ts"
import type { Core } from "../src/dialler/Core.ts"
import { Dialler } from "../src/dialler/Dialler.ts"
import type { Verdict } from "../src/dialler/rules/Verdict.ts"
import type { Port } from "../src/dialler/Port.ts"
import { Agents, PhoneAnswer } from "./Agents.ts"
import { Calendar } from "./Calendar.ts"
import { Callers } from "./Callers.ts"
import { CampaignTallies } from "./CampaignTallies.ts"
import { Answer, Customers } from "./Customers.ts"
import { Contacts } from "./Contacts.ts"
import { Day } from "./Day.ts"
import { diallerSettings, type Driver, isRingingReported } from "./Driver.ts"
import { FlowCalls } from "./FlowCalls.ts"
import { Kind } from "./Kind.ts"
import { Lists } from "./Lists.ts"
import { Draws } from "./random/Draws.ts"
import { lawOf } from "./random/distributions.ts"
import type { Law } from "./random/Law.ts"
import { seedOf } from "./random/seed.ts"
import { Source, sourcesOf } from "./random/sources.ts"
import type { Recorder } from "../src/store/Recorder.ts"
import type { Scenario } from "./Scenario.ts"
import { Tally } from "./Tally.ts"

/** Line time of the abandonment message. */
const messageMillis = 6_000

/** The simulated world of one shift: it answers the core's commands with events in virtual time, and decides nothing. */
export class World implements Port {
  readonly dialler: Core
  readonly tally: Tally
  now = 0
  readonly calendar = new Calendar()
  readonly #scenario: Scenario
  readonly #draws: Draws
  readonly #customers: ReadonlyArray<Customers>
  readonly #agents: Agents
  readonly #postDial: Law
  readonly #recorder: Recorder | null
  readonly #groupOf: Int32Array
  readonly #ringingReported: boolean
  /** By call slot: what answered, or the outcome it will fail with. */
  #fate = new Uint8Array(256)
  /** By agent: what the phone that rings now will do. */
  readonly #phoneFate: Uint8Array
  /** Which draws a piece of work of an agent belongs to, so that an answer that comes too late is known. */
  readonly #workNumber: Int32Array
  readonly lists: Lists
  readonly #tallies: CampaignTallies
  readonly #callers: Callers
  readonly #day: Day
  #until = Number.POSITIVE_INFINITY
  readonly #flows: FlowCalls
  /** Calls somebody listens to at this instant. */
  readonly #heard: Array<{ readonly isPerson: boolean; readonly placedAt: number }> = []
  readonly #contacts: Contacts

  constructor(
    scenario: Scenario,
    replication: number,
    options: {
      readonly warmUpMillis: number
      readonly recorder: Recorder | null
      readonly drive?: (world: World) => Driver
    }
  ) {
    this.#scenario = scenario
    this.#recorder = options.recorder
    this.#draws = new Draws(...seedOf(scenario.seed, replication))
    this.#customers = scenario.campaigns.map(
      (campaign, index) =>
        new Customers(campaign, index, this.#draws, scenario.day.startMinutes, scenario.trunk.congestionShare)
    )
    this.#agents = new Agents(
      scenario.groups,
      scenario.campaigns.map((campaign) => campaign.agentWork),
      this.#draws
    )
    this.#postDial = lawOf(scenario.trunk.postDialDelay)
    this.#ringingReported = isRingingReported(scenario.trunk)
    const driver = options.drive?.(this)
    const dialler = driver?.dialler ?? new Dialler(diallerSettings(scenario), this)
    this.dialler = driver?.core ?? dialler
    this.#contacts = new Contacts(scenario, this.dialler, this.#draws)
    const { facts } = this.#contacts
    this.#flows = new FlowCalls(scenario, this.dialler, this.#draws, facts)
    this.#groupOf = this.dialler.agents.group
    this.#phoneFate = new Uint8Array(this.#agents.size)
    this.#workNumber = new Int32Array(this.#agents.size)
    this.tally = new Tally(scenario.campaigns.length, scenario.groups.length, options.warmUpMillis)
    this.lists = new Lists(scenario, dialler, this.#draws, facts)
    this.#tallies = new CampaignTallies(scenario, dialler, options.warmUpMillis, (...call) => this.#hears(...call))
    const lists = driver?.lists(this.lists) ?? this.lists
    this.#day = new Day(scenario, this.dialler, this.calendar, this.#draws, this.#agents, lists)
    this.#callers = new Callers(scenario, this.dialler, this.calendar, this.#draws, lists, options.warmUpMillis)
    if (driver === undefined) this.begin()
  }

  /** Fills the lists and the day: at once, or when whoever drives the core is ready. */
  begin(): void {
    this.#day.fill()
    this.#callers.fill()
  }

  /** Runs until nothing is left to happen or `untilMillis`; open agent spans are counted up to that instant. */
  run(untilMillis: number): void {
    const { calendar, dialler } = this
    this.#until = untilMillis
    for (;;) {
      const timerAt = dialler.nextTimerAt
      const eventAt = calendar.nextAt
      const at = eventAt <= timerAt ? eventAt : timerAt
      if (at > untilMillis) {
        this.now = untilMillis
        break
      }
      if (eventAt === Number.POSITIVE_INFINITY && this.isOver) break
      if (eventAt <= timerAt) this.step()
      else {
        this.now = at
        dialler.timers(at)
      }
    }
    const { agents } = dialler
    for (let agent = 0; agent < agents.size; agent += 1) {
      const lasted = this.now - agents.since[agent]
      this.tally.span(this.#groupOf[agent], agents.state[agent], lasted, this.now)
      this.#recorder?.span(agent, agents.state[agent], agents.campaign[agent], agents.since[agent], this.now)
    }
  }

  /** Lets the next event of the calendar happen; to be called when there is one. */
  step(): void {
    const { calendar } = this
    calendar.pop()
    this.now = calendar.at
    this.#happen(calendar.kind, calendar.subject, calendar.generation)
  }

  /** Nobody is at work any more and no call is up: what is left are pacing ticks. */
  get isOver(): boolean {
    const { calendar, dialler } = this
    if (calendar.nextAt !== Number.POSITIVE_INFINITY || dialler.calls.size > 0) return false
    return dialler.nextTimerAt === Number.POSITIVE_INFINITY || this.#isDeserted()
  }

  /** By campaign: what the law did, how the list stands, what came of the calls, and who called us. */
  figures(): ReadonlyArray<ShiftFigures> {
    const dayEnd = Math.min(this.#until, this.#scenario.day.lengthMillis)
    return this.#tallies.figures(this.#callers, this.now, dayEnd)
  }

  #isDeserted(): boolean {
    return this.dialler.agents.state.every((state) => state <= AgentState.paused)
  }

  #happen(kind: number, subject: number, generation: number): void {
    const { dialler, now } = this
    if (kind <= Kind.leaves || (kind >= Kind.verdictPerson && kind <= Kind.scriptTransfer) || kind === Kind.flow) {
      if (dialler.calls.generation[subject] === generation) this.#callEvent(kind, subject)
      return
    }
    // Work an agent was called away from.
    if (kind >= Kind.wrapDone && kind <= Kind.phone && this.#workNumber[subject] !== generation) return
    switch (kind) {
      case Kind.wrapDone:
        return this.#wrapsUp(subject)
      case Kind.dials:
        return dialler.agentDials(subject, now)
      case Kind.skips:
        return dialler.agentSkips(subject, now)
      case Kind.phone:
        return this.#phoneDecides(subject)
      case Kind.heard: {
        const { isPerson, placedAt } = this.#heard.shift()!
        return dialler.sampled(subject, isPerson, placedAt)
      }
      case Kind.moved:
        this.#contacts.objections?.arrives(subject, dialler.campaigns[subject].list.size, generation)
        dialler.addContacts(subject, 1, 0, now)
        return
      case Kind.calls:
        return this.#callers.calls(subject, generation, now)
      default:
        return this.#day.happen(kind, subject, generation, now)
    }
  }

  #callEvent(kind: number, call: number): void {
    const { dialler, now } = this
    switch (kind) {
      case Kind.ringing:
        return dialler.ringing(call, now)
      case Kind.answered:
        return this.#answers(call)
      case Kind.failed:
        return dialler.failed(call, this.#fate[call], now)
      case Kind.ended:
        return dialler.ended(call, now)
      case Kind.endedMachine:
        return dialler.ended(call, now, true)
      case Kind.leaves:
        // Too late once an agent is on the line, or the call is back in its flow.
        if (dialler.calls.connectedAt[call] < 0 && dialler.calls.state[call] !== CallState.script)
          dialler.ended(call, now)
        return
      case Kind.verdictPerson:
        return dialler.detected(call, false, now)
      case Kind.verdictMachine:
        return dialler.detected(call, true, now, this.#fate[call] === Answer.person)
      case Kind.flow: {
        const hangUpAfter = this.#flows.happens(call, now)
        if (hangUpAfter >= 0) this.#after(hangUpAfter, Kind.ended, call)
        else if (dialler.calls.state[call] !== CallState.script) this.#losesPatience(call)
        return
      }
      case Kind.scriptDone:
        return dialler.scriptEnded(call, false, now)
      case Kind.scriptTransfer: {
        const generation = dialler.calls.generation[call]
        dialler.scriptEnded(call, true, now)
        if (dialler.calls.generation[call] === generation) this.#losesPatience(call)
        return
      }
    }
  }

  #hears(campaign: number, isPerson: boolean, placedAt: number): void {
    this.#heard.push({ isPerson, placedAt })
    this.calendar.push(this.now, Kind.heard, campaign, 0)
  }

  #wrapsUp(agent: number): void {
    const { agents, calls } = this.dialler
    const call = agents.call[agent]
    const conduct = call < 0 ? null : this.#contacts.conducts[calls.campaign[call]]
    if (conduct === null || calls.outcome[call] !== Outcome.connected) return this.dialler.wrapUpDone(agent, this.now)
    conduct.choose(calls.contact[call], calls.attempt[call], this.now)
    this.dialler.wrapUpDone(agent, this.now, conduct.disposition, conduct.askedAt)
  }

  #answers(call: number): void {
    const { calls } = this.dialler
    const isMachine = this.#fate[call] === Answer.machine
    const generation = calls.generation[call]
    this.dialler.answered(call, this.now, isMachine)
    if (isMachine || calls.generation[call] !== generation || calls.state[call] === CallState.script) return
    this.#losesPatience(call)
  }

  /** A person without an agent on the line waits for one, and not for ever. */
  #losesPatience(call: number): void {
    const { calls } = this.dialler
    const state = calls.state[call]
    if (calls.connectedAt[call] >= 0 || state === CallState.free || this.#fate[call] === Answer.machine) return
    const patience = this.#customers[calls.campaign[call]].patienceMillis(calls.contact[call], calls.attempt[call])
    if (patience < Number.POSITIVE_INFINITY) this.#after(patience, Kind.leaves, call)
  }

  #phoneDecides(agent: number): void {
    if (this.#phoneFate[agent] === PhoneAnswer.pickedUp) return this.dialler.agentAnswered(agent, this.now)
    this.dialler.agentMissed(agent, this.now)
  }

  #after(millis: number, kind: number, call: number): void {
    this.calendar.push(this.now + millis, kind, call, this.dialler.calls.generation[call])
  }

  /* ---- commands of the core ---- */

  dial(call: number): void {
    const { calls, campaigns } = this.dialler
    if (call >= this.#fate.length) {
      const fate = new Uint8Array(calls.state.length)
      fate.set(this.#fate)
      this.#fate = fate
    }
    const contact = calls.contact[call]
    const attempt = calls.attempt[call]
    const index = calls.campaign[call]
    const campaign = campaigns[index]
    this.#tallies.dialled(index, call, this.now)
    const customers = this.#customers[index]
    const localNow = this.now + this.lists.shiftMillis(index, contact)
    const pickup = this.lists.pickup(index, contact, this.now)
    customers.dialled(contact, attempt, campaign.list.segment[contact], localNow, pickup)
    let ring = customers.ringMillis
    if (this.#ringingReported) {
      this.#draws.at(Source.trunk + sourcesOf(index), contact, -attempt)
      const setUp = Math.round(this.#postDial.draw(this.#draws) * 1_000)
      this.#after(setUp, Kind.ringing, call)
      // After the dialler's ring limit nothing of this call can matter any more.
      if (ring > campaign.settings.ringMillisMax) return
      ring += setUp
    } else if (ring > campaign.settings.ringMillisMax) return
    this.#fate[call] = customers.answer === Answer.nobody ? customers.outcome : customers.answer
    this.#after(ring, customers.answer === Answer.nobody ? Kind.failed : Kind.answered, call)
  }

  hangUp(call: number): void {
    this.#after(0, Kind.ended, call)
  }

  playAbandoned(call: number): void {
    this.#after(messageMillis, Kind.ended, call)
  }

  ringAgent(agent: number): void {
    const delay = this.#agents.phone(agent)
    this.#phoneFate[agent] = this.#agents.phoneAnswer
    this.calendar.push(this.now + delay, Kind.phone, agent, ++this.#workNumber[agent])
  }

  releaseAgent(agent: number): void {
    this.#workNumber[agent] += 1
  }

  connect(call: number, agent: number): void {
    const { calls } = this.dialler
    const index = calls.campaign[call]
    if (this.#fate[call] === Answer.machine) {
      this.#after(this.#agents.machineMillis(agent, index), Kind.endedMachine, call)
      return
    }
    const talk = this.#customers[index].talkMillis(calls.contact[call], calls.attempt[call])
    this.#after(Math.round(talk * this.#agents.speed(agent)), Kind.ended, call)
  }

  preview(agent: number, call: number): void {
    const millis = this.#agents.previewMillis(agent, this.dialler.calls.campaign[call])
    const kind = this.#agents.skips ? Kind.skips : Kind.dials
    this.calendar.push(this.now + millis, kind, agent, ++this.#workNumber[agent])
  }

  wrapUp(agent: number, call: number): void {
    const { calls } = this.dialler
    const connected = calls.connectedAt[call] >= 0
    const millis = this.#agents.wrapMillis(agent, calls.campaign[call], connected)
    this.calendar.push(this.now + millis, Kind.wrapDone, agent, ++this.#workNumber[agent])
  }

  detect(call: number): void {
    const { calls } = this.dialler
    const customers = this.#customers[calls.campaign[call]]
    const isMachine = this.#fate[call] === Answer.machine
    const millis = customers.detectionMillis(calls.contact[call], calls.attempt[call], isMachine)
    this.#after(millis, customers.verdictIsMachine ? Kind.verdictMachine : Kind.verdictPerson, call)
  }

  startScript(call: number): void {
    const { calls } = this.dialler
    const customers = this.#customers[calls.campaign[call]]
    const isMachine = this.#fate[call] === Answer.machine
    const millis = customers.scriptMillis(calls.contact[call], calls.attempt[call], isMachine)
    this.#after(millis, customers.wantsTransfer ? Kind.scriptTransfer : Kind.scriptDone, call)
  }

  agentChanged(agent: number, old: number, lastedMillis: number, now: number, state: number): void {
    this.tally.span(this.#groupOf[agent], old, lastedMillis, now)
    this.#recorder?.span(agent, old, this.dialler.agents.campaign[agent], now - lastedMillis, now)
    if (state === AgentState.paused) this.#day.leaves(agent, now)
    if (state === AgentState.ready && this.#hasManual()) {
      this.calendar.push(now, Kind.takes, agent, 0)
    }
  }

  #hasManual(): boolean {
    const { campaigns } = this.dialler
    for (let i = 0; i < campaigns.length; i += 1) if (campaigns[i].mode.takenBy === "agent") return true
    return false
  }

  attemptClosed(call: number): void {
    const { calls } = this.dialler
    const campaign = calls.campaign[call]
    this.tally.attempt(calls, call)
    if (this.#tallies.attempt(campaign, call)) this.tally.sentOn(campaign)
    this.#recorder?.attempt(this.dialler, call)
    this.#contacts.facts[campaign].called(calls.contact[call], calls.placedAt[call])
    if (this.#contacts.objections !== null) this.#hearsObjection(campaign, calls.contact[call])
  }

  /** Whoever wants no calls is called in no campaign. */
  #hearsObjection(campaign: number, contact: number): void {
    this.lists.showNumber(campaign, contact)
    this.#contacts.objections?.closed(this.dialler, campaign, contact, (other, same) =>
      this.calendar.push(this.now, Kind.objected, other, same)
    )
  }

  flowDoes(call: number, action: number, step: number, turn: number): void {
    this.#flows.does(call, action, step, turn, this.#fate[call] === Answer.machine)
    this.#after(this.#flows.millis, Kind.flow, call)
  }

  flowLooks(call: number, step: number): number {
    return this.#flows.looks(call, step)
  }

  flowSets(): void {}
  welcome(call: number): void {
    // Whoever calls is a person.
    this.#fate[call] = Answer.person
    const patience = this.#callers.patienceMillis(call)
    if (patience < Number.POSITIVE_INFINITY) this.#after(patience, Kind.leaves, call)
  }

  turnAway(campaign: number, contact: number): void {
    this.#recorder?.turnedAway(campaign, contact, this.now)
    this.#callers.turnedAway(campaign, this.now)
  }

  queueOver(call: number): void {
    this.#after(messageMillis, Kind.ended, call)
  }

  /** Nobody here hands calls on. */
  handedOver(): void {}

  arrivalClosed(call: number): void {
    this.#recorder?.arrival(this.dialler, call)
    this.#callers.closed(call)
    const { calls } = this.dialler
    if (this.#contacts.objections !== null) this.#hearsObjection(calls.campaign[call], calls.contact[call])
  }

  answered(call: number, step: number, keys: string): void {
    this.#tallies.answered(call, step, keys)
  }

  fits(campaign: number, contact: number, filter: number): boolean {
    return this.#contacts.fits(campaign, contact, filter)
  }

  answersTo(call: number, question: string): ReadonlyArray<string> {
    return this.#contacts.answersTo(call, question)
  }

  ruled(call: number, verdict: Readonly<Verdict>): void {
    this.#recorder?.ruled(this.dialler, call, verdict, this.now)
    this.#contacts.ruled(call, verdict)
  }

  moved(campaign: number, contact: number, target: number): void {
    this.#recorder?.moved(this.dialler, campaign, contact, target, this.now)
    const name = this.#scenario.campaigns[campaign].settings.known.campaigns[target]
    const index = this.#scenario.campaigns.findIndex(({ settings }) => settings.name === name)
    if (index >= 0)
      this.calendar.push(this.now, Kind.moved, index, this.#contacts.objections?.leaves(campaign, contact) ?? 0)
  }

  heldBack(campaign: number, contact: number, reason: number, until: number): void {
    this.#recorder?.heldBack(campaign, contact, reason, until, this.now)
  }

  campaignDone(): void {}

  listLow(campaign: number): void {
    if (this.#scenario.campaigns[campaign].list.endless) this.calendar.push(this.now, Kind.listLow, campaign, 0)
  }
}
