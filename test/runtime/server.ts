import { Deferred, Effect, type Scope } from "effect"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface TestServer {
  readonly host: string
  readonly origin: string
  /** Requests so far, in their order. */
  readonly requests: ReadonlyArray<IncomingMessage>
  /** Done when so many requests have come. */
  readonly came: (count: number) => Effect.Effect<void>
}

/** A real HTTP server on this machine, on any free port, which goes with the scope. */
export const testServer = (
  answer: (request: IncomingMessage, response: ServerResponse) => void
): Effect.Effect<TestServer, never, Scope.Scope> =>
  Effect.gen(function* () {
    const requests: Array<IncomingMessage> = []
    const waiting: Array<{ readonly count: number; readonly come: Deferred.Deferred<void> }> = []
    const server = createServer((request, response) => {
      requests.push(request)
      answer(request, response)
      for (const { come, count } of waiting) if (count <= requests.length) Deferred.doneUnsafe(come, Effect.void)
    })
    yield* Effect.acquireRelease(
      Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
      () =>
        Effect.callback<void>((resume) => {
          server.close(() => resume(Effect.void))
          server.closeAllConnections()
        })
    )
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const came = (count: number) =>
      Effect.gen(function* () {
        const come = yield* Deferred.make<void>()
        waiting.push({ count, come })
        if (count <= requests.length) return
        yield* Deferred.await(come)
      })
    return { host, origin: `http://${host}`, requests, came }
  })
