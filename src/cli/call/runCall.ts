import { Effect, FileSystem, Layer, Option, Queue, Result } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { toE164 } from "../../contacts/phoneNumber.ts"
import { Media } from "../../media/Media.ts"
import { promptFromWav } from "../../media/prompts/Prompt.ts"
import { Sip } from "../../sip/Sip.ts"
import type { TrunkSettings } from "../../sip/trunks/TrunkSettings.ts"
import { PeerList } from "../../sip/wire/PeerList.ts"
import { UdpSocket } from "../../sip/wire/UdpSocket.ts"
import { systemError } from "../../store/writeProblem.ts"
import { callExitCodes, callOutcome, callText, strangersText } from "./callText.ts"
import { Ladder, timeText } from "./Ladder.ts"
import { type CallPlan, testCall } from "./testCall.ts"
import type { Passing } from "./wireTap.ts"
import { Failed, Told, WrongInput } from "../CommandFailure.ts"
import { floorFile } from "../floor/floorFile.ts"
import { floorSip } from "../floor/floorSip.ts"
import { registerAt } from "../floor/trunkAccount.ts"
import { showsUnicode } from "../progress/Screen.ts"
import { stopSignal } from "../stopSignal.ts"
import { writeOut } from "../writeOut.ts"

const soundBytesMax = 200_000_000
/** Lines waiting to be written at most; more are dropped. */
const linesMax = 4_096

/** What was asked for on the command line. */
export interface CallFlags {
  readonly number: string
  readonly config: string
  readonly trunk: Option.Option<string>
  readonly play: Option.Option<string>
  readonly keys: Option.Option<string>
  readonly record: Option.Option<string>
  readonly seconds: number
  readonly ladder: boolean
}

/** Places one test call and says all about it; exit codes by `callExitCodes`. */
export const runCall = Effect.fn("runCall")(function* ({ config: path, ladder, ...given }: CallFlags) {
  const config = yield* floorFile(path)
  const trunk = yield* trunkOf(config, Option.getOrNull(given.trunk))
  const plan = yield* planOf(config, given)
  const print = yield* printer
  const unicode = yield* showsUnicode
  const world: { listen: (passing: Passing) => void } = { listen: () => {} }
  const layers = Layer.merge(
    floorSip(config, (passing) => world.listen(passing)),
    Media.layer(config.media)
  )
  const placed = Effect.gen(function* () {
    const { address } = yield* UdpSocket
    const peers = new PeerList(config.sip.peers)
    const rungs = new Ladder(address, (host) => peers.has(host), unicode)
    let startedAt: number | undefined
    const since = (atMillis: number): number => atMillis - (startedAt ??= atMillis)
    if (ladder) {
      world.listen = (passing) => {
        for (const line of rungs.linesOf(passing, since(passing.atMillis))) print.line(line)
      }
    }
    if (address.port !== config.sip.bind.port) {
      print.line(`Port ${config.sip.bind.port} is taken, by a floor that runs: calling from ${address.port}.`)
    }
    const route = yield* routeOf(trunk)
    const { requested } = yield* stopSignal
    const tell = (text: string, atMillis: number) => print.line(`${timeText(since(atMillis))}  ${text}`)
    const report = yield* testCall(trunk, route, plan, tell, requested)
    const { counters } = yield* Sip.use((sip) => sip.status)
    return { report, strangers: counters.strangers }
  })
  const { report, strangers } = yield* placed.pipe(
    Effect.provide(layers),
    Effect.catchTags({
      UdpSocketError: ({ message }) => Effect.fail(new WrongInput({ sentence: `${message} See sip in ${path}.` })),
      CallInvalid: ({ message }) => Effect.fail(new WrongInput({ sentence: message })),
      PortsExhausted: ({ message }) => Effect.fail(new WrongInput({ sentence: `${message} See media in ${path}.` })),
      NotPlayable: ({ message }) => Effect.fail(new WrongInput({ sentence: message })),
      MediaStopped: ({ message }) => Effect.fail(new Failed({ sentence: message })),
      LegUnusable: ({ message }) => Effect.fail(new Failed({ sentence: message }))
    })
  )
  yield* print.done
  const advice = strangersText(strangers)
  yield* writeOut(`\n${callText(report, plan.recordTo)}\n${advice === "" ? "" : `\n${advice}\n`}`)
  const code = callExitCodes[callOutcome(report)]
  if (code !== 0) return yield* new Told({ code })
}, Effect.scoped)

/** Lines on standard output, one after the other, without anybody waiting for them. `done`: when all are out. */
const printer = Effect.gen(function* () {
  const lines = yield* Queue.bounded<string>(linesMax)
  const write = Effect.flatMap(Queue.takeAll(lines), (some) => writeOut(some.map((line) => `${line}\n`).join("")))
  yield* Effect.forkScoped(Effect.forever(write))
  const rest = Effect.flatMap(Queue.clear(lines), (some) => writeOut(some.map((line) => `${line}\n`).join("")))
  return { line: (text: string) => void Queue.offerUnsafe(lines, text), done: rest }
})

const trunkOf = ({ trunks }: FloorConfig, name: string | null) => {
  const trunk = name === null ? trunks[0] : trunks.find((each) => each.name === name)
  if (trunk !== undefined) return Effect.succeed(trunk)
  const names = trunks.map((each) => each.name).join(", ")
  return Effect.fail(new WrongInput({ sentence: `there is no trunk "${name}": there are ${names}.` }))
}

const planOf = Effect.fnUntraced(function* (
  { campaigns }: FloorConfig,
  given: Pick<CallFlags, "number" | "play" | "keys" | "record" | "seconds">
) {
  const { country } = campaigns[0].list.options
  const number = toE164(given.number, country)
  if (number === null) {
    const sentence = `${given.number} is no telephone number, neither of ${country} nor with its country, as in +441632960123.`
    return yield* new WrongInput({ sentence })
  }
  const recordTo = Option.getOrNull(given.record)
  if (recordTo !== null) yield* checkRecording(recordTo)
  const plan: CallPlan = {
    number,
    prompt: Option.isNone(given.play) ? null : yield* promptIn(given.play.value),
    keys: Option.getOrNull(given.keys),
    secondsMax: given.seconds,
    recordTo
  }
  return plan
})

const checkRecording = Effect.fnUntraced(function* (path: string) {
  const fs = yield* FileSystem.FileSystem
  const exists = yield* Effect.orElseSucceed(fs.exists(path), () => false)
  if (exists) return yield* new WrongInput({ sentence: `${path} exists: a recording is never written over a file.` })
})

const promptIn = Effect.fnUntraced(
  function* (path: string) {
    const fs = yield* FileSystem.FileSystem
    const { size } = yield* fs.stat(path)
    if (size > soundBytesMax) return yield* new WrongInput({ sentence: `${path} is too long to be played.` })
    const prompt = promptFromWav(yield* fs.readFile(path))
    if (Result.isSuccess(prompt)) return prompt.success
    return yield* new WrongInput({ sentence: `${path} cannot be played: ${prompt.failure.message}` })
  },
  (prompt, path) =>
    Effect.catchTag(prompt, "PlatformError", (error) =>
      Effect.fail(new WrongInput({ sentence: `cannot read ${path}: ${systemError(error).message}.` }))
    )
)

/** Registers where the trunk wants it; what the registrar wants calls to carry. */
const routeOf = Effect.fnUntraced(function* (trunk: TrunkSettings) {
  if (!trunk.register) return []
  const { isRegistered, serviceRoute, status } = yield* registerAt(trunk)
  if (isRegistered) return serviceRoute
  const why = status === 408 ? "REGISTER is not answered" : `REGISTER was answered with ${status}`
  return yield* new Failed({ sentence: `${trunk.name} does not take us: ${why}. No call was placed.` })
})
