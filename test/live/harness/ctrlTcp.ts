import { connect } from "node:net"
import { Effect } from "effect"

/** What baresip tells of itself on its control port: `type` as CALL_ESTABLISHED, `param` says more. */
export interface BaresipEvent {
  readonly type: string
  readonly param: string
}

interface Message {
  readonly event?: boolean
  readonly response?: boolean
  readonly type?: string
  readonly param?: string
  readonly ok?: boolean
  readonly data?: string
}

const answerWithin = "5 seconds"

/** Netstrings (`length:text,`) cut out of a stream of bytes. */
const netstrings = (take: (text: string) => void): ((chunk: Buffer) => void) => {
  let waiting = Buffer.alloc(0)
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    for (;;) {
      const colon = waiting.indexOf(":")
      if (colon < 0) return
      const end = colon + 1 + Number(waiting.toString("latin1", 0, colon))
      if (waiting.length <= end) return
      take(waiting.toString("utf8", colon + 1, end))
      waiting = waiting.subarray(end + 1)
    }
  }
}

/** A connection to baresip's control port (its module ctrl_tcp). Commands are answered in order, one at a time. */
export const ctrlTcp = Effect.fnUntraced(function* (host: string, port: number) {
  const events: Array<BaresipEvent> = []
  const answers: Array<(message: Message) => void> = []
  const socket = yield* Effect.acquireRelease(
    Effect.callback<ReturnType<typeof connect>>((resume) => {
      const socket = connect(port, host)
      socket.once("connect", () => resume(Effect.succeed(socket)))
      socket.once("error", (error) => resume(Effect.die(error)))
    }),
    (socket) => Effect.sync(() => socket.destroy())
  )
  // Once it is killed there is nobody to complain to.
  socket.on("error", () => {})
  socket.on(
    "data",
    netstrings((text) => {
      const message = JSON.parse(text) as Message
      if (message.event === true) events.push({ type: message.type ?? "", param: message.param ?? "" })
      else answers.shift()?.(message)
    })
  )
  const command = (command: string, params = "") =>
    Effect.callback<string>((resume) => {
      answers.push(({ data = "", ok }) =>
        resume(ok === true ? Effect.succeed(data) : Effect.die(new Error(`baresip refused ${command}: ${data}`)))
      )
      const text = JSON.stringify({ command, params })
      socket.write(`${Buffer.byteLength(text)}:${text},`)
    }).pipe(Effect.timeout(answerWithin), Effect.orDie)
  return { events, command }
})
