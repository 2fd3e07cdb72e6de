import { dayMillis } from "../../domain/compliance/civil.ts"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { insertRecording } from "../../store/floor/recordings.ts"
import { runOf } from "../../store/floor/windows.ts"
import { Desks, type Lists } from "../floor/FloorPort.ts"
import { CallbackRequests } from "../live/CallbackRequests.ts"
import { CallControl } from "../live/CallControl.ts"
import { Callers } from "../live/Callers.ts"
import { CallNotices } from "../live/CallNotices.ts"
import { layerLive } from "../live/LiveFloor.ts"
import { Numbers, SpokenFields } from "../live/Numbers.ts"
import { Recordings } from "../live/Recordings.ts"
import type { CallBook } from "../store/CallBook.ts"
import type { OpenFloor } from "../store/openFloor.ts"
import { ContactDesk } from "./ContactDesk.ts"
import { layerEdge } from "./layerEdge.ts"
import { liveSettingsOf } from "./liveSettings.ts"

/** What calls ask of contacts and campaigns, and where what is recorded of them goes. */
const layerFiles = (config: FloorConfig, { contacts, core, window }: OpenFloor) => {
  const shownOf = (campaign: number, index: number): string | undefined =>
    index < 0 ? undefined : core.dialler.campaigns[campaign].shown?.ids.numberOf(index)
  const recordings = Layer.effect(
    Recordings,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      return Recordings.of({
        recorded: ({ campaign, step: _, ...recording }) =>
          insertRecording({
            ...recording,
            run: runOf(window.id),
            campaign: config.campaigns[campaign].settings.name,
            keepUntil: recording.startedAt + config.recordings.keepDays * dayMillis
          }).pipe(
            Effect.provideService(SqlClient.SqlClient, sql),
            Effect.catch((error) => Effect.logError("a recording is not in the store's index", recording.path, error))
          )
      })
    })
  )
  return Layer.mergeAll(
    Layer.succeed(Numbers, {
      numberOf: (campaign, contact, index) => contacts.numberOf(campaign, contact, index),
      shownOf
    }),
    Layer.succeed(SpokenFields, { valueOf: (call, field) => contacts.spoken(call, field) }),
    Layer.succeed(CallNotices, {
      tell: ({ kind, ...notice }) => Effect.logInfo(kind, notice)
    }),
    recordings
  )
}

/** Who calls a callback campaign is called back: as the contact the campaign knows by that number, or as a new one. */
const layerRequests = ({ contacts }: OpenFloor) =>
  Layer.effect(
    CallbackRequests,
    ContactDesk.use((desk) =>
      Effect.succeed(
        CallbackRequests.of({
          request: (campaign, number) => {
            const known = contacts.contactsWith(number).find((each) => each.campaign === campaign)
            const contact =
              known === undefined
                ? { numbers: [], fields: {}, parameters: {} }
                : contacts.contactOf(campaign, known.contact)
            return Effect.catch(
              desk.request(campaign, { ...contact, numbers: [{ number, column: "caller" }] }),
              (error) => Effect.logError(`the wish of ${number} to be called back is not in the store`, error)
            )
          }
        })
      )
    )
  )

/** Callers are contacts of the campaign they call: as it knows them by their number, or as new ones. */
const layerCallers = Layer.effect(
  Callers,
  ContactDesk.use((desk) =>
    Effect.succeed(
      Callers.of({
        contactOf: (campaign, caller) =>
          Effect.catch(desk.caller(campaign, caller), (error) =>
            Effect.as(Effect.logError("a caller is not in the store", error), undefined)
          )
      })
    )
  )
)

/** What agents see is asked for through the control; here only their phones follow their states. */
const layerDesks = Layer.effect(
  Desks,
  CallControl.use((control) =>
    Effect.succeed(
      Desks.of({
        do: (command) =>
          command.kind === "agentChanged" ? control.agentChanged(command.agent, command.state) : Effect.void
      })
    )
  )
)

/** The world of a live floor: real trunks, phones, audio, contacts and files. */
export const layerLiveWorld = <R>(
  config: FloorConfig,
  floor: OpenFloor,
  lists: Layer.Layer<Lists, never, R>,
  calls: CallBook
) =>
  layerDesks.pipe(
    Layer.provideMerge(layerLive(liveSettingsOf(config))),
    Layer.provideMerge(
      Layer.mergeAll(layerEdge(config, calls), layerFiles(config, floor), layerRequests(floor), layerCallers, lists)
    )
  )
