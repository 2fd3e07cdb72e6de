import type { Address } from "../wire/Address.ts"
import { addressText } from "../wire/Address.ts"
import type { Authorize } from "../wire/ClientTransactions.ts"
import { cseqOf, type SipMessage, type SipRequest, type SipResponse, withHeader } from "../wire/message.ts"
import { inviteOf, nextHop } from "../wire/orphan.ts"
import { branchOf, topVia } from "../wire/via.ts"
import type { Ending } from "./KeptCalls.ts"

export interface EnderPort {
  /** Sends a request, and sees to it that a final response comes back, from whomever. */
  readonly send: (request: SipRequest, to: Address) => void
  /** Takes over an INVITE whose answer, should one come, is to be ended. */
  readonly adopt: (invite: SipRequest, to: Address, authorize: Authorize | undefined) => void
  /** Refuses a call to us, and sees to it that the caller hears that. */
  readonly refuse: (refusal: SipResponse, to: Address) => void
  /** A text nobody can guess. */
  readonly newToken: () => string
}

/** Ends calls of which only the message that ends them is known. */
export class CallEnder {
  readonly #port: EnderPort
  readonly #contact: Address
  readonly #waiting = new Map<string, (response: SipResponse) => void>()

  constructor(port: EnderPort, contact: Address) {
    this.#port = port
    this.#contact = contact
  }

  get size(): number {
    return this.#waiting.size
  }

  /**
   * Sends the message, a BYE once more with credentials when it is challenged; `done` gets the final status, 408 when nobody
   * said anything for 32 s. A refusal is taken for heard.
   */
  end({ address, message }: Ending, authorize: Authorize | undefined, done: (status: number) => void): void {
    if (message.kind === "response") {
      this.#port.refuse(message, address)
      done(200)
    } else if (message.method === "CANCEL") {
      // It may be answered all the same: the two have crossed, or nobody was there to take the answer.
      this.#port.adopt(inviteOf(message), address, authorize)
      this.#ask(message, address, ({ status }) => done(status))
    } else this.#bye(message, address, authorize, done)
  }

  #bye(request: SipRequest, address: Address, authorize: Authorize | undefined, done: (status: number) => void): void {
    const to = nextHop(request, address)
    this.#ask(this.#ours(request), to, (response) => {
      const header = authorize?.(request, response)
      if (header === undefined) return done(response.status)
      const again = countedOn(this.#ours(request), 1)
      this.#ask({ ...again, headers: [...again.headers, header] }, to, ({ status }) => done(status))
    })
  }

  /** The request with a Via of this process. */
  #ours(request: SipRequest): SipRequest {
    return withHeader(
      request,
      "Via",
      `SIP/2.0/UDP ${addressText(this.#contact)};branch=z9hG4bK${this.#port.newToken()}`
    )
  }

  #ask(request: SipRequest, to: Address, done: (response: SipResponse) => void): void {
    this.#waiting.set(keyOf(request), done)
    this.#port.send(request, to)
  }

  /** Takes a response to one of these requests; false for any other. */
  receive(response: SipResponse): boolean {
    const key = keyOf(response)
    const done = this.#waiting.get(key)
    if (done === undefined) return false
    if (response.status < 200) return true
    this.#waiting.delete(key)
    done(response)
    return true
  }
}

const keyOf = (message: SipMessage): string => {
  const via = topVia(message)
  return `${via === undefined ? "" : branchOf(via)} ${cseqOf(message)?.method}`
}

/** The request with a CSeq so much higher. */
export const countedOn = (request: SipRequest, by: number): SipRequest => {
  const cseq = cseqOf(request)
  return cseq === undefined ? request : withHeader(request, "CSeq", `${cseq.number + by} ${cseq.method}`)
}
