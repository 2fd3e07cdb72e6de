import { type Address, addressText } from "./Address.ts"
import type { Hop } from "./headers.ts"
import type { Header, SipRequest, SipResponse } from "./message.ts"
import { branchOf, topVia } from "./via.ts"

/** Requests waiting for their answers at most; one more is answered with 503 here. */
const waitingMax = 1_000

export interface OutOfDialogPort {
  /** Sends a request, and sees to it that a final response comes back, from whomever. */
  readonly send: (request: SipRequest, hop: Hop) => void
  /** A text nobody can guess. */
  readonly newToken: () => string
}

/** What a request outside any dialog is made of; URIs without brackets. */
export interface Solitary {
  readonly method: "OPTIONS" | "REGISTER"
  readonly uri: string
  readonly from: string
  readonly to: string
  readonly callId: string
  readonly fromTag: string
  readonly cseq: number
  readonly headers: ReadonlyArray<Header>
}

/** Requests of ours outside any dialog, and who waits for their answers. */
export class OutOfDialog {
  readonly #port: OutOfDialogPort
  readonly #contact: Address
  readonly #waiting = new Map<string, (status: number, response: SipResponse | undefined) => void>()

  constructor(port: OutOfDialogPort, contact: Address) {
    this.#port = port
    this.#contact = contact
  }

  get size(): number {
    return this.#waiting.size
  }

  /** Sends a request; `done` gets its final status once, and the response if one was made. */
  ask(request: Solitary, hop: Hop, done: (status: number, response: SipResponse | undefined) => void): void {
    if (this.#waiting.size >= waitingMax) return done(503, undefined)
    const branch = `z9hG4bK${this.#port.newToken()}`
    this.#waiting.set(branch, done)
    this.#port.send(this.#message(request, branch), hop)
  }

  #message(request: Solitary, branch: string): SipRequest {
    const { callId, cseq, from, fromTag, headers, method, to, uri } = request
    const lines: ReadonlyArray<readonly [string, string]> = [
      ["Via", `SIP/2.0/UDP ${addressText(this.#contact)};branch=${branch}`],
      ["Max-Forwards", "70"],
      ["From", `<${from}>;tag=${fromTag}`],
      ["To", `<${to}>`],
      ["Call-ID", callId],
      ["CSeq", `${cseq} ${method}`]
    ]
    const named = lines.map(([name, value]) => ({ name, value }))
    const agent = { name: "User-Agent", value: "Outpace" }
    return { kind: "request", method, uri, version: "SIP/2.0", headers: [...named, ...headers, agent], body: "" }
  }

  /** Takes a response to one of these requests; false for any other. */
  receive(response: SipResponse): boolean {
    const via = topVia(response)
    const branch = via === undefined ? "" : branchOf(via)
    const done = this.#waiting.get(branch)
    if (done === undefined) return false
    if (response.status < 200) return true
    this.#waiting.delete(branch)
    done(response.status, response)
    return true
  }
}
