import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Deferred, Effect, Fiber, Layer, Logger, Stream, Tracer } from "effect"
import { FetchHttpClient } from "effect/http"
import { TestClock } from "effect/testing"
import type { ServerResponse } from "node:http"
import type { CallData } from "../../src/domain/card/CallData.ts"
import type { MixedSource } from "../../src/domain/card/Card.ts"
import { answerBytesMax, CardFields, fetchedOf, lookUpsMax } from "../../src/runtime/CardFields.ts"
import { jana, stranger } from "../domain/card/calls.ts"
import { testServer } from "./server.ts"

const source = (origin: string, rest = "/callers/{externalId}?phone={number}"): MixedSource => ({
  kind: "mixed",
  url: origin + rest,
  timeoutMillis: 800
})

const withCardFields = (settings: Readonly<Record<string, string>> = {}) =>
  Effect.provide(
    CardFields.layer.pipe(
      Layer.provide(FetchHttpClient.layer),
      Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(settings)))
    )
  )

const fetch = (from: MixedSource, data: CallData = jana) => CardFields.use((fields) => fields.fetch(from, data))
/** What the agent reads in place of the fields. */
const reason = (from: MixedSource, data: CallData = jana) => Effect.map(Effect.flip(fetch(from, data)), String)

const json = (response: ServerResponse, body: unknown): void => {
  response.setHeader("content-type", "application/json")
  response.end(typeof body === "string" ? body : JSON.stringify(body))
}

describe("fields of a mixed card", () => {
  it.effect("are the texts, numbers and truth values of the object the server answers with", () =>
    Effect.gen(function* () {
      const server = yield* testServer((_, response) =>
        json(response, '{"status":"gold","open":3,"vip":true,"list":[1],"of":{"a":1},"none":null,"__proto__":"x"}')
      )
      const fields = yield* fetch(source(server.origin))
      assert.deepStrictEqual(Object.entries(fields), [
        ["status", "gold"],
        ["open", "3"],
        ["vip", "true"],
        ["__proto__", "x"]
      ])
      const [{ headers, method, url }] = server.requests
      assert.deepStrictEqual([method, url], ["GET", "/callers/A%2017?phone=%2B420777123456"])
      assert.strictEqual(headers.accept, "application/json")
      assert.deepStrictEqual(
        [headers.authorization, headers["traceparent"], headers["b3"]],
        [undefined, undefined, undefined]
      )
    }).pipe(Effect.scoped, withCardFields())
  )
  it.effect("are awaited at once and then there, or not and why", () =>
    Effect.gen(function* () {
      const server = yield* testServer((request, response) => {
        response.statusCode = request.url === "/good" ? 200 : 500
        json(response, { status: "gold" })
      })
      const states = (path: string) => Stream.runCollect(fetchedOf(source(server.origin, path), jana))
      assert.deepStrictEqual(yield* states("/good"), [
        { kind: "waiting" },
        { kind: "ready", fields: { status: "gold" } }
      ])
      assert.deepStrictEqual(yield* states("/bad"), [
        { kind: "waiting" },
        { kind: "unavailable", reason: `${server.host} answered with status 500` }
      ])
    }).pipe(Effect.scoped, withCardFields())
  )

  it.effect("are given up when the server is too slow, and its connection is closed", () =>
    Effect.gen(function* () {
      const closed = yield* Deferred.make<void>()
      const server = yield* testServer((request, response) => {
        request.on("close", () => Deferred.doneUnsafe(closed, Effect.void))
        response.flushHeaders()
        response.write('{"status":')
      })
      const asking = yield* Effect.forkChild(reason(source(server.origin)))
      yield* server.came(1)
      yield* TestClock.adjust(799)
      assert.isUndefined(asking.pollUnsafe())
      yield* TestClock.adjust(1)
      assert.include(yield* Fiber.join(asking), `${server.host} did not answer within 800 ms`)
      yield* Deferred.await(closed)
    }).pipe(Effect.scoped, withCardFields())
  )
  it.effect("are given up when nothing at all comes", () =>
    Effect.gen(function* () {
      const server = yield* testServer(() => {})
      const asking = yield* Effect.forkChild(reason(source(server.origin)))
      yield* server.came(1)
      yield* TestClock.adjust(800)
      assert.include(yield* Fiber.join(asking), "did not answer within 800 ms")
    }).pipe(Effect.scoped, withCardFields())
  )

  const answers: ReadonlyArray<readonly [name: string, answer: (response: ServerResponse) => void, said: string]> = [
    ["a status of 404", (response) => json(((response.statusCode = 404), response), {}), "answered with status 404"],
    ["no JSON", (response) => json(response, "<html>"), "is no JSON object"],
    ["a JSON list", (response) => json(response, [1]), "is no JSON object"],
    ["a JSON text", (response) => json(response, '"x"'), "is no JSON object"],
    ["null", (response) => json(response, "null"), "is no JSON object"],
    ["nothing", (response) => json(response, ""), "is no JSON object"],
    ["half an object", (response) => json(response, '{"a": '), "is no JSON object"],
    ["too much", (response) => json(response, { a: "x".repeat(answerBytesMax) }), "has more than 65536 bytes"],
    [
      "half an answer",
      (response) => (response.writeHead(200, { "content-length": "9" }), response.write("{"), response.destroy()),
      "cannot be reached"
    ]
  ]
  for (const [name, answer, said] of answers) {
    it.effect(`are not available when the server answers with ${name}`, () =>
      Effect.gen(function* () {
        const server = yield* testServer((_, response) => answer(response))
        const sentence = yield* reason(source(server.origin))
        assert.include(sentence, said)
        assert.include(sentence, server.host)
      }).pipe(Effect.scoped, withCardFields())
    )
  }
  it.effect("may take all the bytes that are allowed, and no more however they come", () =>
    Effect.gen(function* () {
      const server = yield* testServer((request, response) => {
        const size = answerBytesMax - '{"a":""}'.length + Number(request.url?.slice(1))
        response.write('{"a":"')
        for (let sent = 0; sent < size; sent += 10_000) response.write("x".repeat(Math.min(10_000, size - sent)))
        response.end('"}')
      })
      const fields = yield* fetch(source(server.origin, "/0"))
      assert.strictEqual(fields["a"].length, answerBytesMax - 8)
      assert.include(yield* reason(source(server.origin, "/1")), "has more than 65536 bytes")
    }).pipe(Effect.scoped, withCardFields())
  )
  it.effect("are not fetched from where the server sends us on to", () =>
    Effect.gen(function* () {
      const other = yield* testServer((_, response) => json(response, { status: "stolen" }))
      const server = yield* testServer((request, response) => {
        response.writeHead(request.url === "/same" ? 301 : 307, {
          location: request.url === "/same" ? "/there" : `${other.origin}/?q=1`
        })
        response.end()
      })
      const elsewhere = yield* reason(source(server.origin))
      assert.include(elsewhere, `${server.host} sends us on to ${other.host}, where the card does not point`)
      assert.include(yield* reason(source(server.origin, "/same")), `sends us on to ${server.host}`)
      assert.deepStrictEqual([other.requests.length, server.requests.length], [0, 2])
    }).pipe(Effect.scoped, withCardFields({ OUTPACE_CARD_HEADERS: "{}" }))
  )
  it.effect("are not available when nobody listens", () =>
    Effect.gen(function* () {
      const { host, origin } = yield* Effect.scoped(testServer(() => {}))
      assert.include(yield* reason(source(origin)), `${host} cannot be reached (ECONNREFUSED)`)
    }).pipe(withCardFields())
  )
  it.effect("are not asked for without every value of the address", () =>
    Effect.gen(function* () {
      const server = yield* testServer((_, response) => json(response, { name: "somebody else" }))
      const address = source(server.origin, "/?phone={number}")
      assert.include(yield* reason(address, stranger), `this call has no number to ask ${server.host} for`)
      const dots: CallData = { ...jana, contact: { numbers: [], fields: { externalId: ".." }, parameters: {} } }
      assert.include(yield* reason(source(server.origin), dots), "this call has no usable value")
      assert.strictEqual(server.requests.length, 0)
    }).pipe(Effect.scoped, withCardFields())
  )
  it.effect("are refused, not queued, while too many are under way", () =>
    Effect.gen(function* () {
      const held: Array<ServerResponse> = []
      const server = yield* testServer((_, response) => void held.push(response))
      const asking = yield* Effect.forEach(Array.from({ length: lookUpsMax }), () =>
        Effect.forkChild(fetch(source(server.origin)))
      )
      yield* server.came(lookUpsMax)
      assert.include(yield* reason(source(server.origin)), "64 look-ups are under way already")
      for (const response of held.splice(0)) json(response, { ok: true })
      const all = yield* Effect.forEach(asking, Fiber.join)
      assert.deepStrictEqual(new Set(all.map(({ ok }) => ok)), new Set(["true"]))
      const next = yield* Effect.forkChild(fetch(source(server.origin)))
      yield* server.came(lookUpsMax + 1)
      for (const response of held) json(response, { ok: 1 })
      assert.deepStrictEqual(yield* Fiber.join(next), { ok: "1" })
    }).pipe(Effect.scoped, withCardFields())
  )
})

describe("the secret header of a server", () => {
  it.effect("goes to its own origin and to no other", () =>
    Effect.gen(function* () {
      const own = yield* testServer((_, response) => json(response, {}))
      const other = yield* testServer((_, response) => json(response, {}))
      const settings = { [own.origin]: { name: "X-Api-Key", value: "s3cret" } }
      const both = Effect.andThen(fetch(source(own.origin)), fetch(source(other.origin)))
      yield* both.pipe(withCardFields({ OUTPACE_CARD_HEADERS: JSON.stringify(settings) }))
      const sent = [own, other].map(({ requests }) => requests[0].headers["x-api-key"])
      assert.deepStrictEqual(sent, ["s3cret", undefined])
    }).pipe(Effect.scoped)
  )
  it.effect("is in no log, trace or error, nor is what was asked", () =>
    Effect.gen(function* () {
      const server = yield* testServer((_, response) => json(((response.statusCode = 500), response), "Nováková"))
      const settings = { [server.origin]: { name: "Authorization", value: "Bearer s3cret" } }
      const written: Array<string> = []
      const logger = Logger.make((entry) => void written.push(JSON.stringify([entry.message, String(entry.cause)])))
      const tracer = Tracer.make({
        span: (options) => {
          written.push(options.name)
          const span = new Tracer.NativeSpan(options)
          const attribute = span.attribute.bind(span)
          return Object.assign(span, {
            attribute: (name: string, value: unknown) => {
              written.push(`${name}=${String(value)}`)
              attribute(name, value)
            }
          })
        }
      })
      yield* fetch(source(server.origin)).pipe(
        Effect.tapCause((cause) => Effect.logError("no fields", cause)),
        Effect.catch((error) =>
          Effect.sync(() => written.push(JSON.stringify(error), String(error), error.stack ?? ""))
        ),
        Effect.withSpan("card"),
        withCardFields({ OUTPACE_CARD_HEADERS: JSON.stringify(settings) }),
        Effect.provide(Logger.layer([logger])),
        Effect.provideService(Tracer.Tracer, tracer)
      )
      const text = written.join("\n")
      assert.include(text, "answered with status 500")
      assert.include(text, "card")
      for (const secret of ["s3cret", "420777123456", "A%2017", "A 17", "Nov"]) assert.notInclude(text, secret)
      assert.strictEqual(server.requests[0].headers.authorization, "Bearer s3cret")
    }).pipe(Effect.scoped)
  )
  const wrong: ReadonlyArray<string> = [
    "s3cret",
    "[]",
    '{"https://crm.example.org/": {"name": "A", "value": "s3cret"}}',
    '{"crm.example.org": {"name": "A", "value": "s3cret"}}',
    '{"https://crm.example.org": {"name": "A b", "value": "s3cret"}}',
    '{"https://crm.example.org": {"name": "A", "value": "s3cret\\r\\nB: c"}}',
    '{"https://crm.example.org": {"name": "A"}, "s3cret": 1}'
  ]
  for (const setting of wrong) {
    it.effect(`is refused without being told: ${setting}`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(
          fetch(source("http://127.0.0.1")).pipe(withCardFields({ OUTPACE_CARD_HEADERS: setting }))
        )
        assert.match(String(error), /the setting OUTPACE_CARD_HEADERS cannot be understood/)
        assert.notInclude(JSON.stringify(error) + String(error), "s3cret")
      })
    )
  }
})
