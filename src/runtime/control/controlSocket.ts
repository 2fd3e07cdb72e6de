import { NodeHttpClient, NodeHttpServer } from "@effect/platform-node"
import { Effect, FileSystem, Layer } from "effect"
import { HttpClient, HttpClientRequest, HttpRouter } from "effect/http"
import { HttpApiBuilder, HttpApiClient } from "effect/http-api"
import { createServer } from "node:http"
import { ControlApi } from "./ControlApi.ts"
import { FloorControl } from "./FloorControl.ts"

/** The floor can be steered through a socket beside its store, by whoever owns the store. */
export const controlSocketOf = (store: string): string => `${store}.control`

const handlers = HttpApiBuilder.group(ControlApi, "floor", (handlers) =>
  FloorControl.use((control) =>
    Effect.succeed(
      handlers.handleAll({
        show: () => control.show,
        agent: ({ params, payload }) => control.agent(params.agent, payload),
        campaign: ({ params, payload }) => control.campaign(params.campaign, payload),
        erase: ({ payload }) => control.erase(payload),
        stop: () => control.stop
      })
    )
  )
)

/** Serves the control of a floor at this path, for the owner of the process alone. The socket goes with the scope. */
export const layerControlSocket = (path: string) => {
  const remove = FileSystem.FileSystem.use((files) => Effect.ignore(files.remove(path)))
  const place = Layer.effectDiscard(Effect.acquireRelease(remove, () => remove))
  const server = HttpRouter.serve(HttpApiBuilder.layer(ControlApi).pipe(Layer.provide(handlers)), {
    disableLogger: true,
    disableListenLog: true
  }).pipe(Layer.provide(NodeHttpServer.layer(createServer, { path })))
  const lock = Layer.effectDiscard(FileSystem.FileSystem.use((files) => files.chmod(path, 0o600)))
  return lock.pipe(Layer.provide(server), Layer.provide(place))
}

/** What steers a floor through its socket, while the scope is open. */
export const controlClient = Effect.fnUntraced(function* (path: string) {
  const http = yield* Layer.build(NodeHttpClient.layerUndiciOptions({ connect: { socketPath: path } }))
  return yield* HttpApiClient.make(ControlApi, {
    transformClient: HttpClient.mapRequest(HttpClientRequest.prependUrl("http://floor"))
  }).pipe(Effect.provideContext(http))
})
