import { assert, describe, it } from "@effect/vitest"
import { type CampaignSettings, knowsNothing } from "../../src/domain/Campaign.ts"
import { outcomeNames } from "../../src/domain/Outcome.ts"
import { rulesOfRetry } from "../../src/domain/rules/rulesOfRetry.ts"
import { compileRules } from "../../src/dialler/rules/RuleBook.ts"
import { team, TestFloor } from "./TestFloor.ts"

const again = (minutes: number, attemptsMax: number) => ({ delayMillis: minutes * 60_000, attemptsMax })
const one = (settings: Partial<CampaignSettings>, contacts = 1) =>
  new TestFloor({ groups: team(1), campaigns: [{ contacts, ...settings }] })

describe("retry rules", () => {
  const after = (settings: Pick<CampaignSettings, "retry" | "attemptsMax">, outcomes: ReadonlyArray<number>) => {
    const book = compileRules(rulesOfRetry(settings.retry), { ...knowsNothing, attemptsMax: settings.attemptsMax })
    const counts = new Uint8Array(book.countedOutcomes.length)
    return outcomes.map((outcome, index) => {
      book.count(counts, 0, outcome)
      const plain = { contact: 0, disposition: -1, segment: 0, now: 1_000_000, epochMillis: 0, askedAt: -1 }
      const never = () => assert.fail("outcomes alone decide")
      const asks = { zone: never, fits: never, answers: never }
      return book.decide({ ...plain, ...asks, outcome, attempts: index + 1, counts, countsAt: 0 }).dueAt
    })
  }
  it("give each outcome its own delay and its own maximum", () => {
    const settings = { retry: { busy: again(1, 3), "no-answer": again(60, 2) }, attemptsMax: 99 }
    assert.deepStrictEqual(after(settings, [5, 6, 5, 6]), [1_060_000, 4_600_000, 1_060_000, -1])
    assert.deepStrictEqual(after(settings, [5, 5, 5]), [1_060_000, 1_060_000, -1])
  })
  it("count all attempts together as well", () => {
    const settings = { retry: { busy: again(1, 9), "no-answer": again(60, 9) }, attemptsMax: 3 }
    assert.deepStrictEqual(after(settings, [5, 6, 5]), [1_060_000, 4_600_000, -1])
  })
  it("finish a contact at an outcome without a rule, whichever it is", () => {
    for (let outcome = 0; outcome < outcomeNames.length; outcome += 1) {
      assert.deepStrictEqual(after({ retry: {}, attemptsMax: 9 }, [outcome]), [-1])
    }
  })
  it("finish at the first where one attempt is the maximum", () => {
    assert.deepStrictEqual(after({ retry: { busy: again(1, 1) }, attemptsMax: 9 }, [5]), [-1])
    assert.deepStrictEqual(after({ retry: { busy: again(1, 9) }, attemptsMax: 1 }, [5]), [-1])
  })
})

describe("retries", () => {
  it("come when they are due, counted from the end of the attempt, and not a millisecond before", () => {
    const floor = one({ retry: { busy: again(1, 3) } })
    floor.signIn(0).at(4_000).fails("c0").said()
    floor.until(63_999).expect()
    floor.until(64_000).expect("64000 a0 reserved", "64000 dial c0")
    floor.at(70_000).fails("c0").expectOf("closed", "70000 closed c0 busy again 130000")
    floor.at(130_500).fails("c0").expectOf("closed", "130500 closed c0 busy")
    floor.until(1e9).expect()
    assert.isTrue(floor.dialler.campaigns[0].list.exhausted)
  })
  it("are counted from the end of the wrap-up where there is one", () => {
    const floor = one({ retry: { connected: again(1, 3) } })
    floor.signIn(0).at(4_000).answers("c0").at(5_000).ends("c0").at(9_000).wrapped(0)
    floor.expectOf("closed", "9000 closed c0 connected again 69000")
  })
  it("go before contacts never called", () => {
    const floor = one({ retry: { busy: again(1, 3) }, mode: "manual" }, 3)
    floor.signIn(0).takes(0)
    floor.at(4_000).dials(0).fails("c0").wrapped(0).said()
    floor.at(63_999).takes(0)
    floor.skips(0)
    floor.at(64_000).takes(0)
    floor.expectOf("preview", "63999 preview a0 c1", "64000 preview a0 c0")
  })
  it("due at one instant come in the order in which they were planned", () => {
    const floor = new TestFloor({ groups: team(4), campaigns: [{ contacts: 4, retry: { busy: again(1, 2) } }] })
    floor.signIn(0, 1, 2, 3).at(1_000).fails("c2").fails("c0").fails("c3").fails("c1").said()
    floor.until(61_000).expectOf("dial", "61000 dial c2", "61000 dial c0", "61000 dial c3", "61000 dial c1")
  })
  it("treat a call the dialler took back as one nobody answered", () => {
    const floor = one({ mode: "predictive", retry: { "no-answer": again(1, 2) } })
    floor.signIn(0).at(1_000).pauses(0).until(15_000).expectOf("closed", "15000 closed c0 cancelled again 75000")
    floor.at(16_000).returns(0).until(95_000).expectOf("closed", "95000 closed c0 no-answer")
  })
  it("do not count cards that were passed over", () => {
    const floor = one({ mode: "preview", attemptsMax: 1 })
    floor.signIn(0)
    for (let hour = 0; hour < 5; hour += 1) floor.until(hour * 3_600_000).skips(0)
    assert.strictEqual(floor.dialler.campaigns[0].list.attempted, 0)
    floor.until(5 * 3_600_000).dials(0)
    assert.strictEqual(floor.dialler.campaigns[0].list.attempted, 1)
  })
  it("leave agents idle, without waking anybody, when the list is exhausted", () => {
    const floor = one({}, 2)
    floor.signIn(0).at(1_000).fails("c0").at(2_000).fails("c1").said()
    assert.isTrue(floor.dialler.campaigns[0].list.exhausted)
    assert.isAtMost(floor.until(30_000).dialler.nextTimerAt, Number.POSITIVE_INFINITY)
    assert.strictEqual(floor.dialler.nextTimerAt, Number.POSITIVE_INFINITY)
  })
  it("go on at once with contacts that are added while it runs", () => {
    const floor = one({}, 1)
    floor.signIn(0).at(1_000).fails("c0").said()
    floor.at(50_000).does((dialler, now) => assert.strictEqual(dialler.addContacts(0, 2, 1, now), 1))
    floor.expect("50000 a0 reserved", "50000 dial c1")
    assert.strictEqual(floor.dialler.campaigns[0].list.segment[1], 1)
  })
  it("tell when nobody is left who was never called", () => {
    const floor = one({}, 2)
    floor.signIn(0)
    assert.deepStrictEqual(floor.lowLists(), [])
    floor.at(1_000).fails("c0")
    assert.deepStrictEqual(floor.lowLists(), [0])
  })
})
