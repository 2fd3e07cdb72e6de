import { NodeDns } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Clock, Context, Effect, Exit, Layer, Stream } from "effect"
import type { KeptPhones, PhoneChange } from "../../../src/sip/registrar/KeptPhones.ts"
import { layerSipjs } from "../../../src/sip/layerSipjs.ts"
import { Sip } from "../../../src/sip/Sip.ts"
import { addressText } from "../../../src/sip/wire/Address.ts"
import { UdpSocket } from "../../../src/sip/wire/UdpSocket.ts"

/** A SIP edge on a free port, whose registrar knows one agent. */
const edge = (host: string, keptPhones?: KeptPhones) =>
  Layer.fresh(
    layerSipjs({
      ...(keptPhones === undefined ? {} : { keptPhones }),
      peers: ["127.0.0.0/8"],
      requestsPerSecond: 1_000,
      phones: {
        realm: "outpace",
        digests: ["SHA-256", "MD5"],
        passwordOf: (user) => (user === "agent" ? "phone" : undefined)
      }
    })
  ).pipe(Layer.provide([Layer.fresh(UdpSocket.layer({ host, port: 0 })), NodeDns.layer]))

const pairWith = Effect.fnUntraced(function* (keptPhones?: KeptPhones) {
  const near = Context.get(yield* Layer.build(edge("127.0.0.1")), Sip)
  const far = Context.get(yield* Layer.build(edge("127.0.0.2", keptPhones)), Sip)
  return { near, far, registrar: addressText(far.address) }
})
const pair = pairWith()

describe("the service", () => {
  it.live("registers while the scope is open, and takes it back", () =>
    Effect.gen(function* () {
      const { far, near, registrar } = yield* pair
      const during = yield* Effect.scoped(
        Effect.gen(function* () {
          const credentials = { user: "agent", password: "phone" }
          const { changes, state } = yield* near.register({ address: `sip:agent@${registrar}`, credentials })
          yield* Stream.runHead(Stream.filter(changes, ({ lastStatus }) => lastStatus === 200))
          const { failingSinceMillis, lastStatus, registeredUntilMillis } = yield* state
          assert.deepStrictEqual([lastStatus, failingSinceMillis], [200, undefined])
          assert.isAbove(registeredUntilMillis ?? 0, 3_000_000)
          return yield* far.contactsOf("agent")
        })
      )
      assert.deepStrictEqual(
        during.map(({ uri }) => uri),
        [`sip:agent@${addressText(near.address)}`]
      )
      assert.deepStrictEqual(yield* far.contactsOf("agent"), [])
    }).pipe(Effect.scoped, Effect.timeout("20 seconds"))
  )
  it.live("knows phones from before, and tells of those to come for as long as they are registered", () =>
    Effect.gen(function* () {
      const expiresAt = (yield* Clock.currentTimeMillis) + 600_000
      const before = { user: "agent", contact: "sip:agent@127.0.0.9:5062", source: "127.0.0.9:40123", expiresAt }
      const told: Array<PhoneChange> = []
      const { far, near, registrar } = yield* pairWith({ known: [before], changed: (change) => told.push(change) })
      const contacts = yield* far.contactsOf("agent")
      assert.deepStrictEqual(
        contacts.map(({ source, uri }) => ({ uri, source: addressText(source) })),
        [{ uri: before.contact, source: before.source }]
      )
      yield* Effect.scoped(
        Effect.gen(function* () {
          const credentials = { user: "agent", password: "phone" }
          const { changes } = yield* near.register({ address: `sip:agent@${registrar}`, credentials })
          yield* Stream.runHead(Stream.filter(changes, ({ lastStatus }) => lastStatus === 200))
        })
      )
      const contact = `sip:agent@${addressText(near.address)}`
      assert.deepStrictEqual(
        told.map((change) => (change.kind === "registered" ? { ...change, expiresAt: 0 } : change)),
        [
          { kind: "registered", user: "agent", contact, source: addressText(near.address), expiresAt: 0 },
          { kind: "removed", user: "agent", contact }
        ]
      )
    }).pipe(Effect.scoped, Effect.timeout("20 seconds"))
  )
  it.live("tells that the password is wrong", () =>
    Effect.gen(function* () {
      const { near, registrar } = yield* pair
      const credentials = { user: "agent", password: "guess" }
      const { changes } = yield* near.register({ address: `sip:agent@${registrar}`, credentials })
      const seen = yield* Stream.runHead(Stream.filter(changes, ({ lastStatus }) => lastStatus !== 0))
      assert.deepInclude(seen, { _tag: "Some" })
      const state = seen._tag === "Some" ? seen.value : undefined
      assert.deepStrictEqual([state?.lastStatus, state?.registeredUntilMillis], [401, undefined])
      assert.isNumber(state?.failingSinceMillis)
    }).pipe(Effect.scoped, Effect.timeout("20 seconds"))
  )
  it.live.each([
    { address: "outpace@trunk.example" },
    { address: "sip:trunk.example" },
    { address: "sip:a@b", via: "b;transport=tcp" },
    { address: "sip:a@b", registrar: "sip:c@d" },
    { address: "sip:a@b", expirySeconds: 59 },
    { address: "sip:a@b", expirySeconds: 86_401 }
  ])("refuses to register %j", (registration) =>
    Effect.gen(function* () {
      const { near } = yield* pair
      const error = yield* Effect.flip(near.register(registration))
      const [name] = Object.keys(registration).reverse()
      assert.match(error.message, new RegExp(`^${name} .*: expected `))
    }).pipe(Effect.scoped)
  )
  it.live("pings, also a name that nobody knows, and refuses what is no URI", () =>
    Effect.gen(function* () {
      const { near, registrar } = yield* pair
      const from = "sip:outpace@127.0.0.1"
      assert.strictEqual(yield* near.ping({ to: `sip:${registrar}`, from }), 200)
      assert.strictEqual(yield* near.ping({ to: "sip:trunk.example", from, via: registrar }), 200)
      assert.strictEqual(yield* near.ping({ to: "sip:nowhere.invalid", from }), 503)
      const exit = yield* Effect.exit(near.ping({ to: "trunk", from }))
      assert.isTrue(Exit.hasDies(exit))
    }).pipe(Effect.scoped, Effect.timeout("20 seconds"))
  )
})
