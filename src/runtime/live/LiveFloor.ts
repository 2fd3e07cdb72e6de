import { Context, Deferred, Effect, Exit, FiberMap, FileSystem, Layer } from "effect"
import type { ChildProcessSpawner } from "effect/process"
import { Media } from "../../media/Media.ts"
import { Sip } from "../../sip/Sip.ts"
import { Trunks } from "../../sip/trunks/Trunks.ts"
import type { PhoneCommand, TrunkCommand } from "../floor/Command.ts"
import type { CallKey } from "../floor/FloorEvent.ts"
import { Phones, Trunk } from "../floor/FloorPort.ts"
import { Inbox } from "../floor/Inbox.ts"
import { AgentPhone, releasePhone, ringPhone } from "./AgentPhone.ts"
import { type Board, keyOf, nameOf } from "./Board.ts"
import { CallControl, callControl } from "./CallControl.ts"
import { CallbackRequests } from "./CallbackRequests.ts"
import { Callers } from "./Callers.ts"
import { CallNotices } from "./CallNotices.ts"
import { type CallStart, CustomerCall } from "./CustomerCall.ts"
import { Doors } from "./Doors.ts"
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
  | Callers
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
    callers: yield* Callers,
    doors: new Doors(),
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
  switch (command.kind) {
    case "dial":
      return Effect.flatMap(begin(board, command), (call) =>
        Effect.asVoid(
          FiberMap.run(board.callFibers, nameOf(command.key), serveCall(board, call, command), {
            startImmediately: false
          })
        )
      )
    case "welcome":
      return welcome(board, { ...command, attempt: 0 })
    case "turnAway":
      return Effect.sync(() => {
        const verdict = board.doors.take(command.campaign, command.contact)
        if (verdict !== undefined) Deferred.doneUnsafe(verdict, Exit.succeed(null))
      })
    case "handedOver":
      return handOver(board, command)
    default:
      return Effect.sync(() => {
        const call = board.calls.get(nameOf(command.key))
        if (call === undefined) return
        if (command.kind === "hangUp") Deferred.doneUnsafe(call.hangUpAsked, Effect.void)
        call.post({ kind: "command", command })
      })
  }
}

const begin = (board: Board, start: CallStart): Effect.Effect<CustomerCall> =>
  Effect.map(CustomerCall.make(start, board.settings.campaigns[start.campaign]), (call) => {
    board.calls.set(nameOf(start.key), call)
    return call
  })

const welcome = (board: Board, start: CallStart): Effect.Effect<void> =>
  Effect.suspend(() => {
    const verdict = board.doors.take(start.campaign, start.contact)
    if (verdict === undefined) return isOver(board, start.key)
    return Effect.map(begin(board, start), (call) => void Deferred.doneUnsafe(verdict, Exit.succeed(call)))
  })

/** What is said of the call from now on is said of the next one, also what was on its way. */
const handOver = (board: Board, command: Extract<TrunkCommand, { readonly kind: "handedOver" }>): Effect.Effect<void> =>
  Effect.suspend(() => {
    const call = board.calls.get(nameOf(command.key))
    if (call === undefined) return isOver(board, command.next)
    board.calls.delete(nameOf(command.key))
    board.calls.set(nameOf(command.next), call)
    call.becomes(command.next)
    return Effect.sync(() => call.post({ kind: "command", command }))
  })

/** The caller was gone before the core heard of it: told apart, as a command waits for nothing. */
const isOver = (board: Board, key: CallKey): Effect.Effect<void> =>
  Effect.asVoid(
    FiberMap.run(board.callFibers, nameOf(key), board.tell({ kind: "ended", ...keyOf(key), machine: false }))
  )

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
