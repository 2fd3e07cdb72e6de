import { randomBytes } from "node:crypto"
import type { Sipjs, SipjsRequest, SipjsRequestSender, SipjsResponse, SipjsSession, SipjsTransaction } from "sipjs-udp"
import { legOf } from "./sessions.ts"
import { Timers } from "./Timers.ts"

/** The only version these patches fit. */
export const patchedVersion = "0.0.16"

/**
 * Repairs what can be repaired inside the package; the numbers are those of docs/sip.md. Everything else is repaired by
 * what it is given: the wire below it, messages built without its parser, and the leg's state machine above it.
 * Answers the timers it now runs on.
 */
export const patch = (sipjs: Sipjs): Timers => {
  if (sipjs.version !== patchedVersion) {
    throw new Error(`sipjs-udp ${sipjs.version} is installed, and the repairs fit ${patchedVersion} only: npm ci`)
  }
  unguessableTokens(sipjs)
  unguessableBranches(sipjs)
  noInventedDescriptions(sipjs)
  promptDeferreds(sipjs)
  allowedMethods(sipjs)
  requestsWithinCalls(sipjs)
  longerSessions(sipjs)
  return timersFromOutside(sipjs)
}

/** As many letters and digits as asked for, from the system's random source. */
export const randomToken = (size: number): string => {
  let token = ""
  for (const byte of randomBytes(size)) token += (byte & 31).toString(32)
  return token
}

/** Call-IDs and tags came from Math.random: guessable, and a dialog's tag is all that protects it. */
const unguessableTokens = (sipjs: Sipjs): void => {
  sipjs.Utils.createRandomToken = randomToken
}

/** Defect 16: branches had ten million values from Math.random. */
const unguessableBranches = (sipjs: Sipjs): void => {
  const original = sipjs.UA.prototype.newTransaction
  sipjs.UA.prototype.newTransaction = function (transaction: SipjsTransaction) {
    if (transaction.type === "ict" || transaction.type === "nict") {
      transaction.id = `z9hG4bK${randomToken(16)}`
      const { viaHost, viaPort } = this.configuration
      transaction.request.setHeader("via", `SIP/2.0/UDP ${viaHost}:${viaPort};branch=${transaction.id}`)
    }
    original.call(this, transaction)
  }
}

/** The second answer of a forked call got an ACK with a made-up description, and so did some PRACKs. */
const noInventedDescriptions = (sipjs: Sipjs): void => {
  sipjs.Utils.generateFakeSDP = () => undefined
}

/** That a response was sent was told a turn later; an ACK read in the same turn found the session not waiting for it. */
const promptDeferreds = (sipjs: Sipjs): void => {
  sipjs.Utils.defer = () => {
    let outcome: "none" | "resolved" | "rejected" = "none"
    const promise = {
      then(onResolved?: () => void, onRejected?: () => void) {
        if (outcome === "resolved") onResolved?.()
        else if (outcome === "rejected") onRejected?.()
        return promise
      }
    }
    const settle = (as: typeof outcome) => () => {
      outcome = as
    }
    return { promise, resolve: settle("resolved"), reject: settle("rejected") }
  }
}

/** Allow left out what is served by the patches below. */
const allowedMethods = (sipjs: Sipjs): void => {
  const allowed = sipjs.UA.C.ALLOWED_METHODS
  for (const method of ["PRACK", "UPDATE"]) if (!allowed.includes(method)) allowed.push(method)
}

/** Timers that the adapter runs: with time given, and inside its guard. */
const timersFromOutside = (sipjs: Sipjs): Timers => {
  const timers = new Timers()
  Object.assign(sipjs.Timers, {
    setTimeout: (callback: () => void, millis: number) => timers.set(callback, millis),
    setInterval: (callback: () => void, millis: number) => timers.set(callback, millis, millis),
    clearTimeout: (timer: unknown) => timers.clear(timer),
    clearInterval: (timer: unknown) => timers.clear(timer)
  })
  return timers
}

/** Defects 11 to 14: INFO, re-INVITE without a description, UPDATE, BYE before the ACK. The leg knows how to answer. */
const requestsWithinCalls = (sipjs: Sipjs): void => {
  const { prototype } = sipjs.Session
  const original = prototype.receiveRequest
  prototype.receiveRequest = function (this: SipjsSession, request: SipjsRequest) {
    const leg = legOf(this)
    if (leg === undefined || !leg.takesRequest(request)) original.call(this, request)
  }
}

/** A 422 to an INVITE is answered as a challenge is: by the INVITE again, counted on, and open to challenges anew. */
const longerSessions = (sipjs: Sipjs): void => {
  const { prototype } = sipjs.RequestSender
  const original = prototype.receiveResponse
  prototype.receiveResponse = function (this: SipjsRequestSender, response: SipjsResponse) {
    const leg = response.status_code === 422 ? legOf(this.applicant) : undefined
    if (leg === undefined || !leg.asksLonger(response)) return original.call(this, response)
    const { request } = this
    request.cseq += 1
    request.setHeader("cseq", `${request.cseq} ${request.method}`)
    for (const name of ["Authorization", "Proxy-Authorization"]) delete request.headers[name]
    this.challenged = false
    this.staled = false
    this.send()
  }
}
