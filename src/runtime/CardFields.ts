import { Context, Effect, Layer, Option, Redacted, Schema, type Scope, Semaphore, Stream } from "effect"
import {
  FetchHttpClient,
  HttpClient,
  type HttpClientError,
  HttpClientRequest,
  type HttpClientResponse
} from "effect/http"
import { type CallData, type Fetched, fieldValue, nothingFetched } from "../domain/card/CallData.ts"
import type { MixedSource } from "../domain/card/Card.ts"
import { fieldNames } from "../domain/card/textTemplate.ts"
import { fillUrl, hostOf } from "../domain/card/urlTemplate.ts"
import { type CardHeaders, cardHeaders } from "./CardHeaders.ts"
import { FieldsUnavailable } from "./FieldsUnavailable.ts"

/** Look-ups under way at once. More are refused, not queued: the servers are slow by then, and calls go on. */
export const lookUpsMax = 64

/** Longest answer, after decompression. */
export const answerBytesMax = 65_536

/** Fields by name; values that are neither texts, numbers nor truth values are left out. */
export type Fields = Readonly<Record<string, string>>

/** Fetches the fields of mixed cards from the company's own system. */
export class CardFields extends Context.Service<
  CardFields,
  {
    /**
     * Asks once, for as long as the source allows. Every value the address names must be there: a look-up with an empty one
     * might be answered with somebody else's data. Redirects are refused. Nothing is logged or traced.
     */
    readonly fetch: (source: MixedSource, data: CallData) => Effect.Effect<Fields, FieldsUnavailable>
  }
>()("outpace/runtime/CardFields") {
  static readonly layer = Layer.effect(
    CardFields,
    Effect.gen(function* () {
      const client = HttpClient.withScope(yield* HttpClient.HttpClient)
      const headers = yield* cardHeaders
      const underWay = yield* Semaphore.make(lookUpsMax)
      const fetch = Effect.fnUntraced(function* (source: MixedSource, data: CallData) {
        const url = yield* addressOf(source, data)
        const failure = failureAt(url.host)
        const lookUp = lookUpAt(client, requestFor(url, headers), failure).pipe(
          Effect.timeoutOrElse({
            duration: source.timeoutMillis,
            orElse: () => Effect.fail(failure("timeout", String(source.timeoutMillis)))
          })
        )
        const fields = yield* Semaphore.withPermitsIfAvailable(underWay, 1)(lookUp)
        return yield* Option.match(fields, {
          onNone: () => Effect.fail(failure("busy", String(lookUpsMax))),
          onSome: Effect.succeed
        })
      })
      return CardFields.of({ fetch })
    })
  )
}

/**
 * What a card shows of the fetched fields: first that they are awaited, at once, then what became of them. It never fails
 * and never waits longer than the source allows.
 */
export const fetchedOf = (source: MixedSource, data: CallData): Stream.Stream<Fetched, never, CardFields> =>
  Stream.concat(
    Stream.succeed<Fetched>({ kind: "waiting" }),
    Stream.fromEffect(
      CardFields.use(({ fetch }) => fetch(source, data)).pipe(
        Effect.match({
          onSuccess: (fields): Fetched => ({ kind: "ready", fields }),
          onFailure: ({ message }): Fetched => ({ kind: "unavailable", reason: message })
        })
      )
    )
  )

type Failure = (problem: FieldsUnavailable["problem"], detail?: string) => FieldsUnavailable

const failureAt =
  (host: string): Failure =>
  (problem, detail = "") =>
    new FieldsUnavailable({ host, problem, detail })

const addressOf = (source: MixedSource, data: CallData): Effect.Effect<URL, FieldsUnavailable> => {
  const failure = failureAt(hostOf(source.url))
  const lacking = fieldNames(source.url).find((name) => fieldValue(name, data, nothingFetched).kind !== "value")
  if (lacking !== undefined) return Effect.fail(failure("no-value", lacking))
  const url = fillUrl(source.url, data, nothingFetched)
  return url.kind === "value" ? Effect.succeed(new URL(url.text)) : Effect.fail(failure("no-value", "usable value"))
}

const requestFor = (url: URL, headers: CardHeaders): HttpClientRequest.HttpClientRequest => {
  // As text: a URL object would be encoded anew.
  const request = HttpClientRequest.get(url.href, { acceptJson: true })
  const secret = Redacted.value(headers).get(url.origin)
  return secret === undefined ? request : HttpClientRequest.setHeader(request, secret.name, secret.value)
}

type ScopedClient = HttpClient.HttpClient.With<HttpClientError.HttpClientError, Scope.Scope>

/** The scope is the request's: leaving it early closes the connection. */
const lookUpAt = Effect.fnUntraced(
  function* (client: ScopedClient, request: HttpClientRequest.HttpClientRequest, failure: Failure) {
    const unreachable = (error: HttpClientError.HttpClientError) => failure("unreachable", codeOf(error))
    const response = yield* Effect.mapError(client.execute(request), unreachable)
    const { headers, status } = response
    if (status >= 300 && status < 400) {
      return yield* failure("redirect", URL.parse(headers["location"] ?? "", request.url)?.host ?? "another address")
    }
    if (status < 200 || status >= 300) return yield* failure("status", String(status))
    return yield* fieldsOf(yield* bodyOf(response, failure), failure)
  },
  Effect.scoped,
  // The address holds a person's data, which is nobody's business who reads traces.
  Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
  Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" })
)

const bodyOf = Effect.fnUntraced(function* (response: HttpClientResponse.HttpClientResponse, failure: Failure) {
  const body = new Uint8Array(answerBytesMax)
  const length = yield* Stream.runFoldEffect(
    response.stream,
    () => 0,
    (length, bytes) => {
      if (length + bytes.length > body.length) return Effect.fail(failure("too-large", String(answerBytesMax)))
      body.set(bytes, length)
      return Effect.succeed(length + bytes.length)
    }
  ).pipe(
    Effect.catchTag("HttpClientError", (error) =>
      error.reason._tag === "EmptyBodyError" ? Effect.succeed(0) : Effect.fail(failure("unreachable", codeOf(error)))
    )
  )
  return body.subarray(0, length)
})

const Answer = Schema.fromJsonString(Schema.Record(Schema.String, Schema.Unknown))
const decodeAnswer = Schema.decodeUnknownEffect(Answer)
const Scalar = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])
const isScalar = Schema.is(Scalar)

const fieldsOf = (body: Uint8Array, failure: Failure): Effect.Effect<Fields, FieldsUnavailable> =>
  decodeAnswer(new TextDecoder().decode(body)).pipe(
    Effect.map((answer) =>
      Object.fromEntries(
        Object.entries(answer).flatMap(([name, value]) => (isScalar(value) ? [[name, String(value)]] : []))
      )
    ),
    Effect.mapError(() => failure("not-an-object"))
  )

/** The system's code for what went wrong, such as `ECONNREFUSED`; never its words, which may repeat the address. */
const codeOf = ({ cause }: HttpClientError.HttpClientError): string => {
  const code = [cause, cause instanceof Error ? cause.cause : null].map(
    (each) => (each as { code?: unknown } | null)?.code
  )
  return String(code.find((each) => typeof each === "string") ?? "")
}
