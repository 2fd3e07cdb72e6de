import { assert, describe, it } from "@effect/vitest"
import { CallState } from "../../src/dialler/CallTable.ts"
import { Closed } from "../../src/dialler/ContactList.ts"
import { callOf, type ContactMemory, type ContactView, noMemory, statusOf } from "../../src/dialler/contactStatus.ts"
import { ContactStatus, contactStatusMeanings, contactStatusNames } from "../../src/domain/ContactStatus.ts"
import type { Outcome } from "../../src/domain/Outcome.ts"
import type { Rule } from "../../src/domain/rules/Rule.ts"
import { lawOf, onlyRules } from "./compliance/setting.ts"
import { type FloorOptions, team, TestFloor } from "./TestFloor.ts"

const hour = 3_600_000
const ratio = (linesPerAgent: number) => ({ kind: "fixed-ratio", linesPerAgent }) as const
const predictive = { mode: "predictive", pacing: ratio(1) } as const
const again = { delayMillis: 60_000, attemptsMax: 2 }

/** Names seen in any of the tests. */
const seen = new Set<string>()

const viewOf = (floor: TestFloor, contact: number, memory: ContactMemory = noMemory): ContactView => {
  const [campaign] = floor.dialler.campaigns
  const { calls } = floor.dialler
  const view = statusOf(campaign, calls, contact, callOf(campaign, calls, contact), memory)
  seen.add(contactStatusNames[view.status])
  return view
}

/** The state, attempts, agent, and what comes next: `retry-planned 1 a-1 61000 rule`. */
const lineOf = (floor: TestFloor, contact = 0, memory: ContactMemory = noMemory): string => {
  const { agent, attempts, nextAt, promisedTo, reason, status, why } = viewOf(floor, contact, memory)
  const words = [contactStatusNames[status], attempts, agent < 0 ? "-" : `a${agent}`]
  if (why !== "none") words.push(nextAt ?? "-", why)
  if (reason !== "none") words.push(reason)
  if (promisedTo !== null) words.push(promisedTo < 0 ? "anyone" : `for a${promisedTo}`)
  return words.join(" ")
}
const shows = (floor: TestFloor, line: string, contact = 0): TestFloor => {
  assert.strictEqual(lineOf(floor, contact), line)
  return floor
}
const rules = (...given: ReadonlyArray<Rule>) => ({ campaigns: [{ rules: given, contacts: 1 }] }) satisfies FloorOptions

describe("a contact of a campaign", () => {
  it("is new, dialled, talks, is coded, and is done", () => {
    const floor = new TestFloor()
    shows(floor, "new 0 - - turn")
    shows(floor.signIn(0).at(1_000), "dialling 1 a0")
    shows(floor.answers("c0"), "in-call 1 a0")
    shows(floor.held("c0"), "in-call 1 a0")
    shows(floor.resumed("c0").at(9_000).ends("c0"), "after-call 1 a0")
    shows(floor.wrapped(0), "done 1 -")
    assert.strictEqual(viewOf(floor, 0).lastOutcome, "connected")
    assert.strictEqual(lineOf(floor, 0, { ...noMemory, lastAgent: () => 0 }), "done 1 a0")
  })
  it("has its card read first, and may be passed over by the agent", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ mode: "preview" }] })
    shows(floor.signIn(0), "before-call 0 a0")
    floor.at(4_000).skips(0)
    const memory: ContactMemory = {
      ...noMemory,
      lastAgent: (contact) => (contact === 0 ? 0 : -1),
      isRefused: (contact) => contact === 0
    }
    assert.strictEqual(lineOf(floor, 0, memory), `refused 0 a0 ${4_000 + hour} refused`)
    // What the list alone tells.
    shows(floor, `new 0 - ${4_000 + hour} turn`)
    assert.strictEqual(lineOf(floor, 1, memory), "before-call 0 a0")
  })
  it("has the call of its own campaign, as long as there is one", () => {
    const floor = new TestFloor({ campaigns: [{ name: "x" }, { name: "y" }] })
    const [x, y] = floor.dialler.campaigns
    const { calls } = floor.dialler
    floor.signIn(0, 1)
    assert.deepStrictEqual([callOf(x, calls, 0), callOf(y, calls, 0)], [floor.slot("x:c0"), floor.slot("y:c0")])
    const slot = floor.slot("x:c0")
    floor.fails("x:c0")
    assert.strictEqual(callOf(x, calls, 0), -1)
    assert.notStrictEqual(callOf(y, calls, 0), slot)
  })
  it("is assigned while the agent's phone rings first, and while no line is free", () => {
    const floor = new TestFloor({ groups: team(1, false) })
    shows(floor.signIn(0), "assigned 0 a0")
    shows(floor.picksUp(0), "dialling 1 a0")
    const full = new TestFloor({ groups: team(2), campaigns: [{ mode: "preview", linesMax: 1 }] })
    full.signIn(0, 1).dials(0).dials(1)
    shows(full, "dialling 1 a0")
    shows(full, "assigned 0 a1", 1)
  })
  it("waits for an agent, and is assigned when one's phone rings", () => {
    const floor = new TestFloor({ groups: team(2, false), campaigns: [{ ...predictive, dropMillis: 9_000 }] })
    floor.signIn(0).answers("c0").at(1_000).misses(0)
    shows(floor, "waiting-for-agent 1 -")
    shows(floor.signIn(1), "assigned 1 a1")
  })
  it("is dialled as long as nobody was heard, and in a call with the script", () => {
    const detected = new TestFloor({ campaigns: [{ ...predictive, detection: true }] })
    shows(detected.signIn(0).answers("c0"), "dialling 1 -")
    shows(detected.detects("c0", false), "in-call 1 a0")
    const scripted = new TestFloor({ campaigns: [{ mode: "automatic", contacts: 1 }] })
    scripted.does((dialler, now) => dialler.resume(0, now))
    shows(scripted.answers("c0"), "in-call 1 -")
  })
  it("is still dialled, or in a call, while the far end is to confirm the end", () => {
    const floor = new TestFloor({ confirms: false, groups: team(1), campaigns: [{ ...predictive, pacing: ratio(2) }] })
    floor.signIn(0).answers("c0").answers("c1").until(2_000)
    assert.strictEqual(floor.dialler.calls.state[floor.slot("c1")], CallState.ending)
    shows(floor, "in-call 1 -", 1)
    const unanswered = new TestFloor({ confirms: false })
    unanswered.signIn(0).until(20_000)
    assert.strictEqual(unanswered.dialler.calls.state[unanswered.slot("c0")], CallState.ending)
    shows(unanswered, "dialling 1 a0")
  })
})

describe("a contact that was called", () => {
  it("waits for the call its rule planned, then has failed", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ contacts: 1, retry: { busy: again } }] })
    shows(floor.signIn(0).at(1_000).fails("c0"), "retry-planned 1 - 61000 rule")
    assert.strictEqual(viewOf(floor, 0).lastOutcome, "busy")
    shows(floor.until(61_000).fails("c0"), "call-failed 2 -")
  })
  it("is finished by how the last call ended", () => {
    const ends = (outcome: keyof typeof Outcome, status: string) => {
      const floor = new TestFloor({ groups: team(1), campaigns: [{ contacts: 1 }] })
      shows(floor.signIn(0).at(1_000).fails("c0", outcome), `${status} 1 -`)
    }
    ends("busy", "call-failed")
    ends("noAnswer", "call-failed")
    ends("rejected", "call-failed")
    ends("congestion", "call-failed")
    ends("invalid", "invalid")
    const machine = new TestFloor({ campaigns: [{ ...predictive, detection: true, contacts: 1 }] })
    shows(machine.signIn(0).answers("c0").detects("c0", true), "call-failed 1 -")
    const script = new TestFloor({ campaigns: [{ mode: "automatic", contacts: 1 }] })
    script.does((dialler, now) => dialler.resume(0, now))
    shows(script.answers("c0").hears("c0", false), "done 1 -")
  })
  it("was abandoned, or hung up", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ ...predictive, pacing: ratio(3) }] })
    floor.signIn(0).answers("c0").answers("c1").answers("c2").at(1_000).ends("c1").until(3_000)
    shows(floor, "customer-hung-up 1 -", 1)
    shows(floor, "call-failed 1 -", 2)
  })
  it("is promised a call by its agent, then by anyone", () => {
    const floor = new TestFloor(
      rules({
        name: "again",
        when: { outcome: ["connected"] },
        then: { again: { afterMinutes: 10, by: "same-agent", windowMinutes: 5 } }
      })
    )
    floor.signIn(0).answers("c0").ends("c0").wrapped(0)
    shows(floor, "retry-planned 1 - 600000 promise for a0")
    floor.signOut(0).until(900_000)
    shows(floor, "retry-planned 1 - 600000 promise anyone")
  })
})

describe("a contact that cannot be called", () => {
  const hours = onlyRules({ hours: [{ monFri: ["10:00-20:00"], sat: [], sun: [] }] })
  it("is held back by the law, with its reason", () => {
    const law = lawOf(hours, ["Europe/London"], "2026-11-23T08:00:00Z")
    const floor = new TestFloor({ campaigns: [{ law, contacts: 1 }] })
    shows(floor, "new 0 - - turn")
    shows(floor.signIn(0), `new 0 - ${2 * hour} law hours`)
    shows(floor.until(2 * hour), "dialling 1 a0")
  })
  it("is held back between its calls too", () => {
    const law = lawOf(hours, ["Europe/London"], "2026-11-23T10:00:00Z")
    const late = { busy: { ...again, delayMillis: 12 * hour } }
    const floor = new TestFloor({ groups: team(1), campaigns: [{ law, contacts: 1, retry: late }] })
    shows(floor.signIn(0).fails("c0"), `retry-planned 1 - ${12 * hour} rule`)
    shows(floor.until(12 * hour), `retry-planned 1 - ${24 * hour} law hours`)
  })
  it("is held back though it was promised a call", () => {
    const law = lawOf(hours, ["Europe/London"], "2026-11-23T08:00:00Z")
    const floor = new TestFloor({ campaigns: [{ law, contacts: 1 }] })
    floor.does((dialler) => void dialler.promiseCall(0, 0, 1_000, 2_000, 0))
    shows(floor, "new 0 - 1000 promise for a0")
    shows(floor.signIn(0).until(1_000), `new 0 - ${2 * hour} law hours for a0`)
  })
  it("waits as long as its segment is off, or the filter leaves it out", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ contacts: 1, retry: { busy: again } }] })
    const turn = (on: boolean) => floor.does((dialler, now) => dialler.switchSegment(0, 0, on, now))
    shows(turn(false), "new 0 - - segment-off")
    shows(turn(true).signIn(0).fails("c0"), "retry-planned 1 - 60000 rule")
    shows(turn(false).until(70_000), "retry-planned 1 - - segment-off")
    turn(true)
    const filtered = new TestFloor({ campaigns: [{ contacts: 1 }] })
    filtered.does((dialler, now) => dialler.setFilter(0, Uint8Array.of(1), now))
    assert.strictEqual(lineOf(filtered, 0, { ...noMemory, isLeftOut: () => true }), "new 0 - - filter")
  })
  it("is blocked by the do-not-call list or for good by the law, invalid, or removed", () => {
    const withdrawn = (as: number): TestFloor =>
      new TestFloor({ campaigns: [{ contacts: 1 }] }).does((dialler) => dialler.withdraw(0, 0, as))
    shows(withdrawn(Closed.doNotCall), "blocked 0 -")
    shows(withdrawn(Closed.removed), "removed 0 -")
    shows(withdrawn(Closed.invalid), "invalid 0 -")
    shows(withdrawn(Closed.byRule), "done 0 -")
    const law = lawOf(
      onlyRules({
        caps: [{ count: "attempts", n: 1, window: { kind: "campaign" }, key: "number", per: "campaign" }]
      }),
      ["Europe/London"],
      "2026-11-23T10:00:00Z"
    )
    const floor = new TestFloor({ groups: team(1), campaigns: [{ law, contacts: 1, retry: { busy: again } }] })
    shows(floor.signIn(0).fails("c0").until(60_000), "blocked 1 - attempts-per-campaign")
  })
  it("is removed by a rule, or blocked by one; a call under way shows until it is over", () => {
    const after = (then: Rule["then"]) => {
      const floor = new TestFloor({
        groups: team(1),
        campaigns: [
          { contacts: 1, rules: [{ name: "a", then }], known: { ...knowing, campaigns: ["other"] }, name: "this" }
        ]
      })
      return floor.signIn(0)
    }
    shows(after({ remove: true }).fails("c0"), "removed 1 -")
    shows(after({ campaign: "other" }).fails("c0"), "removed 1 -")
    shows(after({ doNotCall: true }).fails("c0"), "blocked 1 -")
    shows(after({ finish: "sold" }).answers("c0").ends("c0").wrapped(0), "done 1 -")
    const floor = after({ again: { afterMinutes: 1 } }).does((dialler) => dialler.withdraw(0, 0, Closed.doNotCall))
    shows(floor, "dialling 1 a0")
    shows(floor.fails("c0"), "blocked 1 -")
  })
})
const knowing = { dispositions: [], segments: [], questions: [], parameters: [] }

describe("a contact that asked to be called", () => {
  it("waits for an agent", () => {
    const floor = new TestFloor({ campaigns: [{ mode: "callback", contacts: 0 }] })
    floor.does((dialler, now) => void dialler.requestCallback(0, 0, now))
    assert.strictEqual(lineOf(floor, 0, { ...noMemory, isRequest: () => true }), "waiting-for-agent 0 - - turn")
    shows(floor, "new 0 - - turn")
    shows(floor.signIn(0), "before-call 0 a0")
  })
  it("is assigned where it is in work and no call is told", () => {
    const floor = new TestFloor()
    floor.signIn(0)
    const [campaign] = floor.dialler.campaigns
    assert.strictEqual(statusOf(campaign, floor.dialler.calls, 0, -1).status, ContactStatus.assigned)
  })
})

describe("the states of contacts", () => {
  it("have a code, a meaning, and a floor on which each was reached", () => {
    assert.deepStrictEqual(
      Object.values(ContactStatus),
      contactStatusNames.map((_, code) => code)
    )
    assert.deepStrictEqual(Object.keys(contactStatusMeanings), [...contactStatusNames])
    assert.deepStrictEqual([...seen].sort(), [...contactStatusNames].sort())
  })
})
