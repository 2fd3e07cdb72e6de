import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { AgentState } from "../../src/domain/AgentState.ts"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import { modeNames } from "../../src/domain/Mode.ts"
import { Outcome } from "../../src/domain/Outcome.ts"
import type { PacingSettings } from "../../src/domain/Pacing.ts"
import { CallState } from "../../src/dialler/CallTable.ts"
import { ContactState } from "../../src/dialler/ContactList.ts"
import type { DiallerSettings } from "../../src/dialler/DiallerSettings.ts"
import { CheckedFloor } from "./CheckedFloor.ts"
import { settingsOf } from "./TestFloor.ts"

const int = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))
const few = <S extends Schema.Constraint>(of: S, minimum: number, maximum: number) =>
  Schema.Array(of).check(Schema.isMinLength(minimum), Schema.isMaxLength(maximum))

const Campaign = Schema.Struct({
  mode: int(0, 5),
  pacing: int(0, 7),
  /** Bits: the groups that serve it. */
  groups: int(1, 3),
  priority: int(0, 1),
  linesMax: int(1, 8),
  callsPerSecond: int(0, 3),
  contacts: int(0, 30),
  /** Bits: reading time, wrap limit, detection, message, retries, late waits, callers, no place in their queue. */
  traits: int(0, 255)
})
const Floor = Schema.Struct({
  groups: few(Schema.Struct({ agents: int(1, 4), alwaysOn: Schema.Boolean }), 2, 2),
  campaigns: few(Campaign, 1, 3),
  trunkLines: int(1, 12),
  trunkCallsPerSecond: int(0, 3),
  ringingReported: Schema.Boolean,
  /** Whether everybody is signed in from the start. */
  staffed: Schema.Boolean
})
const Step = Schema.Struct({ what: int(0, 42), who: int(0, 999), wait: int(0, 9), legal: int(0, 5) })
const Steps = few(Step, 0, 400)
type FloorSpec = typeof Floor.Type
type StepSpec = typeof Step.Type

const waits = [0, 0, 0, 1, 200, 500, 1_000, 2_000, 3_500, 9_000]
/** Now and then longer than the hour a skipped contact stays away. */
const waitOf = ({ wait, who }: StepSpec): number => (wait === 9 && who < 50 ? 3_700_000 : waits[wait])
/** Steps that send everybody home come more rarely. */
const isRare = ({ who }: StepSpec): boolean => who % 4 === 0
const rates = [1, 3, 7, Number.POSITIVE_INFINITY]
const pacings: ReadonlyArray<PacingSettings> = [
  { kind: "fixed-ratio", linesPerAgent: 1 },
  { kind: "fixed-ratio", linesPerAgent: 2.5 },
  { kind: "pickup-rate", rate: 0.3 },
  { kind: "one-per-agent" },
  { kind: "look-ahead", abandonTarget: 0.03, release: true, priceStart: 0.3, gain: 0.1, guard: false },
  { kind: "look-ahead", abandonTarget: 0.03, release: false, priceStart: 0.05, gain: 0.05, guard: true },
  {
    kind: "vicidial",
    method: "average",
    level: 2,
    levelMax: 3,
    dropLimit: 0.03,
    availableOnly: false,
    intensity: 0,
    differenceTarget: 0,
    taperEnd: 2100
  },
  { kind: "unicom", adjust: 100, silentTarget: 0.03 }
]
const failures = [Outcome.busy, Outcome.noAnswer, Outcome.rejected, Outcome.invalid, Outcome.congestion]
const again = { delayMillis: 5_000, attemptsMax: 3 }

const has = (traits: number, bit: number): boolean => (traits & (1 << bit)) !== 0
const pacingOf = (mode: number, pacing: number): PacingSettings =>
  modeNames[mode] === "automatic" ? { kind: "lines", linesMax: 3, callsPerSecondMax: 4 } : pacings[pacing]

const campaignOf = (spec: typeof Campaign.Type, index: number): CampaignSettings =>
  settingsOf({
    name: `k${index}`,
    mode: modeNames[spec.mode],
    pacing: pacingOf(spec.mode, spec.pacing),
    groups: ["g0", "g1"].filter((_, group) => has(spec.groups, group)),
    priority: spec.priority,
    linesMax: spec.linesMax,
    callsPerSecondMax: rates[spec.callsPerSecond],
    readingMillis: has(spec.traits, 0) ? 3_000 : 0,
    previewMillisMax: 10_000,
    wrapMillisMax: has(spec.traits, 1) ? 4_000 : Number.POSITIVE_INFINITY,
    detection: has(spec.traits, 2),
    abandonMessage: has(spec.traits, 3),
    retry: has(spec.traits, 4) ? { busy: again, "no-answer": again, connected: again, abandoned: again } : {},
    attemptsMax: 5,
    dropMillis: has(spec.traits, 5) ? 5_000 : 2_000,
    queue: has(spec.traits, 6) ? { callersMax: has(spec.traits, 7) ? 0 : 2, waitMillisMax: 4_000 } : null
  })

const settingsFor = (floor: FloorSpec): DiallerSettings => ({
  groups: floor.groups.map((group, index) => ({ name: `g${index}`, ...group })),
  campaigns: floor.campaigns.map(campaignOf),
  trunk: {
    linesMax: floor.trunkLines,
    callsPerSecondMax: rates[floor.trunkCallsPerSecond],
    ringingReported: floor.ringingReported
  },
  startMinutes: 600
})

/** An agent in one of the states, or any agent where the step is to be out of place; -1 without one. */
const agentFor = (floor: CheckedFloor, step: StepSpec, ...wanted: ReadonlyArray<number>): number => {
  const { agents } = floor.dialler
  if (step.legal === 0) return step.who % agents.size
  const fit = [...agents.state.keys()].filter((agent) => wanted.includes(agents.state[agent]))
  return fit.length === 0 ? -1 : fit[step.who % fit.length]
}
const callFor = (floor: CheckedFloor, step: StepSpec, ...wanted: ReadonlyArray<number>): number => {
  const { state } = floor.dialler.calls
  if (step.legal === 0) return step.who % Math.min(12, state.length)
  const fit = [...state.keys()].filter((call) => wanted.includes(state[call]))
  return fit.length === 0 ? -1 : fit[step.who % fit.length]
}

const agentStep = (floor: CheckedFloor, step: StepSpec): void => {
  const at = (agent: number, event: (agent: number) => void) => {
    if (agent >= 0) event(agent)
  }
  const { dialler, now } = floor
  const { paused, preview, ready, reserved, signedOut, talk, wrap } = AgentState
  switch (step.what) {
    case 0:
    case 1:
    case 2:
      return at(agentFor(floor, step, signedOut), (agent) => dialler.agentSignedIn(agent, now))
    case 3:
      return at(agentFor(floor, step, ready, talk, reserved, wrap), (agent) => dialler.agentPauses(agent, now))
    case 4:
      if (!isRare(step)) return
      return at(agentFor(floor, step, ready, talk, preview), (agent) => dialler.agentSignsOut(agent, now))
    case 5:
    case 6:
      return at(agentFor(floor, step, paused), (agent) => dialler.agentReturns(agent, now))
    case 7:
      if (!isRare(step)) return
      return at(agentFor(floor, step, reserved, preview, talk, AgentState.hold, wrap), (agent) =>
        dialler.agentLost(agent, now)
      )
    case 8:
    case 9:
      return at(agentFor(floor, step, ready), (agent) => {
        dialler.agentTakes(agent, step.who % dialler.campaigns.length, now)
      })
    case 10:
    case 11:
      return at(agentFor(floor, step, preview), (agent) => dialler.agentDials(agent, now))
    case 12:
      return at(agentFor(floor, step, preview), (agent) => {
        floor.skipped(agent, now + 3_600_000)
        dialler.agentSkips(agent, now)
      })
    case 13:
    case 14:
    case 15:
      return at(agentFor(floor, step, reserved), (agent) => dialler.agentAnswered(agent, now))
    case 16:
      return at(agentFor(floor, step, reserved), (agent) => dialler.agentMissed(agent, now))
    default:
      return at(agentFor(floor, step, wrap), (agent) => dialler.wrapUpDone(agent, now))
  }
}

const callStep = (floor: CheckedFloor, step: StepSpec): void => {
  const at = (call: number, event: (call: number) => void) => {
    if (call >= 0) event(call)
  }
  const { dialler, now } = floor
  const { detecting, ending, hold, joining, ringing, script, talk, waiting } = CallState
  switch (step.what) {
    case 20:
      return at(callFor(floor, step, ringing), (call) => {
        floor.rings(call)
        dialler.ringing(call, now)
      })
    case 21:
    case 22:
    case 23:
      return at(callFor(floor, step, ringing, ringing, ending), (call) => dialler.answered(call, now))
    case 24:
      return at(callFor(floor, step, detecting), (call) => dialler.detected(call, step.who % 2 === 0, now))
    case 25:
      return at(callFor(floor, step, script), (call) => dialler.scriptEnded(call, step.who % 2 === 0, now))
    case 26:
      return at(callFor(floor, step, ringing), (call) => dialler.failed(call, failures[step.who % 5], now))
    case 27:
      return at(callFor(floor, step, talk, hold), (call) => dialler.ended(call, now, step.who % 3 === 0))
    case 28:
      if (!isRare(step)) return
      return at(callFor(floor, step, waiting, joining, detecting, ringing, script), (call) => dialler.ended(call, now))
    case 29:
      return at(callFor(floor, step, talk), (call) => dialler.held(call, now))
    case 30:
      return at(callFor(floor, step, hold), (call) => dialler.resumed(call, now))
    default:
      return at(floor.toConfirm[0] ?? -1, (call) => dialler.ended(call, now))
  }
}

const campaignStep = (floor: CheckedFloor, step: StepSpec): void => {
  const { dialler, now } = floor
  const campaign = step.who % dialler.campaigns.length
  switch (step.what) {
    case 32:
      dialler.addContacts(campaign, 1 + (step.who % 3), step.who % 2, now)
      return
    case 33:
      dialler.requestCallback(campaign, 0, now)
      return
    case 34: {
      const mode = step.who % 6
      return dialler.change(campaign, modeNames[mode], pacingOf(mode, (step.who >> 3) % pacings.length), now)
    }
    case 36:
      if (!isRare(step)) return
      return step.who % 2 === 0 ? dialler.stopping.stop(now) : dialler.stopping.interrupted(now)
    default:
      return isRare(step) ? dialler.pause(campaign, now) : dialler.resume(campaign, now)
  }
}

/** Somebody calls us, or is handed to another agent. */
const arrivalStep = (floor: CheckedFloor, step: StepSpec): void => {
  const { dialler, now } = floor
  const campaign = step.who % dialler.campaigns.length
  const { list } = dialler.campaigns[campaign]
  if (step.what >= 40) {
    const call = callFor(floor, step, CallState.talk, CallState.hold)
    const to = agentFor(floor, step, AgentState.ready)
    if (call >= 0) dialler.arrivals.handOver(call, to, now)
    return
  }
  const contact = step.what === 37 || list.size === 0 ? dialler.arrivals.addCaller(campaign, 0) : step.who % list.size
  dialler.arrivals.arrives(campaign, contact, now)
}

/** Brings everything under way to its end. */
const drain = (floor: CheckedFloor): void => {
  const { agents, calls, campaigns } = floor.dialler
  for (const campaign of campaigns) floor.does((dialler, now) => dialler.pause(campaign.index, now))
  for (let round = 0; round < 4; round += 1) {
    for (let call = 0; call < calls.state.length; call += 1) {
      if (calls.state[call] !== CallState.free) floor.does((dialler, now) => dialler.ended(call, now))
    }
    for (let agent = 0; agent < agents.size; agent += 1) {
      floor.does((dialler, now) => dialler.wrapUpDone(agent, now))
      floor.does((dialler, now) => dialler.agentSignsOut(agent, now))
    }
  }
}

const run = (spec: FloorSpec, steps: ReadonlyArray<StepSpec>): CheckedFloor => {
  const floor = new CheckedFloor(settingsFor(spec))
  spec.campaigns.forEach(({ contacts }, campaign) => {
    floor.does((dialler, now) => void dialler.addContacts(campaign, contacts, 0, now))
  })
  if (spec.staffed) {
    for (let agent = 0; agent < floor.dialler.agents.size; agent += 1) {
      floor.does((dialler, now) => dialler.agentSignedIn(agent, now))
    }
  }
  for (const step of steps) {
    floor.pass(waitOf(step))
    floor.does(() => {
      if (step.what < 20) agentStep(floor, step)
      else if (step.what < 32) callStep(floor, step)
      else if (step.what < 37) campaignStep(floor, step)
      else arrivalStep(floor, step)
    })
  }
  return floor
}

describe("whatever happens on the floor", () => {
  it.prop(
    "the core keeps its rules after every event, and its books balance at the end",
    { spec: Floor, steps: Steps },
    ({ spec, steps }) => {
      const floor = run(spec, steps)
      drain(floor)
      assert.strictEqual(floor.dialler.calls.size, 0, "calls left")
      assert.strictEqual(floor.callsUp, 0, "attempts left open")
      assert.strictEqual(
        floor.outcomes.reduce((sum, count) => sum + count, 0),
        floor.dialled,
        "every call placed is one attempt"
      )
      assert.strictEqual(floor.arrivals, floor.arrived, "every call that arrived is over")
      for (const { callers, list } of floor.dialler.campaigns) {
        const states = list.state.subarray(0, list.size)
        assert.strictEqual(list.closed, states.filter((state) => state === ContactState.closed).length)
        assert.isFalse(states.includes(ContactState.inWork), "a contact is left in work")
        assert.isBelow(callers.size, 1_000)
      }
    },
    { arbitrary: { runs: 1_000, size: 400, seed: 20_260_101 } }
  )
  it.prop(
    "the same events give the same commands",
    { spec: Floor, steps: Steps },
    ({ spec, steps }) => assert.deepStrictEqual(run(spec, steps).log, run(spec, steps).log),
    { arbitrary: { runs: 50, size: 400, seed: 7 } }
  )
})
