import { knowsNothing } from "../../src/domain/Campaign.ts"
import { assert } from "@effect/vitest"
import { agentStateNames } from "../../src/domain/AgentState.ts"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import type { ModeName } from "../../src/domain/Mode.ts"
import { Outcome, outcomeNames } from "../../src/domain/Outcome.ts"
import type { PacingSettings } from "../../src/domain/Pacing.ts"
import { reasonNames } from "../../src/dialler/compliance/Reason.ts"
import { CallFlag, CallState } from "../../src/dialler/CallTable.ts"
import type { TrunkLimits } from "../../src/dialler/CoreState.ts"
import { Dialler } from "../../src/dialler/Dialler.ts"
import { FlowAction } from "../../src/dialler/flow/FlowProgram.ts"
import type { Port } from "../../src/dialler/Port.ts"

export interface FloorOptions {
  /** One campaign unless more are named; `contacts` are on its list from the start (3 unless told). */
  readonly campaigns?: ReadonlyArray<Partial<CampaignSettings> & { readonly contacts?: number }>
  /** One group "team" of 2 agents with always-on legs unless told. Agents are numbered through all groups. */
  readonly groups?: ReadonlyArray<{ readonly name: string; readonly agents: number; readonly alwaysOn: boolean }>
  readonly trunk?: Partial<TrunkLimits>
  /** Whether the far end confirms a hang-up at once; otherwise the test says when, with `ends`. */
  readonly confirms?: boolean
}

export const team = (agents: number, alwaysOn = true) => [{ name: "team", agents, alwaysOn }]

/** A campaign of 20 s ring limit and 2 s wait limit, without retries. */
export const settingsOf = (given: Partial<CampaignSettings>): CampaignSettings => ({
  name: "x",
  mode: "progressive",
  pacing:
    given.mode === "automatic"
      ? { kind: "lines", linesMax: 100, callsPerSecondMax: Number.POSITIVE_INFINITY }
      : pacingOf(given.mode),
  groups: ["team"],
  priority: 0,
  ringMillisMax: 20_000,
  ringMillisMin: 15_000,
  waitMillisMax: 2_000,
  dropMillis: 2_000,
  abandonLimit: 0.03,
  abandonMessage: false,
  linesMax: 1_000,
  callsPerSecondMax: Number.POSITIVE_INFINITY,
  previewMillisMax: 30_000,
  readingMillis: 0,
  wrapMillisMax: Number.POSITIVE_INFINITY,
  detection: false,
  retry: {},
  law: null,
  rules: null,
  goal: "none",
  callerIds: null,
  queue: null,
  flow: null,
  known: knowsNothing,
  attemptsMax: 10,
  expected: { pickupRate: 0.25, ringMillis: 8_000, talkMillis: 120_000, wrapMillis: 20_000 },
  ...given
})
const pacingOf = (mode: ModeName | undefined): PacingSettings =>
  mode === "predictive" ? { kind: "fixed-ratio", linesPerAgent: 1 } : { kind: "one-per-agent" }

const againMax = 20

/**
 * A floor on which the test says what happens and reads what the core commands: lines such as `5000 connect c0 a1`.
 * Agents are a0, a1, ...; contacts c0, c1, ..., with the campaign's name before them where there are several. Events of
 * an instant come before its timers, as in every driver.
 */
export class TestFloor implements Port {
  now = 0
  readonly dialler: Dialler
  #lines: Array<string> = []
  /** Times the timers ran at one instant. */
  #again = 0
  readonly #confirms: boolean
  readonly #toConfirm: Array<number> = []
  /** The slot a contact's call is in, or was in last. */
  readonly #slots = new Map<string, number>()

  constructor(options: FloorOptions = {}) {
    this.#confirms = options.confirms ?? true
    const campaigns = options.campaigns ?? [{}]
    this.dialler = new Dialler(
      {
        groups: options.groups ?? team(2),
        campaigns: campaigns.map(settingsOf),
        trunk: {
          linesMax: 1_000,
          callsPerSecondMax: Number.POSITIVE_INFINITY,
          ringingReported: false,
          ...options.trunk
        },
        startMinutes: 540
      },
      this
    )
    campaigns.forEach((campaign, index) => this.dialler.addContacts(index, campaign.contacts ?? 3, 0, 0))
    this.#lines = []
  }

  /* ---- time ---- */

  /** Lets time pass up to `now`; what is due at `now` itself comes after the events of that instant. */
  at(now: number): this {
    while (this.dialler.nextTimerAt < now) this.#timers()
    this.now = now
    return this
  }

  /** Lets time pass through `now`. */
  until(now: number): this {
    while (this.dialler.nextTimerAt <= now) this.#timers()
    this.now = now
    return this
  }

  #timers(): void {
    const at = this.dialler.nextTimerAt
    this.#again = at <= this.now ? this.#again + 1 : 0
    assert.isBelow(this.#again, againMax, `the core asks for ${at} again and again`)
    this.now = Math.max(this.now, at)
    this.dialler.timers(this.now)
    this.#settle()
  }

  #settle(): void {
    for (let call = this.#toConfirm.shift(); call !== undefined; call = this.#toConfirm.shift()) {
      this.dialler.ended(call, this.now)
    }
  }

  /** Something else happens at this instant. */
  does(event: (dialler: Dialler, now: number) => void): this {
    event(this.dialler, this.now)
    this.#settle()
    return this
  }

  /* ---- what the core said ---- */

  /** The commands since the last time, and nothing else. */
  expect(...lines: ReadonlyArray<string>): this {
    const said = this.#lines
    this.#lines = []
    assert.deepStrictEqual(said, lines)
    return this
  }

  /** The commands since the last time, without comparing. */
  said(): ReadonlyArray<string> {
    const said = this.#lines
    this.#lines = []
    return said
  }

  /** Of the commands since the last time, those that contain the word. */
  expectOf(word: string, ...lines: ReadonlyArray<string>): this {
    assert.deepStrictEqual(
      this.said().filter((line) => line.includes(` ${word} `)),
      lines
    )
    return this
  }

  #say(line: string): void {
    this.#lines.push(`${this.now} ${line}`)
  }

  /* ---- agents ---- */

  signIn(...agents: ReadonlyArray<number>): this {
    for (const agent of agents) this.does((dialler, now) => dialler.agentSignedIn(agent, now))
    return this
  }
  signOut(agent: number): this {
    return this.does((dialler, now) => dialler.agentSignsOut(agent, now))
  }
  pauses(agent: number): this {
    return this.does((dialler, now) => dialler.agentPauses(agent, now))
  }
  returns(agent: number): this {
    return this.does((dialler, now) => dialler.agentReturns(agent, now))
  }
  lost(agent: number): this {
    return this.does((dialler, now) => dialler.agentLost(agent, now))
  }
  dials(agent: number): this {
    return this.does((dialler, now) => dialler.agentDials(agent, now))
  }
  skips(agent: number): this {
    return this.does((dialler, now) => dialler.agentSkips(agent, now))
  }
  picksUp(agent: number): this {
    return this.does((dialler, now) => dialler.agentAnswered(agent, now))
  }
  misses(agent: number): this {
    return this.does((dialler, now) => dialler.agentMissed(agent, now))
  }
  wrapped(agent: number, disposition = -1, askedAt = -1): this {
    return this.does((dialler, now) => dialler.wrapUpDone(agent, now, disposition, askedAt))
  }
  /** Whether the agent could give the call to the other one. */
  handsOver(contact: string, to: number): boolean {
    let given = false
    this.does((dialler, now) => {
      given = dialler.arrivals.handOver(this.slot(contact), to, now)
    })
    return given
  }
  takes(agent: number, campaign = 0): boolean {
    let taken = false
    this.does((dialler, now) => {
      taken = dialler.agentTakes(agent, campaign, now)
    })
    return taken
  }

  /* ---- calls, by contact; those that arrive have a + behind it ---- */

  /** Contacts call us, one after the other. */
  calls(...contacts: ReadonlyArray<number>): this {
    for (const contact of contacts) this.callsIn(0, contact)
    return this
  }
  callsIn(campaign: number, contact: number): this {
    return this.does((dialler, now) => dialler.arrivals.arrives(campaign, contact, now))
  }

  answers(contact: string): this {
    return this.does((dialler, now) => dialler.answered(this.slot(contact), now))
  }
  rings(contact: string): this {
    return this.does((dialler, now) => dialler.ringing(this.slot(contact), now))
  }
  fails(contact: string, outcome: keyof typeof Outcome = "busy"): this {
    return this.does((dialler, now) => dialler.failed(this.slot(contact), Outcome[outcome], now))
  }
  ends(contact: string, machine = false): this {
    return this.does((dialler, now) => dialler.ended(this.slot(contact), now, machine))
  }
  detects(contact: string, machine: boolean): this {
    return this.does((dialler, now) => dialler.detected(this.slot(contact), machine, now))
  }
  hears(contact: string, transfer: boolean): this {
    return this.does((dialler, now) => dialler.scriptEnded(this.slot(contact), transfer, now))
  }
  held(contact: string): this {
    return this.does((dialler, now) => dialler.held(this.slot(contact), now))
  }
  resumed(contact: string): this {
    return this.does((dialler, now) => dialler.resumed(this.slot(contact), now))
  }

  /** The slot of the contact's call, or of the last one it had. */
  slot(contact: string): number {
    const slot = this.#slots.get(contact)
    return slot === undefined ? assert.fail(`${contact} has had no call`) : slot
  }

  get callsUp(): number {
    const { state } = this.dialler.calls
    return state.reduce((count, each) => count + (each === CallState.free ? 0 : 1), 0)
  }

  /* ---- the port ---- */

  #contactOf(campaign: number, contact: number): string {
    return this.dialler.campaigns.length === 1
      ? `c${contact}`
      : `${this.dialler.campaigns[campaign].settings.name}${contact}`
  }
  #nameOf(call: number): string {
    const { calls, campaigns } = this.dialler
    const contact = `c${calls.contact[call]}`
    const named = campaigns.length === 1 ? contact : `${campaigns[calls.campaign[call]].settings.name}:${contact}`
    // The same person may be in a call of ours and in one that arrived.
    const name = (calls.flags[call] & CallFlag.arrived) === 0 ? named : `${named}+`
    this.#slots.set(name, call)
    return name
  }

  dial(call: number): void {
    this.#say(`dial ${this.#nameOf(call)}`)
  }
  hangUp(call: number): void {
    this.#say(`hangUp ${this.#nameOf(call)}`)
    if (this.#confirms) this.#toConfirm.push(call)
  }
  welcome(call: number): void {
    this.#say(`welcome ${this.#nameOf(call)}`)
  }
  turnAway(campaign: number, contact: number): void {
    this.#say(`turnAway ${this.#contactOf(campaign, contact)}`)
  }
  queueOver(call: number): void {
    this.#say(`queueOver ${this.#nameOf(call)}`)
    if (this.#confirms) this.#toConfirm.push(call)
  }
  handedOver(call: number, next: number): void {
    this.#say(`handedOver ${this.#nameOf(call)} to ${this.#nameOf(next)}`)
  }
  arrivalClosed(call: number): void {
    const { outcome, retryAt } = this.dialler.calls
    const again = retryAt[call] >= 0 ? ` again ${retryAt[call]}` : ""
    this.#say(`closed ${this.#nameOf(call)} ${outcomeNames[outcome[call]]}${again}`)
  }
  ringAgent(agent: number, call: number): void {
    this.#say(`ring a${agent} ${this.#nameOf(call)}`)
  }
  releaseAgent(agent: number): void {
    this.#say(`release a${agent}`)
  }
  connect(call: number, agent: number): void {
    this.#say(`connect ${this.#nameOf(call)} a${agent}`)
  }
  preview(agent: number, call: number): void {
    this.#say(`preview a${agent} ${this.#nameOf(call)}`)
  }
  wrapUp(agent: number, call: number): void {
    this.#say(`wrapUp a${agent} ${this.#nameOf(call)}`)
  }
  detect(call: number): void {
    this.#say(`detect ${this.#nameOf(call)}`)
  }
  startScript(call: number): void {
    this.#say(`script ${this.#nameOf(call)}`)
  }
  playAbandoned(call: number): void {
    this.#say(`message ${this.#nameOf(call)}`)
  }
  agentChanged(agent: number): void {
    this.#say(`a${agent} ${agentStateNames[this.dialler.agents.state[agent]]}`)
  }
  attemptClosed(call: number): void {
    const { flags, outcome, retryAt } = this.dialler.calls
    const words: Array<string> = [outcomeNames[outcome[call]]]
    if ((flags[call] & CallFlag.late) !== 0) words.push("late")
    if ((flags[call] & CallFlag.silent) !== 0) words.push("silent")
    if (retryAt[call] >= 0) words.push(`again ${retryAt[call]}`)
    this.#say(`closed ${this.#nameOf(call)} ${words.join(" ")}`)
  }
  /** What the contact's fields and the script say, where a test has them. */
  fits: Port["fits"] = () => false
  answersTo: Port["answersTo"] = () => []
  flowDoes(call: number, action: number, step: number, turn: number): void {
    const word = Object.entries(FlowAction).find(([, code]) => code === action)?.[0] ?? "?"
    this.#say(`flow ${this.#nameOf(call)} ${word} step ${step} turn ${turn}`)
  }
  flowLooks: Port["flowLooks"] = () => 0
  flowSets(call: number, step: number): void {
    this.#say(`set ${this.#nameOf(call)} step ${step}`)
  }
  answered(call: number, step: number, keys: string): void {
    this.#say(`keys ${this.#nameOf(call)} step ${step} ${keys}`)
  }
  ruled(call: number, verdict: Parameters<Port["ruled"]>[1]): void {
    const set = verdict.settings.slice(0, verdict.settingCount).map(({ name, of, value }) => `${of} ${name}=${value}`)
    const words = [...set, ...(verdict.doNotCall ? ["doNotCall"] : []), ...(verdict.result >= 0 ? ["result"] : [])]
    this.#say(`ruled ${this.#nameOf(call)} ${words.join(" ")}`)
  }
  moved(campaign: number, contact: number, target: number): void {
    this.#say(`moved ${this.#contactOf(campaign, contact)} to ${target}`)
  }
  heldBack(campaign: number, contact: number, reason: number, until: number): void {
    this.#say(`heldBack ${this.#contactOf(campaign, contact)} ${reasonNames[reason]} until ${until}`)
  }
  campaignDone(campaign: number): void {
    this.#say(`done campaign ${campaign}`)
  }
  listLow(campaign: number): void {
    this.#lowLists.push(campaign)
  }
  readonly #lowLists: Array<number> = []
  /** Campaigns whose lists ran low, since the last time. */
  lowLists(): ReadonlyArray<number> {
    return this.#lowLists.splice(0)
  }
}
