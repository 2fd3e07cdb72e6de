import { AgentState } from "../src/domain/AgentState.ts"
import type { Core } from "../src/dialler/Core.ts"
import type { Agents } from "./Agents.ts"
import { Breaks } from "./Breaks.ts"
import type { Calendar } from "./Calendar.ts"
import { Kind } from "./Kind.ts"
import type { ListSource } from "./Lists.ts"
import type { Draws } from "./random/Draws.ts"
import { Source, sourcesOf } from "./random/sources.ts"
import type { Scenario } from "./Scenario.ts"

/** A manual agent without a contact asks again after this. */
const askAgainMillis = 10_000
const topUp = 4_096

/** The day of one shift apart from its calls: who comes, goes and takes a break, what is added to the lists, what is changed. */
export class Day {
  readonly #scenario: Scenario
  readonly #dialler: Core
  readonly #calendar: Calendar
  readonly #draws: Draws
  readonly #agents: Agents
  readonly #breaks: Breaks
  readonly #lists: ListSource
  #requests = 0

  constructor(scenario: Scenario, dialler: Core, calendar: Calendar, draws: Draws, agents: Agents, lists: ListSource) {
    this.#scenario = scenario
    this.#dialler = dialler
    this.#calendar = calendar
    this.#draws = draws
    this.#agents = agents
    this.#breaks = new Breaks(agents.size)
    this.#lists = lists
  }

  /** Puts the day's events into the calendar, and the contacts on the lists. */
  fill(): void {
    const { campaigns } = this.#scenario
    campaigns.forEach((campaign, index) => {
      this.#lists.add(
        index,
        campaign.list.endless ? Math.max(topUp, campaign.list.contacts) : campaign.list.contacts,
        0
      )
      campaign.changes.forEach((change, number) => {
        this.#calendar.push(change.atSeconds * 1_000, Kind.change, index, number)
      })
      campaign.switches?.forEach(({ atSeconds }, number) => {
        this.#calendar.push(atSeconds * 1_000, Kind.switches, index, number)
      })
      if (this.#lists.ordersByHour(index)) this.#orderAgain(index, 0)
      if (campaign.list.requestsPerHour > 0) this.#nextRequest(index, 0)
      // Agents end the day of the other campaigns; nobody goes home from an automatic one.
      this.#calendar.push(this.#scenario.day.lengthMillis, Kind.closes, index, 0)
    })
    for (let agent = 0; agent < this.#agents.size; agent += 1) {
      const [start, end] = this.#agents.shift(agent)
      // The spread of a short shift can send somebody home before coming: not at work that day.
      if (end <= start) continue
      this.#calendar.push(start, Kind.signIn, agent, 0)
      for (const [at, length] of this.#agents.breaks(agent)) this.#calendar.push(at, Kind.pause, agent, length)
      if (end < Number.POSITIVE_INFINITY) this.#calendar.push(end, Kind.signOut, agent, 0)
    }
  }

  /** The list is put in order at the next full hour. */
  #orderAgain(campaign: number, after: number): void {
    const { lengthMillis, startMinutes } = this.#scenario.day
    const minutes = startMinutes + after / 60_000
    const at = after + (60 - (minutes % 60)) * 60_000
    if (at < lengthMillis) this.#calendar.push(at, Kind.order, campaign, 0)
  }

  #nextRequest(campaign: number, after: number): void {
    this.#requests += 1
    this.#draws.at(Source.arrival + sourcesOf(campaign), this.#requests, 0)
    const mean = 3_600_000 / this.#scenario.campaigns[campaign].list.requestsPerHour
    const at = after + Math.round(this.#draws.nextExponential(mean))
    if (at < this.#scenario.day.lengthMillis) this.#calendar.push(at, Kind.request, campaign, 0)
  }

  /** Something of the day happens. */
  happen(kind: number, subject: number, detail: number, now: number): void {
    const dialler = this.#dialler
    switch (kind) {
      case Kind.signIn:
        dialler.agentSignedIn(subject, now)
        break
      case Kind.signOut:
        dialler.agentSignsOut(subject, now)
        break
      case Kind.pause:
        if (dialler.agents.state[subject] === AgentState.signedOut) break
        this.#breaks.due(subject, detail)
        if (dialler.agents.state[subject] === AgentState.paused) this.leaves(subject, now)
        else dialler.agentPauses(subject, now)
        break
      case Kind.back:
        if (this.#breaks.number(subject) === detail) dialler.agentReturns(subject, now)
        break
      case Kind.takes:
        this.#manualAgent(subject, now)
        break
      case Kind.request:
        this.#lists.request(subject, now)
        this.#nextRequest(subject, now)
        break
      case Kind.change: {
        const change = this.#scenario.campaigns[subject].changes[detail]
        dialler.change(subject, change.mode, change.pacing, now)
        break
      }
      case Kind.switches: {
        const { on, segment } = this.#scenario.campaigns[subject].switches![detail]
        dialler.switchSegment(subject, segment, on, now)
        break
      }
      case Kind.order:
        this.#lists.order(subject, now)
        this.#orderAgain(subject, now)
        break
      case Kind.objected:
        this.#lists.withdraw(subject, detail)
        break
      case Kind.closes:
        if (dialler.campaigns[subject].mode.servedBy === "script") dialler.pause(subject, now)
        break
      case Kind.listLow:
        if (dialler.campaigns[subject].list.freshCount === 0) this.#lists.add(subject, topUp, now)
        break
    }
  }

  /** The agent goes on a break now, and comes back when it is over. */
  leaves(agent: number, now: number): void {
    this.#calendar.push(now + this.#breaks.begin(agent), Kind.back, agent, this.#breaks.number(agent))
  }

  /** A free agent of a manual campaign asks for a contact. */
  #manualAgent(agent: number, now: number): void {
    const dialler = this.#dialler
    if (dialler.agents.state[agent] !== AgentState.ready) return
    for (const campaign of dialler.campaigns) {
      if (campaign.mode.takenBy !== "agent" || !campaign.groups.includes(dialler.agents.group[agent])) continue
      if (dialler.agentTakes(agent, campaign.index, now)) return
    }
    if (this.#scenario.day.lengthMillis > now) this.#calendar.push(now + askAgainMillis, Kind.takes, agent, 0)
  }
}
