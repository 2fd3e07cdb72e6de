import { Context, Deferred, Effect, FiberMap, FileSystem, Layer } from "effect"
import type { ChildProcessSpawner } from "effect/process"
import { Media } from "../../media/Media.ts"
import { Sip } from "../../sip/Sip.ts"
import { Trunks } from "../../sip/trunks/Trunks.ts"
import type { PhoneCommand, TrunkCommand } from "../floor/Command.ts"
import { Phones, Trunk } from "../floor/FloorPort.ts"
import { Inbox } from "../floor/Inbox.ts"
import { AgentPhone, releasePhone, ringPhone } from "./AgentPhone.ts"
import { type Board, nameOf } from "./Board.ts"
import { CallControl, callControl } from "./CallControl.ts"
import { CallbackRequests } from "./CallbackRequests.ts"
import { CallNotices } from "./CallNotices.ts"
import { CustomerCall } from "./CustomerCall.ts"
import type { LiveSettings } from "./LiveSettings.ts"
import { Numbers, SpokenFields } from "./Numbers.ts"
import { loadPrompts, type PromptUnusable } from "./Prompts.ts"
import { Recordings } from "./Recordings.ts"
import { serveCall } from "./serveCall.ts"
import { type NumbersTaken, takeInbound } from "./takeInbound.ts"

/** What a live floor stands on. */
export type LiveNeeds =
  | Inbox
  | Sip
  | Trunks
  | Media
  | Numbers
  | SpokenFields
  | Recordings
  | CallNotices
  | CallbackRequests
  | FileSystem.FileSystem
  | ChildProcessSpawner.ChildProcessSpawner

/**
 * Customers' legs and agents' phones over SIP, and what agents can do with their calls: see docs/live-calls.md. Fails when a
 * prompt of the settings cannot be played. Closing it hangs up everything, and waits for that.
 */
export const layerLive = (
  settings: LiveSettings
): Layer.Layer<Trunk | Phones | CallControl, PromptUnusable | NumbersTaken, LiveNeeds> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const board = yield* makeBoard(settings)
      yield* takeInbound(board)
      return Context.empty().pipe(
        Context.add(Trunk, { do: (command) => trunkDoes(board, command) }),
        Context.add(Phones, { do: (command) => phonesDo(board, command) }),
        Context.add(CallControl, callControl(board))
      )
    })
  )

const makeBoard = Effect.fnUntraced(function* (settings: LiveSettings) {
  const inbox = yield* Inbox
  const notices = yield* CallNotices
  const board: Board = {
    settings,
    prompts: yield* loadPrompts(settings),
    media: yield* Media,
    sip: yield* Sip,
    trunks: yield* Trunks,
    numbers: yield* Numbers,
    fields: yield* SpokenFields,
    recordings: yield* Recordings,
    requests: yield* CallbackRequests,
    files: yield* FileSystem.FileSystem,
    tell: inbox.tell,
    notice: notices.tell,
    calls: new Map(),
    callFibers: yield* FiberMap.make<string>(),
    phones: settings.agents.map((agent, index) => new AgentPhone(index, agent)),
    phoneFibers: yield* FiberMap.make<number>()
  }
  return board
})

/** Begins what is to be done; a command for a call that is over already is passed over. */
const trunkDoes = (board: Board, command: TrunkCommand): Effect.Effect<void> => {
  const name = nameOf(command.key)
  if (command.kind === "dial") {
    return Effect.gen(function* () {
      const call = yield* CustomerCall.make(command, board.settings.campaigns[command.campaign])
      board.calls.set(name, call)
      yield* FiberMap.run(board.callFibers, name, serveCall(board, call, command), { startImmediately: false })
    })
  }
  return Effect.sync(() => {
    const call = board.calls.get(name)
    if (call === undefined) return
    if (command.kind === "hangUp") Deferred.doneUnsafe(call.hangUpAsked, Effect.void)
    call.post({ kind: "command", command })
  })
}

const phonesDo = (board: Board, command: PhoneCommand): Effect.Effect<void> => {
  const phone = board.phones[command.agent]
  switch (command.kind) {
    case "ringAgent":
      return ringPhone(board, phone, command.key)
    case "releaseAgent":
      return Effect.sync(() => releasePhone(board, phone))
    case "connect":
      return Effect.sync(() => board.calls.get(nameOf(command.key))?.post({ kind: "connect", phone }))
  }
}
