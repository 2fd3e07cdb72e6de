import { T1, transactionMillis } from "../wire/timing.ts"

/** 180 to a caller who requires to be told reliably: repeated until it is acknowledged by PRACK (RFC 3262 §3). */
export class ReliableRinging {
  readonly #rseq: number
  readonly #send: (headers: ReadonlyArray<string>) => void
  readonly #giveUpAt: number
  #intervalMillis = T1
  #repeatAt: number

  /** Rings at once. `rseq`: 1 to 2^31 - 1, which nobody can guess. */
  constructor(rseq: number, now: number, send: (headers: ReadonlyArray<string>) => void) {
    this.#rseq = rseq
    this.#send = send
    this.#repeatAt = now + T1
    this.#giveUpAt = now + transactionMillis
    this.#ring()
  }

  #ring(): void {
    this.#send(["Require: 100rel", `RSeq: ${this.#rseq}`])
  }

  /** Rings again when it is time to; false when the caller has not acknowledged it for 64·T1: it is to be refused then. */
  sweep(now: number): boolean {
    if (this.#repeatAt === Infinity) return true
    if (now >= this.#giveUpAt) return false
    if (now >= this.#repeatAt) {
      this.#intervalMillis *= 2
      this.#repeatAt = now + this.#intervalMillis
      this.#ring()
    }
    return true
  }

  /** Whether a PRACK with that RAck is for this ringing; it is repeated no more then. */
  acknowledgedBy(rack: string, inviteCseq: number): boolean {
    const [rseq, cseq, method] = rack.split(/\s+/)
    const isMine = Number(rseq) === this.#rseq && Number(cseq) === inviteCseq && method === "INVITE"
    if (isMine) this.#repeatAt = Infinity
    return isMine
  }
}
