import { assert, describe, it } from "@effect/vitest"
import { NodeFileSystem } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Command } from "../../../src/runtime/floor/Command.ts"
import { Floor } from "../../../src/runtime/floor/Floor.ts"
import { FloorCore } from "../../../src/runtime/floor/FloorCore.ts"
import { layerFloorPort } from "../../../src/runtime/floor/FloorPort.ts"
import { FloorView } from "../../../src/runtime/floor/FloorView.ts"
import { Inbox } from "../../../src/runtime/floor/Inbox.ts"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import { type Erasure, NotNow } from "../../../src/runtime/control/ControlApi.ts"
import { controlClient, layerControlSocket } from "../../../src/runtime/control/controlSocket.ts"
import { type AgentHands, FloorControl } from "../../../src/runtime/control/FloorControl.ts"
import { knowsNothing } from "../../../src/domain/Campaign.ts"
import { settingsOf, team } from "../../dialler/TestFloor.ts"
import { noBook } from "../floor/noBook.ts"

const dispositions = [
  { code: "sold", label: "Sold", success: true, rightParty: true, final: true, asksCallbackTime: false }
]
const calls = settingsOf({ name: "Calls", mode: "preview", known: { ...knowsNothing, dispositions } })
const names = {
  groups: [{ name: "team", agents: 2 }],
  campaigns: [{ settings: calls, list: { segments: [] } }],
  agents: [
    { name: "Anna", user: "anna" },
    { name: "Ben", user: "ben" }
  ],
  epochMillis: 1_000_000
}

/** A floor with the control socket before it, on the real clock: nothing here waits for time to pass. */
const floorWith = (path: string, asked: Array<string>) => {
  const core = new FloorCore(
    {
      groups: team(2),
      campaigns: [calls],
      trunk: { linesMax: 10, callsPerSecondMax: Number.POSITIVE_INFINITY, ringingReported: true },
      startMinutes: 0
    },
    names,
    noBook
  )
  const does = (command: Command) => Effect.sync(() => void asked.push(command.kind))
  const world = layerFloorPort(does)
  const view = new FloorView(core, names)
  const journal = Journal.layerKept((_, records) => view.add(records))
  const floor = Floor.layer(core).pipe(Layer.provide([world, journal]), Layer.provideMerge(Inbox.layer(0)))
  const says = (what: string) => (agent: number) => Effect.sync(() => void asked.push(`${what} ${agent}`))
  return Effect.gen(function* () {
    const inbox = yield* Inbox
    const hands: AgentHands = {
      signIn: (agent) => inbox.tell({ kind: "signedIn", agent }),
      hangUp: says("hangUp"),
      hold: () => Effect.fail(new NotNow({ sentence: "Ben is on no call." })),
      resume: says("resume"),
      pauseRecording: says("pauseRecording"),
      resumeRecording: says("resumeRecording"),
      transfer: (agent, number) => Effect.sync(() => void asked.push(`transfer ${agent} ${number}`)),
      transferTo: (agent, to) => Effect.sync(() => void asked.push(`transfer ${agent} to agent ${to}`)),
      sendKeys: (agent, keys) => Effect.sync(() => void asked.push(`keys ${agent} ${keys}`))
    }
    const erase = ({ forget, numbers }: Erasure) =>
      forget ? Effect.fail(new NotNow({ sentence: "not here" })) : Effect.sync(() => `asked: ${asked.push(...numbers)}`)
    yield* Effect.forkScoped((yield* Floor).run)
    yield* inbox.tell({ kind: "contactsAdded", campaign: 0, count: 5, segment: 0 })
    const control = FloorControl.layer(names, view, hands, erase)
    yield* Layer.build(layerControlSocket(path).pipe(Layer.provide(control)))
    return core
  }).pipe(Effect.provide(floor))
}

const withFloor = <A, E>(
  body: (
    client: Effect.Success<ReturnType<typeof controlClient>>,
    more: { readonly core: FloorCore; readonly asked: Array<string>; readonly path: string }
  ) => Effect.Effect<A, E>
) =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "outpace-control-"))),
      (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
    )
    const path = join(folder, "floor.control")
    const asked: Array<string> = []
    const inner = yield* Effect.scoped(
      Effect.gen(function* () {
        const core = yield* floorWith(path, asked)
        const client = yield* controlClient(path)
        return yield* body(client, { core, asked, path })
      })
    )
    assert.isFalse(existsSync(path), "the socket is left behind")
    return inner
  }).pipe(Effect.scoped, Effect.provide(NodeFileSystem.layer))

describe("the control of a floor", () => {
  it.live("takes agents through a call, by name or user", () =>
    withFloor((client, { core, path }) =>
      Effect.gen(function* () {
        assert.strictEqual(statSync(path).mode & 0o777, 0o600)
        const anna = (payload: Parameters<typeof client.floor.agent>[0]["payload"]) =>
          client.floor.agent({ params: { agent: "Anna" }, payload })
        assert.strictEqual(yield* anna({ do: "sign-in" }), "Anna is signed in.")
        assert.strictEqual((yield* client.floor.show()).agents[0].state, "preview")
        assert.strictEqual(yield* anna({ do: "dial" }), "The number is dialled.")
        const { calls } = core.dialler
        const inbox = { ended: () => core.dialler.ended(0, core.now) }
        core.dialler.answered(0, core.now)
        inbox.ended()
        assert.strictEqual((yield* client.floor.show()).agents[0].state, "wrap")
        const refused = yield* Effect.flip(anna({ do: "done", disposition: "bought", callAt: null }))
        assert.strictEqual(
          refused._tag === "NotNow" && refused.sentence,
          'There is no disposition "bought"; there are sold.'
        )
        assert.strictEqual(yield* anna({ do: "done", disposition: "sold", callAt: null }), "The call is done.")
        const { campaigns } = yield* client.floor.show()
        assert.strictEqual(campaigns[0].connected, 1)
        assert.strictEqual(calls.contact[core.dialler.agents.call[0]], 1)
      })
    )
  )

  it.live("refuses in a sentence what cannot be done", () =>
    withFloor((client) =>
      Effect.gen(function* () {
        const said = (agent: string, payload: Parameters<typeof client.floor.agent>[0]["payload"]) =>
          client.floor.agent({ params: { agent }, payload }).pipe(
            Effect.flip,
            Effect.map((error) => ("sentence" in error ? error.sentence : error._tag))
          )
        assert.strictEqual(yield* said("Cleo", { do: "pause" }), 'There is no agent "Cleo"; there are Anna, Ben.')
        assert.strictEqual(yield* said("ben", { do: "pause" }), "Ben is not signed in.")
        assert.strictEqual(yield* said("ben", { do: "dial" }), "Ben has no card to be dialled from.")
        assert.strictEqual(yield* said("ben", { do: "hold" }), "Ben is on no call.")
        assert.strictEqual(
          yield* said("ben", { do: "take", campaign: "Other" }),
          'There is no campaign "Other"; there are Calls.'
        )
        assert.strictEqual(
          yield* said("ben", { do: "done", disposition: null, callAt: null }),
          "Ben has no after-call work to do."
        )
      })
    )
  )

  it.live("pauses and starts campaigns, hands phones what is asked of them, and begins the end", () =>
    withFloor((client, { asked, core }) =>
      Effect.gen(function* () {
        const campaign = (payload: Parameters<typeof client.floor.campaign>[0]["payload"]) =>
          client.floor.campaign({ params: { campaign: "Calls" }, payload })
        assert.strictEqual(yield* campaign({ do: "pause" }), "Calls dials nobody any more.")
        assert.isFalse(core.dialler.campaigns[0].running)
        assert.strictEqual((yield* Effect.flip(campaign({ do: "pause" })))._tag, "NotNow")
        assert.strictEqual(yield* campaign({ do: "start" }), "Calls is running.")
        yield* client.floor.agent({ params: { agent: "ben" }, payload: { do: "transfer", number: "+4930123456" } })
        yield* client.floor.agent({ params: { agent: "ben" }, payload: { do: "keys", keys: "12#" } })
        yield* client.floor.agent({ params: { agent: "ben" }, payload: { do: "hang-up" } })
        assert.deepStrictEqual(
          asked.filter((each) => / 1\b/.test(each)),
          ["transfer 1 +4930123456", "keys 1 12#", "hangUp 1"]
        )
        assert.strictEqual(yield* client.floor.erase({ payload: { numbers: ["1", "2"], forget: false } }), "asked: 5")
        assert.deepStrictEqual(asked.slice(-2), ["1", "2"])
        const refused = yield* Effect.flip(client.floor.erase({ payload: { numbers: ["1"], forget: true } }))
        assert.strictEqual(refused._tag === "NotNow" && refused.sentence, "not here")
        assert.match(yield* client.floor.stop(), /no new calls/)
      })
    )
  )

  it.live("gives a call to another agent, who must be free", () =>
    withFloor((client, { asked }) =>
      Effect.gen(function* () {
        const ben = (to: string) => client.floor.agent({ params: { agent: "ben" }, payload: { do: "hand-over", to } })
        const refused = (to: string) =>
          Effect.map(Effect.flip(ben(to)), (error) => ("sentence" in error ? error.sentence : error._tag))
        yield* client.floor.campaign({ params: { campaign: "Calls" }, payload: { do: "pause" } })
        assert.strictEqual(yield* refused("anna"), "Anna is not free: signed-out.")
        assert.strictEqual(yield* refused("Ben"), "Ben has the call.")
        assert.strictEqual(yield* refused("Cleo"), 'There is no agent "Cleo"; there are Anna, Ben.')
        yield* client.floor.agent({ params: { agent: "anna" }, payload: { do: "sign-in" } })
        assert.strictEqual((yield* client.floor.show()).agents[0].state, "ready")
        assert.strictEqual(yield* ben("anna"), "The call was given to Anna.")
        assert.strictEqual(asked.at(-1), "transfer 1 to agent 0")
      })
    )
  )
})
