import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { join } from "node:path"
import { addressText } from "../../../../src/sip/wire/Address.ts"
import { settingsOf as campaignSettings } from "../../../dialler/TestFloor.ts"
import { baresip } from "../../../live/harness/baresip.ts"
import { heardMillis, onsetMillis, readTracks } from "../../../live/harness/hearing.ts"
import { until } from "../../../live/harness/host.ts"
import { placeCall } from "../../../live/harness/liveCall.ts"
import { outpace, phonePassword } from "../../../live/harness/outpace.ts"
import { folder } from "../../../live/harness/program.ts"
import { sine } from "../../../live/harness/voice.ts"
import { agentOf, campaignOf } from "../fakeFloor.ts"
import { people, type Person } from "./people.ts"
import { heardIn, prompts, realFloor, sounds } from "./realFloor.ts"

describe("an agent at a phone that has registered", () => {
  it.live("holds at the desk and at the phone, and gives the customer to somebody else", () =>
    Effect.gen(function* () {
      const cwd = yield* folder("floor")
      const [customer, colleague] = ["+4930100", "+4930200"]
      const file = join(cwd, "customer.wav")
      const person = (number: string): Person => ({
        ringMillis: 100,
        hertz: number === customer ? 1_000 : 1_300,
        ...(number === customer ? { recordTo: file } : { talkMillis: 1_500 })
      })
      const trunk = yield* people(person)
      const live = sounds(cwd, {
        campaigns: [campaignOf({ ...prompts, record: true })],
        agents: [agentOf({ user: "agent1", address: null })]
      })
      const floor = yield* realFloor(campaignSettings({}), live, trunk, [customer])
      assert.deepInclude(yield* Effect.flip(floor.control.signIn(0)), { reason: "not registered" })
      const registrar = floor.sip.address
      const phone = yield* baresip({ user: "agent1", password: phonePassword, registrar, voice: sine(700, 60_000) })
      yield* until(
        "it has registered",
        Effect.map(floor.sip.contactsOf("agent1"), ({ length }) => length > 0)
      )
      yield* floor.control.signIn(0)
      yield* floor.tell({ kind: "contactsAdded", campaign: 0, count: 1, segment: null })
      const hears = (hertz: number, millis: number) =>
        until(
          () => `the customer hears ${hertz} Hz for ${millis} ms`,
          () => heardIn(file, hertz) >= millis
        )
      const told = (kind: string) => until(kind, () => floor.events.some((event) => event.kind === kind))
      yield* hears(700, 400)
      yield* floor.control.hold(0)
      yield* hears(350, 400)
      yield* floor.control.resume(0)
      yield* hears(700, 800)
      yield* phone.hold
      yield* until("held twice", () => floor.events.filter(({ kind }) => kind === "held").length === 2)
      yield* phone.resume
      yield* until("resumed twice", () => floor.events.filter(({ kind }) => kind === "resumed").length === 2)
      yield* floor.control.transfer(0, colleague)
      yield* told("ended")
      yield* phone.saw("CALL_CLOSED")
      yield* hears(1_300, 400)
      yield* floor.recorded(1)
      assert.strictEqual(floor.attempts[0].outcome, "connected")
      // The colleague hangs up, and with that all is down.
      yield* floor.quiet(0)
      const [heard] = readTracks(file)
      const onsets = [700, 350, 1_300].map((hertz) => onsetMillis(heard, hertz))
      assert.isTrue(onsets[0] >= 0 && onsets[0] < onsets[1] && onsets[1] < onsets[2], onsets.join(", "))
      // Nobody has recorded the colleague.
      const [, toCustomer] = readTracks(floor.recordings[0].path)
      assert.isBelow(heardMillis(toCustomer, 1_300), 100)
    }).pipe(Effect.scoped, Effect.timeout("55 seconds"))
  )
})

describe("somebody who calls a campaign that calls back", () => {
  it.live("hears its message and is hung up; a number nobody has is not found", () =>
    Effect.gen(function* () {
      const cwd = yield* folder("floor")
      const live = sounds(cwd, {
        campaigns: [
          campaignOf({
            ...prompts,
            numbersDialled: ["+4930200200"],
            takesRequests: true,
            closingMessage: { file: "hello.wav" }
          })
        ],
        agents: []
      })
      const campaign = campaignSettings({ mode: "automatic", groups: [] })
      const floor = yield* realFloor(campaign, live, { host: "127.0.0.1", port: 9 }, [])
      const far = yield* Layer.build(outpace())
      const callTo = (number: string) =>
        placeCall({
          to: `sip:${number}@${addressText(floor.sip.address)}`,
          from: "sip:+4930555666@carrier.example"
        }).pipe(Effect.provideContext(far))
      const call = yield* callTo("+4930200200")
      const file = join(cwd, "caller.wav")
      yield* call.media.record(file)
      const end = yield* call.leg.ended
      assert.deepInclude(end, { _tag: "Ended", by: "them" }, JSON.stringify(end))
      yield* call.media.stopRecording
      assert.isAbove(heardIn(file, 440), 700)
      assert.deepStrictEqual(floor.requests, ["+4930555666"])
      const other = yield* callTo("+4930999999")
      const final = yield* other.leg.ended
      assert.strictEqual(final._tag === "Failed" && final.cause.status, 404)
      yield* floor.quiet(0)
    }).pipe(Effect.scoped, Effect.timeout("40 seconds"))
  )
})
