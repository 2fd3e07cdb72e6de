// What a UDP socket promises, tried out; run under Node and under Deno.
import { Console, Context, Effect, Layer } from "effect"
import { UdpSocket } from "../../../src/sip/wire/UdpSocket.ts"

const open = (host: string, port: number) =>
  Effect.map(Layer.build(Layer.fresh(UdpSocket.layer({ host, port }))), Context.get(UdpSocket))
const problemOf = (host: string, port: number) =>
  Effect.scoped(open(host, port)).pipe(
    Effect.match({ onFailure: ({ problem }) => problem, onSuccess: () => "opened after all" })
  )

const program = Effect.gen(function* () {
  const port = yield* Effect.scoped(
    Effect.gen(function* () {
      const one = yield* open("127.0.0.1", 0)
      const other = yield* open("127.0.0.2", 0)
      yield* Console.log("opened")
      yield* Console.log(yield* problemOf("127.0.0.1", one.address.port))
      yield* Console.log(yield* problemOf("192.0.2.1", 0))
      // Nobody is there: that must not harm what follows.
      yield* one.send("lost", { host: "127.0.0.3", port: 9 })
      const texts: Array<string> = []
      for (let count = 0; count < 20; count += 1) {
        yield* one.send(String(count).padEnd(60_000, "x"), other.address)
        for (const { payload, source } of yield* other.receive) {
          if (source.port === one.address.port) texts.push(new TextDecoder().decode(payload))
        }
      }
      const right = texts.every((text, count) => text === String(count).padEnd(60_000, "x"))
      yield* Console.log(`${texts.length} datagrams of 60000 bytes${right ? ", whole and in order" : ""}`)
      return one.address.port
    })
  )
  yield* Effect.scoped(open("127.0.0.1", port))
  yield* Console.log("closed, and free again")
}).pipe(
  Effect.timeout("20 seconds"),
  Effect.catch((error) => Console.log(error.message))
)

await Effect.runPromise(program)
