import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Outcome } from "../../../src/domain/Outcome.ts"
import { CallInvalid } from "../../../src/sip/Sip.ts"
import { NoTrunk } from "../../../src/sip/trunks/Trunks.ts"
import { campaignOf, farSdpWithoutSound, key, numberOf, onFakes, settingsOf } from "./fakeFloor.ts"

const settings = settingsOf()
const number = numberOf(0)
const ended = { kind: "ended" as const, ...key, machine: false }

describe("a customer's call", () => {
  it.effect("rings, is answered and ends, each told once", () =>
    onFakes(settings, ({ dial, far, media, pass, told }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).rings()
        far.at(number).rings()
        yield* pass()
        far.at(number).answers()
        yield* pass(5_000)
        assert.strictEqual(far.at(number).callerId, "+49301")
        assert.deepInclude(media.last().remote, { law: "mulaw", keysOut: 101, sends: true })
        assert.strictEqual(media.last().hears, "1000 ms")
        far.at(number).hangsUp()
        yield* pass()
        assert.deepStrictEqual(told, [{ kind: "ringing", ...key }, { kind: "answered", ...key, machine: false }, ended])
        assert.strictEqual(media.open, 0)
      })
    )
  )
  it.effect("fails with the outcome its status stands for", () =>
    onFakes(settings, ({ dial, far, pass, told }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).fails(486)
        yield* pass()
        assert.deepStrictEqual(told, [{ kind: "failed", ...key, outcome: Outcome.busy }])
      })
    )
  )
  it.effect("counts silence of the network after ringing as nobody there", () =>
    onFakes(settings, ({ dial, far, pass, told }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).rings()
        yield* pass()
        far.at(number).fails(408)
        yield* pass()
        assert.deepStrictEqual(told.at(-1), { kind: "failed", ...key, outcome: Outcome.noAnswer })
      })
    )
  )
  it.effect("fails as congestion when no trunk or no port can be had, and as invalid for what is no number", () =>
    onFakes(settings, ({ dial, far, media, pass, told }) =>
      Effect.gen(function* () {
        far.refused.set(number, new NoTrunk({ objections: [] }))
        yield* dial
        yield* pass()
        far.refused.set(number, new CallInvalid({ problem: "number" }))
        yield* dial
        yield* pass()
        media.portsMax = 0
        yield* dial
        yield* pass()
        const outcomes = told.map((event) => (event.kind === "failed" ? event.outcome : event.kind))
        assert.deepStrictEqual(outcomes, [Outcome.congestion, Outcome.invalid, Outcome.congestion])
      })
    )
  )
  it.effect("is over when the far end has confirmed it, not before", () =>
    onFakes(settings, ({ dial, far, kinds, pass, trunk }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).confirmMillis = 2_000
        yield* trunk({ kind: "hangUp", key })
        yield* pass(1_999)
        assert.deepStrictEqual(kinds(), [])
        yield* pass(1)
        assert.deepStrictEqual(kinds(), ["ended"])
      })
    )
  )
  it.effect("that is answered as it is taken back is told as answered, then ended", () =>
    onFakes(settings, ({ dial, far, kinds, pass, trunk }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).crosses = true
        far.at(number).confirmMillis = 100
        yield* trunk({ kind: "hangUp", key })
        yield* pass(100)
        assert.deepStrictEqual(kinds(), ["answered", "ended"])
      })
    )
  )
  it.effect("taken back without a word of the far end was not answered", () =>
    onFakes(settings, ({ dial, far, kinds, pass, trunk }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).confirms = false
        far.at(number).confirmMillis = 32_000
        yield* trunk({ kind: "hangUp", key })
        yield* pass(32_000)
        assert.deepStrictEqual(kinds(), ["ended"])
      })
    )
  )
  it.effect("answered before our hang-up was sent is told as answered though the core has given it up", () =>
    onFakes(settings, ({ dial, far, kinds, pass, trunk }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).answers()
        yield* trunk({ kind: "hangUp", key })
        yield* pass()
        assert.deepStrictEqual(kinds(), ["answered", "ended"])
      })
    )
  )
  it.effect("taken back while it waits for its trunk's turn is never placed", () =>
    onFakes(settings, ({ dial, far, kinds, media, pass, trunk }) =>
      Effect.gen(function* () {
        far.turnMillis = 900
        yield* dial
        yield* pass(500)
        yield* trunk({ kind: "hangUp", key })
        yield* pass(1_000)
        assert.deepStrictEqual([kinds(), far.ends.length, media.open], [["ended"], 0, 0])
      })
    )
  )
  it.effect("answered without a sound that can be agreed on is hung up, and has failed", () =>
    onFakes(settings, ({ dial, far, notices, pass, told }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).answers(farSdpWithoutSound)
        yield* pass()
        assert.deepStrictEqual(told, [{ kind: "failed", ...key, outcome: Outcome.congestion }])
        assert.deepStrictEqual(
          notices.map(({ kind }) => kind),
          ["noSound"]
        )
        assert.strictEqual(far.at(number).hangUps > 0, true)
      })
    )
  )
  it.effect(
    "is left alone when no sound comes from it, as of somebody who is muted, while it says that it is there",
    () =>
      onFakes(settings, ({ dial, far, kinds, media, notices, pass }) =>
        Effect.gen(function* () {
          yield* dial
          far.at(number).answers()
          far.at(number).askedMillis = 40_000
          yield* pass()
          for (let seconds = 30; seconds <= 120; seconds += 30) {
            media.last().happens({ kind: "silent", silentMillis: 1_000 * seconds })
            yield* pass(30_000)
          }
          // Asked again only after it has answered.
          assert.strictEqual(far.at(number).asked, 2)
          assert.deepStrictEqual([kinds(), notices], [["answered"], []])
        })
      )
  )
  it.effect(
    "is hung up when nothing has come from it for too long, once it is answered, and it does not say that it is there",
    () =>
      onFakes(settings, ({ dial, far, kinds, media, notices, pass }) =>
        Effect.gen(function* () {
          yield* dial
          far.at(number).isThere = false
          media.last().happens({ kind: "silent", silentMillis: 30_000 })
          yield* pass()
          assert.deepStrictEqual(kinds(), [])
          far.at(number).answers()
          yield* pass()
          media.last().happens({ kind: "silent", silentMillis: 30_000 })
          yield* pass()
          assert.deepStrictEqual(kinds(), ["answered", "ended"])
          assert.deepStrictEqual(notices, [{ kind: "silent", key }])
        })
      )
  )
  it.effect("is hung up when all sound stops: ended once it was answered, failed before", () =>
    onFakes(settings, ({ dial, far, kinds, media, pass, told }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).answers()
        yield* pass()
        media.last().stops()
        yield* pass()
        assert.deepStrictEqual(kinds(), ["answered", "ended"])
        yield* dial
        media.last().stops()
        yield* pass()
        assert.deepStrictEqual(told.at(-1), { kind: "failed", ...key, outcome: Outcome.congestion })
      })
    )
  )
  it.effect("does nothing for commands that come after its end", () =>
    onFakes(settings, ({ dial, far, kinds, pass, trunk }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).fails(404)
        yield* pass()
        for (const kind of ["hangUp", "detect", "startScript", "playAbandoned"] as const) yield* trunk({ kind, key })
        yield* pass(60_000)
        assert.deepStrictEqual(kinds(), ["failed"])
      })
    )
  )
  it.effect("that something of ours breaks down on is hung up, and has ended all the same", () =>
    onFakes(settingsOf({ campaigns: [] }), ({ dial, far, kinds, media, pass, trunk }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).answers()
        yield* pass()
        // There are no settings of its campaign.
        yield* trunk({ kind: "detect", key })
        yield* pass()
        assert.deepStrictEqual([kinds(), media.open], [["answered", "ended"], 0])
      })
    )
  )
  it.effect("is hung up when the floor closes, and nothing is left open", () =>
    Effect.gen(function* () {
      const ends = yield* onFakes(settings, ({ dial, far, pass }) =>
        Effect.gen(function* () {
          yield* dial
          far.at(number).answers()
          yield* pass()
          return far.ends
        })
      )
      assert.isAbove(ends[0].hangUps, 0)
    })
  )
})

describe("an abandoned call", () => {
  const answered = (around: Parameters<Parameters<typeof onFakes>[1]>[0]) =>
    Effect.gen(function* () {
      yield* around.dial
      around.far.at(number).answers()
      yield* around.pass()
      yield* around.trunk({ kind: "playAbandoned", key })
    })
  it.effect("hears the message and is hung up then", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* answered(around)
        yield* around.pass(3_999)
        assert.deepStrictEqual([around.media.last().hears, around.kinds()], ["4000 ms", ["answered"]])
        yield* around.pass(1)
        assert.deepStrictEqual(around.kinds(), ["answered", "ended"])
        assert.deepStrictEqual(around.notices, [{ kind: "abandonMessage", key, heard: "whole" }])
      })
    )
  )
  it.effect("that hangs up has heard a part of it", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* answered(around)
        yield* around.pass(1_000)
        around.far.at(number).hangsUp()
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["answered", "ended"])
        assert.deepStrictEqual(around.notices, [{ kind: "abandonMessage", key, heard: "part" }])
      })
    )
  )
  it.effect("is hung up at once where there is no message", () =>
    onFakes(settingsOf({ campaigns: [campaignOf({ abandonMessage: null })] }), (around) =>
      Effect.gen(function* () {
        yield* answered(around)
        yield* around.pass()
        assert.deepStrictEqual(around.kinds(), ["answered", "ended"])
        assert.deepStrictEqual(around.notices, [{ kind: "abandonMessage", key, heard: "none" }])
      })
    )
  )
})

describe("answering-machine detection", () => {
  const detecting = (around: Parameters<Parameters<typeof onFakes>[1]>[0]) =>
    Effect.gen(function* () {
      yield* around.dial
      around.far.at(number).answers()
      yield* around.pass()
      yield* around.trunk({ kind: "detect", key })
    })
  for (const [verdict, machine] of [
    ["human", false],
    ["machine", true],
    ["unsure", false]
  ] as const) {
    it.effect(`takes "${verdict}" for a ${machine ? "machine" : "person"}`, () =>
      onFakes(settings, (around) =>
        Effect.gen(function* () {
          yield* detecting(around)
          assert.deepInclude(around.media.last().listening, { keys: false, tones: false })
          const sound = around.media.last()
          sound.happens({ kind: "answeringMachine", verdict: { verdict, cause: "time-out", millis: 100 } })
          yield* around.pass(60_000)
          assert.deepStrictEqual(around.told.slice(1), [{ kind: "detected", ...key, machine, wrong: false }])
          assert.strictEqual(sound.listening?.answeringMachine, null)
        })
      )
    )
  }
  it.effect("ends by itself, with a person, when no verdict comes", () =>
    onFakes(settings, (around) =>
      Effect.gen(function* () {
        yield* detecting(around)
        yield* around.pass(5_999)
        assert.deepStrictEqual(around.kinds(), ["answered"])
        yield* around.pass(1)
        assert.deepStrictEqual(around.told.at(-1), { kind: "detected", ...key, machine: false, wrong: false })
      })
    )
  )
})

describe("an automatic campaign without a flow", () => {
  it.effect("plays its announcement, and tells that it is over", () =>
    onFakes(settings, ({ dial, far, kinds, pass, trunk }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(number).answers()
        yield* pass()
        yield* trunk({ kind: "startScript", key })
        yield* pass(2_999)
        assert.deepStrictEqual(kinds(), ["answered"])
        yield* pass(1)
        assert.deepStrictEqual(kinds(), ["answered", "scriptEnded"])
        yield* trunk({ kind: "hangUp", key })
        yield* pass()
        assert.deepStrictEqual(kinds(), ["answered", "scriptEnded", "ended"])
      })
    )
  )
})
