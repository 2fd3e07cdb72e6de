import { Effect, FileSystem, Layer, Queue } from "effect"
import { TestClock } from "effect/testing"
import { compileFlow } from "../../../src/dialler/flow/compileFlow.ts"
import type { CallFlow } from "../../../src/domain/flow/CallFlow.ts"
import { wavOf } from "../../../src/media/audio/wavHeader.ts"
import { answeringMachineDefaults } from "../../../src/media/detection/AnsweringMachine.ts"
import type { PhoneCommand, TrunkCommand } from "../../../src/runtime/floor/Command.ts"
import type { CallKey, FloorEvent } from "../../../src/runtime/floor/FloorEvent.ts"
import { Phones, Trunk } from "../../../src/runtime/floor/FloorPort.ts"
import { Inbox } from "../../../src/runtime/floor/Inbox.ts"
import { CallbackRequests } from "../../../src/runtime/live/CallbackRequests.ts"
import { Callers } from "../../../src/runtime/live/Callers.ts"
import { CallControl } from "../../../src/runtime/live/CallControl.ts"
import { type CallNotice, CallNotices } from "../../../src/runtime/live/CallNotices.ts"
import { layerLive } from "../../../src/runtime/live/LiveFloor.ts"
import {
  type LiveAgent,
  type LiveCampaign,
  type LiveSettings,
  usualLimits
} from "../../../src/runtime/live/LiveSettings.ts"
import { Numbers, SpokenFields } from "../../../src/runtime/live/Numbers.ts"
import { type Recording, Recordings } from "../../../src/runtime/live/Recordings.ts"
import { FakeFarEnds, farSdp } from "./FakeFarEnds.ts"
import { FakeMedia } from "./FakeMedia.ts"
import { fakeSpeaker } from "./fakeSpeaker.ts"

export const campaignOf = (more: Partial<LiveCampaign> = {}): LiveCampaign => ({
  name: "Spring",
  numbersDialled: [],
  putsThrough: false,
  takesRequests: false,
  record: false,
  detection: answeringMachineDefaults,
  flow: null,
  holdMusic: { file: "7000.wav" },
  abandonMessage: { file: "4000.wav" },
  announcement: { file: "3000.wav" },
  closingMessage: null,
  ...more
})

export const flowOf = (steps: CallFlow["steps"], name = "flow") => {
  const { problems, program } = compileFlow({ name, steps }, { groups: [], parameters: [], files: null })
  if (program === null) throw new Error(JSON.stringify(problems))
  return program
}

export const agentOf = (more: Partial<LiveAgent> = {}): LiveAgent => ({
  user: "agent0",
  address: "sip:phone0",
  alwaysOn: false,
  ...more
})

export const settingsOf = (more: Partial<LiveSettings> = {}): LiveSettings => ({
  zone: "UTC",
  recordingsFolder: "recordings",
  prompts: { folder: "prompts", speech: { command: "none", voice: "en", wordsPerMinute: 160, folder: "speech" } },
  campaigns: [campaignOf()],
  agents: [agentOf()],
  country: "DE",
  limits: usualLimits,
  ...more
})

/** How long every text is that is spoken. */
export const spokenMillis = 1_500

/** A sound file as long as its name says, in milliseconds. */
const fileNamed = (path: string): Uint8Array =>
  wavOf(8_000, new Int16Array(8 * Number(/\/(\d+)\.wav$/.exec(path)?.[1] ?? spokenMillis)))

export const key: CallKey = { call: 0, generation: 1 }

/** What is around the live layers, and what they have told. */
export interface Around {
  readonly far: FakeFarEnds
  readonly media: FakeMedia
  readonly told: Array<FloorEvent>
  readonly notices: Array<CallNotice>
  readonly recordings: Array<Recording>
  /** Campaigns and callers. */
  readonly requests: Array<readonly [number, string]>
  /** Contacts by their campaigns and numbers, as `campaign number`; whoever else calls is the next from 50 on. */
  readonly callers: Map<string, number>
  readonly folders: Array<string>
  readonly filesRead: ReadonlyArray<string>
  /** Texts that were spoken, `voice: text`. */
  readonly said: ReadonlyArray<string>
  readonly trunk: (command: TrunkCommand) => Effect.Effect<void>
  readonly phones: (command: PhoneCommand) => Effect.Effect<void>
  readonly control: CallControl["Service"]
  readonly tell: (event: FloorEvent) => Effect.Effect<void>
  /** Lets everything happen that is due within so many milliseconds. */
  readonly pass: (millis?: number) => Effect.Effect<void>
  /** Dials contact 0 of campaign 0 as the call of `key`. */
  readonly dial: Effect.Effect<void>
  /** What was told, as kinds. */
  readonly kinds: () => ReadonlyArray<string>
}

/** The number of a contact. */
export const numberOf = (contact: number): string => `+4930${String(100_000 + contact)}`

export const dialOf = (of: CallKey, contact = 0): TrunkCommand => ({
  kind: "dial",
  key: of,
  campaign: 0,
  contact,
  attempt: 1,
  number: 0,
  shown: 0
})

/** Takes the events of a floor; the usual one only keeps them. */
export type Consumer = (told: Array<FloorEvent>) => Effect.Effect<void, never, Inbox | Trunk | Phones | CallControl>
const keepsThem: Consumer = (told) =>
  Inbox.use((inbox) => Effect.forever(Effect.map(Queue.take(inbox.events), ({ event }) => void told.push(event))))

/** Runs something on a live floor whose far ends and sound are fakes, then holds that nothing is left open. */
export const onFakes = <A, E>(
  settings: LiveSettings,
  body: (around: Around) => Effect.Effect<A, E>,
  consumer: Consumer = keepsThem
): Effect.Effect<A, unknown> =>
  Effect.gen(function* () {
    const far = yield* FakeFarEnds.make
    const media = new FakeMedia()
    const told: Array<FloorEvent> = []
    const notices: Array<CallNotice> = []
    const recordings: Array<Recording> = []
    const requests: Array<readonly [number, string]> = []
    const callers = new Map<string, number>()
    let newcomers = 0
    const folders: Array<string> = []
    const filesRead: Array<string> = []
    const said: Array<string> = []
    const files = FileSystem.layerNoop({
      makeDirectory: (path) => Effect.sync(() => void folders.push(path)),
      readFile: (path) => Effect.sync(() => (filesRead.push(path), fileNamed(path)))
    })
    const outer = Layer.mergeAll(
      Inbox.layer(0),
      far.layer,
      media.layer,
      files,
      fakeSpeaker(fileNamed(""), said),
      Layer.succeed(Numbers, { numberOf: (_campaign, contact) => numberOf(contact), shownOf: () => "+49301" }),
      Layer.succeed(SpokenFields, { valueOf: (_call, field) => (field === "firstName" ? "Ann" : null) }),
      Layer.succeed(Recordings, { recorded: (recording) => Effect.sync(() => void recordings.push(recording)) }),
      Layer.succeed(CallbackRequests, {
        request: (campaign, caller) => Effect.sync(() => void requests.push([campaign, caller]))
      }),
      Layer.succeed(Callers, {
        contactOf: (campaign, caller) => Effect.sync(() => callers.get(`${campaign} ${caller}`) ?? 50 + newcomers++)
      }),
      Layer.succeed(CallNotices, { tell: (notice) => Effect.sync(() => void notices.push(notice)) })
    )
    const result = yield* Effect.gen(function* () {
      const trunk = yield* Trunk
      const phones = yield* Phones
      yield* Effect.forkScoped(consumer(told))
      // A real queue of work is many steps deep: all of it is done before time goes on.
      const settle = Effect.repeat(Effect.yieldNow, { times: 50 })
      const pass = (millis = 0) => Effect.andThen(settle, TestClock.adjust(millis)).pipe(Effect.andThen(settle))
      const around: Around = {
        far,
        media,
        told,
        notices,
        recordings,
        requests,
        callers,
        folders,
        filesRead,
        said,
        trunk: (command) => Effect.andThen(trunk.do(command), settle),
        phones: (command) => Effect.andThen(phones.do(command), settle),
        control: yield* CallControl,
        tell: yield* Inbox.use((inbox) => Effect.succeed(inbox.tell)),
        pass,
        dial: Effect.andThen(trunk.do(dialOf(key)), settle),
        kinds: () => told.map(({ kind }) => kind)
      }
      return yield* body(around)
    }).pipe(Effect.scoped, Effect.provide(layerLive(settings).pipe(Layer.provideMerge(outer))))
    if (far.open !== 0 || media.open !== 0) {
      yield* Effect.die(new Error(`left open: ${far.open} legs, ${media.open} sounds`))
    }
    return result
  })

/** An answer nobody can talk by. */
export const farSdpWithoutSound = farSdp().replace("RTP/AVP 0 101", "RTP/SAVP 0 101")
