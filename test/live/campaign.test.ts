import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { runCli } from "../cli/runCli.ts"
import { baresip } from "./harness/baresip.ts"
import {
  attemptsOf,
  endsWell,
  type FloorPlan,
  numberOf,
  phonePassword,
  signIn,
  startFloor,
  writeFloor
} from "./harness/floor.ts"
import { dominantHertz, millisOf, readTracks } from "./harness/hearing.ts"
import { newHost, until } from "./harness/host.ts"
import { folder } from "./harness/program.ts"
import { sippTrunk } from "./harness/sippTrunk.ts"
import { sine } from "./harness/voice.ts"

/** What the carrier's customers do, by the last digit of their number: three in ten answer and talk for two seconds. */
const customers = sippTrunk({
  rules: [
    { endings: ["0", "5", "7"], behaviour: { _tag: "Answer", ringMillis: 300, hertz: 700, hangUpMillis: 2_000 } },
    { endings: ["1", "2"], behaviour: { _tag: "Refuse", status: "486 Busy Here", ringMillis: 200 } },
    { endings: ["3"], behaviour: { _tag: "Refuse", status: "404 Not Found", ringMillis: 0 } }
  ],
  otherwise: { _tag: "Refuse", status: "480 Temporarily Unavailable", ringMillis: 500 }
})
const outcomeOf = (contact: number, answered: string): string => {
  const digit = contact % 10
  if (digit === 0 || digit === 5 || digit === 7) return answered
  return digit === 1 || digit === 2 ? "busy" : digit === 3 ? "invalid" : "no-answer"
}

const pitches: Readonly<Record<string, number>> = { ann: 440, ben: 550 }
/** Agents with their phones, which talk all the time. */
const agents = (cwd: string, { host, users }: FloorPlan) =>
  Effect.forEach(users, (user) =>
    Effect.gen(function* () {
      const registrar = { host, port: 5060 }
      const phone = yield* baresip({ user, password: phonePassword, registrar, voice: sine(pitches[user], 280_000) })
      yield* signIn(cwd, user)
      return phone
    })
  )

describe("a live campaign", () => {
  it.live(
    "predictive: two hundred contacts to the end, over a trunk with two agents on their phones, recorded and reported",
    () =>
      Effect.gen(function* () {
        const cwd = yield* folder("campaign")
        const trunk = yield* customers
        const plan: FloorPlan = {
          host: newHost(),
          trunk: trunk.address.host,
          users: ["ann", "ben"],
          alwaysOn: true,
          contacts: 200,
          campaign: [
            "mode: predictive",
            "pacing: { kind: fixed-ratio, linesPerAgent: 3 }",
            "rules: { attemptsMax: 1, wrapSecondsMax: 0.3, ringSecondsMax: 20 }",
            "record: true",
            "abandonMessage: { text: This was Live. Call us for no more calls. }"
          ]
        }
        writeFloor(cwd, plan)
        const floor = yield* startFloor(cwd, ["--until-done"])
        yield* agents(cwd, plan)
        yield* endsWell(floor, 150)
        assert.strictEqual(trunk.errors(), "")
        assert.strictEqual(trunk.calls().length, 200)
        const attempts = yield* attemptsOf(cwd)
        // An agent is there for everybody who answers, or nobody is in time: with two agents and six lines that happens.
        const answered = attempts.filter(({ outcome }) => outcome === "connected" || outcome === "abandoned")
        assert.strictEqual(answered.length, 60)
        assert.deepStrictEqual(
          attempts
            .filter((each) => !answered.includes(each))
            .map(({ contact, outcome }) => `${contact} ${outcome}`)
            .sort(),
          attempts
            .filter((each) => !answered.includes(each))
            .map(({ contact }) => `${contact} ${outcomeOf(contact, "connected")}`)
            .sort()
        )
        assert.strictEqual(new Set(attempts.map(({ contact }) => contact)).size, 200)
        const connected = attempts.filter(({ outcome }) => outcome === "connected")
        assert.isAbove(connected.length, 50)
        heard(cwd, connected)
        const { code, err, out } = yield* runCli(["report", "floor.sqlite"], cwd)
        assert.strictEqual(code, 0, err)
        assert.match(out, /report\.html/)
        assert.include(readFileSync(join(cwd, "report.html"), "utf8"), "Calls")
      }).pipe(Effect.scoped),
    250_000
  )

  it.live(
    "goes on after it was killed in the middle: nobody is called twice for one attempt, and nothing is lost",
    () =>
      Effect.gen(function* () {
        const cwd = yield* folder("killed")
        const trunk = yield* customers
        const plan: FloorPlan = {
          host: newHost(),
          trunk: trunk.address.host,
          users: ["ann", "ben"],
          alwaysOn: true,
          contacts: 60,
          campaign: [
            "mode: predictive",
            "pacing: { kind: fixed-ratio, linesPerAgent: 3 }",
            "rules: { attemptsMax: 3, wrapSecondsMax: 0.3, ringSecondsMax: 20 }",
            "afterAttempt: [{ name: cut off, when: { outcome: [interrupted] }, then: { again: { afterMinutes: 0.05 } } }]",
            "abandonMessage: { text: This was Live. Call us for no more calls. }"
          ]
        }
        writeFloor(cwd, plan)
        yield* Effect.scoped(
          Effect.gen(function* () {
            const floor = yield* startFloor(cwd)
            yield* agents(cwd, plan)
            yield* until(
              () => `twenty calls: ${floor.output()}`,
              () => trunk.calls().length >= 20,
              60
            )
            yield* floor.kill
          })
        )
        const before = trunk.calls().length
        assert.isBelow(before, 60)
        const floor = yield* startFloor(cwd, ["--until-done"])
        yield* agents(cwd, { ...plan, host: plan.host })
        yield* endsWell(floor, 120)
        const attempts = yield* attemptsOf(cwd)
        const interrupted = attempts.filter(({ outcome }) => outcome === "interrupted")
        // Every call the carrier saw is on record, once; those that were up then were made again.
        assert.strictEqual(attempts.length, trunk.calls().length)
        assert.strictEqual(attempts.length, 60 + interrupted.length)
        const keys = attempts.map(({ attempt, contact }) => `${contact}/${attempt}`)
        assert.strictEqual(new Set(keys).size, keys.length)
        const perNumber = new Map<string, number>()
        for (const { number } of trunk.calls()) perNumber.set(number, (perNumber.get(number) ?? 0) + 1)
        const again = interrupted.map(({ contact }) => numberOf(contact)).sort()
        const twice = [...perNumber].filter(([, calls]) => calls > 1).map(([number]) => number)
        assert.deepStrictEqual(twice.map((number) => `+${number.replace(/^\+/, "")}`).sort(), again)
      }).pipe(Effect.scoped),
    250_000
  )

  it.live(
    "ends its day on request: nobody is called any more, who talks may finish; the next day goes on with the list",
    () =>
      Effect.gen(function* () {
        const cwd = yield* folder("stopped")
        const trunk = yield* customers
        const plan: FloorPlan = {
          host: newHost(),
          trunk: trunk.address.host,
          users: ["ann"],
          alwaysOn: true,
          contacts: 30,
          campaign: [
            "mode: progressive",
            "rules: { attemptsMax: 1, wrapSecondsMax: 0.3, ringSecondsMax: 20 }",
            "abandonMessage: { text: This was Live. Call us for no more calls. }"
          ]
        }
        writeFloor(cwd, plan)
        const day = (args: ReadonlyArray<string>, calls: number) =>
          Effect.scoped(
            Effect.gen(function* () {
              const floor = yield* startFloor(cwd, args)
              yield* agents(cwd, plan)
              yield* until(
                () => `${calls} calls: ${floor.output()}`,
                () => trunk.calls().length >= calls,
                60
              )
              const { code, err } = args.length === 0 ? yield* runCli(["floor", "stop"], cwd) : { code: 0, err: "" }
              assert.strictEqual(code, 0, err)
              yield* endsWell(floor, 60)
            })
          )
        yield* day([], 8)
        const first = yield* attemptsOf(cwd)
        assert.strictEqual(first.length, trunk.calls().length)
        assert.isBelow(first.length, 30)
        // Whoever was reached talked to the end; a call that only rang may have been taken back.
        for (const { contact, outcome } of first) {
          assert.include([outcomeOf(contact, "connected"), "cancelled"], outcome)
        }
        yield* day(["--until-done"], 30)
        const all = yield* attemptsOf(cwd)
        assert.strictEqual(all.length, trunk.calls().length)
        assert.deepStrictEqual([...new Set(all.map(({ contact }) => contact))].length, 30)
      }).pipe(Effect.scoped),
    200_000
  )
})

/** Every talk was recorded: the customer left, an agent right, for the two seconds they talked. */
const heard = (cwd: string, connected: ReadonlyArray<{ readonly contact: number; readonly agent: number | null }>) => {
  const files = globSync("recordings/**/*.wav", { cwd })
  assert.strictEqual(files.length, connected.length)
  for (const { agent, contact } of connected.slice(0, 12)) {
    const file = files.find((path) => path.includes(`/${contact}-1-`))
    assert.isDefined(file, `a recording of contact ${contact}`)
    const [customer, desk] = readTracks(join(cwd, file ?? ""))
    assert.approximately(millisOf(customer), 2_000, 1_000)
    assert.approximately(dominantHertz(customer), 700, 10)
    assert.approximately(dominantHertz(desk), agent === 0 ? pitches.ann : pitches.ben, 10)
  }
}
