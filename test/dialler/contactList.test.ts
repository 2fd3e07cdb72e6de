import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { ContactList, ContactState } from "../../src/dialler/ContactList.ts"

/** Takes what may be called at `now`, as long as there is something. */
const takeAll = (list: ContactList, now: number): ReadonlyArray<number> => {
  const taken: Array<number> = []
  for (let contact = list.peek(now); contact >= 0; contact = list.peek(now)) {
    list.take(contact)
    taken.push(contact)
  }
  return taken
}

const small = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }))
const Step = Schema.Struct({ what: small(5), which: small(20), wait: small(3), delay: small(6) })
const Steps = Schema.Array(Step).check(Schema.isMaxLength(150))

/** The order of calling as a plain rule over plain rows. */
class Model {
  readonly rows: Array<{
    kind: "request" | "fresh"
    state: "waits" | "inWork" | "retry" | "closed"
    dueAt: number
    planned: number
  }> = []
  #planned = 0

  plan(contact: number, dueAt: number): void {
    this.#planned += 1
    Object.assign(this.rows[contact], { state: "retry", dueAt, planned: this.#planned })
  }

  next(now: number): number {
    const best = (wanted: (row: Model["rows"][number]) => boolean): number => {
      let found = -1
      this.rows.forEach((row, contact) => {
        const other = this.rows[found]
        if (
          wanted(row) &&
          (found < 0 || row.dueAt < other.dueAt || (row.dueAt === other.dueAt && row.planned < other.planned))
        )
          found = contact
      })
      return found
    }
    const request = best((row) => row.state === "waits" && row.kind === "request")
    if (request >= 0) return request
    const retry = best((row) => row.state === "retry" && row.dueAt <= now)
    return retry >= 0 ? retry : best((row) => row.state === "waits" && row.kind === "fresh")
  }

  count(state: Model["rows"][number]["state"], kind?: "request" | "fresh"): number {
    return this.rows.filter((row) => row.state === state && (kind === undefined || row.kind === kind)).length
  }
}

describe("the contact list", () => {
  it("calls requests first, then retries that are due, then new contacts in their order", () => {
    const list = new ContactList(0)
    list.add(3, 0)
    list.take(list.peek(0))
    list.retry(0, 500)
    list.request(0)
    list.request(0)
    assert.deepStrictEqual(takeAll(list, 499), [3, 4, 1, 2])
    assert.strictEqual(list.nextDueAt, 500)
    assert.deepStrictEqual(takeAll(list, 500), [0])
  })
  it("leaves nothing of itself in the memory that a later list of its size has", () => {
    const released = new ContactList(3)
    released.add(100, 7)
    for (const contact of takeAll(released, 0)) {
      released.attempt(contact)
      released.byRule.fill(1)
      released.close(contact)
    }
    const { buffer } = released.state
    released.release()
    const list = new ContactList(3)
    list.add(100, 0)
    assert.strictEqual(list.state.buffer, buffer)
    assert.deepStrictEqual(
      takeAll(list, 0),
      Array.from({ length: 100 }, (_, contact) => contact)
    )
    for (const column of [list.attempts, list.byRule, list.closedAs, list.dueAt, list.segment]) {
      assert.isTrue(column.every((value) => value === 0))
    }
    const beside = new ContactList(3)
    beside.add(100, 0)
    assert.notStrictEqual(beside.state.buffer, buffer)
  })
  it("calls retries of equal due times in the order they were planned", () => {
    const list = new ContactList(0)
    list.add(50, 0)
    takeAll(list, 0)
    for (let i = 0; i < 50; i += 1) list.retry((i * 17) % 50, 1_000)
    assert.deepStrictEqual(
      takeAll(list, 1_000),
      Array.from({ length: 50 }, (_, i) => (i * 17) % 50)
    )
  })
  it("keeps thousands of requests in order", () => {
    const list = new ContactList(0)
    for (let i = 0; i < 5_000; i += 1) list.request(0)
    const taken = takeAll(list, 0)
    assert.isTrue(taken.every((contact, index) => contact === index))
    assert.strictEqual(taken.length, 5_000)
  })
  it("counts a contact once, however often it is called and reached", () => {
    const list = new ContactList(0)
    list.add(2, 0)
    assert.deepStrictEqual([list.attempt(0), list.attempt(0), list.attempt(1)], [1, 2, 1])
    list.reach(0)
    list.reach(0)
    assert.deepStrictEqual([list.attempted, list.reachedCount], [2, 1])
    assert.isFalse(list.exhausted)
    list.close(0)
    list.close(1)
    assert.isTrue(list.exhausted)
  })
  it.prop(
    "calls in the order of a plain rule, whatever happens to the contacts",
    { steps: Steps },
    ({ steps }) => {
      const list = new ContactList(0)
      const model = new Model()
      let now = 0
      const inWork: Array<number> = []
      for (const { delay, wait, what, which } of steps) {
        now += wait
        if (what === 0) {
          list.add(1 + (which % 3), 0)
          for (let i = 0; i <= which % 3; i += 1)
            model.rows.push({ kind: "fresh", state: "waits", dueAt: 0, planned: 0 })
        } else if (what === 1) {
          assert.strictEqual(list.request(0), model.rows.length)
          model.rows.push({ kind: "request", state: "waits", dueAt: 0, planned: 0 })
        } else if (what <= 3) {
          const next = model.next(now)
          assert.strictEqual(list.peek(now), next)
          if (next >= 0) {
            list.take(next)
            model.rows[next].state = "inWork"
            inWork.push(next)
          }
        } else if (inWork.length > 0) {
          const [contact] = inWork.splice(which % inWork.length, 1)
          const row = model.rows[contact]
          if (what === 4 && delay === 0) {
            list.giveBack(contact, now)
            if (row.kind === "request") row.state = "waits"
            else model.plan(contact, now)
          } else if (delay === 6) {
            list.close(contact)
            row.state = "closed"
          } else {
            // A request that was called is a contact like any other.
            list.attempt(contact)
            list.retry(contact, now + delay)
            row.kind = "fresh"
            model.plan(contact, now + delay)
          }
        }
        assert.strictEqual(list.freshCount, model.count("waits", "fresh"))
        assert.strictEqual(list.closed, model.count("closed"))
        assert.strictEqual(list.state.filter((state) => state === ContactState.inWork).length, inWork.length)
      }
      const rest: Array<number> = []
      for (let next = model.next(1e9); next >= 0; next = model.next(1e9)) {
        model.rows[next].state = "inWork"
        rest.push(next)
      }
      assert.deepStrictEqual(takeAll(list, 1e9), rest)
    },
    { arbitrary: { runs: 500, seed: 2 } }
  )
})
