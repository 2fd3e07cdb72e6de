import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { type FinalEvent, Sip } from "../../src/sip/Sip.ts"
import { addressText } from "../../src/sip/wire/Address.ts"
import { dominantHertz, heardMillis, onsetMillis, readTracks } from "./harness/hearing.ts"
import { until } from "./harness/host.ts"
import { type LiveCall, placeCall } from "./harness/liveCall.ts"
import { outpace } from "./harness/outpace.ts"
import { folder } from "./harness/program.ts"
import { type FarCall, type SippTrunk, sippTrunk } from "./harness/sippTrunk.ts"
import type { Rule } from "./harness/trunkScenario.ts"

const caller = "+4930999"
const numberOf = (index: number): string => `+49301${String(index).padStart(3, "0")}`

/** What becomes of each number: `us` and `them` are our account of the call and the carrier's. */
interface Kind extends Rule {
  readonly us: string
  readonly them: string
  /** Pitch of who answers; 0 for silence, null for no answer. */
  readonly pitch: number | null
}
const kinds: ReadonlyArray<Kind> = [
  {
    endings: ["0"],
    behaviour: { _tag: "Refuse", status: "486 Busy Here", ringMillis: 0, q850: 17 },
    us: "Failed 486 17",
    them: "refused 486",
    pitch: null
  },
  {
    endings: ["1"],
    behaviour: { _tag: "Refuse", status: "404 Not Found", ringMillis: 100, q850: 1 },
    us: "Failed 404 1",
    them: "refused 404",
    pitch: null
  },
  {
    endings: ["2"],
    behaviour: { _tag: "Refuse", status: "480 Temporarily Unavailable", ringMillis: 500 },
    us: "Failed 480",
    them: "refused 480",
    pitch: null
  },
  { endings: ["3", "4", "5"], behaviour: { _tag: "NoAnswer" }, us: "Ended by us", them: "cancelled", pitch: null },
  {
    endings: ["6"],
    behaviour: { _tag: "Answer", ringMillis: 300, hertz: 1_000, hangUpMillis: 700 },
    us: "Ended by them",
    them: "hung up by far end",
    pitch: 1000
  },
  {
    endings: ["7"],
    behaviour: { _tag: "Answer", ringMillis: 300, earlyHertz: 420, hertz: 1_300, hangUpMillis: 700 },
    us: "Ended by them",
    them: "hung up by far end",
    pitch: 1300
  },
  {
    endings: ["8"],
    behaviour: { _tag: "Answer", ringMillis: 0, hertz: null },
    us: "Ended by us",
    them: "hung up by caller",
    pitch: 0
  },
  {
    endings: ["9"],
    behaviour: { _tag: "Answer", ringMillis: 100, hertz: 700 },
    us: "Ended by us",
    them: "hung up by caller",
    pitch: 700
  }
]
const kindOf = (number: string): Kind =>
  kinds.find(({ endings }) => endings.some((end) => number.endsWith(end))) as Kind

/** Records half a second of an answered call, or of its silence. Listening to it now would hold up the calls. */
const record = Effect.fnUntraced(function* (call: LiveCall, path: string) {
  yield* call.media.record(path)
  const packets = Effect.map(Effect.orDie(call.media.statistics), ({ received }) => received.packets)
  const before = yield* packets
  const enough = Effect.map(packets, (count) => count >= before + 25)
  yield* Effect.timeoutOption(until("half a second is heard", enough), "600 millis")
  yield* call.media.stopRecording
})
const pitchIn = (path: string) => Math.round(dominantHertz(readTracks(path)[0]) / 10) * 10

/** Calls a number as a dialler does: listens to who answers, hangs up, and gives up after a second where nobody does. One line of it. */
const contact = (trunk: SippTrunk, number: string, cwd: string) =>
  Effect.gen(function* () {
    const call = yield* placeCall({
      to: `sip:${number}@${addressText(trunk.address)}`,
      from: `sip:${caller}@outpace.test`,
      credentials: { user: "outpace", password: "s3cret" }
    })
    const isOver = () => call.events.some(({ _tag }) => _tag === "Failed" || _tag === "Ended")
    const isAnswered = () => call.events.some(({ _tag }) => _tag === "Answered")
    const isDone = () => isAnswered() || isOver()
    // Only who never answers is given up on: a CANCEL that crosses an answer would be another test.
    const rings = kindOf(number).behaviour._tag === "NoAnswer"
    const decided = until(`${number} is answered or refused`, isDone, rings ? 2 : 30)
    yield* rings ? Effect.timeoutOption(decided, "1 second") : decided
    const file = join(cwd, `${number}.wav`)
    if (isAnswered()) yield* record(call, file)
    const waits = kindOf(number).us.startsWith("Ended by them")
    const end = yield* waits ? call.leg.ended : call.leg.hangUp
    if (end._tag === "Ended") return `Ended by ${end.by}${end.confirmed ? "" : ", unconfirmed"}`
    return `Failed ${end.cause.status}${end.cause.q850 === undefined ? "" : ` ${end.cause.q850}`}`
  }).pipe(Effect.scoped)

const campaign = (trunk: SippTrunk, count: number, concurrency: number) =>
  Effect.gen(function* () {
    const cwd = yield* folder("campaign")
    const all = Array.from({ length: count }, (_, i) => numberOf(i))
    const lines = yield* Effect.forEach(all, (number) => contact(trunk, number, cwd), { concurrency })
    const open = () => trunk.calls().filter(({ end }) => end === null)
    yield* until(
      () => `SIPp has ended all calls: ${JSON.stringify(open())} are up. ${trunk.errors()}`,
      () => open().length === 0
    )
    assert.deepStrictEqual(
      lines,
      all.map((number) => kindOf(number).us)
    )
    const pitches = all.map((number) => {
      const file = join(cwd, `${number}.wav`)
      return existsSync(file) ? pitchIn(file) : null
    })
    assert.deepStrictEqual(
      pitches,
      all.map((number) => kindOf(number).pitch)
    )
    const byNumber = (a: FarCall, b: FarCall) => a.number.localeCompare(b.number)
    assert.deepStrictEqual(
      trunk.calls().toSorted(byNumber),
      all.map((number) => ({ number, caller, end: kindOf(number).them }))
    )
    assert.strictEqual(trunk.errors(), "", trunk.errors())
    const { counters, legCount } = yield* Sip.use((sip) => sip.status)
    assert.deepStrictEqual([legCount, counters.faults], [0, 0])
  })

describe("a carrier of SIPp, one process for all numbers", () => {
  it.live("does with each of 100 calls what its number asks for, and both sides tell the same of it", () =>
    Effect.gen(function* () {
      const trunk = yield* sippTrunk({ rules: kinds, otherwise: { _tag: "NoAnswer" } })
      yield* campaign(trunk, 100, 20)
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("90 seconds"))
  )
  it.live("is called off at the moment it answers or refuses, whichever of the two comes first", () =>
    Effect.gen(function* () {
      const answer = (ringMillis: number) => ({ _tag: "Answer", ringMillis, hertz: null }) as const
      const refusal = (ringMillis: number) => ({ _tag: "Refuse", status: "486 Busy Here", ringMillis }) as const
      const trunk = yield* sippTrunk({
        rules: [
          { endings: ["1"], behaviour: answer(0) },
          { endings: ["2"], behaviour: answer(15) },
          { endings: ["3"], behaviour: refusal(1) },
          { endings: ["4"], behaviour: refusal(15) }
        ],
        otherwise: answer(3_000)
      })
      // What the far end says of a call, by what it was to us.
      const said = ({ _tag, cause }: FinalEvent): string => {
        if (_tag === "Failed" || cause.status === 486) return "refused 486"
        return cause.status === 0 ? "hung up by caller" : "cancelled"
      }
      const numbers = Array.from({ length: 40 }, (_, i) => `+4930${i}${i % 5}`)
      const ends = yield* Effect.forEach(
        numbers,
        (number) =>
          Effect.gen(function* () {
            const call = yield* placeCall({
              to: `sip:${number}@${addressText(trunk.address)}`,
              from: `sip:${caller}@outpace.test`
            })
            yield* call.saw("Ringing")
            return [number, said(yield* call.leg.hangUp)] as const
          }).pipe(Effect.scoped),
        { concurrency: 8 }
      )
      yield* until(
        () => `SIPp has ended all calls: ${JSON.stringify(trunk.calls())} ${trunk.errors()}`,
        () => trunk.calls().every(({ end }) => end !== null)
      )
      const told = new Map<string, string | null>(trunk.calls().map(({ end, number }) => [number, end]))
      assert.deepStrictEqual(
        ends,
        numbers.map((number) => [number, told.get(number) ?? "not called"])
      )
      assert.strictEqual(trunk.errors(), "", trunk.errors())
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("60 seconds"))
  )
  it.live("is heard before it answers", () =>
    Effect.gen(function* () {
      const rings = { _tag: "Answer", ringMillis: 1_000, earlyHertz: 420, hertz: 1_300, hangUpMillis: 1_000 } as const
      const trunk = yield* sippTrunk({ rules: [], otherwise: rings })
      const call = yield* placeCall({ to: `sip:1@${addressText(trunk.address)}`, from: `sip:${caller}@outpace.test` })
      const file = join(yield* folder("early"), "call.wav")
      yield* call.media.record(file)
      yield* call.leg.ended
      yield* call.media.stopRecording
      const [left] = readTracks(file)
      assert.isAbove(heardMillis(left, 420), 500)
      assert.isAbove(heardMillis(left, 1_300), 500)
      assert.isBelow(onsetMillis(left, 420), onsetMillis(left, 1_300))
      assert.deepStrictEqual(
        call.events.map(({ _tag }) => _tag),
        ["EarlyMedia", "Answered", "Ended"]
      )
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("30 seconds"))
  )
  it.live("asks each caller for his password, where the contract says so", () =>
    Effect.gen(function* () {
      const challenge = { user: "outpace", password: "s3cret" }
      const trunk = yield* sippTrunk({ rules: kinds, otherwise: { _tag: "NoAnswer" }, challenge })
      yield* campaign(trunk, 10, 10)
      const stranger = yield* placeCall({
        to: `sip:1@${addressText(trunk.address)}`,
        from: `sip:${caller}@outpace.test`,
        credentials: { user: "outpace", password: "wrong" }
      })
      yield* stranger.saw("Failed")
      assert.strictEqual((yield* stranger.leg.ended).cause.status, 403)
    }).pipe(Effect.scoped, Effect.provide(outpace()), Effect.timeout("60 seconds"))
  )
})
