import { assert, describe, it } from "@effect/vitest"
import { bookOf, decide, noon, ranOf, said, type Told } from "./setting.ts"

const minute = 60_000

/** What one rule without conditions says after an attempt. */
const does = (then: object, told: Told = {}): Readonly<Record<string, unknown>> => {
  const book = bookOf({ then })
  return said(book, decide(book, told))
}

describe("again", () => {
  it("after a delay, counted from the end of the attempt", () => {
    assert.deepStrictEqual(does({ again: { afterMinutes: 10 } }), { kind: "again", dueAt: noon + 10 * minute })
    assert.deepStrictEqual(does({ again: { afterMinutes: 0 } }), { kind: "again", dueAt: noon })
    assert.deepStrictEqual(does({ again: { afterMinutes: 0.5 } }, { now: 7 }), { kind: "again", dueAt: 30_007 })
  })
  it("spread over a span: evenly, another delay for every attempt and contact, always the same for one", () => {
    const book = bookOf({ then: { again: { afterMinutes: { from: 5, to: 10 } } } })
    const delay = (contact: number, attempts: number) => decide(book, { contact, attempts, now: 0 }).dueAt
    const bins = Array<number>(10).fill(0)
    for (let contact = 0; contact < 10_000; contact += 1) {
      for (const attempts of [1, 2]) {
        const millis = delay(contact, attempts)
        assert.isTrue(Number.isInteger(millis) && millis >= 5 * minute && millis <= 10 * minute)
        bins[Math.min(9, Math.floor((millis - 5 * minute) / (minute / 2)))] += 1
      }
    }
    // 2,000 in each bin; the standard deviation is 42.
    assert.isTrue(
      bins.every((count) => Math.abs(count - 2_000) < 200),
      bins.join(" ")
    )
    assert.strictEqual(delay(17, 1), delay(17, 1))
    assert.notStrictEqual(delay(17, 1), delay(17, 2))
    assert.notStrictEqual(delay(17, 1), delay(18, 1))
    // Neighbours are no more alike than strangers: half of them are more than 0.29 of the span apart.
    const apart = Array.from({ length: 1_000 }, (_, i) => Math.abs(delay(i, 1) - delay(i + 1, 1)) / (5 * minute))
    assert.isTrue(Math.abs(apart.filter((each) => each > 1 - Math.SQRT1_2).length - 500) < 80)
  })
  it("spread over a span reaches both ends of it", () => {
    const book = bookOf({ then: { again: { afterMinutes: { from: 0, to: 2 / minute } } } })
    const delays = new Set(Array.from({ length: 100 }, (_, contact) => decide(book, { contact, now: 0 }).dueAt))
    assert.deepStrictEqual([...delays].sort(), [0, 1, 2])
  })
  it("at a time of the contact's clock", () => {
    const at = (days: number, time: string, told: Told = {}) =>
      new Date(Number(does({ again: { at: { days, time } } }, told)["dueAt"])).toISOString()
    assert.strictEqual(at(1, "10:00"), "2026-11-22T09:00:00.000Z")
    assert.strictEqual(at(0, "18:30"), "2026-11-21T17:30:00.000Z")
    assert.strictEqual(at(0, "12:00"), "2026-11-21T11:00:00.000Z")
    assert.strictEqual(at(1, "10:00", { zone: "America/New_York" }), "2026-11-22T15:00:00.000Z")
    // It is Sunday in Auckland already.
    assert.strictEqual(at(1, "10:00", { zone: "Pacific/Auckland" }), "2026-11-22T21:00:00.000Z")
  })
  it("at a time that is over today is tomorrow's", () => {
    const at = (time: string) => Number(does({ again: { at: { days: 0, time } } })["dueAt"])
    assert.strictEqual(at("11:59"), Date.parse("2026-11-22T11:59+01:00"))
    assert.strictEqual(at("00:00"), Date.parse("2026-11-22T00:00+01:00"))
  })
  it("at a time, with days of 23 and 25 hours between", () => {
    const at = (now: string, days: number, time: string, zone: string) => {
      const dueAt = Number(does({ again: { at: { days, time } } }, { now: Date.parse(now), zone })["dueAt"])
      return new Date(dueAt).toISOString()
    }
    // Prague: 29 March 2026 has no 02:00 to 03:00, 25 October has it twice.
    assert.strictEqual(at("2026-03-28T10:00+01:00", 1, "10:00", "Europe/Prague"), "2026-03-29T08:00:00.000Z")
    assert.strictEqual(at("2026-03-28T10:00+01:00", 1, "02:30", "Europe/Prague"), "2026-03-29T01:00:00.000Z")
    assert.strictEqual(at("2026-10-24T10:00+02:00", 1, "10:00", "Europe/Prague"), "2026-10-25T09:00:00.000Z")
    assert.strictEqual(at("2026-10-24T10:00+02:00", 1, "02:30", "Europe/Prague"), "2026-10-25T00:30:00.000Z")
    // Over for today even though the clock will show it once more.
    assert.strictEqual(at("2026-10-25T02:10+01:00", 0, "02:30", "Europe/Prague"), "2026-10-26T01:30:00.000Z")
    assert.strictEqual(at("2026-10-25T00:10+02:00", 0, "02:30", "Europe/Prague"), "2026-10-25T00:30:00.000Z")
  })
  it("at a time, by a clock that calls another instant zero", () => {
    const epochMillis = Date.parse("2026-01-01T00:00Z")
    const told = { epochMillis, now: noon - epochMillis }
    assert.deepStrictEqual(does({ again: { at: { days: 1, time: "10:00" } } }, told), {
      kind: "again",
      dueAt: Date.parse("2026-11-22T10:00+01:00") - epochMillis
    })
    assert.deepStrictEqual(does({ again: { at: { days: 0, time: "10:00" } } }, told), {
      kind: "again",
      dueAt: Date.parse("2026-11-22T10:00+01:00") - epochMillis
    })
  })
  it("at the time that was asked for, at once where that is over", () => {
    const again = { at: "asked" }
    assert.deepStrictEqual(does({ again }, { askedAt: noon + 5 }), { kind: "again", dueAt: noon + 5, asked: true })
    assert.deepStrictEqual(does({ again }, { askedAt: noon - 5 }), { kind: "again", dueAt: noon, asked: true })
  })
  it("on the next number, or the same", () => {
    const next = { again: { afterMinutes: 1, number: "next" } }
    assert.deepStrictEqual(does(next), { kind: "again", dueAt: noon + minute, nextNumber: true })
    assert.deepStrictEqual(does({ again: { afterMinutes: 1, number: "same" } }), {
      kind: "again",
      dueAt: noon + minute
    })
  })
  it("by the same agent, within a window, or by anyone", () => {
    assert.deepStrictEqual(does({ again: { afterMinutes: 1, by: "same-agent", windowMinutes: 30 } }), {
      kind: "again",
      dueAt: noon + minute,
      sameAgent: true,
      windowMillis: 30 * minute
    })
    assert.deepStrictEqual(does({ again: { afterMinutes: 1, by: "anyone" } }), { kind: "again", dueAt: noon + minute })
  })
  it("not after the last attempt the campaign allows", () => {
    const then = { again: { afterMinutes: 1, number: "next", by: "same-agent", windowMinutes: 30 } }
    assert.strictEqual(does(then, { attempts: 19 })["kind"], "again")
    assert.deepStrictEqual(does(then, { attempts: 20 }), { kind: "finished", stop: "attemptsMax" })
    assert.deepStrictEqual(does(then, { attempts: 255 }), { kind: "finished", stop: "attemptsMax" })
  })
  it("not after a final disposition", () => {
    const then = { again: { afterMinutes: 1 } }
    assert.deepStrictEqual(does(then, { disposition: "sale" }), { kind: "finished", stop: "finalDisposition" })
    assert.deepStrictEqual(does(then, { disposition: "not-in" }), { kind: "again", dueAt: noon + minute })
  })
})

describe("what else ends a contact", () => {
  it("finish, with its result", () => {
    assert.deepStrictEqual(does({ finish: "wrong number" }), { kind: "finished", result: "wrong number" })
    const book = bookOf(
      { when: { outcome: ["busy"] }, then: { finish: "a" } },
      { when: { outcome: ["machine"] }, then: { finish: "b" } },
      { then: { finish: "a" } }
    )
    assert.deepStrictEqual(book.results, ["a", "b"])
    assert.deepStrictEqual(
      (["busy", "machine", "connected"] as const).map((outcome) => decide(book, { outcome }).result),
      [0, 1, 0]
    )
  })
  it("remove", () => {
    assert.deepStrictEqual(does({ remove: true }), { kind: "removed" })
  })
  it("the do-not-call list, alone and with a result or removal", () => {
    assert.deepStrictEqual(does({ doNotCall: true }), { kind: "finished", doNotCall: true })
    assert.deepStrictEqual(does({ doNotCall: true, finish: "no" }), { kind: "finished", doNotCall: true, result: "no" })
    assert.deepStrictEqual(does({ doNotCall: true, remove: true }), { kind: "removed", doNotCall: true })
  })
  it("another campaign", () => {
    assert.deepStrictEqual(does({ campaign: "reminders" }), { kind: "moved", campaign: "reminders" })
  })
  it("all of it also after the last attempt and a final disposition", () => {
    const told = { attempts: 20, disposition: "sale" }
    assert.deepStrictEqual(does({ finish: "sold" }, told), { kind: "finished", result: "sold" })
    assert.deepStrictEqual(does({ campaign: "winter" }, told), { kind: "moved", campaign: "winter" })
    assert.deepStrictEqual(does({ doNotCall: true, remove: true }, told), { kind: "removed", doNotCall: true })
  })
  it("no rule that holds", () => {
    const book = bookOf({ when: { outcome: ["busy"] }, then: { again: { afterMinutes: 1 } } })
    const verdict = decide(book, { outcome: "machine" })
    assert.deepStrictEqual(said(book, verdict), { kind: "finished" })
    assert.deepStrictEqual([verdict.decidedBy, ranOf(verdict)], [-1, []])
  })
})

describe("what rules set", () => {
  it("parameters of the contact and of the attempt, as text", () => {
    assert.deepStrictEqual(does({ set: { Stage: 2, Gone: "" }, setAttempt: { score: "high" }, finish: "x" }), {
      kind: "finished",
      result: "x",
      set: ["contact Stage=2", "contact Gone=", "attempt score=high"]
    })
  })
  it("the segment", () => {
    assert.deepStrictEqual(does({ segment: "south", again: { afterMinutes: 1 } }), {
      kind: "again",
      dueAt: noon + minute,
      segment: "south"
    })
  })
  it("decides nothing: later rules run, of two for one thing the later holds, up to the rule that decides", () => {
    const book = bookOf(
      { then: { set: { Stage: 1 } } },
      { when: { outcome: ["busy"] }, then: { set: { Stage: 2 } } },
      { then: { segment: "south", setAttempt: { a: "b" } } },
      { then: { segment: "north", set: { Stage: 3 }, again: { afterMinutes: 1 } } },
      { then: { set: { Stage: 4 }, segment: "south" } },
      { then: { finish: "no" } }
    )
    const verdict = decide(book, { outcome: "machine" })
    assert.deepStrictEqual([verdict.decidedBy, ranOf(verdict)], [3, [0, 2, 3]])
    assert.deepStrictEqual(said(book, verdict), {
      kind: "again",
      dueAt: noon + minute,
      segment: "north",
      set: ["contact Stage=1", "attempt a=b", "contact Stage=3"]
    })
  })
  it("takes effect after the run: conditions see the contact as the attempt left it", () => {
    const book = bookOf(
      { then: { segment: "south" } },
      { when: { segment: ["south"] }, then: { finish: "south" } },
      { when: { segment: ["north"] }, then: { finish: "north" } }
    )
    assert.deepStrictEqual(said(book, decide(book, { segment: "north" })), {
      kind: "finished",
      result: "north",
      segment: "south"
    })
  })
})

describe("one verdict after another", () => {
  it("carries nothing over", () => {
    const book = bookOf(
      {
        when: { outcome: ["busy"], attempts: { max: 5 } },
        then: {
          again: { at: "asked", number: "next", by: "same-agent", windowMinutes: 5 },
          set: { Stage: 1 },
          segment: "south"
        }
      },
      { when: { outcome: ["machine"] }, then: { doNotCall: true, finish: "x" } },
      { when: { outcome: ["rejected"] }, then: { campaign: "winter" } },
      { when: { outcome: ["invalid"] }, then: { again: { afterMinutes: 1 } } }
    )
    const tolds: ReadonlyArray<Told> = [
      { outcome: "busy", askedAt: noon + 1 },
      { outcome: "machine" },
      { outcome: "rejected" },
      { outcome: "invalid" },
      { outcome: "invalid", attempts: 20 },
      { outcome: "scripted" }
    ]
    const alone = (told: Told) => {
      const fresh = bookOf(...book.rules)
      const verdict = decide(fresh, told)
      return [said(fresh, verdict), verdict.decidedBy, ranOf(verdict)]
    }
    for (const first of tolds) {
      for (const second of tolds) {
        decide(book, first)
        const verdict = decide(book, second)
        assert.deepStrictEqual([said(book, verdict), verdict.decidedBy, ranOf(verdict)], alone(second))
      }
    }
  })
})

describe("counters", () => {
  it("are those rules ask for, in the order of the outcomes, and stop at 255", () => {
    const book = bookOf(
      { when: { attemptsWith: [{ outcome: ["machine", "busy"], max: 1 }] }, then: { finish: "a" } },
      { when: { attemptsWith: [{ outcome: ["connected", "busy"], max: 1 }] }, then: { finish: "b" } }
    )
    assert.deepStrictEqual(book.countedOutcomes, [0, 3, 5])
    const counts = new Uint8Array(9)
    for (const outcome of [5, 5, 6, 0, 3, 5]) book.count(counts, 3, outcome)
    assert.deepStrictEqual([...counts], [0, 0, 0, 1, 1, 3, 0, 0, 0])
    for (let i = 0; i < 300; i += 1) book.count(counts, 6, 3)
    assert.deepStrictEqual([...counts], [0, 0, 0, 1, 1, 3, 0, 255, 0])
    assert.deepStrictEqual(bookOf({ then: { finish: "a" } }).countedOutcomes, [])
  })
})
