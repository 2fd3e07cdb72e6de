import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { runCli } from "../cli/runCli.ts"
import { baresip } from "./harness/baresip.ts"
import { type FloorPlan, phonePassword, signIn, startFloor, writeFloor } from "./harness/floor.ts"
import { newHost } from "./harness/host.ts"
import { folder } from "./harness/program.ts"
import { sine } from "./harness/voice.ts"

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
        const registrar = { host: plan.host, port: 5060 }
        const phone = yield* baresip({ user: "ann", password: phonePassword, registrar, voice: sine(440, 60_000) })
        yield* signIn(cwd, "ann")
        yield* phone.saw("CALL_ESTABLISHED")
        const registrations = () => phone.events.filter(({ type }) => type.startsWith("REGISTER")).length
        const before = registrations()
        yield* first.kill
        // Of the old call nothing is left, as when the agent has hung up.
        yield* phone.hangUp
        yield* phone.saw("CALL_CLOSED")
        const second = yield* startFloor(cwd)
        const { code, err } = yield* runCli(["floor", "agent", "ann", "sign-in"], cwd)
        assert.strictEqual(code, 0, `${err} ${second.output()}`)
        yield* phone.saw("CALL_ESTABLISHED", 2)
        assert.strictEqual(registrations(), before)
      }).pipe(Effect.scoped),
    90_000
  )
})
