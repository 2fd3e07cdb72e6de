import { parseNameAddress } from "../wire/headers.ts"
import { headerValue, headerValues, type SipMessage, type SipResponse } from "../wire/message.ts"
import { sdpOf } from "./sdpOf.ts"

/** Phones that one call of ours may ring at, as far as they are told apart. */
const branchesMax = 50

interface Branch {
  /** RSeq acknowledged last; -1 before the first. */
  rseq: number
  sdp: string
}

/** What to make of a provisional response: to take it, and perhaps to acknowledge it by PRACK; or it is no news. */
export type Heard = "plain" | "reliable" | "old"

export const tagOf = (response: SipResponse): string =>
  parseNameAddress(headerValue(response, "To") ?? "")?.parameters.get("tag") ?? ""

/** Whether it must be acknowledged, or what answers it must be sent, reliably (RFC 3262). */
export const requires100rel = (message: SipMessage): boolean =>
  headerValues(message, "Require").some((value) =>
    value.split(",").some((option) => option.trim().toLowerCase() === "100rel")
  )

/** The phones that a call of ours rings at, one To tag each (RFC 3261 §12.1): what each has described and counted. */
export class Branches {
  readonly #byTag = new Map<string, Branch>()

  /** Each phone counts its reliable responses for itself; one out of turn is sent again when its turn has come (RFC 3262 §4). */
  hear(response: SipResponse): Heard {
    const branch = this.#branch(tagOf(response))
    if (branch === undefined) return "plain"
    const rseq = headerValue(response, "RSeq") ?? ""
    if (!requires100rel(response) || !/^\d{1,10}$/.test(rseq)) {
      branch.sdp = sdpOf(response) || branch.sdp
      return "plain"
    }
    if (branch.rseq >= 0 && Number(rseq) !== branch.rseq + 1) return "old"
    branch.rseq = Number(rseq)
    branch.sdp = sdpOf(response) || branch.sdp
    return "reliable"
  }

  #branch(tag: string): Branch | undefined {
    const known = this.#byTag.get(tag)
    if (known !== undefined || tag === "" || this.#byTag.size >= branchesMax) return known
    const branch = { rseq: -1, sdp: "" }
    this.#byTag.set(tag, branch)
    return branch
  }

  /** What that phone described before it answered; empty when it did not. */
  sdpOf(tag: string): string {
    return this.#byTag.get(tag)?.sdp ?? ""
  }
}

/** The same as if it were unreliable: the package would acknowledge it, and take it for more than it is. */
export const asUnreliable = (response: SipResponse): SipResponse => ({
  ...response,
  headers: response.headers.filter(({ name }) => name !== "Require" && name !== "RSeq")
})
