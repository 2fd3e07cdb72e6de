import type { Address } from "./Address.ts"
import type { Counters } from "./Counters.ts"
import { parseNameAddress } from "./headers.ts"
import { cseqOf, formatMessage, headerValue, type SipMessage, type SipRequest, type SipResponse } from "./message.ts"
import { ringMemoryMillis, T1, T2, transactionMillis, transactionsMax } from "./timing.ts"
import { branchOf, sentByOf, topVia } from "./via.ts"

interface Transaction {
  readonly method: string
  readonly source: Address
  /** `accepted`: a 2xx to INVITE. `completed`: any other final response. `confirmed`: its ACK has come. */
  state: "proceeding" | "accepted" | "completed" | "confirmed"
  response: string
  intervalMillis: number
  repeatAt: number
  forgetAt: number
}

/** RFC 3261 §17.2.3; senders older than its branches are told apart by Call-ID, CSeq and From tag too. */
const keyOf = (message: SipMessage, method: string): string => {
  const via = topVia(message)
  if (via === undefined) return ""
  const branch = branchOf(via)
  const key = `${branch} ${sentByOf(via)} ${method}`
  if (branch.startsWith("z9hG4bK")) return key
  const from = parseNameAddress(headerValue(message, "From") ?? "")
  return `${key} ${headerValue(message, "Call-ID")} ${cseqOf(message)?.number} ${from?.parameters.get("tag")}`
}

/** Requests of others: each handed up once, its repetitions answered from memory (RFC 3261 §17.2, RFC 6026). */
export class ServerTransactions {
  readonly #transmit: (text: string, to: Address) => void
  readonly #counters: Counters
  readonly #transactions = new Map<string, Transaction>()

  constructor(transmit: (text: string, to: Address) => void, counters: Counters) {
    this.#transmit = transmit
    this.#counters = counters
  }

  get size(): number {
    return this.#transactions.size
  }

  /** Whether the request was seen before, or is the ACK of a failure; then it has been dealt with. */
  absorbs(request: SipRequest): boolean {
    const ack = request.method === "ACK"
    const transaction = this.#transactions.get(keyOf(request, ack ? "INVITE" : request.method))
    if (transaction === undefined) return false
    if (ack) {
      if (transaction.state === "accepted" || transaction.state === "proceeding") return false
      transaction.state = "confirmed"
      transaction.repeatAt = Infinity
      return true
    }
    this.#counters.duplicates += 1
    if (transaction.response !== "" && transaction.state !== "confirmed") {
      this.#transmit(transaction.response, transaction.source)
    }
    return true
  }

  /** Remembers a new request; false when the table is full. An ACK is never answered, so never remembered. */
  open(request: SipRequest, source: Address, now: number): boolean {
    if (request.method === "ACK") return true
    if (this.#transactions.size >= transactionsMax) return false
    this.#transactions.set(keyOf(request, request.method), {
      method: request.method,
      source,
      state: "proceeding",
      response: "",
      intervalMillis: T1,
      repeatAt: Infinity,
      forgetAt: now + (request.method === "INVITE" ? ringMemoryMillis : transactionMillis)
    })
    return true
  }

  /** Whether a final response has been given. */
  isAnswered(request: SipRequest): boolean {
    return this.#transactions.get(keyOf(request, request.method))?.state !== "proceeding"
  }

  /** Sends a response to whoever asked, at the address the request came from; the first final one stands. */
  respond(response: SipResponse, now: number): void {
    const transaction = this.#transactions.get(keyOf(response, cseqOf(response)?.method ?? ""))
    if (transaction === undefined) {
      this.#counters.unaskedResponses += 1
      return
    }
    // A 2xx to INVITE is repeated from above until its ACK comes (RFC 3261 §13.3.1.4).
    const again = transaction.state === "accepted" && response.status >= 200 && response.status < 300
    if (transaction.state !== "proceeding" && !again) return
    transaction.response = formatMessage(response)
    if (response.status >= 200) this.#close(transaction, response.status, now)
    this.#transmit(transaction.response, transaction.source)
  }

  #close(transaction: Transaction, status: number, now: number): void {
    const invite = transaction.method === "INVITE"
    transaction.state = invite && status < 300 ? "accepted" : "completed"
    transaction.forgetAt = now + transactionMillis
    if (invite && status >= 300) transaction.repeatAt = now + T1
  }

  /** Repeats what is due and forgets what is over. */
  sweep(now: number): void {
    for (const [key, transaction] of this.#transactions) {
      if (now >= transaction.forgetAt) this.#transactions.delete(key)
      else if (now >= transaction.repeatAt) {
        this.#counters.repeated += 1
        this.#transmit(transaction.response, transaction.source)
        transaction.intervalMillis = Math.min(2 * transaction.intervalMillis, T2)
        transaction.repeatAt = now + transaction.intervalMillis
      }
    }
  }
}
