import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Fiber, type Layer } from "effect"
import { runJob, type ShiftJob } from "../../../sim/workers/shiftJob.ts"
import { ShiftThread } from "../../../sim/workers/ShiftThread.ts"
import { Workers } from "../../../sim/workers/Workers.ts"
import { smallScenario } from "../experiments/smallScenario.ts"
import { memberText, membersOpened } from "../lists/memberList.ts"

const job: ShiftJob = {
  scenario: smallScenario(),
  campaignIndex: 0,
  setting: null,
  from: 0,
  to: 3,
  warmUpMillis: 0
}
/** A mixture without parts cannot be drawn from. */
const broken: ShiftJob = {
  ...job,
  scenario: {
    ...job.scenario,
    campaigns: job.scenario.campaigns.map((campaign) => ({
      ...campaign,
      people: { ...campaign.people, talk: { kind: "mixture", parts: [] } }
    }))
  }
}
/** Long enough that it certainly still runs when it is interrupted. */
const endless: ShiftJob = { ...job, to: 1_000_000 }

const on = <A>(layer: Layer.Layer<Workers>, effect: Effect.Effect<A, never, Workers>) =>
  Effect.runPromiseExit(Effect.provide(effect, layer))
const runAll = (jobs: ReadonlyArray<ShiftJob>) =>
  Effect.flatMap(Workers, (workers) => Effect.forEach(jobs, workers.run, { concurrency: 4 }))

describe("workers", () => {
  it("give what the same shifts give without them, in the order asked for", async () => {
    const jobs = [job, { ...job, from: 3, to: 4 }, { ...job, from: 4, to: 6 }]
    const expected = Exit.succeed(jobs.map(runJob))
    assert.deepStrictEqual(await on(Workers.layerInline, runAll(jobs)), expected)
    assert.deepStrictEqual(await on(Workers.layer(1), runAll(jobs)), expected)
    assert.deepStrictEqual(await on(Workers.layer(3), runAll(jobs)), expected)
  })
  it("share the contacts of a file, and give the same", async () => {
    const scenario = membersOpened(memberText("      filter: { op: exists, field: parameter.Status }\n"))
    const jobs = [0, 1].map((from) => ({ ...job, scenario, from, to: from + 1 }))
    const expected = jobs.map(runJob)
    assert.deepStrictEqual(
      expected.map(([{ counts }]) => counts.contactsAttempted),
      [6, 6]
    )
    assert.deepStrictEqual(await on(Workers.layer(2), runAll(jobs)), Exit.succeed(expected))
    // A copy would not be shared: the message holds the table's own memory.
    const [{ list }] = structuredClone(jobs[0]).scenario.campaigns
    assert.instanceOf(list.file?.table?.numbers.buffer, SharedArrayBuffer)
  })
  it("die with the replication and the seed of a shift that fails, and go on with the next", async () => {
    for (const layer of [Workers.layerInline, Workers.layer(1)]) {
      const exit = await on(
        layer,
        Effect.flatMap(Workers, (workers) =>
          Effect.gen(function* () {
            const failed = yield* Effect.exit(workers.run({ ...broken, from: 7, to: 9 }))
            return { failed, after: yield* workers.run(job) }
          })
        )
      )
      assert(Exit.isSuccess(exit) && Exit.isFailure(exit.value.failed))
      assert.include(Cause.pretty(exit.value.failed.cause), 'replication 7 of scenario "Small", seed 5')
      assert.strictEqual(exit.value.after.length, 3)
    }
  })
  it("are replaced after an interrupted job, which cannot be called off", async () => {
    const exit = await on(
      Workers.layer(1),
      Effect.gen(function* () {
        const workers = yield* Workers
        const fiber = yield* Effect.forkChild(workers.run(endless), { startImmediately: true })
        yield* workers.run(job).pipe(Effect.timeoutOption("50 millis"))
        yield* Fiber.interrupt(fiber)
        return yield* workers.run(job)
      })
    )
    assert.deepStrictEqual(exit, Exit.succeed(runJob(job)))
  })
  it("are terminated with their scope, also in the middle of a shift", async () => {
    const thread = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const started = yield* ShiftThread.make
          yield* started.run(endless).pipe(Effect.timeoutOption("200 millis"))
          assert.isFalse(started.isGone)
          return started
        })
      )
    )
    assert.isTrue(thread.isGone)
    const exit = await Effect.runPromiseExit(thread.run({ ...job, from: 4, to: 6 }))
    assert(Exit.isFailure(exit))
    assert.include(Cause.pretty(exit.cause), "replications 4 to 5")
  })
})
