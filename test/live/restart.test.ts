import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { join } from "node:path"
import { openCalls } from "../../src/store/floor/openCalls.ts"
import { layer as layerSqlite } from "../../src/store/Sqlite.ts"
import { runCli } from "../cli/runCli.ts"
import { baresip } from "./harness/baresip.ts"
import { attemptsOf, endsWell, type FloorPlan, phonePassword, signIn, startFloor, writeFloor } from "./harness/floor.ts"
import { newHost, until } from "./harness/host.ts"
import { kamailio } from "./harness/kamailio.ts"
import { folder } from "./harness/program.ts"
import { sippTrunk } from "./harness/sippTrunk.ts"
import { sine } from "./harness/voice.ts"

const agentPhone = (user: string, host: string, answers = true) =>
  baresip({ user, password: phonePassword, registrar: { host, port: 5060 }, voice: sine(440, 60_000), answers })

interface Shown {
  readonly campaigns: ReadonlyArray<{ readonly ringing: number; readonly talking: number }>
}
/** How many calls ring, and how many people talk to agents. */
const underWay = Effect.fnUntraced(function* (cwd: string) {
  const { code, err, out } = yield* runCli(["floor", "show", "--json"], cwd)
  assert.strictEqual(code, 0, err)
  const [{ ringing, talking }] = (JSON.parse(out) as Shown).campaigns
  return { ringing, talking }
})

describe("a floor that was killed", () => {
  it.live(
    "knows its agents' phones when it is back, long before they register again",
    () =>
      Effect.gen(function* () {
        const cwd = yield* folder("restart")
        const plan: FloorPlan = {
          host: newHost(),
          trunk: newHost(),
          users: ["ann"],
          alwaysOn: true,
          contacts: 1,
          campaign: ["mode: manual"]
        }
        writeFloor(cwd, plan)
        const first = yield* startFloor(cwd)
        const phone = yield* agentPhone("ann", plan.host)
        yield* signIn(cwd, "ann")
        yield* phone.saw("CALL_ESTABLISHED")
        const registrations = () => phone.events.filter(({ type }) => type.startsWith("REGISTER")).length
        const before = registrations()
        yield* first.kill
        const second = yield* startFloor(cwd)
        // Of the old call nothing is left.
        yield* phone.saw("CALL_CLOSED")
        const { code, err } = yield* runCli(["floor", "agent", "ann", "sign-in"], cwd)
        assert.strictEqual(code, 0, `${err} ${second.output()}`)
        yield* phone.saw("CALL_ESTABLISHED", 2)
        assert.strictEqual(registrations(), before)
      }).pipe(Effect.scoped),
    90_000
  )

  it.live(
    "ends what was answered while nobody was there",
    () =>
      Effect.gen(function* () {
        const cwd = yield* folder("answered")
        const plan: FloorPlan = {
          host: newHost(),
          trunk: newHost(),
          users: ["ann"],
          alwaysOn: true,
          contacts: 1,
          campaign: ["mode: manual"]
        }
        writeFloor(cwd, plan)
        const first = yield* startFloor(cwd)
        const phone = yield* agentPhone("ann", plan.host, false)
        yield* Effect.forkScoped(Effect.exit(signIn(cwd, "ann")))
        yield* phone.saw("CALL_INCOMING")
        yield* first.kill
        yield* phone.command("accept")
        const second = yield* startFloor(cwd)
        // Its answer was acknowledged, and the call ended.
        yield* phone.saw("CALL_ESTABLISHED")
        yield* phone.saw("CALL_CLOSED")
        assert.isTrue(second.isRunning())
      }).pipe(Effect.scoped),
    90_000
  )

  it.live.each([
    ["at the carrier", false],
    ["behind a proxy that asks for a password and stays on the way", true]
  ] as const)(
    "leaves no call up %s once it is back: who talked is hung up, what rang is taken back, phones are free",
    ([, isProxied]) => Effect.scoped(leavesNothing(isProxied)),
    120_000
  )
})

const carrier = sippTrunk({
  rules: [{ endings: ["0"], behaviour: { _tag: "Answer", ringMillis: 300, hertz: 700 } }],
  otherwise: { _tag: "NoAnswer" }
})

const leavesNothing = Effect.fnUntraced(function* (isProxied: boolean) {
  const cwd = yield* folder("left")
  const trunk = yield* carrier
  const credentials = { user: "outpace", password: "s3cret" }
  const proxy = isProxied ? yield* kamailio({ trunk: trunk.address, password: credentials.password }) : undefined
  const plan: FloorPlan = {
    host: newHost(),
    trunk: (proxy ?? trunk).address.host,
    ...(isProxied ? { credentials } : {}),
    users: ["ann", "ben"],
    alwaysOn: true,
    contacts: 4,
    campaign: [
      "mode: predictive",
      "pacing: { kind: fixed-ratio, linesPerAgent: 3 }",
      "rules: { attemptsMax: 1, wrapSecondsMax: 0.3, ringSecondsMax: 60 }",
      "abandonMessage: { text: This was Live. Call us for no more calls. }"
    ]
  }
  writeFloor(cwd, plan)
  const first = yield* startFloor(cwd)
  const phones = yield* Effect.forEach(plan.users, (user) => agentPhone(user, plan.host))
  yield* Effect.forEach(plan.users, (user) => signIn(cwd, user))
  let last = { ringing: 0, talking: 0 }
  yield* until(
    () => `one talks and three ring, not ${JSON.stringify(last)}: ${first.output()}`,
    Effect.map(underWay(cwd), (now) => (last = now).ringing === 3 && now.talking === 1),
    // Looking takes a while itself.
    1
  )
  yield* first.kill
  assert.deepStrictEqual(
    trunk.calls().map(({ end }) => end),
    [null, null, null, null]
  )
  const second = yield* startFloor(cwd)
  yield* until(
    () => `every call is over: ${JSON.stringify(trunk.calls())} ${second.output()}`,
    () => trunk.calls().every(({ end }) => end !== null)
  )
  for (const { end, number } of trunk.calls()) {
    assert.strictEqual(end, number.endsWith("0") ? "hung up by caller" : "cancelled", number)
  }
  for (const phone of phones) yield* phone.saw("CALL_CLOSED")
  yield* until(
    () => `it says so: ${second.output()}`,
    () => /calls that were up when the floor was killed: 6 ended, 0 gone already, 0 silent/.test(second.output())
  )
  assert.strictEqual(trunk.errors(), "")
  if (proxy !== undefined) assert.include(proxy.log(), "BYE loose")
  assert.strictEqual((yield* runCli(["floor", "stop"], cwd)).code, 0)
  yield* endsWell(second, 30)
  const left = yield* Effect.provide(openCalls, layerSqlite(join(cwd, "floor.sqlite")))
  assert.deepStrictEqual(left, [])
  const outcomes = (yield* attemptsOf(cwd)).map(({ outcome }) => outcome).sort()
  assert.deepStrictEqual(outcomes, ["connected", "interrupted", "interrupted", "interrupted"])
})
