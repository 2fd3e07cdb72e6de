import { NodeServices } from "@effect/platform-node"
import { Context, Effect, Layer } from "effect"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { CampaignSettings } from "../../../../src/domain/Campaign.ts"
import { readWav } from "../../../../src/media/audio/readWav.ts"
import { wavOf } from "../../../../src/media/audio/wavHeader.ts"
import { Floor } from "../../../../src/runtime/floor/Floor.ts"
import { FloorCore } from "../../../../src/runtime/floor/FloorCore.ts"
import type { FloorEvent } from "../../../../src/runtime/floor/FloorEvent.ts"
import { Desks, Lists } from "../../../../src/runtime/floor/FloorPort.ts"
import { Inbox } from "../../../../src/runtime/floor/Inbox.ts"
import { Journal } from "../../../../src/runtime/floor/Journal.ts"
import { CallbackRequests } from "../../../../src/runtime/live/CallbackRequests.ts"
import { Callers } from "../../../../src/runtime/live/Callers.ts"
import { CallControl } from "../../../../src/runtime/live/CallControl.ts"
import { type CallNotice, CallNotices } from "../../../../src/runtime/live/CallNotices.ts"
import { layerLive } from "../../../../src/runtime/live/LiveFloor.ts"
import type { LiveSettings } from "../../../../src/runtime/live/LiveSettings.ts"
import { Numbers, SpokenFields } from "../../../../src/runtime/live/Numbers.ts"
import { type Recording, Recordings } from "../../../../src/runtime/live/Recordings.ts"
import { Sip } from "../../../../src/sip/Sip.ts"
import { layerTrunks } from "../../../../src/sip/trunks/layerTrunks.ts"
import { type Address, addressText } from "../../../../src/sip/wire/Address.ts"
import type { AttemptRow } from "../../../../src/store/schema.ts"
import { heardMillis, tracksOf } from "../../../live/harness/hearing.ts"
import { until } from "../../../live/harness/host.ts"
import { outpace } from "../../../live/harness/outpace.ts"
import { sine } from "../../../live/harness/voice.ts"
import { settingsOf } from "../fakeFloor.ts"
import { trunkOf } from "../../../sip/trunks/trunkOf.ts"
import { noBook } from "../../floor/noBook.ts"

export interface RealFloor {
  readonly events: ReadonlyArray<FloorEvent>
  readonly attempts: ReadonlyArray<AttemptRow>
  readonly notices: ReadonlyArray<CallNotice>
  readonly recordings: ReadonlyArray<Recording>
  /** What was answered to the questions of a flow. */
  readonly answers: ReadonlyArray<string>
  /** Who wants to be called back. */
  readonly requests: ReadonlyArray<string>
  readonly sip: Sip["Service"]
  readonly control: CallControl["Service"]
  readonly tell: (event: FloorEvent) => Effect.Effect<void>
  /** Waits until so many attempts are on record. */
  readonly recorded: (attempts: number) => Effect.Effect<void>
  /** Waits until nothing of a call is left in the SIP edge but the phones that are always on. */
  readonly quiet: (legs: number) => Effect.Effect<void>
}

/** One campaign of the real core and its floor, over real SIP and sound; contacts have the numbers given. */
export const realFloor = Effect.fnUntraced(function* (
  campaign: CampaignSettings,
  live: LiveSettings,
  trunk: Address,
  numbers: ReadonlyArray<string>
) {
  const events: Array<FloorEvent> = []
  const attempts: Array<AttemptRow> = []
  const notices: Array<CallNotice> = []
  const recordings: Array<Recording> = []
  const answers: Array<string> = []
  const requests: Array<string> = []
  const alwaysOn = live.agents[0]?.alwaysOn ?? false
  const groups = [{ name: "team", agents: live.agents.length, alwaysOn }]
  const core = new FloorCore(
    {
      groups,
      campaigns: [campaign],
      trunk: { linesMax: 100, callsPerSecondMax: 100, ringingReported: true },
      startMinutes: 600
    },
    { groups, campaigns: [{ settings: campaign, list: { segments: [{ name: "all" }] } }] },
    { ...noBook, answered: (_call, _step, keys) => void answers.push(keys) }
  )
  const around = Layer.mergeAll(
    Layer.succeed(Numbers, { numberOf: (_campaign, contact) => numbers[contact], shownOf: () => undefined }),
    Layer.succeed(SpokenFields, { valueOf: () => null }),
    Layer.succeed(Recordings, { recorded: (recording) => Effect.sync(() => void recordings.push(recording)) }),
    Layer.succeed(CallbackRequests, { request: (_campaign, caller) => Effect.sync(() => void requests.push(caller)) }),
    Layer.succeed(Callers, { contactOf: () => Effect.succeed(0) }),
    Layer.succeed(CallNotices, { tell: (notice) => Effect.sync(() => void notices.push(notice)) }),
    Layer.succeed(Lists, { do: () => Effect.void }),
    Journal.layerKept((told, records) => {
      events.push(...told.map(({ event }) => event))
      attempts.push(...records.attempts)
    })
  )
  const desks = Layer.effect(
    Desks,
    Effect.gen(function* () {
      const control = yield* CallControl
      const inbox = yield* Inbox
      return Desks.of({
        do: (command) => {
          if (command.kind === "agentChanged") return control.agentChanged(command.agent, command.state)
          if (command.kind === "preview") return Effect.void
          const { agent, key } = command
          return inbox.tell({ kind: "wrapUpDone", agent, ...key, disposition: -1, askedAt: -1 })
        }
      })
    })
  )
  const context = yield* Layer.build(
    Floor.layer(core).pipe(
      Layer.provideMerge(desks),
      Layer.provideMerge(layerLive(live)),
      Layer.provideMerge(layerTrunks([trunkOf("carrier", { host: addressText(trunk), callsPerSecondMax: 100 })])),
      Layer.provideMerge(outpace()),
      Layer.provideMerge(Layer.mergeAll(Inbox.layer(0), around, NodeServices.layer))
    )
  )
  yield* Effect.forkScoped(Context.get(context, Floor).run)
  const sip = Context.get(context, Sip)
  return {
    events,
    attempts,
    notices,
    recordings,
    answers,
    requests,
    sip,
    control: Context.get(context, CallControl),
    tell: Context.get(context, Inbox).tell,
    recorded: (count) =>
      until(
        () => `${count} attempts after ${JSON.stringify(events)}`,
        () => attempts.length >= count,
        20
      ),
    quiet: (legs) =>
      until(
        `only ${legs} legs are up`,
        Effect.map(sip.status, ({ legCount }) => legCount <= legs)
      )
  } satisfies RealFloor
})

/** Prompts in a folder: tones, so that who hears which is known. */
export const sounds = (cwd: string, more: Partial<LiveSettings>): LiveSettings => {
  for (const [name, hertz, millis] of [
    ["hello", 440, 1_000],
    ["abandoned", 520, 1_200],
    ["music", 350, 1_000]
  ] as const) {
    writeFileSync(join(cwd, `${name}.wav`), wavOf(8_000, sine(hertz, millis)))
  }
  return settingsOf({
    recordingsFolder: join(cwd, "recordings"),
    prompts: { folder: cwd, speech: { command: "espeak-ng", voice: "en", wordsPerMinute: 160, folder: cwd } },
    ...more
  })
}
/** Of a campaign, with those. */
export const prompts = {
  holdMusic: { file: "music.wav" },
  abandonMessage: { file: "abandoned.wav" },
  announcement: null
}

/** Milliseconds for which a pitch was said to somebody so far, by the file the phone keeps; it may have just begun. */
export const heardIn = (file: string, hertz: number): number => {
  const sound = existsSync(file) ? readWav(readFileSync(file)) : undefined
  return sound?._tag === "Success" ? heardMillis(tracksOf(sound.success)[0], hertz) : 0
}
