import type { Address } from "../wire/Address.ts"
import { parseNameAddress } from "../wire/headers.ts"
import {
  cseqOf,
  headerValue,
  headerValues,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  withHeader
} from "../wire/message.ts"
import { cancelOf, inDialog, inviteOf } from "../wire/orphan.ts"
import { replyTo } from "../wire/reply.ts"
import { type CallChange, type Ending, keptCall } from "./KeptCalls.ts"

/**
 * How far ahead of its INVITE a BYE is numbered that another process may send: more requests than any call has, so that the
 * far end takes it for the newest (RFC 3261 §12.2.2).
 */
const sequenceAhead = 100_000

interface Held extends Ending {
  readonly trunk: string | null
}

const callIdOf = (message: SipMessage): string => headerValue(message, "Call-ID") ?? ""
const contactOf = (message: SipMessage): string | undefined =>
  parseNameAddress(headerValue(message, "Contact") ?? "")?.uri
const tagIn = (message: SipMessage, name: "From" | "To"): string | undefined =>
  parseNameAddress(headerValue(message, name) ?? "")?.parameters.get("tag")
const isBye = (message: SipMessage): message is SipRequest => message.kind === "request" && message.method === "BYE"
const isAnswer = ({ status }: SipResponse): boolean => status >= 200 && status < 300

/**
 * Knows of each call the message that would end it, from the messages that pass: whoever keeps them can end the calls of a
 * process that was killed. One a Call-ID: of several INVITEs of a call the last, of several answers the first.
 */
export class CallKeeper {
  readonly #changed: (change: CallChange) => void
  readonly #newToken: () => string
  readonly #calls = new Map<string, Held>()

  /** `newToken`: a text nobody can guess. */
  constructor(changed: (change: CallChange) => void, newToken: () => string) {
    this.#changed = changed
    this.#newToken = newToken
  }

  /** An INVITE of ours that begins a call leaves; again with each challenge and each address that is tried. */
  invited(invite: SipRequest, address: Address, trunk: string | null): void {
    this.#keep(callIdOf(invite), { trunk, address, message: cancelOf(invite) })
  }

  /** A call to us rings, which came from there. */
  offered(invite: SipRequest, address: Address): void {
    this.#keep(callIdOf(invite), { trunk: null, address, message: replyTo(invite, 480, this.#newToken()) })
  }

  /** A response to a request of ours. */
  responded(response: SipResponse): void {
    const held = this.#calls.get(callIdOf(response))
    const method = cseqOf(response)?.method
    if (held === undefined || !isAnswer(response)) return
    if (isBye(held.message)) {
      if (method === "INVITE" || method === "UPDATE") this.#moved(held, response, tagIn(response, "To"))
    } else if (method === "INVITE") {
      const cseq = (cseqOf(response)?.number ?? 0) + sequenceAhead
      const message = inDialog(inviteOf(held.message), response, "BYE", cseq, "")
      this.#keep(callIdOf(response), { ...held, message })
    }
  }

  /** We answer a call to us. */
  answered(invite: SipRequest, answer: SipResponse): void {
    const id = callIdOf(invite)
    const held = this.#calls.get(id)
    if (held?.message.kind !== "response" || !isAnswer(answer)) return
    this.#keep(id, { ...held, message: byeOfCallee(invite, answer) })
  }

  /** A request of the far end: those that may change where it is reached (RFC 3261 §12.2.2) are taken for granted. */
  requested(request: SipRequest): void {
    if (request.method !== "INVITE" && request.method !== "UPDATE") return
    const held = this.#calls.get(callIdOf(request))
    if (held !== undefined) this.#moved(held, request, tagIn(request, "From"))
  }

  over(id: string): void {
    if (this.#calls.delete(id)) this.#changed({ kind: "over", id })
  }

  #moved({ message: bye, ...held }: Held, message: SipMessage, farTag: string | undefined): void {
    const uri = contactOf(message)
    if (!isBye(bye) || uri === undefined || uri === bye.uri || farTag !== tagIn(bye, "To")) return
    this.#keep(callIdOf(message), { ...held, message: { ...bye, uri } })
  }

  #keep(id: string, held: Held): void {
    this.#calls.set(id, held)
    this.#changed({ kind: "kept", ...keptCall(id, held.trunk, held) })
  }
}

/** BYE of the side that was called (RFC 3261 §12.1.1 and §12.2.1.1); its own numbers begin below those of any caller. */
const byeOfCallee = (invite: SipRequest, answer: SipResponse): SipRequest => {
  const [via = ""] = headerValues(invite, "Via")
  const routes = headerValues(invite, "Record-Route").map((value) => ({ name: "Route", value }))
  const head: SipRequest = {
    kind: "request",
    method: "BYE",
    uri: contactOf(invite) ?? "",
    version: "SIP/2.0",
    headers: [
      { name: "Via", value: via },
      { name: "Max-Forwards", value: "70" },
      ...routes,
      { name: "From", value: headerValue(answer, "To") ?? "" },
      { name: "To", value: headerValue(invite, "From") ?? "" },
      { name: "Call-ID", value: callIdOf(invite) }
    ],
    body: ""
  }
  return withHeader(head, "CSeq", `${sequenceAhead} BYE`)
}
