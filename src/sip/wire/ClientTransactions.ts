import type { Address } from "./Address.ts"
import type { Counters } from "./Counters.ts"
import { parseNameAddress } from "./headers.ts"
import {
  cseqOf,
  formatMessage,
  type Header,
  headerValue,
  type SipRequest,
  type SipResponse,
  withHeader
} from "./message.ts"
import { ackFailure, cancelOf, endOrphan, nextHop } from "./orphan.ts"
import { ringMemoryMillis, T1, T2, transactionMillis, transactionsMax } from "./timing.ts"
import { branchOf, topVia, withBranch } from "./via.ts"

/** The header that answers the challenge of a request; undefined when there is none to give. */
export type Authorize = (request: SipRequest, challenge: SipResponse) => Header | undefined

interface Transaction {
  readonly request: SipRequest
  readonly text: string
  readonly to: Address
  /** Asked by the wire itself: nobody above waits for the response. */
  readonly own: boolean
  /** Of an INVITE, for the BYE of an answer nobody wants; of such a BYE, until it was used. */
  readonly authorize: Authorize | undefined
  /** `accepted`: an INVITE that got a 2xx (RFC 6026). `lost`: given up, kept so that a late answer is ended. */
  state: "trying" | "proceeding" | "accepted" | "completed" | "lost"
  intervalMillis: number
  repeatAt: number
  forgetAt: number
  /** The ACK of a 3xx to 6xx. */
  failureAck: string
  /** The ACKs of 2xx, by the far end's tag. */
  readonly acks: Map<string, { readonly text: string; readonly to: Address }>
}

/** Gives up an INVITE to which nothing was said. */
const lose = (transaction: Transaction, now: number): void => {
  transaction.state = "lost"
  transaction.repeatAt = Infinity
  transaction.forgetAt = now + ringMemoryMillis
}

export interface ClientPort {
  readonly transmit: (text: string, to: Address) => void
  readonly response: (response: SipResponse, source: Address) => void
  /** A 2xx to an INVITE nobody here knows of. */
  readonly stray: (answer: SipResponse, source: Address) => void
  readonly newBranch: () => string
}

const keyOf = (message: SipRequest | SipResponse, method: string): string => {
  const via = topVia(message)
  return via === undefined ? "" : `${branchOf(via)} ${method}`
}
const inviteKey = (message: SipRequest | SipResponse): string =>
  `${headerValue(message, "Call-ID")} ${cseqOf(message)?.number}`
const isAnswer = ({ status }: SipResponse): boolean => status >= 200 && status < 300
const toTag = (message: SipRequest | SipResponse): string =>
  parseNameAddress(headerValue(message, "To") ?? "")?.parameters.get("tag") ?? ""

/** Requests of ours: repeated until answered, and their answers' repetitions absorbed (RFC 3261 §17.1, RFC 6026). */
export class ClientTransactions {
  readonly #port: ClientPort
  readonly #counters: Counters
  readonly #transactions = new Map<string, Transaction>()
  /** INVITEs by Call-ID and CSeq number: an ACK of a 2xx has a branch of its own. */
  readonly #invites = new Map<string, Transaction>()

  constructor(port: ClientPort, counters: Counters) {
    this.#port = port
    this.#counters = counters
  }

  get size(): number {
    return this.#transactions.size
  }

  /** Sends a request; a second one of the same transaction is absorbed. An ACK is kept with what it acknowledges. */
  send(request: SipRequest, to: Address, now: number, authorize?: Authorize): void {
    this.#open(request, to, now, false, authorize)
  }

  #open(request: SipRequest, to: Address, now: number, own: boolean, authorize?: Authorize): void {
    if (request.method === "ACK") return this.#sendAck(request, to)
    const key = keyOf(request, request.method)
    if (this.#transactions.has(key)) return
    if (this.#transactions.size >= transactionsMax) {
      this.#counters.limited += 1
      return
    }
    // A CANCEL goes where its INVITE went (RFC 3261 §9.1).
    const where = request.method === "CANCEL" ? (this.#transactions.get(keyOf(request, "INVITE"))?.to ?? to) : to
    const transaction = this.#keep(request, where, now, own, authorize)
    this.#port.transmit(transaction.text, transaction.to)
  }

  #keep(request: SipRequest, to: Address, now: number, own: boolean, authorize?: Authorize): Transaction {
    const transaction: Transaction = {
      request,
      text: formatMessage(request),
      to,
      own,
      authorize,
      state: "trying",
      intervalMillis: T1,
      repeatAt: now + T1,
      forgetAt: now + transactionMillis,
      failureAck: "",
      acks: new Map()
    }
    this.#transactions.set(keyOf(request, request.method), transaction)
    if (request.method === "INVITE") this.#invites.set(inviteKey(request), transaction)
    return transaction
  }

  /** Takes over an INVITE that a process before us sent: nobody waits for it, so whatever answers it is ended. */
  adopt(invite: SipRequest, to: Address, now: number, authorize?: Authorize): void {
    if (this.#transactions.size >= transactionsMax || this.#transactions.has(keyOf(invite, "INVITE"))) return
    lose(this.#keep(invite, to, now, false, authorize), now)
  }

  #sendAck(ack: SipRequest, to: Address): void {
    const text = formatMessage(ack)
    const failed = this.#transactions.get(keyOf(ack, "INVITE"))
    if (failed !== undefined) {
      failed.failureAck = text
      return this.#port.transmit(text, failed.to)
    }
    this.#invites.get(inviteKey(ack))?.acks.set(toTag(ack), { text, to })
    this.#port.transmit(text, to)
  }

  receive(response: SipResponse, source: Address, now: number): void {
    const method = cseqOf(response)?.method ?? ""
    const transaction = this.#transactions.get(keyOf(response, method))
    if (transaction === undefined || method !== transaction.request.method) {
      this.#counters.unknownResponses += 1
      if (method === "INVITE" && isAnswer(response)) this.#port.stray(response, source)
    } else if (response.status < 200) this.#provisional(transaction, response, source, now)
    else if (method !== "INVITE") this.#final(transaction, response, source, now)
    else if (response.status < 300) this.#answer(transaction, response, source, now)
    else this.#failure(transaction, response, source, now)
  }

  #provisional(transaction: Transaction, response: SipResponse, source: Address, now: number): void {
    if (transaction.state === "lost") return this.#cancelLost(transaction, now)
    if (transaction.state !== "trying" && transaction.state !== "proceeding") {
      this.#counters.duplicates += 1
      return
    }
    transaction.state = "proceeding"
    if (transaction.request.method === "INVITE") {
      transaction.repeatAt = Infinity
      transaction.forgetAt = now + ringMemoryMillis
    } else transaction.intervalMillis = T2
    this.#handUp(transaction, response, source)
  }

  /** A phone begins to ring for an INVITE that was given up: it is told to stop. */
  #cancelLost({ request, to }: Transaction, now: number): void {
    this.#open(cancelOf(request), to, now, true)
  }

  #final(transaction: Transaction, response: SipResponse, source: Address, now: number): void {
    if (transaction.state === "completed") {
      this.#counters.duplicates += 1
      return
    }
    transaction.state = "completed"
    transaction.repeatAt = Infinity
    transaction.forgetAt = now + transactionMillis
    if (transaction.own) this.#authorized(transaction, response, now)
    else this.#handUp(transaction, response, source)
  }

  /** A challenge of a BYE of the wire's own is answered once. */
  #authorized({ authorize, request, to }: Transaction, response: SipResponse, now: number): void {
    const header = authorize?.(request, response)
    const cseq = cseqOf(request)
    if (header === undefined || cseq === undefined) return
    const again = withHeader(withBranch(request, this.#port.newBranch()), "CSeq", `${cseq.number + 1} ${cseq.method}`)
    this.#open({ ...again, headers: [...again.headers, header] }, to, now, true)
  }

  #failure(transaction: Transaction, response: SipResponse, source: Address, now: number): void {
    if (transaction.state === "accepted") return
    if (transaction.failureAck !== "") {
      this.#counters.duplicates += 1
      return this.#port.transmit(transaction.failureAck, transaction.to)
    }
    transaction.state = "completed"
    transaction.repeatAt = Infinity
    transaction.forgetAt = now + transactionMillis
    this.#handUp(transaction, response, source)
    if (transaction.failureAck === "") this.#sendAck(ackFailure(transaction.request, response), transaction.to)
  }

  #answer(transaction: Transaction, response: SipResponse, source: Address, now: number): void {
    if (transaction.state === "completed") return
    const late = transaction.state === "lost"
    transaction.state = "accepted"
    transaction.repeatAt = Infinity
    transaction.forgetAt = now + transactionMillis
    const tag = toTag(response)
    const ack = transaction.acks.get(tag)
    if (ack !== undefined) {
      this.#counters.duplicates += 1
      return this.#port.transmit(ack.text, ack.to)
    }
    if (!late) this.#handUp(transaction, response, source)
    if (!transaction.acks.has(tag)) this.#endOrphan(transaction, response, now)
  }

  /** Nobody acknowledged the answer while it was handed up, so nobody will: the far end must not stay up. */
  #endOrphan({ acks, authorize, request, to }: Transaction, answer: SipResponse, now: number): void {
    this.#counters.orphans += 1
    const { ack, bye } = endOrphan(request, answer, this.#port.newBranch)
    const acknowledgement = { text: formatMessage(ack), to: nextHop(ack, to) }
    acks.set(toTag(answer), acknowledgement)
    this.#port.transmit(acknowledgement.text, acknowledgement.to)
    this.#open(bye, nextHop(bye, to), now, true, authorize)
  }

  #handUp(transaction: Transaction, response: SipResponse, source: Address): void {
    if (!transaction.own) this.#port.response(response, source)
  }

  /** Repeats what is due and forgets what is over. */
  sweep(now: number): void {
    for (const [key, transaction] of this.#transactions) {
      if (now >= transaction.forgetAt) this.#expire(key, transaction, now)
      else if (now >= transaction.repeatAt) this.#repeat(transaction, now)
    }
  }

  #repeat(transaction: Transaction, now: number): void {
    const invite = transaction.request.method === "INVITE"
    this.#counters.repeated += 1
    this.#port.transmit(transaction.text, transaction.to)
    const doubled = 2 * transaction.intervalMillis
    transaction.intervalMillis = invite ? doubled : Math.min(doubled, T2)
    transaction.repeatAt = now + transaction.intervalMillis
  }

  /** Gives up a request to which nothing was said; the late answer to an INVITE is ended as after a time-out. */
  abandon(request: SipRequest, now: number): void {
    const key = keyOf(request, request.method)
    const transaction = this.#transactions.get(key)
    if (transaction?.state === "trying") this.#expire(key, transaction, now)
  }

  #expire(key: string, transaction: Transaction, now: number): void {
    if (transaction.request.method === "INVITE" && transaction.state === "trying") {
      return lose(transaction, now)
    }
    this.#transactions.delete(key)
    const invite = inviteKey(transaction.request)
    if (this.#invites.get(invite) === transaction) this.#invites.delete(invite)
  }
}
