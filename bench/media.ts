import { Effect, type Scope } from "effect"
import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { Media } from "../src/media/Media.ts"
import type { Endpoint } from "../src/media/rtp/Latch.ts"
import type { RemoteMedia } from "../src/media/sdp/offerAnswer.ts"
import type { Bench } from "./Bench.ts"
import { type Budget, budgets, budgetText, verdict } from "./budgets.ts"
import type { Load, LoadResult } from "./mediaGenerator.ts"
import { table, whole } from "./table.ts"
import { coreSeconds } from "./timing.ts"

const calls = 200
const rounds = 3
const warmUpMillis = 2_000
const millis = 8_000
const address = "127.0.0.1"
const legPortMin = 28_000
const farPortMin = 29_000

/** Calls bridged by the media thread while a second thread is all the far ends. */
export const media: Bench = {
  name: "media",
  title: `Media: ${calls} bridged calls, ${calls * 100} packets a second in and as many out, through one thread`,
  run: async ({ print, progress }) => {
    const rows: Array<ReadonlyArray<string>> = []
    let complete = true
    for (let round = 1; round <= rounds; round += 1) {
      progress(`round ${round} of ${rounds}`)
      const result = await Effect.runPromise(Effect.scoped(Effect.provide(oneRound, layer)))
      complete &&= result.received > 0
      rows.push(rowOf(result))
    }
    print(
      table([
        [
          "packets",
          "lost",
          "",
          "delay above the least: p50",
          "p99",
          "",
          "p99.9",
          "sent late: p99",
          "cores of the relay"
        ],
        ...rows
      ])
    )
    print(
      `\nbudget: p99 ${budgetText(budgets.mediaDelayMillis, showMillis)}, lost ${budgetText(budgets.mediaLost, whole)}`
    )
    return complete
  }
}

const showMillis = (value: number): string => `${value.toFixed(2)} ms`
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]

interface Round extends LoadResult {
  readonly relayCores: number
}
const rowOf = ({ delays, lateness, received, relayCores, sent }: Round): ReadonlyArray<string> => {
  const p99 = quantile(delays, 0.99)
  const lostBudget: Budget = budgets.mediaLost
  return [
    whole(sent),
    whole(sent - received),
    verdict(sent - received, lostBudget),
    showMillis(quantile(delays, 0.5)),
    showMillis(p99),
    verdict(p99, budgets.mediaDelayMillis),
    showMillis(quantile(delays, 0.999)),
    showMillis(quantile(lateness, 0.99)),
    relayCores.toFixed(2)
  ]
}

const layer = Media.layer({ address, portMin: legPortMin, portMax: legPortMin + 4 * calls - 1 })

const oneRound: Effect.Effect<Round, unknown, Media | Scope.Scope> = Effect.gen(function* () {
  const service = yield* Media
  const legs: Array<Endpoint> = []
  for (let call = 0; call < calls; call += 1) {
    const [a, b] = [yield* service.open({ silenceMillis: 20_000 }), yield* service.open({ silenceMillis: 20_000 })]
    yield* a.setRemote(remoteOf(legs.length))
    yield* b.setRemote(remoteOf(legs.length + 1))
    yield* service.bridge(a, b)
    legs.push(a.local, b.local)
  }
  const load: Load = { legs, portMin: farPortMin, warmUpMillis, millis }
  return yield* Effect.promise(() => generate(load))
})

const remoteOf = (leg: number): RemoteMedia => ({
  endpoint: { address, port: farPortMin + 2 * leg },
  control: { address, port: farPortMin + 2 * leg + 1 },
  law: "mulaw",
  payloadType: 0,
  keysOut: 101,
  keysIn: 101,
  packetMillis: 20,
  sends: true,
  receives: true
})

/** The relay's share of the processor is what the process used less what the generator did. */
const generate = async (load: Load): Promise<Round> => {
  const worker = new Worker(new URL("./mediaGenerator.ts", import.meta.url), { workerData: load })
  await once(worker, "message")
  const [cpu, started] = [coreSeconds(), performance.now()]
  worker.postMessage("go")
  const [result] = (await once(worker, "message")) as [LoadResult]
  const used = coreSeconds() - cpu - result.coreSeconds
  const relayCores = used / ((performance.now() - started - 500) / 1_000)
  await worker.terminate()
  return { ...result, relayCores }
}
