import { Effect } from "effect"
import { createSocket } from "node:dgram"
import type { Address } from "../../../src/sip/wire/Address.ts"
import { formatMessage, headerValue, parseMessage, type SipRequest } from "../../../src/sip/wire/message.ts"

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

/** A carrier that answers every request; open as long as the scope. `asked` has what came, in order. */
export const answeringTrunk = (answerOf: (request: SipRequest) => Answer) =>
  Effect.acquireRelease(
    Effect.callback<{ readonly address: Address; readonly asked: Array<string>; readonly close: () => void }>(
      (resume) => {
        const socket = createSocket("udp4")
        const asked: Array<string> = []
        socket.on("message", (bytes, from) => {
          const request = parseMessage(bytes)
          if (request.kind !== "request") return
          asked.push(request.method)
          socket.send(responseTo(request, answerOf(request)), from.port, from.address)
        })
        const host = "127.0.0.3"
        socket.bind(0, host, () => {
          const address = { host, port: socket.address().port }
          resume(Effect.succeed({ address, asked, close: () => socket.close() }))
        })
      }
    ),
    ({ close }) => Effect.sync(close)
  )

const responseTo = (request: SipRequest, { headers = {}, status }: Answer): string => {
  const copied = ["Via", "From", "Call-ID", "CSeq"].map((name) => ({ name, value: headerValue(request, name) ?? "" }))
  const to = { name: "To", value: `${headerValue(request, "To") ?? ""};tag=carrier` }
  const own = Object.entries(headers).map(([name, value]) => ({ name, value }))
  return formatMessage({ kind: "response", status, reason: "Word", headers: [...copied, to, ...own], body: "" })
}
