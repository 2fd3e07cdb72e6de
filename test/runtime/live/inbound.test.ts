import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { agentOf, campaignOf, onFakes, settingsOf } from "./fakeFloor.ts"

const settings = settingsOf({
  campaigns: [
    campaignOf({ name: "Sales", numbersDialled: ["+49 30 100"] }),
    campaignOf({
      name: "Service",
      numbersDialled: ["030 200200"],
      takesRequests: true,
      closingMessage: { file: "2500.wav" }
    })
  ],
  agents: [agentOf({ user: "agent0" })],
  limits: { phoneRingMillisMax: 20_000, transferRingMillisMax: 30_000, silenceMillis: null, inboundMax: 2 }
})

describe("somebody who calls us", () => {
  it.effect("at a campaign that calls back hears its message, is on its list, and is hung up", () =>
    onFakes(settings, ({ far, media, pass, requests }) =>
      Effect.gen(function* () {
        const { answers, far: caller } = yield* far.calls("030 555666", "+4930200200")
        yield* pass()
        assert.match(answers[0], /m=audio 10000 RTP\/AVP 0 101\r\n/)
        assert.deepStrictEqual(requests, [])
        caller.answers("")
        yield* pass(2_499)
        assert.deepStrictEqual(requests, [[1, "+4930555666"]])
        assert.deepStrictEqual([media.last().hears, caller.isOver], ["2500 ms", false])
        yield* pass(1)
        assert.deepStrictEqual([caller.isOver, media.open], [true, 0])
      })
    )
  )
  it.effect("without an offer is made one, and what is agreed comes with the acknowledgement", () =>
    onFakes(settings, ({ far, media, pass, requests }) =>
      Effect.gen(function* () {
        const { answers, far: caller } = yield* far.calls("+4930555666", "+4930200200", "")
        yield* pass()
        assert.match(answers[0], /m=audio 10000 RTP\/AVP 8 0 101\r\n/)
        caller.answers()
        yield* pass()
        assert.deepInclude(media.last().remote, { law: "mulaw" })
        assert.strictEqual(requests.length, 1)
        caller.hangsUp()
        yield* pass()
        assert.strictEqual(media.open, 0)
      })
    )
  )
  it.effect("and hangs up before the answer is not called back", () =>
    onFakes(settings, ({ far, media, pass, requests }) =>
      Effect.gen(function* () {
        const { far: caller } = yield* far.calls("+4930555666", "+4930200200")
        yield* pass()
        caller.hangsUp()
        yield* pass()
        assert.deepStrictEqual([requests, media.open], [[], 0])
      })
    )
  )
  for (const [who, from, to, status] of [
    ["at a number nobody has", "+4930555666", "+4930999999", 404],
    ["at a campaign that does not call back", "+4930555666", "+4930100", 480],
    ["without a number to be called back at", "anonymous", "+4930200200", 433],
    ["from an agent's phone", "agent0", "+4930200200", 403]
  ] as const) {
    it.effect(`${who} is turned away with ${status}`, () =>
      onFakes(settings, ({ far, media, pass, requests }) =>
        Effect.gen(function* () {
          const { rejected } = yield* far.calls(from, to)
          yield* pass()
          assert.deepStrictEqual([rejected, requests, media.sounds.length], [[status], [], 0])
        })
      )
    )
  }
  it.effect("without a sound that can be agreed on is turned away", () =>
    onFakes(settings, ({ far, media, pass }) =>
      Effect.gen(function* () {
        const { rejected } = yield* far.calls("+4930555666", "+4930200200", "v=0")
        yield* pass()
        assert.deepStrictEqual([rejected, media.open], [[488], 0])
      })
    )
  )
  it.effect("while as many as may are on the line finds it busy", () =>
    onFakes(settings, ({ far, pass }) =>
      Effect.gen(function* () {
        yield* far.calls("+4930555661", "+4930200200")
        yield* far.calls("+4930555662", "+4930200200")
        yield* pass()
        const { rejected } = yield* far.calls("+4930555663", "+4930200200")
        yield* pass()
        assert.deepStrictEqual(rejected, [486])
      })
    )
  )
  it.effect("cannot be told apart where two campaigns claim a number: the floor does not begin", () =>
    Effect.gen(function* () {
      const both = settingsOf({
        campaigns: [
          campaignOf({ name: "A", numbersDialled: ["+4930100100"] }),
          campaignOf({ name: "B", numbersDialled: ["030 100100"] })
        ]
      })
      const failure = yield* Effect.flip(onFakes(both, () => Effect.void))
      assert.deepInclude(failure as object, {
        _tag: "NumbersTaken",
        sentence: "the number 030 100100 is dialled for two campaigns: A and B"
      })
    })
  )
})
